import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SensitivityResult } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain, withoutComments } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const priced = join(examples, 'priced-packages.yaml');
const listed = join(examples, 'representative-types.yaml');
const folder = mkdtempSync(join(tmpdir(), 'sensitivity-'));
writeFileSync(join(folder, 'any.json'), '{}');

describe('menusmith sensitivity', () => {
  it('prints JSON and nothing else, and writes the chart and tables', async () => {
    const out = join(folder, 'out');
    const { code, stdout, stderr } = await runMain(
      'sensitivity',
      listed,
      '--count',
      '2',
      '--json',
      '--out',
      out,
    );
    expect([code, stderr]).toEqual([0, '']);
    const result = JSON.parse(stdout) as SensitivityResult;
    expect([result.count, result.by, result.kind]).toEqual([2, 0.1, 'bundle']);
    expect(readdirSync(out).sort()).toEqual([
      'sensitivity.csv',
      'sensitivity.json',
      'tornado.pdf',
      'tornado.png',
      'tornado.svg',
    ]);
    expect(withoutComments(readFileSync(join(out, 'sensitivity.csv'), 'utf8')).split('\r\n').length).toBe(
      result.parameters.length + 2,
    );
    expect(readFileSync(join(out, 'tornado.svg'), 'utf8')).toMatch(/^<svg/);
  });

  it('has lines of at most eighty columns for models with long names', async () => {
    const { stdout } = await runMain(
      'sensitivity',
      join(examples, 'two-models.yaml'),
      '--count',
      '1',
      '--scale',
      '0.5',
    );
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('has lines of at most eighty columns, sorted by swing', async () => {
    const { code, stdout } = await runMain('sensitivity', priced, '--count', '3', '--by', '5');
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/−5 % +\+5 %/);
    expect(stdout).toMatch(/Profit depends most on all values/);
  });

  it('solves a linear program anew for every number, where costs are linear', async () => {
    const { code, stdout } = await runMain(
      'sensitivity',
      join(examples, 'lotteries.yaml'),
      '--count',
      '2',
      '--json',
    );
    expect(code).toBe(0);
    // Prices are for lotteries over qualities up to 1; up to 1.1 they all earn 1.1 times as much.
    const { parameters, profit } = JSON.parse(stdout) as SensitivityResult;
    expect(parameters.find(({ name }) => name === 'max')!.up!.reoptimized).toBeCloseTo(1.1 * profit, 9);
  });

  it('reads today’s plans beside the study, and sells the menu beside them', async () => {
    const study = join(folder, 'kept.yaml');
    writeFileSync(join(folder, 'current.json'), '{ "plans": [{ "name": "old", "prices": { "x": 1 } }] }');
    writeFileSync(
      study,
      'production: { use: cobb-douglas, exponents: { x: 0.5 } }\ninputs: { x: { scope: task, cost: 0.5 } }\n' +
        'buyers: { kind: representative, type: { use: uniform } }\nkeep: { menu: current.json }\n',
    );
    const { code, stdout } = await runMain('sensitivity', study, '--count', '1');
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain('Today’s plans stay on sale beside the menu');
  });

  it('takes a menu that tiers printed', async () => {
    const { stdout: menu } = await runMain('tiers', listed, '--count', '2', '--json');
    const file = join(folder, 'menu.json');
    writeFileSync(file, menu);
    const [given, best] = await Promise.all([
      runMain('sensitivity', listed, '--menu', file, '--json'),
      runMain('sensitivity', listed, '--count', '2', '--json'),
    ]);
    const numbers = ({ stdout }: { stdout: string }) => {
      const { parameters, profit } = JSON.parse(stdout) as SensitivityResult;
      return { parameters, profit };
    };
    expect(numbers(given)).toEqual(numbers(best));
  });

  it.each([
    [[listed], /expected either --count, .* or --menu/],
    [[listed, '--count', '1', '--menu', 'x.json'], /expected either --count, .* or --menu/],
    [[listed, '--count', '0'], /expected a number of tiers from 1 to 200 .* got 0/],
    [[listed, '--count', '1..2'], /expected one number of tiers such as 3, got 1\.\.2/],
    [[listed, '--count', '3'], /--count: expected at most 2/],
    [[listed, '--count', '1', '--by', '100'], /less than 100 per cent, got 100/],
    [[listed, '--menu', join(folder, 'none.json')], /none\.json: no such file/],
    [['none.yaml', '--count', '1'], /none\.yaml: no such file/],
    [
      [join(examples, 'crossing-profiles.yaml'), '--count', '1', '--kind', 'two-part-tariff'],
      /buyers who differ in one number/,
    ],
    [
      [join(examples, 'crossing-profiles.yaml'), '--menu', join(folder, 'any.json')],
      /a menu can be given for buyers who differ in one number/,
    ],
  ])('%j is wrong input: a message and exit code 2', async (options, message) => {
    const { code, stdout, stderr } = await runMain('sensitivity', ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
