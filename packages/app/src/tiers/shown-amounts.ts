/** How amounts of money are written: multiples of a step, in the menu's money, or such as end in 9. */
export type Rounding = number | typeof ENDING_9;
const ENDING_9 = 'ending-9';

/** The amounts that may be written. */
export interface ShownAmounts {
  /** The least that a fee may be: 0, unless fees are listed. */
  readonly least: number;
  /** The highest that is not above, 0 where there is none. */
  atMost(amount: number): number;
  /** The nearest that is above 0. */
  nearest(amount: number): number;
  /** The next one above, or below: 0 where there is none. */
  next(amount: number, by: 1 | -1): number;
}

/** What is written of fees and commitments, and of prices; in the study's money, of which one unit is `money` of the menu's. `fees` are all that fees may be, in the study's. */
export const shownAmounts = (
  rounding: Rounding,
  money: number,
  fees?: readonly number[],
): Readonly<Record<'sums' | 'prices', ShownAmounts>> => {
  const { sums, prices } = roundedAmounts(rounding, money);
  return { sums: fees === undefined ? sums : listed(fees), prices };
};

const roundedAmounts = (rounding: Rounding, money: number): ReturnType<typeof shownAmounts> => {
  if (rounding !== ENDING_9) {
    const multiples = multiplesOf(rounding / money);
    return { sums: multiples, prices: multiples };
  }
  return { sums: inMoney(endingIn9(centsOf), money), prices: inMoney(endingIn9(threeDigits), money) };
};

/** Amounts of an ascending list, of which there is no next one beyond its ends. */
const listed = (amounts: readonly number[]): ShownAmounts => {
  const [least, most] = [amounts[0]!, amounts.at(-1)!];
  return {
    least,
    atMost: (amount) => amounts.findLast((own) => own <= amount * (1 + ROUNDING)) ?? least,
    nearest: (amount) =>
      amounts.reduce((best, own) => (Math.abs(own - amount) < Math.abs(best - amount) ? own : best)),
    next: (amount, by) =>
      by > 0
        ? (amounts.find((own) => own > amount) ?? most)
        : (amounts.findLast((own) => own < amount) ?? least),
  };
};

/** A part of an amount that is rounding. */
const ROUNDING = 1e-9;

const multiplesOf = (step: number): ShownAmounts => ({
  least: 0,
  atMost: (amount) => multiple(Math.floor(amount / step + ROUNDING), step),
  nearest: (amount) => Math.max(step, multiple(Math.round(amount / step), step)),
  next: (amount, by) => Math.max(0, multiple(Math.round(amount / step) + by, step)),
});

/** n · step as people write it: 3 · 0.05 is 0.15. */
const multiple = (n: number, step: number): number => Number((n * step).toPrecision(12));

/**
 * Amounts of which the last digit that is written is a 9, of at most three digits or without decimals: 0.99, 4.9, 29, 28.9, 149, 1299. `decimals` is how many an amount may have.
 */
const endingIn9 = (decimals: (amount: number) => number): ShownAmounts => {
  const found = (amount: number, by: 1 | -1): number => {
    // Next to a power of ten amounts below have one decimal more.
    const most = amount > 0 ? decimals(amount) + 1 : 2;
    let best = by > 0 ? Number.POSITIVE_INFINITY : 0;
    for (let places = 0; places <= most; places++) {
      const tens = (amount * 10 ** places - 9) / 10;
      const nines = 10 * Math.max(0, by > 0 ? Math.ceil(tens - ROUNDING) : Math.floor(tens + ROUNDING)) + 9;
      const digits = by < 0 && places > 0 ? Math.min(nines, MOST_DIGITS) : nines;
      if (places > 0 && digits > MOST_DIGITS) continue;
      const own = Number(`${digits}e-${places}`);
      if (places > decimals(own)) continue;
      if (by > 0) best = Math.min(best, own);
      else if (own <= amount * (1 + ROUNDING)) best = Math.max(best, own);
    }
    return best;
  };
  const near = 10 * ROUNDING;
  return {
    least: 0,
    atMost: (amount) => found(amount, -1),
    nearest: (amount) => {
      const [below, above] = [found(amount, -1), found(amount, 1)];
      return below > 0 && amount - below <= above - amount ? below : above;
    },
    next: (amount, by) => found(amount * (1 + by * near), by),
  };
};
const MOST_DIGITS = 999;

const powerOfTen = (amount: number): number => Math.floor(Math.log10(amount) + ROUNDING);

/** As sums are paid: two decimals, and more where those would leave fewer than two digits. */
const centsOf = (amount: number): number => Math.max(2, 2 - powerOfTen(amount) - 1);

const threeDigits = (amount: number): number => Math.max(0, 2 - powerOfTen(amount));

const inMoney = (amounts: ShownAmounts, money: number): ShownAmounts => {
  const { least, atMost, nearest, next } = amounts;
  return money === 1
    ? amounts
    : {
        least,
        atMost: (amount) => atMost(amount * money) / money,
        nearest: (amount) => nearest(amount * money) / money,
        next: (amount, by) => next(amount * money, by) / money,
      };
};
