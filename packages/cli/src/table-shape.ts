import type { AskedBuyer, MenuRows, MenuTable, Study } from '@menusmith/app';
import { shellWord } from './shell-word.ts';

/** Of the tables of a menu: which columns, which rows, and how many digits on paper. */
export interface TableShape {
  readonly columns?: readonly string[];
  readonly rows?: MenuRows;
  readonly digits?: number;
}

/** Throws InputError for a column that a menu of this study cannot have, before anything is solved. */
export const checkColumns = (
  { chosenColumns, columnNamesOf, menuColumns }: typeof import('@menusmith/app'),
  study: Study,
  asked: readonly AskedBuyer[],
  { columns }: TableShape,
): void => {
  if (columns === undefined) return;
  const labels = new Set(asked.flatMap((buyer) => Object.keys(buyer.labels ?? {})));
  chosenColumns(menuColumns(columnNamesOf(study, [...labels])), columns);
};

/** The options that shape tables, as they were written, so that a report can be made again. */
export const shapeWords = ({ columns, rows, digits }: TableShape): readonly string[] => [
  ...(columns === undefined ? [] : [`--columns ${shellWord(columns.join(','))}`]),
  ...(rows === undefined ? [] : [`--rows ${rowsWords(rows)}`]),
  ...(digits === undefined ? [] : [`--digits ${digits}`]),
];

const rowsWords = ({ served, most }: NonNullable<TableShape['rows']>): string => {
  const words = [...(served === true ? ['served'] : []), ...(most === undefined ? [] : [String(most)])];
  return words.length === 0 ? 'all' : words.join(',');
};

/** Columns that were asked for and in which nothing stands, with the reason where it is known. */
export const emptyColumns = (menu: MenuTable, study: Study): readonly string[] =>
  (menu.heads ?? []).flatMap((head, k) => {
    if (menu.rows.length === 0 || menu.rows.some((row) => row[k] !== null)) return [];
    const isTerm = /^(price |markup|upfront|spendingCap|taskCap)/.test(menu.columns[k]!);
    const why = isTerm ? `, as ${withoutTerms(study)}` : '';
    return [`--columns ${head}: empty in every row${why}\n`];
  });

/** Why nothing is said of prices, fees and caps. */
const withoutTerms = ({ contract, implementation }: Study): string =>
  contract === 'efficient'
    ? 'nobody pays under contract: efficient'
    : implementation === 'direct'
      ? 'the menu sells items as a whole: implementation: two-part-tariff has fees and prices'
      : `implementation: ${implementation} has none, or nobody is served`;
