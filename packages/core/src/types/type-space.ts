import type { ItemProfiles } from './item-profiles.ts';

/** Ordered pairs of types: from[e] would take the item of to[e]. */
export interface TypePairs {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/**
 * Finitely many types as value profiles w_n over tasks, with what a solver and a certificate ask of them. Implementations differ in how
 * profiles are held, and in how fast the best choice is found.
 */
export interface TypeSpace {
  readonly count: number;
  /** Task weights ω. */
  readonly weights: Float64Array;
  /** w_n(m). */
  valueAt(n: number, m: number): number;
  /** Where types lie, by axis: types that are close here are the ones that tempt one another. Used for speed only. */
  readonly coordinates: readonly Float64Array[];
  /** Pairs with which a working set of incentive constraints starts: neighbours, in both directions. */
  neighbours(): TypePairs;
  /**
   * Writes the ends of the runs of tasks on which type k and each of `others[from..to)` have one value; tasks after the last run are worth
   * nothing to k. Answers with how many there are.
   */
  blockEnds(k: number, others: Int32Array, from: number, to: number, out: Int32Array): number;
  /** The space of these types alone, in this order. */
  subset(members: Int32Array): TypeSpace;
  /** A text that two types share exactly if they are alike. */
  key(n: number): string;
  /**
   * Visits pairs n → k with ⟨w_n, q_k⟩ − T_k > U_n + least: for every type her favourites among several groups of items that cover all, so that some
   * pair is visited if any breaks.
   */
  tempted(
    items: ItemProfiles,
    transfers: Float64Array,
    rents: Float64Array,
    least: number,
    visit: (n: number, k: number, gain: number) => void,
  ): void;
  /** Free choice: the largest ⟨w_n, q_k⟩ − T_k over all items k, and an item that attains it, for every type n. Exact over all pairs. */
  bestChoices(
    items: ItemProfiles,
    transfers: Float64Array,
    utilities: Float64Array,
    choices: Int32Array,
  ): void;
}

/** ⟨w_n, q_k⟩ = Σ_m ω w_n q_k. */
export const worthOf = (
  types: TypeSpace,
  n: number,
  { offsets, ends, quality }: ItemProfiles,
  k: number,
): number => {
  const { weights } = types;
  let sum = 0;
  let m = 0;
  for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
    for (; m < ends[b]!; m++) sum += weights[m]! * types.valueAt(n, m) * quality[b]!;
  }
  return sum;
};
