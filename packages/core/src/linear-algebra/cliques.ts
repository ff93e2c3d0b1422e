/**
 * Cliques of a graph: sets of vertices that are all joined to each other, like the elements of a finite element mesh.
 *
 * The members of clique c are members[offsets[c]] … members[offsets[c + 1] − 1]; they are distinct.
 */
export interface Cliques {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

/**
 * The cliques by the position of their member that is eliminated first.
 *
 * Those of position j are list[starts[j]] … list[starts[j + 1] − 1].
 */
export const cliquesByFirst = (
  { offsets, members }: Cliques,
  position: Int32Array,
): { readonly starts: Int32Array; readonly list: Int32Array } => {
  const cliqueCount = offsets.length - 1;
  const size = position.length;
  const firsts = new Int32Array(cliqueCount);
  const starts = new Int32Array(size + 2); // cliques without members come last
  for (let c = 0; c < cliqueCount; c++) {
    let first = size;
    for (let i = offsets[c]!, end = offsets[c + 1]!; i < end; i++) {
      const j = position[members[i]!]!;
      if (j < first) first = j;
    }
    firsts[c] = first;
    starts[first]!++;
  }
  for (let j = 0, sum = 0; j <= size + 1; j++) {
    sum += starts[j]!;
    starts[j] = sum;
  }
  const list = new Int32Array(cliqueCount);
  for (let c = cliqueCount - 1; c >= 0; c--) list[--starts[firsts[c]!]!] = c;
  return { starts, list };
};
