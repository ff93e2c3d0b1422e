import type { ScaleParticipation } from '../screening/chain-participation.ts';
import type { CostForm } from '../supply/cost/cost-form.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { type GridServedValues, gridServedValues, type SolvedGrid } from './grid-served-values.ts';
import { runsOf } from './item-profiles.ts';
import { type LeastCost, leastCosts, type MadeProfile } from './made-profile.ts';
import { OUTSIDE } from './outside-option.ts';
import { itemMaker } from './population-items.ts';
import { payTempted } from './rebate.ts';
import { valueScaleTypes } from './value-scale-types.ts';

/**
 * A menu for a continuous population of values and scales: as many items for each of some scales, and every straight mixture of what two
 * neighbouring scales are offered at the same place in value (`population-offer.ts`).
 */
export interface PopulationMenu {
  /** Scales for which items are made, ascending; blocks of tasks end there. */
  readonly scales: Float64Array;
  /** Items a scale: item f of scale l has number l·perScale + f, and f ascends with the value for which it is made. */
  readonly perScale: number;
  /** Quality of every item on the blocks of tasks, `scales.length` numbers an item; 0 beyond its own scale. */
  readonly quality: Float64Array;
  /** The values as which items are served, on the same blocks. */
  readonly served: Float64Array;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
  /** What of the cost is for shared inputs. */
  readonly sharedCosts: Float64Array;
  /** The chances of models in each item, `models` an item, where there is a choice; else 1. */
  readonly shares: Float64Array;
  readonly models: number;
  /** What a rival makes of each item and the seller resells, where there is one; whoever has an item that is all his buys from him. */
  readonly resold?: { readonly quality: Float64Array; readonly costs: Float64Array };
  /** The lowest value for which each item is made. */
  readonly starts: Float64Array;
  /** What a mixture costs. */
  readonly costOf: LeastCost;
  /** Where items are sold as they are, to buyers of any scale: nothing is mixed. */
  readonly isUnmixed?: true;
}

/** Whether the seller makes something of an item. */
export const isMade = ({ quality, scales, shares, models, resold }: PopulationMenu, k: number): boolean => {
  const levels = scales.length;
  if (resold && shares[(k + 1) * models - 1]! === 1) return false;
  for (let m = k * levels; m < (k + 1) * levels; m++) if (quality[m]! > 0) return true;
  return false;
};

/** The most items that a finer menu than the grid's may have in all. */
const MOST_ITEMS = 20_000;
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

/**
 * The menu of a grid of even cells, made for the population that it stands for.
 *
 * Served values are interpolated to finer cells of values, and items are made efficiently for the middles of these; the first begins where φ starts
 * to be served, so that exclusion has no steps. Where the grid's items are lotteries between models, chances are interpolated with φ. Rents are sums of quality along each scale, and may then be raised until nobody at the lower end of a
 * cell prefers another's item. Where the grid's solver gave items outright, cells are the grid's. Where types are bunched, cycles of items a little apart
 * can raise rents far too much, and buyers are better left to choose: the first menu is without the raise, the second with it.
 * A scale gets at least `itemsPerScale` of them.
 */
export const populationMenus = (
  grid: SolvedGrid,
  making: PopulationMaking,
  range: {
    readonly values: { readonly max: number };
    readonly scales: { readonly min: number; readonly max: number };
  },
  itemsPerScale: number,
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
  const refinement = given.isOutright ? 1 : Math.min(finest, Math.max(1, Math.ceil(itemsPerScale / cells)));
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
  bunchScales(menu, cellMiddles(given, perScale), weights);
  const paid = { ...menu, transfers: paidTransfers(menu, weights, menu.starts, supply) };
  return [menu, paid];
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
    costOf,
  };
};

/** Puts what was made for item k, on the first blocks, into a menu. */
const putItem = (
  { scales, quality: all, served, costs, sharedCosts, shares, models, resold }: PopulationMenu,
  k: number,
  quality: Float64Array,
  made: MadeProfile,
): void => {
  const first = k * scales.length;
  all.set(quality, first);
  served.set(made.served, first);
  costs[k] = made.cost;
  sharedCosts[k] = made.sharedCost;
  shares.set(made.shares, k * models);
  if (!resold) return;
  resold.costs[k] = made.resold?.cost ?? 0;
  resold.quality.fill(0, first, first + scales.length);
  if (made.resold) resold.quality.set(made.resold.quality, first);
};

const cellMiddles = ({ min, width, cells }: GridServedValues, perScale: number): Float64Array =>
  Float64Array.from({ length: perScale }, (_, f) => min + ((f + 0.5) * width * cells) / perScale);

/**
 * Buyers of larger scale have all the tasks of smaller ones, and so no smaller rents: where rents by the sums of quality say otherwise, the larger scale
 * is offered as much quality for the same transfer as the smaller one, on all of her own tasks, as it is cheaper there. Rent is then the largest of
 * convex functions of the value.
 */
const bunchScales = (menu: PopulationMenu, middles: Float64Array, weights: Float64Array): void => {
  const { perScale, quality, served, transfers, costs, shares, models, costOf } = menu;
  const levels = weights.length;
  const totals = Float64Array.from(transfers, (_, k) => qualityOf(menu, k));
  for (let l = 1; l < levels; l++) {
    let reach = 0;
    for (let m = 0; m <= l; m++) reach += weights[m]!;
    for (let f = 0; f < perScale; f++) {
      const [own, lower] = [l * perScale + f, (l - 1) * perScale + f];
      const rentOf = (k: number): number => middles[f]! * totals[k]! - transfers[k]!;
      if (!(isMade(menu, lower) && rentOf(lower) > Math.max(0, rentOf(own)))) continue;
      const total = totals[lower]!;
      const profile = quality.slice(own * levels, own * levels + l + 1);
      const values = served.slice(own * levels, own * levels + l + 1);
      const factor = totals[own]! > 0 ? total / totals[own]! : 0;
      if (factor > 0)
        profile.forEach((q, m) => {
          profile[m] = factor * q;
        });
      else {
        profile.fill(total / reach);
        values.fill(middles[f]!);
      }
      const near = shares.slice((isMade(menu, own) ? own : lower) * models).subarray(0, models);
      const made = costOf(profile, weights.subarray(0, l + 1), values, near);
      if (made && made.cost <= costs[lower]!) putItem(menu, own, profile, made);
      else copyItem(menu, lower, own);
      transfers[own] = transfers[lower]!;
      totals[own] = total;
    }
  }
};

const copyItem = (menu: PopulationMenu, from: number, to: number): void => {
  const { scales, quality, served, costs, sharedCosts, shares, models, resold } = menu;
  const copy = (of: Float64Array, each: number): void => {
    of.copyWithin(to * each, from * each, (from + 1) * each);
  };
  for (const of of [quality, served, ...(resold ? [resold.quality] : [])]) copy(of, scales.length);
  for (const of of [costs, sharedCosts, ...(resold ? [resold.costs] : [])]) copy(of, 1);
  copy(shares, models);
};

const totalOf = (quality: Float64Array, weights: Float64Array): number =>
  quality.reduce((sum, q, m) => sum + weights[m]! * q, 0);

const qualityOf = ({ scales, quality }: PopulationMenu, k: number): number => {
  let sum = 0;
  scales.forEach((s, l) => {
    sum += (s - (scales[l - 1] ?? 0)) * quality[k * scales.length + l]!;
  });
  return sum;
};

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
