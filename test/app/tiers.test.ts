import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { bestTiers, type TiersOptions } from '../../packages/app/src/tiers/best-tiers.ts';
import type { TiersResult } from '../../packages/app/src/tiers/tiers-result.ts';
import { standardPlugin } from '../../plugins/src/index.ts';
import { example1 } from './samples/example-1.ts';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'test.json', registry });
const tiers = (study: object, options: TiersOptions): TiersResult => bestTiers(parse(study), options);

const uniform = { use: 'uniform', min: 0, max: 1 };
const valueScale = { kind: 'value-scale', value: uniform, scale: uniform };
const grid = {
  kind: 'value-scale-grid',
  values: [0.4, 0.7, 1],
  scales: [0.5, 1],
  mass: [
    [3, 1],
    [2, 2],
    [1, 3],
  ],
};
const shareSum = ({ tiers: own }: { tiers: readonly { share: number }[] }): number =>
  own.reduce((sum, { share }) => sum + share, 0);

describe('buyers who differ in one number', () => {
  test('packages: the full profit is that of solve, tiers are ranges of θ with tokens, cost and margin', () => {
    const study = { ...example1, buyers: valueScale, contract: 'packages' };
    const { full, coordinate, menus } = tiers(study, { counts: [3] });
    expect(full.profit).toBeCloseTo(97 / 1080, 12);
    expect(coordinate).toBe('theta');
    const [menu] = menus;
    expect(menu!.status).toBe('optimal');
    expect(menu!.share).toBeCloseTo(menu!.profit / full.profit, 14);
    expect(shareSum(menu!)).toBeCloseTo(menu!.served, 14);
    let profit = 0;
    menu!.tiers.forEach(({ share, from, to, quality, transfer, cost, margin, inputs }, k) => {
      profit += share * margin;
      expect(margin).toBeCloseTo(transfer - cost, 14);
      const { input, output, fineTuning } = inputs as Record<'input' | 'output' | 'fineTuning', number>;
      expect((input + output + fineTuning) / 8).toBeCloseTo(cost, 12);
      expect((input * output * (1 + fineTuning)) ** 0.25).toBeCloseTo(quality, 12);
      expect(to).toBe(menu!.tiers[k + 1]?.from ?? 1);
      expect(from! < to!).toBe(true);
    });
    expect(profit).toBeCloseTo(menu!.profit, 14);
  });

  test('value and scale at one scale: inputs are totals over the tasks, and the tariff is capped there', () => {
    const study = { ...example1, buyers: valueScale, contract: 'allocations' };
    const { scale, menus } = tiers(study, { counts: [2], scale: 0.5 });
    expect(scale).toBe(0.5);
    for (const { quality, inputs } of menus[0]!.tiers) {
      const { input, output, fineTuning } = inputs as Record<'input' | 'output' | 'fineTuning', number>;
      expect(0.5 * (2 * input * 2 * output * (1 + fineTuning)) ** 0.25).toBeCloseTo(quality, 12);
    }
    const [tariffs] = tiers(study, { counts: [2], scale: 0.5, kind: 'two-part-tariff' }).menus;
    expect(tariffs!.tiers.map(({ tariff }) => tariff!.taskCap)).toEqual([0.5, 0.5]);
    expect(tariffs!.profit).toBeGreaterThan(menus[0]!.profit);
  });

  test('a scale at which values depend on it', () => {
    const dependence = { use: 'fgm', theta: 0.9 };
    const study = { ...example1, buyers: { ...valueScale, dependence }, contract: 'allocations' };
    const [low, high] = [0.2, 0.9].map((scale) => tiers(study, { counts: [2], scale }));
    expect(low!.menus[0]!.status).toBe('optimal');
    // Buyers of large scale value quality more.
    expect(high!.full.served).toBeGreaterThan(low!.full.served);
  });

  test('a list, a file’s packages and one scale of a grid are finite: all tiers at once keep everything', () => {
    const list = { kind: 'representative', types: [1, 2, 4].map((value) => ({ value, mass: 1 / value })) };
    for (const [study, count, scale] of [
      [{ cost: { use: 'quadratic' }, buyers: list }, 3, undefined],
      [{ ...example1, buyers: grid, contract: 'packages' }, 6, undefined],
      [{ ...example1, buyers: grid, contract: 'allocations' }, 3, 1],
    ] as const) {
      const { menus } = tiers(study, { counts: [count], ...(scale === undefined ? {} : { scale }) });
      expect(menus[0]!.share).toBeCloseTo(1, 10);
    }
  });

  test('tariffs pay what they say: fee and tokens at the markup, on average over their buyers', () => {
    const study = { ...example1, buyers: valueScale, contract: 'packages' };
    const { menus } = tiers(study, { counts: [2], kind: 'two-part-tariff' });
    for (const { tariff, transfer, cost, lowest, highest } of menus[0]!.tiers) {
      expect(tariff!.upfront + tariff!.markup * cost).toBeCloseTo(transfer, 12);
      expect(tariff!.prices.input).toBeCloseTo(tariff!.markup / 8, 14);
      expect(lowest!.quality).toBeLessThan(highest!.quality);
    }
  });
});

