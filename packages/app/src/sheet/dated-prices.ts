/** Days from which on a price stands, and on which it does no more, as YYYY-MM-DD; null for ever. */
export interface Dated {
  readonly from: string | null;
  readonly to: string | null;
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export const isDate = (text: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const [m, d] = [Number(month), Number(day)];
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] ?? 0;
  return d >= 1 && d <= days;
};

/** What stands on a day, and what was left aside for it. */
export interface Standing<T> {
  readonly items: readonly T[];
  readonly notes: readonly string[];
}

/** Of items of one key the one that has begun last by the date, in the order of the keys, and of several of one day the first; without a date the last one of all. */
export const standingOn = <T extends Dated>(
  items: readonly T[],
  keyOf: (item: T) => string,
  date: string | undefined,
): Standing<T> => {
  const latest = new Map<string, T | undefined>();
  for (const item of items) {
    const key = keyOf(item);
    const before = latest.get(key);
    const isBegun = date === undefined || (item.from ?? '') <= date;
    const isLater = before === undefined || (item.from ?? '') > (before.from ?? '');
    latest.set(key, isBegun && isLater ? item : before);
  }
  const standing = [...latest.values()].filter((item) => item !== undefined);
  const ahead = latest.size - standing.length;
  const days = new Set(items.map((item) => JSON.stringify([keyOf(item), item.from])));
  const again = items.length - days.size;
  const others = days.size - standing.length - ahead;
  const ended = date === undefined ? 0 : standing.filter(({ to }) => to !== null && to <= date).length;
  const when = date === undefined ? 'are the last ones of the list' : `stand on ${date}`;
  return {
    items: standing,
    notes: [
      ...(others === 0 ? [] : [`Prices are those that ${when}; ${others} of other times are left aside.`]),
      ...(again === 0 ? [] : [`Left aside, as an item of the same name came before: ${again}.`]),
      ...(ahead === 0 ? [] : [`Not sold yet on ${date}, and left aside: ${ahead}.`]),
      ...(ended === 0
        ? []
        : [`Of those that have begun, ${ended} had ended by ${date}, with no other after them.`]),
    ],
  };
};

/** ` that has begun by 2026-11-30`; nothing without a date. */
export const standingWords = (date: string | undefined): string =>
  date === undefined ? '' : ` that has begun by ${date}`;
