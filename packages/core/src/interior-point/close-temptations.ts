import type { FiniteProblem } from '../finite/finite-problem.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { type TypePairs, worthOf } from '../types/type-space.ts';
import type { ServedSupply } from './served-supply.ts';

/** A constraint follows from a chain unless its slack is below this share of the chain's. */
const SHARE_OF_CHAIN = 0.5;

/**
 * Constraints n → k two steps apart on the working set, n → j and j → k, that the iterate breaks by more than `least` and that follow from no
 * such chain.
 *
 * U_n − U_k − ⟨w_n − w_k, q_k⟩ is the slack of n → j and of j → k together, plus ⟨w_n − w_j, q_j − q_k⟩: where that is negative on all chains,
 * the steps of the working set are too coarse for the way in which items vary here, as on the border of a bunch.
 */
export const closeTemptations = (
  { types }: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  rents: Float64Array,
  least: number,
): TypePairs => {
  const { count, offsets, blockOffsets, blockEnds } = set;
  const items = { offsets: blockOffsets, ends: blockEnds, quality: supply.quality };
  const slackAt = (e: number): number => rents[set.from[e]!]! - rents[set.to[e]!]! - supply.advantage[e]!;
  const from: number[] = [];
  const to: number[] = [];
  // The least slack of a chain from n to the item at hand; −∞ where the constraint is at work itself, ∞ where there is no chain.
  const chain = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const reached: number[] = [];
  for (let k = 0; k < count; k++) {
    reached.length = 0;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
      const j = set.from[e]!;
      const last = slackAt(e);
      for (let d = offsets[j]!; d < offsets[j + 1]!; d++) {
        const n = set.from[d]!;
        if (chain[n] === Number.POSITIVE_INFINITY) reached.push(n);
        chain[n] = Math.min(chain[n]!, last + slackAt(d));
      }
    }
    chain[k] = Number.NEGATIVE_INFINITY;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) chain[set.from[e]!] = Number.NEGATIVE_INFINITY;
    const own = worthOf(types, k, items, k);
    for (const n of reached) {
      if (chain[n] === Number.NEGATIVE_INFINITY) continue;
      const slack = rents[n]! - rents[k]! - (worthOf(types, n, items, k) - own);
      if (!(slack < SHARE_OF_CHAIN * chain[n]! && slack < -least)) continue;
      from.push(n);
      to.push(k);
    }
    for (const n of reached) chain[n] = Number.POSITIVE_INFINITY;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) chain[set.from[e]!] = Number.POSITIVE_INFINITY;
    chain[k] = Number.POSITIVE_INFINITY;
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
};
