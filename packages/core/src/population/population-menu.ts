import type { LeastCost } from './made-profile.ts';

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
  /**
   * Items between an item and the one before it in its scale, or nothing where none is before it: `parts` − 1 of them, even mixtures of both, a share t of the way at the straight mixture of
   * their prices less 4t(1 − t)·`bends`. Where `bends` is 0 there are none.
   */
  readonly parts: number;
  readonly bends: Float64Array;
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

/** ∫ q of an item over all tasks. */
export const itemQuality = ({ scales, quality }: PopulationMenu, k: number): number => {
  let sum = 0;
  scales.forEach((s, l) => {
    sum += (s - (scales[l - 1] ?? 0)) * quality[k * scales.length + l]!;
  });
  return sum;
};
