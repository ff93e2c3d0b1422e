import { largestOf } from '@menusmith/core';
import Table from 'cli-table3';

export interface TextTable {
  /** Above the columns, with a rule below it. */
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Alignment by column; left where none is given. */
  readonly align?: readonly ('left' | 'right')[];
  /** Widest text by column, in letters: longer ones wrap at words. */
  readonly widths?: readonly (number | null)[];
}

const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '' };
const noBottom = { bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' };
const noRules = { mid: '', 'mid-mid': '', 'left-mid': '', 'right-mid': '' };

/** A table without frames, two spaces in from the left; plain text without colours, so that it can be piped. */
export const textTable = ({ head, rows, align = [], widths }: TextTable): string => {
  const table = new Table({
    chars: { ...none, ...noBottom, ...noRules, left: '', right: '', middle: '' },
    style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 },
    colAligns: [...align],
    wordWrap: true,
    ...(widths === undefined
      ? {}
      : { colWidths: widths.map((width) => (width === null ? null : width + 2)) }),
  });
  if (head !== undefined) {
    const rule = head.map((title, column) => {
      const longest = Math.max(title.length, largestOf(rows.map((row) => row[column]?.length ?? 0)));
      return title === '' ? '' : '─'.repeat(Math.min(longest, widths?.[column] ?? longest));
    });
    table.push([...head], rule);
  }
  for (const row of rows) table.push([...row]);
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`;
};
