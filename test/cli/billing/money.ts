/*
 * Money as the interpreters count it: whole numbers of 10⁻⁶⁰ of the currency. Nothing of it comes from the code under test.
 */

const PLACES = 60;
export const UNIT: bigint = 10n ** BigInt(PLACES);

/** A decimal as a billing system takes it: digits and a point, nothing else. */
export const money = (text: unknown): bigint => {
  if (typeof text !== 'string' || !/^\d+(?:\.\d+)?$/.test(text))
    throw new Error(`not a decimal string: ${JSON.stringify(text)}`);
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > PLACES) throw new Error(`too many places: ${text}`);
  return BigInt(whole + fraction.padEnd(PLACES, '0'));
};

/** Whole cents. */
export const cents = (count: unknown): bigint => {
  if (!Number.isSafeInteger(count) || (count as number) < 0)
    throw new Error(`not a whole number of cents: ${JSON.stringify(count)}`);
  return (BigInt(count as number) * UNIT) / 100n;
};

export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** To the cent, half up. */
export const inCents = (amount: bigint): bigint => (amount * 200n + UNIT) / (2n * UNIT);

/** Tokens by metric. */
export type Usage = ReadonlyMap<string, bigint>;

/** What a bill comes to; undefined where the customer is held back from so much use. */
export type Bill = bigint | undefined;

/** A document of an export, by the name of its file. */
export type Documents = readonly (readonly [file: string, body: Fields])[];
// biome-ignore lint/suspicious/noExplicitAny: what other systems read is checked by reading it
export type Fields = Readonly<Record<string, any>>;
