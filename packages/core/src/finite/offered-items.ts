import type { CostForm } from '../supply/cost/cost-form.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { costsOf, exclusiveChance } from './item-costs.ts';
import { type SuppliedItems, suppliedItems, wholeShares } from './supplied-items.ts';
import type { VirtualMenu } from './virtual-menu.ts';
import type { WorkingSet } from './working-set.ts';

/** Items as they are offered, with the values as which they are served. */
export interface OfferedItems extends SuppliedItems {
  readonly served: Float64Array;
}

/** Items with their costs: given outright, or supplied efficiently to the served values, or to the virtual values of the flows. */
export const offeredItems = (
  {
    served,
    quality,
    shares,
  }: Pick<Proposal, 'quality'> & {
    readonly served: ItemProfiles | undefined;
    readonly shares: Float64Array | undefined;
  },
  { cost, supply, types }: FiniteProblem,
  set: WorkingSet,
  virtual: VirtualMenu,
): OfferedItems => {
  if (quality !== undefined) {
    // Without a form of the cost nothing is known of what they cost.
    const costs = cost
      ? costsOf(cost, quality, types.weights)
      : new Float64Array(types.count).fill(Number.NaN);
    return {
      items: quality,
      served: new Float64Array(quality.quality.length).fill(Number.NaN),
      costs,
      ...(cost && supply.models ? { shares: sharesOf(cost, quality, supply.models.length) } : {}),
    };
  }
  if (served !== undefined && served.offsets.length === types.count + 1) {
    const made = suppliedItems(served, types.weights, supply, shares);
    return { ...made, served: served.quality };
  }
  const items = { offsets: set.blockOffsets, ends: set.blockEnds, quality: virtual.quality };
  return {
    items,
    served: virtual.values,
    costs: virtual.costs,
    ...(supply.models ? { shares: wholeShares(virtual.models, supply.models.length) } : {}),
  };
};

/** The chances of a given item's models: of the last, which alone serves the exclusive task, and of the first. */
const sharesOf = (cost: CostForm, items: ItemProfiles, models: number): Float64Array => {
  const shares = new Float64Array((items.offsets.length - 1) * models);
  for (let k = 0; k * models < shares.length; k++) {
    const chance = exclusiveChance(cost, items, k);
    shares[k * models] = 1 - chance;
    shares[(k + 1) * models - 1] = chance;
  }
  return shares;
};
