import {
  type Copula,
  type Distribution,
  type GoodsCells,
  type GoodsFlow,
  goodsBound,
  goodsCells,
  goodsFirstBest,
  goodsSales,
  independence,
  type ProfileSupply,
  placeOf,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gaussian } from '../../../plugins/src/copulas/gaussian.ts';
import { beta } from '../../../plugins/src/distributions/beta.ts';
import { uniform } from '../../../plugins/src/distributions/uniform.ts';

const unit = uniform.create({ min: 0, max: 1 }, undefined);

/** S(φ) = Σ φ₊: goods that cost nothing, of which nobody needs more than one. */
const free: ProfileSupply = {
  inputs: [],
  tasks: 3,
  mostRank: 0,
  supply: (values, _weights, count, out) => {
    out.surplus = 0;
    for (let m = 0; m < count; m++) out.surplus += Math.max(0, values[m]!);
    out.solved = true;
  },
};
/** S(φ) = Σ φ₊²/2, of C = |q|²/2. */
const quadratic: ProfileSupply = {
  ...free,
  supply: (values, _weights, count, out) => {
    out.surplus = 0;
    for (let m = 0; m < count; m++) out.surplus += Math.max(0, values[m]!) ** 2 / 2;
    out.solved = true;
  },
};

const cellsOf = (
  values: readonly Distribution[],
  counts: readonly number[],
  dependence: Copula = independence,
): GoodsCells => {
  const sides = values.map(({ min, max, cdf }, j) => {
    const cells = counts[j]!;
    const ranks = Float64Array.from({ length: cells + 1 }, (_, i) =>
      i === 0 ? 0 : i === cells ? 1 : cdf(min + ((max - min) * i) / cells),
    );
    return { ranks, masses: Float64Array.from({ length: cells }, (_, i) => ranks[i + 1]! - ranks[i]!) };
  });
  const all = counts.reduce((product, each) => product * each, 1);
  const shape = goodsCells({ values, dependence }, sides, new Float64Array(all));
  const mass = Float64Array.from({ length: all }, (_, n) => {
    const places = counts.map((__, j) => placeOf(shape, n, j));
    if (dependence.independent) return places.reduce((f, i, j) => f * sides[j]!.masses[i]!, 1);
    const [i, k] = places as [number, number];
    const at = (a: number, b: number): number => dependence.cdf(sides[0]!.ranks[a]!, sides[1]!.ranks[b]!);
    return at(i + 1, k + 1) - at(i, k + 1) - at(i + 1, k) + at(i, k);
  });
  return { ...shape, mass };
};

const seller = (supply: ProfileSupply) => ({ supply, isSeparable: true });
const flowOf = (through: readonly (readonly number[])[], pairs: GoodsFlow['pairs'] = []): GoodsFlow => ({
  through: through.map((each) => Float64Array.from(each)),
  pairs,
});

const continuum = (12 + 2 * Math.SQRT2) / 27;

