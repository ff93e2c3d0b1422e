import { cellMoments, evenRanks } from '../distributions/known-cells.ts';
import { massSplits } from '../distributions/mass-splits.ts';
import { largestOf, smallestOf } from '../integration/extremes.ts';
import { lastInside } from '../integration/root.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { Chain } from './chain-problem.ts';
import { poolAdjacentViolators } from './ironed-chain.ts';

/** Cells of types, ascending, with multipliers that nearly minimise the bound. */
export interface ChainGrid {
  /** Ends of the cells, one more than cells. */
  readonly edges: Float64Array;
  readonly mass: Float64Array;
  /** ∫ (θ + ((1 − κ)F − shift)/f) dF: the mean φ, times mass. */
  readonly weighted: Float64Array;
  /** γ in each cell, nondecreasing from 0 to 1 − κ. */
  readonly level: Float64Array;
  /** γ, and what ironing adds: types of a cell are served for θ − (shift − (1 − κ)F)/f. */
  readonly shift: Float64Array;
  /** Mean u′. */
  readonly slope: Float64Array;
  /** What the cell's middle is served; nondecreasing. */
  readonly quality: Float64Array;
  /** True where quality fell without ironing, so that `shift` differs from `level`. */
  readonly isIroned: boolean;
}

/** How many cells there are of one kind: even in types, and half as many even in ranks. */
export const CELLS = { few: 200, many: 800 } as const;
/** Rounds of levels and ironing in turn. */
const ROUNDS = 12;
/** Levels nearer than this, as a share of all multipliers, are one. */
const ALIKE = 1e-6;
/** Sums that differ by less, relative to what is summed, are a tie. */
const TIE = 1e-13;
/** A fall of quality that is no more than rounding, relative to the highest. */
const FLAT = 1e-7;
/** φ is sought no farther out than so many times the largest type. */
const REACH = 16;

/** Even in types and in ranks, and split at every break of the types or of u. */
const cellEdges = ({ types, participation }: Chain, count: number): Float64Array => {
  const { min, max } = types;
  const even = Array.from({ length: count + 1 }, (_, i) => min + ((max - min) * i) / count);
  const ranked = evenRanks(types, count / 2).subarray(1, count / 2);
  const breaks = [...types.breakpoints, ...massSplits(types), ...participation.breakpoints];
  const places = [...even, ...ranked, ...breaks].filter((x) => x >= min && x <= max).sort((a, b) => a - b);
  const kept = new Set([min, max, ...breaks]);
  const least = (max - min) / (count * 16);
  const edges: number[] = [];
  for (const place of places) {
    const last = edges.at(-1);
    if (last === undefined) edges.push(place);
    else if (place - last > least) edges.push(place);
    else if (place > last && kept.has(place)) {
      // A break takes the place of the edge beside it; two breaks stay apart.
      if (edges.length > 1 && !kept.has(last)) edges.pop();
      edges.push(place);
    }
  }
  return Float64Array.from(edges);
};

/** The cells as the recursion sees them. */
interface Cells {
  readonly edges: Float64Array;
  readonly type: Float64Array;
  readonly width: Float64Array;
  readonly mass: Float64Array;
  /** ∫ θ dF. */
  readonly moment: Float64Array;
  /** Mean (1 − κ)F. */
  readonly share: Float64Array;
  /** Mean u′ over the cell. */
  readonly slope: Float64Array;
}

