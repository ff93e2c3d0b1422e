import type { TypePairs, TypeSpace } from '../types/type-space.ts';

/**
 * The incentive constraints at work, laid out for elimination item by item. The constraints e into item k, from offsets[k] to
 * offsets[k + 1], are those of types `from[e]` who would take it. Item k is uniform on blocks of tasks, as far as these types can tell.
 */
export interface WorkingSet {
  readonly count: number;
  readonly offsets: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Blocks of item k, from blockOffsets[k] to blockOffsets[k + 1]: where they end, what they weigh, what k has on them. */
  readonly blockOffsets: Int32Array;
  readonly blockEnds: Int32Array;
  readonly blockWeights: Float64Array;
  readonly ownValues: Float64Array;
  /** w_n − w_k on the blocks of k, constraint after constraint: the first of k's stands at differenceOffsets[k]. */
  readonly differenceOffsets: Int32Array;
  readonly differences: Float64Array;
  readonly mostBlocks: number;
  readonly mostInto: number;
}

/** The working set of these pairs, sorted by item. */
export const workingSet = (types: TypeSpace, pairs: TypePairs): WorkingSet => {
  const { count: n, weights } = types;
  const size = pairs.from.length;
  const offsets = new Int32Array(n + 1);
  for (let e = 0; e < size; e++) offsets[pairs.to[e]! + 1]!++;
  for (let k = 0; k < n; k++) offsets[k + 1]! += offsets[k]!;
  const next = offsets.slice(0, n);
  const from = new Int32Array(size);
  const to = new Int32Array(size);
  for (let e = 0; e < size; e++) {
    const place = next[pairs.to[e]!]!++;
    from[place] = pairs.from[e]!;
    to[place] = pairs.to[e]!;
  }

  const past = new Float64Array(weights.length + 1);
  for (let m = 0; m < weights.length; m++) past[m + 1] = past[m]! + weights[m]!;
  const ends = new Int32Array(weights.length + 1);
  const blockOffsets = new Int32Array(n + 1);
  const differenceOffsets = new Int32Array(n + 1);
  let blockEnds = new Int32Array(4 * n + weights.length);
  let mostBlocks = 0;
  let mostInto = 0;
  for (let k = 0; k < n; k++) {
    const blocks = types.blockEnds(k, from, offsets[k]!, offsets[k + 1]!, ends);
    const start = blockOffsets[k]!;
    if (start + blocks > blockEnds.length) {
      const larger = new Int32Array(2 * blockEnds.length + blocks);
      larger.set(blockEnds);
      blockEnds = larger;
    }
    for (let b = 0; b < blocks; b++) blockEnds[start + b] = ends[b]!;
    blockOffsets[k + 1] = start + blocks;
    const into = offsets[k + 1]! - offsets[k]!;
    differenceOffsets[k + 1] = differenceOffsets[k]! + into * blocks;
    mostBlocks = Math.max(mostBlocks, blocks);
    mostInto = Math.max(mostInto, into);
  }
  const blockCount = blockOffsets[n]!;
  const blockWeights = new Float64Array(blockCount);
  const ownValues = new Float64Array(blockCount);
  const differences = new Float64Array(differenceOffsets[n]!);
  for (let k = 0; k < n; k++) {
    let start = 0;
    for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++) {
      blockWeights[b] = past[blockEnds[b]!]! - past[start]!;
      start = blockEnds[b]!;
      ownValues[b] = types.valueAt(k, start - 1);
    }
    let at = differenceOffsets[k]!;
    for (let e = offsets[k]!; e < offsets[k + 1]!; e++) {
      for (let b = blockOffsets[k]!; b < blockOffsets[k + 1]!; b++)
        differences[at++] = types.valueAt(from[e]!, blockEnds[b]! - 1) - ownValues[b]!;
    }
  }
  return {
    count: n,
    offsets,
    from,
    to,
    blockOffsets,
    blockEnds: blockEnds.slice(0, blockCount),
    blockWeights,
    ownValues,
    differenceOffsets,
    differences,
    mostBlocks,
    mostInto,
  };
};
