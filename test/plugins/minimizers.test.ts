import { minimizeGuarded } from '@menusmith/core';
import { standardPlugin } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

/** f(x) = Σ a_i·(x_i − c_i)² + (Σ (x_i − c_i))²/2, strictly convex with its minimum 0 at c. */
const quadratic = (centre: readonly number[]) => {
  const weight = (i: number): number => 1 + i / 2;
  const total = (x: readonly number[]): number => x.reduce((sum, each, i) => sum + each - centre[i]!, 0);
  return {
    objective: (x: readonly number[]): number =>
      x.reduce((sum, each, i) => sum + weight(i) * (each - centre[i]!) ** 2, total(x) ** 2 / 2),
    gradient: (x: readonly number[]): number[] =>
      x.map((each, i) => 2 * weight(i) * (each - centre[i]!) + total(x)),
    start: centre.map((_, i) => (i % 2 === 0 ? 0.3 : -0.4)),
  };
};

/** f(x) = Σ exp(x_i) − c_i·x_i, smooth and convex, not quadratic, with its minimum at log c. */
const exponential = (c: readonly number[]) => ({
  objective: (x: readonly number[]): number =>
    x.reduce((sum, each, i) => sum + Math.exp(each) - c[i]! * each, 0),
  gradient: (x: readonly number[]): number[] => x.map((each, i) => Math.exp(each) - c[i]!),
  start: c.map(() => 0),
});

/** The gradients at which the libraries stop of themselves. */
const tolerances: Readonly<Record<string, number>> = {
  'fmin-nelder-mead': 1e-5,
  'fmin-conjugate-gradient': 1e-5,
  'optimization-js-l-bfgs': 1e-5,
  'optimization-js-gradient-descent': 1e-3,
  'optimization-js-powell': 1e-2,
};

describe.each(standardPlugin.minimizers ?? [])('$name', (entry) => {
  const limits = { maxEvaluations: 50_000, gradientTolerance: tolerances[entry.name] ?? 1e-5 };

  test.each([[[1]], [[1, -2]], [[0.5, 1.5, -1]]])(
    'finds the minimum of a convex quadratic at %o',
    (centre) => {
      const result = minimizeGuarded(entry.create({}), quadratic(centre), limits);
      expect(result.status).toBe('stationary');
      // The smallest eigenvalue of the Hessian is at least 2.
      result.x.forEach((x, i) => {
        expect(Math.abs(x - centre[i]!)).toBeLessThanOrEqual(limits.gradientTolerance * centre.length);
      });
    },
  );

  test('finds the minimum of a convex function that is not quadratic', () => {
    const result = minimizeGuarded(entry.create({}), exponential([2, 0.5]), limits);
    expect(result.status).toBe('stationary');
    expect(Math.abs(result.x[0]! - Math.log(2))).toBeLessThan(limits.gradientTolerance);
    expect(Math.abs(result.x[1]! - Math.log(0.5))).toBeLessThan(4 * limits.gradientTolerance);
  });

  test('never claims a minimum of a linear function, which has none', () => {
    const linear = { objective: (x: readonly number[]) => x[0]!, gradient: () => [1], start: [1] };
    const result = minimizeGuarded(entry.create({}), linear, { ...limits, maxEvaluations: 5000 });
    expect(result.status).not.toBe('stationary');
    expect(result.evaluations).toBeLessThanOrEqual(5000);
  });

  test('leaves the start as it was', () => {
    const start = Object.freeze([0.3, -0.4]) as number[];
    const problem = { ...quadratic([1, 2]), start };
    expect(minimizeGuarded(entry.create({}), problem, limits).status).toBe('stationary');
    expect(Object.keys(start)).toEqual(['0', '1']);
  });
});
