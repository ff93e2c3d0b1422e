import { amalgamation } from './amalgamation.ts';
import type { Cliques } from './cliques.ts';
import { nestedDissection } from './nested-dissection.ts';
import { type Supernodes, supernodes } from './supernodes.ts';

/** Supernodes in postorder with ascending rows, and the vertex at each position of their elimination order. */
export interface SymbolicFactorization extends Supernodes {
  readonly order: Int32Array;
}

const inverse = (order: Int32Array): Int32Array => {
  const position = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) position[order[i]!] = i;
  return position;
};

/** The roots of `parent` that are their own in `mergedInto`, children before parents and subtrees in one piece. */
const postorder = (parent: Int32Array, mergedInto: Int32Array): Int32Array => {
  const count = parent.length;
  const firstChild = new Int32Array(count + 1).fill(-1); // the last is the root of all
  const nextSibling = new Int32Array(count);
  let kept = 0;
  for (let s = count - 1; s >= 0; s--) {
    if (mergedInto[s] !== s) continue;
    kept++;
    const p = parent[s]! < 0 ? count : mergedInto[parent[s]!]!;
    nextSibling[s] = firstChild[p]!;
    firstChild[p] = s;
  }
  const list = new Int32Array(kept);
  const stack = new Int32Array(count + 1);
  let depth = 0;
  let at = 0;
  stack[0] = count;
  while (depth >= 0) {
    const s = stack[depth]!;
    const child = firstChild[s]!;
    if (child >= 0) {
      firstChild[s] = nextSibling[child]!;
      stack[++depth] = child;
    } else {
      if (s < count) list[at++] = s;
      depth--;
    }
  }
  return list;
};

/** Which entries a sparse Cholesky factor has, ordered and cut into dense pieces to be fast. */
export const symbolicFactorization = (
  size: number,
  cliques: Cliques,
  coordinates: readonly Float64Array[],
): SymbolicFactorization => {
  const { order: dissection, sameLeaf } = nestedDissection(size, cliques, coordinates);
  const fine = supernodes(cliques, inverse(dissection), sameLeaf);
  const mergedInto = amalgamation(fine);
  const kept = postorder(fine.parent, mergedInto);
  const count = kept.length;

  const pieceHead = new Int32Array(fine.count).fill(-1);
  const nextPiece = new Int32Array(fine.count);
  for (let s = fine.count - 1; s >= 0; s--) {
    nextPiece[s] = pieceHead[mergedInto[s]!]!;
    pieceHead[mergedInto[s]!] = s;
  }
  const first = new Int32Array(count + 1);
  const renumbered = new Int32Array(size); // new position of each old one
  const owner = new Int32Array(size); // supernode of each new position
  const order = new Int32Array(size);
  const cliqueOffsets = new Int32Array(count + 1);
  const cliqueList = new Int32Array(fine.cliqueList.length);
  let at = 0;
  let cliqueAt = 0;
  for (let s = 0; s < count; s++) {
    first[s] = at;
    cliqueOffsets[s] = cliqueAt;
    for (let piece = pieceHead[kept[s]!]!; piece >= 0; piece = nextPiece[piece]!) {
      for (let j = fine.first[piece]!; j < fine.first[piece + 1]!; j++) {
        owner[at] = s;
        renumbered[j] = at;
        order[at++] = dissection[j]!;
      }
      const end = fine.cliqueOffsets[piece + 1]!;
      for (let l = fine.cliqueOffsets[piece]!; l < end; l++) cliqueList[cliqueAt++] = fine.cliqueList[l]!;
    }
  }
  first[count] = size;
  cliqueOffsets[count] = cliqueAt;

  const rowOffsets = new Int32Array(count + 1);
  for (let s = 0; s < count; s++) {
    const t = kept[s]!;
    rowOffsets[s + 1] = rowOffsets[s]! + fine.rowOffsets[t + 1]! - fine.rowOffsets[t]!;
  }
  const rows = new Int32Array(rowOffsets[count]!);
  const parent = new Int32Array(count);
  for (let s = 0; s < count; s++) {
    const from = fine.rowOffsets[kept[s]!]!;
    const begin = rowOffsets[s]!;
    const end = rowOffsets[s + 1]!;
    for (let i = begin; i < end; i++) rows[i] = renumbered[fine.rows[from + i - begin]!]!;
    rows.subarray(begin, end).sort();
    parent[s] = begin < end ? owner[rows[begin]!]! : -1;
  }
  return { count, first, rowOffsets, rows, parent, cliqueOffsets, cliqueList, order };
};
