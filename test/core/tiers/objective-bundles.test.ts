import {
  bestBundlesForPopulation,
  bestBundlesForTypes,
  type Distribution,
  gaussLegendre,
  iron,
  withFixedCost,
} from '@menusmith/core';
import { quadratic, quantilePolynomial } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, expectClose, unit } from '../reference-cases.ts';

const halfSquare = quadratic.create({});
const upTo = (count: number): number[] => Array.from({ length: count }, (_, k) => k + 1);

interface Line {
  readonly value: readonly number[];
  readonly mass: readonly number[];
  readonly κ: number;
  readonly outside: number;
}

/** Σ f (T − q²/2 · costs + κ U) of the menu whose k-th item is for the types from starts[k] up, at the most that may be asked; U beyond what is outside. */
const objectiveOf = (
  { value, mass, κ, outside }: Line,
  starts: readonly number[],
  qualities: readonly number[],
  costs: number,
): number => {
  let [transfer, quality, sum] = [-outside, 0, 0];
  starts.forEach((start, k) => {
    transfer += value[start]! * (qualities[k]! - quality);
    quality = qualities[k]!;
    for (let n = start; n < (starts[k + 1] ?? value.length); n++) {
      const surplus = value[n]! * quality - transfer - outside;
      sum += mass[n]! * (transfer - (costs * quality * quality) / 2 + κ * surplus);
    }
  });
  return sum;
};

/** The best over all starts of up to `count` items: given these it is a sum of a q − m q²/2 over the items, less what is outside of those served. */
const bestOverStarts = (line: Line, count: number): number => {
  const n = line.value.length;
  let best = 0;
  const choose = (starts: readonly number[], from: number): void => {
    if (starts.length > 0) {
      const flat = objectiveOf(line, starts, new Array(starts.length).fill(0), 0);
      const qualities = starts.map((start, k) => {
        const alone = starts.map((_, l) => (l === k ? 1 : 0));
        const slope = objectiveOf(line, starts, alone, 0) - flat;
        const own = line.mass.slice(start, starts[k + 1] ?? n).reduce((sum, f) => sum + f, 0);
        return slope / own;
      });
      if (qualities.every((q, k) => q >= (qualities[k - 1] ?? 0)))
        best = Math.max(best, objectiveOf(line, starts, qualities, 1));
    }
    if (starts.length === count) return;
    for (let i = from; i < n; i++) choose([...starts, i], i + 1);
  };
  choose([], 0);
  return best;
};

const lines = fc.record({
  rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 })), {
    minLength: 2,
    maxLength: 9,
  }),
  κ: fc.constantFrom(0, 0.3, 0.7, 1),
  outside: fc.constantFrom(0, 0, 0.05, 0.2),
});

