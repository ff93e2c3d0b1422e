import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numericGradient } from '../../../packages/core/src/supply/numeric-gradient.ts';
import { expectClose } from '../reference-cases.ts';

const six = fc.double({ min: -3, max: 3, noNaN: true }).map((log) => 10 ** log);

describe('the gradient of a production function that gives v only', () => {
  // v = x^.3 y^.25 (b + z)^.2: ∂v/∂x = .3 v/x, and so on.
  test('is right to 1e-12 over six decades of every amount', () => {
    fc.assert(
      fc.property(six, six, six, six, (x, y, z, base) => {
        const value = (a: Float64Array, b: Float64Array): number =>
          a[0]! ** 0.3 * a[1]! ** 0.25 * (base + b[0]!) ** 0.2;
        const out = new Float64Array(3);
        const gradient = numericGradient({ value }, [base]);
        const v = gradient(Float64Array.of(x, y), Float64Array.of(z), out);
        expect(v).toBe(value(Float64Array.of(x, y), Float64Array.of(z)));
        expectClose(out[0]!, (0.3 * v) / x, 1e-12, '∂v/∂x');
        expectClose(out[1]!, (0.25 * v) / y, 1e-12, '∂v/∂y');
        // Near zero differences are one-sided: their coefficients, up to 19, make ten times as much of the rounding of v.
        expectClose(out[2]!, (0.2 * v) / (base + z), z > 0.04 * base ? 1e-12 : 1e-11, '∂v/∂z');
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });

  test.each([
    ['exponential saturation', (t: number) => -Math.expm1(-t), (t: number) => Math.exp(-t)],
    ['logarithm', Math.log1p, (t: number) => 1 / (1 + t)],
    ['x/(1 + x)', (t: number) => t / (1 + t), (t: number) => 1 / (1 + t) ** 2],
  ])('of %s is right to 1e-11 of the slope or 1e-14 of v/x', (_, v, slope) => {
    const out = new Float64Array(1);
    const gradient = numericGradient({ value: (x) => v(x[0]!) }, []);
    for (let log = -3; log <= 3; log += 0.25) {
      const x = 10 ** log;
      gradient(Float64Array.of(x), new Float64Array(0), out);
      expect(Math.abs(out[0]! - slope(x))).toBeLessThan(1e-11 * slope(x) + 1e-13 * (v(x) / x));
    }
  });

  test('at a shared input of zero is one-sided: v is never asked for below zero', () => {
    const value = (_: Float64Array, z: Float64Array): number => {
      expect(z[0]).toBeGreaterThanOrEqual(0);
      return Math.sqrt(2 + z[0]!);
    };
    for (const z of [0, 1e-9, 0.01, 0.079, 0.081, 5]) {
      const out = new Float64Array(1);
      numericGradient({ value }, [2])(new Float64Array(0), Float64Array.of(z), out);
      expectClose(out[0]!, 0.5 / Math.sqrt(2 + z), 1e-12, `z = ${z}`);
    }
  });

  test('next to a kink is that of the side on which the amounts are', () => {
    const out = new Float64Array(1);
    const gradient = numericGradient({ value: (x) => 2 * x[0]! - Math.abs(x[0]! - 1) + 1 }, [], [1]);
    for (const distance of [1e-1, 3e-2, 1e-2, 1e-4, 1e-6, 1e-8])
      for (const side of [-1, 1]) {
        gradient(Float64Array.of(1 + side * distance), new Float64Array(0), out);
        expect(Math.abs(out[0]! - (side < 0 ? 3 : 1))).toBeLessThan(1e-5);
      }
  });

  test('leaves the amounts as they were', () => {
    const x = Float64Array.of(1.7);
    const z = Float64Array.of(0, 0.3);
    numericGradient({ value: (a, b) => a[0]! + b[0]! * b[1]! }, [1, 1])(x, z, new Float64Array(3));
    expect([...x, ...z]).toEqual([1.7, 0, 0.3]);
  });

  test('of a v that is NaN is NaN', () => {
    const out = new Float64Array(1);
    numericGradient({ value: () => Number.NaN }, [])(Float64Array.of(1), new Float64Array(0), out);
    expect(out[0]).toBeNaN();
  });
});
