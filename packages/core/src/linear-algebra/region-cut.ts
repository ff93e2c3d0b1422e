import type { Cliques } from './cliques.ts';
import type { Ranking } from './coordinate-ranking.ts';

/** Vertices begin … end − 1 of the order, and the cliques that have members among them. */
export interface Region {
  readonly begin: number;
  readonly end: number;
  readonly liveBegin: number;
  readonly liveEnd: number;
}

/** Where to cut: the ranks below `threshold` are on the left, so many vertices as `leftSize`. */
export interface Cut {
  readonly ranks: Ranking;
  readonly threshold: number;
  readonly leftSize: number;
}

/** Sides that a clique has members on. */
const LEFT = 1;
const RIGHT = 2;
const BOTH = LEFT | RIGHT;

/** The sides on which a clique has members that no separator has taken. */
const sidesOf = (
  c: number,
  { ranks: { rank, least, most }, threshold }: Cut,
  { offsets, members }: Cliques,
  separated: Uint8Array,
): number => {
  if (most[c]! < threshold) return LEFT;
  if (least[c]! >= threshold) return RIGHT;
  const last = offsets[c + 1]!;
  let sides = 0;
  for (let i = offsets[c]!; i < last; i++) {
    const v = members[i]!;
    if (separated[v] === 0) sides |= rank[v]! < threshold ? LEFT : RIGHT;
  }
  return sides;
};

/**
 * Cuts regions of `order` in two, and puts those vertices of one side that share a clique with the other behind both, as a separator. The vertices
 * of a region stand together, and so do the cliques that have members in it; of those on both sides one loses its members. Owns its memory.
 */
export const regionCutter = (
  size: number,
  cliques: Cliques,
  order: Int32Array,
): ((region: Region, cut: Cut) => readonly [Region, Region]) => {
  const { offsets, members } = cliques;
  const cliqueCount = offsets.length - 1;
  const live = new Int32Array(cliqueCount);
  for (let c = 0; c < cliqueCount; c++) live[c] = c;
  const separated = new Uint8Array(size);
  const touched = new Uint8Array(cliqueCount);
  const boundary = new Int32Array(size); // the last cut that a vertex is next to
  const moved = new Int32Array(Math.max(size, cliqueCount));
  let cuts = 0;

  /** Marks the vertices that share a clique with the other side; returns how many more of them are on the left. */
  const markBoundary = ({ liveBegin, liveEnd }: Region, cut: Cut): number => {
    const { ranks, threshold } = cut;
    const { rank } = ranks;
    let excess = 0;
    cuts++;
    for (let l = liveBegin; l < liveEnd; l++) {
      const c = live[l]!;
      const sides = sidesOf(c, cut, cliques, separated);
      touched[c] = sides;
      if (sides !== BOTH) continue;
      const last = offsets[c + 1]!;
      for (let i = offsets[c]!; i < last; i++) {
        const v = members[i]!;
        if (separated[v] === 1 || boundary[v] === cuts) continue;
        boundary[v] = cuts;
        excess += rank[v]! < threshold ? 1 : -1;
      }
    }
    return excess;
  };

  /** Orders the vertices left, right, separator; writes where the last two begin. */
  const starts = new Int32Array(2);
  const splitVertices = ({ begin, end }: Region, { ranks, threshold }: Cut, taken: number): void => {
    const { rank } = ranks;
    let middle = begin;
    let rightCount = 0;
    let separator = end;
    for (let i = begin; i < end; i++) {
      const v = order[i]!;
      const side = rank[v]! < threshold ? LEFT : RIGHT;
      if (side === taken && boundary[v] === cuts) {
        separated[v] = 1;
        moved[--separator] = v;
      } else if (side === LEFT) order[middle++] = v;
      else moved[begin + rightCount++] = v;
    }
    order.set(moved.subarray(begin, begin + rightCount), middle);
    order.set(moved.subarray(separator, end), separator);
    starts[0] = middle;
    starts[1] = separator;
  };

  /** Orders the cliques left, right, none; writes where the last two begin. */
  const liveStarts = new Int32Array(2);
  const splitCliques = ({ liveBegin, liveEnd }: Region, taken: number): void => {
    let middle = liveBegin;
    let rightCount = 0;
    for (let l = liveBegin; l < liveEnd; l++) {
      const c = live[l]!;
      let side = touched[c]!;
      if (side === BOTH) side -= taken;
      if (side === LEFT) live[middle++] = c;
      else if (side === RIGHT) moved[rightCount++] = c;
    }
    live.set(moved.subarray(0, rightCount), middle);
    liveStarts[0] = middle;
    liveStarts[1] = middle + rightCount;
  };

  return (region, cut) => {
    // The smaller boundary separates; of equal ones that of the larger side.
    const excess = markBoundary(region, cut) || region.end - region.begin - 2 * cut.leftSize;
    const taken = excess < 0 ? LEFT : RIGHT;
    splitVertices(region, cut, taken);
    splitCliques(region, taken);
    const [middle, separator] = [starts[0]!, starts[1]!];
    const [liveMiddle, liveRight] = [liveStarts[0]!, liveStarts[1]!];
    return [
      { begin: region.begin, end: middle, liveBegin: region.liveBegin, liveEnd: liveMiddle },
      { begin: middle, end: separator, liveBegin: liveMiddle, liveEnd: liveRight },
    ];
  };
};
