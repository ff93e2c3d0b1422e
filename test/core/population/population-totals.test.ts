import {
  type Copula,
  curvedPoint,
  independence,
  leastCosts,
  observableScale,
  type PopulationMenu,
  populationMenus,
  populationOffers,
  populationTotals,
  profileCost,
} from '@menusmith/core';
import { beta, fgm, mixture, uniform } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNumbers, curvedExample1, example1, halfSquares, solved } from '../finite/examples.ts';
import { valueScaleGrid } from '../finite/grids.ts';

const unit = uniform.create({ min: 0, max: 1 });

/** Items of one place in value for each scale, C = ½ Σ ω q²; quality one list a scale. */
const menuOf = (
  scales: number[],
  items: { quality: number[]; transfer: number }[][],
  parts = 1,
  bends = items.flat().map(() => 0),
): PopulationMenu => {
  const levels = scales.length;
  const flat = items.flat();
  const supply = halfSquares(levels);
  const quality = Float64Array.from(flat.flatMap((item) => item.quality));
  const weights = scales.map((s, l) => s - (scales[l - 1] ?? 0));
  return {
    scales: Float64Array.from(scales),
    perScale: items[0]!.length,
    quality,
    served: quality.slice(),
    transfers: Float64Array.from(flat, ({ transfer }) => transfer),
    costs: Float64Array.from(flat, (item) =>
      item.quality.reduce((sum, q, m) => sum + (weights[m]! * q * q) / 2, 0),
    ),
    sharedCosts: new Float64Array(flat.length),
    shares: new Float64Array(flat.length).fill(1),
    models: 1,
    starts: new Float64Array(flat.length),
    parts,
    bends: Float64Array.from(bends),
    costOf: leastCosts(supply, undefined),
  };
};

test('one item in proportion to the scale is taken from w = 1/2 on: all numbers in closed form', () => {
  // Scale 1 is offered quality 1 on all tasks for ½; a buyer of scale s by mixture with nothing quality 1 on her tasks for s/2. All buy from w = ½ on:
  // revenue E[s]·½·½ = ⅛, cost ½·E[s]/2 = ⅛, value E[s]·∫_{½}^1 w dw = 3/16, surplus 1/16.
  const menu = menuOf([1], [[{ quality: [1], transfer: 0.5 }]]);
  const found = populationTotals({ values: unit, scales: unit, copula: independence }, menu);
  expect(found.excluded).toBeCloseTo(0.5, 14);
  expect(found.grossValue - found.rent).toBeCloseTo(1 / 8, 14);
  expect(found.cost).toBeCloseTo(1 / 8, 14);
  expect(found.grossValue).toBeCloseTo(3 / 16, 14);
  expect(found.rent).toBeCloseTo(1 / 16, 14);
  expect(found.profit).toBeCloseTo(0, 14);
});

test('where the density of scales jumps, the same closed forms hold', () => {
  // As above, of scales that crowd in two narrow stretches: E[s] is the mean of their middles, the second twice as often.
  const scales = mixture.create({
    parts: [
      { weight: 1, of: uniform.create({ min: 0.145, max: 0.155 }) },
      { weight: 2, of: uniform.create({ min: 0.715, max: 0.725 }) },
    ],
  });
  const menu = menuOf([1], [[{ quality: [1], transfer: 0.5 }]]);
  const found = populationTotals({ values: unit, scales, copula: independence }, menu);
  const mean = (0.15 + 2 * 0.72) / 3;
  expect(found.excluded).toBeCloseTo(0.5, 12);
  expect(found.cost).toBeCloseTo(mean / 4, 12);
  expect(found.grossValue).toBeCloseTo((3 * mean) / 8, 12);
});

test('an item between two of another scale is taken where neither of the two is', () => {
  // To the scale ½ the upper scale's items are worth as much as her own and cost .001 more; the one half way costs .02 less than that.
  const own = (q: number, transfer: number) => ({ quality: [q, 0], transfer });
  const larger = (q: number, transfer: number) => ({ quality: [q, 1], transfer });
  const items = [
    [own(2, 0.3), own(4, 1)],
    [larger(2, 0.301), larger(4, 1.001)],
  ];
  const { taken } = populationOffers(menuOf([0.5, 1], items, 2, [0, 0, 0, 0.02]), unit)(0.5);
  expect(taken.map(({ quality }) => quality)).toEqual([0, 1, 1.5, 2]);
  expect(taken[2]!.item).toEqual({ number: 3, between: 0.5, mixed: -1 });
  expect(taken[2]!.transfer).toBeCloseTo(0.631, 14);
  expect(taken[2]!.from).toBeCloseTo((0.631 - 0.3) / 0.5, 14);
});

