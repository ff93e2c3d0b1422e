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

const CELLS = 8;

/**
 * Ends of nested intervals, each a quarter as long as the last, that close in on the types where nearly all are near one another; none where
 * they are spread out. Quadrature splits there, so as not to step over a narrow peak of the density.
 */
export const concentration = (distribution: Distribution): readonly number[] => {
  const before = concentrations.get(distribution);
  if (before !== undefined) return before;
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
  concentrations.set(distribution, ends);
  return ends;
};

/** Every scale's menu asks for it. */
const concentrations = new WeakMap<Distribution, readonly number[]>();
