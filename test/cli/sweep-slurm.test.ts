/*
 * examples/sweep/slurm.sh on a Slurm of one node.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from './bundled-script.ts';
import { isInstalled } from './redis-server.ts';
import { slurmNode, slurmPrograms } from './slurm-node.ts';

const missing = slurmPrograms.filter((program) => !isInstalled(program));
if (missing.length > 0)
  console.warn(`${missing.join(', ')} not installed: examples/sweep/slurm.sh is not tested`);

const examples = join(import.meta.dirname, '..', '..', 'examples');
const run = promisify(execFile);

describe.skipIf(missing.length > 0)('examples/sweep/slurm.sh', { retry: 1 }, () => {
  let node: Awaited<ReturnType<typeof slurmNode>> | undefined;
  let command = '';
  beforeAll(async () => {
    command = await bundledCommand();
    node = await slurmNode();
  }, 120_000);
  afterAll(() => node?.end());

  it('solves a sweep in parts and gathers them: the bytes of one run, rows without a certificate among them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sweep-slurm-'));
    // Of the exponents the last ones are too large.
    const argv = [
      join(examples, 'example-1-packages.yaml'),
      '--vary',
      'production.exponents.fineTuning=0.05:0.6:7',
    ];
    const env = { ...node!.env, MENUSMITH: `${process.execPath} ${command}` };
    const script = join(examples, 'sweep', 'slurm.sh');
    await run('bash', [script, '3', 'parts', ...argv], { cwd: folder, env });
    const waiting = async (): Promise<string> => (await run('squeue', ['-h'], { env })).stdout;
    for (let looks = 0; looks < 500 && (await waiting()) !== ''; looks++) await wait(200);
    const printed = readdirSync(folder)
      .filter((name) => name.startsWith('slurm-'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(printed.length).toBe(4);
    const alone = join(folder, 'alone');
    const { code } = (await run(process.execPath, [command, 'sweep', ...argv, '--out', alone]).catch(
      (error: { code: number }) => error,
    )) as { code?: number };
    expect(code).toBe(3);
    const table = (out: string): string => readFileSync(join(out, 'sweep.csv'), 'utf8');
    expect(table(join(folder, 'parts')), printed.join('\n')).toBe(table(alone));
  }, 120_000);
});
