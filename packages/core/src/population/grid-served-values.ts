import type { CertifiedMenu } from '../finite/certified-menu.ts';
import { clearShares } from '../finite/supplied-items.ts';
import type { ValueScaleTypes } from '../types/value-scale-types.ts';
import { type CellFlow, cellFlows, type GridFlows } from './cell-middles.ts';

/** A grid of values and scales that has been solved: even cells, held by their lowest values and middle scales. */
export interface SolvedGrid {
  readonly types: ValueScaleTypes;
  readonly scales: Float64Array;
  readonly menu: CertifiedMenu;
  /** The flows of which its served values come. Where they are not given all flow down, as where nobody is promised anything and rents do not count. */
  readonly flows?: GridFlows;
  /** Whether the last of the models of which its items are lotteries is what types have outside. */
  readonly isOutsideLast?: boolean;
  /** The model that serves φ best, on the first l + 1 blocks; without it all items are made by one. */
  readonly bestModel?: (served: Float64Array, weights: Float64Array, l: number) => number;
}

/** As what a buyer is served: φ on her blocks, and the chances of models, where it is a lottery; else the best model for φ serves her. */
export interface ServedAt {
  readonly served: Float64Array;
  readonly shares?: Float64Array;
}

/** Chances below this are crumbs of the solver's. */
const CRUMB = 1e-4;

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
  /** As what a buyer with the l-th scale is served; undefined where no value of this scale is served. */
  at(value: number, l: number): ServedAt | undefined;
  /** The quality on these blocks of the cell's own item, where the grid's solver gave items outright; else undefined. */
  outright(cell: number, l: number): Float64Array | undefined;
  /** Whether the solver gave items outright, so that no φ is known. */
  readonly isOutright: boolean;
}

/**
 * The values as which the types of a solved grid are served, interpolated. With types at the lowest values of cells and flows downwards they are those of the cells'
 * middles, to second order; with other flows `cellFlows` says how those lie. Beyond the middles of the outermost cells that are served they go on straight, and beyond the outermost scales they
 * stay as they are. Chances of lotteries are interpolated and go on in the same way, where neighbours in value have some: a lottery of one cell alone stands for a jump of quality within it,
 * which φ tells more exactly. Between a lottery and an item of one model the latter begins where the straight continuation of its φ makes that model the best.
 */
