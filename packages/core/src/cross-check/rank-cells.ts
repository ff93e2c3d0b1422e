import type { Distribution } from '../distributions/distribution.ts';

/** A distribution cut at quantiles: cell k holds `mass[k]` of the types, all of them in [low[k], high[k]]. Masses sum to 1. */
export interface RankCells {
  readonly ranks: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mass: Float64Array;
}

/** Ranks 0, …, 1: `count` even cells, the last of which is cut in half `tail` times, towards the top: what is there may be worth more than all the rest. */
const ranksOf = (count: number, tail: number): Float64Array => {
  const even = Array.from({ length: count }, (_, k) => k / count);
  const halved = Array.from({ length: tail }, (_, k) => 1 - 2 ** -(k + 1) / count);
  return Float64Array.from([...even, ...halved, 1]);
};

/**
 * Types by rank, from F⁻¹ alone: neither density nor F is asked for, nor any place where someone expects the types to be. Whatever shape F has, no
 * cell holds more than 1/count of them.
 */
export const rankCells = (distribution: Distribution, count: number, tail = 0): RankCells => {
  let known = latest.get(distribution);
  if (known === undefined) {
    known = new Map();
    latest.set(distribution, known);
  }
  const key = `${count} ${tail}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const ranks = ranksOf(count, tail);
  const places = ranks.map((u) => distribution.quantile(u));
  const cells: RankCells = {
    ranks,
    low: places.slice(0, -1),
    high: places.slice(1),
    mass: Float64Array.from({ length: ranks.length - 1 }, (_, k) => ranks[k + 1]! - ranks[k]!),
  };
  known.set(key, cells);
  return cells;
};

/** Studies that differ in other numbers share their distributions. */
const latest = new WeakMap<Distribution, Map<string, RankCells>>();
