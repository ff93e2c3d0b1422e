import { integrate, type Piece, piecesBetween } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectClose } from '../reference-cases.ts';

const integral = (f: (x: number) => number, pieces: readonly Piece[], ...rest: [number?, number?]) => {
  const { values, error } = integrate(
    (x, out) => {
      out[0] = f(x);
    },
    1,
    pieces,
    ...rest,
  );
  return { value: values[0]!, error };
};
const whole = (from: number, to: number, singular: Piece['singular'] = 'none'): Piece[] => [
  { from, to, singular },
];

describe('fractional powers', () => {
  // ∫₀¹ xᵖ dx = 1/(p + 1); ∫₀¹ (x(1 − x))^½ dx = π/8.
  const powers = [-0.4, -0.25, 0.1, 0.25, 1 / 3, 0.5, 0.7, 4 / 3, 2.2, 7.5];

  test.each(powers)('x^%f at the lower end is integrated to 1e-12', (p) => {
    expectClose(integral((x) => x ** p, whole(0, 1, 'from')).value, 1 / (p + 1), 1e-12);
    // Next to 3 the distance x − 3 is good to 4e-16 only: of a power p < 0 that is as much as can be had.
    const representable = Math.max(1e-12, 20 * 4e-16 ** (1 + Math.min(p, 0)));
    expectClose(
      integral((x) => (x - 3) ** p, whole(3, 5, 'from')).value,
      2 ** (p + 1) / (p + 1),
      representable,
    );
    expectClose(
      integral((x) => (5 - x) ** p, whole(3, 5, 'to')).value,
      2 ** (p + 1) / (p + 1),
      representable,
    );
  });

  test.each(powers.filter((p) => p > 0))('(1 − x)^%f at the upper end is integrated to 1e-12', (p) => {
    expectClose(integral((x) => (1 - x) ** p, whole(0, 1, 'to')).value, 1 / (p + 1), 1e-12);
  });

  test('at both ends at once are integrated to 1e-12', () => {
    expectClose(integral((x) => Math.sqrt(x * (1 - x)), whole(0, 1, 'both')).value, Math.PI / 8, 1e-12);
  });

  test('are needless work where the end is marked: unmarked they cost more evaluations', () => {
    const count = (singular: Piece['singular']): number => {
      let evaluations = 0;
      integral(
        (x) => {
          evaluations++;
          return Math.sqrt(x);
        },
        whole(0, 1, singular),
      );
      return evaluations;
    };
    expect(count('from')).toBe(20);
    expect(count('none')).toBeGreaterThan(200);
  });
});

describe('kinks', () => {
  test('at piece ends cost nothing', () => {
    const pieces = piecesBetween([0, 0.3, 1], () => false);
    const { value, error } = integral((x) => Math.abs(x - 0.3), pieces);
    expectClose(value, (0.09 + 0.49) / 2, 1e-15);
    expect(error).toBeLessThan(1e-13);
  });

  test('inside a piece are found, to the tolerance', () => {
    const { value, error } = integral((x) => Math.abs(x - 0.3), whole(0, 1));
    expectClose(value, (0.09 + 0.49) / 2, 1e-12);
    expect(error).toBeLessThan(1e-11);
  });

  test('a jump inside a piece is found, to the smallest segment', () => {
    expectClose(integral((x) => (x < Math.SQRT1_2 ? 1 : 3), whole(0, 1)).value, 3 - Math.SQRT2, 1e-9);
  });
});

interface Example {
  readonly name: string;
  readonly f: (x: number) => number;
  readonly value: number;
}
const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** Integrands with their integrals over [0, 1], smooth but for what a work limit leaves unresolved. */
const smooth: fc.Arbitrary<Example> = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((degree) => ({
    name: `(2x − 1)^${degree}`,
    f: (x: number) => (2 * x - 1) ** degree,
    value: degree % 2 === 0 ? 1 / (degree + 1) : 0,
  })),
  between(-30, 30).map((a) => ({
    name: `exp(${a}x)`,
    f: (x: number) => Math.exp(a * x),
    value: a === 0 ? 1 : Math.expm1(a) / a,
  })),
  between(1, 300).map((a) => ({
    name: `sin(${a}x)²`,
    f: (x: number) => Math.sin(a * x) ** 2,
    value: 0.5 - Math.sin(2 * a) / (4 * a),
  })),
  fc.tuple(between(0, 1), between(-4, 0)).map(([c, logWidth]) => {
    const width = 10 ** logWidth;
    return {
      name: `a peak of width ${width} at ${c}`,
      f: (x: number) => width / (width * width + (x - c) ** 2),
      value: Math.atan((1 - c) / width) + Math.atan(c / width),
    };
  }),
);

