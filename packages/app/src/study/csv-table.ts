import { didYouMean, firstUnprintable, InputError, nearestName } from '@menusmith/core';
import { type CsvRow, csvRecords } from './csv-records.ts';
import { shortened } from './describe-value.ts';
import { textPosition } from './json-data.ts';

/** A table read from CSV: a header of column names, and rows with as many cells. */
export interface CsvTable {
  /** How the user named the file. */
  readonly file: string;
  readonly columns: readonly string[];
  /** Line of the header, counted from 1. */
  readonly headerLine: number;
  readonly rows: readonly CsvRow[];
}

/**
 * The table in a CSV text (RFC 4180): cells between commas, or another `delimiter`; a cell with commas, quotes or line breaks stands in quotes, its own
 * quotes doubled. Spaces around names and cells do not count; a byte-order mark, empty lines and, above the header, lines of comment that begin with # are
 * skipped.
 */
export const csvTable = (text: string, file: string, delimiter = ','): CsvTable => {
  requirePrintable(text, file);
  const read = csvRecords(
    text.replace(LINES_ON_TOP, (found) => found.replace(/[^\r\n]/g, '')),
    delimiter,
  );
  if ('fault' in read) throw complaint(file, read.line, read.fault);
  const [header, ...rows] = read.records;
  if (header === undefined) throw complaint(file, undefined, 'the file is empty');
  const columns = header.cells;
  const seen = new Set<string>();
  columns.forEach((name, index) => {
    if (name === '') throw complaint(file, header.line, `column ${index + 1} has no name`);
    if (/[\n\r]/.test(name)) throw complaint(file, header.line, `expected names of columns in one line each`);
    if (seen.has(name))
      throw complaint(file, header.line, `expected each column once, got a second "${shortened(name)}"`);
    seen.add(name);
  });
  for (const { line, cells } of rows) {
    if (cells.length !== columns.length) {
      throw complaint(file, line, `expected ${columns.length} cells as in the header, got ${cells.length}`);
    }
  }
  if (rows.length === 0) throw complaint(file, undefined, 'expected rows below the header, got none');
  return { file, columns, headerLine: header.line, rows };
};

/** Position of the column of this name. */
export const columnIndex = ({ file, columns }: CsvTable, name: string): number => {
  const index = columns.indexOf(name);
  if (index >= 0) return index;
  const message = `no column called "${name}"`;
  // A line of one cell may be the first of a file that is no table, and of which nothing is to be told.
  if (columns.length === 1 && nearestName(name, columns) === undefined)
    throw complaint(file, undefined, `${message}: the first line names one column, which is another`);
  throw complaint(
    file,
    undefined,
    `${message}${didYouMean(name, columns)} (columns: ${columnNames(columns)})`,
  );
};

/** As many as a message holds. */
export const columnNames = (columns: readonly string[]): string => {
  const shown = columns.slice(0, MOST_NAMED).map(shortened);
  return `${shown.join(', ')}${columns.length > MOST_NAMED ? `, and ${columns.length - MOST_NAMED} more` : ''}`;
};
const MOST_NAMED = 20;

/** A byte-order mark and lines of comment, as every table that we write has one. */
const LINES_ON_TOP = /^\uFEFF?(?:#[^\r\n]*(?:\r\n|\r|\n|$))*/;

const requirePrintable = (text: string, file: string): void => {
  const found = firstUnprintable(text);
  if (found === undefined) return;
  const { line } = textPosition(text, found.at);
  throw complaint(file, line, `expected characters that are printed, got ${found.name}`);
};

/** The numbers of a column, as `check` returns them; it throws InputError for those that will not do. */
export const columnNumbers = (
  table: CsvTable,
  name: string,
  check: (number: number) => number = (number) => number,
): readonly number[] => {
  const index = columnIndex(table, name);
  return table.rows.map(({ line, cells }) => {
    const cell = cells[index]!;
    const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
    if (!Number.isFinite(number)) {
      const came = cell === '' ? 'nothing' : `the text "${shortened(cell)}"`;
      throw complaint(table.file, line, `${name}: expected a number, got ${came}`);
    }
    try {
      return check(number);
    } catch (error) {
      throw error instanceof InputError ? complaint(table.file, line, `${name}: ${error.message}`) : error;
    }
  });
};

/** `values.csv:7: …`: the place in the table stands in the message, as the error's own place is in the study. */
export const complaint = (file: string, line: number | undefined, message: string): InputError =>
  new InputError('csv', `${file}${line === undefined ? '' : `:${line}`}: ${message}`);