const cellsOf = (chain: Chain, count: number): Cells => {
  const { types, participation, surplusWeight } = chain;
  const edges = cellEdges(chain, count);
  const n = edges.length - 1;
  const column = (of: (from: number, to: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => of(edges[i]!, edges[i + 1]!));
  const { mass, moment, below } = cellMoments(types, edges);
  return {
    edges,
    type: column((from, to) => from + (to - from) / 2),
    width: column((from, to) => to - from),
    mass,
    moment,
    share: below.map((mean) => (1 - surplusWeight) * mean),
    slope: column((from, to) => (participation.utility(to) - participation.utility(from)) / (to - from)),
  };
};

/**
 * The nondecreasing γ in [0, 1 − κ] with the least Σ width (f S(θ − (γ + η − (1 − κ)F)/f) + γ u′), whose derivative in γ is width (u′ − q).
 *
 * At every level c, γ > c from the type on from which Σ (u′ − q_c) over all above is least: separable and convex, this is isotonic regression, and levels are
 * halved until they are alike (the partitioning algorithm; Best and Chakravarti 1990).
 */
const isotonicLevels = (
  { type, width, mass, share, slope }: Cells,
  ironing: Float64Array,
  most: number,
  quality: (type: number, value: number) => number,
): Float64Array => {
  const n = type.length;
  const levels = new Float64Array(n);
  /** From which cell on γ is above a level, of the cells [from, to). */
  const firstAbove = (level: number, from: number, to: number): number => {
    let [sum, size, least, start] = [0, 0, 0, to];
    for (let i = to - 1; i >= from; i--) {
      const rents = (level + ironing[i]! - share[i]!) * width[i]!;
      const value = rents === 0 ? type[i]! : type[i]! - rents / mass[i]!;
      const served = quality(type[i]!, value);
      sum += width[i]! * (slope[i]! - served);
      size += width[i]! * (slope[i]! + served);
      // Of several best γ the greatest: where nobody is to be served it is then one level from the lowest type on.
      if (sum <= least + TIE * size) start = i;
      least = Math.min(least, sum);
    }
    return start;
  };
  const settle = (from: number, to: number, low: number, high: number): void => {
    if (from >= to) return;
    const level = low + (high - low) / 2;
    if (high - low <= ALIKE * most) {
      levels.fill(level, from, to);
      return;
    }
    const start = firstAbove(level, from, to);
    settle(from, start, low, level);
    settle(start, to, level, high);
  };
  // The ends are levels themselves, and those of most cells: they are told apart first.
  const [lowest, highest] = [ALIKE * most, most - ALIKE * most];
  const inside = firstAbove(lowest, 0, n);
  const top = firstAbove(highest, inside, n);
  levels.fill(most, top, n);
  settle(inside, top, lowest, highest);
  return levels;
};

/** What ironing adds to γ: each cell's φ less its pool's mean, times density. */
const ironingOf = ({ width, mass, moment, share }: Cells, levels: Float64Array): Float64Array => {
  const blocks: { mass: number; sum: number; count: number }[] = [];
  const weighted = levels.map((level, i) => moment[i]! - (level - share[i]!) * width[i]!);
  const mean = (block: { mass: number; sum: number }): number =>
    block.mass > 0 ? block.sum / block.mass : block.sum * Number.POSITIVE_INFINITY || 0;
  for (let i = 0; i < levels.length; i++) {
    blocks.push({ mass: mass[i]!, sum: weighted[i]!, count: 1 });
    while (blocks.length >= 2 && mean(blocks[blocks.length - 2]!) > mean(blocks[blocks.length - 1]!)) {
      const last = blocks.pop()!;
      const before = blocks.pop()!;
      blocks.push({
        mass: before.mass + last.mass,
        sum: before.sum + last.sum,
        count: before.count + last.count,
      });
    }
  }
  const ironing = new Float64Array(levels.length);
  let at = 0;
  for (const block of blocks) {
    for (let k = 0; k < block.count; k++, at++)
      ironing[at] = block.count === 1 ? 0 : (weighted[at]! - mass[at]! * mean(block)) / width[at]!;
  }
  return ironing;
};

/** Multipliers on a grid: levels by isotonic regression, in turn with ironing where quality would fall. */
export const chainGrid = (chain: Chain, count: number = CELLS.many): ChainGrid => {
  const { service, surplusWeight, types } = chain;
  const cells = cellsOf(chain, count);
  const { edges, type, width, mass, share, slope } = cells;
  const n = type.length;
  const most = 1 - surplusWeight;
  const point = supplyPoint(service.inputs);
  const reach = REACH * Math.max(Math.abs(types.min), Math.abs(types.max));
  const qualityAt = (at: number, value: number): number => {
    service.serve(at, Math.min(reach, Math.max(-Number.MAX_VALUE, value)), point);
    return point.quality;
  };
  const servedFor = (shift: Float64Array): Float64Array =>
    shift.map((g, i) => {
      const rents = (g - share[i]!) * width[i]!;
      return qualityAt(type[i]!, rents === 0 ? type[i]! : type[i]! - rents / mass[i]!);
    });
  /** Where levels rise from cell to cell U = u, and quality is u′, whatever is best at a virtual value that is one of many. */
  const settled = (levels: Float64Array, served: Float64Array): Float64Array =>
    served.map((q, i) => (isAlone(levels, i) ? slope[i]! : q));
  const falls = (quality: Float64Array): boolean => {
    let peak = 0;
    const top = quality.reduce((a, b) => Math.max(a, b), 0);
    return quality.some((q) => {
      peak = Math.max(peak, q);
      return q < peak - FLAT * top;
    });
  };
  let ironing: Float64Array = new Float64Array(n);
  let levels = isotonicLevels(cells, ironing, most, qualityAt);
  let quality: Float64Array = settled(levels, servedFor(levels));
  // Where u bends down types who are left to it may have less and less of it.
  const isConvex = chain.participation.isConvex !== false;
  const isIroned = isConvex && most > 0 && falls(quality);
  for (let round = 0; isIroned && round < ROUNDS; round++) {
    ironing = ironingOf(cells, levels);
    const next = isotonicLevels(cells, ironing, most, qualityAt);
    const moved = next.reduce((far, level, i) => Math.max(far, Math.abs(level - levels[i]!)), 0);
    levels = next;
    if (moved <= 1e-9 * most) break;
  }
  const shift = levels.map((level, i) => level + ironing[i]!);
  if (isIroned) {
    // What is ironed once more has φ̄ in order for these levels.
    const last = ironingOf(cells, levels);
    shift.forEach((_, i) => {
      shift[i] = levels[i]! + last[i]!;
    });
    quality = settled(levels, servedFor(shift));
  }
  if (service.use !== 'own') quality = atKinks(chain, cells, levels, shift, quality, qualityAt);
  // Where it still falls, as next to nobody is there or the rounds were too few, by mass.
  if (isConvex)
    quality = poolAdjacentViolators({ phi: quality, weighted: quality.map((q, i) => q * mass[i]!) }, mass);
  const weighted = shift.map((g, i) => cells.moment[i]! - (g - share[i]!) * width[i]!);
  return { edges, mass, slope, weighted, level: levels, shift, quality, isIroned };
};

/** Virtual values this near to a kink of supply, relative to the types, may be at it. */
const AT_KINK = 1e-6;

/**
 * Where a cell's φ is at a kink of supply any quality between both sides is best: along a level it is one, such that U − u is the same at both ends; from
 * the lowest type on the least, and up to the highest the greatest, with which U stays above u.
 */
const atKinks = (
  chain: Chain,
  { type, width, mass, share, slope }: Cells,
  levels: Float64Array,
  shift: Float64Array,
  quality: Float64Array,
  qualityAt: (type: number, value: number) => number,
): Float64Array => {
  const most = 1 - chain.surplusWeight;
  const near = AT_KINK * (chain.types.max - chain.types.min);
  const beside = (i: number, side: -1 | 1): number => {
    const rents = (shift[i]! - share[i]!) * width[i]!;
    // In a gap of the types without rents to count nothing is better than anything else.
    if (!(mass[i]! > 0) && Math.abs(rents) <= near * width[i]!) return side < 0 ? 0 : top;
    const value = rents === 0 ? type[i]! : type[i]! - rents / mass[i]!;
    return qualityAt(type[i]!, value + side * near);
  };
  const top = qualityAt(chain.types.max, chain.types.max);
  const settled = quality.slice();
  for (let from = 0, to = 1; from < levels.length; from = to, to++) {
    while (to < levels.length && levels[to] === levels[from]) to++;
    if (isAlone(levels, from)) continue;
    const cells = Array.from({ length: to - from }, (_, k) => from + k);
    const least = cells.map((i) => beside(i, -1));
    const greatest = cells.map((i) => beside(i, 1));
    const between = (one: number, k: number): number => Math.min(greatest[k]!, Math.max(least[k]!, one));
    const rise = (one: number): number =>
      cells.reduce((sum, i, k) => sum + width[i]! * (between(one, k) - slope[i]!), 0);
    const isTop = levels[from] === most && to === levels.length;
    const isBottom = levels[from] === 0 && from === 0;
    let [low, high] = [smallestOf(least), largestOf(greatest)];
    if (isTop) low = high;
    else if (isBottom) high = low;
    const level = high > low ? lastInside((one) => rise(one) < 0, low, high)[1] : high;
    cells.forEach((i, k) => {
      settled[i] = between(level, k);
    });
  }
  return settled;
};

/** A cell whose level is no neighbour's, nor an end. */
const isAlone = (levels: Float64Array, i: number): boolean => {
  const level = levels[i]!;
  return level > levels[0]! || level < levels[levels.length - 1]!
    ? level !== levels[i - 1] && level !== levels[i + 1]
    : false;
};
