import { lastInside, maximizer, root } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference-cases.ts';

const counted = (f: (x: number) => number) => {
  const count = {
    calls: 0,
    f: (x: number): number => {
      count.calls++;
      return f(x);
    },
  };
  return count;
};

describe('root', () => {
  test.each<[string, (x: number) => number, number, number, number]>([
    ['of a line', (x) => x - 0.3, 0, 1, 0.3],
    ['of a falling line', (x) => 0.3 - x, 0, 1, 0.3],
    ['on a reversed interval', (x) => x - 0.3, 1, 0, 0.3],
    ['of x² − 2', (x) => x * x - 2, 0, 2, Math.SQRT2],
    ['of cos', Math.cos, 0, 3, Math.PI / 2],
    ['of a ninth power, flat', (x) => (x - 0.7) ** 9, 0, 1, 0.7],
    ['at a jump', (x) => (x < 0.123456789 ? -1 : 5), 0, 1, 0.123456789],
    [
      'at a jump from −∞ to ∞',
      (x) => (x < 0.2 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY),
      0,
      1,
      0.2,
    ],
    ['where an end is infinite', (x) => Math.log(x) + 2, 0, 1, Math.exp(-2)],
    ['near 0, a hundred binary orders down', (x) => x - 1e-30, 0, 1, 1e-30],
    ['of values beyond 1e300', (x) => 1e308 * (x - 0.4), 0, 1, 0.4],
  ])('%s is found to the last few bits', (_, f, from, to, expected) => {
    expectClose(root(f, from, to), expected, 4e-16);
  });

  test('an end that is a root is returned', () => {
    expect(root((x) => x, 0, 1)).toBe(0);
    expect(root((x) => x - 1, 0, 1)).toBe(1);
  });

  test('without a change of sign the end with the smaller |f| is returned', () => {
    expect(root((x) => x + 1, 0, 1)).toBe(0);
    expect(root((x) => -2 + x, 0, 1)).toBe(1);
  });

  test('of a function that is flat at 0 lies in the flat stretch', () => {
    const x = root((t) => Math.max(t - 0.6, 0) + Math.min(t - 0.4, 0), 0, 1);
    expect(x).toBeGreaterThanOrEqual(0.4 - 1e-15);
    expect(x).toBeLessThanOrEqual(0.6 + 1e-15);
  });

  test('stops within the tolerance asked for', () => {
    const loose = counted((x) => Math.exp(x) - 2);
    const x = root(loose.f, 0, 1, 1e-3);
    expect(Math.abs(x - Math.LN2)).toBeLessThan(1e-3);
    const tight = counted((x) => Math.exp(x) - 2);
    root(tight.f, 0, 1);
    expect(loose.calls).toBeLessThan(tight.calls);
  });

  test('brackets a change of sign within two bits in at most 120 evaluations, whatever the function', () => {
    const exponent = fc.double({ min: -12, max: 12, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        exponent,
        exponent,
        fc.double({ min: 0.05, max: 30, noNaN: true }),
        fc.double({ min: 0.05, max: 30, noNaN: true }),
        fc.boolean(),
        (place, below, above, powerBelow, powerAbove, falls) => {
          // Different powers and sizes on either side, as a menu's conditions have at kinks.
          const f = (x: number): number => {
            const d = x - place;
            const size = d < 0 ? -(10 ** below) * (-d) ** powerBelow : 10 ** above * d ** powerAbove;
            return falls ? -size : size;
          };
          const watched = counted(f);
          const x = root(watched.f, 0, 1);
          expect(watched.calls).toBeLessThanOrEqual(120);
          // Powers underflow to exact zeros near the root: there every point of the stretch is a root.
          expect(f(x) === 0 || Math.abs(x - place) <= 8 * Number.EPSILON * Math.abs(place)).toBe(true);
        },
      ),
      { numRuns: 1000, seed: 20261122 },
    );
  });

  test('is fast where the function is smooth: at most 12 evaluations', () => {
    for (const c of [0.1, 0.5, 0.77]) {
      const smooth = counted((x) => Math.expm1(x - c));
      root(smooth.f, 0, 1);
      expect(smooth.calls).toBeLessThanOrEqual(12);
    }
  });

  test('ends on a function that is NaN', () => {
    const nowhere = counted(() => Number.NaN);
    root(nowhere.f, 0, 1);
    const inside = counted((x) => (x === 0 ? -1 : x === 1 ? 1 : Number.NaN));
    root(inside.f, 0, 1);
    expect(nowhere.calls + inside.calls).toBeLessThan(410);
  });
});

describe('maximizer', () => {
  test('finds the place of a smooth maximum to √ε', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 5, noNaN: true }), (place) => {
        const x = maximizer((t) => -((t - place) ** 2), -3, 5);
        expect(Math.abs(x - place)).toBeLessThan(3e-8);
      }),
      { seed: 3 },
    );
  });

  test('of a monotone function is the end, exactly', () => {
    expect(maximizer((x) => x, 2, 3)).toBe(3);
    expect(maximizer((x) => -x, 2, 3)).toBe(2);
  });

  test('takes no more evaluations than steps allow', () => {
    const f = counted((x) => -x * x);
    maximizer(f.f, -1, 2, 10);
    expect(f.calls).toBeLessThanOrEqual(10 + 2 + 4);
  });
});

describe('lastInside', () => {
  test('ends next to the border, on both sides of it, in either direction', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.boolean(), (border, isUpward) => {
        const isInside = (x: number): boolean => (isUpward ? x < border : x > border);
        const [near, far] = lastInside(isInside, isUpward ? 0 : 1, isUpward ? 1 : 0);
        expect(isInside(near)).toBe(true);
        expect(isInside(far)).toBe(false);
        expect(Math.abs(far - near)).toBeLessThanOrEqual(Number.EPSILON * border);
      }),
    );
  });

  test('of a bracket without length is that place', () => {
    expect(lastInside(() => true, 2, 2)).toEqual([2, 2]);
  });
});
