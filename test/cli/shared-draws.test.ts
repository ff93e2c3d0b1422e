/* Draws of a bootstrap, in a process of its own, by one thread and by two. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { oneModel, usageLog, writtenLog } from '../app/calibration/usage-logs.ts';
import { bundledScript, cliSource } from './bundled-script.ts';

const source = (file: string): string => JSON.stringify(join(cliSource, file));
const app = JSON.stringify(join(cliSource, '../../app/src/index.ts'));

const script = `
import { isMainThread } from 'node:worker_threads';
import { calibratingUsage, createRegistry, drawing, drawSource, standardPlugin } from ${app};
import { finished } from ${source('../../core/src/index.ts')};
import { jobKinds } from ${source('jobs/job-kinds.ts')};
import { jobValue } from ${source('jobs/job-work.ts')};
import { runJobs } from ${source('jobs/run-jobs.ts')};
import { workOnJobs } from ${source('jobs/work-on-jobs.ts')};

if (!isMainThread) workOnJobs(jobKinds);
else {
  const [usage, prices, costs] = process.argv.slice(2);
  const registry = createRegistry([standardPlugin]);
  const { calibration } = finished(calibratingUsage({ usage, prices, costs, registry }));
  const common = drawSource(calibration, { draws: 5, seed: 3, registry });
  const jobs = [0, 1, 2, 3, 4];
  const drawn = async (threads) => {
    const draws = [];
    const output = { stdout: process.stdout, stderr: process.stderr, jobThreads: new URL(import.meta.url) };
    const asked = { kind: 'draw', context: { source: common, plugins: [] }, jobs, what: 'draws', threads };
    for await (const result of runJobs(asked, output)) draws.push(jobValue(result));
    return draws;
  };
  process.stdout.write(JSON.stringify([jobs.map(drawing(common, registry)), await drawn(1), await drawn(2)]));
}
`;

it('draws are the same for one thread, for two, and for none but the command’s own', async () => {
  const { usage, prices, costs } = writtenLog(
    usageLog({ seed: 6, customers: 80, months: 6, models: [oneModel], noise: 0.2 }),
  );
  const path = await bundledScript(script);
  const { stdout } = await promisify(execFile)(process.execPath, [path, usage, prices, costs]);
  const [own, one, two] = JSON.parse(stdout);
  expect(own).toHaveLength(5);
  expect(own[0]).not.toEqual(own[1]);
  expect(own[0].best).toBeDefined();
  expect(one).toEqual(own);
  expect(two).toEqual(own);
});
