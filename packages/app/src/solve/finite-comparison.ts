import {
  type CertifiedMenu,
  type EfficientSupply,
  type FiniteMenu,
  finiteMenu,
  type ValueScaleTypes,
} from '@menusmith/core';
import type { ComparisonResult } from '../result.ts';
import type { FiniteBuyers } from './finite-buyers.ts';

/** Preferences below this share of the largest transfer are ties, which buyers resolve for the seller. */
const TIE = 1e-9;

/**
 * The certified optimum beside what could be earned if scales were seen, and beside the menu that is best scale by scale offered to buyers who
 * also choose the scale they name.
 */
export const compareScaleByScale = (
  mass: Float64Array,
  { types, scales }: NonNullable<FiniteBuyers['grid']>,
  supply: EfficientSupply,
  optimum: CertifiedMenu,
): ComparisonResult => {
  const menus = scalesMenus(mass, types, scales, supply);
  let observable = 0;
  let items = 0;
  for (const { members, menu } of menus) {
    observable += menu.upperBound * sumOf(members, mass);
    items += members.length;
  }
  const ends = new Int32Array(items);
  const quality = new Float64Array(items);
  const transfers = new Float64Array(items);
  const costs = new Float64Array(items);
  const own = new Int32Array(types.count).fill(-1);
  let at = 0;
  menus.forEach(({ members, menu, scale, reach }) => {
    members.forEach((n, i) => {
      ends[at] = reach;
      quality[at] = scale > 0 ? menu.quality[i]! / scale : 0;
      transfers[at] = menu.transfer[i]!;
      costs[at] = menu.cost[i]!;
      own[n] = at;
      at++;
    });
  });
  const tie = TIE * transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  let profit = 0;
  let deviating = 0;
  let worst: ComparisonResult['scaleByScale']['worst'];
  let most = tie;
  const offered = { offsets: Int32Array.from({ length: items + 1 }, (_, k) => k), ends, quality };
  const utilities = new Float64Array(types.count);
  types.bestChoices(offered, transfers, utilities, new Int32Array(types.count));
  const use = new Float64Array(items);
  for (const { members, reach, scale } of menus) {
    for (let k = 0; k < items; k++) use[k] = quality[k]! * Math.min(scale, scales[ends[k]! - 1]!);
    for (const n of members) {
      const value = types.values[n]!;
      const best = Math.max(0, utilities[n]!);
      let margin = best <= tie ? 0 : Number.NEGATIVE_INFINITY;
      for (let k = 0; k < items; k++) {
        const isTied = value * use[k]! - transfers[k]! >= best - tie;
        if (isTied && transfers[k]! - costs[k]! > margin) margin = transfers[k]! - costs[k]!;
      }
      profit += mass[n]! * margin;
      const mine = own[n]!;
      const gain = best - (value * use[mine]! - transfers[mine]!);
      if (gain > tie) deviating += mass[n]!;
      if (gain > most) {
        most = gain;
        worst = { value, scale: scales[reach - 1]!, gain };
      }
    }
  }
  return {
    observableScale: observable,
    optimum: optimum.certificate.attainedProfit,
    scaleByScale: { attainedProfit: profit, deviatingShare: deviating, ...(worst ? { worst } : {}) },
  };
};

const sumOf = (members: readonly number[], mass: Float64Array): number =>
  members.reduce((sum, n) => sum + mass[n]!, 0);

interface ScaleItems {
  readonly reach: number;
  readonly scale: number;
  readonly members: readonly number[];
  readonly menu: FiniteMenu;
}

/** The one-dimensional optimum of every scale, for the buyers who have it. */
const scalesMenus = (
  mass: Float64Array,
  types: ValueScaleTypes,
  scales: Float64Array,
  supply: EfficientSupply,
): ScaleItems[] => {
  const members: number[][] = Array.from(scales, () => []);
  for (let n = 0; n < types.count; n++) members[types.reach[n]! - 1]!.push(n);
  return members.flatMap((group, l) => {
    const total = sumOf(group, mass);
    const scale = scales[l]!;
    if (!(total > 0 && scale > 0)) return [];
    group.sort((a, b) => types.values[a]! - types.values[b]!);
    const value = Float64Array.from(group, (n) => types.values[n]!);
    const menu = finiteMenu(
      { value, mass: Float64Array.from(group, (n) => mass[n]! / total) },
      supply,
      false,
      scale,
    );
    return [{ reach: l + 1, scale, members: group, menu }];
  });
};
