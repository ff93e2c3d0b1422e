import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TierMenu, TiersResult } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const example = (name: string): string => join(import.meta.dirname, '..', '..', 'examples', `${name}.yaml`);
const packages = example('example-1-packages');

describe('menusmith tiers', () => {
  it('puts long labels in two lines: what a price is for is never cut', async () => {
    const study = join(mkdtempSync(join(tmpdir(), 'menusmith-tiers-')), 'models.yaml');
    const model = (name: string, cost: number): string =>
      `  - { name: ${name}, production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25 } }, inputs: { input: { scope: task, cost: ${cost} }, output: { scope: task, cost: 1 } } }\n`;
    writeFileSync(
      study,
      `models:\n${model('flagship', 1)}${model('mini', 2)}buyers: { kind: representative, type: { use: uniform } }
units: { currency: $, period: month, inputs: { input: { unit: tokens, per: 1e6 }, output: { unit: tokens, per: 1e6 } } }\n`,
    );
    const { code, stdout, stderr } = await runMain(
      'tiers',
      study,
      '--count',
      '2',
      '--kind',
      'two-part-tariff',
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('…');
    expect(stdout.replace(/\s+[\d.]+\s+[\d.]+\n\s+/g, ' ')).toContain(
      'price of flagship.output, $ per 1M output tokens',
    );
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('prints one menu’s numbers in the document itself', async () => {
    const { code, stdout, stderr } = await runMain('tiers', packages, '--count', '2', '--json');
    expect([code, stderr]).toEqual([0, '']);
    const document = JSON.parse(stdout) as TiersResult & TierMenu;
    expect(Object.keys(document)).toEqual(
      expect.arrayContaining(['name', 'kind', 'full', 'count', 'profit', 'share', 'tiers', 'seconds']),
    );
    expect(document.tiers.length).toBe(2);
    for (const tier of document.tiers) {
      for (const key of ['share', 'quality', 'transfer', 'from', 'to', 'cost', 'margin'] as const)
        expect(typeof tier[key]).toBe('number');
      expect(Object.keys(tier.inputs)).toEqual(['input', 'output', 'fineTuning']);
    }
    expect(document.share).toBeCloseTo(document.profit / document.full.profit, 14);
  });

  it('prints a range of counts as a list of menus, also where it has one', async () => {
    const { stdout } = await runMain('tiers', packages, '--count', '1..3', '--json');
    const { menus } = JSON.parse(stdout) as TiersResult;
    expect(menus.map(({ count }) => count)).toEqual([1, 2, 3]);
    const single = await runMain('tiers', example('representative-types'), '--count', '1..1', '--json');
    expect((JSON.parse(single.stdout) as TiersResult).menus.length).toBe(1);
  });

  it('has the names of who takes a tier, and marks where one is cut', async () => {
    const { stdout } = await runMain('tiers', example('crossing-profiles'), '--count', '4');
    expect(stdout).toMatch(/buyers +occasional +coders +writers +generalists\n/);
  });

  it.each([
    ['bundles', packages, ['--count', '1..6']],
    ['tariffs', packages, ['--count', '5', '--kind', 'two-part-tariff']],
    ['models', example('two-models'), ['--count', '4', '--scale', '0.5', '--kind', 'two-part-tariff']],
    ['types of any kind', example('crossing-profiles'), ['--count', '1..4']],
  ])('has tables of at most eighty columns, with every tier in them: %s', async (_, study, options) => {
    const { code, stdout } = await runMain('tiers', study, ...options);
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/share of buyers/);
    expect(stdout).toMatch(/of the full menu’s/);
  });

  it.each([
    [['--count', '0'], /expected a number of tiers from 1 to 200 .* got 0/],
    [['--count=-1'], /got -1/],
    [['--count', '2.5'], /got 2\.5/],
    [['--count', '5..2'], /got 5\.\.2/],
    [['--count', 'three'], /got three/],
    [['--count', '3'], /representative-types\.yaml: --count: expected at most 2/],
    [[], /required option '--count <tiers>'/],
    [['--count', '1', '--kind', 'auction'], /Allowed choices are bundle, two-part-tariff/],
    [['--count', '1', '--scale', '0'], /number above 0/],
  ])('%j is wrong input: a message and exit code 2', async (options, message) => {
    const { code, stdout, stderr } = await runMain('tiers', example('representative-types'), ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
