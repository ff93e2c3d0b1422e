import { padded } from './dense-cholesky.ts';
import type { Supernodes } from './supernodes.ts';

/**
 * Time of a front, in multiply-adds: its arithmetic, the touching of its entries, and a constant.
 *
 * The weights are rough, from Node 20; only the choice of mergers depends on them.
 */
const frontTime = (pivotCount: number, updateRows: number): number => {
  const p = padded(pivotCount);
  const u = padded(updateRows);
  return p * (p * (p / 6 + u / 2) + (u * u) / 2) + 2 * p * (p + u) + 4 * u * u + 2000;
};

/**
 * Relaxed amalgamation: mergedInto[s] is the supernode that takes the pivots of s, s itself where it stays.
 *
 * A child is merged into its parent where one front with some zeros takes less time than two. Both need not be
 * neighbours in the elimination order: the pivots of a child may wait until those of the parent.
 */
export const amalgamation = ({ count, first, rowOffsets, parent }: Supernodes): Int32Array => {
  const mergedInto = new Int32Array(count);
  const pivotCount = new Int32Array(count);
  for (let s = 0; s < count; s++) {
    mergedInto[s] = s;
    pivotCount[s] = first[s + 1]! - first[s]!;
  }
  for (let s = 0; s < count; s++) {
    const p = parent[s]!;
    if (p < 0) continue;
    const updateRows = rowOffsets[s + 1]! - rowOffsets[s]!;
    const parentRows = rowOffsets[p + 1]! - rowOffsets[p]!;
    const together = frontTime(pivotCount[s]! + pivotCount[p]!, parentRows);
    if (together > frontTime(pivotCount[s]!, updateRows) + frontTime(pivotCount[p]!, parentRows)) continue;
    mergedInto[s] = p;
    pivotCount[p]! += pivotCount[s]!;
  }
  for (let s = count - 1; s >= 0; s--) mergedInto[s] = mergedInto[mergedInto[s]!]!;
  return mergedInto;
};
