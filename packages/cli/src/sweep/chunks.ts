/** Combinations that are solved one after the other: from `first` up to, but without, `end`. */
export interface Chunk {
  /** Counted from 0. */
  readonly number: number;
  readonly first: number;
  readonly end: number;
}

/** Chunks that a sweep is cut into where it is large enough, and the most combinations of one. */
const CHUNKS = 64;
export const LARGEST = 1000;
/** Of rows that stand on no disk, no more than these are lost where a sweep is stopped. */
const LARGEST_UNKEPT = 32;

/** How a sweep of so many combinations is cut. One whose rows are kept is cut in the same way on whatever machines it runs: who goes on with it must find the same chunks. */
export const chunksOf = (combinations: number, isKept: boolean): readonly Chunk[] => {
  const largest = isKept ? LARGEST : LARGEST_UNKEPT;
  const size = Math.min(largest, Math.max(1, Math.ceil(combinations / CHUNKS)));
  return Array.from({ length: Math.ceil(combinations / size) }, (_, number) => ({
    number,
    first: number * size,
    end: Math.min(combinations, (number + 1) * size),
  }));
};

/** A part of a sweep, `index` counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The chunks of a shard: neighbours, and as many as any other shard has, give or take one. */
export const chunksOfShard = (chunks: readonly Chunk[], { index, of }: Shard): readonly Chunk[] =>
  chunks.slice(Math.floor(((index - 1) * chunks.length) / of), Math.floor((index * chunks.length) / of));

/** Of all these chunks together. */
export const combinationsIn = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { first, end }) => sum + end - first, 0);
