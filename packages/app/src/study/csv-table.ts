import { didYouMean, InputError } from '@menusmith/core';

/** A table read from CSV: a header of column names, and rows with as many cells. */
export interface CsvTable {
  /** How the user named the file. */
  readonly file: string;
  readonly columns: readonly string[];
  /** Line of the header, counted from 1. */
  readonly headerLine: number;
  readonly rows: readonly CsvRow[];
}

interface CsvRow {
  /** Line of the file on which the row starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The table in a CSV text (RFC 4180): cells between commas, or another `delimiter`; a cell with commas, quotes or line breaks stands in quotes, its own
 * quotes doubled. Spaces around names and cells do not count, empty lines are skipped, a byte-order mark too.
 */
export const csvTable = (text: string, file: string, delimiter = ','): CsvTable => {
  const [header, ...rows] = recordsOf(text.replace(/^\uFEFF/, ''), file, delimiter);
  if (header === undefined) throw complaint(file, undefined, 'the file is empty');
  const columns = header.cells;
  columns.forEach((name, index) => {
    if (name === '') throw complaint(file, header.line, `column ${index + 1} has no name`);
    if (columns.indexOf(name) < index)
      throw complaint(file, header.line, `expected each column once, got a second "${name}"`);
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
  const known = `columns: ${columns.join(', ')}`;
  throw complaint(file, undefined, `no column called "${name}"${didYouMean(name, columns)} (${known})`);
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
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
    if (!Number.isFinite(number)) {
      const came = cell === '' ? 'nothing' : `the text "${cell.slice(0, 60)}"`;
      throw complaint(table.file, line, `${name}: expected a number, got ${came}`);
    }
    try {
      return check(number);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      throw complaint(table.file, line, `${name}: ${error.message}`);
    }
  });
};

/** `values.csv:7: …`: the place in the table stands in the message, as the error's own place is in the study. */
export const complaint = (file: string, line: number | undefined, message: string): InputError =>
  new InputError('csv', `${file}${line === undefined ? '' : `:${line}`}: ${message}`);

const recordsOf = (text: string, file: string, delimiter: string): CsvRow[] => {
  const records: CsvRow[] = [];
  let line = 1;
  let at = 0;
  const trimmed = (cell: string): string => cell.replace(/^[ \t]+|[ \t]+$/g, '');
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      const quoted = delimiter === '\t' ? / *"((?:[^"]|"")*)" */y : /[ \t]*"((?:[^"]|"")*)"[ \t]*/y;
      const plain = { ',': /[^",\r\n]*/y, ';': /[^";\r\n]*/y, '\t': /[^"\t\r\n]*/y }[delimiter]!;
      quoted.lastIndex = at;
      plain.lastIndex = at;
      const inQuotes = quoted.exec(text);
      const match = inQuotes ?? plain.exec(text)!;
      at += match[0].length;
      cells.push(inQuotes === null ? trimmed(match[0]) : match[1]!.replaceAll('""', '"'));
      line += match[0].match(/\r\n|\r|\n/g)?.length ?? 0;
      if (text[at] !== delimiter) break;
      at++;
    }
    const end = /^(?:\r\n|\r|\n|$)/.exec(text.slice(at, at + 2));
    if (end === null)
      throw complaint(
        file,
        line,
        `expected a ${delimiter === ',' ? 'comma' : delimiter === ';' ? 'semicolon' : 'tab'} or the end of the line, got a stray quote or text after one`,
      );
    if (text[at] !== undefined) line++;
    at += end[0].length;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
  }
  return records;
};
