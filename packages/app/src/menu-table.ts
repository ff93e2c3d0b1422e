import type { Distribution } from '@menusmith/core';
import { namedBuyers } from './problem/named-buyers.ts';
import { modelWords } from './report/model-words.ts';
import { moneyFields } from './report/money-fields.ts';
import type { Coordinates, TypeResult } from './result.ts';
import { hasMenu, type Solution } from './solution.ts';
import type { Study } from './study/study.ts';

/** A menu as a table, one row a buyer; null where a number does not exist. */
export interface MenuTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = number | string | boolean | null;

/** Even points a side for continuous buyers. */
const valuePoints = 41;
const scalePoints = 21;
const typePoints = 201;

/** What a grid of buyers gets and pays: 41 values by 21 scales, 201 representative types, or every type of a finite list. */
export const menuTable = (study: Study, solution: Solution): MenuTable => {
  const types = quotedTypes(study, solution);
  const inputs = Object.keys(types[0]?.inputs ?? {});
  const tasks = solution.result.tasks ?? [];
  const columns: [string, (type: TypeResult) => Cell | undefined][] = [
    ['name', ({ name }) => name],
    ['mass', ({ mass }) => mass],
    ['value', ({ value }) => value],
    ['scale', ({ scale }) => scale],
    ...tasks.map((name, m): (typeof columns)[number] => [`value of ${name}`, ({ values }) => values?.[m]]),
    ['theta', ({ index }) => index?.theta],
    ['thetaHat', ({ index }) => index?.thetaHat],
    ['excluded', ({ excluded }) => excluded],
    ['takes', ({ takes }) => takes],
    ['model', modelWords],
    ['quality', ({ quality }) => quality],
    ...tasks.map((name, m): (typeof columns)[number] => [taskColumn(name), ({ profile }) => profile?.[m]]),
    ...inputs.map((input): (typeof columns)[number] => [`total ${input}`, (type) => type.inputs[input]]),
    ['surplus', ({ surplus }) => surplus],
    ['transfer', ({ transfer }) => transfer],
    ['rent', ({ rent }) => rent],
    ['virtualValue', ({ virtualValue }) => virtualValue],
    ['ironedVirtualValue', ({ ironedVirtualValue }) => ironedVirtualValue],
    ['markup', ({ tariff }) => tariff?.markup],
    ['upfront', ({ tariff }) => tariff?.upfront],
    ...inputs.map((input): (typeof columns)[number] => [
      `price ${input}`,
      ({ tariff }) => tariff?.prices[input],
    ]),
    ['spendingCap', ({ tariff }) => tariff?.spendingCap],
    ['taskCap', ({ tariff }) => tariff?.taskCap],
  ];
  const used = columns.filter(([, cell]) => types.some((type) => (cell(type) ?? null) !== null));
  return {
    columns: used.map(([name]) => name),
    rows: types.map((type) => used.map(([, cell]) => cell(type) ?? null)),
  };
};

/** Heads of columns that are no task's. */
const ownColumns: ReadonlySet<string> = new Set([
  ...[
    'name',
    'mass',
    'value',
    'scale',
    'theta',
    'thetaHat',
    'excluded',
    'quality',
    'surplus',
    'transfer',
    'rent',
  ],
  ...['virtualValue', 'ironedVirtualValue', 'markup', 'upfront', 'spendingCap', 'taskCap'],
]);

/** How much of a task, or of a good, an item has: a column by its name, where that is no other column's. */
export const taskColumn = (name: string): string =>
  ownColumns.has(name) || moneyFields.has(name) || /^(total|price|value of|quality of) /.test(name)
    ? `quality of ${name}`
    : name;

/** The table as CSV (RFC 4180): numbers in full precision, an empty cell where there is none. */
export const menuCsv = ({ columns, rows }: MenuTable): string => csvRows([columns, ...rows]);

/** Rows as lines of CSV. */
export const csvRows = (rows: MenuTable['rows']): string =>
  rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');

const quotedTypes = ({ buyers: given }: Study, solution: Solution): readonly TypeResult[] => {
  if (!hasMenu(solution)) return [];
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
  return /[",\r\n]/.test(text) || text !== cell ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A text that spreadsheets would compute; an apostrophe before it makes them take it as it stands. Numbers stay numbers. */
const FORMULA = /^(?:\s*[=+\-−@＝＋－＠]|[\t\r])/;
