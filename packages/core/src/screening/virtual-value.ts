import type { Distribution } from '../distributions/distribution.ts';
import { massSplits, VANISHED } from '../distributions/mass-splits.ts';

/**
 * What the chain's multipliers weigh. `surplusWeight` is κ ∈ [0, 1], the weight of consumer surplus per unit of that of profit; `above` is the weight of
 * participation constraints beyond the lowest type's, which the chain then carries down: 1 − κ − γ of Jullien (2000), 0 without them.
 */
export interface ChainWeights {
  readonly surplusWeight: number;
  readonly above: number;
}

/** κ alone. */
export const weighing = (surplusWeight: number): ChainWeights => ({ surplusWeight, above: 0 });

/** (1 − κ)(1 − F(x)) − above: what a unit of quality for type x costs in rents that count, per unit of length. */
export const rentWeight = (survival: number, { surplusWeight, above }: ChainWeights): number =>
  (1 - surplusWeight) * survival - above;

/**
 * Virtual value φ(x) = x − (1 − κ)(1 − F(x))/f(x), with the weight κ of consumer surplus (eq. (19), where κ = 0; Myerson 1981).
 *
 * At the top, and wherever no types are left above, φ(x) = x; so it is everywhere at κ = 1. Where the density is 0 it is −∞.
 */
export const virtualValue = (distribution: Distribution, x: number, surplusWeight = 0): number =>
  weightedVirtualValue(distribution, x, distribution.survival(x), weighing(surplusWeight));

/** φ(x) = x − ((1 − κ)(1 − F(x)) − above)/f(x), where 1 − F(x) is known. */
export const weightedVirtualValue = (
  distribution: Distribution,
  x: number,
  survival: number,
  weights: ChainWeights,
): number => {
  if (survival <= VANISHED && weights.above === 0) return x;
  const { surplusWeight, above } = weights;
  // In the lower tail F is the accurate one.
  const rents =
    above > 0 && survival > 0.5
      ? 1 - surplusWeight - above - (1 - surplusWeight) * distribution.cdf(x)
      : rentWeight(survival, weights);
  if (rents === 0) return x;
  const density = distribution.density(x);
  return density === Number.POSITIVE_INFINITY ? x : x - rents / density;
};

/** φ at sampled types, and what is needed for revenue curves there. */
export interface VirtualValueSample {
  readonly x: Float64Array;
  readonly survival: Float64Array;
  readonly phi: Float64Array;
}

const COARSE = 192;
/** So many steps at least between breakpoints and where the mass is split, as long as those are few. */
const STEPS = 24;
const MOST_AT_LEAST = 2000;
const MASS_STEP = 1 / 96;
const MOST = 6000;

/**
 * φ sampled finely enough to see where it falls: evenly in x between breakpoints and where the mass is split, so that the shoulders of a narrow peak are
 * seen as well, halved until no step holds more than 1/96 of the types. Both sides of a breakpoint are sampled, since φ may jump there.
 */
export const sampleVirtualValue = (
  distribution: Distribution,
  weights: ChainWeights = weighing(0),
): VirtualValueSample => {
  const { min, max, breakpoints } = distribution;
  const splits = massSplits(distribution);
  const isSplit = new Set(splits);
  const ends = [min, ...breakpoints, ...splits, max].sort((a, b) => a - b);
  const xs: number[] = [];
  const survivals: number[] = [];
  const phis: number[] = [];
  const step = (max - min) / COARSE;
  const least = Math.min(STEPS, Math.max(2, Math.floor(MOST_AT_LEAST / ends.length)));
  /** Survival and φ are taken together: some distributions compute both in one pass. */
  const measure = (x: number): { x: number; survival: number; phi: number } => {
    const survival = distribution.survival(x);
    return { x, survival, phi: weightedVirtualValue(distribution, x, survival, weights) };
  };
  const add = (point: { x: number; survival: number; phi: number }): void => {
    xs.push(point.x);
    survivals.push(point.survival);
    phis.push(point.phi);
  };
  const refine = (from: { x: number; survival: number }, to: { x: number; survival: number }): void => {
    const isFine =
      from.survival - to.survival <= MASS_STEP || to.x - from.x <= 4 * Number.EPSILON * Math.abs(to.x);
    if (isFine || xs.length > MOST) return;
    const x = from.x + (to.x - from.x) / 2;
    // Between the least numbers there is none.
    if (!(x > from.x && x < to.x)) return;
    const middle = measure(x);
    refine(from, middle);
    add(middle);
    refine(middle, to);
  };
  for (let e = 0; e + 1 < ends.length; e++) {
    const [low, high] = [ends[e]!, ends[e + 1]!];
    const beside = (end: number): number =>
      isSplit.has(end) || end === min || end === max
        ? 0
        : Math.max(1e-13 * (high - low), 2 * Number.EPSILON * Math.abs(end));
    const [from, to] = [low + beside(low), high - beside(high)];
    if (!(to > from)) continue;
    const count = Math.max(least, Math.ceil((to - from) / step));
    let last = measure(from);
    if (!isSplit.has(low)) add(last);
    for (let i = 1; i <= count; i++) {
      const next = measure(i === count ? to : from + ((to - from) * i) / count);
      refine(last, next);
      add(next);
      last = next;
    }
  }
  return { x: Float64Array.from(xs), survival: Float64Array.from(survivals), phi: Float64Array.from(phis) };
};
