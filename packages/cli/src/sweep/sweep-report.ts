import {
  fieldTitle,
  formatNumber,
  formatSize,
  moneyUnit,
  quotedMoney,
  type SweptTable,
  shortenedText,
  shortenedTo,
  withUnit,
} from '@menusmith/app';
import { paragraph } from '../paragraph.ts';
import { textTable } from '../text-table.ts';

/** Rows that a terminal shows, and errors below them. */
const MOST_ROWS = 40;
const MOST_ERRORS = 3;
/** Letters of a combination or a complaint. */
const LONGEST = 1000;
/** Letters of a column's name, and of a line. */
const NAME = 20;
const WIDEST = 80;

/** A sweep for people, at most eighty columns wide. `asked` is how many rows there were to be. */
export const sweepReport = (table: SweptTable, asked: number): string => {
  const { name, rows } = table;
  const errors = withErrors(table);
  const more = rows.length - MOST_ROWS;
  return [
    `${name}\n${paragraph(`sweep: ${counts(table, asked)}`)}`,
    rows.length === 0 ? '' : numbers(table),
    more > 0 ? paragraph(`and ${formatNumber(more)} rows more; --json and --out have all`) : '',
    ...errors.slice(0, MOST_ERRORS).map(paragraph),
    errors.length > MOST_ERRORS
      ? paragraph(`and ${formatNumber(errors.length - MOST_ERRORS)} more without a result`)
      : '',
  ]
    .filter((text) => text !== '')
    .join('\n');
};

const counts = ({ columns, varied, rows }: SweptTable, asked: number): string => {
  const status = columns.indexOf('status', varied);
  const words = { optimal: 'optimal', feasible: 'feasible', uncertified: 'uncertified' } as const;
  const count = (of: string | null): number => rows.filter((row) => row[status] === of).length;
  const parts = Object.entries(words).flatMap(([key, word]) =>
    count(key) > 0 ? [`${formatNumber(count(key))} ${word}`] : [],
  );
  if (count(null) > 0) parts.push(`${formatNumber(count(null))} without a result`);
  const all = `${formatNumber(asked)} combination${asked === 1 ? '' : 's'}`;
  const done = rows.length < asked ? `${formatNumber(rows.length)} of ${all} done` : all;
  return [done, ...parts].join(', ');
};

const numbers = (table: SweptTable): string => {
  const { columns, varied, rows, units, data } = table;
  const [profit, gap] = [columns.indexOf('profit', varied), columns.indexOf('relativeGap', varied)];
  const status = columns.indexOf('status', varied);
  const always = [...columns.slice(0, varied).keys(), profit, gap, status];
  const asked = [...columns.keys()].slice(columns.indexOf('error', varied) + 1);
  const headOf = (column: number): string => {
    if (column === profit) return withUnit('profit', moneyUnit(units));
    if (column === gap) return 'gap';
    return shortened(column < varied ? fieldTitle(data, columns[column]!) : columns[column]!);
  };
  const cellText = (column: number, cell: unknown): string => {
    if (column === profit && typeof cell === 'number') return formatNumber(quotedMoney(units, cell));
    if (column === gap) return formatSize(cell as number | null);
    if (typeof cell === 'number') return formatNumber(cell);
    return cell === null || cell === undefined ? '–' : shortened(String(cell));
  };
  const shownRows = rows.slice(0, MOST_ROWS);
  const drawn = (shown: readonly number[]): string =>
    textTable({
      head: shown.map(headOf),
      rows: shownRows.map((row) => shown.map((column) => cellText(column, row[column]))),
      align: shown.map((column) => (rows.some((row) => typeof row[column] === 'number') ? 'right' : 'left')),
    });
  for (let count = asked.length; count >= 0; count--) {
    const text = drawn([...always, ...asked.slice(0, count)]);
    if (text.split('\n').every((line) => line.length <= WIDEST))
      return count === asked.length ? text : `${text}${paragraph('more columns: --json and --out have all')}`;
  }
  return drawn(always);
};

/** Columns that were asked for and that no row has, whatever was solved: as where a name is misspelt. */
export const emptyColumns = ({ columns, varied, rows }: SweptTable): readonly string[] => {
  const solved = rows.filter((row) => row[columns.indexOf('status', varied)] !== null);
  const first = columns.indexOf('error', varied) + 1;
  if (solved.length === 0) return [];
  return columns.filter((_, column) => column >= first && solved.every((row) => row[column] === null));
};

/** The end of a path says what it is. */
const shortened = (text: string): string => (text.length <= NAME ? text : `…${text.slice(1 - NAME)}`);

/** What is wrong with a combination, after what it is. */
const withErrors = ({ columns, varied, rows }: SweptTable): readonly string[] => {
  const error = columns.indexOf('error', varied);
  return rows.flatMap((row) => {
    if (typeof row[error] !== 'string') return [];
    const point = row.slice(0, varied).map((cell, k) => `${columns[k]}=${shortenedText(String(cell))}`);
    return [`${shortenedTo(LONGEST, point.join(', '))}: ${shortenedTo(LONGEST, row[error])}`];
  });
};
