import {
  bestMarkups,
  byFallingMarkup,
  type Distribution,
  favouriteTariffs,
  intendedProfit,
  iron,
  type ScaleTariffs,
  scaleMenu,
  simulateTariffs,
  singleTypeCells,
  surplusTable,
  type TwoPartTariff,
  tariffProfit,
  tariffsFromMarkups,
  tariffUtility,
  typeCells,
} from '@menusmith/core';
import { quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, expectClose, technologyNamed, unit } from '../reference-cases.ts';

const example1 = technologyNamed('EX1').closedForm;
const table = surplusTable(example1, 1, 1);

/** The tariffs as printed, m = θ/φ̄ and p₀ = T − m·C, of a distribution's optimal menu in Example 1, on cells. */
const printed = (types: Distribution, count: number): { offer: ScaleTariffs; profit: number } => {
  const menu = scaleMenu({ types, served: iron(types), supply: example1, scale: 1 });
  const cells = typeCells(types, count);
  const { value, servedValue, quality, cost, rent } = menu.schedule(cells.value);
  const intended = Array.from(value, (theta, i): TwoPartTariff | undefined => {
    if (!(quality[i]! > 0)) return undefined;
    const markup = theta / servedValue[i]!;
    return { markup, fee: theta * quality[i]! - rent[i]! - markup * cost[i]! };
  });
  return {
    offer: { scale: 1, weight: 1, cells, table: surplusTable(example1, 1, types.max), intended },
    profit: menu.totals().servedSurplus,
  };
};

describe('cells', () => {
  test('of a distribution hold all of its mass, and what is above each edge', () => {
    const { edges, above, value, mass } = typeCells(betaOf(2, 3), 50);
    expectClose(
      mass.reduce((sum, m) => sum + m, 0),
      1,
      1e-14,
    );
    expect([edges[0], edges[50], above[0], above[50]]).toEqual([0, 1, 1, 0]);
    value.forEach((middle, i) => {
      expectClose(middle, (i + 0.5) / 50, 1e-14);
      expectClose(
        mass[i]!,
        betaOf(2, 3).cdf(edges[i + 1]!) - betaOf(2, 3).cdf(edges[i]!),
        1e-12,
        'mass',
        1e-2,
      );
      expectClose(above[i]!, above[i + 1]! + mass[i]!, 1e-15, 'above', 1);
    });
  });

  test('of single types have their values as edges', () => {
    const cells = singleTypeCells(Float64Array.of(1, 2, 4), Float64Array.of(0.5, 0.3, 0.2));
    expect([...cells.edges]).toEqual([1, 2, 4, 4]);
    cells.above.forEach((mass, i) => {
      expectClose(mass, [1, 0.5, 0.2, 0][i]!, 1e-15, 'above', 1);
    });
  });
});

describe('a two-part tariff', () => {
  test('is worth max over q of w q − m C(q), and earns its fee and (m − 1)C: by search over q', () => {
    // Example 1 at s = 1: C(q) = q²/4 up to q = 1, by inverting q = 2φ; beyond, ∫ (q/8)^⅓ = ¼ + (3/8)(q^{4/3} − 1).
    const cost = (q: number): number => (q <= 1 ? (q * q) / 4 : 0.25 + 0.375 * (q ** (4 / 3) - 1));
    for (const [w, markup] of [
      [0.9, 1],
      [0.9, 1.3],
      [0.5, 2],
      [0.97, 1.02],
    ] as const) {
      let best = 0;
      let at = 0;
      for (let i = 0; i <= 80_000; i++) {
        const q = i / 10_000;
        const utility = w * q - markup * cost(q);
        if (utility > best) [best, at] = [utility, q];
      }
      expectClose(tariffUtility(table, w, markup), best, 1e-7, 'utility');
      expectClose(
        tariffProfit(table, w, { markup, fee: 0.3 }),
        0.3 + (markup - 1) * cost(at),
        2e-4,
        'profit',
      );
    }
  });

  test('with the intended markup gives a type just her quality and rent', () => {
    const types = betaOf(2, 3);
    const menu = scaleMenu({ types, served: iron(types), supply: example1, scale: 1 });
    for (const theta of [0.4, 0.6, 0.8, 1]) {
      const { quality, cost, transfer, rent, servedValue } = menu.item(theta);
      const markup = theta / servedValue;
      const fee = transfer - markup * cost;
      expectClose(table.quality(theta / markup), quality, 1e-6, 'q');
      expectClose(tariffUtility(table, theta, markup) - fee, rent, 1e-8, 'rent', 1);
      expectClose(tariffProfit(table, theta, { markup, fee }), transfer - cost, 1e-5, 'profit');
    }
  });
});

