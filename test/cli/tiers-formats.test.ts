import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TierMenu, TierSheet, TiersResult } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain, withoutComments } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const priced = join(examples, 'priced-packages.yaml');
const folder = mkdtempSync(join(tmpdir(), 'tiers-formats-'));

/** Cells of the CSVs here, in which only the header has commas in quotes, if any has. */
const cells = (csv: string): string[][] =>
  withoutComments(csv)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

describe('menusmith tiers --format', () => {
  it('csv has a row a tier, with units in the header and the numbers of the JSON', async () => {
    const [csv, json] = await Promise.all([
      runMain('tiers', priced, '--count', '2', '--kind', 'two-part-tariff', '--format', 'csv'),
      runMain('tiers', priced, '--count', '2', '--kind', 'two-part-tariff', '--format', 'json'),
    ]);
    expect([csv.code, csv.stderr, json.code]).toEqual([0, '', 0]);
    const [head, ...rows] = cells(csv.stdout);
    const { tiers, sheets } = JSON.parse(json.stdout) as TierMenu & { sheets: TierSheet[] };
    expect(rows.length).toBe(2);
    const column = (name: string): number[] => rows.map((row) => Number(row[head!.indexOf(name)]));
    // One dollar is one unit of money, and a unit of output is a million tokens.
    expect(column('price of output ($ per 1M output tokens)')).toEqual(
      tiers.map(({ tariff }) => tariff!.prices.output),
    );
    expect(column('upfront fee ($ per month)')).toEqual(tiers.map(({ tariff }) => tariff!.upfront));
    expect(column('mean input (1M tokens)')).toEqual(tiers.map(({ inputs }) => inputs.input));
    expect(sheets[0]!.columns.map(({ label, unit }) => (unit === '' ? label : `${label} (${unit})`))).toEqual(
      head,
    );
  });

  it('counts in other units where the study says so, and leaves the JSON’s own numbers alone', async () => {
    const file = join(folder, 'cents.yaml');
    writeFileSync(
      file,
      `cost: { use: quadratic }
buyers: { kind: representative, types: [{ value: 1, mass: 2 }, { value: 2, mass: 1 }] }
units: { currency: ¢, money: 100 }
`,
    );
    // q = (½, 2) for T = (½, 3.5) is the full menu, of profit ¾.
    const { stdout } = await runMain('tiers', file, '--count', '2', '--json');
    const { profit, tiers, sheets } = JSON.parse(stdout) as TierMenu & { sheets: TierSheet[] };
    expect(profit).toBeCloseTo(0.75, 12);
    expect(tiers.map(({ transfer }) => transfer)).toEqual([0.5, 3.5].map((x) => expect.closeTo(x, 12)));
    expect(sheets[0]!.profit).toBeCloseTo(75, 10);
    const { stdout: table } = await runMain('tiers', file, '--count', '2');
    expect(table).toMatch(/2 tiers: profit 75, 100\.00 % of the full menu/);
    expect(table).toMatch(/price, ¢ +50 +350/);
  });

  it('markdown has a table a menu, latex a tabular a menu, csv the number of tiers first', async () => {
    const run = (format: string) => runMain('tiers', priced, '--count', '1..2', '--format', format);
    const markdown = (await run('markdown')).stdout;
    expect(markdown.match(/^\| --- \|/gm)?.length).toBe(2);
    expect(markdown).toMatch(/^\| price, \\\$ per month \| [\d.]+ \| [\d.]+ \|$/m);
    const latex = (await run('latex')).stdout;
    expect(latex.match(/\\begin\{tabular\}\{lr+\}/g)).toEqual([
      '\\begin{tabular}{lr}',
      '\\begin{tabular}{lrr}',
    ]);
    expect(latex).toMatch(/price, \\\$ per month & \$[\d.]+\$ & \$[\d.]+\$ \\\\/);
    const [head, ...rows] = cells((await run('csv')).stdout);
    expect(head![0]).toBe('tiers');
    expect(rows.map(([tiers]) => tiers)).toEqual(['1', '2', '2']);
  });

  it.each([
    ['bundles in units', priced, ['--count', '1..5']],
    ['tariffs in units', priced, ['--count', '5', '--kind', 'two-part-tariff']],
  ])('table has lines of at most eighty columns: %s', async (_, study, options) => {
    const { code, stdout } = await runMain('tiers', study, ...options);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/price, \$ per 1M output tokens/);
  });

  it('without units prints what the study has', async () => {
    const { stdout } = await runMain(
      'tiers',
      join(examples, 'crossing-profiles.yaml'),
      '--count',
      '2',
      '--format',
      'csv',
    );
    const [head] = cells(stdout);
    expect(head!.slice(0, 3)).toEqual(['tier', 'types', 'buyers']);
    expect(stdout).toContain('"writers, generalists"');
    const { stdout: json } = await runMain(
      'tiers',
      join(examples, 'representative-types.yaml'),
      '--count',
      '1',
      '--json',
    );
    expect(Object.keys(JSON.parse(json) as TiersResult)).not.toContain('sheets');
  });

  it('of another name is wrong input', async () => {
    const { code, stderr } = await runMain('tiers', priced, '--count', '1', '--format', 'xml');
    expect(code).toBe(2);
    expect(stderr).toMatch(/Allowed choices are table, csv, json, latex, markdown/);
  });
});
