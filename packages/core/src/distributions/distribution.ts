/**
 * Distribution F of a one-dimensional type on [min, max], both finite.
 *
 * `survival` is 1 − F by its own formula, so that (1 − F)/f keeps its relative accuracy in the upper tail.
 * `density` may be infinite at an end of the support; outside the support it is 0.
 */
export interface Distribution {
  /** Lower end of the support, finite. */
  readonly min: number;
  /** Upper end of the support, finite. */
  readonly max: number;
  /** Interior points where the density or one of its derivatives jumps, ascending. Quadrature splits there. */
  readonly breakpoints: readonly number[];
  /** Other types near which the density may vary fast, where they are known: `massSplits` looks there first. */
  readonly steepAt?: readonly number[];
  /** f(x) ≥ 0. */
  density(x: number): number;
  /** F(x) in [0, 1]. */
  cdf(x: number): number;
  /** 1 − F(x) in [0, 1]. */
  survival(x: number): number;
  /** F⁻¹(u) for u in [0, 1]; F⁻¹(0) = min, F⁻¹(1) = max. */
  quantile(u: number): number;
  /** What a reader must know of how it was made, in sentences. */
  readonly remarks?: readonly string[];
}

/** How far from an end of the support its power is measured, relative to the width. */
const NEXT_TO_END = 2 ** -20;

/**
 * True where the density starts like a fractional power: it is infinite, or 0 and not smooth.
 *
 * Where F starts like d^p at the distance d from an end, p = f d/F. At a breakpoint with density 0 it is taken to be fractional.
 */
export const isSingularAt = (distribution: Distribution, end: number): boolean => {
  const density = distribution.density(end);
  if (density > 0 && density < Number.POSITIVE_INFINITY) return false;
  const { min, max } = distribution;
  if (density !== 0 || (end !== min && end !== max)) return true;
  const distance = NEXT_TO_END * (max - min);
  const type = end === min ? min + distance : max - distance;
  const mass = end === min ? distribution.cdf(type) : distribution.survival(type);
  const power = (distribution.density(type) * distance) / mass;
  return !(Math.abs(power - Math.round(power)) < 16 * NEXT_TO_END * power);
};

/** Types crowd together next to an infinite density. */
export const hasInfiniteDensity = (of: Distribution): boolean =>
  [of.min, ...of.breakpoints, of.max].some((end) => of.density(end) === Number.POSITIVE_INFINITY);
