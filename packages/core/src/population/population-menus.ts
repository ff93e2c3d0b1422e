import { OUTSIDE } from '../finite/outside-option.ts';
import { payTempted } from '../finite/rebate.ts';
import type { ScaleParticipation } from '../screening/chain-participation.ts';
import type { CostForm } from '../supply/cost/cost-form.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { runsOf } from '../types/item-profiles.ts';
import { valueScaleTypes } from '../types/value-scale-types.ts';
import { bunchScales, putItem } from './bunched-scales.ts';
import { type GridServedValues, gridServedValues, type SolvedGrid } from './grid-served-values.ts';
import { menuWithItemsBetween } from './items-between.ts';
import { type LeastCost, leastCosts } from './made-profile.ts';
import { itemMaker } from './population-items.ts';
import { isMade, type PopulationMenu } from './population-menu.ts';

/** The most items that a finer menu than the grid's may have in all, and how many a scale has between which others are mixed. */
const MOST_ITEMS = 20_000;
const MADE = 192;
/** Temptations below this share of the largest transfer are left. */
const ENOUGH = 1e-10;
const BISECTIONS = 40;
/** Rents that are what there is elsewhere, but for rounding. */
const BESIDE = 1e-9;

/** What makes a population's menu. */
export interface PopulationMaking {
  readonly supply: ProfileSupply;
  readonly cost?: CostForm;
  /** Whether items may be lotteries between the supply's models. */
  readonly lotteries?: boolean;
}

/** How many items a scale has at least, and for each of the grid's cells of values. */
export interface ItemCount {
  readonly least: number;
  readonly perCell: number;
}

/**
 * The menu of a grid of even cells, made for the population that it stands for.
 *
 * Served values are interpolated to finer cells of values, and items are made efficiently for the middles of these; the first begins where φ starts
 * to be served, so that exclusion has no steps. Where the grid's items are lotteries between models, chances are interpolated with φ. Rents are sums of quality along each scale, and may then be raised until nobody at the lower end of a
 * cell prefers another's item. Where the grid's solver gave items outright, cells are the grid's. Where types are bunched, cycles of items a little apart
 * can raise rents far too much, and buyers are better left to choose: the first menu is without the raise, the second with it.
 * So many items have steps; where nobody has anything outside, others are mixed between them (`menuWithItemsBetween`).
 */
export const populationMenus = (
  grid: SolvedGrid,
  making: PopulationMaking,
  range: {
    readonly values: { readonly max: number };
    readonly scales: { readonly min: number; readonly max: number };
  },
  count: ItemCount,
  outsideAt?: ScaleParticipation,
): readonly [PopulationMenu, PopulationMenu] => {
  const { supply, cost: form, lotteries = true } = making;
  const point = profilePoint(supply);
  const bestModel = (served: Float64Array, own: Float64Array, l: number): number => {
    supply.supply(served, own, l + 1, point);
    return point.model;
  };
  const given = gridServedValues(supply.models ? { ...grid, bestModel } : grid, range.values, range.scales);
  const { scales, weights, cells } = given;
  const levels = scales.length;
  const finest = Math.max(1, Math.floor(MOST_ITEMS / (levels * cells)));
  const items = Math.max(count.least, cells * count.perCell);
  const refinement = given.isOutright ? 1 : Math.min(finest, Math.ceil(Math.min(MADE, items) / cells));
  const perScale = cells * refinement;
  const costOf = leastCosts(supply, form, lotteries);
  const make = itemMaker(given, supply, costOf, lotteries);
  const menu = emptyMenu(scales, perScale, supply, costOf);
  for (let l = 0; l < levels; l++) {
    const columns = cellsOf(given, l, perScale, make.isServed);
    const outside = outsideAt?.(scales[l]!);
    let rent = 0;
    let past = { from: 0, total: 0 };
    columns.forEach(({ start, end }, f) => {
      const k = l * perScale + f;
      menu.starts[k] = start;
      let made = make.item(f, l, start, end);
      if (made === undefined) return;
      rent += (start - past.from) * past.total;
      if (outside) rent = Math.max(rent, outside.utility(start));
      let total = totalOf(made.quality, weights);
      // Whom the menu leaves no more than she has elsewhere anyway is not served at a loss.
      const isLeft = rent <= make.elsewhere(start, l) * (1 + BESIDE) && start * total - rent < made.cost;
      if (isLeft) made = make.fromRival((start + end) / 2, l);
      total = made ? totalOf(made.quality, weights) : 0;
      past = { from: start, total };
      if (made === undefined) return;
      putItem(menu, k, made.quality, made);
      menu.transfers[k] = isMade(menu, k) ? start * total - rent : made.cost;
    });
  }
  const middles = cellMiddles(given, perScale);
  const isMixed = !given.isOutright && outsideAt === undefined && menu.resold === undefined;
  const parts = isMixed ? Math.ceil(items / perScale) : 1;
  const bunch = (each: PopulationMenu): void => bunchScales(each, middles, weights);
  const finer = parts > 1 ? menuWithItemsBetween(menu, parts, range.values.max, bunch) : undefined;
  bunch(menu);
  const paid = paidTransfers(menu, weights, menu.starts, supply);
  const sold = finer ?? menu;
  return [
    sold,
    { ...sold, transfers: sold.transfers.map((transfer, k) => transfer - (menu.transfers[k]! - paid[k]!)) },
  ];
};

