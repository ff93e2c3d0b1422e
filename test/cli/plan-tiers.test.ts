import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'plan-tiers-'));
const study = 'examples/keep.yaml';
const priced = 'examples/priced-packages.yaml';
const list = 'examples/menus/list.json';

describe('tiers under a firm’s conditions', () => {
  it('prints plans beside those that stay, within eighty columns, and writes them all as a menu', async () => {
    const out = join(folder, 'menu.json');
    const { code, stdout } = await runMain(
      ...['tiers', priced, '--count', '1', '--kind', 'two-part-tariff', '--keep', list],
      ...['--round', '0.05', '--min-share', '0.01', '--menu-out', out],
    );
    expect(code).toBe(0);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/Plan 1 +Pay as you go/);
    const { currency, plans } = JSON.parse(readFileSync(out, 'utf8')) as {
      currency: string;
      plans: { name: string; prices: Record<string, number> }[];
    };
    expect(currency).toBe('$');
    expect(plans.map(({ name }) => name)).toEqual(['Pay as you go', 'Plan 1']);
    const evaluated = await runMain('evaluate', priced, '--menu', out, '--against', list, '--json');
    const { worseOff, change } = JSON.parse(evaluated.stdout) as {
      worseOff: number;
      change: { profit: number };
    };
    expect(worseOff).toBe(0);
    expect(change.profit).toBeGreaterThan(1);
  });

  it('writes tiers without conditions as a menu as well', async () => {
    const out = join(folder, 'bundles.json');
    const { code } = await runMain('tiers', priced, '--count', '2', '--menu-out', out);
    expect(code).toBe(0);
    const { plans } = JSON.parse(readFileSync(out, 'utf8')) as { plans: { fee: number; included: object }[] };
    expect(plans).toHaveLength(2);
    for (const { fee, included } of plans) {
      expect(fee).toBeGreaterThan(0);
      expect(Object.keys(included)).toContain('input');
    }
  });

  it.each([
    [['--share', '0.9'], /--share is of what today’s plans give; expected --keep/],
    [['--share', '1.5', '--keep', list], /Expected a number from 0 to 1/],
    [['--menu-out', join(folder, 'x.json'), '--count', '1..3'], /--menu-out: expected one number of tiers/],
    [
      ['--kind', 'four-part-tariff'],
      /Allowed choices are bundle, two-part-tariff, three-part-tariff, commitment/,
    ],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await runMain('tiers', study, '--count', '1', ...argv);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
