/** The numbers of a range `a:b:n`, n of them from a to b, both ends included; what was expected where the text is no such range. */
export const rangeNumbers = (text: string, most: number): readonly number[] | string => {
  const parts = text.split(':').map(numberIn);
  const [from = Number.NaN, to = Number.NaN, count = Number.NaN] = parts;
  if (parts.length !== 3 || !Number.isFinite(from) || !Number.isFinite(to))
    return `expected a number, or a range as 0:1:11 (from, to, how many), got "${text}"`;
  if (!Number.isInteger(count) || count < 2 || count > most)
    return `expected a range of 2 to ${most} numbers, got "${text}"`;
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, k) => (k === count - 1 ? to : short(from + k * step)));
};

/** 0.3 where binary arithmetic has made 0.30000000000000004 of it; numbers that have all digits anyway stay as they are. */
const short = (number: number): number => {
  const rounded = Number(number.toPrecision(EXACT));
  return String(rounded).length < String(number).length - SPARED ? rounded : number;
};
const EXACT = 15;
const SPARED = 3;

/** NaN where the text is no number; an empty one is none. */
export const numberIn = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
