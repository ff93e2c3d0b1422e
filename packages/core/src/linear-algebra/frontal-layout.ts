import type { Cliques } from './cliques.ts';
import { padded } from './dense-cholesky.ts';
import type { SymbolicFactorization } from './symbolic-factorization.ts';

/**
 * Where the fronts of a multifrontal factorisation stand in memory, and how their parts are added together.
 *
 * Front s has pivotCount[s] pivots and updateSize[s] rows below, both padded to multiples of four; without padding
 * they are first[s + 1] − first[s] and rowOffsets[s + 1] − rowOffsets[s]. Local rows count the padded pivots first.
 */
export interface FrontalLayout {
  readonly pivotCount: Int32Array;
  readonly updateSize: Int32Array;
  /** Panels, row-major: pivotCount columns of all local rows. */
  readonly panelAt: Int32Array;
  readonly panelLength: number;
  /** Update matrices, row-major squares, on two stacks by the parity of depth: a parent never stands on its children. */
  readonly updateAt: Int32Array;
  readonly updateLength: number;
  /** Local row in the parent's front of each of `rows`. */
  readonly parentRow: Int32Array;
  /** The children of s are firstChild[s] and then nextSibling, until −1. */
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** Local row of each member of a clique, in the front that the clique is assembled into. */
  readonly memberRow: Int32Array;
}

/** Offsets of the update matrices, and the room that they take together. */
const stackUpdates = (parent: Int32Array, updateSize: Int32Array): { at: Int32Array; length: number } => {
  const count = parent.length;
  const parity = new Uint8Array(count);
  for (let s = count - 1; s >= 0; s--) parity[s] = parent[s]! < 0 ? 0 : 1 - parity[parent[s]!]!;
  const at = new Int32Array(count);
  const childrenAt = new Int32Array(count).fill(-1); // where the first child's stands
  const top = [0, 0];
  const peak = [0, 0];
  for (let s = 0; s < count; s++) {
    const own = parity[s]!;
    at[s] = top[own]!;
    top[own]! += updateSize[s]! * updateSize[s]!;
    peak[own] = Math.max(peak[own]!, top[own]!);
    if (childrenAt[s]! >= 0) top[1 - own] = childrenAt[s]!;
    const p = parent[s]!;
    if (p >= 0 && childrenAt[p]! < 0) childrenAt[p] = at[s]!;
  }
  for (let s = 0; s < count; s++) if (parity[s] === 1) at[s]! += peak[0]!;
  return { at, length: peak[0]! + peak[1]! };
};

export const frontalLayout = (
  size: number,
  cliques: Cliques,
  { count, first, rowOffsets, rows, parent, cliqueOffsets, cliqueList, order }: SymbolicFactorization,
): FrontalLayout => {
  const { offsets, members } = cliques;
  const pivotCount = new Int32Array(count);
  const updateSize = new Int32Array(count);
  const panelAt = new Int32Array(count);
  const firstChild = new Int32Array(count).fill(-1);
  const nextSibling = new Int32Array(count);
  let panelLength = 0;
  for (let s = 0; s < count; s++) {
    pivotCount[s] = padded(first[s + 1]! - first[s]!);
    updateSize[s] = padded(rowOffsets[s + 1]! - rowOffsets[s]!);
    panelAt[s] = panelLength;
    panelLength += pivotCount[s]! * (pivotCount[s]! + updateSize[s]!);
    const p = parent[s]!;
    if (p < 0) continue;
    nextSibling[s] = firstChild[p]!;
    firstChild[p] = s;
  }

  const memberRow = new Int32Array(members.length);
  const parentRow = new Int32Array(rows.length);
  const local = new Int32Array(size); // local row of each vertex in the front at hand
  for (let s = 0; s < count; s++) {
    for (let j = first[s]!; j < first[s + 1]!; j++) local[order[j]!] = j - first[s]!;
    for (let i = rowOffsets[s]!; i < rowOffsets[s + 1]!; i++)
      local[order[rows[i]!]!] = pivotCount[s]! + i - rowOffsets[s]!;
    for (let child = firstChild[s]!; child >= 0; child = nextSibling[child]!)
      for (let i = rowOffsets[child]!; i < rowOffsets[child + 1]!; i++)
        parentRow[i] = local[order[rows[i]!]!]!;
    for (let l = cliqueOffsets[s]!; l < cliqueOffsets[s + 1]!; l++) {
      const c = cliqueList[l]!;
      for (let i = offsets[c]!, end = offsets[c + 1]!; i < end; i++) memberRow[i] = local[members[i]!]!;
    }
  }
  const { at: updateAt, length: updateLength } = stackUpdates(parent, updateSize);
  return {
    pivotCount,
    updateSize,
    panelAt,
    panelLength,
    updateAt,
    updateLength,
    parentRow,
    firstChild,
    nextSibling,
    memberRow,
  };
};
