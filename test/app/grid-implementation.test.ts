/*
 * Two-part tariffs and maximum-spend items for lists of values and scales, against every buyer trying every offer that the result lists.
 *
 * Example 1's technology, v = (x y (1 + z))^¼ at costs of 1/8. On s tasks a spending c at cost buys q = 2√(s c) up to c = ¼, and beyond, with
 * fine-tuning, q² = s ((8c + 1)/3)^{3/2}: concave in c, so that what a buyer of value w likes best is found by golden section.
 *
 * Quadratic cost: q on s tasks costs q²/(2s). Under markup m value w takes q = s w/m, for utility s w²/(2m) before the fee, and costs s w²/(2m²).
 */
import { createRegistry, parseStudy, type Result, solveStudy, standardPlugin } from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvTable } from '../../packages/app/src/study/csv-table.ts';
import { studyFromText } from '../../packages/app/src/study/study-from-text.ts';

const registry = createRegistry([standardPlugin]);
const solve = (study: object): Result =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'study.json', registry })).result;

const task = { scope: 'task', cost: 0.125 };
const example1 = {
  production: {
    use: 'cobb-douglas',
    exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 },
    base: { fineTuning: 1 },
  },
  inputs: { input: task, output: task, fineTuning: { ...task, scope: 'shared' } },
};
const gridOf = (mass: readonly (readonly number[])[], scales = [0.4, 1]) => ({
  kind: 'value-scale-grid',
  values: [0.5, 0.7, 0.9],
  scales,
  mass,
});
const mild = gridOf([
  [1, 1.5],
  [1.2, 1],
  [1, 0.8],
]);
/** Small scales have high values: their buyers would take the tariffs of the large one. */
const falling = gridOf([
  [1, 8],
  [2, 2],
  [8, 1],
]);

const bought = (c: number, s: number): number =>
  c <= 0.25 ? 2 * Math.sqrt(s * c) : Math.sqrt(s * ((8 * c + 1) / 3) ** 1.5);

/** The spending c in [0, most] that is best for value w on s tasks, at `markup` times cost. */
const spentBy = (w: number, s: number, markup: number, most: number): number => {
  let [a, b] = [0, most];
  const net = (c: number): number => w * bought(c, s) - markup * c;
  for (let step = 0; step < 100; step++) {
    const [l, r] = [b - 0.618 * (b - a), a + 0.618 * (b - a)];
    if (net(l) < net(r)) a = l;
    else b = r;
  }
  return b;
};

/** Every buyer tries every listed offer on min(s, its cap) of her tasks; gains within 1e-8 of the profit are the seller's. */
const freeChoice = ({ types, profit }: Result) => {
  let [attainedProfit, maxDeviationGain, deviatingShare] = [0, 0, 0];
  for (const { value, scale, mass, tariff: own } of types) {
    const outcomeOf = (tariff: typeof own): { utility: number; profit: number } => {
      if (tariff === null) return { utility: 0, profit: 0 };
      const tasks = Math.min(scale!, tariff.taskCap!);
      const spent = spentBy(value!, tasks, tariff.markup, tariff.spendingCap ?? 100);
      return {
        utility: value! * bought(spent, tasks) - tariff.markup * spent - tariff.upfront,
        profit: tariff.upfront + (tariff.markup - 1) * spent,
      };
    };
    const meant = outcomeOf(own);
    const outcomes = [outcomeOf(null), ...types.map(({ tariff }) => outcomeOf(tariff))];
    const best = outcomes.reduce((a, b) => (b.utility > a.utility ? b : a));
    const gain = best.utility - meant.utility;
    const isDeviating = gain > 1e-8 * profit!;
    maxDeviationGain = Math.max(maxDeviationGain, gain);
    attainedProfit += mass! * (isDeviating ? best : meant).profit;
    if (isDeviating) deviatingShare += mass!;
  }
  return { attainedProfit, maxDeviationGain, deviatingShare };
};

