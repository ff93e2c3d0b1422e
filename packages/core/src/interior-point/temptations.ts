import type { FiniteProblem } from '../finite/finite-problem.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import type { TypePairs } from '../types/type-space.ts';
import type { ServedSupply } from './served-supply.ts';

/** Constraints that come in for one type at a look. */
const MOST = 8;

/**
 * Constraints beyond the working set that the iterate breaks: each type with the few items that she likes best among those made for groups of
 * types, if they give her more than `least` above her rent. One item a type is not enough: its neighbours would tempt her next.
 */
export const temptations = (
  { types }: FiniteProblem,
  set: WorkingSet,
  supply: ServedSupply,
  rents: Float64Array,
  least: number,
): TypePairs => {
  const { count, offsets, blockOffsets, blockEnds, blockWeights, ownValues } = set;
  const transfers = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let worth = 0;
    for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
      worth += blockWeights[b]! * ownValues[b]! * supply.quality[b]!;
    transfers[k] = worth - rents[k]!;
  }
  const listed = new Int32Array(count * MOST);
  const gains = new Float64Array(count * MOST);
  const counts = new Uint8Array(count);
  const items = { offsets: blockOffsets, ends: blockEnds, quality: supply.quality };
  types.tempted(items, transfers, rents, least, (n, k, gain) => {
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) if (set.from[e] === n) return;
    // The largest few, in descending order.
    let place = counts[n]! < MOST ? counts[n]!++ : MOST - 1;
    if (place === MOST - 1 && counts[n]! === MOST && gains[n * MOST + place]! >= gain) return;
    for (; place > 0 && gains[n * MOST + place - 1]! < gain; place--) {
      gains[n * MOST + place] = gains[n * MOST + place - 1]!;
      listed[n * MOST + place] = listed[n * MOST + place - 1]!;
    }
    gains[n * MOST + place] = gain;
    listed[n * MOST + place] = k;
  });
  const from: number[] = [];
  const to: number[] = [];
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < counts[n]!; i++) {
      from.push(n);
      to.push(listed[n * MOST + i]!);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
};