describe('any menu', () => {
  const anyMenu = fc
    .record({ levels: fc.integer({ min: 1, max: 4 }), perScale: fc.integer({ min: 1, max: 3 }) })
    .chain(({ levels, perScale }) =>
      fc
        .tuple(
          anyNumbers(levels * perScale * levels, 1.5, 0.05),
          anyNumbers(levels * perScale, 0.6),
          fc.integer({ min: 1, max: 3 }),
          fc.array(fc.constantFrom(0, 0, 0.001, 0.03), {
            minLength: levels * perScale,
            maxLength: levels * perScale,
          }),
        )
        .map(([quality, transfers, parts, bends]) => {
          const scales = Array.from({ length: levels }, (_, l) => (l + 1) / levels);
          return menuOf(
            scales,
            scales.map((_, l) =>
              Array.from({ length: perScale }, (_, f) => {
                const k = l * perScale + f;
                return {
                  // Nothing on the tasks beyond the item's own scale; no two prices are alike, so that buyers are seldom indifferent.
                  quality: scales.map((_, m) => (m <= l ? quality[k * levels + m]! : 0)),
                  transfer: transfers[k]! + 0.003 * (k + 1),
                };
              }),
            ),
            parts,
            bends,
          );
        }),
    );

  /** Buyers on fine midpoints who each look at all items, those between two of them, and mixtures of any two neighbouring scales, in steps of a twentieth. */
  const sampled = (copula: Copula, values: typeof unit, menu: PopulationMenu, n: number, ranks: number) => {
    const { scales, perScale, parts, bends, quality, transfers } = menu;
    const levels = scales.length;
    let [profit, rent, excluded] = [0, 0, 0];
    const isMade = (k: number): boolean =>
      k >= 0 && quality.slice(k * levels, (k + 1) * levels).some((q) => q > 0);
    /** Profile and price of the g-th of the items from the one before k, or nothing, to k. */
    const between = (k: number, g: number): { profile: number[]; transfer: number } => {
      if (!isMade(k)) return { profile: Array.from(scales, () => 0), transfer: 0 };
      const t = g / parts;
      const before = k % perScale > 0 && isMade(k - 1) ? k - 1 : -1;
      const profile = Array.from(scales, (_, m) => {
        const low = before < 0 ? 0 : quality[before * levels + m]!;
        return (1 - t) * low + t * quality[k * levels + m]!;
      });
      const straight = (1 - t) * (before < 0 ? 0 : transfers[before]!) + t * transfers[k]!;
      return { profile, transfer: straight - 4 * t * (1 - t) * bends[k]! };
    };
    const hasBetween = (k: number): boolean => k < 0 || !isMade(k) || bends[k]! > 0;
    for (let j = 0; j < ranks; j++) {
      const s = (j + 0.5) / ranks;
      const offers: { used: number; transfer: number; cost: () => number }[] = [];
      const offer = (profile: readonly number[], ends: readonly number[], transfer: number): void => {
        offers.push({
          used: profile.reduce(
            (sum, q, m) => sum + q * Math.max(0, Math.min(ends[m]!, s) - (ends[m - 1] ?? 0)),
            0,
          ),
          transfer,
          cost: () => profile.reduce((sum, q, m) => sum + ((ends[m]! - (ends[m - 1] ?? 0)) * q * q) / 2, 0),
        });
      };
      for (let l = -1; l + 1 < levels; l++) {
        const [low, high] = [l < 0 ? 0 : scales[l]!, scales[l + 1]!];
        // Her own place, others, and the upper scale's own items.
        const places = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);
        if (s > low && s < high) places.push((s - low) / (high - low));
        for (const y of places) {
          for (let f = 0; f < perScale; f++) {
            const [a, b] = [l < 0 || y === 1 ? -1 : l * perScale + f, (l + 1) * perScale + f];
            if (!isMade(a) && !isMade(b)) continue;
            for (let g = hasBetween(a) && hasBetween(b) ? 1 : parts; g <= parts; g++) {
              const [below, above] = [between(a, g), between(b, g)];
              const mixed = above.profile
                .slice(0, l + 2)
                .map((q, m) => (m > l ? q : (1 - y) * below.profile[m]! + y * q));
              const transfer = (1 - y) * below.transfer + y * above.transfer;
              offer(mixed, [...scales.slice(0, l + 1), low + y * (high - low)], transfer);
            }
          }
        }
      }
      for (let i = 0; i < n; i++) {
        const w = values.quantile((i + 0.5) / n);
        const mass = (copula.conditional((i + 1) / n, s) - copula.conditional(i / n, s)) / ranks;
        let best = 0;
        let taken: (typeof offers)[number] | undefined;
        for (const offer of offers) {
          const utility = w * offer.used - offer.transfer;
          if (utility > best + 1e-12) [best, taken] = [utility, offer];
        }
        rent += mass * best;
        if (taken === undefined) excluded += mass;
        else profit += mass * (taken.transfer - taken.cost());
      }
    }
    return { profit, rent, excluded };
  };

  test('brings what many buyers, asked one by one about all items and mixtures, bring in', () => {
    fc.assert(
      fc.property(anyMenu, fc.constantFrom(-0.9, 0, 0.9), fc.boolean(), (menu, theta, isUniform) => {
        const values = isUniform ? unit : beta.create({ a: 2, b: 3, min: 0, max: 1.5 });
        const copula = theta === 0 ? independence : fgm.create({ theta });
        const [n, ranks] = [60, 60];
        const expected = sampled(copula, values, menu, n, ranks);
        const found = populationTotals({ values, scales: unit, copula }, menu);
        // A sampled buyer in whose cell she turns to another item may choose wrongly; rents are continuous, what is paid is not.
        expect(Math.abs(found.rent - expected.rent)).toBeLessThan(2e-3);
        expect(Math.abs(found.excluded - expected.excluded)).toBeLessThan(3e-2);
        expect(Math.abs(found.profit - expected.profit)).toBeLessThan(3e-2);
      }),
      { numRuns: 12, seed: 20261129 },
    );
  });
});

