import { type TierSheet, transposed } from '@menusmith/app';
import { largestOf } from '@menusmith/core';
import { textTable } from './text-table.ts';

const MOST_BESIDE = 5;
const WIDEST = 80;
/** Longer labels go on in the next line. */
const LABEL = 42;

/** A price sheet for people: tiers side by side, below one another where they are many. */
export const sheetTables = (sheet: TierSheet): string => {
  const { names, lines } = transposed(sheet);
  const longest = largestOf(lines.map(([label = '']) => label.length));
  const table = (first: number, count: number): string =>
    textTable({
      head: ['', ...names.slice(first, first + count)],
      rows: lines.map(([label = '', ...cells]) => [
        label,
        ...cells
          .slice(first, first + count)
          .map((cell) => (cell.length > 26 ? `${cell.slice(0, 25)}…` : cell)),
      ]),
      align: ['left', ...names.map(() => 'right' as const)],
      widths: [Math.min(LABEL, longest), ...names.slice(first, first + count).map(() => null)],
    });
  for (let beside = MOST_BESIDE; ; beside--) {
    const tables: string[] = [];
    for (let first = 0; first < names.length; first += beside) tables.push(table(first, beside));
    const text = tables.join('\n');
    if (beside === 1 || text.split('\n').every((line) => line.length <= WIDEST)) return text;
  }
};