export const gridServedValues = (
  { types, scales: given, menu, flows, isOutsideLast = false, bestModel }: SolvedGrid,
  values: { readonly max: number },
  range: { readonly min: number; readonly max: number },
): GridServedValues => {
  const distinct = [...new Set(types.values)].sort((a, b) => a - b);
  const cells = distinct.length;
  const min = distinct[0]!;
  const width = cells > 1 ? distinct[1]! - min : values.max - min;
  const isAboveZero = range.min > 0 && range.min < given[0]!;
  const scales = Float64Array.from([...(isAboveZero ? [range.min] : []), ...given, range.max]);
  const weights = scales.map((s, l) => s - (scales[l - 1] ?? 0));
  /** The grid's own scale, and block, that stands for the l-th. */
  const ownOf = (l: number): number => Math.min(given.length - 1, Math.max(0, l - (isAboveZero ? 1 : 0)));
  const place = new Map<string, number>();
  for (let n = 0; n < types.count; n++) place.set(`${types.values[n]} ${types.reach[n]}`, n);
  const { items, choices } = menu;
  const models = menu.shares && bestModel ? menu.shares.length / menu.transfers.length : 1;
  const shares = models > 1 ? clearShares(menu.shares!, models, CRUMB) : undefined;
  const sharesOf = (k: number): Float64Array | undefined =>
    shares && k >= 0 ? shares.subarray(k * models, (k + 1) * models) : undefined;
  const isDrawn = (k: number): boolean => sharesOf(k)?.some((share) => share > 0 && share < 1) ?? false;
  const typeAt = (a: number, l: number): number | undefined => place.get(`${distinct[a]} ${ownOf(l) + 1}`);
  const itemOf = (a: number, l: number): number => {
    const n = typeAt(a, l);
    if (n === undefined || choices[n]! < 0) return -1;
    const k = choices[n]!;
    if (isOutsideLast && sharesOf(k)?.at(-1) === 1) return -1;
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
  const flowAt = flows && cellFlows(types, flows, width);
  const isOutright = menu.served.some((value) => Number.isNaN(value));
  /** φ of the served cells of a scale, ascending, with their positions, and their lotteries. */
  const columns = Array.from(scales, (_, l) => {
    const column: ServedCell[] = [];
    const drawnAt = (a: number): boolean => a >= 0 && a < cells && isDrawn(itemOf(a, l));
    for (let a = 0; a < cells && !isOutright; a++) {
      const k = itemOf(a, l);
      if (k < 0) continue;
      const isLottery = drawnAt(a) && (drawnAt(a - 1) || drawnAt(a + 1));
      column.push({ a, served: spread(k, l, menu.served), ...(isLottery ? { shares: sharesOf(k)! } : {}) });
    }
    return flowAt ? atMiddles(column, width, flows.surplusWeight, (a) => flowAt(typeAt(a, l)!)) : column;
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
    at: (value, l) =>
      servedAt(columns[l]!, (value - min) / width - 0.5, (served) => bestModel?.(served, weights, l) ?? 0),
    outright: (a, l) => {
      const k = isOutright ? itemOf(a, l) : -1;
      return k < 0 ? undefined : spread(k, l, items.quality);
    },
  };
};

interface ServedCell extends ServedAt {
  /** Its position. */
  readonly a: number;
}

/** A column whose φ are those of the types at the lowest values of cells, with φ of the cells' middles. What is not served stays so. */
const atMiddles = (
  column: readonly ServedCell[],
  width: number,
  surplusWeight: number,
  flowAt: (a: number) => CellFlow,
): readonly ServedCell[] =>
  column.map((cell, i) => {
    const { isUp, isHeld } = flowAt(cell.a);
    const [low, high] = i + 1 < column.length ? [cell, column[i + 1]!] : [column[i - 1] ?? cell, cell];
    const rise = isHeld ? 0 : ((isUp ? 2 - surplusWeight : surplusWeight) * width) / 2;
    if (rise === 0 && !(isHeld && isUp)) return cell;
    const next = isHeld ? 1 / Math.max(1, high.a - low.a) : 0;
    const served = cell.served.map((phi, m) =>
      phi > 0 ? phi + rise + next * (high.served[m]! - low.served[m]!) : phi,
    );
    return { ...cell, served };
  });

/** Straight on from one cell by way of another: φ, and chances where both have some. */
const straight = (from: ServedCell, by: ServedCell, position: number): ServedAt => {
  if (from === by) return from;
  const t = (position - from.a) / (by.a - from.a);
  const along = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, m) => (1 - t) * x + t * b[m]!);
  const served = along(from.served, by.served);
  if (!(from.shares && by.shares)) return { served };
  const chances = along(from.shares, by.shares).map((share) => Math.max(0, share));
  const sum = chances.reduce((total, share) => total + share, 0);
  return { served, shares: chances.map((share) => share / sum) };
};

const servedAt = (
  column: readonly ServedCell[],
  position: number,
  bestModel: (served: Float64Array) => number,
): ServedAt | undefined => {
  if (column.length === 0) return undefined;
  let i = 0;
  while (i + 2 < column.length && column[i + 1]!.a <= position) i++;
  const low = column[i]!;
  const high = column[i + 1] ?? low;
  const isDrawn = ({ shares }: ServedCell): boolean => shares !== undefined;
  if (isDrawn(low) === isDrawn(high)) return straight(low, high, position);
  // Lotteries come in runs of two and more.
  const [drawn, whole, side] = isDrawn(low) ? [low, high, 1] : [high, low, -1];
  const at = column.indexOf(whole);
  const beyond = column[at + side];
  const own = straight(whole, beyond && !isDrawn(beyond) ? beyond : whole, position);
  if (bestModel(own.served) === bestModel(whole.served)) return own;
  return straight(drawn, column[at - 2 * side]!, position);
};
