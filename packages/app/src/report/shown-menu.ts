import type { Cell, MenuTable } from '../menu-table.ts';

/** As many as fit a page of a paper. */
const MOST_ROWS = 36;
/** Of values by scales, so many of each. */
const VALUES = 9;
const SCALES = 4;

/** As much of a menu as one reads: every row of a short one, even steps through a long one. */
export const shownMenu = ({ columns, rows }: MenuTable): MenuTable => {
  if (rows.length <= MOST_ROWS) return { columns, rows };
  const [value, scale] = [columns.indexOf('value'), columns.indexOf('scale')];
  if (value >= 0 && scale >= 0 && !columns.includes('name')) {
    const [values, scales] = [
      evenOf(distinct(rows, value), VALUES),
      evenOf(distinct(rows, scale).slice(1), SCALES),
    ];
    const shown = rows.filter((row) => values.has(row[value]!) && scales.has(row[scale]!));
    if (shown.length > 1) return { columns, rows: shown };
  }
  const steps = evenOf(
    rows.map((_, k) => k),
    MOST_ROWS,
  );
  return { columns, rows: rows.filter((_, k) => steps.has(k)) };
};

const distinct = (rows: MenuTable['rows'], column: number): Cell[] => [
  ...new Set(rows.map((row) => row[column]!)),
];

/** So many of a list, with its ends. */
const evenOf = <T>(list: readonly T[], count: number): ReadonlySet<T> =>
  new Set(
    Array.from(
      { length: Math.min(count, list.length) },
      (_, k) => list[Math.round((k * (list.length - 1)) / Math.max(1, Math.min(count, list.length) - 1))]!,
    ),
  );
