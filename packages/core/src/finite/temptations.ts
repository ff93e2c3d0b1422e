import type { FiniteProblem } from './finite-problem.ts';
import type { Iterate } from './newton-step.ts';
import type { ServedSupply } from './served-supply.ts';
import type { TypePairs } from './type-space.ts';
import type { WorkingSet } from './working-set.ts';

/** Constraints with their slacks at an iterate: negative where it breaks them. */
export interface SlackPairs extends TypePairs {
  readonly slacks: Float64Array;
}

/**
 * Constraints beyond the working set that the iterate breaks: each type with the item that she likes best of all, if it gives her more than
 * `least` above her rent.
 */
export const temptations = (
  { types }: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  { participation }: Iterate,
  least: number,
): SlackPairs => {
  const { count, offsets, blockOffsets, blockEnds, blockWeights, ownValues } = set;
  const { primal: rents } = participation;
  const transfers = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let worth = 0;
    for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
      worth += blockWeights[b]! * ownValues[b]! * supply.quality[b]!;
    transfers[k] = worth - rents[k]!;
  }
  const utilities = new Float64Array(count);
  const choices = new Int32Array(count);
  const items = { offsets: blockOffsets, ends: blockEnds, quality: supply.quality };
  types.bestChoices(items, transfers, utilities, choices);
  const from: number[] = [];
  const to: number[] = [];
  const slacks: number[] = [];
  for (let n = 0; n < count; n++) {
    const k = choices[n]!;
    if (k === n || !(utilities[n]! - rents[n]! > least)) continue;
    let isKnown = false;
    for (let e = offsets[k]!; e < offsets[k + 1]! && !isKnown; e++) isKnown = set.from[e] === n;
    if (isKnown) continue;
    from.push(n);
    to.push(k);
    slacks.push(rents[n]! - utilities[n]!);
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), slacks: Float64Array.from(slacks) };
};
