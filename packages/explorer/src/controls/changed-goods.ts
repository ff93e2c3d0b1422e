/** Buyers of goods as a study's text has them: lists with one entry a good. */
export type GoodsText = Readonly<Record<string, unknown>>;

/** Cells a good from which one can choose in the page. */
export const goodsCells = [4, 6, 8, 10, 12, 16, 20, 24, 30, 40] as const;
/** More types than this are not solved while one waits. */
const MOST_TYPES = 2000;

/** Whether so many cells of each good are solved while one waits. */
export const isFast = (cells: number, goods: number): boolean => cells ** goods <= MOST_TYPES;

/** The buyers with one more good, like the last one. */
export const withGood = (buyers: GoodsText): GoodsText =>
  changed(buyers, (list, added) => [...list, added ?? list.at(-1)]);

/** The buyers without good `k`. */
export const withoutGood = (buyers: GoodsText, k: number): GoodsText =>
  changed(buyers, (list) => list.filter((_, other) => other !== k));

type Change = (list: readonly unknown[], added?: string) => readonly unknown[];

const changed = ({ names, grid, dependence, ...others }: GoodsText, change: Change): GoodsText => {
  const values = change(listOf(others.values));
  return {
    ...others,
    ...(names === undefined ? {} : { names: change(listOf(names), newName(listOf(names))) }),
    values,
    // A copula is of two.
    ...(dependence !== undefined && values.length === 2 ? { dependence } : {}),
    ...(grid === undefined ? {} : { grid: fitting(change(listOf(grid))) }),
  };
};

export const listOf = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : []);

const newName = (names: readonly unknown[]): string => {
  let number = names.length + 1;
  while (names.includes(`good ${number}`)) number++;
  return `good ${number}`;
};

/** A grid of no more types than are solved while one waits. */
const fitting = (grid: readonly unknown[]): readonly unknown[] => {
  const types = grid.reduce<number>((product, cells) => product * Number(cells), 1);
  const largest = goodsCells.findLast((cells) => isFast(cells, grid.length)) ?? 2;
  return types <= MOST_TYPES ? grid : grid.map(() => largest);
};
