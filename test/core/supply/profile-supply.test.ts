import { type ProfileSupply, profileIndex, supplyByIndex } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyNumbers,
  cobbDouglasSupply,
  halfSquares,
  hessianOf,
  lateStart,
  oneShared,
  sum,
  suppliedAt,
  twoShared,
  unlikeTasks,
} from '../finite/examples.ts';

/**
 * Five-point central differences (−f(2h) + 8f(h) − 8f(−h) + f(−2h))/12h with h a thousandth of the value: exact to h⁴f⁽⁵⁾/30, and to
 * rounding over h. Quality is like a power below 20 of the value here, whose fifth derivative is below 20⁵ = 3·10⁶: together 10⁻⁷ of q/φ
 * from the first, 10⁻¹¹ from the second where quality is good to 10⁻¹⁴.
 */
const STEP = 1e-3;
const TOLERANCE = 2e-7;

const differences = (
  at: (values: Float64Array) => Float64Array,
  values: Float64Array,
  b: number,
): Float64Array => {
  const step = STEP * values[b]!;
  const moved = (steps: number): Float64Array => {
    const other = values.slice();
    other[b] = values[b]! + steps * step;
    return at(other);
  };
  const [down2, down, up, up2] = [moved(-2), moved(-1), moved(1), moved(2)];
  return up.map((each, i) => (8 * (each - down[i]!) - (up2[i]! - down2[i]!)) / (12 * step));
};

/** Quality is ∂S/∂φ ÷ ω, the Hessian ω ∂q/∂φ, the surplus Σ ω φ q − C. */
const expectDerivatives = (supply: ProfileSupply, values: Float64Array, weights: Float64Array): void => {
  const at = (of: Float64Array) => suppliedAt(supply, of, weights);
  const point = at(values);
  expect(point.solved).toBe(true);
  const count = values.length;
  const quality = point.quality.slice(0, count);
  const gross = sum(quality.map((q, b) => weights[b]! * values[b]! * q));
  expect(Math.abs(point.surplus - (gross - point.cost))).toBeLessThanOrEqual(1e-12 * gross);
  const hessian = hessianOf(point, weights, count);
  const largest = Math.max(...hessian.to1DArray().map(Math.abs));
  const most = Math.max(...quality);
  for (let b = 0; b < count; b++) {
    expect(point.curvature.diagonal[b]!).toBeGreaterThanOrEqual(0);
    const [slope] = differences((of) => Float64Array.of(at(of).surplus), values, b);
    expect(Math.abs(slope! / weights[b]! - quality[b]!)).toBeLessThanOrEqual(TOLERANCE * most);
    const column = differences((of) => at(of).quality.slice(0, count), values, b);
    column.forEach((change, a) => {
      expect(Math.abs(weights[a]! * change - hessian.get(a, b))).toBeLessThanOrEqual(TOLERANCE * largest);
    });
  }
};

/** S at the middle of two profiles is below its mean at them, and qualities move the way that values do. */
const expectConvex = (
  supply: ProfileSupply,
  from: Float64Array,
  to: Float64Array,
  weights: Float64Array,
): void => {
  const [a, b] = [suppliedAt(supply, from, weights), suppliedAt(supply, to, weights)];
  const middle = suppliedAt(
    supply,
    from.map((value, m) => (value + to[m]!) / 2),
    weights,
  );
  const gross = a.surplus + a.cost + b.surplus + b.cost;
  expect(middle.surplus).toBeLessThanOrEqual((a.surplus + b.surplus) / 2 + 1e-12 * gross);
  const along = sum(weights.map((w, m) => w * (to[m]! - from[m]!) * (b.quality[m]! - a.quality[m]!)));
  expect(along).toBeGreaterThanOrEqual(-1e-12 * gross);
};

const TASKS = 4;
const anyWeights = anyNumbers(TASKS, 1, 0.05);
const anyValues = anyNumbers(TASKS, 2, 0.2);
/** Some tasks without value or with a negative one. */
const anySigns = anyNumbers(TASKS, 2, -0.5);

