/*
 * A sweep in a process of its own that is killed at any moment: what was on disk then is what is there in the end, and nothing is missing or there twice.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from './bundled-script.ts';

let command = '';
beforeAll(async () => {
  command = await bundledCommand();
}, 60_000);

const folder = mkdtempSync(join(tmpdir(), 'sweep-process-'));
const study = join(import.meta.dirname, '..', '..', 'examples', 'example-1-packages.yaml');
const vary = [
  '--vary',
  'production.exponents.fineTuning=0.05:0.4:30',
  '--vary',
  'inputs.input.cost=0.1,0.15,0.2,0.25',
];
const COMBINATIONS = 120;

const started = (argv: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [command, 'sweep', ...argv], { env: { ...process.env, ...env } });

const ended = async (
  child: ChildProcess,
): Promise<{ code: number | null; stdout: string; stderr: string }> => {
  const [stdout, stderr]: string[][] = [[], []];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => stdout!.push(text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => stderr!.push(text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: stdout!.join(''), stderr: stderr!.join('') };
};

/** The rows on disk, as they stand there: each has the seconds that it took, so that no row is taken for another that was solved again. */
const rowsOnDisk = (out: string): ReadonlyMap<number, string> => {
  const rows = join(out, 'rows');
  if (!existsSync(rows)) return new Map();
  const lines = readdirSync(rows).flatMap((name) => textOf(join(rows, name)).split('\n'));
  return new Map(
    lines.flatMap((line): [number, string][] => {
      const whole = /^\[(\d+),.*\]$/.exec(line);
      return whole === null ? [] : [[Number(whole[1]), line]];
    }),
  );
};

/** Of a file that may just have got its name. */
const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

describe('a sweep that is killed', { retry: 1 }, () => {
  it('goes on where it was, with every row that was finished, and none twice', async () => {
    const out = mkdtempSync(join(folder, 'killed-'));
    const argv = [study, ...vary, '--columns', 'seconds', '--out', out];
    let before: ReadonlyMap<number, string> = new Map();
    for (let kills = 0; kills < 6; kills++) {
      const child = started(argv);
      const over = ended(child);
      // At whatever moment it has some rows more.
      for (let looks = 0; looks < 3000 && rowsOnDisk(out).size < before.size + 3 + 5 * kills; looks++)
        await wait(2);
      child.kill('SIGKILL');
      await over;
      const now = rowsOnDisk(out);
      for (const [combination, row] of before) expect(now.get(combination)).toBe(row);
      expect(now.size).toBeGreaterThan(before.size);
      expect(existsSync(join(out, 'sweep.csv'))).toBe(false);
      before = now;
    }
    expect((await ended(started(argv))).code).toBe(0);
    const now = rowsOnDisk(out);
    for (const [combination, row] of before) expect(now.get(combination)).toBe(row);
    expect([...now.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: COMBINATIONS }, (_, k) => k));
    const lines = readFileSync(join(out, 'sweep.csv'), 'utf8').trimEnd().split('\r\n').slice(2);
    expect(lines.length).toBe(COMBINATIONS);
    expect(new Set(lines.map((line) => line.split(',', 2).join())).size).toBe(COMBINATIONS);
    expect(readdirSync(join(out, 'rows')).every((name) => name.endsWith('.jsonl'))).toBe(true);
  }, 120_000);

  it('says at Ctrl-C how many rows there are, and ends with 3', async () => {
    const out = mkdtempSync(join(folder, 'interrupted-'));
    const child = started([study, ...vary, '--out', out, '--json']);
    const over = ended(child);
    for (let looks = 0; looks < 3000 && rowsOnDisk(out).size < 5; looks++) await wait(2);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await over;
    expect(code).toBe(3);
    expect(stderr).toMatch(/Ctrl-C ended the sweep.*the same command goes on/);
    expect(Array.isArray((JSON.parse(stdout) as { rows: unknown[] }).rows)).toBe(true);
  }, 60_000);

  it('has the same bytes on one thread and on several', async () => {
    const tables = await Promise.all(
      ['1', '3'].map(async (jobs) => {
        const out = mkdtempSync(join(folder, `jobs-${jobs}-`));
        const { code } = await ended(started([study, ...vary, '--out', out, '--jobs', jobs]));
        return [code, readFileSync(join(out, 'sweep.csv'), 'utf8')];
      }),
    );
    expect(tables[1]).toEqual(tables[0]);
    expect(tables[0]![0]).toBe(0);
  }, 60_000);

  it('has a row that says so where a plugin does not return, and the others', async () => {
    const plugin = join(folder, 'endless.mjs');
    writeFileSync(
      plugin,
      `const create = ({ wait }) => ({ min: 0, max: 1, breakpoints: [], density: () => 1, cdf: (x) => { while (wait > 0.5) ; return x; }, survival: (x) => 1 - x, quantile: (u) => u, mean: 0.5 });
      export default { name: 'endless', distributions: [{ name: 'endless', doc: 'd', parameters: { wait: { kind: 'number', doc: 'd' } }, create }] };`,
    );
    const out = mkdtempSync(join(folder, 'endless-'));
    const argv = [
      '--vary',
      'buyers.value={ use: endless, wait: 0 },{ use: endless, wait: 1 },{ use: uniform, min: 0, max: 1 }',
    ];
    const { code, stdout } = await ended(
      started([study, ...argv, '--plugin', plugin, '--out', out, '--json'], { CALL_SECONDS: '1' }),
    );
    const { rows } = JSON.parse(stdout) as { rows: { status: string | null; error: string | null }[] };
    expect(code).toBe(3);
    expect(rows.map(({ status }) => status)).toEqual(['optimal', null, 'optimal']);
    expect(rows[1]!.error).toContain('endless');
  }, 120_000);
});
