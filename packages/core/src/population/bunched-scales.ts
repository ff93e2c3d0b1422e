import type { MadeProfile } from './made-profile.ts';
import { isMade, itemQuality, type PopulationMenu } from './population-menu.ts';

/** Puts what was made for item k, on the first blocks, into a menu. */
export const putItem = (
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

/**
 * Buyers of larger scale have all the tasks of smaller ones, and so no smaller rents: where rents by the sums of quality say otherwise, the larger scale
 * is offered as much quality for the same transfer as the smaller one, on all of her own tasks, as it is cheaper there. Rent is then the largest of
 * convex functions of the value.
 */
export const bunchScales = (menu: PopulationMenu, middles: Float64Array, weights: Float64Array): void => {
  const { perScale, quality, served, transfers, costs, shares, models, costOf } = menu;
  const levels = weights.length;
  const totals = Float64Array.from(transfers, (_, k) => itemQuality(menu, k));
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
