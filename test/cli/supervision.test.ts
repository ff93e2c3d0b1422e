/*
 * Signals as they come from a terminal, and the end of the time: a process of its own runs a command whose thread is blocked, step by step or for good.
 * What it solves is a stand-in that only burns time, so that it is always still at work.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledScript, cliSource } from './bundled-script.ts';

const root = join(import.meta.dirname, '..', '..');
const source = (file: string): string => JSON.stringify(join(cliSource, file));

const script = `
import { writeSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';
import { solveCommand } from ${source('commands/solve.ts')};
import { run } from ${source('supervision/run.ts')};
import { work } from ${source('supervision/work.ts')};

const say = (text) => writeSync(2, text + '\\n');
const burn = (milliseconds) => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};
const solution = (status) => ({ result: { name: 'A stand-in', status, types: [] }, quote: () => ({}) });

const solving = (mode, output) => function* () {
  if (mode === 'printing') output.stdout.write('half an answer');
  if (mode === 'hungry') for (const all = []; ; ) all.push(Array.from({ length: 100 }, (_, k) => ({ k })));
  for (let k = 1; k <= 2000; k++) {
    burn(30);
    if (k === 1) say('at work');
    if (mode === 'ending') return solution('optimal');
    // For good: nothing that this thread is told can reach it.
    if (mode !== 'willing') burn(1e9);
    if (yield { iterations: k, expectedGap: 1 }) return solution('feasible');
  }
  return solution('optimal');
};

const study = ${JSON.stringify(join(root, 'examples/example-1-packages.yaml'))};
if (process.argv[2] === 'ending') {
  const { terminate } = Worker.prototype;
  Worker.prototype.terminate = function () {
    process.kill(process.pid, 'SIGTERM');
    return terminate.call(this);
  };
}
if (isMainThread) await run(new URL(import.meta.url));
else
  await work(([mode, out, limit], output) =>
    mode === 'leaving' ? new Promise(() => {}) : solveCommand(
      study,
      { at: [], json: true, ...(out && { out, tiers: 0 }), ...(limit && { timeLimit: Number(limit) }) },
      output,
      { solving: solving(mode, output) },
    ),
  );
`;

let bundle = '';
beforeAll(async () => {
  bundle = await bundledScript(script);
}, 60_000);

/** Runs the script and sends the signal as soon as it has said that it is at work, and so often. */
const ended = (
  argv: readonly string[],
  signal?: NodeJS.Signals,
  times = 1,
  options: readonly string[] = [],
  apart = 300,
) =>
  new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [...options, bundle, ...argv]);
    let [stdout, stderr, isSent] = ['', '', false];
    child.stdout.on('data', (data) => {
      stdout += data;
    });
    child.stderr.on('data', (data) => {
      stderr += data;
      if (signal === undefined || isSent || !stderr.includes('at work\n')) return;
      isSent = true;
      for (let k = 0; k < times; k++) setTimeout(() => child.kill(signal), apart * k);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

// Windows has no signals to send.
describe.skipIf(process.platform === 'win32')('a command that is asked to end', () => {
  it('and hears it ends with its best result, and exit code 3', async () => {
    const { code, stdout, stderr } = await ended(['willing'], 'SIGINT');
    expect(stderr).toBe('at work\nCtrl-C ended the solve: the result is feasible\n');
    expect(JSON.parse(stdout)).toMatchObject({ name: 'A stand-in', status: 'feasible' });
    expect(code).toBe(3);
  });

  it.each([
    ['SIGINT', 'Ctrl-C'],
    ['SIGTERM', 'SIGTERM'],
  ] as const)('and does not hear %s is ended, and what it left is the answer', async (signal, name) => {
    const { code, stdout, stderr } = await ended(['deaf'], signal);
    expect(stderr).toBe(`at work\n${name} ended the solve: the result is feasible\n`);
    expect(JSON.parse(stdout)).toMatchObject({ profit: 0, excludedShare: 1, status: 'feasible' });
    expect(code).toBe(3);
  });

  it('twice in a moment, as by a program that passes signals on, has its answer', async () => {
    const { code, stdout, stderr } = await ended(['deaf'], 'SIGINT', 2, [], 1);
    expect(stderr).toBe('at work\nCtrl-C ended the solve: the result is feasible\n');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'feasible' });
    expect(code).toBe(3);
  });

  it('by its time limit is ended likewise, and leaves result.json with --out', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'menusmith-ended-')), 'out');
    const { code, stdout, stderr } = await ended(['deaf', out, '3']);
    expect(stderr).toBe('at work\nthe time limit of 3 s ended the solve: the result is feasible\n');
    expect(JSON.parse(readFileSync(join(out, 'result.json'), 'utf8'))).toEqual(JSON.parse(stdout));
    expect(existsSync(join(out, 'report.html'))).toBe(false);
    expect(code).toBe(3);
  });

  it('and has nowhere to write prints its answer all the same, and ends with 2', async () => {
    const out = join(root, 'README.md', 'out');
    const { code, stdout, stderr } = await ended(['deaf', out, '3']);
    expect(stderr).toContain(`cannot write ${out}: it is a file, or a part of its path is`);
    expect(JSON.parse(stdout)).toMatchObject({ profit: 0, status: 'feasible' });
    expect(code).toBe(2);
  });

  it('after it has ended keeps its exit code', async () => {
    const { code, stdout } = await ended(['ending']);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ status: 'optimal' })]);
  });

  it('while it prints is given time, and ends with 130 at once at the second Ctrl-C', async () => {
    const { code, stdout, stderr } = await ended(['printing'], 'SIGINT', 2);
    expect(stderr).toBe('at work\n');
    expect({ code, stdout }).toEqual({ code: 130, stdout: 'half an answer' });
  });
});

it('a command that takes more memory than there is is ended, and what it left is the answer', async () => {
  const { code, stdout, stderr } = await ended(['hungry'], undefined, 1, ['--max-old-space-size=200']);
  expect(stderr).toContain('a lack of memory ended the solve: the result is feasible\n');
  expect(JSON.parse(stdout)).toMatchObject({ profit: 0, status: 'feasible' });
  expect(code).toBe(3);
});

it('a command that leaves without an answer is a fault', async () => {
  const { code, stdout, stderr } = await ended(['leaving']);
  expect(stderr).toContain('ended before it had answered');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});
