import type { Distribution } from '../distributions/distribution.ts';
import { root } from '../integration/root.ts';
import { revenueBetween, sampledRevenue } from './chain-revenue.ts';
import type { ServedValue } from './served-value.ts';
import {
  type ChainWeights,
  sampleVirtualValue,
  type VirtualValueSample,
  weighing,
  weightedVirtualValue,
} from './virtual-value.ts';

/** A virtual value falls where it does by more than this, relative to the type and to itself: less is rounding of the density. */
const FALL = 1e-10;
/** How much longer each next step away from a level is. */
const GROWTH = 8;

/** An interval of types with one ironed virtual value: they are bunched. */
export interface Pool {
  readonly from: number;
  readonly to: number;
  readonly ironedVirtualValue: number;
}

/** Ironed virtual value of a distribution, with what it was made from. */
export interface IronedVirtualValue extends ServedValue {
  readonly distribution: Distribution;
  readonly pools: readonly Pool[];
  /** Ascending types that show the shape of φ, with φ and φ̄ there. */
  readonly knots: Float64Array;
  readonly virtualLevels: Float64Array;
  readonly levels: Float64Array;
  /** φ(x), before ironing. */
  virtualValue(x: number): number;
}

/**
 * Indices of the points on the upper concave hull of (quantity 1 − F, revenue R), from the top type down; R = x(1 − F) where profit alone counts.
 * Marginal revenue in that plane is φ, so a stretch the hull skips is a stretch of types to bunch.
 */
const revenueHull = ({ x, survival }: VirtualValueSample, revenue: Float64Array): number[] => {
  const hull: number[] = [];
  const slope = (i: number, j: number): number => (revenue[j]! - revenue[i]!) / (survival[j]! - survival[i]!);
  for (let i = x.length - 1; i >= 0; i--) {
    // A gap, where rounding may let survival fall: the type that earns more, which is the higher one but for participation above.
    const last = hull[hull.length - 1];
    if (last !== undefined && survival[i]! <= survival[last]!) {
      if (!(revenue[i]! > revenue[last]!)) continue;
      hull.pop();
    }
    while (
      hull.length >= 2 &&
      slope(hull[hull.length - 2]!, hull[hull.length - 1]!) <= slope(hull[hull.length - 1]!, i)
    ) {
      hull.pop();
    }
    hull.push(i);
  }
  return hull.reverse();
};

/** Stretches [i, j] of the sample that the hull skips and in which φ really falls: rounding makes others. */
const fallingStretches = (sample: VirtualValueSample, revenue: Float64Array): [number, number][] => {
  const { phi, x } = sample;
  const stretches: [number, number][] = [];
  const hull = revenueHull(sample, revenue);
  for (let h = 0; h + 1 < hull.length; h++) {
    const i = hull[h]!;
    const j = hull[h + 1]!;
    if (j === i + 1) continue;
    let peak = Number.NEGATIVE_INFINITY;
    let falls = false;
    for (let k = i; k <= j; k++) {
      const value = phi[k]!;
      if (peak - value > FALL * (Math.abs(x[k]!) + Math.abs(peak))) falls = true;
      peak = Math.max(peak, value);
    }
    if (!falls) continue;
    // Stretches that meet stay apart: the hull bends there, so their types are not bunched together.
    stretches.push([i, j]);
  }
  return stretches;
};

/** What a root misses a jump by, relative to the type. */
const ROUNDED = 2 ** -50;
/** How far the first bracket of a pool's value reaches to either side, relative to the pool. */
const FIRST_WIDTH = 2 ** -20;
/** The sample has points this near to breakpoints on either side, relative to the range, and a little less. */
const SAMPLED_BESIDE = 1.5e-13;

/** What is ironed: φ of a distribution under these weights. */
interface Ironing {
  readonly distribution: Distribution;
  readonly weights: ChainWeights;
  readonly sample: VirtualValueSample;
  phi(x: number): number;
}

/**
 * The pool near sample points i and j: its ends a < b satisfy φ(a) = φ(b) = c (or sit at an end of the support or a
 * jump), and c is the mean of φ between them, which is (R(a) − R(b))/(F(b) − F(a)).
 */
