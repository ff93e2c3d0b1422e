import {
  type CertifiedMenu,
  type EfficientSupply,
  type FiniteMenu,
  finiteMenu,
  type ItemProfiles,
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
  const offsets = new Int32Array(items + 1);
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
      offsets[++at] = at;
    });
  });
  const offered: ItemProfiles = { offsets, ends, quality };
  const utilities = new Float64Array(types.count);
  const choices = new Int32Array(types.count);
  types.bestChoices(offered, transfers, utilities, choices);
  const tie = TIE * transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  /** Of the items next to this one, of the same scale, that are worth as much to n, the one that earns most. */
  const tiedItem = (n: number, favourite: number, enough: number): number => {
    const reached = scales[types.reach[n]! - 1]!;
    const isTied = (k: number): boolean =>
      k >= 0 &&
      k < items &&
      ends[k] === ends[favourite] &&
      types.values[n]! * quality[k]! * Math.min(reached, scales[ends[k]! - 1]!) - transfers[k]! >= enough;
    let best = favourite;
    for (const step of [-1, 1]) {
      for (let k = favourite + step; isTied(k); k += step) {
        if (transfers[k]! - costs[k]! > transfers[best]! - costs[best]!) best = k;
      }
    }
    return best;
  };
  let profit = 0;
  let deviating = 0;
  let worst: ComparisonResult['scaleByScale']['worst'];
  let most = tie;
  for (let n = 0; n < types.count; n++) {
    if (!(mass[n]! > 0)) continue;
    const mine = own[n]!;
    const scale = scales[types.reach[n]! - 1]!;
    const truthful = types.values[n]! * quality[mine]! * scale - transfers[mine]!;
    const best = Math.max(0, utilities[n]!);
    const taken =
      truthful >= best - tie ? mine : utilities[n]! > 0 ? tiedItem(n, choices[n]!, utilities[n]! - tie) : -1;
    if (taken !== mine) deviating += mass[n]!;
    if (taken >= 0) profit += mass[n]! * (transfers[taken]! - costs[taken]!);
    if (best - truthful > most) {
      most = best - truthful;
      worst = { value: types.values[n]!, scale, gain: most };
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
