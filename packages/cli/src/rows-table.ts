import {
  columnWords,
  formatCell,
  formatNumber,
  type MenuTable,
  quotedMenu,
  type Units,
} from '@menusmith/app';
import { menuColumnNames } from '@menusmith/app/menu-column-names';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

/** Rows that a terminal shows. */
const MOST_ROWS = 40;
const WIDEST = 80;
/** Longer heads, and longer names in cells, go on in the next line. */
const NAME = 16;

/** Columns of which as many are shown as fit, after labels, where none were chosen. */
const wanted: readonly string[] = ['name', 'value', 'scale', 'excluded', 'quality', 'transfer', 'rent'];

/** A menu with one row a buyer, as people read it: chosen columns that do not fit in eighty letters stand below, behind the first one again. */
export const rowsTable = (menu: MenuTable, units: Units | undefined): string => {
  const { columns, rows } = quotedMenu(menu.heads === undefined ? fewColumns(menu) : menu, units);
  if (rows.length === 0 || columns.length === 0) return '';
  const shown = rows.slice(0, MOST_ROWS);
  const heads = columns.map((column) => columnWords(column, units));
  const block = (picked: readonly number[]): string =>
    textTable({
      head: picked.map((k) => heads[k]!),
      rows: shown.map((row) => picked.map((k) => formatCell(row[k]!))),
      align: picked.map((k) => (rows.some((row) => typeof row[k] === 'number') ? 'right' : 'left')),
      widths: picked.map((k) =>
        [heads[k]!, ...shown.map((row) => formatCell(row[k]!))].some((text) => text.length > NAME)
          ? NAME
          : null,
      ),
    });
  const fits = (text: string): boolean => text.split('\n').every((line) => line.length <= WIDEST);
  const blocks: string[] = [];
  for (let next = 0; next < columns.length; ) {
    const first = next === 0 ? [] : [0];
    let last = next + 1;
    while (last < columns.length && fits(block([...first, ...range(next, last + 1)]))) last++;
    blocks.push(block([...first, ...range(next, last)]));
    next = last;
  }
  const more = rows.length - shown.length;
  if (menu.heads === undefined) blocks.splice(1);
  return (
    blocks.join('\n') +
    (more > 0 ? paragraph(`and ${formatNumber(more)} more buyers; --json and --out have all`) : '')
  );
};

/** Labels, which come first, and what one wants to know of every buyer. */
const fewColumns = (menu: MenuTable): MenuTable => {
  const known = new Set<string>(menuColumnNames);
  const own = menu.columns.findIndex((name) => known.has(name));
  const picked = [...menu.columns.keys()].filter((k) => k < own || wanted.includes(menu.columns[k]!));
  return {
    ...menu,
    columns: picked.map((k) => menu.columns[k]!),
    rows: menu.rows.map((row) => picked.map((k) => row[k]!)),
  };
};

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, k) => from + k);