describe('a grid’s menu made for the population', () => {
  const soldOn = (n: number, copula: Copula) => {
    const grid = valueScaleGrid(n, copula, example1);
    const { menu } = solved(grid);
    const supply = curvedExample1(n + 2);
    const menus = populationMenus(
      { types: grid.types, scales: grid.scales, menu },
      { supply },
      { values: unit, scales: unit },
      { least: 192, perCell: 12 },
    );
    const totals = menus.map((each) => populationTotals({ values: unit, scales: unit, copula }, each));
    return { menus, totals, best: totals.reduce((a, b) => (b.profit > a.profit ? b : a)) };
  };

  test('comes to the closed form of independent buyers from a coarse grid: Example 1’s technology at costs of ¼', () => {
    // Nobody is fine-tuned at these costs: x = y = q² make quality q for ½q², so that S(φ, s) = sφ²/2 with φ = 2w − 1. Profit is
    // E[s]·∫_{½}^1 (2w − 1)²/2 dw = 1/24; rents rise by q = s(2w − 1): surplus E[s]·∫_{½}^1 (2w − 1)(1 − w) dw = 1/48.
    const { best } = soldOn(8, independence);
    expect(Math.abs(best.profit * 24 - 1)).toBeLessThan(5e-5);
    expect(Math.abs(best.rent * 48 - 1)).toBeLessThan(1e-4);
    expect(Math.abs(best.excluded - 0.5)).toBeLessThan(1e-9);
    expect(best.fineTuned).toBe(0);
  });

  test.each([-0.9, 0.9])(
    'earns more on finer grids, and less than if scales were seen, with FGM dependence of %d',
    (theta) => {
      const copula = fgm.create({ theta });
      const population = { values: unit, scales: unit, copula };
      const bound = observableScale(population, example1.supply);
      const [coarse, fine] = [8, 16].map((n) => soldOn(n, copula).best);
      expect(coarse!.profit).toBeLessThan(fine!.profit);
      expect(fine!.profit).toBeLessThan(bound.profit);
      expect(fine!.profit).toBeGreaterThan(0.98 * bound.profit);
      for (const { grossValue, cost } of [coarse!, fine!])
        expect(grossValue - cost).toBeLessThan(bound.efficientWelfare);
    },
  );

  test('loses what falls at order 2, where nothing is lost by hidden scales: FGM −.9', () => {
    const copula = fgm.create({ theta: -0.9 });
    const { profit } = observableScale({ values: unit, scales: unit, copula }, example1.supply);
    const [coarse, fine] = [16, 32].map((n) => 1 - soldOn(n, copula).best.profit / profit);
    expect(coarse! / fine!).toBeGreaterThan(3.5);
    expect(fine!).toBeLessThan(5e-5);
  });

  test('costs of mixtures are the least ones: ½ Σ ω q²', () => {
    const supply = halfSquares(3);
    const point = curvedPoint(supply);
    const quality = Float64Array.of(0.4, 0, 1.3);
    const weights = Float64Array.of(0.2, 0.5, 0.3);
    expect(profileCost(supply)(quality, weights, 3, new Float64Array(3), point)).toBe(true);
    expect(point.cost).toBeCloseTo((0.2 * 0.16 + 0.3 * 1.69) / 2, 10);
  });

  test('costs of mixtures of Cobb–Douglas qualities are those of the index: supply at φ makes q at C', () => {
    const supply = curvedExample1(3);
    const [point, back] = [curvedPoint(supply), curvedPoint(supply)];
    const weights = Float64Array.of(0.2, 0.5, 0.3);
    // Values at which some are fine-tuned and some are not.
    for (const scale of [0.5, 2, 6]) {
      const values = Float64Array.of(0.4 * scale, 0.1 * scale, 0.9 * scale);
      supply.supply(values, weights, 3, point);
      const quality = point.quality.slice();
      const start = values.map((value) => 2 * value);
      expect(profileCost(supply)(quality, weights, 3, start, back)).toBe(true);
      expect(Math.abs(back.cost / point.cost - 1)).toBeLessThan(1e-8);
      expect(Math.abs(back.sharedCost - point.sharedCost)).toBeLessThan(1e-4 * point.cost);
    }
  });
});
