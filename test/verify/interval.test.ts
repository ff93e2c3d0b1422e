import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivative, evaluate, readFormula } from '../../packages/verify/src/formula.ts';
import {
  divide,
  exactly,
  exponential,
  type Interval,
  logarithm,
  multiply,
  power,
  shown,
} from '../../packages/verify/src/interval.ts';

/** What the checker's own arithmetic is held against: another's, of ninety digits. */
const Exact = Decimal.clone({ precision: 90, defaults: true });
const UNIT = new Exact(2).pow(256);

const expectAround = ({ lo, hi }: Interval, value: Decimal): void => {
  const [low, high] = [new Exact(lo.toString()).div(UNIT), new Exact(hi.toString()).div(UNIT)];
  expect(low.lte(value) && high.gte(value), `${low} to ${high} holds ${value}`).toBe(true);
  // Fifty digits of numbers that are not tiny.
  expect(high.sub(low).lte(value.abs().add('1e-6').mul('1e-48')), `${low} to ${high} is narrow`).toBe(true);
};

const positive = fc.double({ min: -60, max: 60, noNaN: true }).map(Math.exp);
/** No number is tiny: of those fewer than fifty digits stand after the point. */
const between = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((x) => (Math.abs(x) < 1e-6 ? 0 : x));
const signed = between(-1e3, 1e3);

describe('arithmetic in intervals', () => {
  it('holds products, quotients, powers, exponentials and logarithms, to fifty digits', () => {
    fc.assert(
      fc.property(positive, signed, between(-3, 3), (x, y, e) => {
        expectAround(multiply(exactly(x), exactly(y)), new Exact(x).mul(y));
        expectAround(divide(exactly(y), exactly(x)), new Exact(y).div(x));
        expectAround(logarithm(exactly(x)), new Exact(x).ln());
        expectAround(exponential(exactly(y / 20)), new Exact(y / 20).exp());
        if (x > 1e-9) expectAround(power(exactly(x), exactly(e)), new Exact(x).pow(e));
      }),
      { numRuns: 500 },
    );
  });

  it('takes literals for what they write, and shows ends rounded outward', () => {
    expect(shown(exactly(0.1))).toEqual([`0.0${'9'.repeat(49)}`, `0.1${'0'.repeat(48)}1`]);
    expect(shown(exactly('-2.5e-1'))).toEqual([`-0.25${'0'.repeat(48)}`, `-0.25${'0'.repeat(48)}`]);
    for (const wrong of ['NaN', 'Infinity', '1e', '', '0x1'])
      expect(() => exactly(wrong)).toThrow('expected a number');
  });

  it('refuses what may not exist', () => {
    const aroundZero = { lo: -1n, hi: 1n };
    expect(() => divide(exactly(1), aroundZero)).toThrow('may be 0');
    expect(() => logarithm(aroundZero)).toThrow('may be 0 or less');
    expect(() => power(aroundZero, exactly(0.5))).toThrow('may not exist');
  });
});

describe('derivatives of formulas', () => {
  const formulas = {
    'x^0.3*(1-exp(-y))^0.2*(1+log(1+y))^0.1': [0.7, 1.3],
    'sqrt(x*y)/(1+x^2)': [0.4, 2.1],
    'max(0.3*x, x - 0.5) + x^2/4': [1.4, 0],
    'min(x, y, 2) - abs(y - 3)': [1.1, 1.7],
    'x^y': [1.2, 0.8],
  };
  it.each(Object.entries(formulas))('are those of differences: %s', (text, [x = 0, y = 0]) => {
    const formula = readFormula(text);
    const at = (dx: number, dy: number): number =>
      Number(shown(evaluate(formula, { x: exactly(x + dx), y: exactly(y + dy) }))[0]);
    for (const [name, dx, dy] of [
      ['x', 1e-5, 0],
      ['y', 0, 1e-5],
    ] as const) {
      const slope = Number(shown(evaluate(derivative(formula, name), { x: exactly(x), y: exactly(y) }))[0]);
      expect(slope).toBeCloseTo((at(dx, dy) - at(-dx, -dy)) / 2e-5, 7);
    }
  });

  it('has none at a kink', () => {
    const slope = derivative(readFormula('max(x, 1)'), 'x');
    expect(() => evaluate(slope, { x: { lo: exactly(0.9).lo, hi: exactly(1.1).hi } })).toThrow('a kink');
  });
});
