import {
  convexCostSupply,
  costOf,
  costPieces,
  type EfficientSupply,
  formulaCost,
  InputError,
  mostOf,
  parseFormula,
  supplyPoint,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

const costBy = (formula: string, max?: number) => formulaCost(parseFormula(formula, ['q']), max);
const supplyBy = (formula: string, max?: number): EfficientSupply => convexCostSupply(costBy(formula, max));

const suppliedAt = (supply: EfficientSupply, value: number, scale = 1) => {
  const point = supplyPoint(0);
  supply.slopes(value, scale, point);
  return point;
};

const complaint = (formula: string, max?: number): string => {
  try {
    supplyBy(formula, max);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
};

describe('supply at a convex cost', () => {
  it('of 0.2q + q²/2 up to 1 is φ − 0.2 between 0.2 and 1.2', () => {
    const supply = supplyBy('0.2*q + q^2/2', 1);
    for (const [value, quality] of [
      [-1, 0],
      [0.2, 0],
      [0.7, 0.5],
      [1.2, 1],
      [9, 1],
    ] as const) {
      const point = suppliedAt(supply, value);
      expect(point.quality).toBeCloseTo(quality, 15);
      expect(point.surplus).toBeCloseTo(
        value > 0.2 ? value * quality - 0.2 * quality - quality ** 2 / 2 : 0,
        14,
      );
      expect(point.qualityByValue).toBe(value > 0.2 && value < 1.2 ? 1 : 0);
    }
    expect(supply.kinks(1, 10)).toEqual([0.2, 1.2]);
  });

  it('stays at a kink while the value passes from one slope to the other, and jumps along a straight stretch', () => {
    // Slopes 0.2, then 1 from q = 5/8 on.
    const supply = supplyBy('max(0.2*q, q - 0.5)', 1);
    expect(suppliedAt(supply, 0.19).quality).toBe(0);
    for (const value of [0.21, 0.6, 0.99]) expect(suppliedAt(supply, value).quality).toBeCloseTo(5 / 8, 15);
    expect(suppliedAt(supply, 1.01).quality).toBe(1);
    expect(supply.kinks(1, 10)).toEqual([0.2, 1]);
  });

  it.each([
    ['q^4', undefined, (v: number) => (v / 4) ** (1 / 3)],
    ['exp(q) - 1', undefined, (v: number) => Math.max(0, Math.log(v))],
    ['-log(1 - q)', 1, (v: number) => Math.max(0, 1 - 1 / v)],
    ['q^1.5', undefined, (v: number) => (v / 1.5) ** 2],
    ['q + (q - 1)^4 + 3*q - 1', undefined, (v: number) => Math.max(0, 1 + Math.cbrt((v - 4) / 4))],
  ] as const)('at %s is solved to rounding, over twelve orders of magnitude', (formula, max, exact) => {
    const supply = supplyBy(formula, max);
    for (let n = -24; n <= 24; n++) {
      const value = 10 ** (n / 4);
      const expected = exact(value);
      // At q = 1 of the last the slope is flat to third order: rounding of the value is the cube root of rounding in q.
      const within = formula.startsWith('q +') ? 2e-5 : 4e-15;
      expect(Math.abs(suppliedAt(supply, value).quality - expected)).toBeLessThanOrEqual(
        within * (1 + expected),
      );
    }
  });

  it('has a kink where curvature vanishes, as supply rises vertically there', () => {
    const kinks = supplyBy('q + (q - 1)^4 + 3*q - 1').kinks(1, 100);
    expect(kinks).toHaveLength(1);
    expect(kinks[0]!).toBeCloseTo(4, 12);
  });

  it('of s tasks is s times that of one, at s times the cost', () => {
    const supply = supplyBy('exp(q) - 1 + q^3');
    const [one, many] = [suppliedAt(supply, 7), suppliedAt(supply, 7, 0.3)];
    expect(many.quality).toBeCloseTo(0.3 * one.quality, 15);
    expect(many.cost).toBeCloseTo(0.3 * one.cost, 15);
    expect(many.qualityByScale).toBe(one.quality);
  });

  it('is not solved where a unit never costs as much as it is worth', () => {
    const supply = supplyBy('sqrt(1 + q^2) - 1');
    expect(suppliedAt(supply, 0.99).solved).toBe(true);
    expect(suppliedAt(supply, 1)).toMatchObject({ solved: false, surplus: Number.POSITIVE_INFINITY });
    expect(suppliedAt(supplyBy('2*q'), 3).solved).toBe(false);
    // What grows without end is enough for anybody, however slowly.
    expect(suppliedAt(supplyBy('(1 + q)*log(1 + q) - q'), 20).quality).toBeCloseTo(Math.exp(20) - 1, 4);
  });
});

/** Sums of convex terms with random coefficients, and a most or none. */
const convexFormula = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        'q',
        'q^2',
        'q^1.5',
        'q^3',
        'exp(q) - 1',
        'max(0, q - 0.4)',
        'max(0, q - 0.9)^2',
        'abs(q - 0.6) - 0.6 + q',
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 4, maxLength: 4 }),
    fc.constantFrom(0.5, 1, 2.5),
  )
  .map(([terms, coefficients, max]) => ({
    formula: terms.map((term, n) => `${coefficients[n]! / 20}*(${term})`).join(' + '),
    max,
  }));

