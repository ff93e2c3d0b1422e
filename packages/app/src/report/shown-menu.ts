import { spreadRows } from '../menu-rows.ts';
import type { MenuTable } from '../menu-table.ts';

/** As many as fit a page of a paper. */
const MOST_ROWS = 36;

/** As much of a menu as one reads: every row of a short one, or of one whose rows were chosen; even steps through a long one. */
export const shownMenu = (menu: MenuTable): MenuTable => {
  const { columns, rows, isChosen } = menu;
  if (isChosen === true) return menu;
  const [value, scale] = [columns.indexOf('value'), columns.indexOf('scale')];
  const isPlane = value >= 0 && scale >= 0 && !columns.includes('name');
  const plane = {
    value: (row: MenuTable['rows'][number]) => row[value],
    scale: (row: MenuTable['rows'][number]) => row[scale],
  };
  return { ...menu, rows: spreadRows(rows, MOST_ROWS, isPlane ? plane : undefined) };
};