describe('the best few items for profit and a share of consumer surplus', () => {
  test('of listed types: the best over all ways to start them, also beside a constant outside utility', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 3 }), ({ rows, κ, outside }, count) => {
        const sorted = [...new Map(rows).entries()].sort(([a], [b]) => a - b);
        const total = sorted.reduce((sum, [, m]) => sum + m, 0);
        const line: Line = {
          value: sorted.map(([v]) => v / 40),
          mass: sorted.map(([, m]) => m / total),
          κ,
          outside,
        };
        const types = { value: Float64Array.from(line.value), mass: Float64Array.from(line.mass) };
        const supply = withFixedCost(halfSquare, outside);
        const [found] = bestBundlesForTypes(types, supply, 1, [count], κ);
        expectClose(found!.objective, bestOverStarts(line, count), 1e-10, 'objective', 1e-3);
        expect(found!.upperBound).toBeGreaterThanOrEqual(found!.objective - 1e-12);
        if (κ === 0) expect(found!.objective).toBe(found!.profit);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  /*
   * On U[0, 1] φ = (2 − κ) x − (1 − κ) is uniform above 0, to 1: as without κ K items keep 1 − 1/(2K + 1)² of the full menu's ∫ φ²/2 dx = 1/(6 (2 − κ)).
   */
  test.each([0.25, 0.6, 1])(
    'U[0, 1], C = q²/2, κ = %d: K items keep 1 − 1/(2K + 1)² of the objective',
    (κ) => {
      for (const { count, objective, upperBound } of bestBundlesForPopulation(
        iron(unit, κ),
        halfSquare,
        1,
        upTo(6),
        κ,
      )) {
        const d = 1 / (2 * count + 1);
        const exact = (1 - d * d) / (6 * (2 - κ));
        expectClose(objective, exact, 1e-13, `objective of ${count}`);
        expect(upperBound).toBeGreaterThanOrEqual(exact * (1 - 1e-14));
        expect(upperBound).toBeLessThan(exact * (1 + 1e-8));
      }
    },
  );

  /** ∫ U dF by quadrature between the starts. */
  const surplusOf = (
    types: Distribution,
    sales: readonly { from: number; to: number; bundle: { quality: number; transfer: number } }[],
  ): number => {
    const { nodes, weights } = gaussLegendre(40);
    return sales.reduce((sum, { from, to, bundle }) => {
      const pieces = 20;
      for (let p = 0; p < pieces; p++)
        nodes.forEach((node, i) => {
          const x = from + ((p + node) * (to - from)) / pieces;
          sum +=
            ((weights[i]! * (to - from)) / pieces) *
            types.density(x) *
            (x * bundle.quality - bundle.transfer);
        });
      return sum;
    }, 0);
  };

  test.each([
    ['Beta(2, 3), κ = .4', betaOf(2, 3), 0.4, 0],
    ['Beta(2, 3), κ = 1', betaOf(2, 3), 1, 0],
    [
      '0.85 Beta(4, 10) + 0.15 Beta(8, 2), ironed, κ = .3',
      distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)'),
      0.3,
      0,
    ],
    ['F⁻¹ = 2 + t + 2t², ironed, κ = .2', quantilePolynomial.create({ coefficients: [2, 1, 2] }), 0.2, 0],
    ['Beta(2, 3) beside .03, κ = .5', betaOf(2, 3), 0.5, 0.03],
    ['Beta(2, 3) beside .03', betaOf(2, 3), 0, 0.03],
  ] as const)('%s: within 1e-6 of the bound, and no other starts do better', (_, types, κ, outside) => {
    const supply = withFixedCost(halfSquare, outside);
    const found = bestBundlesForPopulation(iron(types, κ), supply, 1, upTo(4), κ);
    for (const { objective, upperBound, profit, sales } of found) {
      expect(upperBound).toBeGreaterThanOrEqual(objective);
      expect(upperBound - objective).toBeLessThan(1e-6 * objective);
      expectClose(objective, profit + κ * surplusOf(types, sales), 1e-11, 'objective', 1e-3);
    }
    // Two items from every pair of starts on a grid.
    const [, two] = found;
    const size = 60;
    const at = Array.from({ length: size + 1 }, (_, i) => types.min + ((types.max - types.min) * i) / size);
    const left = at.map((x) => {
      const sale = { from: x, to: types.max, bundle: { quality: 1, transfer: x } };
      return surplusOf(types, [sale]);
    });
    const above = at.map((x) => types.survival(x));
    const worth = (i: number, j: number): number => {
      const mass = above[i]! - above[j]!;
      const revenue = at[i]! * above[i]! + κ * left[i]! - at[j]! * above[j]! - κ * left[j]!;
      return mass > 0 ? (Math.max(0, revenue) ** 2 / mass) * 0.5 - outside * mass : 0;
    };
    let best = 0;
    for (let i = 0; i < size; i++)
      for (let j = i + 1; j < size; j++) best = Math.max(best, worth(i, j) + worth(j, size));
    expect(best).toBeLessThanOrEqual(two!.objective * (1 + 1e-9));
    expect(best).toBeGreaterThan(two!.objective * (1 - 5e-3));
  });
});
