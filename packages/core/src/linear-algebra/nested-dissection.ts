import type { Cliques } from './cliques.ts';
import { indexRanking, type Ranking, ranking } from './coordinate-ranking.ts';
import { type Cut, type Region, regionCutter } from './region-cut.ts';

/** Regions of at most this many vertices are eliminated as one. */
const LEAF_SIZE = 16;

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
  const cliqueCount = cliques.offsets.length - 1;
  const rankings = [
    ...coordinates.map((values) => ranking(values, cliques)),
    indexRanking(size, cliqueCount),
  ];
  const order = rankings.at(-1)!.rank.slice();
  const sameLeaf = new Uint8Array(size);
  const cutRegion = regionCutter(size, cliques, order);
  const median = medianCutter(size, order);

  /** `low` and `high` bound the ranks in the region. */
  const dissect = (region: Region, low: readonly number[], high: readonly number[]): void => {
    const { begin, end, liveBegin, liveEnd } = region;
    if (end - begin <= LEAF_SIZE) {
      sameLeaf.fill(1, begin + 1, end);
      return;
    }
    if (liveBegin === liveEnd) return;
    const width = rankings.map(({ scale }, d) => (high[d]! - low[d]!) * scale);
    let axis = width.length - 1;
    let cut: Cut | undefined;
    while (cut === undefined) {
      for (let d = 0; d < width.length; d++) if (width[d]! > width[axis]!) axis = d;
      cut = median(begin, end, rankings[axis]!);
      width[axis] = -1;
    }
    const [left, right] = cutRegion(region, cut);
    dissect(left, low, high.with(axis, cut.threshold - 1));
    dissect(right, low.with(axis, cut.threshold), high);
  };
  const low = rankings.map(() => 0);
  const high = rankings.map(({ greatest }) => greatest);
  if (size > 0) dissect({ begin: 0, end: size, liveBegin: 0, liveEnd: cliqueCount }, low, high);
  return { order, sameLeaf };
};

/** Splits vertices begin … end − 1 of the order between ranks nearest the middle; undefined where they have one rank. Owns its memory. */
const medianCutter = (
  size: number,
  order: Int32Array,
): ((begin: number, end: number, ranks: Ranking) => Cut | undefined) => {
  const histogram = new Int32Array(size + 1);
  return (begin, end, ranks) => {
    const { rank } = ranks;
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
    return below === count ? undefined : { ranks, threshold, leftSize: below };
  };
};
