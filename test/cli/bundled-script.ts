import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';

/** Where the sources of the command stand, for a script's imports. */
export const cliSource = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src');

/** Makes one file of a script and of the sources that it imports, which a process of its own can run; answers with its path. */
export const bundledScript = async (script: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-script-'));
  const input = join(folder, 'script.js');
  writeFileSync(input, script);
  await build({
    input,
    platform: 'node',
    resolve: { conditionNames: ['menusmith-source', 'node', 'import', 'default'] },
    // Drawing is not wanted here, nor Redis; the script's folder has no modules.
    external: ['bullmq', 'ioredis', /^vega/, /^@resvg\//, /^dejavu-fonts-ttf/, 'highs', /^clarabel-wasm/],
    logLevel: 'silent',
    output: { dir: join(folder, 'bundle'), format: 'esm' },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return join(folder, 'bundle', 'script.js');
};

/** The whole command as a file that a process of its own can run, with threads, plugins and pictures. `run` is what it runs, in JavaScript, and `imports` what that takes. */
export const bundledCommand = async (run = 'runCommand', imports = ''): Promise<string> => {
  const source = (file: string): string => JSON.stringify(join(cliSource, file));
  const command = await bundledScript(`
import { isMainThread, workerData } from 'node:worker_threads';
import { jobKinds } from ${source('jobs/job-kinds.ts')};
import { workOnJobs } from ${source('jobs/work-on-jobs.ts')};
import { runCommand } from ${source('main.ts')};
import { run } from ${source('supervision/run.ts')};
import { work } from ${source('supervision/work.ts')};
${imports}

const url = new URL(import.meta.url);
if (isMainThread) await run(url, { seconds: Number(process.env.CALL_SECONDS ?? 8), bytes: 2e9 });
else if ('kind' in workerData) workOnJobs(jobKinds);
else await work(${run}, url);
`);
  const beside = join(dirname(command), '..');
  // Node loads these by their file, and what draws pictures by its name.
  cpSync(join(cliSource, '../../app/hooks'), join(beside, 'hooks'), { recursive: true });
  symlinkSync(join(cliSource, '../../../node_modules'), join(beside, 'node_modules'));
  return command;
};
