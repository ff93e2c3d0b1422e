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

const CELLS = 8;

/**
 * Ends of nested intervals, each a quarter as long as the last, that close in on the types where nearly all are near one another; none where
 * they are spread out. Quadrature splits there, so as not to step over a narrow peak of the density.
 */
export const concentration = (distribution: Distribution): number[] => {
  const ends: number[] = [];
  let { min: from, max: to } = distribution;
  while (to - from > 1e-9 * (distribution.max - distribution.min)) {
    const width = (to - from) / CELLS;
    const survival = Array.from({ length: CELLS + 1 }, (_, i) => distribution.survival(from + i * width));
    // Pairs of cells, so that a peak on the border of two is seen as well.
    const pair = survival.findIndex((s, i) => i + 2 <= CELLS && s - survival[i + 2]! >= 0.999);
    if (pair < 0) break;
    [from, to] = [from + pair * width, from + (pair + 2) * width];
    ends.push(from, to);
  }
  return ends;
};
