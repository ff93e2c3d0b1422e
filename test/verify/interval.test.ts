import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, readFormula } from '../../packages/verify/src/formula.ts';
import { exactly, Interval } from '../../packages/verify/src/interval.ts';

/** What intervals are held against: ninety digits. */
const Exact = Decimal.clone({ precision: 90, defaults: true });

const expectAround = ({ lo, hi }: Interval, value: Decimal): void => {
  expect(value.gte(lo) && value.lte(hi), `${lo} to ${hi} holds ${value}`).toBe(true);
  // Fifty digits of numbers that are not tiny.
  const width = new Exact(hi).sub(lo);
  expect(width.lte(value.abs().add('1e-6').mul('1e-48')), `${lo} to ${hi} is narrow`).toBe(true);
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
        expectAround(exactly(x).times(exactly(y)), new Exact(x).mul(y));
        expectAround(exactly(y).over(exactly(x)), new Exact(y).div(x));
        expectAround(exactly(x).logarithm, new Exact(x).ln());
        expectAround(exactly(y / 20).exponential, new Exact(y / 20).exp());
        if (x > 1e-9) expectAround(exactly(x).power(exactly(e)), new Exact(x).pow(e));
      }),
      { numRuns: 500 },
    );
  });

  it('takes literals for what they write, and shows ends rounded outward', () => {
    expect(exactly(0.1).shown).toEqual([`0.1${'0'.repeat(49)}`, `0.1${'0'.repeat(49)}`]);
    expect(exactly(2).over(exactly(4)).shown).toEqual([`0.5${'0'.repeat(49)}`, `0.5${'0'.repeat(49)}`]);
    expect(exactly(1).over(exactly(3)).shown).toEqual([`0.${'3'.repeat(50)}`, `0.${'3'.repeat(49)}4`]);
    expect(exactly(-1).over(exactly(3)).shown).toEqual([`-0.${'3'.repeat(49)}4`, `-0.${'3'.repeat(50)}`]);
    for (const wrong of ['NaN', 'Infinity', '1e', '', '0x1', '1.2.3', null, [1]])
      expect(() => exactly(wrong)).toThrow();
  });

  it('refuses what may not exist', () => {
    const aroundZero = new Interval(-1, 1);
    expect(() => exactly(1).over(aroundZero)).toThrow('may be 0');
    expect(() => aroundZero.logarithm).toThrow('may be 0 or less');
    expect(() => aroundZero.power(exactly(0.5))).toThrow('may not exist');
    expect(() => exactly('1e5').exponential).toThrow('too large');
    expect(() => exactly(2).power(exactly(1e9 + 0.3))).toThrow('too large');
  });

  it('holds products and quotients of intervals, whatever their signs', () => {
    const ends = fc.tuple(signed, signed).map(([x, y]) => new Interval(Math.min(x, y), Math.max(x, y)));
    const within = (of: Interval, share: number): Decimal =>
      new Exact(of.lo).add(new Exact(of.hi).sub(of.lo).mul(share));
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(ends, ends, share, share, (a, b, s, t) => {
        const [x, y] = [within(a, s), within(b, t)];
        const holds = ({ lo, hi }: Interval, value: Decimal): boolean => value.gte(lo) && value.lte(hi);
        expect(holds(a.times(b), x.mul(y))).toBe(true);
        expect(holds(a.minus(b), x.sub(y))).toBe(true);
        expect(holds(a.max(b), Decimal.max(x, y))).toBe(true);
        expect(holds(a.min(b), Decimal.min(x, y))).toBe(true);
        expect(holds(a.hull(b), x) && holds(a.hull(b), y)).toBe(true);
        if (b.lo.gt(0) || b.hi.lt(0)) expect(holds(a.over(b), x.div(y))).toBe(true);
      }),
      { numRuns: 300 },
    );
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
    const at = (dx: number, dy: number) =>
      evaluate(formula, { x: exactly(x + dx), y: exactly(y + dy) }, ['x', 'y']);
    const number = (dx: number, dy: number): number => at(dx, dy).value.lo.toNumber();
    const { slopes } = at(0, 0);
    for (const [name, dx, dy] of [
      ['x', 1e-5, 0],
      ['y', 0, 1e-5],
    ] as const)
      expect(Number(slopes.get(name)?.lo ?? 0)).toBeCloseTo((number(dx, dy) - number(-dx, -dy)) / 2e-5, 7);
  });

  it('has none at a kink', () => {
    const x = new Interval(0.9, 1.1);
    expect(evaluate(readFormula('max(x, 1)'), { x }).value.hi.toNumber()).toBe(1.1);
    expect(() => evaluate(readFormula('max(x, 1)'), { x }, ['x'])).toThrow('a kink');
  });
});

describe('a formula', () => {
  const values: Readonly<Record<string, number>> = {
    '-2^2': -4,
    '2^3^2': 512,
    '2^-1': 0.5,
    '-2^-1^2': -0.5,
    '8/4/2': 1,
    '8 - 4 - 2': 2,
    '2*-3 + +1': -5,
    ' ( 1.5e1 + .5 ) * 2. ': 31,
    'min(3, 1, 2) + max(1, 4, 2)': 5,
    'abs(-3) * sqrt(4)': 6,
  };
  it.each(Object.entries(values))('is read as mathematics has it: %s', (text, value) => {
    expect(evaluate(readFormula(text), {}).value.lo.toNumber()).toBe(value);
  });

  it.each(['', '2 x', '1 +', '(1', 'f(1)', 'exp(1, 2)', 'min(1)', 'y', '2 ** 3', 'toString(1)'])(
    'is refused: %s',
    (text) => {
      expect(() => evaluate(readFormula(text), { x: exactly(1) })).toThrow();
    },
  );
});