const emptyMenu = (
  scales: Float64Array,
  perScale: number,
  { models: own }: ProfileSupply,
  costOf: LeastCost,
): PopulationMenu => {
  const levels = scales.length;
  const count = levels * perScale;
  const models = own?.length ?? 1;
  const none = (each: number): Float64Array => new Float64Array(count * each);
  return {
    scales,
    perScale,
    quality: none(levels),
    served: none(levels),
    transfers: none(1),
    costs: none(1),
    sharedCosts: none(1),
    shares: none(models),
    models,
    ...(own?.at(-1)?.name === OUTSIDE ? { resold: { quality: none(levels), costs: none(1) } } : {}),
    starts: none(1),
    parts: 1,
    bends: none(1),
    costOf,
  };
};

const cellMiddles = ({ min, width, cells }: GridServedValues, perScale: number): Float64Array =>
  Float64Array.from({ length: perScale }, (_, f) => min + ((f + 0.5) * width * cells) / perScale);

const totalOf = (quality: Float64Array, weights: Float64Array): number =>
  quality.reduce((sum, q, m) => sum + weights[m]! * q, 0);

/** Transfers with rents raised until nobody at the start of a cell prefers another's item. */
const paidTransfers = (
  menu: PopulationMenu,
  weights: Float64Array,
  starts: Float64Array,
  supply: ProfileSupply,
): Float64Array => {
  const { perScale, transfers, quality, scales } = menu;
  const made: number[] = [];
  for (let k = 0; k < transfers.length; k++) if (isMade(menu, k)) made.push(k);
  const types = valueScaleTypes(
    Float64Array.from(made, (k) => starts[k]!),
    Int32Array.from(made, (k) => Math.floor(k / perScale) + 1),
    weights,
  );
  const paid = Float64Array.from(made, (k) => transfers[k]!);
  const money = paid.reduce((most, transfer) => Math.max(most, transfer), 0);
  payTempted(
    { types, mass: new Float64Array(made.length).fill(1 / made.length), supply },
    runsOf(quality, made, scales.length),
    paid,
    { from: new Int32Array(0), to: new Int32Array(0) },
    ENOUGH * money,
  );
  const raised = transfers.slice();
  made.forEach((k, n) => {
    raised[k] = paid[n]!;
  });
  return raised;
};

/**
 * Where the cells of a scale's values start and end: even ones, of which what is not served is cut off. Service begins where the straight
 * continuation of φ does, between the middle of the last cell that the grid leaves out and that of the first that it serves. Where φ would still be
 * served at the former, quality jumps, and service begins with the grid's cell.
 */
const cellsOf = (
  { firstServed, isOutright, min, width, cells }: GridServedValues,
  l: number,
  perScale: number,
  isServed: (value: number, l: number) => boolean,
): readonly { readonly start: number; readonly end: number }[] => {
  const first = firstServed(l);
  let start = min + first * width;
  const [out, within] = [Math.max(min, start - width / 2), start + width / 2];
  if (!isOutright && first < cells) {
    if (!isServed(out, l)) {
      let below = out;
      start = within;
      for (let n = 0; n < BISECTIONS && start > below; n++) {
        const half = (below + start) / 2;
        if (isServed(half, l)) start = half;
        else below = half;
      }
    }
  }
  const finer = (width * cells) / perScale;
  return Array.from({ length: perScale }, (_, f) => ({
    start: Math.max(start, min + f * finer),
    end: min + (f + 1) * finer,
  }));
};
