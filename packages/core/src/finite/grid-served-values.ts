import type { CertifiedMenu } from './certified-menu.ts';
import type { ValueScaleTypes } from './value-scale-types.ts';

/** A grid of values and scales that has been solved: even cells, held by their lowest values and middle scales. */
export interface SolvedGrid {
  readonly types: ValueScaleTypes;
  readonly scales: Float64Array;
  readonly menu: CertifiedMenu;
}

/** What a solved grid says of buyers between its types. */
export interface GridServedValues {
  /** The grid's scales, and the ends of their range, ascending. Blocks of tasks end there. */
  readonly scales: Float64Array;
  readonly weights: Float64Array;
  /** Even cells of values, the lowest value and the width of one. */
  readonly cells: number;
  readonly min: number;
  readonly width: number;
  /** The lowest cell that is served at the l-th scale; `cells` where none is. */
  firstServed(l: number): number;
  /** φ on the blocks of a buyer with the l-th scale, linear in the value; undefined where no value of this scale is served. */
  at(value: number, l: number): Float64Array | undefined;
  /** The quality on these blocks of the cell's own item, where the grid's solver gave items outright; else undefined. */
  outright(cell: number, l: number): Float64Array | undefined;
  /** Whether the solver gave items outright, so that no φ is known. */
  readonly isOutright: boolean;
}

/**
 * The values as which the types of a solved grid are served, interpolated. With types at the lowest values of cells they are those of the cells'
 * middles, to second order. Beyond the middles of the outermost cells that are served they go on straight, and beyond the outermost scales they
 * stay as they are.
 */
export const gridServedValues = (
  { types, scales: given, menu }: SolvedGrid,
  values: { readonly max: number },
  range: { readonly min: number },
): GridServedValues => {
  const distinct = [...new Set(types.values)].sort((a, b) => a - b);
  const cells = distinct.length;
  const min = distinct[0]!;
  const width = cells > 1 ? distinct[1]! - min : values.max - min;
  const top = given.at(-1)! + (given[0]! - range.min);
  const isAboveZero = range.min > 0 && range.min < given[0]!;
  const scales = Float64Array.from([...(isAboveZero ? [range.min] : []), ...given, top]);
  const weights = scales.map((s, l) => s - (scales[l - 1] ?? 0));
  /** The grid's own scale, and block, that stands for the l-th. */
  const ownOf = (l: number): number => Math.min(given.length - 1, Math.max(0, l - (isAboveZero ? 1 : 0)));
  const place = new Map<string, number>();
  for (let n = 0; n < types.count; n++) place.set(`${types.values[n]} ${types.reach[n]}`, n);
  const { items, choices } = menu;
  const itemOf = (a: number, l: number): number => {
    const n = place.get(`${distinct[a]} ${ownOf(l) + 1}`);
    if (n === undefined || choices[n]! < 0) return -1;
    const k = choices[n]!;
    for (let b = items.offsets[k]!; b < items.offsets[k + 1]!; b++) if (items.quality[b]! > 0) return k;
    return -1;
  };
  /** Numbers on the item's blocks as numbers on the l + 1 blocks of here. */
  const spread = (k: number, l: number, of: Float64Array): Float64Array =>
    Float64Array.from({ length: l + 1 }, (_, m) => {
      for (let b = items.offsets[k]!; b < items.offsets[k + 1]!; b++)
        if (ownOf(m) < items.ends[b]!) return Number.isFinite(of[b]!) ? of[b]! : 0;
      return 0;
    });
  const isOutright = menu.served.some((value) => Number.isNaN(value));
  /** φ of the served cells of a scale, ascending, with their positions. */
  const columns = Array.from(scales, (_, l) => {
    const column: { a: number; served: Float64Array }[] = [];
    for (let a = 0; a < cells && !isOutright; a++) {
      const k = itemOf(a, l);
      if (k >= 0) column.push({ a, served: spread(k, l, menu.served) });
    }
    return column;
  });
  return {
    scales,
    weights,
    cells,
    min,
    width,
    isOutright,
    firstServed: (l) => {
      let a = 0;
      while (a < cells && itemOf(a, l) < 0) a++;
      return a;
    },
    at: (value, l) => {
      const column = columns[l]!;
      if (column.length === 0) return undefined;
      const position = (value - min) / width - 0.5;
      let i = 0;
      while (i + 2 < column.length && column[i + 1]!.a <= position) i++;
      const low = column[i]!;
      const high = column[i + 1] ?? low;
      if (high === low) return low.served;
      const t = (position - low.a) / (high.a - low.a);
      return low.served.map((phi, m) => (1 - t) * phi + t * high.served[m]!);
    },
    outright: (a, l) => {
      const k = isOutright ? itemOf(a, l) : -1;
      return k < 0 ? undefined : spread(k, l, items.quality);
    },
  };
};
