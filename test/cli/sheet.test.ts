import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SheetResult } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const figure2 = join(examples, 'figure-2-prices.csv');
const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
const written = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('menusmith sheet', () => {
  it('prints JSON and nothing else', async () => {
    const { code, stdout, stderr } = await runMain('sheet', figure2, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout) as SheetResult;
    expect([result.items.length, result.prediction.holds, result.costs]).toEqual([4, true, null]);
  });

  it.each([
    ['of the paper', figure2, []],
    [
      'of the paper, with the costs of a study',
      figure2,
      ['--costs', join(examples, 'example-1-packages.yaml')],
    ],
    [
      'of many models with long names',
      written(
        'many.csv',
        `model,tier,input,output,cached,training,price of images,price of audio,fee\n${Array.from({ length: 30 }, (_, k) => `a-model-with-a-very-long-name-${k},and a tier with a long name too,${30.125 - k},4,5,6,7.123456789,8,1000`).join('\n')}`,
      ),
      [],
    ],
  ])('has lines of at most eighty columns: %s', async (_, file, options) => {
    const { code, stdout } = await runMain('sheet', file, ...options);
    expect(code).toBe(0);
    for (const line of stdout.split('\n').slice(2)) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('takes costs from a CSV, and from the inputs of a study in its units', async () => {
    const csv = written('costs.csv', 'input,output\n2.5,10\n');
    const study = written(
      'costs.yaml',
      `production: { use: cobb-douglas, exponents: { input: 0.3, output: 0.3 } }
inputs: { input: { scope: task, cost: 0.0025 }, output: { scope: task, cost: 0.01 } }
buyers: { kind: representative, type: { use: uniform } }
units: { currency: $, inputs: { input: { per: 1000, quote: 1e6 }, output: { per: 1000, quote: 1e6 } } }
`,
    );
    for (const costs of [csv, study]) {
      const { stdout } = await runMain('sheet', figure2, '--costs', costs, '--json');
      const { items, prediction } = JSON.parse(stdout) as SheetResult;
      expect(items.map(({ markup }) => markup)).toEqual(
        [1.5, 0.75, 1, 0.5].map((m) => expect.closeTo(m, 12)),
      );
      expect(prediction.holds).toBe(true);
    }
  });

  it('has the prices of --date, of today where none is said, and compares models with --across', async () => {
    const list = written(
      'dated.csv',
      'model,from,input,output\na,2020-01-01,3,12\na,2021-01-01,2,8\na,9999-12-31,1,4\nb,2020-01-01,1,9\n',
    );
    const read = async (...options: string[]): Promise<SheetResult> =>
      JSON.parse((await runMain('sheet', list, '--json', ...options)).stdout);
    expect((await read('--date', '2020-06-30')).items.map(({ prices }) => prices.input)).toEqual([3, 1]);
    const today = await read();
    expect(today.items.map(({ prices }) => prices.input)).toEqual([2, 1]);
    expect([today.compared, (await read('--across')).prediction.holds]).toEqual(['within-models', false]);
    const { stdout } = await runMain('sheet', list, '--date', '2020-06-30');
    expect(stdout).toContain('stand on 2020-06-30; 2 of other times');
  });

  it.each([
    [['no-such.csv'], /no-such\.csv: no such file/],
    [[examples], /expected a CSV file, got a directory/],
    [[figure2, '--costs', 'no-such.csv'], /no-such\.csv: no such file/],
    [[figure2, '--costs', join(examples, 'representative-types.yaml')], /expected a study with inputs/],
    [[figure2, '--date', '2025-02-30'], /Expected a date such as 2025-01-31/],
    [[figure2, '--date', 'today'], /Expected a date such as 2025-01-31/],
    [
      [written('page.html', '<!doctype html>\n<p>Prices</p>\n')],
      /page\.html:1: no list of prices: .*expected a CSV .*JSON of llm-prices/,
    ],
    [[figure2, '--tolerance', '-1'], /Expected a number above 0/],
    [[written('bad.csv', 'model,input\na,x\n')], /bad\.csv:2: column input: expected a number/],
    [[], /missing required argument/],
  ])('%j is wrong input: a message and exit code 2', async (options, message) => {
    const { code, stdout, stderr } = await runMain('sheet', ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
