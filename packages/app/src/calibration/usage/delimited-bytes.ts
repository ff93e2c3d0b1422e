import { atMost, limits } from '@menusmith/core';

/** A row of a delimited file: cell k is the bytes from starts[k] to ends[k]. The same object is filled anew for every row. */
export interface RowBytes {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
  /** Counted from 1. */
  readonly line: number;
  /** Whether 0,5 is a half, as where cells stand between semicolons. */
  readonly hasDecimalCommas: boolean;
}

/** More bytes, read into the array from `at` on; their number, 0 at the end. */
export type ReadBytes = (into: Uint8Array, at: number) => number;

const BUFFER = limits.usageLine.most;
const MOST_CELLS = limits.columns.most;
const [TAB, LINE, RETURN, SPACE, QUOTE, HASH, COMMA, POINT, SEMICOLON, DELETE] = [
  9, 10, 13, 32, 34, 35, 44, 46, 59, 127,
];

/**
 * The rows of a delimited text in UTF-8, one at a time, without a text being made of any: hundreds of megabytes pass through a buffer of four.
 *
 * RFC 4180, but for line breaks in quotes, which `fail` is told of. Blanks around cells, empty lines, and lines of comment above the first row, which begin with #, do not count.
 */
export function* delimitedRows(
  read: ReadBytes,
  delimiter: number,
  fail: (line: number, message: string) => Error,
): Generator<RowBytes, void, undefined> {
  const bytes = new Uint8Array(BUFFER);
  const starts = new Int32Array(MOST_CELLS);
  const ends = new Int32Array(MOST_CELLS);
  const row = { bytes, starts, ends, count: 0, line: 1, hasDecimalCommas: delimiter === SEMICOLON };
  let isFirst = true;
  let [at, filled, isEnd] = [0, 0, false];
  for (;;) {
    const end = lineEnd(bytes, at, filled);
    if (end === filled && !isEnd) {
      if (at === 0 && filled === BUFFER) throw fail(row.line, `${atMost(limits.usageLine)}, got more`);
      bytes.copyWithin(0, at, filled);
      filled -= at;
      at = 0;
      const count = read(bytes, filled);
      isEnd = count === 0;
      filled += count;
      // A byte-order mark.
      if (row.line === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
      continue;
    }
    if (isEnd && at >= filled) return;
    const isComment = isFirst && bytes[at] === HASH;
    row.count = isComment ? 0 : cellsOf(row, at, end, delimiter, fail);
    if (row.count > 0) {
      yield row;
      isFirst = false;
    }
    row.line++;
    at = end + 1;
  }
}

const lineEnd = (bytes: Uint8Array, from: number, to: number): number => {
  const found = bytes.indexOf(LINE, from);
  return found < 0 || found > to ? to : found;
};

/** Finds the cells of the line; 0 for a line without any. Quotes that are doubled are halved in place. */
const cellsOf = (
  { bytes, starts, ends, line }: RowBytes,
  from: number,
  to: number,
  delimiter: number,
  fail: (line: number, message: string) => Error,
): number => {
  let end = to;
  if (end > from && bytes[end - 1] === RETURN) end--;
  let at = from;
  let count = 0;
  const isBlank = (k: number): boolean =>
    k < end && (bytes[k] === SPACE || bytes[k] === TAB) && bytes[k] !== delimiter;
  for (;;) {
    while (isBlank(at)) at++;
    if (count === MOST_CELLS) throw fail(line, `${atMost(limits.columns)}, got more`);
    if (at < end && bytes[at] === QUOTE) {
      let into = at + 1;
      starts[count] = into;
      for (at++; ; at++) {
        if (at >= end) throw fail(line, 'expected a quote that ends the cell in its line, got none');
        if (bytes[at] === QUOTE) {
          if (at + 1 >= end || bytes[at + 1] !== QUOTE) break;
          at++;
        }
        if (isControl(bytes[at]!)) throw fail(line, controlWords(bytes[at]!));
        bytes[into++] = bytes[at]!;
      }
      ends[count] = into;
      at++;
      while (isBlank(at)) at++;
      if (at < end && bytes[at] !== delimiter)
        throw fail(line, 'expected a new cell or the end of the line, got text after a quote');
    } else {
      const start = at;
      for (; at < end && bytes[at] !== delimiter; at++)
        if (isControl(bytes[at]!)) throw fail(line, controlWords(bytes[at]!));
      let stop = at;
      while (stop > start && (bytes[stop - 1] === SPACE || bytes[stop - 1] === TAB)) stop--;
      starts[count] = start;
      ends[count] = stop;
    }
    count++;
    if (at >= end) break;
    at++;
  }
  return count === 1 && starts[0] === ends[0] ? 0 : count;
};

const isControl = (byte: number): boolean => (byte < SPACE && byte !== TAB) || byte === DELETE;

const controlWords = (byte: number): string =>
  `expected characters that are printed, got U+${byte.toString(16).toUpperCase().padStart(4, '0')}`;

/** The text of cell k. */
export const cellText = ({ bytes, starts, ends }: RowBytes, k: number): string =>
  new TextDecoder().decode(bytes.subarray(starts[k], ends[k]));

/** The number of at least 0 in cell k; NaN where it is none. */
export const cellAmount = (row: RowBytes, k: number): number => {
  const { bytes } = row;
  const from = row.starts[k]!;
  const to = row.ends[k]!;
  // Up to fifteen digits are exact, and so is their quotient by a power of ten.
  const isMark = (byte: number): boolean => byte === POINT || (byte === COMMA && row.hasDecimalCommas);
  if (to > from && to - from <= 15) {
    let number = 0;
    let decimals = -1;
    let at = from;
    for (; at < to; at++) {
      const digit = bytes[at]! - 48;
      if (digit >= 0 && digit <= 9) {
        number = 10 * number + digit;
        if (decimals >= 0) decimals++;
      } else if (isMark(bytes[at]!) && decimals < 0 && at > from) decimals = 0;
      else break;
    }
    if (at === to) return decimals > 0 ? number / 10 ** decimals : number;
  }
  const given = cellText(row, k);
  const text = row.hasDecimalCommas ? given.replace(/^([^.,]*),([^.,]*)$/, '$1.$2') : given;
  const number = /^\+?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
};

const EPOCH = 1970;
const LAST = 2999;

/** The month in cell k, `2026-03` or a date or time in it, in months since January 1970; NaN where it is none. */
export const cellMonth = (row: RowBytes, k: number): number => {
  const { bytes } = row;
  const from = row.starts[k]!;
  const length = row.ends[k]! - from;
  const digits = (at: number, count: number): number => {
    let number = 0;
    for (let i = from + at; i < from + at + count; i++) {
      const digit = bytes[i]! - 48;
      if (!(digit >= 0 && digit <= 9)) return Number.NaN;
      number = 10 * number + digit;
    }
    return number;
  };
  if (length < 7 || bytes[from + 4] !== 45) return Number.NaN;
  const [year, month] = [digits(0, 4), digits(5, 2)];
  if (!(year >= EPOCH && year <= LAST && month >= 1 && month <= 12)) return Number.NaN;
  if (length > 7) {
    const isDate = length >= 10 && bytes[from + 7] === 45 && digits(8, 2) >= 1 && digits(8, 2) <= 31;
    const after = bytes[from + 10];
    if (!isDate || (length > 10 && after !== 84 && after !== SPACE)) return Number.NaN;
  }
  return 12 * (year - EPOCH) + month - 1;
};

/** `2026-03` */
export const monthName = (month: number): string =>
  `${EPOCH + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
