import type { Cliques } from './cliques.ts';

/** Vertices by one coordinate: only the order of its values counts, and which of them are equal. */
export interface Ranking {
  /** Index of each vertex's value among the distinct ones. */
  readonly rank: Int32Array;
  readonly greatest: number;
  /** Least and greatest rank in each clique. */
  readonly least: Int32Array;
  readonly most: Int32Array;
  /** 1/(mean difference of the two): spreads are compared in cliques. */
  readonly scale: number;
}

/** NaN ranks last. */
export const ranking = (values: Float64Array, { offsets, members }: Cliques): Ranking => {
  const distinct = new Set(values.slice().sort());
  const rankOf = new Map<number, number>();
  for (const value of distinct) rankOf.set(value, rankOf.size);
  const rank = new Int32Array(values.length);
  for (let v = 0; v < values.length; v++) rank[v] = rankOf.get(values[v]!)!;
  const cliqueCount = offsets.length - 1;
  const least = new Int32Array(cliqueCount);
  const most = new Int32Array(cliqueCount);
  let extent = 1;
  for (let c = 0; c < cliqueCount; c++) {
    let low = values.length;
    let high = 0;
    for (let i = offsets[c]!, end = offsets[c + 1]!; i < end; i++) {
      const r = rank[members[i]!]!;
      if (r < low) low = r;
      if (r > high) high = r;
    }
    least[c] = low;
    most[c] = high;
    extent += high - low;
  }
  return { rank, greatest: rankOf.size - 1, least, most, scale: cliqueCount / extent };
};

/** Tells vertices apart that have equal coordinates: by index, with a scale of 0 and bounds that hold for any clique. */
export const indexRanking = (size: number, cliqueCount: number): Ranking => {
  const rank = new Int32Array(size);
  for (let v = 0; v < size; v++) rank[v] = v;
  const most = new Int32Array(cliqueCount).fill(size);
  return { rank, greatest: size - 1, least: new Int32Array(cliqueCount), most, scale: 0 };
};