const requireAsTried = (result: Result): void => {
  const { implementation } = result;
  const tried = freeChoice(result);
  // The table of surplus that simulations look up is good to 1e-8 or so.
  expect(implementation!.attainedProfit! / tried.attainedProfit).toBeCloseTo(1, 7);
  expect(implementation!.maxDeviationGain!).toBeCloseTo(tried.maxDeviationGain, 7);
  expect(implementation!.deviatingShare!).toBeCloseTo(tried.deviatingShare, 12);
};

describe('lists of values and scales sold as two-part tariffs', () => {
  it.each([
    ['value and scale that depend mildly', mild],
    ['values that fall in scale', falling],
    [
      'three scales',
      gridOf(
        [
          [1, 2, 1],
          [1, 2, 1],
          [1, 2, 1],
        ],
        [0.3, 0.6, 0.9],
      ),
    ],
  ])('attain what buyers leave who try them all: %s', (_, buyers) => {
    const result = solve({ ...example1, buyers, implementation: 'two-part-tariff' });
    expect(result.method).toBe('finite');
    expect(result.implementation!.kind).toBe('two-part-tariff');
    expect(result.implementation!.maxDeviationGain!).toBeGreaterThan(1e-3);
    requireAsTried(result);
  });

  it('give every type her own quality and transfer, with prices at her markup', () => {
    const { types } = solve({ ...example1, buyers: mild, implementation: 'two-part-tariff' });
    for (const { value, scale, quality, transfer, tariff } of types) {
      expect(tariff!.taskCap).toBe(scale);
      for (const price of Object.values(tariff!.prices)) expect(price).toBeCloseTo(tariff!.markup / 8, 12);
      const spent = spentBy(value!, scale!, tariff!.markup, 100);
      expect(bought(spent, scale!)).toBeCloseTo(quality, 6);
      expect(tariff!.upfront + tariff!.markup * spent).toBeCloseTo(transfer!, 6);
    }
  });

  it('say in a note why listed types deviate, and what caps on spending would keep', () => {
    const { notes, implementation, profit } = solve({
      ...example1,
      buyers: mild,
      implementation: 'two-part-tariff',
    });
    expect(implementation!.maximumSpend!.attainedProfit! / profit!).toBeCloseTo(1, 8);
    expect(notes.join(' ')).toMatch(/picks her own amounts under the tariff of the next lower type/);
    expect(notes.join(' ')).toMatch(/best menu of two-part tariffs loses 4\.386 %/);
  });

  it('have a best menu that is found by search where buyers would take the best tariffs of another scale', () => {
    const { implementation, profit } = solve({
      ...example1,
      buyers: falling,
      implementation: 'two-part-tariff',
    });
    const { attainedProfit, isBest } = implementation!.best!;
    expect(isBest).toBe(false);
    expect(attainedProfit!).toBeGreaterThan(implementation!.attainedProfit!);
    expect(attainedProfit!).toBeLessThan(profit!);
  });

  it('reach the best menu of two-part tariffs, which a search over markups does not beat', () => {
    const [values, scales, mass] = [
      [1, 1.6],
      [0.5, 1],
      [
        [0.35, 0.3],
        [0.15, 0.2],
      ],
    ] as const;
    const types = values.flatMap((w, i) => scales.map((s, j) => ({ w, s, f: mass[i]![j]! })));
    const utility = (w: number, s: number, m: number): number => (s * w * w) / (2 * m);
    /** Profit of these markups with the least rents that free choice leaves; −∞ where it cannot keep everyone at her own. */
    const profitOf = (markups: readonly number[]): number => {
      const usable = (n: number, k: number): number =>
        utility(types[n]!.w, Math.min(types[n]!.s, types[k]!.s), markups[k]!);
      const rents = types.map(() => 0);
      for (let round = 0; round <= types.length; round++) {
        let isChanged = false;
        types.forEach((_, n) => {
          types.forEach((_, k) => {
            const envied = rents[k]! + usable(n, k) - usable(k, k);
            if (envied <= rents[n]! + 1e-12) return;
            rents[n] = envied;
            isChanged = true;
          });
        });
        if (!isChanged) break;
        if (round === types.length) return Number.NEGATIVE_INFINITY;
      }
      return types.reduce((sum, { w, s, f }, n) => {
        const m = markups[n]!;
        return sum + f * (usable(n, n) - rents[n]! + ((m - 1) * s * w * w) / (2 * m * m));
      }, 0);
    };
    const { implementation } = solve({
      cost: { use: 'quadratic' },
      buyers: { kind: 'value-scale-grid', values, scales, mass },
      implementation: 'two-part-tariff',
    });
    const { attainedProfit, maxDeviationGain } = implementation!.best!;
    expect(maxDeviationGain!).toBeLessThan(1e-9);

    // The low types' markups, by a grid that closes in on its best point; the high types' is 1.
    let [best, a, b, width] = [Number.NEGATIVE_INFINITY, 1.5, 1.5, 1.5];
    for (let zoom = 0; zoom < 30; zoom++) {
      const [middleA, middleB] = [a, b];
      for (let i = -10; i <= 10; i++) {
        for (let j = -10; j <= 10; j++) {
          const [x, y] = [
            Math.exp(Math.log(middleA) + (i * width) / 10),
            Math.exp(Math.log(middleB) + (j * width) / 10),
          ];
          const profit = profitOf([x, y, 1, 1]);
          if (profit > best) [best, a, b] = [profit, x, y];
        }
      }
      width /= 2;
    }
    expect(attainedProfit! / best).toBeCloseTo(1, 8);
    expect(attainedProfit!).toBeGreaterThan(implementation!.attainedProfit!);
    const markup = fc.double({ min: 0.7, max: 6, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(markup, markup, markup, markup), (markups) => {
        expect(profitOf(markups)).toBeLessThan(attainedProfit! * (1 + 1e-9));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('are for buyers in a file as well, alike ones listed twice', () => {
    const text = JSON.stringify({
      ...example1,
      buyers: { kind: 'file', file: 'buyers.csv' },
      implementation: 'two-part-tariff',
    });
    const buyers = 'value,scale,mass\n0.5,0.4,1\n0.5,0.4,1\n0.9,0.4,1\n0.5,1,2\n0.9,1,1\n';
    const csvFiles = () => csvTable(buyers, 'buyers.csv');
    const { result } = solveStudy(studyFromText(text, { file: 'study.json', registry, csvFiles }));
    expect(result.types[0]!.tariff).toEqual(result.types[1]!.tariff);
    requireAsTried(result);
  });
});

describe('lists of values and scales sold for a maximum spend', () => {
  it('keep the whole profit where values hardly depend on scale', () => {
    const result = solve({ ...example1, buyers: mild, implementation: 'maximum-spend' });
    expect(result.implementation!.kind).toBe('maximum-spend');
    expect(result.implementation!.attainedProfit! / result.profit!).toBeCloseTo(1, 8);
    requireAsTried(result);
    for (const { tariff } of result.types) expect(tariff!.markup).toBe(1);
  });

  it('lose what buyers take who try them all, where values fall in scale', () => {
    const result = solve({ ...example1, buyers: falling, implementation: 'maximum-spend' });
    expect(result.implementation!.maxDeviationGain!).toBeGreaterThan(1e-2);
    requireAsTried(result);
  });
});

describe('where the menus of all scales together are not the optimum', () => {
  const rising = gridOf([
    [1, 0.1],
    [1.2, 1],
    [1, 3],
  ]);
  const gap = gridOf([
    [0, 1.5],
    [1.2, 1],
    [1, 0.8],
  ]);
  it.each([
    ['buyers take items made for another scale', rising],
    ['scales differ in the values that buyers have', gap],
  ])('each type’s own offer attains what buyers leave who try them all: %s', (_, buyers) => {
    for (const implementation of ['two-part-tariff', 'maximum-spend']) {
      const result = solve({ ...example1, buyers, implementation });
      expect(result.implementation!.isByType).toBe(true);
      requireAsTried(result);
    }
  });
});
