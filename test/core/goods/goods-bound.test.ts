import {
  type Copula,
  cellField,
  coarserGoodsCells,
  type Distribution,
  feasibleGoodsFlow,
  fromAbove,
  type GoodsCells,
  type GoodsFlow,
  goodsBound,
  goodsCells,
  goodsFirstBest,
  goodsSales,
  independence,
  leastGoodsFlow,
  type ProfileSupply,
  placeOf,
  refinedGoodsFlow,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clayton } from '../../../plugins/src/copulas/clayton.ts';
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
    for (let m = 0; m < count; m++) {
      out.quality[m] = Math.max(0, values[m]!);
      out.surplus += out.quality[m]! ** 2 / 2;
      if (out.curvature) out.curvature.diagonal[m] = values[m]! > 0 ? 1 : 0;
    }
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

test('a flow on coarser cells is the same on fine ones, and bounds alike', () => {
  const values = [beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined), unit, unit];
  const fine = cellsOf(values, [6, 5, 4]);
  const coarse = coarserGoodsCells(fine, 2);
  expect(coarse.mass.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
  const flow = feasibleGoodsFlow(
    coarse,
    { through: values.map((_, j) => coarse.mass.map((m, n) => m * (1 + Math.sin(n + j)))), pairs: [] },
    0,
  );
  const refined = refinedGoodsFlow(fine, coarse, 2, flow);
  for (let n = 0; n < fine.mass.length; n++) {
    const out = values.reduce(
      (sum, _, j) => sum + refined.through[j]![n]! - fromAbove(fine, refined.through, n, j),
      0,
    );
    expect(out).toBeLessThan(fine.mass[n]! + 1e-14);
  }
  const [one, other] = [goodsBound(coarse, seller(free), flow), goodsBound(fine, seller(free), refined)];
  expect(other).toBeLessThan(one + 1e-9);
  expect(other).toBeGreaterThan(0.98 * one);
});

describe('the field of a flow in a cell of dependent goods', () => {
  const values = [beta.create({ a: 2, b: 3, min: 0, max: 1 }, undefined), unit];
  const dependence = clayton.create({ theta: 2 }, undefined);
  const cells = cellsOf(values, [3, 4], dependence);
  const places = [0, 0.3, 0.3 + 1e-4, 0.7, 1];
  const fieldOf = cellField(cells, places)!;
  // Faces by good and end of a cell.
  const amounts = [
    [0.3, -0.2],
    [0.5, 0.11],
  ] as const;
  const fieldAt = (n: number, j: number, q: number, r: number): number => {
    const { share } = fieldOf(n);
    return amounts.reduce(
      (sum, each, i) => sum + each[0] * share(j, i, 0, q, r) + each[1] * share(j, i, 1, q, r),
      0,
    );
  };

  test('takes what a cell lets out from its buyers alike: ∇·a = −ρ out/m', () => {
    for (let n = 0; n < cells.mass.length; n++) {
      const step = places[2]! - places[1]!;
      const slope0 =
        (fieldAt(n, 0, 2, 1) - fieldAt(n, 0, 1, 1) + fieldAt(n, 0, 2, 2) - fieldAt(n, 0, 1, 2)) / 2;
      const slope1 =
        (fieldAt(n, 1, 1, 2) - fieldAt(n, 1, 1, 1) + fieldAt(n, 1, 2, 2) - fieldAt(n, 1, 2, 1)) / 2;
      const { density } = fieldOf(n);
      const ρ = (density(1, 1) + density(1, 2) + density(2, 1) + density(2, 2)) / 4;
      const out = 0.3 + 0.2 + 0.5 - 0.11;
      const share = (-ρ * out) / cells.mass[n]!;
      expect((slope0 + slope1) / step / share).toBeCloseTo(1, 4);
    }
  });

  test('passes faces as both their cells say, and all of what is to pass', () => {
    for (let n = 0; n < cells.mass.length; n++) {
      for (const [j, end] of [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ] as const) {
        const q = end === 0 ? 0 : 4;
        const at = (r: number): readonly [number, number] => (j === 0 ? [q, r] : [r, q]);
        for (const r of [1, 3]) {
          const [a, b] = at(r);
          // Nothing that passes another face comes through this one.
          for (const [i, other] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const)
            if (i !== j || other !== end) expect(fieldOf(n).share(j, i, other, a, b)).toBeCloseTo(0, 12);
          const place = placeOf(cells, n, j);
          if (end === 0 && place > 0) {
            const [c, d] = j === 0 ? [4, r] : [r, 4];
            const below = fieldOf(n - cells.strides[j]!).share(j, j, 1, c, d);
            expect(below).toBeCloseTo(fieldOf(n).share(j, j, 0, a, b), 12);
          }
        }
      }
    }
    const fine = Array.from({ length: 81 }, (_, i) => i / 80);
    const finer = cellField(cells, fine)!;
    for (const n of [4, 5, 6]) {
      let mean = 0;
      for (let r = 0; r < 80; r++)
        mean += (finer(n).share(0, 0, 0, 0, r) + finer(n).share(0, 0, 0, 0, r + 1)) / 160;
      expect(mean).toBeCloseTo(1, 10);
    }
  });
});