const refinePool = ({ distribution, weights, sample, phi }: Ironing, i: number, j: number): Pool => {
  const { x } = sample;
  const n = x.length;
  const clamp = (k: number): number => Math.min(n - 1, Math.max(0, k));
  // The true end lies within a cell of the hull's; where φ does not cross c there, the nearer end of the bracket is right.
  const endNear = (k: number, c: number): number => {
    const from = x[clamp(k - 1)]!;
    const to = x[clamp(k + 1)]!;
    // φ jumps at a breakpoint: between it and a place that misses it by rounding there would be a sliver of types.
    const beside = SAMPLED_BESIDE * (distribution.max - distribution.min);
    if (phi(from) >= c) return onBreakpoint(distribution, from, beside);
    if (phi(to) <= c) return onBreakpoint(distribution, to, beside);
    const crossing = root((type) => phi(type) - c, from, to);
    return onBreakpoint(distribution, crossing, ROUNDED * Math.abs(crossing));
  };
  const excess = (c: number): number => {
    const a = endNear(i, c);
    const b = endNear(j, c);
    const sa = distribution.survival(a);
    const sb = distribution.survival(b);
    return revenueBetween(distribution, a, b, weights) - c * (sa - sb);
  };
  const bounds = [i, j]
    .flatMap((k) => [phi(x[clamp(k - 1)]!), phi(x[clamp(k + 1)]!)])
    .filter(Number.isFinite);
  const mean =
    revenueBetween(distribution, x[i]!, x[j]!, weights) / (sample.survival[i]! - sample.survival[j]!);
  // φ falls without limit in a gap, so that its values about the stretch may be far from any mean: the bracket grows from the hull's own.
  const bound = (towards: number, isPast: (excess: number) => boolean): number | undefined => {
    let [bound, width] = [mean, FIRST_WIDTH * (x[j]! - x[i]!)];
    while (!isPast(excess(bound))) {
      if (bound === towards || !Number.isFinite(bound)) return undefined;
      bound = towards < mean ? Math.max(towards, mean - width) : Math.min(towards, mean + width);
      width *= GROWTH;
    }
    return bound;
  };
  const low = bound(Math.min(mean, ...bounds), (over) => over >= 0);
  const high = bound(Math.max(mean, ...bounds), (over) => over <= 0);
  const c = low === undefined || high === undefined ? mean : root(excess, low, high);
  return { from: endNear(i, c), to: endNear(j, c), ironedVirtualValue: c };
};

/** The type, or the breakpoint that is so near to it. */
const onBreakpoint = ({ breakpoints }: Distribution, type: number, near: number): number =>
  breakpoints.find((place) => Math.abs(place - type) <= near) ?? type;

/**
 * Ironed virtual value φ̄: the derivative of the convex hull of ∫₀ᵘ φ(F⁻¹(t)) dt in quantile space.
 *
 * Types that share φ̄ are bunched. Serving each type efficiently at φ̄ solves the one-dimensional
 * problem, monotonicity included (Myerson 1981; Toikka 2011). Pools are found on a sample of the revenue curve,
 * whose hull is exact in O(n); their ends and common value are then solved for to rounding.
 */
export const iron = (distribution: Distribution, surplusWeight = 0): IronedVirtualValue => {
  const known = ironed.get(distribution) ?? new Map<number, IronedVirtualValue>();
  const made = known.get(surplusWeight) ?? ironWith(distribution, weighing(surplusWeight));
  ironed.set(distribution, known.set(surplusWeight, made));
  return made;
};

/** The solution, its pictures and the next study with the same buyers all ask for it. */
const ironed = new WeakMap<Distribution, Map<number, IronedVirtualValue>>();

/** φ̄ under any weights of the chain. */
export const ironWith = (distribution: Distribution, weights: ChainWeights): IronedVirtualValue => {
  const { min, max } = distribution;
  const sample = sampleVirtualValue(distribution, weights);
  const phi = (x: number): number => weightedVirtualValue(distribution, x, distribution.survival(x), weights);
  const ironing: Ironing = { distribution, weights, sample, phi };
  const stretches = fallingStretches(sample, sampledRevenue(distribution, sample, weights));
  const pools = stretches.map(([i, j]) => refinePool(ironing, i, j));
  const pooled = (x: number): number | undefined => {
    for (const pool of pools) if (x >= pool.from && x <= pool.to) return pool.ironedVirtualValue;
    return undefined;
  };
  const at = (x: number): number => pooled(x) ?? phi(x);
  const knots = sample.x;
  const levels = knots.map((x, k) => pooled(x) ?? sample.phi[k]!);
  const cutoff = (level: number): number => {
    let low = 0;
    let high = knots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (levels[middle]! > level) high = middle;
      else low = middle + 1;
    }
    if (low === 0) return min;
    if (low === knots.length) return max;
    const from = knots[low - 1]!;
    const to = knots[low]!;
    for (const pool of pools)
      if (pool.ironedVirtualValue === level && pool.to >= from && pool.to <= to) return pool.to;
    return root((x) => at(x) - level, from, to);
  };
  const breakpoints = [...distribution.breakpoints, ...pools.flatMap((pool) => [pool.from, pool.to])]
    .filter((x) => x > min && x < max)
    .sort((a, b) => a - b);
  return {
    distribution,
    min,
    max,
    breakpoints,
    pools,
    knots,
    virtualLevels: sample.phi,
    levels,
    at,
    cutoff,
    virtualValue: phi,
  };
};
