import type { Distribution } from '../distributions/distribution.ts';
import { massSplits, VANISHED } from '../integration/mass-splits.ts';

/**
 * Virtual value φ(x) = x − (1 − F(x))/f(x) (eq. (19); Myerson 1981).
 *
 * At the top, and wherever no types are left above, φ(x) = x. Where the density is 0 it is −∞.
 */
export const virtualValue = (distribution: Distribution, x: number): number => {
  const survival = distribution.survival(x);
  if (survival <= VANISHED) return x;
  const density = distribution.density(x);
  return density === Number.POSITIVE_INFINITY ? x : x - survival / density;
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
export const sampleVirtualValue = (distribution: Distribution): VirtualValueSample => {
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
  const measure = (x: number): { x: number; survival: number; phi: number } => ({
    x,
    survival: distribution.survival(x),
    phi: virtualValue(distribution, x),
  });
  const add = (point: { x: number; survival: number; phi: number }): void => {
    xs.push(point.x);
    survivals.push(point.survival);
    phis.push(point.phi);
  };
  const refine = (from: { x: number; survival: number }, to: { x: number; survival: number }): void => {
    const isFine =
      from.survival - to.survival <= MASS_STEP || to.x - from.x <= 4 * Number.EPSILON * Math.abs(to.x);
    if (isFine || xs.length > MOST) return;
    const middle = measure(from.x + (to.x - from.x) / 2);
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
