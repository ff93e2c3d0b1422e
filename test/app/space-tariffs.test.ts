/*
 * Two-part tariffs and maximum-spend items for types that are profiles, against every type trying every offer that the result lists.
 *
 * Quadratic cost, C = ½ Σ ω q². On the tasks A with n² = Σ_A ω w₊² a type takes q = w₊/m at markup m: worth n²/m, cost n²/(2m²), utility n²/(2m) before the
 * fee. Spending c at cost buys her n √(2c).
 *
 * Types in proportion, w = t ŵ, are a chain in t: with v = √x at cost ¼ and Σ ŵ² = 1, as v is of degree ½, θ = t, and a list of representative types t is
 * the same problem.
 */
import {
  bestTiers,
  createRegistry,
  parseStudy,
  type Result,
  solve,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (study: object) => parseStudy(JSON.stringify(study), { file: 'study.json', registry });
const resultOf = (study: object): Result => solveStudy(parse(study)).result;

const root = {
  production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
  inputs: { x: { scope: 'task', cost: 0.25 } },
};
const quadratic = { cost: { use: 'quadratic' } };
type Row = readonly [values: readonly number[], mass: number];
const profilesOf = (rows: readonly Row[], weights: readonly number[]) => ({
  kind: 'profiles',
  tasks: { weights },
  types: rows.map(([values, mass]) => ({ values, mass })),
});

interface Offer {
  readonly fee: number;
  readonly markup: number;
  readonly cap: number;
  readonly tasks: readonly number[];
}

/** Utility of a type and what the seller earns, under quadratic cost. */
const outcome = (values: readonly number[], weights: readonly number[], offer: Offer) => {
  const { fee, markup, cap, tasks } = offer;
  const square = tasks.reduce((sum, m) => sum + weights[m]! * Math.max(0, values[m]!) ** 2, 0);
  const free = square / (2 * markup ** 2);
  const cost = Math.min(free, cap / markup);
  const worth = cost < free ? Math.sqrt(square * 2 * cost) : square / markup;
  return { utility: worth - markup * cost - fee, profit: fee + (markup - 1) * cost };
};

/** What is left when all types try all offers, or none; gains within 1e-8 of the profit are the seller's. */
const tried = ({ types, profit }: Result, rows: readonly Row[], weights: readonly number[]) => {
  const all = weights.map((_, m) => m);
  const offers = types.map(({ tariff }): Offer | undefined =>
    tariff
      ? {
          fee: tariff.upfront,
          markup: tariff.markup,
          cap: tariff.spendingCap ?? Number.POSITIVE_INFINITY,
          tasks: tariff.tasks ?? all,
        }
      : undefined,
  );
  const total = rows.reduce((sum, [, mass]) => sum + mass, 0);
  let [attainedProfit, maxDeviationGain, deviatingShare] = [0, 0, 0];
  rows.forEach(([values, mass], n) => {
    const none = { utility: 0, profit: 0 };
    const outcomes = offers.map((offer) => (offer ? outcome(values, weights, offer) : none));
    const own = outcomes[n]!;
    const best = [none, ...outcomes].reduce((a, b) => (b.utility > a.utility ? b : a));
    const gain = best.utility - own.utility;
    const isDeviating = gain > 1e-8 * profit!;
    attainedProfit += (mass / total) * (isDeviating ? best : own).profit;
    maxDeviationGain = Math.max(maxDeviationGain, gain);
    if (isDeviating) deviatingShare += mass / total;
  });
  return { attainedProfit, maxDeviationGain, deviatingShare };
};

const value = fc.integer({ min: 0, max: 20 }).map((x) => x / 10);
const mass = fc.integer({ min: 1, max: 9 });
const typesOf = (count: number) =>
  fc
    .array(fc.tuple(fc.tuple(value, value), mass), { minLength: count, maxLength: count })
    .filter((rows) => rows.every(([[a, b]]) => a + b > 0.3));

describe('types that are profiles, sold otherwise than at a price for every item,', () => {
  it.each(['two-part-tariff', 'maximum-spend'])(
    'attain what buyers leave who try them all: %s',
    (implementation) => {
      const weights = [1, 0.5];
      fc.assert(
        fc.property(fc.oneof(typesOf(2), typesOf(3), typesOf(5)), (rows) => {
          const result = resultOf({ ...quadratic, buyers: profilesOf(rows, weights), implementation });
          const found = result.implementation!;
          const expected = tried(result, rows, weights);
          expect(found.kind).toBe(implementation);
          expect(found.attainedProfit!).toBeCloseTo(expected.attainedProfit, 8);
          expect(found.maxDeviationGain!).toBeCloseTo(expected.maxDeviationGain, 8);
          expect(found.deviatingShare!).toBeCloseTo(expected.deviatingShare, 12);
          // Whoever takes what is meant for her pays her item's price, and costs what it costs.
          result.types.forEach(({ tariff, transfer, excluded }, n) => {
            if (excluded || !tariff) return;
            const tasks = tariff.tasks ?? weights.map((_, m) => m);
            const own = outcome(rows[n]![0], weights, {
              fee: tariff.upfront,
              markup: tariff.markup,
              cap: tariff.spendingCap ?? Number.POSITIVE_INFINITY,
              tasks,
            });
            const cost = result.types[n]!.profile!.reduce((sum, q, m) => sum + (weights[m]! * q * q) / 2, 0);
            // A cap that does not bind leaves some of it: where quality is above what she would take at cost.
            if (implementation === 'maximum-spend')
              expect(own.profit).toBeGreaterThan(transfer! - cost - 1e-6);
            else expect(own.profit).toBeCloseTo(transfer! - cost, 6);
          });
          if (found.best) {
            expect(found.best.isBest).toBe(false);
            expect(found.best.attainedProfit!).toBeGreaterThan(found.attainedProfit!);
            expect(found.best.attainedProfit!).toBeLessThanOrEqual(result.profit! * (1 + 1e-6));
          }
        }),
        { numRuns: 25, seed: 3, endOnFailure: true },
      );
    },
  );

  it.each([
    ['a menu that excludes nobody', [1, 1.5, 2.2], [0.4, 0.35, 0.25]],
    ['a low type who is left out', [1, 2, 2.5], [0.2, 0.4, 0.4]],
    ['four types', [1, 1.3, 1.5, 2], [0.3, 0.3, 0.2, 0.2]],
  ])('are the chain’s offers where their values are in proportion: %s', (_, t, f) => {
    const along = [0.6, 0.8];
    const buyers = profilesOf(
      t.map((each, n) => [along.map((w) => w * each), f[n]!] as const),
      [1, 1],
    );
    const chain = { kind: 'representative', types: t.map((each, n) => ({ value: each, mass: f[n]! })) };
    for (const implementation of ['two-part-tariff', 'maximum-spend']) {
      const [space, listed] = [buyers, chain].map((who) =>
        resultOf({ ...root, buyers: who, implementation }),
      );
      const [found, expected] = [space!.implementation!, listed!.implementation!];
      expect(space!.method).toBe('finite');
      expect(found.attainedProfit!).toBeCloseTo(expected.attainedProfit!, 7);
      expect(found.maxDeviationGain!).toBeCloseTo(expected.maxDeviationGain!, 6);
      expect(found.deviatingShare!).toBeCloseTo(expected.deviatingShare!, 12);
      space!.types.forEach(({ tariff }, n) => {
        const own = listed!.types[n]!.tariff;
        expect(tariff === null).toBe(own === null);
        if (!tariff || !own) return;
        // Where almost nothing is sold, to rounding of the solver, its markup is any.
        expect(tariff.markup / own.markup).toBeCloseTo(1, 4);
        expect(tariff.upfront).toBeCloseTo(own.upfront, 5);
        expect(tariff.spendingCap ?? 0).toBeCloseTo(own.spendingCap ?? 0, 5);
      });
      if (implementation !== 'two-part-tariff') continue;
      expect(found.best!.attainedProfit! / expected.best!.attainedProfit!).toBeCloseTo(1, 6);
      expect(found.maximumSpend!.attainedProfit! / listed!.profit!).toBeCloseTo(1, 6);
    }
  });

  it('have a best menu that no two tariffs of a search beat', () => {
    const rows: readonly Row[] = [
      [[1, 0.3], 0.5],
      [[0.6, 1.5], 0.5],
    ];
    const { implementation } = resultOf({
      ...quadratic,
      buyers: profilesOf(rows, [1, 1]),
      implementation: 'two-part-tariff',
    });
    const earned = implementation!.best?.attainedProfit ?? implementation!.attainedProfit!;
    let best = 0;
    const sets = [[0, 1], [0], [1]];
    const steps = Array.from({ length: 24 }, (_, i) => 1 + i ** 2 / 40);
    for (const tasksA of sets)
      for (const tasksB of sets)
        for (const a of steps)
          for (const b of steps) {
            const offers = [
              { fee: 0, markup: a, cap: Number.POSITIVE_INFINITY, tasks: tasksA },
              { fee: 0, markup: b, cap: Number.POSITIVE_INFINITY, tasks: tasksB },
            ];
            const [low, high] = rows.map(([values]) =>
              offers.map((offer) => outcome(values, [1, 1], offer)),
            ) as [ReturnType<typeof outcome>[], ReturnType<typeof outcome>[]];
            // The highest fees at which type 0 takes a and type 1 takes b.
            let [feeA, feeB] = [low[0]!.utility, high[1]!.utility];
            for (let round = 0; round < 3; round++) {
              feeA = Math.min(feeA, feeB + low[0]!.utility - low[1]!.utility);
              feeB = Math.min(feeB, feeA + high[1]!.utility - high[0]!.utility);
            }
            const isApart =
              low[0]!.utility - feeA >= low[1]!.utility - feeB - 1e-12 &&
              high[1]!.utility - feeB >= high[0]!.utility - feeA - 1e-12;
            if (isApart)
              best = Math.max(best, 0.5 * (feeA + low[0]!.profit) + 0.5 * (feeB + high[1]!.profit));
          }
    expect(best).toBeGreaterThan(implementation!.attainedProfit!);
    expect(earned).toBeGreaterThanOrEqual(best * (1 - 1e-6));
  });

  it('make most of an item for each type alone: a task that only she wants', () => {
    const rows: readonly Row[] = [
      [[1, 0], 1],
      [[0, 2], 1],
    ];
    const result = resultOf({
      ...quadratic,
      buyers: profilesOf(rows, [1, 1]),
      implementation: 'two-part-tariff',
    });
    expect(result.types.map(({ tariff }) => tariff!.tasks)).toEqual([[0], [1]]);
    expect(result.implementation!.deviatingShare).toBe(0);
    expect(result.implementation!.attainedProfit).toBeCloseTo(0.5 * 0.5 + 0.5 * 2, 8);
  });

  it('are sold to goods as prices of sets: with one item at no cost nothing is lost', async () => {
    const study = parse({
      cost: { use: 'linear', rate: 0, max: 1 },
      buyers: { kind: 'goods', values: [{ use: 'uniform' }, { use: 'uniform' }], grid: [6, 6] },
      implementation: 'two-part-tariff',
    });
    const { result } = await solve(study);
    expect(result.implementation!.attainedProfit! / result.implementation!.ofGrid!.profit).toBeCloseTo(1, 9);
    expect(result.implementation!.deviatingShare).toBe(0);
  });
});

describe('profiles of one task are a chain, with Example 1’s tariffs on a list:', () => {
  /*
   * Values k/n, equally many of each: φ_k = w_k − (1/n)(n − k) = 2 w_k − 1, the markup is w/(2w − 1) as in the continuum, q = 2φ s on s tasks at v = √x,
   * c = ¼, and T is what the rents Σ q/n of the types below leave.
   */
  const n = 8;
  const values = Array.from({ length: n }, (_, k) => (k + 1) / n);
  it.each([
    [
      'profiles',
      { kind: 'profiles', tasks: { weights: [0.5] }, types: values.map((w) => ({ mass: 1, values: [w] })) },
    ],
    ['a list of one scale', { kind: 'value-scale-grid', values, scales: [0.5], mass: values.map(() => [1]) }],
  ])('%s', (_, buyers) => {
    const result = resultOf({ ...root, buyers, implementation: 'two-part-tariff' });
    let rent = 0;
    let before = 0;
    result.types.forEach(({ tariff }, k) => {
      const w = values[k]!;
      rent += before / n;
      const φ = 2 * w - 1;
      before = φ > 0 ? φ : 0;
      if (!(φ > 0)) {
        expect(tariff).toBeNull();
        return;
      }
      const transfer = w * before - rent;
      const cost = before ** 2 / 2;
      expect(tariff!.markup).toBeCloseTo(w / φ, 12);
      expect(tariff!.upfront).toBeCloseTo(transfer - (w / φ) * cost, 12);
      expect(tariff!.prices.x).toBeCloseTo((w / φ) * 0.25, 12);
    });
    expect(result.implementation!.best!.isBest).toBe(true);
  });
});

describe('dependent values and scales on a grid, sold as tariffs,', () => {
  const buyers = {
    kind: 'value-scale',
    value: { use: 'uniform' },
    scale: { use: 'uniform' },
    dependence: { use: 'fgm', theta: 0.5 },
    grid: { values: 6, scales: 4 },
  };
  it('say what the grid’s types leave of what the menu earns from them', () => {
    const result = resultOf({ ...root, buyers, implementation: 'two-part-tariff' });
    const { ofGrid, attainedProfit, best, maximumSpend } = result.implementation!;
    expect(ofGrid!.profit).toBeCloseTo(result.grid!.profit!, 12);
    expect(attainedProfit!).toBeLessThan(ofGrid!.profit);
    expect(best!.attainedProfit!).toBeGreaterThan(attainedProfit!);
    expect(best!.attainedProfit!).toBeLessThan(ofGrid!.profit);
    expect(maximumSpend!.attainedProfit!).toBeLessThanOrEqual(ofGrid!.profit * (1 + 1e-9));
    expect(result.notes.join(' ')).toMatch(/of the grid’s types|picks her own amounts/);
  });
});

describe('implementations of very many types', () => {
  it('are refused before the solve, with what would do', () => {
    const buyers = {
      kind: 'value-scale',
      value: { use: 'uniform' },
      scale: { use: 'uniform' },
      dependence: { use: 'fgm', theta: 0.5 },
      grid: { values: 80, scales: 80 },
    };
    expect(() => resultOf({ ...root, buyers, implementation: 'maximum-spend' })).toThrow(
      /simulated for at most 4096 types, and these are 6400; expected a coarser buyers\.grid, or direct/,
    );
  });
});

describe('few two-part tariffs for types without an order', () => {
  const rows: readonly Row[] = [
    [[1, 0.3], 0.5],
    [[0.6, 1.5], 0.3],
    [[1.2, 1.2], 0.2],
  ];
  const study = parse({ ...quadratic, buyers: profilesOf(rows, [1, 1]) });
  const { menus, coordinate, full } = bestTiers(study, { counts: [1, 2, 3], kind: 'two-part-tariff' });

  it('earn what buyers leave who try them all, and no less the more there are', () => {
    expect(coordinate).toBeNull();
    menus.forEach(({ profit, tiers, upperBound }, k) => {
      const offers = tiers.map(({ tariff }) => ({
        fee: tariff!.upfront,
        markup: tariff!.markup,
        cap: Number.POSITIVE_INFINITY,
        tasks: tariff!.tasks ?? [0, 1],
      }));
      let earned = 0;
      for (const [values, share] of rows) {
        const outcomes = offers.map((offer) => outcome(values, [1, 1], offer));
        const most = Math.max(0, ...outcomes.map(({ utility }) => utility));
        const tied = outcomes.filter(({ utility }) => utility >= most - 1e-7);
        earned += share * Math.max(...(most > 1e-7 ? [] : [0]), ...tied.map((taken) => taken.profit));
      }
      expect(profit).toBeCloseTo(earned, 7);
      expect(profit).toBeLessThanOrEqual(upperBound);
      expect(tiers.reduce((sum, { share, margin }) => sum + share * margin, 0)).toBeCloseTo(profit, 7);
      if (k > 0) expect(profit).toBeGreaterThanOrEqual(menus[k - 1]!.profit);
    });
    expect(menus[2]!.profit).toBeLessThan(full.profit);
  });

  it('of one tariff are no worse than any on a grid of markups, fees and tasks', () => {
    let best = 0;
    for (const tasks of [[0], [1], [0, 1]])
      for (let markup = 0.8; markup < 3; markup += 0.01) {
        const offers = rows.map(([values, share]) => ({
          ...outcome(values, [1, 1], { fee: 0, markup, cap: Number.POSITIVE_INFINITY, tasks }),
          share,
        }));
        for (const { utility: fee } of offers)
          best = Math.max(
            best,
            offers.reduce(
              (sum, { utility, profit, share }) => (utility >= fee ? sum + share * (fee + profit) : sum),
              0,
            ),
          );
      }
    expect(menus[0]!.profit).toBeGreaterThanOrEqual(best * (1 - 1e-9));
  });
});
