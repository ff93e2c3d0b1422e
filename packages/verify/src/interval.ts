import { Decimal } from 'decimal.js';

/**
 * Digits that every operation keeps. Sums, differences, products and quotients are rounded outward, down at the lower end and up at the upper
 * one; powers, exponentials and logarithms, which decimal.js rounds correctly but for rare last digits, are widened by `SLACK` on top.
 */
const DIGITS = 50;
const Down = Decimal.clone({ precision: DIGITS, rounding: Decimal.ROUND_FLOOR, defaults: true });
const Up = Decimal.clone({ precision: DIGITS, rounding: Decimal.ROUND_CEIL, defaults: true });
const SLACK = new Decimal('1e-47');

/** All numbers from lo to hi. What is true of a number is proved by its interval: lo ≤ x ≤ hi. */
export interface Interval {
  readonly lo: Decimal;
  readonly hi: Decimal;
}

/** The number that a literal writes: 0.1 is a tenth, and not the binary fraction next to it. */
export const exactly = (number: number | string | Decimal): Interval => {
  const value = new Down(number);
  return { lo: value, hi: value };
};

export const zero = exactly(0);
export const one = exactly(1);

export const add = (a: Interval, b: Interval): Interval => ({
  lo: Down.add(a.lo, b.lo),
  hi: Up.add(a.hi, b.hi),
});

export const negative = ({ lo, hi }: Interval): Interval => ({ lo: hi.neg(), hi: lo.neg() });

export const subtract = (a: Interval, b: Interval): Interval => ({
  lo: Down.sub(a.lo, b.hi),
  hi: Up.sub(a.hi, b.lo),
});

export const multiply = (a: Interval, b: Interval): Interval => {
  if (!(a.lo.isNeg() || b.lo.isNeg())) return { lo: Down.mul(a.lo, b.lo), hi: Up.mul(a.hi, b.hi) };
  const ends = [
    [a.lo, b.lo],
    [a.lo, b.hi],
    [a.hi, b.lo],
    [a.hi, b.hi],
  ] as const;
  return {
    lo: Decimal.min(...ends.map(([x, y]) => Down.mul(x, y))),
    hi: Decimal.max(...ends.map(([x, y]) => Up.mul(x, y))),
  };
};

/** 1/a. An interval that holds 0 has none, and answers with NaN, which no comparison passes. */
const reciprocal = (a: Interval): Interval =>
  a.lo.gt(0) || a.hi.lt(0)
    ? { lo: Down.div(1, a.hi), hi: Up.div(1, a.lo) }
    : { lo: new Down(Number.NaN), hi: new Up(Number.NaN) };

export const divide = (a: Interval, b: Interval): Interval => multiply(a, reciprocal(b));

export const sum = (terms: Iterable<Interval>): Interval => {
  let total = zero;
  for (const term of terms) total = add(total, term);
  return total;
};

/** Where a function that increases takes an interval, widened for the last digits of its values. */
const increasing = (a: Interval, of: (x: Decimal) => Decimal): Interval => {
  const low = of(a.lo);
  const high = a.lo.eq(a.hi) ? low : of(a.hi);
  return {
    lo: low.isFinite() ? Down.sub(low, Up.mul(low.abs(), SLACK)) : low,
    hi: high.isFinite() ? Up.add(high, Up.mul(high.abs(), SLACK)) : high,
  };
};

export const exponential = (a: Interval): Interval => increasing(a, (x) => Up.exp(x));

/** The logarithm; NaN where the interval is not above 0. */
export const logarithm = (a: Interval): Interval => increasing(a, (x) => Up.ln(x));

/** a^e for a ≥ 0 and one exponent; 0^e is 0 for e > 0, and infinite for e < 0. */
export const power = (a: Interval, exponent: Interval): Interval => {
  if (!exponent.lo.eq(exponent.hi)) return exponential(multiply(exponent, logarithm(a)));
  const e = exponent.lo;
  if (e.isZero()) return one;
  if (e.isNeg()) return reciprocalOf(power(a, negative(exponent)));
  if (e.eq(2)) return square(a);
  if (a.lo.isNeg()) return e.isInteger() ? repeated(a, e.toNumber()) : { lo: new Down(NaN), hi: new Up(NaN) };
  return increasing(a, (x) => remembered(x, e));
};

/** Powers that were computed last: the same amounts serve many tasks, and powers take most of the time. */
const powers = new Map<string, Decimal>();
const MOST_POWERS = 20_000;

const remembered = (x: Decimal, e: Decimal): Decimal => {
  if (x.isZero()) return x;
  const key = `${x} ${e}`;
  const known = powers.get(key) ?? Up.pow(x, e);
  if (powers.size > MOST_POWERS) powers.clear();
  powers.set(key, known);
  return known;
};

const square = (a: Interval): Interval => {
  const whole = multiply(a, a);
  return whole.lo.isNeg() ? { lo: new Down(0), hi: whole.hi } : whole;
};

const repeated = (a: Interval, times: number): Interval => {
  let product = one;
  for (let k = 0; k < times; k++) product = multiply(product, a);
  return product;
};

/** 1/a of a ≥ 0, with 1/0 = ∞. */
const reciprocalOf = (a: Interval): Interval =>
  a.lo.gt(0)
    ? reciprocal(a)
    : { lo: a.hi.isZero() ? new Down(Infinity) : Down.div(1, a.hi), hi: new Up(Infinity) };

export const smaller = (a: Interval, b: Interval): Interval => ({
  lo: Decimal.min(a.lo, b.lo),
  hi: Decimal.min(a.hi, b.hi),
});

export const larger = (a: Interval, b: Interval): Interval => ({
  lo: Decimal.max(a.lo, b.lo),
  hi: Decimal.max(a.hi, b.hi),
});