describe('types of any kind', () => {
  const study = { ...example1, buyers: grid, contract: 'allocations' };

  test('the bound is the certified optimum, and as many items as types keep it all', () => {
    const solved = solveStudy(parse(study)).result;
    const { full, menus, coordinate, notes } = tiers(study, { counts: [1, 2, 6] });
    expect(coordinate).toBeNull();
    expect(full.upperBound).toBeCloseTo(solved.certificate.upperBound!, 10);
    expect(menus.map(({ share }) => share!)).toEqual(menus.map(({ share }) => share!).sort((a, b) => a - b));
    expect(menus[2]!.share).toBeCloseTo(1, 7);
    expect(menus[0]!.status).toBe('feasible');
    expect(menus[0]!.relativeGap).toBeGreaterThan(0);
    expect(notes.join(' ')).toContain('heuristic');
    for (const menu of menus) {
      expect(shareSum(menu)).toBeCloseTo(menu.served, 12);
      for (const { from, buyers, profile } of menu.tiers) {
        expect(from).toBeNull();
        expect(buyers!.range!.value[0]).toBeLessThanOrEqual(buyers!.range!.value[1]);
        expect(profile!.length).toBe(2);
      }
    }
  });
});

describe('what cannot be', () => {
  const list = {
    cost: { use: 'quadratic' },
    buyers: {
      kind: 'representative',
      types: [
        { value: 1, mass: 1 },
        { value: 2, mass: 1 },
      ],
    },
  };
  const allocations = { ...example1, buyers: valueScale, contract: 'allocations' };

  test.each([
    ['no tiers', list, { counts: [0] }, /from 1 to 200, got 0/],
    ['a negative number', list, { counts: [-2] }, /got -2/],
    ['half a tier', list, { counts: [1.5] }, /got 1.5/],
    ['more tiers than types', list, { counts: [3] }, /at most 2, as there are 2 types of buyers, got 3/],
    ['more tariffs than types', list, { counts: [3], kind: 'two-part-tariff' }, /at most 2/],
    ['efficient', { ...allocations, contract: 'efficient' }, { counts: [1] }, /under which nothing is sold/],
    ['values and scales at once', allocations, { counts: [2] }, /expected --scale 0\.5/],
    ['a scale out of range', allocations, { counts: [2], scale: 2 }, /in \[0, 1\], got 2/],
    [
      'a scale with packages',
      { ...allocations, contract: 'packages' },
      { counts: [2], scale: 1 },
      /leave it out/,
    ],
    ['a scale of a list', list, { counts: [1], scale: 1 }, /leave it out/],
    [
      'a scale that no buyer has',
      { ...allocations, buyers: grid },
      { counts: [1], scale: 0.7 },
      /\(0.5, 1\), got 0.7/,
    ],
    ['more items than types of any kind', { ...allocations, buyers: grid }, { counts: [7] }, /at most 6/],
  ] as const)('%s', (_, study, options, message) => {
    expect(() => tiers(study, options)).toThrow(message);
  });

  test('fewer tiers than asked for are left where more earn nothing, with a note', () => {
    const posted = {
      cost: { use: 'linear', rate: 0, max: 1 },
      buyers: { kind: 'representative', type: uniform },
    };
    const { menus, notes } = tiers(posted, { counts: [3] });
    expect(menus[0]!.tiers.length).toBe(1);
    expect(menus[0]!.profit).toBeCloseTo(0.25, 12);
    expect(notes[0]).toBe('Where 3 tiers were asked for, 1 is listed: more would earn nothing.');
  });
});