const tariffs = fc.array(
  fc
    .tuple(fc.integer({ min: 100, max: 400 }), fc.integer({ min: -20, max: 80 }))
    .map(([m, f]) => ({ markup: m / 100, fee: f / 100 })),
  { minLength: 1, maxLength: 14 },
);

describe('favourite tariffs', () => {
  test('found by divide and conquer are as good as those of brute force', () => {
    fc.assert(
      fc.property(
        tariffs,
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }),
        (offered, ranks) => {
          const values = Float64Array.from(ranks, (rank) => rank / 1000).sort();
          const columns = byFallingMarkup(offered);
          const favourite = favouriteTariffs(table, values, columns);
          values.forEach((w, i) => {
            const utility = (j: number): number =>
              tariffUtility(table, w, columns.markup[j]!) - columns.fee[j]!;
            const best = Math.max(...offered.map(({ markup, fee }) => tariffUtility(table, w, markup) - fee));
            expect(utility(favourite[i]!)).toBeGreaterThanOrEqual(best - 1e-12);
          });
        },
      ),
      { numRuns: 500, seed: 20261122 },
    );
  });

  test('are ordered by falling markup, and −1 where there are none', () => {
    const columns = byFallingMarkup([
      { markup: 1.2, fee: 0.4 },
      { markup: 3, fee: 0 },
      { markup: 1.2, fee: 0.1 },
      { markup: 2, fee: 1 },
    ]);
    expect([...columns.markup]).toEqual([3, 2, 1.2, 1.2]);
    expect([...favouriteTariffs(table, Float64Array.of(0.2, 0.9), byFallingMarkup([]))]).toEqual([-1, -1]);
  });
});

/** Free choice by definition: every type tries every tariff of every scale, at min(s, s̄) of her tasks, or none. */
const byBruteForce = (
  scales: readonly ScaleTariffs[],
  tableAt: (scale: number) => typeof table,
  tie: number,
) => {
  let [profitChange, maxDeviationGain, deviatingShare] = [0, 0, 0];
  for (const own of scales) {
    own.cells.value.forEach((w, i) => {
      const meant = own.intended[i];
      const truth = meant ? tariffUtility(own.table, w, meant.markup) - meant.fee : 0;
      let [utility, profit] = [0, 0];
      for (const other of scales) {
        const used = tableAt(Math.min(own.scale, other.scale));
        for (const tariff of other.intended) {
          if (!tariff) continue;
          const gain = tariffUtility(used, w, tariff.markup) - tariff.fee;
          if (gain > utility) [utility, profit] = [gain, tariffProfit(used, w, tariff)];
        }
      }
      maxDeviationGain = Math.max(maxDeviationGain, utility - truth);
      if (utility - truth <= tie) return;
      deviatingShare += own.weight * own.cells.mass[i]!;
      profitChange +=
        own.weight * own.cells.mass[i]! * (profit - (meant ? tariffProfit(own.table, w, meant) : 0));
    });
  }
  return { profitChange, maxDeviationGain, deviatingShare };
};