test('S(φ) is what the best of many qualities leaves, of random convex costs with kinks', () => {
  fc.assert(
    fc.property(convexFormula, fc.double({ min: 0.01, max: 8, noNaN: true }), ({ formula, max }, value) => {
      const cost = costBy(formula, max);
      const { surplus, quality, cost: own } = suppliedAt(convexCostSupply(cost), value);
      expect(surplus).toBeCloseTo(value * quality - own, 13);
      const step = max / 4000;
      let best = 0;
      for (let n = 0; n <= 4000; n++) best = Math.max(best, value * n * step - cost.cost(n * step));
      // What is between two qualities is worth no more than the slope times the step.
      expect(surplus).toBeGreaterThanOrEqual(best - 1e-12);
      expect(surplus).toBeLessThanOrEqual(best + step * (value + cost.slope(max)));
    }),
    { numRuns: 300, seed: 15 },
  );
});

test('linear and quadratic pieces cost what the formula says, and what has other pieces has none', () => {
  const qualities = [0, 0.1, 0.33, 0.4, 0.7, 1];
  for (const formula of [
    '0.3*q',
    'q^2/2',
    '0.1*q + 2*q^2',
    'max(0.2*q, q - 0.3)',
    'q^2/2 + max(0, q - 0.4) + abs(q - 0.7) - 0.7 + q',
  ]) {
    const cost = costBy(formula, 1);
    const pieces = costPieces(cost)!;
    expect(mostOf(pieces)).toBeCloseTo(1, 15);
    for (const q of qualities) expect(costOf(pieces, q)).toBeCloseTo(cost.cost(q), 14);
  }
  for (const formula of ['q^3', 'exp(q) - 1', 'max(0.2*q, q^3 - 0.3)'])
    expect(costPieces(costBy(formula, 1))).toBeUndefined();
  // A straight line without an end is no program.
  expect(costPieces(costBy('2*q'))).toBeUndefined();
  expect(costPieces(costBy('q^2/2'))).toEqual([{ rate: 0, curvature: 1, length: Number.POSITIVE_INFINITY }]);
});

describe('a cost is refused', () => {
  it.each([
    ['sqrt(q)', 1, 'expected a convex cost, got one whose slope falls from'],
    [
      'min(q, 0.3 + q/2)',
      2,
      'expected a convex cost, got one whose slope falls from 1 at q = 0.6 to 0.5 at q = 0.6',
    ],
    ['q - q^2', 1, 'expected a convex cost, got one whose slope falls by 2e-9 between q = 0 and q = 1e-9'],
    ['q + 0.3*q^2*(q - 2)^2', 3, 'expected a convex cost, got one whose slope falls'],
    ['1 + q', undefined, 'expected a cost of 0 at q = 0, got 1'],
    [
      'q^2 - q',
      undefined,
      'expected a cost that does not fall at q = 0, got a slope of -1 there; 1*q added to the cost',
    ],
    ['-log(1 - q)', 2, 'expected a finite cost at every quality, got'],
    ['-log(1 - q)', undefined, 'expected a finite cost at every quality, got'],
  ] as const)('%s up to %s', (formula, max, message) => {
    expect(complaint(formula, max)).toContain(message);
  });

  it('for a dip of its slope that is narrower than what is tried', () => {
    // The slope falls between 0.999 and 1.001 only, by a part in 5,000.
    expect(complaint('q^2 + 0.002*max(0, 0.001 - abs(q - 1))*1000 ', 3)).toContain('convex');
  });
});
