import { rounded } from '@menusmith/core';

/** digits · 10^−places, exactly, as money is counted; of at least 0. */
export interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const decimal = (digits: bigint, places: number): Decimal => {
  let [d, p] = [digits, places];
  while (p > 0 && d % 10n === 0n) [d, p] = [d / 10n, p - 1];
  return p < 0 ? { digits: d * 10n ** BigInt(-p), places: 0 } : { digits: d, places: p };
};

export const ZERO: Decimal = { digits: 0n, places: 0 };

/** The decimal that was meant by a number of at least 0: the one of 15 digits, so that 0.1 + 0.2 is 0.3. */
export const decimalOf = (x: number): Decimal => {
  const [mantissa = '0', exponent = '0'] = String(rounded(x, 15)).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return decimal(BigInt(whole + fraction), fraction.length - Number(exponent));
};

export const ONE: Decimal = { digits: 1n, places: 0 };

export const plus = (a: Decimal, b: Decimal): Decimal => combined(a, b, (x, y) => x + y);

/** a − b for a ≥ b. */
export const minus = (a: Decimal, b: Decimal): Decimal => combined(a, b, (x, y) => x - y);

const combined = (a: Decimal, b: Decimal, of: (x: bigint, y: bigint) => bigint): Decimal => {
  const places = Math.max(a.places, b.places);
  const at = ({ digits, places: own }: Decimal): bigint => digits * 10n ** BigInt(places - own);
  return decimal(of(at(a), at(b)), places);
};

/** The largest whole number that is not above it. */
export const floor = ({ digits, places }: Decimal): Decimal => decimal(digits / 10n ** BigInt(places), 0);

export const powerOfTen = (exponent: number): Decimal => decimal(10n ** BigInt(exponent), 0);

export const times = (a: Decimal, b: Decimal): Decimal => decimal(a.digits * b.digits, a.places + b.places);

/** a / b for b > 0; undefined where it has no end, as 1/3. */
export const over = (a: Decimal, b: Decimal): Decimal | undefined => {
  let below = b.digits;
  let [twos, fives] = [0, 0];
  for (; below % 2n === 0n; twos++) below /= 2n;
  for (; below % 5n === 0n; fives++) below /= 5n;
  if (a.digits % below !== 0n) return undefined;
  const places = Math.max(twos, fives);
  const above = (a.digits / below) * 2n ** BigInt(places - twos) * 5n ** BigInt(places - fives);
  return decimal(above, places + a.places - b.places);
};

export const isZero = ({ digits }: Decimal): boolean => digits === 0n;

/** The number, where it is whole and one that JSON readers hold exactly. */
export const wholeNumber = ({ digits, places }: Decimal): number | undefined =>
  places === 0 && digits <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(digits) : undefined;

/** Without exponent: `0.0000025`. */
export const decimalText = ({ digits, places }: Decimal): string => {
  if (places === 0) return String(digits);
  const text = String(digits).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
};