describe('the bound of a flow among continuous buyers of goods', () => {
  test('of one good is that of the chain, φ = w − (1 − F)/f, whatever the cells', () => {
    for (const [distribution, best] of [
      [unit, 1 / 4],
      // p (1 − F(p)) of beta(2, 1), F = p², is most at 1/√3.
      [beta.create({ a: 2, b: 1, min: 0, max: 1 }, undefined), 2 / (3 * Math.sqrt(3))],
    ] as const) {
      const cells = cellsOf([distribution], [40]);
      const through = [Array.from({ length: 40 }, (_, i) => 1 - cells.sides[0]!.ranks[i]!)];
      const bound = goodsBound(cells, seller(free), flowOf(through));
      expect(bound).toBeGreaterThan(best - 1e-9);
      expect(bound).toBeLessThan(best + 1e-4);
      // All buyers count at most once: twice the flow is halved.
      const doubled = goodsBound(cells, seller(free), flowOf([through[0]!.map((x) => 2 * x)]));
      expect(doubled).toBeCloseTo(bound, 10);
    }
  });

  test('without a flow is the first best', () => {
    const cells = cellsOf([unit, unit], [4, 4]);
    const none = flowOf([new Array<number>(16).fill(0), new Array<number>(16).fill(0)]);
    expect(goodsFirstBest(cells, seller(free))).toBeCloseTo(1, 6);
    expect(goodsBound(cells, seller(free), none, 1)).toBeCloseTo(1, 6);
  });

  const number = fc.double({ min: -1, max: 1, noNaN: true });
  const hostile = (count: number, size: number) =>
    fc.record({
      through: fc.array(fc.array(number, { minLength: count, maxLength: count }), {
        minLength: 2,
        maxLength: 2,
      }),
      size: fc.constantFrom(1e-3, 0.1, size),
      pairs: fc.array(
        fc.record({
          n: fc.integer({ min: 0, max: count - 1 }),
          k: fc.integer({ min: 0, max: count - 1 }),
          amount: fc.double({ min: 0, max: 0.05, noNaN: true }),
        }),
        { maxLength: 6 },
      ),
    });

  test('is above what is known of two uniform goods, whatever flow is proposed', () => {
    const cells = cellsOf([unit, unit], [4, 4]);
    fc.assert(
      fc.property(hostile(16, 10), ({ through, size, pairs }) => {
        const flow = flowOf(
          through.map((each) => each.map((x) => size * x)),
          pairs,
        );
        expect(goodsBound(cells, seller(free), flow)).toBeGreaterThan(continuum - 1e-9);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('and of Rochet and Choné’s, on [1, 2]² with C = |q|²/2', () => {
    const side = uniform.create({ min: 1, max: 2 }, undefined);
    const cells = cellsOf([side, side], [4, 4]);
    fc.assert(
      fc.property(hostile(16, 10), ({ through, size, pairs }) => {
        const flow = flowOf(
          through.map((each) => each.map((x) => size * Math.abs(x))),
          pairs,
        );
        expect(goodsBound(cells, seller(quadratic), flow)).toBeGreaterThan(1.51549 - 1e-5);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test('and of dependent goods above what any prices earn', () => {
    const values = [beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined), unit];
    const dependence = gaussian.create({ rho: 0.5 }, undefined);
    const cells = cellsOf(values, [4, 4], dependence);
    fc.assert(
      fc.property(
        hostile(16, 10),
        fc.array(fc.double({ min: 0.1, max: 1.5, noNaN: true }), { minLength: 3, maxLength: 3 }),
        ({ through, size, pairs }, prices) => {
          const flow = flowOf(
            through.map((each) => each.map((x) => size * x)),
            pairs,
          );
          const menu = {
            quality: Float64Array.of(1, 0, 0, 1, 1, 1),
            transfers: Float64Array.from(prices),
            costs: new Float64Array(3),
          };
          const { revenue, error } = goodsSales({ values, dependence }, menu);
          expect(goodsBound(cells, seller(free), flow)).toBeGreaterThan(revenue - error);
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });

  test('a flow that is not a number, or that comes in from below, counts for nothing', () => {
    const cells = cellsOf([unit, unit], [3, 3]);
    const broken = new Array<number>(9).fill(Number.NaN);
    expect(goodsBound(cells, seller(free), flowOf([broken, broken]))).toBeCloseTo(1, 6);
    const upwards = new Array<number>(9).fill(-1);
    expect(goodsBound(cells, seller(free), flowOf([upwards, upwards]))).toBeGreaterThan(continuum);
  });

  test('where nobody is in a part of a cell, a flow upwards bounds nothing', () => {
    const gap: Distribution = {
      min: 0,
      max: 1,
      breakpoints: [0.3, 0.6],
      density: (x) => (x < 0.3 ? 0.8 / 0.3 : x > 0.6 ? 0.5 : 0),
      cdf: (x) => (x < 0.3 ? (0.8 * x) / 0.3 : x < 0.6 ? 0.8 : 1 - (1 - x) / 2),
      survival: (x) => 1 - (x < 0.3 ? (0.8 * x) / 0.3 : x < 0.6 ? 0.8 : 1 - (1 - x) / 2),
      quantile: (u) => (u < 0.8 ? (0.3 * u) / 0.8 : 1 - 2 * (1 - u)),
    };
    const cells = cellsOf([gap, unit], [2, 1]);
    expect(
      goodsBound(
        cells,
        seller(free),
        flowOf([
          [0, -0.6],
          [0, 0],
        ]),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
    expect(
      goodsBound(
        cells,
        seller(free),
        flowOf([
          [0, 0.1],
          [0, 0],
        ]),
      ),
    ).toBeLessThan(2);
  });
});

describe('sales to continuous buyers of goods', () => {
  test('of two uniform goods at prices p for one and b for both: what areas say', () => {
    const [p, b] = [0.7, 0.9];
    const menu = {
      quality: Float64Array.of(1, 0, 0, 1, 1, 1),
      transfers: Float64Array.of(p, p, b),
      costs: Float64Array.of(0.1, 0.1, 0.2),
    };
    const { revenue, cost, shares, rent } = goodsSales(
      { values: [unit, unit], dependence: independence },
      menu,
    );
    const alone = (1 - p) * (b - p);
    const both = 1 - b ** 2 / 2 + (b - p) ** 2 - 2 * alone;
    expect(shares[0]).toBeCloseTo(alone, 6);
    expect(shares[1]).toBeCloseTo(alone, 6);
    expect(shares[2]).toBeCloseTo(both, 6);
    expect(revenue).toBeCloseTo(2 * p * alone + b * both, 6);
    expect(cost).toBeCloseTo(0.2 * alone + 0.2 * both, 6);
    // Rents as a mean over a fine grid of buyers.
    let mean = 0;
    const n = 1000;
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++) {
        const [x, y] = [(i + 0.5) / n, (k + 0.5) / n];
        mean += Math.max(0, x - p, y - p, x + y - b) / n ** 2;
      }
    expect(rent).toBeCloseTo(mean, 5);
  });

  test('of three goods, and of two that depend, agree with a fine grid of buyers', () => {
    const menu = {
      quality: Float64Array.of(1, 0, 0, 0, 1, 0.5, 1, 1, 1),
      transfers: Float64Array.of(0.6, 0.8, 1.3),
      costs: new Float64Array(3),
    };
    const values = [unit, unit, beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined)];
    const { revenue, error } = goodsSales({ values, dependence: independence }, menu);
    let mean = 0;
    const n = 60;
    const places = values.map(({ quantile }) =>
      Float64Array.from({ length: n }, (_, i) => quantile((i + 0.5) / n)),
    );
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++)
        for (let l = 0; l < n; l++) {
          const [x, y, z] = [i, k, l].map((at, j) => places[j]![at]!) as [number, number, number];
          const utilities = [0, x - 0.6, y + z / 2 - 0.8, x + y + z - 1.3];
          const best = utilities.indexOf(Math.max(...utilities));
          mean += best === 0 ? 0 : menu.transfers[best - 1]! / n ** 3;
        }
    expect(Math.abs(revenue - mean)).toBeLessThan(2e-3);
    expect(error).toBeLessThan(1e-4);
  });
});
