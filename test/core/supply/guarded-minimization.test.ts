import { type MinimizationProblem, type Minimizer, minimizeGuarded } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

/** (x − 2)² */
const parabola: MinimizationProblem = {
  objective: (x) => (x[0]! - 2) ** 2,
  gradient: (x) => [2 * (x[0]! - 2)],
  start: [0],
};
const limits = { maxEvaluations: 100, gradientTolerance: 1e-6 };
const minimizer = (propose: Minimizer['propose']): Minimizer => ({ usesGradient: true, propose });

describe('a minimizer that', () => {
  test('is honest and right ends stationary', () => {
    expect(
      minimizeGuarded(
        minimizer(() => [2]),
        parabola,
        limits,
      ),
    ).toEqual({
      x: [2],
      value: 0,
      evaluations: 0,
      gradientNorm: 0,
      status: 'stationary',
    });
  });

  test('loops forever is stopped at the limit, with the best point it saw', () => {
    const endless = minimizer(({ objective }) => {
      for (let n = 0; ; n++) objective([n === 3 ? 1.5 : 10 + n]);
    });
    const result = minimizeGuarded(endless, parabola, limits);
    expect(result).toMatchObject({ x: [1.5], value: 0.25, evaluations: 100, status: 'evaluation-limit' });
  });

  test('loops forever on gradients alone is stopped too', () => {
    const endless = minimizer(({ gradient }) => {
      for (;;) gradient([1]);
    });
    const result = minimizeGuarded(endless, parabola, limits);
    expect(result).toMatchObject({ x: [0], evaluations: 100, status: 'evaluation-limit' });
    expect(result.value).toBeNaN();
  });

  test('finds the minimum and then loops forever has found it all the same', () => {
    const endless = minimizer(({ objective }) => {
      for (;;) objective([2]);
    });
    expect(minimizeGuarded(endless, parabola, limits)).toMatchObject({ x: [2], status: 'stationary' });
  });

  test.each([[[Number.NaN]], [[Number.POSITIVE_INFINITY]], [[]], [[1, 2]], [undefined]])(
    'returns %o is not finite, with the best point it saw',
    (proposed) => {
      const wild = minimizer(({ objective }) => {
        objective([1]);
        return proposed as number[];
      });
      expect(minimizeGuarded(wild, parabola, limits)).toMatchObject({
        x: [1],
        value: 1,
        status: 'not-finite',
      });
    },
  );

  test('reports a point that is no optimum is not stationary', () => {
    const result = minimizeGuarded(
      minimizer(() => [5]),
      parabola,
      limits,
    );
    expect(result).toMatchObject({ x: [5], value: 9, gradientNorm: 6, status: 'not-stationary' });
  });

  test('reports a worse point than it saw is given the better one', () => {
    const forgetful = minimizer(({ objective }) => {
      objective([2]);
      return [5];
    });
    expect(minimizeGuarded(forgetful, parabola, limits)).toMatchObject({ x: [2], status: 'stationary' });
  });

  test('throws has failed, with the best point it saw', () => {
    const fragile = minimizer(({ objective }) => {
      objective([1]);
      throw new TypeError('shrink');
    });
    expect(minimizeGuarded(fragile, parabola, limits)).toMatchObject({ x: [1], status: 'failed' });
  });

  test('changes the point it evaluated, or the start, changes nothing that was kept', () => {
    const untidy = minimizer(({ objective, start }) => {
      const x = start as number[];
      x[0] = 1;
      objective(x);
      x[0] = 7;
      return [9];
    });
    expect(minimizeGuarded(untidy, parabola, limits)).toMatchObject({ x: [1], value: 1 });
    expect(parabola.start).toEqual([0]);
  });
});

describe('a problem that', () => {
  test('is nowhere finite ends not finite', () => {
    const nowhere = { ...parabola, objective: () => Number.NaN };
    const result = minimizeGuarded(
      minimizer(() => [1]),
      nowhere,
      limits,
    );
    expect(result.status).toBe('not-finite');
    expect(result.value).toBeNaN();
  });

  test('is NaN outside its domain shows the minimizer +∞ there', () => {
    const root = { ...parabola, objective: (x: readonly number[]) => Math.sqrt(x[0]!) };
    let shown = 0;
    const outside = minimizer(({ objective }) => {
      shown = objective([-1]);
      return [-1];
    });
    expect(minimizeGuarded(outside, root, limits).status).toBe('not-finite');
    expect(shown).toBe(Number.POSITIVE_INFINITY);
  });

  test('has a gradient of NaN is never stationary', () => {
    const blind = { ...parabola, gradient: () => [Number.NaN] };
    expect(
      minimizeGuarded(
        minimizer(() => [2]),
        blind,
        limits,
      ).status,
    ).toBe('not-stationary');
  });

  test('throws is a fault of the program, and is passed on', () => {
    const faulty = {
      ...parabola,
      objective: () => {
        throw new RangeError('index');
      },
    };
    expect(() =>
      minimizeGuarded(
        minimizer(({ objective }) => [objective([1])]),
        faulty,
        limits,
      ),
    ).toThrow(RangeError);
  });
});