describe('through the index, in closed form', () => {
  const anyTechnology = fc
    .record({
      alpha: fc.integer({ min: 2, max: 40 }),
      beta: fc.integer({ min: 2, max: 30 }),
      gamma: fc.integer({ min: 2, max: 25 }),
      base: fc.integer({ min: 1, max: 100 }),
      costs: anyNumbers(3, 1, 0.05),
    })
    .map(({ alpha, beta, gamma, base, costs }) => ({
      alpha: alpha / 100,
      beta: beta / 100,
      gamma: gamma / 100,
      base: base / 20,
      costs: [...costs],
    }));
  const anyCase = fc.tuple(anyTechnology, anyValues, anyWeights);

  /** Derivatives at values scaled until θ stands at the middle of the regime that lies after so many kinks. */
  const expectInRegime = (kinksBelow: number): void => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 15, max: 85 }), ([made, values, weights], percent) => {
        const uncapped = cobbDouglasSupply(made);
        const [start] = uncapped.supply.kinks(1, 1e6);
        const cap = 3;
        const { supply, degree } = cobbDouglasSupply(kinksBelow === 2 ? { ...made, cap } : made);
        const kinks = [...supply.kinks(1, 1e6), Number.POSITIVE_INFINITY];
        const low = kinksBelow === 0 ? 0 : kinks[kinksBelow - 1]!;
        const high = Math.min(kinks[kinksBelow]!, 3 * start! + low);
        const theta = low + ((high - low) * percent) / 100;
        // A kink may not come within the differences' reach.
        fc.pre(Math.min(theta - low, high - theta) > 0.01 * theta);
        const factor = theta / profileIndex(values, weights, degree);
        const curved = supplyByIndex(supply, degree, TASKS);
        expectDerivatives(
          curved,
          values.map((value) => factor * value),
          weights,
        );
      }),
      { numRuns: 40, seed: 20261125 },
    );
  };

  test('quality and Hessian are the derivatives of S without fine-tuning', () => expectInRegime(0));
  test('and with it', () => expectInRegime(1));
  test('and with fine-tuning at its cap', () => expectInRegime(2));

  test('without fine-tuning tasks do not meet: the second term of the Hessian is 0', () => {
    // Then Q(θ) is a multiple of θ^{σ/(1−σ)} and q(m) = Q g(m) one of φ(m)^{σ/(1−σ)}, whatever the other tasks' values.
    fc.assert(
      fc.property(anyCase, ([made, values, weights]) => {
        const { supply, degree } = cobbDouglasSupply(made);
        const factor = (0.5 * supply.kinks(1, 1e6)[0]!) / profileIndex(values, weights, degree);
        const unused = values.map((value) => factor * value);
        const point = suppliedAt(supplyByIndex(supply, degree, TASKS), unused, weights);
        const hessian = hessianOf(point, weights, TASKS);
        for (let a = 0; a < TASKS; a++) {
          for (let b = 0; b < a; b++) expect(Math.abs(hessian.get(a, b))).toBeLessThan(1e-12 * hessian.max());
        }
      }),
      { numRuns: 50, seed: 20261125 },
    );
  });

  test('S is convex along random lines, kinks and tasks without value included', () => {
    fc.assert(
      fc.property(anyTechnology, anySigns, anySigns, anyWeights, (made, from, to, weights) => {
        const { supply, degree } = cobbDouglasSupply(made);
        expectConvex(supplyByIndex(supply, degree, TASKS), from, to, weights);
      }),
      { numRuns: 200, seed: 20261125 },
    );
  });
});

describe('task by task, with a quadratic cost', () => {
  const supply = halfSquares(TASKS);

  test('quality is the value, the Hessian diag(ω)', () => {
    fc.assert(
      fc.property(anyValues, anyWeights, (values, weights) => {
        expectDerivatives(supply, values, weights);
        const point = suppliedAt(supply, values, weights);
        expect(point.quality).toEqual(values);
        expect([...point.curvature.diagonal]).toEqual([1, 1, 1, 1]);
        expect(point.curvature.rank).toBe(0);
      }),
      { numRuns: 50, seed: 20261125 },
    );
  });

  test('S is convex along random lines, tasks without value included', () => {
    fc.assert(
      fc.property(anySigns, anySigns, anyWeights, (from, to, weights) =>
        expectConvex(supply, from, to, weights),
      ),
      { numRuns: 100, seed: 20261125 },
    );
  });
});