test('a simulation equals trying every tariff of every scale, for any intended tariffs', () => {
  const sizes = [0.3, 0.7, 1];
  const tables = new Map(sizes.map((scale) => [scale, surplusTable(example1, scale, 1)]));
  const cells = typeCells(betaOf(2, 3), 6);
  const intended = fc.array(
    fc.option(
      fc
        .tuple(fc.integer({ min: 1000, max: 4000 }), fc.integer({ min: -200, max: 800 }))
        .map(([m, f]) => ({ markup: m / 1000, fee: f / 1000 })),
      { nil: undefined },
    ),
    { minLength: 6, maxLength: 6 },
  );
  fc.assert(
    fc.property(intended, intended, intended, (a, b, c) => {
      const scales = [a, b, c].map(
        (choice, k): ScaleTariffs => ({
          scale: sizes[k]!,
          weight: [0.5, 0.3, 0.2][k]!,
          cells,
          table: tables.get(sizes[k]!)!,
          intended: choice,
        }),
      );
      const got = simulateTariffs(scales, 1e-9);
      const expected = byBruteForce(scales, (scale) => tables.get(scale)!, 1e-9);
      expectClose(got.maxDeviationGain, expected.maxDeviationGain, 1e-12, 'gain', 1);
      expectClose(got.deviatingShare, expected.deviatingShare, 1e-12, 'share', 1);
      expectClose(got.profitChange, expected.profitChange, 1e-12, 'profit', 1);
    }),
    { numRuns: 150, seed: 20261122 },
  );
});

describe('where the markup is nonincreasing nobody deviates', () => {
  test.each([
    ['U[0,1]', unit],
    ['Beta(2,3)', betaOf(2, 3)],
  ])('%s', (_, types) => {
    const { offer, profit } = printed(types, 400);
    const { profitChange, maxDeviationGain, deviatingShare } = simulateTariffs([offer], 1e-8 * profit);
    expect(maxDeviationGain).toBeLessThan(1e-8 * profit);
    expect([profitChange, deviatingShare]).toEqual([0, 0]);
    expectClose(intendedProfit(offer.cells, offer.table, offer.intended), profit, 2e-5);
  });

  test('and the best menu of tariffs is as good as the optimum: U[0,1] with C = q²/2, 1/12', () => {
    const cells = typeCells(unit, 400);
    const quadraticTable = surplusTable(quadratic.create({}), 1, 1);
    const markups = bestMarkups(cells, [{ weight: 1, table: quadraticTable }]);
    const best = tariffsFromMarkups(cells, markups, quadraticTable);
    expectClose(intendedProfit(cells, quadraticTable, best), 1 / 12, 1e-4);
  });
});

describe('counterexample G1, θ ~ .05U + .95Beta(6,9) in Example 1 (ERRATA F)', () => {
  const optimum = 0.0963555877329423;
  const { offer, profit } = printed(distributionNamed('0.95Beta(6,9)+0.05U'), 2000);
  const simulated = simulateTariffs([offer], 1e-8 * profit);

  test('has the optimum Π* = .0963555877329423', () => expectClose(profit, optimum, 1e-12));

  test('free choice among the printed tariffs earns .0808, 16 % less; 85 % of all types deviate', () => {
    expect(Math.abs(profit + simulated.profitChange - 0.08079067)).toBeLessThan(2e-5);
    expect(Math.abs(simulated.profitChange / profit + 0.16)).toBeLessThan(0.005);
    expect(Math.abs(simulated.deviatingShare - 0.8526)).toBeLessThan(2e-3);
  });

  test('the largest gain from deviating is .0772614762', () => {
    expect(Math.abs(simulated.maxDeviationGain - 0.0772614762021912)).toBeLessThan(1e-4);
    expect(simulated.maxDeviationGain).toBeLessThan(0.0772614763 + 1e-6);
  });

  test('the best menu of tariffs earns .09628 or more, from types who do not deviate', () => {
    const markups = bestMarkups(offer.cells, [{ weight: 1, table: offer.table }]);
    for (let i = 1; i < markups.length; i++) expect(markups[i]).toBeLessThanOrEqual(markups[i - 1]!);
    const best = tariffsFromMarkups(offer.cells, markups, offer.table);
    // Less what the cells themselves err by.
    const change =
      intendedProfit(offer.cells, offer.table, best) -
      intendedProfit(offer.cells, offer.table, offer.intended);
    expect(profit + change).toBeGreaterThanOrEqual(0.09628 - 1e-6);
    expect(profit + change).toBeLessThan(optimum);
    const free = simulateTariffs([{ ...offer, intended: best }], 1e-8 * profit);
    expect(free.maxDeviationGain).toBeLessThan(1e-8);
    expect([free.profitChange, free.deviatingShare]).toEqual([0, 0]);
  });
});
