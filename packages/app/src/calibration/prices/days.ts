const DAY = 86_400_000;

/** Days from January 1, 1970 to the day written as 2026-03-01; NaN for any other text. */
export const readDay = (text: string): number => {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return Number.NaN;
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  // A day that the month does not have would be one of the next.
  return dayWords(time / DAY) === text ? time / DAY : Number.NaN;
};

/** `2026-03-01` */
export const dayWords = (day: number): string =>
  Number.isFinite(day) ? new Date(day * DAY).toISOString().slice(0, 10) : 'the beginning';

/** Days from January 1, 1970 to the first of the month, which is counted from January 1970. */
export const daysBefore = (month: number): number => Date.UTC(1970, month, 1) / DAY;