describe('the flow that lowers the bound', () => {
  const side = uniform.create({ min: 1, max: 2 }, undefined);
  const noneOf = (cells: GoodsCells): GoodsFlow => ({
    through: cells.sides.map(() => new Float64Array(cells.mass.length)),
    pairs: [],
  });
  const chain = (cells: number) => {
    const own = cellsOf([side], [cells]);
    return goodsBound(own, seller(quadratic), leastGoodsFlow(own, seller(quadratic), noneOf(own), 0));
  };

  test('of one good finds φ = w − (1 − F)/f from no flow at all', () => {
    // φ = 2 w − 2 on [1, 2]: ∫ (2 w − 2)²/2 = 2/3. Cells add what the rule of the integral does.
    expect(chain(10)).toBeGreaterThan(2 / 3 - 1e-12);
    expect(chain(10)).toBeLessThan(2 / 3 + 1e-4);
  });

  test('of Rochet and Choné’s lowers it at order 2 towards what menus attain', () => {
    const bounds = [6, 12].map((count) => {
      const cells = cellsOf([side, side], [count, count]);
      const pairs = [...cells.mass.keys()].flatMap((n) => {
        const [i, k] = [Math.floor(n / count), n % count];
        return [
          [1, -1],
          [2, -1],
          [1, -2],
        ].flatMap(([a, b]) =>
          i + a! < count && k + b! >= 0 ? [{ n, k: n + a! * count + b!, amount: 0 }] : [],
        );
      });
      const start = { ...noneOf(cells), pairs };
      return goodsBound(cells, seller(quadratic), leastGoodsFlow(cells, seller(quadratic), start, 0));
    });
    // A menu of 100 × 100 cells earns 1.51527 from continuous buyers, and no menu more than 1.51557.
    const [coarse, fine] = bounds.map((bound) => bound - 1.5154) as [number, number];
    expect(fine).toBeGreaterThan(0);
    expect(coarse / fine).toBeGreaterThan(3);
    expect(fine / 1.5154).toBeLessThan(1.5e-3);
  });

  test('moves pairs nearby and those that matter, not every pair that a solver looked at', () => {
    const cells = cellsOf([side, side], [5, 5]);
    const all = [...cells.mass.keys()].flatMap((n) =>
      [...cells.mass.keys()].filter((k) => k > n).map((k) => ({ n, k, amount: 1e-9 })),
    );
    const start = {
      ...noneOf(cells),
      pairs: all.map((pair) => (pair.n === 0 && pair.k === 24 ? { ...pair, amount: 1e-3 } : pair)),
    };
    const kept = leastGoodsFlow(cells, seller(quadratic), start, 0).pairs;
    const apart = ({ n, k }: { n: number; k: number }): number =>
      Math.max(Math.abs((n % 5) - (k % 5)), Math.floor(k / 5) - Math.floor(n / 5));
    expect(kept.filter((pair) => apart(pair) <= 2)).toHaveLength(
      all.filter((pair) => apart(pair) <= 2).length,
    );
    expect(kept.filter((pair) => apart(pair) > 2).map(({ n, k }) => [n, k])).toEqual([[0, 24]]);
  });

  test('whatever it starts from, what it finds bounds, and is no number only where the start is none', () => {
    const cells = cellsOf([side, side], [4, 4]);
    const number = fc.oneof(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(Number.NaN, 1e300, Number.POSITIVE_INFINITY),
    );
    const list = fc.array(number, { minLength: 16, maxLength: 16 });
    const pair = fc.record({
      n: fc.integer({ min: 0, max: 15 }),
      k: fc.integer({ min: 0, max: 15 }),
      amount: fc.double({ min: 0, max: 0.1, noNaN: true }),
    });
    fc.assert(
      fc.property(list, list, fc.array(pair, { maxLength: 5 }), (one, other, pairs) => {
        const start = flowOf([one, other], pairs);
        const flow = leastGoodsFlow(cells, seller(quadratic), start, 0);
        expect(goodsBound(cells, seller(quadratic), flow)).toBeGreaterThan(1.5152);
      }),
      { numRuns: 60, seed: 11 },
    );
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
