import type { Cliques } from './cliques.ts';
import { indexRanking, type Ranking, ranking } from './coordinate-ranking.ts';

/** Regions of at most this many vertices are eliminated as one. */
const leafSize = 16;

/** An elimination order, and which of its vertices are best eliminated together. */
export interface Dissection {
  /** The vertex at each position. */
  readonly order: Int32Array;
  /** 1 where the vertex at this position is of the same leaf as that before. */
  readonly sameLeaf: Uint8Array;
}

/**
 * Elimination order by nested dissection: separators come after what they separate.
 *
 * A region is cut near the median of the coordinate in which it is widest, compared with a clique; those vertices of
 * one side that share a clique with the other separate the two. Cuts lie between distinct values, so that separators
 * of grids are straight. Coordinates only steer the fill: any will do, of any unit.
 */
export const nestedDissection = (
  size: number,
  cliques: Cliques,
  coordinates: readonly Float64Array[],
): Dissection => {
  const { offsets, members } = cliques;
  const cliqueCount = offsets.length - 1;
  const rankings = coordinates.map((values) => ranking(values, cliques));
  rankings.push(indexRanking(size, cliqueCount));
  const order = rankings[rankings.length - 1]!.rank.slice(); // the vertices of a region stand together
  const sameLeaf = new Uint8Array(size);
  const live = new Int32Array(cliqueCount); // so do the cliques that have members in it
  for (let c = 0; c < cliqueCount; c++) live[c] = c;
  const separated = new Uint8Array(size);
  const touched = new Uint8Array(cliqueCount); // the sides that a clique has members in: 1 left, 2 right, 3 both
  const boundary = new Int32Array(size); // the last cut that a vertex is next to
  const histogram = new Int32Array(size + 1);
  const moved = new Int32Array(Math.max(size, cliqueCount));
  let cut = 0;
  let leftSize = 0;
  let leftBoundary = 0;
  let rightBoundary = 0;
  let leftCliques = 0;
  let rightCliques = 0;

  /** The rank that splits vertices begin … end − 1 nearest the middle into those below it and the rest; 0: none. */
  const median = (begin: number, end: number, rank: Int32Array): number => {
    const count = end - begin;
    let least = size;
    let most = 0;
    for (let i = begin; i < end; i++) {
      const r = rank[order[i]!]!;
      histogram[r]!++;
      if (r < least) least = r;
      if (r > most) most = r;
    }
    let below = 0;
    let threshold = least;
    while (2 * (below + histogram[threshold]!) <= count) below += histogram[threshold++]!;
    const upTo = below + histogram[threshold]!;
    if (below === 0 || (threshold < most && 2 * upTo - count < count - 2 * below)) {
      below = upTo;
      threshold++;
    }
    histogram.fill(0, least, most + 1);
    leftSize = below;
    return below === count ? 0 : threshold;
  };

  /** Marks the vertices that share a clique with the other side, and counts them. */
  const markBoundary = (begin: number, end: number, ranks: Ranking, threshold: number): void => {
    const { rank, least, most } = ranks;
    cut++;
    leftBoundary = 0;
    rightBoundary = 0;
    for (let l = begin; l < end; l++) {
      const c = live[l]!;
      if (most[c]! < threshold) {
        touched[c] = 1;
        continue;
      }
      if (least[c]! >= threshold) {
        touched[c] = 2;
        continue;
      }
      const last = offsets[c + 1]!;
      let sides = 0;
      for (let i = offsets[c]!; i < last; i++) {
        const v = members[i]!;
        if (separated[v] === 0) sides |= rank[v]! < threshold ? 1 : 2;
      }
      touched[c] = sides;
      if (sides !== 3) continue;
      for (let i = offsets[c]!; i < last; i++) {
        const v = members[i]!;
        if (separated[v] === 1 || boundary[v] === cut) continue;
        boundary[v] = cut;
        if (rank[v]! < threshold) leftBoundary++;
        else rightBoundary++;
      }
    }
  };

  /** Orders the vertices left, right, separator; returns where the right begins. */
  const splitVertices = (begin: number, end: number, rank: Int32Array, threshold: number, taken: number) => {
    let middle = begin;
    let rightCount = 0;
    let separator = end;
    for (let i = begin; i < end; i++) {
      const v = order[i]!;
      const side = rank[v]! < threshold ? 1 : 2;
      if (side === taken && boundary[v] === cut) {
        separated[v] = 1;
        moved[--separator] = v;
      } else if (side === 1) order[middle++] = v;
      else moved[begin + rightCount++] = v;
    }
    order.set(moved.subarray(begin, begin + rightCount), middle);
    order.set(moved.subarray(separator, end), separator);
    return middle;
  };

  /** Orders the cliques likewise; those on both sides have lost their members on that of the separator. */
  const splitCliques = (begin: number, end: number, taken: number): void => {
    leftCliques = 0;
    rightCliques = 0;
    for (let l = begin; l < end; l++) {
      const c = live[l]!;
      let side = touched[c]!;
      if (side === 3) side -= taken;
      if (side === 1) live[begin + leftCliques++] = c;
      else if (side === 2) moved[rightCliques++] = c;
    }
    live.set(moved.subarray(0, rightCliques), begin + leftCliques);
  };

  /** `low` and `high` bound the ranks in the region. */
  const dissect = (
    begin: number,
    end: number,
    liveBegin: number,
    liveEnd: number,
    low: readonly number[],
    high: readonly number[],
  ): void => {
    if (end - begin <= leafSize) {
      sameLeaf.fill(1, begin + 1, end);
      return;
    }
    if (liveBegin === liveEnd) return;
    const width = rankings.map(({ scale }, d) => (high[d]! - low[d]!) * scale);
    let axis = width.length - 1;
    let threshold = 0;
    while (threshold === 0) {
      for (let d = 0; d < width.length; d++) if (width[d]! > width[axis]!) axis = d;
      threshold = median(begin, end, rankings[axis]!.rank);
      width[axis] = -1;
    }
    markBoundary(liveBegin, liveEnd, rankings[axis]!, threshold);
    const difference = leftBoundary - rightBoundary || end - begin - 2 * leftSize;
    const taken = difference < 0 ? 1 : 2;
    const separator = end - (taken === 1 ? leftBoundary : rightBoundary);
    const middle = splitVertices(begin, end, rankings[axis]!.rank, threshold, taken);
    splitCliques(liveBegin, liveEnd, taken);
    const liveMiddle = liveBegin + leftCliques;
    const liveRight = liveMiddle + rightCliques;
    const below = high.with(axis, threshold - 1);
    dissect(begin, middle, liveBegin, liveMiddle, low, below);
    dissect(middle, separator, liveMiddle, liveRight, low.with(axis, threshold), high);
  };
  const low = rankings.map(() => 0);
  const high = rankings.map(({ greatest }) => greatest);
  if (size > 0) dissect(0, size, 0, cliqueCount, low, high);
  return { order, sameLeaf };
};
