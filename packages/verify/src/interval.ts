/** All numbers from lo to hi, in units of 2⁻²⁵⁶ (77 digits after the point). What is true of a number is proved by its interval: lo ≤ x ≤ hi. */
export interface Interval {
  readonly lo: bigint;
  readonly hi: bigint;
}

const BITS = 256n;
const UNIT = 1n << BITS;

/** ⌊a/b⌋ for b > 0; integers' own division rounds to 0. */
const floor = (a: bigint, b: bigint): bigint => (a < 0n ? -((b - 1n - a) / b) : a / b);
const ceiling = (a: bigint, b: bigint): bigint => -floor(-a, b);
/** A product without the bits beyond the last, rounded down, as shifts are, or up. */
const down = (x: bigint): bigint => x >> BITS;
const up = (x: bigint): bigint => -(-x >> BITS);

/** The number that a literal writes: 0.1 is a tenth, and not the binary fraction next to it. */
export const exactly = (number: number | string): Interval => {
  const [, sign = '', whole = '', fraction = '', exponent = 0] =
    /^(-?)(\d+)\.?(\d*)(?:e([+-]?\d{1,3}))?$/i.exec(typeof number === 'object' ? '' : String(number)) ?? [];
  if (whole === '') throw new Error(`expected a number, got ${number}`);
  const scaled = BigInt(`${sign}${whole}${fraction}`) * UNIT;
  const shift = BigInt(exponent) - BigInt(fraction.length);
  const power = 10n ** (shift < 0n ? -shift : shift);
  return shift < 0n
    ? { lo: floor(scaled, power), hi: ceiling(scaled, power) }
    : { lo: scaled * power, hi: scaled * power };
};

export const zero = exactly(0);
export const one = exactly(1);

export const low = ({ lo }: Interval): Interval => ({ lo, hi: lo });
export const high = ({ hi }: Interval): Interval => ({ lo: hi, hi });
/** Everything from somewhere in a to somewhere in b. */
export const hull = (a: Interval, b: Interval): Interval => ({
  lo: a.lo < b.lo ? a.lo : b.lo,
  hi: a.hi > b.hi ? a.hi : b.hi,
});
export const smaller = (a: Interval, b: Interval): Interval => ({
  lo: a.lo < b.lo ? a.lo : b.lo,
  hi: a.hi < b.hi ? a.hi : b.hi,
});
export const larger = (a: Interval, b: Interval): Interval => negative(smaller(negative(a), negative(b)));
export const isAtMost = (a: Interval, b: Interval): boolean => a.hi <= b.lo;

export const add = (a: Interval, b: Interval): Interval => ({ lo: a.lo + b.lo, hi: a.hi + b.hi });
export const negative = ({ lo, hi }: Interval): Interval => ({ lo: -hi, hi: -lo });
export const subtract = (a: Interval, b: Interval): Interval => ({ lo: a.lo - b.hi, hi: a.hi - b.lo });
export const sum = (terms: readonly Interval[]): Interval => terms.reduce(add, zero);

export const multiply = (a: Interval, b: Interval): Interval => {
  if (a.lo >= 0n && b.lo >= 0n) return { lo: down(a.lo * b.lo), hi: up(a.hi * b.hi) };
  const ends = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return {
    lo: down(ends.reduce((least, each) => (each < least ? each : least))),
    hi: up(ends.reduce((most, each) => (each > most ? each : most))),
  };
};

/** a/b. Throws where b may be 0. */
export const divide = (a: Interval, b: Interval): Interval => {
  if (b.hi < 0n) return divide(negative(a), negative(b));
  if (b.lo <= 0n) throw new Error('a quotient by what may be 0');
  return {
    lo: floor(a.lo << BITS, a.lo < 0n ? b.lo : b.hi),
    hi: ceiling(a.hi << BITS, a.hi < 0n ? b.hi : b.lo),
  };
};

/** Exponentials and logarithms are summed with so many bits more, of which rounding, at most a step a term and doubled ten times, takes under 30. */
const MORE = 64n;
const FINE = BITS + MORE;
/** What is left of them beyond 2⁻²⁴⁰, of a value or absolutely, is rounded away. */
const widened = (value: bigint, size: bigint): Interval => {
  const slack = (size >> 240n) + 2n;
  return { lo: (value >> MORE) - slack, hi: (value >> MORE) + slack };
};

