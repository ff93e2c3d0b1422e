import { Decimal } from 'decimal.js';

/** Numbers of fifty digits, whose results are rounded down, and up. */
const Down = Decimal.clone({ defaults: true, precision: 50, rounding: Decimal.ROUND_FLOOR });
const Up = Decimal.clone({ defaults: true, precision: 50, rounding: Decimal.ROUND_CEIL });
/** Exponentials and logarithms are found with so many digits, and are then off by less than WIDE of themselves. */
const Fine = Decimal.clone({ defaults: true, precision: 56 });
const WIDE = '1e-51';
const MOST_EXPONENT = 1000;

/** Throws an Error that says what is wrong, unless this holds: all that is checked is checked here. */
export const must = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise);
};

const around = (value: Decimal): Interval => {
  const slack = value.abs().times(WIDE);
  return new Interval(Down.sub(value, slack), Up.add(value, slack));
};

/** xᵉ for x > 0, and 0 of 0. Multiples of an eighth are powers of square roots, which are quicker. */
const powerOf = (x: Decimal, e: Decimal): Interval => {
  if (x.isZero()) return zero;
  let [root, whole] = [new Fine(x), new Fine(e)];
  for (let k = 0; k < 3 && !whole.isInteger(); k++) [root, whole] = [root.sqrt(), whole.times(2)];
  if (whole.isInteger() && whole.abs().lt(64)) return around(root.pow(whole));
  const exponent = Fine.mul(e, Fine.ln(x));
  must(exponent.abs().lte(MOST_EXPONENT), 'a power too large to be computed');
  return around(Fine.exp(exponent));
};

/** Powers are what takes time, and many are asked for again: so many of them are remembered. */
const MOST_KNOWN = 100_000;
const known = new Map<string, Interval>();
const knownPower = (x: Decimal, e: Decimal): Interval => {
  const key = `${x} ${e}`;
  const found = known.get(key) ?? powerOf(x, e);
  if (known.size < MOST_KNOWN) known.set(key, found);
  return found;
};

/** All numbers from lo to hi. What is true of a number is proved by its interval: lo ≤ x ≤ hi. */
export class Interval {
  readonly lo: Decimal;
  readonly hi: Decimal;

  constructor(lo: Decimal.Value, hi: Decimal.Value = lo) {
    this.lo = lo.constructor === Down ? (lo as Decimal) : new Down(lo);
    this.hi = hi.constructor === Up ? (hi as Decimal) : new Up(hi);
    must(this.lo.isFinite() && this.hi.isFinite(), `expected a number, got ${lo}`);
  }

  plus({ lo, hi }: Interval): Interval {
    return new Interval(this.lo.plus(lo), this.hi.plus(hi));
  }

  minus({ lo, hi }: Interval): Interval {
    return new Interval(this.lo.minus(hi), this.hi.minus(lo));
  }

  get negative(): Interval {
    return new Interval(this.hi.neg(), this.lo.neg());
  }

  times({ lo, hi }: Interval): Interval {
    if (!this.lo.isNegative() && !lo.isNegative()) return new Interval(this.lo.times(lo), this.hi.times(hi));
    const ends = [this.lo, this.hi].flatMap((x) => [lo, hi].map((y) => [x, y] as const));
    return new Interval(
      Down.min(...ends.map(([x, y]) => Down.mul(x, y))),
      Up.max(...ends.map(([x, y]) => Up.mul(x, y))),
    );
  }

  over({ lo, hi }: Interval): Interval {
    must(lo.gt(0) || hi.lt(0), 'a quotient by what may be 0');
    return this.times(new Interval(Down.div(1, hi), Up.div(1, lo)));
  }

  /** Whole powers are products; of others the ends decide, as xᵉ rises or falls in x, and in e. */
  power(e: Interval): Interval {
    if (e.lo.eq(e.hi) && e.lo.isInteger() && e.lo.gte(0) && e.lo.lte(64))
      return Array<Interval>(e.lo.toNumber())
        .fill(this)
        .reduce((a, b) => a.times(b), one);
    must(this.lo.gt(0) || (this.lo.isZero() && e.lo.gt(0)), 'a power that may not exist');
    const bases = this.lo.eq(this.hi) ? [this.lo] : [this.lo, this.hi];
    const exponents = e.lo.eq(e.hi) ? [e.lo] : [e.lo, e.hi];
    return bases.flatMap((x) => exponents.map((y) => knownPower(x, y))).reduce((a, b) => a.hull(b));
  }

  get exponential(): Interval {
    must(this.max(this.negative).hi.lte(MOST_EXPONENT), 'an exponential too large to be computed');
    return around(Fine.exp(this.lo)).hull(around(Fine.exp(this.hi)));
  }

  get logarithm(): Interval {
    must(this.lo.gt(0), 'a logarithm of what may be 0 or less');
    return around(Fine.ln(this.lo)).hull(around(Fine.ln(this.hi)));
  }

  atMost({ lo }: Interval): boolean {
    return this.hi.lte(lo);
  }

  /** The smaller of two numbers, wherever they are in their intervals. */
  min({ lo, hi }: Interval): Interval {
    return new Interval(Down.min(this.lo, lo), Up.min(this.hi, hi));
  }

  max({ lo, hi }: Interval): Interval {
    return new Interval(Down.max(this.lo, lo), Up.max(this.hi, hi));
  }

  hull({ lo, hi }: Interval): Interval {
    return new Interval(Down.min(this.lo, lo), Up.max(this.hi, hi));
  }

  get low(): Interval {
    return new Interval(this.lo);
  }

  get high(): Interval {
    return new Interval(this.hi);
  }

  /** Fifty digits after the point, rounded outward. */
  get shown(): readonly [lo: string, hi: string] {
    return [this.lo.toFixed(50, Decimal.ROUND_FLOOR), this.hi.toFixed(50, Decimal.ROUND_CEIL)];
  }
}

export const zero: Interval = new Interval(0);
export const one: Interval = new Interval(1);

export const sum = (terms: readonly Interval[]): Interval => terms.reduce((a, b) => a.plus(b), zero);

const LITERAL = /^-?[\d.]+(?:e[+-]?\d{1,3})?$/i;
/** The number that a literal writes: 0.1 is a tenth, and not the binary fraction next to it. */
export const exactly = (literal: unknown): Interval => {
  const text = ['number', 'string'].includes(typeof literal) ? String(literal) : '';
  must(LITERAL.test(text), `expected a number, got ${literal}`);
  return new Interval(text);
};
