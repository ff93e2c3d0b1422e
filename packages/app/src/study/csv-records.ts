import { atMost, limits as most } from '@menusmith/core';

/** A row of a CSV text. */
export interface CsvRow {
  /** Line of the file on which the row starts, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** Where a text stops being CSV, and why. */
interface CsvFault {
  readonly line: number;
  readonly fault: string;
}

const names: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/**
 * The rows of a CSV text (RFC 4180) but empty ones: cells between delimiters; a cell in quotes may hold anything, its own quotes doubled. Spaces around
 * names and cells do not count. Linear in the text, however long a cell is.
 */
export const csvRecords = (
  text: string,
  delimiter: string,
): { readonly records: readonly CsvRow[] } | CsvFault => {
  const records: CsvRow[] = [];
  const isBlank = (character: string | undefined): boolean =>
    character !== undefined && character !== delimiter && ' \t'.includes(character);
  const plain = { ',': /[^",\r\n]*/y, ';': /[^";\r\n]*/y, '\t': /[^"\t\r\n]*/y }[delimiter]!;
  let line = 1;
  let at = 0;
  const skipBlanks = (): void => {
    while (isBlank(text[at])) at++;
  };
  /** The cell in quotes that begins here; undefined where it does not end. */
  const quoted = (): string | undefined => {
    const start = at + 1;
    let end = text.indexOf('"', start);
    while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
    if (end < 0) return undefined;
    at = end + 1;
    skipBlanks();
    return text.slice(start, end).replaceAll('""', '"');
  };
  const cell = (): string | undefined => {
    skipBlanks();
    if (text[at] === '"') return quoted();
    plain.lastIndex = at;
    const [found] = plain.exec(text)!;
    at += found.length;
    return withoutBlanks(found);
  };
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    for (;;) {
      const next = cell();
      if (next === undefined) return { line, fault: 'expected a quote that ends the cell, got none' };
      cells.push(next);
      const beyond =
        next.length > most.text.most
          ? most.text
          : cells.length > most.columns.most
            ? most.columns
            : undefined;
      if (beyond !== undefined) return { line, fault: `${atMost(beyond)}, got more` };
      line += lineBreaks(next);
      if (text[at] !== delimiter) break;
      at++;
    }
    const end = text.startsWith('\r\n', at) ? 2 : 1;
    if (at < text.length && !'\r\n'.includes(text[at]!)) {
      const fault = `expected a ${names[delimiter]} or the end of the line, got a stray quote or text after one`;
      return { line, fault };
    }
    if (at < text.length) line++;
    at += end;
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
  }
  return { records };
};

/** Without blanks before and behind. A pattern for those behind would try every blank in between. */
const withoutBlanks = (cell: string): string => {
  let [from, to] = [0, cell.length];
  while (from < to && ' \t'.includes(cell[from]!)) from++;
  while (to > from && ' \t'.includes(cell[to - 1]!)) to--;
  return cell.slice(from, to);
};

const lineBreaks = (cell: string): number => cell.match(/\r\n|\r|\n/g)?.length ?? 0;