/** Σ tᵏ/k over odd k, twice: the logarithm of (1 + t)/(1 − t), for t ≤ 1/3. */
const twiceArtanh = (t: bigint): bigint => {
  const square = (t * t) >> FINE;
  let total = 0n;
  for (let [power, k] = [t, 1n]; power !== 0n && power !== -1n; power = (power * square) >> FINE, k += 2n)
    total += power / k;
  return 2n * total;
};
const LN2 = twiceArtanh((1n << FINE) / 3n);
const HALVINGS = 10n;
const MOST_EXPONENT = 1000n;

/** eˣ of a number with `FINE` bits: e^(x − k ln 2) by its series at a 1024th of that, squared ten times, and shifted by k. */
const fineExponential = (x: bigint): bigint => {
  const k = x / LN2 - (x < 0n ? 1n : 0n);
  if (k > MOST_EXPONENT) throw new Error('an exponential too large to be computed');
  const r = (x - k * LN2) >> HALVINGS;
  let [total, term] = [1n << FINE, 1n << FINE];
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * r) >> FINE) / n;
    total += term;
  }
  for (let n = 0n; n < HALVINGS; n++) total = (total * total) >> FINE;
  return k < 0n ? total >> -k : total << k;
};

const exponentialOf = (x: bigint): Interval => {
  const value = fineExponential(x << MORE);
  return widened(value, value >> MORE);
};

/** ln x = s ln 2 + ln m for x = m 2ˢ, m in [1, 2), and ln m = y + ln(m e⁻ʸ) for y ≈ ln m in floating point: the last part is tiny. */
const logarithmOf = (x: bigint): Interval => {
  if (x <= 0n) throw new Error('a logarithm of what may be 0 or less');
  const s = BigInt(x.toString(2).length - 1) - BITS;
  const m = s > MORE ? x >> (s - MORE) : x << (MORE - s);
  const y = BigInt(Math.round(Math.log(Number(m >> (FINE - 52n)) / 2 ** 52) * 2 ** 40)) << (FINE - 40n);
  const near = fineExponential(y);
  return widened(s * LN2 + y + twiceArtanh(((m - near) << FINE) / (m + near)), UNIT);
};

export const exponential = ({ lo, hi }: Interval): Interval => {
  const from = exponentialOf(lo);
  // e^d ≤ 1 + 2d for d ≤ 1: the ends of what is all but a number need one series.
  if (hi - lo < UNIT >> 100n) return { lo: from.lo, hi: from.hi + up(from.hi * 2n * (hi - lo)) };
  return { lo: from.lo, hi: exponentialOf(hi).hi };
};

export const logarithm = ({ lo, hi }: Interval): Interval => {
  const from = logarithmOf(lo);
  return { lo: from.lo, hi: lo === hi ? from.hi : logarithmOf(hi).hi };
};

/** aᵉ, for a ≥ 0 unless e is a whole number. Throws where there is none. */
export const power = (a: Interval, e: Interval): Interval => {
  const whole = e.lo >> BITS;
  if (e.lo === e.hi && e.lo === whole << BITS && whole >= 0n && whole <= 64n)
    return repeated(a, Number(whole));
  if (e.hi < 0n) return divide(one, power(a, negative(e)));
  if (a.lo > 0n) return exponential(multiply(e, logarithm(a)));
  if (a.lo < 0n || e.lo <= 0n) throw new Error('a power that may not exist');
  return { lo: 0n, hi: a.hi === 0n ? 0n : exponential(multiply(e, logarithm(high(a)))).hi };
};

const repeated = (a: Interval, times: number): Interval => {
  let product = one;
  for (let k = 0; k < times; k++) product = multiply(product, a);
  return times % 2 === 0 && product.lo < 0n ? { lo: 0n, hi: product.hi } : product;
};

/** Fifty digits after the point, the lower end rounded down and the upper one up. */
export const shown = ({ lo, hi }: Interval): readonly [lo: string, hi: string] => {
  const text = (digits: bigint): string => {
    const size = (digits < 0n ? -digits : digits).toString().padStart(51, '0');
    return `${digits < 0n ? '-' : ''}${size.slice(0, -50)}.${size.slice(-50)}`;
  };
  return [text(down(lo * 10n ** 50n)), text(up(hi * 10n ** 50n))];
};
