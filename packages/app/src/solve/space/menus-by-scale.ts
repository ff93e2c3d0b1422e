import { type EfficientSupply, type FiniteMenu, finiteMenu, freeChoice, TIE } from '@menusmith/core';
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

/** Free choice among all items of all scales, or none; ties are the seller's. */
const offerToAll = (
  mass: Float64Array,
  { types, scales }: Grid,
  menus: readonly MenuOfScale[],
): ComparisonResult['scaleByScale'] => {
  const items = menus.reduce((sum, { members }) => sum + members.length, 0);
  const ends = new Int32Array(items);
  const quality = new Float64Array(items);
  const transfers = new Float64Array(items);
  const costs = new Float64Array(items);
  const own = new Int32Array(types.count).fill(-1);
  let at = 0;
  for (const { members, menu, scale, reach } of menus) {
    members.forEach((n, i) => {
      ends[at] = reach;
      quality[at] = menu.quality[i]! / scale;
      transfers[at] = menu.transfer[i]!;
      costs[at] = menu.cost[i]!;
      own[n] = at;
      at++;
    });
  }
  const tie = TIE * transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  let profit = 0;
  let deviating = 0;
  let worst: ComparisonResult['scaleByScale']['worst'];
  let most = tie;
  const utilities = new Float64Array(items);
  const margins = transfers.map((transfer, k) => transfer - costs[k]!);
  const use = new Float64Array(items);
  for (const { members, scale } of menus) {
    for (let k = 0; k < items; k++) use[k] = quality[k]! * Math.min(scale, scales[ends[k]! - 1]!);
    for (const n of members) {
      const value = types.values[n]!;
      let best = 0;
      for (let k = 0; k < items; k++) {
        const utility = value * use[k]! - transfers[k]!;
        utilities[k] = utility;
        if (utility > best) best = utility;
      }
      const taken = freeChoice(utilities, margins, tie);
      if (taken >= 0) profit += mass[n]! * margins[taken]!;
      const gain = best - utilities[own[n]!]!;
      if (gain > tie) deviating += mass[n]!;
      if (gain > most) {
        most = gain;
        worst = { value, scale, gain };
      }
    }
  }
  return { attainedProfit: profit, deviatingShare: deviating, ...(worst ? { worst } : {}) };
};
