import { type Cliques, cliquesByFirst } from './cliques.ts';

/**
 * Supernodes of a Cholesky factor: runs of pivots whose columns have the same rows below the run.
 *
 * Supernode s has the pivots first[s] … first[s + 1] − 1 and the rows rows[rowOffsets[s]] … rows[rowOffsets[s + 1] − 1]
 * below them, in no order; parent[s] is the supernode of the least of these rows, −1 where there is none.
 * Pivots and rows are positions in the elimination order.
 */
export interface Supernodes {
  readonly count: number;
  readonly first: Int32Array;
  readonly rowOffsets: Int32Array;
  readonly rows: Int32Array;
  readonly parent: Int32Array;
  /** The first members of cliqueList[cliqueOffsets[s]] … cliqueList[cliqueOffsets[s + 1] − 1] are pivots of s. */
  readonly cliqueOffsets: Int32Array;
  readonly cliqueList: Int32Array;
}

/**
 * The fundamental supernodes of the elimination order in which vertex v has position[v], leaves taken whole.
 *
 * sameLeaf[j] is 1 where position j must stand in the supernode of j − 1, whatever zeros that lets in.
 * Column j of the factor has the rows of the cliques that j eliminates first and those of its children, which are
 * the supernodes whose least row is j. A run ends where a column has another child or brings a new row.
 */
export const supernodes = (cliques: Cliques, position: Int32Array, sameLeaf: Uint8Array): Supernodes => {
  const { offsets, members } = cliques;
  const { starts, list } = cliquesByFirst(cliques, position);
  const size = position.length;
  const first = new Int32Array(size + 1);
  const rowOffsets = new Int32Array(size + 1);
  const leastRow = new Int32Array(size);
  const mark = new Int32Array(size).fill(-1); // the last supernode that has this row
  const childHead = new Int32Array(size).fill(-1);
  const nextSibling = new Int32Array(size);
  let rows = new Int32Array(4 * size);
  let rowCount = 0;
  let count = 0; // of those that are closed, which is the index of the open one

  const reserve = (more: number): void => {
    if (rowCount + more <= rows.length) return;
    const longer = new Int32Array(2 * (rowCount + more));
    longer.set(rows);
    rows = longer;
  };

  const addCliques = (j: number): void => {
    for (let l = starts[j]!, last = starts[j + 1]!; l < last; l++) {
      const begin = offsets[list[l]!]!;
      const end = offsets[list[l]! + 1]!;
      reserve(end - begin);
      for (let i = begin; i < end; i++) {
        const row = position[members[i]!]!;
        if (mark[row] === count) continue;
        mark[row] = count;
        rows[rowCount++] = row;
      }
    }
  };

  const addChild = (child: number): void => {
    const begin = rowOffsets[child]!;
    const end = rowOffsets[child + 1]!;
    reserve(end - begin);
    for (let i = begin; i < end; i++) {
      const row = rows[i]!;
      if (mark[row] === count) continue;
      mark[row] = count;
      rows[rowCount++] = row;
    }
  };

  const bringsRow = (j: number): boolean => {
    for (let l = starts[j]!, last = starts[j + 1]!; l < last; l++) {
      for (let i = offsets[list[l]!]!, end = offsets[list[l]! + 1]!; i < end; i++)
        if (mark[position[members[i]!]!] !== count) return true;
    }
    return false;
  };

  /** Keeps the rows from j on, and hands the supernode to the least of them. */
  const close = (j: number): void => {
    let kept = rowOffsets[count]!;
    let least = size;
    for (let i = kept; i < rowCount; i++) {
      const row = rows[i]!;
      if (row < j) continue;
      rows[kept++] = row;
      if (row < least) least = row;
    }
    rowCount = kept;
    leastRow[count] = least;
    if (least < size) {
      nextSibling[count] = childHead[least]!;
      childHead[least] = count;
    }
    rowOffsets[++count] = kept;
  };

  for (let j = 0; j < size; j++) {
    // Row j of the open supernode is its least, as its pivots end at j − 1.
    if (mark[j] === count && childHead[j] === -1 && !bringsRow(j)) continue;
    if (sameLeaf[j] === 0) {
      if (j > 0) close(j);
      first[count] = j;
    }
    mark[j] = count;
    addCliques(j);
    for (let child = childHead[j]!; child >= 0; child = nextSibling[child]!) addChild(child);
  }
  if (size > 0) close(size);
  first[count] = size;

  const owner = new Int32Array(size);
  const parent = new Int32Array(count);
  const cliqueOffsets = new Int32Array(count + 1);
  for (let s = 0; s < count; s++) owner.fill(s, first[s]!, first[s + 1]!);
  for (let s = 0; s < count; s++) parent[s] = leastRow[s]! < size ? owner[leastRow[s]!]! : -1;
  for (let s = 0; s <= count; s++) cliqueOffsets[s] = starts[first[s]!]!;
  return { count, first, rowOffsets, rows, parent, cliqueOffsets, cliqueList: list };
};
