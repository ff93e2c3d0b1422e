/*
 * Few bundles for populations whose revenue curve has kinks, gaps and pools anywhere. The comparison goes by increments of quality: with qualities
 * q_1 < q_2 < … the menu sells the k-th increment at a price t Δq to all types from t up, and earns
 *
 *     Σ_k Δq_k π(ΔC_k/Δq_k),    π(c) = max_t P(t) (t − c),    P the mass at or above t,
 *
 * where the best t ascends in c, and so in k: every such menu is attained. A dynamic program over qualities on a grid, with t on a fine grid of types,
 * so finds menus that are as good as the grid is fine. It knows no φ, no hull and no ironing.
 */
import {
  bestBundlesForPopulation,
  type Distribution,
  iron,
  mixedDistribution,
  scaleMenu,
} from '@menusmith/core';
import { exponential, lognormal, pareto, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose, uniformOn } from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const counts = [1, 2, 3, 4, 5];
const LEVELS = 110;
const PLACES = 160;

/** The most that 1 … `most` items earn whose qualities and starts are on grids. */
const bestOnGrids = (types: Distribution, most: number): number[] => {
  const even = (count: number): number[] =>
    Array.from({ length: count + 1 }, (_, i) => types.min + ((types.max - types.min) * i) / count);
  const ranks = (count: number): number[] =>
    Array.from({ length: count + 1 }, (_, i) => types.quantile(i / count));
  const starts = [...even(PLACES), ...ranks(PLACES), ...types.breakpoints];
  const above = starts.map((x) => (x <= types.min ? 1 : types.survival(x)));
  const margin = (c: number): number => starts.reduce((top, x, i) => Math.max(top, above[i]! * (x - c)), 0);
  const levels = [0, ...new Set([...even(LEVELS / 2), ...ranks(LEVELS / 2)])].sort((x, y) => x - y);
  // earned[a][b]: by the step from level a to b, of cost (b² − a²)/2.
  const earned = levels.map((low) =>
    levels.map((high) => (high > low ? (high - low) * margin((low + high) / 2) : 0)),
  );
  let rest = levels.map(() => 0);
  return Array.from({ length: most }, () => {
    rest = levels.map((_, b) =>
      rest.reduce((top, r, a) => (a <= b ? Math.max(top, r + earned[a]![b]!) : top), 0),
    );
    return Math.max(...rest);
  });
};

const expectBest = (types: Distribution): void => {
  const found = bestBundlesForPopulation(iron(types), halfSquare, 1, counts);
  const searched = bestOnGrids(types, counts.length);
  const onePrice = Array.from({ length: 400 }, (_, i) => types.min + ((types.max - types.min) * i) / 400);
  let last = 0;
  found.forEach(({ profit, upperBound, sales }, k) => {
    expect(profit, `${k + 1} tiers against a search`).toBeGreaterThanOrEqual(searched[k]! * (1 - 1e-9));
    expect(upperBound).toBeGreaterThanOrEqual(profit);
    expect(upperBound, 'the bound').toBeGreaterThanOrEqual(searched[k]! * (1 - 1e-12));
    expect(profit, 'more tiers').toBeGreaterThanOrEqual(last * (1 - 1e-12));
    expect(sales.length).toBeLessThanOrEqual(k + 1);
    last = profit;
  });
  // One item of quality x at price x², which everybody from x up buys.
  for (const x of onePrice) {
    const earned = (x <= types.min ? 1 : types.survival(x)) * (x * x - (x * x) / 2);
    expect(found[0]!.profit, `one item from ${x}`).toBeGreaterThanOrEqual(earned * (1 - 1e-9));
  }
  const full = scaleMenu({ types, served: iron(types), supply: halfSquare, scale: 1 }).totals();
  expect(last, 'the full menu').toBeLessThanOrEqual(full.servedSurplus * (1 + 1e-6));
};

describe('mixtures', () => {
  /*
   * Pools meet at .5: φ̄ < 0 below and .2333 on [.5, .9]. Two tiers from .5 and .9 are worth .07²/(2 · .3) + .18²/(2 · .2) = .0891667; three of which the
   * upper two part [.9, 1] at .95 are worth .0081667 + .0401 · … = .0894167.
   */
  test('where two pools meet at the cut-off a tier starts there', () => {
    const types = mixedDistribution([
      { weight: 0.5, of: uniformOn(0, 0.3) },
      { weight: 0.3, of: uniformOn(0.5, 0.6) },
      { weight: 0.2, of: uniformOn(0.9, 1) },
    ]);
    const [one, two, three] = bestBundlesForPopulation(iron(types), halfSquare, 1, [1, 2, 3]);
    expectClose(one!.profit, 0.081, 1e-12);
    expectClose(two!.profit, 0.07 ** 2 / 0.6 + 0.18 ** 2 / 0.4, 1e-12);
    // R(.95) = .095, P = .1: tiers of .085²/.2 and .095²/.2 in place of .18²/.4.
    expectClose(three!.profit, 0.07 ** 2 / 0.6 + 0.085 ** 2 / 0.2 + 0.095 ** 2 / 0.2, 1e-12);
    for (const { profit, upperBound } of [one!, two!, three!])
      expect(upperBound).toBeLessThan(profit * (1 + 1e-8));
  });

  const part = fc.oneof(
    fc
      .tuple(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 1e-3, max: 0.5, noNaN: true }))
      .map(([min, width]) => uniformOn(min, min + width)),
    fc
      .tuple(fc.double({ min: 0.1, max: 1, noNaN: true }), fc.double({ min: 2.2, max: 5, noNaN: true }))
      .map(([min, shape]) => pareto.create({ min, shape, max: 60 * min })),
    fc
      .tuple(fc.double({ min: -1.5, max: 0, noNaN: true }), fc.double({ min: 0.2, max: 1, noNaN: true }))
      .map(([mu, sigma]) => lognormal.create({ mu, sigma, min: 0.05, max: 12 })),
    fc
      .double({ min: 1, max: 50, noNaN: true })
      .map((rate) => exponential.create({ rate, min: 0.3, max: 0.3 + 8 / rate })),
  );
  const mixtures = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 9 }), part), { minLength: 1, maxLength: 4 })
    .map((parts) => {
      const sum = parts.reduce((total, [weight]) => total + weight, 0);
      return mixedDistribution(parts.map(([weight, of]) => ({ weight: weight / sum, of })));
    });

  test('no dynamic program over qualities does better, and no bound is below it', () => {
    fc.assert(fc.property(mixtures, expectBest), { numRuns: 5, seed: 14, endOnFailure: true });
  });
});
