import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Result } from '@menusmith/app';
import { afterEach, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const file = join(import.meta.dirname, '..', '..', 'examples', 'example-1-packages.yaml');
const text = readFileSync(file, 'utf8');

const solved = async (...options: string[]): Promise<Result> => {
  const { stdout, stderr, code } = await runMain('solve', ...options, '--json');
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Result;
};

const { stdin } = process;
afterEach(() => Object.defineProperty(process, 'stdin', { value: stdin, configurable: true }));
const pipe = (content: string): void => {
  const value = Readable.from([Buffer.from(content.slice(0, 20)), Buffer.from(content.slice(20))]);
  Object.defineProperty(process, 'stdin', { value, configurable: true });
};

describe('--set', () => {
  it('solves the study that has these values in its file', async () => {
    const { profit, notes: _ } = await solved(
      file,
      '--set',
      'inputs.fineTuning.cost=0.2',
      '--set',
      'buyers.value={ use: beta, a: 2, b: 3 }',
      '--set',
      'solver.tolerance=1e-7',
      '--set',
      'production.base.fineTuning = 1.5',
    );
    const edited = text
      .replace(/(fineTuning: +\{ scope: shared, cost: )0\.125/, '$10.2')
      .replace(/value: \{ use: uniform.*/, 'value: { use: beta, a: 2, b: 3 }')
      .replace('base: { fineTuning: 1 }', 'base: { fineTuning: 1.5 }');
    expect(edited).not.toBe(text);
    pipe(edited);
    expect((await solved('-')).profit).toBeCloseTo(profit!, 12);
    expect(profit).not.toBeCloseTo((await solved(file)).profit!, 4);
  });
});

describe('a study on standard input', () => {
  it('that is wrong is refused with its line', async () => {
    pipe(text.replace('use: uniform', 'use: unifrom'));
    const { code, stderr } = await runMain('solve', '-');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^standard input:\d+:\d+: buyers\.value\.use: no distribution called "unifrom"/);
    pipe('');
    expect((await runMain('check', '-')).stderr).toBe('standard input: the file is empty\n');
  });
});

describe('a range in --at', () => {
  it('asks for all its numbers, both ends among them, the value slowest', async () => {
    const { types } = await solved(file, '--at', 'value=0.5:0.8:4,scale=0.1:1:2', '--at', 'value=1,scale=1');
    expect(types.map(({ value, scale }) => [Number(value!.toFixed(12)), scale])).toEqual([
      ...[0.5, 0.6, 0.7, 0.8].flatMap((value) => [
        [value, 0.1],
        [value, 1],
      ]),
      [1, 1],
    ]);
  });
});
