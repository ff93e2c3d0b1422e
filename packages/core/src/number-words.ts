/**
 * A number as a message tells it, in `digits` significant digits: `0.25`, and in words where it is none, `not a number`, or beyond all numbers,
 * `infinite`. What JavaScript calls these says nothing to who wrote a study.
 */
export const numberWords = (x: number, digits = 17): string => {
  if (Number.isNaN(x)) return 'not a number';
  if (!Number.isFinite(x)) return x > 0 ? 'infinite' : 'minus infinite';
  return String(digits < 17 ? Number(x.toPrecision(digits)) : x);
};
