import type { Distribution } from '@menusmith/core';
import { type Cell, chosenColumns, columnNamesOf, menuColumns } from './menu-columns.ts';
import { spreadRows } from './menu-rows.ts';
import { namedBuyers } from './problem/named-buyers.ts';
import type { Coordinates, TypeResult } from './result.ts';
import { hasMenu, type Solution } from './solution.ts';
import type { Study } from './study/study.ts';

export { type Cell, taskColumn } from './menu-columns.ts';

/** A menu as a table, one row a buyer; null where a number does not exist. */
export interface MenuTable {
  /** Heads of the columns. */
  readonly columns: readonly string[];
  /** Rows, each with a cell for every column. */
  readonly rows: readonly (readonly Cell[])[];
  /** What its columns were asked for as, where they were chosen: the heads of the table as CSV. */
  readonly heads?: readonly string[];
  /** Whether somebody chose the rows: then a table on paper has them all as well. */
  readonly isChosen?: boolean;
}

/** What of a menu somebody wants to have in the table. */
export interface MenuChoice {
  /** These buyers, in this order, as they were quoted; where there are none, all of a list, or a grid of continuous ones. */
  readonly quotes?: readonly TypeResult[];
  /** As `chosenColumns` takes them; every column in which something stands where none are given. */
  readonly columns?: readonly string[] | undefined;
  readonly rows?: MenuRows | undefined;
}

/** All rows, those of buyers who are served, or so many, evenly spread. */
export interface MenuRows {
  readonly served?: boolean | undefined;
  readonly most?: number | undefined;
}

/** Even points a side for continuous buyers. */
const valuePoints = 41;
const scalePoints = 21;
const typePoints = 201;

/**
 * What buyers get and pay: those who were asked for, or every type of a finite list, 41 values by 21 scales, or 201 representative types. Throws InputError for a
 * column that there is none of.
 */
export const menuTable = (study: Study, solution: Solution, choice: MenuChoice = {}): MenuTable => {
  const types = chosenTypes(quotedTypes(study, solution, choice.quotes ?? []), choice.rows);
  const names = columnNamesOf(study, [...new Set(types.flatMap(({ labels = {} }) => Object.keys(labels)))]);
  const columns = menuColumns({ ...names, tasks: solution.result.tasks ?? [] });
  const used =
    choice.columns === undefined
      ? columns.filter(({ cell }) => types.some((type) => (cell(type) ?? null) !== null))
      : chosenColumns(columns, choice.columns);
  return {
    columns: used.map(({ name }) => name),
    rows: types.map((type) => used.map(({ cell }) => cell(type) ?? null)),
    ...(choice.columns && { heads: used.map(({ name, path = name }) => path) }),
    ...(choice.rows && { isChosen: true }),
  };
};

const chosenTypes = (types: readonly TypeResult[], rows: MenuRows = {}): readonly TypeResult[] => {
  const served = rows.served === true ? types.filter(({ excluded }) => !excluded) : types;
  const isPlane = served.every(
    ({ name, value, scale }) => name === undefined && value !== undefined && scale !== undefined,
  );
  const plane = { value: ({ value }: TypeResult) => value, scale: ({ scale }: TypeResult) => scale };
  return rows.most === undefined ? served : spreadRows(served, rows.most, isPlane ? plane : undefined);
};

/** The table as CSV (RFC 4180): numbers in full precision, an empty cell where there is none. */
export const menuCsv = ({ columns, rows, heads = columns }: MenuTable): string => csvRows([heads, ...rows]);

/** Rows as lines of CSV. */
export const csvRows = (rows: MenuTable['rows']): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

const quotedTypes = (
  { buyers: given }: Study,
  solution: Solution,
  quotes: readonly TypeResult[],
): readonly TypeResult[] => {
  if (!hasMenu(solution)) return [];
  if (quotes.length > 0) return quotes;
  const buyers = namedBuyers(given);
  if (buyers.kind === 'list') return solution.result.types;
  if (buyers.kind === 'plane') {
    const values = evenPoints(buyers.values, valuePoints);
    return evenPoints(buyers.scales, scalePoints).flatMap((scale) =>
      values.map((value) => solution.quote({ value, scale })),
    );
  }
  const quote = (value: number): TypeResult => solution.quote({ value } satisfies Coordinates);
  return evenPoints(buyers.types, typePoints).map(quote);
};

/** Points from end to end of the support. */
const evenPoints = ({ min, max }: Distribution, count: number): readonly number[] => {
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? max : min + ((max - min) * i) / (count - 1),
  );
};

const csvCell = (cell: Cell): string => {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  // In quotes a # begins no comment, for R and pandas neither.
  return /[",#\r\n]/.test(text) || text !== cell ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A text that spreadsheets would compute; an apostrophe before it makes them take it as it stands. Numbers stay numbers. */
const FORMULA = /^(?:\s*[=+\-−@＝＋－＠]|[\t\r])/;
