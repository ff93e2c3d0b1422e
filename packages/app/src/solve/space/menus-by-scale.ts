import { type EfficientSupply, type FiniteMenu, finiteMenu, TIE, upperEnvelope } from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { ComparisonResult } from '../../result.ts';

type Grid = NonNullable<FiniteBuyers['grid']>;

/** The one-dimensional optimum of one scale, for the buyers who have it (Prop. 4, on a list of types). */
export interface MenuOfScale {
  readonly scale: number;
  /** Position of the scale, counted from 1, as types have it. */
  readonly reach: number;
  /** Mass of this scale among all buyers. */
  readonly weight: number;
  /** The types of this scale, ascending in value; the menu's columns are in the same order. */
  readonly members: readonly number[];
  readonly value: Float64Array;
  readonly menu: FiniteMenu;
}

/** The menus that are best scale by scale, scales ascending, and what they earn. */
export interface MenusByScale {
  readonly supply: EfficientSupply;
  readonly menus: readonly MenuOfScale[];
  /** What they make of the objective where scales are seen, which bounds every menu's from above; and the profit and the rents in it. */
  readonly observableScale: number;
  readonly profit: number;
  readonly consumerSurplus: number;
  /** What they earn from buyers who also choose the scale they name. Where nobody deviates they are the optimum. */
  readonly offered: ComparisonResult['scaleByScale'];
}

export const menusByScale = (
  mass: Float64Array,
  grid: Grid,
  supply: EfficientSupply,
  surplusWeight: number,
): MenusByScale => {
  const menus = bestMenus(mass, grid, supply, surplusWeight);
  return {
    supply,
    menus,
    observableScale: menus.reduce((sum, { menu, weight }) => sum + weight * menu.upperBound, 0),
    profit: sumOver(menus, mass, ({ transfer, cost }, i) => transfer[i]! - cost[i]!),
    consumerSurplus: sumOver(menus, mass, ({ rent }, i) => rent[i]!),
    offered: offerToAll(mass, grid, menus),
  };
};

const sumOver = (
  menus: readonly MenuOfScale[],
  mass: Float64Array,
  term: (menu: FiniteMenu, i: number) => number,
): number =>
  menus.reduce(
    (sum, { menu, members }) => members.reduce((all, n, i) => all + mass[n]! * term(menu, i), sum),
    0,
  );

const bestMenus = (
  mass: Float64Array,
  { types, scales }: Grid,
  supply: EfficientSupply,
  surplusWeight: number,
): MenuOfScale[] => {
  const members: number[][] = Array.from(scales, () => []);
  for (let n = 0; n < types.count; n++) members[types.reach[n]! - 1]!.push(n);
  return members.flatMap((group, l) => {
    const weight = group.reduce((sum, n) => sum + mass[n]!, 0);
    const scale = scales[l]!;
    if (!(weight > 0 && scale > 0)) return [];
    group.sort((a, b) => types.values[a]! - types.values[b]!);
    const value = Float64Array.from(group, (n) => types.values[n]!);
    const masses = Float64Array.from(group, (n) => mass[n]! / weight);
    const menu = finiteMenu({ value, mass: masses }, supply, { scale, surplusWeight });
    return [{ scale, reach: l + 1, weight, members: group, value, menu }];
  });
};

/**
 * Free choice among all items of all scales, or none; ties are the seller's. What buyers of one scale have from the items made for another are lines in their
 * value, with slopes that ascend as quality does, so that the best of each scale's items are found along an upper envelope: all N² pairs cost
 * O(N) lines a scale. Of lines that tie, those next to each other on the envelope are compared, and a buyer's own.
 */
const offerToAll = (
  mass: Float64Array,
  { types }: Grid,
  menus: readonly MenuOfScale[],
): ComparisonResult['scaleByScale'] => {
  const highest = menus.reduce((most, { menu }) => menu.transfer.reduce((a, b) => Math.max(a, b), most), 0);
  const tie = TIE * highest;
  const best = new Float64Array(types.count);
  visitBest(menus, (n, utility) => {
    if (utility > best[n]!) best[n] = utility;
  });
  /** Nothing brings the seller 0, as `freeChoice` has it. */
  const margin = best.map((utility) => (utility <= tie ? 0 : Number.NEGATIVE_INFINITY));
  const consider = (n: number, utility: number, own: number): void => {
    if (utility >= best[n]! - tie && own > margin[n]!) margin[n] = own;
  };
  visitBest(menus, consider);
  let [profit, deviating, most] = [0, 0, tie];
  let worst: ComparisonResult['scaleByScale']['worst'];
  for (const { members, menu, scale } of menus) {
    members.forEach((n, i) => {
      const utility = types.values[n]! * menu.quality[i]! - menu.transfer[i]!;
      consider(n, utility, menu.transfer[i]! - menu.cost[i]!);
      profit += mass[n]! * margin[n]!;
      const gain = best[n]! - utility;
      if (gain > tie) deviating += mass[n]!;
      if (gain > most) {
        most = gain;
        worst = { value: types.values[n]!, scale, gain };
      }
    });
  }
  return { attainedProfit: profit, deviatingShare: deviating, ...(worst ? { worst } : {}) };
};

/** Visits every buyer with what she has from the item of each scale that is best for her, and from its neighbours on the envelope, and what it brings the seller. */
const visitBest = (
  menus: readonly MenuOfScale[],
  visit: (n: number, utility: number, margin: number) => void,
): void => {
  const longest = menus.reduce((most, { members }) => Math.max(most, members.length), 0);
  const order = Int32Array.from({ length: longest }, (_, i) => i);
  const hull = new Int32Array(longest);
  const slopes = new Float64Array(longest);
  for (const { menu, scale: made } of menus) {
    const { transfer, cost, quality } = menu;
    const sorted = order
      .subarray(0, quality.length)
      .slice()
      .sort((a, b) => quality[a]! - quality[b]!);
    for (const { members, value, scale } of menus) {
      const part = Math.min(scale, made) / made;
      for (let k = 0; k < quality.length; k++) slopes[k] = part * quality[k]!;
      const size = upperEnvelope(sorted, quality.length, slopes, transfer, hull);
      const utilityOf = (i: number, at: number): number =>
        value[i]! * slopes[hull[at]!]! - transfer[hull[at]!]!;
      let h = 0;
      for (let i = 0; i < members.length; i++) {
        while (h + 1 < size && utilityOf(i, h + 1) >= utilityOf(i, h)) h++;
        for (let at = Math.max(0, h - 1); at <= Math.min(size - 1, h + 1); at++)
          visit(members[i]!, utilityOf(i, at), transfer[hull[at]!]! - cost[hull[at]!]!);
      }
    }
  }
};