describe.each<[string, (tasks: number) => ProfileSupply, number]>([
  ['a technology that is not homogeneous, with one shared input', oneShared, 1],
  ['one with two shared inputs', twoShared, 2],
  ['tasks that have production functions of their own', unlikeTasks, 1],
])('from v and its gradient alone: %s', (_, make, rank) => {
  const supply = make(TASKS);

  test('quality and Hessian are the derivatives of S', () => {
    fc.assert(
      fc.property(anyValues, anyWeights, (values, weights) => {
        // Values high enough that all shared inputs are used, throughout.
        const high = values.map((value) => 1 + value);
        expectDerivatives(supply, high, weights);
        expect(suppliedAt(supply, high, weights).curvature.rank).toBe(rank);
      }),
      { numRuns: 12, seed: 20261125 },
    );
  });

  test('S is convex along random lines, tasks without value included', () => {
    fc.assert(
      fc.property(anySigns, anySigns, anyWeights, (from, to, weights) =>
        expectConvex(supply, from, to, weights),
      ),
      { numRuns: 60, seed: 20261125 },
    );
  });
});

describe('from v and its gradient alone, where supply starts at a positive value (ERRATA S6)', () => {
  // Without z, φ ∂v/∂x = c at equal costs c = 0.3 of x and y means x = y and 1 + x = φ/2c: tasks below 0.6 are not served.
  const supply = lateStart(TASKS);

  test('tasks below it get nothing and do not respond; the others have quality and Hessian as derivatives of S', () => {
    const values = Float64Array.of(0.3, 1.1, 0.5, 1.7);
    const weights = Float64Array.of(0.3, 0.2, 0.1, 0.4);
    expectDerivatives(supply, values, weights);
    const point = suppliedAt(supply, values, weights);
    for (const b of [0, 2]) {
      expect(point.quality[b]).toBe(0);
      expect(point.curvature.diagonal[b]).toBe(0);
      expect(hessianOf(point, weights).getRow(b)).toEqual([0, 0, 0, 0]);
    }
    expect(point.quality[1]).toBeGreaterThan(0);
  });

  test('S is convex along random lines', () => {
    fc.assert(
      fc.property(anySigns, anySigns, anyWeights, (from, to, weights) =>
        expectConvex(supply, from, to, weights),
      ),
      { numRuns: 60, seed: 20261125 },
    );
  });
});

test('Cobb–Douglas is supplied alike through its index and from v and its gradient, Hessian included', () => {
  fc.assert(
    fc.property(anyValues, anyWeights, fc.boolean(), (values, weights, isTuned) => {
      const made = cobbDouglasSupply({ alpha: 0.35, beta: 0.25, gamma: 0.25, base: isTuned ? 0.05 : 50 });
      const closed = suppliedAt(supplyByIndex(made.supply, made.degree, TASKS), values, weights);
      const numeric = suppliedAt(made.numeric(TASKS), values, weights);
      const most = Math.max(...closed.quality);
      closed.quality.forEach((q, m) => {
        expect(Math.abs(numeric.quality[m]! - q)).toBeLessThan(1e-11 * most);
      });
      expect(Math.abs(numeric.surplus / closed.surplus - 1)).toBeLessThan(1e-11);
      expect(Math.abs(numeric.cost / closed.cost - 1)).toBeLessThan(1e-11);
      const expected = hessianOf(closed, weights, TASKS);
      // Elasticities are differences of order 8 with a step of 0.02: good to 10⁻¹².
      const apart = hessianOf(numeric, weights, TASKS).sub(expected).abs().max();
      expect(apart).toBeLessThan(1e-9 * expected.max());
    }),
    { numRuns: 40, seed: 20261125 },
  );
});
