import type { CrowdedCurves } from './crowded-curve.ts';
import type { Distribution } from './distribution.ts';

/** What a density starts with at a corner of the supports: ∞, 0, or something in between. */
export type CornerDensity = 'infinite' | 'finite' | 'zero';

/** Powers that differ by less are the same. */
const SAME_POWER = 1e-7;
/** A power that is measured, and is no smaller than this, is 0. */
const LEVEL = 0.01;
/** Distances, as shares of the width, far below rounding, from which a power is measured: they differ by 30 halvings. */
const NEAR = 2 ** -60;
const HALVINGS = 30;

/** A convolution of powers starts with the sum of their exponents; where one starts as the other ends, it has it on both sides. */
export const independentCornerDensity = (
  values: Distribution,
  scales: Distribution,
  a: number,
  { corners, value: w, scale: s }: CrowdedCurves,
  corner: number,
): CornerDensity => {
  const isInside = corner > corners.BC && corner < corners.AD;
  let power = 0;
  let isLogarithmic = isInside;
  if (corner === 0) {
    const fromValues = values.min === 0 ? w.bottomPower : Number.POSITIVE_INFINITY;
    const fromScales = scales.min === 0 ? s.bottomPower / a : Number.POSITIVE_INFINITY;
    power = Math.min(fromValues, fromScales);
    isLogarithmic = Math.abs(fromValues - fromScales) < SAME_POWER;
  } else {
    const atA = corner === corners.AD || corner === corners.AC;
    const atD = corner === corners.AD || corner === corners.BD;
    power = (atA ? w.topPower : w.bottomPower) + (atD ? s.topPower : s.bottomPower);
  }
  if (Math.abs(power - 1) < SAME_POWER) return isLogarithmic ? 'infinite' : 'finite';
  return power < 1 ? 'infinite' : isInside ? 'finite' : 'zero';
};

/** By the least power of the distance with which the density, given at a corner and an offset, starts on either side of it. */
export const measuredCornerDensity = (
  densityAt: (corner: number, offset: number) => number,
  { corners }: CrowdedCurves,
  corner: number,
): CornerDensity => {
  const distances = [1, 2 ** -HALVINGS].map((part) => part * NEAR * (corners.AD - corners.BC));
  const [isAboveLowest, isBelowHighest] = [corner > corners.BC, corner < corners.AD];
  const sides = [...(isAboveLowest ? [-1] : []), ...(isBelowHighest ? [1] : [])];
  const powers = sides.map((side) => {
    const [near, nearer] = distances.map((distance) => Math.log(densityAt(corner, side * distance)));
    return (near! - nearer!) / (HALVINGS * Math.LN2);
  });
  const slope = Math.min(...powers);
  if (slope < -LEVEL) return 'infinite';
  return (isAboveLowest && isBelowHighest) || slope < LEVEL ? 'finite' : 'zero';
};
