import { root } from '../integration/root.ts';

/** This close to where supply starts, in log φ, rounding in v decides whether anything is worth making. */
export const NOISE = 1e-7;
/** The distances from it, in log φ, from which the start is extrapolated: φ is smooth in q there. */
const APPROACH = [1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3, 7e-3] as const;
/** Extrapolations that differ by less are of a smooth function. */
const AGREEMENT = 1e-11;
/** Crossings this close to where supply starts, in log φ, are the start. */
export const ALIKE = 1e-5;

/** The polynomial through (x, y) at `at`. */
const interpolated = (x: readonly number[], y: readonly number[], at: number): number =>
  y.reduce((sum, value, a) => {
    const weight = x.reduce(
      (product, other, b) => (b === a ? product : (product * (at - other)) / (x[a]! - other)),
      1,
    );
    return sum + weight * value;
  }, 0);

/** log φ where quality(log φ) falls to 0, extrapolated from above, if that is near `rough`; at a jump of quality it is not. */
export const refinedStart = (
  quality: (logValue: number) => number,
  isServedAt: (logValue: number) => boolean,
  rough: number,
): number => {
  for (const stretch of [1, 0.1, 0.01]) {
    const distances = APPROACH.map((distance) => stretch * distance);
    const qualities = distances.map((distance) => quality(rough + distance));
    const place = interpolated(qualities, distances, 0);
    // A kink nearby spoils it: then fewer points tell something else.
    const few = interpolated(qualities.slice(1), distances.slice(1), 0);
    if (Math.abs(place) < ALIKE && Math.abs(place - few) < AGREEMENT) return rough + place;
  }
  return root((p) => (isServedAt(p) ? 1 : -1), rough - 2 * NOISE, rough + 2 * NOISE);
};
