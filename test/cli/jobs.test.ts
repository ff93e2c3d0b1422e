/*
 * Threads that share jobs, in a process of its own: what they do is a stand-in, so that it is known which job fails, ends its thread, or never ends.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JobResult } from '../../packages/cli/src/jobs/job.ts';
import { remaining } from '../../packages/cli/src/jobs/remaining.ts';
import { bundledScript, cliSource } from './bundled-script.ts';

const source = (file: string): string => JSON.stringify(`${cliSource}/${file}`);

const script = `
import { isMainThread, threadId } from 'node:worker_threads';
import { jobPool } from ${source('jobs/job-pool.ts')};
import { workOnJobs } from ${source('jobs/work-on-jobs.ts')};
import { InputError } from ${source('../../core/src/input-error.ts')};

let seen = 0;
const double = {
  prepare: async ({ factor }) => (job) => {
    seen++;
    console.log('printed by a plugin');
    if (job === 'wrong') throw new InputError('bad', 'expected a number', ['jobs', 3]);
    if (job === 'fault') throw new TypeError('a fault');
    if (job === 'dies') { const all = []; for (;;) all.push(new Array(1e6).fill(1)); }
    if (job === 'hangs') for (;;);
    // The first jobs take the longest, so that those after them are done before.
    if (job < 4) for (const end = performance.now() + 40 * (4 - job); performance.now() < end; );
    return { value: job * factor, thread: threadId, seen };
  },
};
const broken = { prepare: async () => { throw new InputError('plugin', 'no such plugin'); } };

if (!isMainThread) workOnJobs({ double: async () => double, broken: async () => broken });
else {
  const [, , kind, threads, chunk, keep, ...jobs] = process.argv;
  let stop;
  const stopped = new Promise((resolve) => { stop = resolve; });
  const printed = [];
  const results = [];
  const pool = jobPool(
    { kind, context: { factor: 2 }, jobs: jobs.map((job) => (/^\\d/.test(job) ? Number(job) : job)), threads: Number(threads), chunk: Number(chunk) },
    { url: new URL(import.meta.url), stopped, printed: { write: (text) => printed.push(text) } },
  );
  for await (const result of pool) {
    results.push(result);
    if (results.length === Number(keep)) stop();
  }
  process.stdout.write(JSON.stringify({ results, printed: printed.join('') }));
}
`;

type Done = JobResult<{ readonly value: number; readonly thread: number; readonly seen: number }>;
let path: string;
beforeAll(async () => {
  path = await bundledScript(script);
});

const pool = async (
  jobs: readonly (number | string)[],
  { kind = 'double', threads = 2, chunk = 1, keep = -1 } = {},
): Promise<{ readonly results: readonly Done[]; readonly printed: string }> => {
  const words = [path, kind, threads, chunk, keep, ...jobs].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=200', ...words]);
  return JSON.parse(stdout);
};
const values = (results: readonly Done[]) =>
  results.map((result) => (result.ok ? result.value.value : result.error));
const twelve = Array.from({ length: 12 }, (_, k) => k);

describe('jobs that threads share', () => {
  it('have their results in order, the same for any number of threads and any size of chunks', async () => {
    const expected = twelve.map((k) => 2 * k);
    for (const [threads, chunk] of [
      [1, 1],
      [3, 1],
      [2, 5],
    ] as const) {
      const { results } = await pool(twelve, { threads, chunk });
      expect(values(results)).toEqual(expected);
      expect(new Set(results.map((result) => result.ok && result.value.thread)).size).toBe(threads);
    }
  });

  it('are prepared once a thread, neighbours within a chunk going to the same', async () => {
    const { results } = await pool(twelve, { threads: 2, chunk: 6 });
    const threads = results.map((result) => result.ok && result.value.thread);
    expect(new Set(threads.slice(0, 6)).size).toBe(1);
    expect(results.map((result) => result.ok && result.value.seen)).toEqual([
      ...[1, 2, 3, 4, 5, 6],
      ...[1, 2, 3, 4, 5, 6],
    ]);
  });

  it('that fail, or end their thread, have that as their result, and the others theirs', async () => {
    const { results } = await pool([5, 'wrong', 'fault', 'dies', 6, 7, 8], { threads: 2, chunk: 3 });
    expect(values(results)).toEqual([
      10,
      { kind: 'input', message: 'expected a number', code: 'bad', field: ['jobs', 3] },
      { kind: 'fault', message: 'a fault' },
      { kind: 'ended', message: 'it needs more memory than there is' },
      12,
      14,
      16,
    ]);
  });

  it('all have the error of what they have in common', async () => {
    const { results } = await pool([1, 2], { kind: 'broken' });
    expect(values(results)).toEqual(
      Array(2).fill({ kind: 'input', message: 'no such plugin', code: 'plugin', field: [] }),
    );
  });

  it('keep what is done where they are stopped, even while one never ends', async () => {
    const { results } = await pool([5, 6, 7, 'hangs', 8, 9], { keep: 3 });
    expect(values(results)).toEqual([10, 12, 14]);
  });

  it('print nothing to standard output', async () => {
    const { printed } = await pool([5]);
    expect(printed).toBe('printed by a plugin\n');
  });
});

describe('what is left of jobs', () => {
  it('takes as long a job as what is done', () => {
    expect(remaining(50, 200, 'draws', 10)).toBe('50 of 200 draws, 30 s left');
    expect(remaining(1, 100, 'rows', 60)).toBe('1 of 100 rows, 1 h 39 min left');
    expect(remaining(0, 100, 'rows', 60)).toBe('0 of 100 rows');
  });
});
