/**
 * Distribution F of a one-dimensional type on [min, max].
 *
 * `survival` is 1 − F by its own formula, so that (1 − F)/f keeps its relative accuracy in the upper tail.
 * `density` may be infinite at an end of the support; outside the support it is 0.
 */
export interface Distribution {
  readonly min: number;
  readonly max: number;
  /** Interior points where the density or one of its derivatives jumps, ascending. Quadrature splits there. */
  readonly breakpoints: readonly number[];
  density(x: number): number;
  cdf(x: number): number;
  survival(x: number): number;
  /** F⁻¹(u) for u in [0, 1]; F⁻¹(0) = min, F⁻¹(1) = max. */
  quantile(u: number): number;
}

/** True where the density is 0 or ∞ at an end of the support: it then mostly behaves like a fractional power there. */
export const isSingularAt = (distribution: Distribution, end: number): boolean => {
  const density = distribution.density(end);
  return !(density > 0 && density < Number.POSITIVE_INFINITY);
};