/** Integrands with a kink where nobody said so. */
const kinked: fc.Arbitrary<Example> = fc.tuple(between(0.1, 0.9), between(0.5, 4)).map(([c, p]) => ({
  name: `|x − ${c}|^${p}`,
  f: (x: number) => Math.abs(x - c) ** p,
  value: (c ** (p + 1) + (1 - c) ** (p + 1)) / (p + 1),
}));

describe('the reported error', () => {
  const ends = fc.constantFrom<Piece['singular']>('none', 'from', 'to', 'both');

  test('bounds the true error of smooth integrands up to rounding, whatever the tolerance and the work limit', () => {
    fc.assert(
      fc.property(
        smooth,
        fc.integer({ min: 3, max: 13 }),
        ends,
        fc.constantFrom(4, 40, 400),
        ({ name, f, value }, digits, singular, most) => {
          const { value: got, error } = integral(f, whole(0, 1, singular), 10 ** -digits, most);
          const scale = integral((x) => Math.abs(f(x)), whole(0, 1), 1e-10).value;
          if (!(Math.abs(got - value) <= (error * (1 + 1e-9) + 1e-13) * scale)) {
            expect.fail(`${name}: off by ${(got - value) / scale}, reported ${error}`);
          }
        },
      ),
      { numRuns: 1500, seed: 20261122 },
    );
  });

  test('is within a hundred times the tolerance where the work suffices, and the true error within ten', () => {
    fc.assert(
      fc.property(smooth, fc.integer({ min: 3, max: 12 }), ends, ({ name, f, value }, digits, singular) => {
        const tolerance = 10 ** -digits;
        const { value: got, error } = integral(f, whole(0, 1, singular), tolerance);
        const scale = integral((x) => Math.abs(f(x)), whole(0, 1), 1e-10).value;
        if (!(error <= 100 * tolerance && Math.abs(got - value) <= 10 * tolerance * scale)) {
          expect.fail(`${name}: off by ${(got - value) / scale}, reported ${error}, wanted ${tolerance}`);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('of kinks nobody spoke of may be too small, but the true one is below 1e-9 all the same', () => {
    fc.assert(
      fc.property(kinked, ends, ({ name, f, value }, singular) => {
        const { value: got, error } = integral(f, whole(0, 1, singular));
        if (!(Math.abs(got - value) <= 1e-9 * value))
          expect.fail(`${name}: off by ${(got - value) / value}, reported ${error}`);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test('says so where the work limit is reached', () => {
    const { value, error } = integral((x) => Math.sin(2000 * x) ** 2, whole(0, 1), 1e-13, 8);
    expect(error).toBeGreaterThan(1e-3);
    expect(Math.abs(value - 0.5)).toBeLessThan(2 * error);
  });

  test('of an integrand that is NaN somewhere is never small', () => {
    const { value, error } = integral((x) => (x > 0.5 ? Number.NaN : 1), whole(0, 1));
    expect(value).toBeNaN();
    expect(error <= 1e-6).toBe(false);
  });
});

test.each([
  [0.5, 0.02],
  [0.323, 0.03],
  [0.9, 0.01],
])('a normal peak at %f of width %f is found', (centre, width) => {
  const peak = (x: number): number => Math.exp(-(((x - centre) / width) ** 2));
  expectClose(integral(peak, whole(0, 1)).value, width * Math.sqrt(Math.PI), 1e-12);
});

test('every component is integrated to the tolerance, however small beside the others', () => {
  const { values, error } = integrate(
    (x, out) => {
      out[0] = 1;
      out[1] = 1e-20 * Math.sqrt(x);
    },
    2,
    whole(0, 1, 'none'),
  );
  expectClose(values[0]!, 1, 1e-15);
  expectClose(values[1]!, (2 / 3) * 1e-20, 1e-11);
  expect(error).toBeLessThan(1e-11);
});

test('empty pieces, and no pieces, integrate to 0', () => {
  expect(integral(() => 1, []).value).toBe(0);
  expect(integral(() => 1, whole(2, 2)).value).toBe(0);
});

describe('piecesBetween', () => {
  test('marks the ends asked for as singular', () => {
    expect(piecesBetween([0, 1, 2, 3], (end) => end >= 2)).toEqual([
      { from: 0, to: 1, singular: 'none' },
      { from: 1, to: 2, singular: 'to' },
      { from: 2, to: 3, singular: 'both' },
    ]);
    expect(piecesBetween([0, 1], (end) => end === 0)).toEqual([{ from: 0, to: 1, singular: 'from' }]);
  });

  test('leaves out empty pieces', () => {
    const all = () => true;
    expect(piecesBetween([0, 0, 1, 1], all).map(({ from, to }) => [from, to])).toEqual([[0, 1]]);
    expect(piecesBetween([1], all)).toEqual([]);
  });
});
