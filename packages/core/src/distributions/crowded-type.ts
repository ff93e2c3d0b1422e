import { massSplits } from '../integration/mass-splits.ts';
import { integrate, piecesBetween } from '../integration/quadrature.ts';
import { type Copula, independence } from './copula.ts';
import type { Distribution } from './distribution.ts';
import { distributionTails } from './distribution-tails.ts';

/** f_θ, F_θ and 1 − F_θ at an index. */
export interface TypePoint {
  density: number;
  cdf: number;
  survival: number;
}

/** F_θ of one value and one scale under a copula, each smooth inside its support and with whatever density at its ends. */
export interface CrowdedType {
  readonly corners: Corners;
  /** At the index corner + offset, the offset being exact. */
  at(corner: number, offset: number, out: TypePoint): void;
  /** What the density starts with at a corner: ∞, 0, or something in between. */
  limitAt(corner: number): 'infinite' | 'finite' | 'zero';
}

/** Indices at the corners of the supports: A is the highest value, B the lowest, C the smallest scale, D the largest. */
interface Corners {
  readonly AD: number;
  readonly AC: number;
  readonly BD: number;
  readonly BC: number;
}

/** Lengths of the stretches next to the ends of the curve, in log s. */
const END = 1.5;

/** Distances below are not told apart: powers of them would leave the range of numbers. */
const LEAST = 1e-250;

const SAME_POWER = 1e-7;
/** A power that is measured, and is no smaller than this, is 0. */
const LEVEL = 0.01;

/** The power of the substitution at an end at which the integrand has `power`: τ^(6) and more is smooth enough for 20 nodes. */
const grade = (power: number): number => Math.min(60, Math.max(4, 6 / power));

/**
 * log θ = log w + (1−σ) log s is a sum, and without dependence its density a convolution; under a copula, one weighted by its density: an integral over y = log s along the curve
 * w s^{1−σ} = t, between A (w at its max) or C (s at its min) and B (w at its min) or D (s at its max).
 *
 * Next to a corner of the supports two of these are close to one another, and where densities are infinite much of the mass is between them. So places
 * are kept as distances from all four, none of them a difference of rounded numbers; next to an end of the curve they are powers of the coordinate.
 */
export const crowdedType = (
  values: Distribution,
  scales: Distribution,
  a: number,
  copula: Copula = independence,
): CrowdedType => {
  const w = distributionTails(values);
  const s = distributionTails(scales);
  const power = (scale: number): number => (scale > 0 ? Math.exp(a * Math.log(scale)) : 0);
  const corners: Corners = {
    AD: values.max * power(scales.max),
    AC: values.max * power(scales.min),
    BD: values.min * power(scales.max),
    BC: values.min * power(scales.min),
  };
  const valueSplits = massSplits(values).map((value) => Math.log(values.max / value) / a);
  const scaleSplits = massSplits(scales).map((scale) => Math.log(scales.max / scale));
  const widthW = Math.log(values.max / values.min) / a;
  const widthS = Math.log(scales.max / scales.min);

  const atValue = (fromA: number, fromB: number): void => {
    const value = values.max * Math.exp(-a * fromA);
    w.at(
      value,
      values.min > 0 ? values.min * Math.expm1(a * fromB) : value,
      -values.max * Math.expm1(-a * fromA),
    );
  };
  const atScale = (fromC: number, fromD: number): void => {
    const scale = scales.max * Math.exp(-fromD);
    s.at(scale, scales.min > 0 ? scales.min * Math.expm1(fromC) : scale, -scales.max * Math.expm1(-fromD));
  };

  const at: CrowdedType['at'] = (corner, offset, out) => {
    const t = corner + offset;
    /** (log t − log c)/a */
    const past = (c: number): number => {
      const distance = corner === c ? offset : t - c;
      return (Math.abs(distance) < c / 2 ? Math.log1p(distance / c) : Math.log(t / c)) / a;
    };
    const [AtoD, CtoA, DtoB, CtoB] = [
      -past(corners.AD),
      past(corners.AC),
      past(corners.BD),
      past(corners.BC),
    ];
    const isLowA = CtoA >= 0;
    const isHighD = DtoB >= 0;
    const length = isLowA ? (isHighD ? AtoD : widthW) : isHighD ? widthS : CtoB;
    const end = Math.min(length / 2, END);
    const lowGrade = grade(isLowA ? w.topPower : s.bottomPower);
    const highGrade = grade(isHighD ? s.topPower : w.bottomPower);
    /** At y = low + x. */
    const fromLow = (x: number): void => {
      if (isLowA) {
        atValue(x, widthW - x);
        atScale(CtoA + x, AtoD - x);
      } else {
        atValue(x - CtoA, CtoB - x);
        atScale(x, widthS - x);
      }
    };
    /** At y = high − x. */
    const fromHigh = (x: number): void => {
      if (isHighD) {
        atValue(AtoD - x, DtoB + x);
        atScale(widthS - x, x);
      } else {
        atValue(widthW - x, x);
        atScale(CtoB - x, x - DtoB);
      }
    };
    // Places on the curve, as distances from its lower end, at which a narrow peak of values or scales begins or ends.
    const steep = [
      ...valueSplits.map((fromA) => (isLowA ? fromA : fromA + CtoA)),
      ...scaleSplits.map((fromD) => (isLowA ? AtoD : widthS) - fromD),
    ].filter((x) => x > 0 && x < length);
    // Coordinates: −1 to 0 at the upper end, 0 to 1 at the lower one, from 1 + END on in between.
    const coordinate = (x: number): number =>
      x < end
        ? (x / end) ** (1 / lowGrade)
        : length - x < end
          ? -(((length - x) / end) ** (1 / highGrade))
          : 1 + x;
    const hasMiddle = length > 2 * END;
    const pieces = piecesBetween(
      [-1, 0, 1, ...(hasMiddle ? [1 + END, 1 + length - END] : []), ...steep.map(coordinate)].sort(
        (x, y) => x - y,
      ),
      () => false,
    ).filter(({ from }) => from < 1 || from >= 1 + END);
    const { values: sums } = integrate(
      (x, sum) => {
        let jacobian = 1;
        if (x < 1) {
          const tau = Math.abs(x);
          const grade = x < 0 ? highGrade : lowGrade;
          const distance = Math.max(LEAST, end * Math.exp(grade * Math.log(tau)));
          jacobian = (grade * distance) / tau;
          if (x < 0) fromHigh(distance);
          else fromLow(distance);
        } else fromLow(x - 1);
        const mass = s.density * s.type * jacobian;
        if (mass === 0) {
          sum.fill(0);
          return;
        }
        const dense = w.density * w.type;
        sum[0] = dense === 0 ? 0 : copula.density(w.cdf, s.cdf, w.survival, s.survival) * dense * mass;
        sum[1] = copula.conditional(w.cdf, s.cdf, w.survival, s.survival) * mass;
        sum[2] = copula.conditionalSurvival(w.cdf, s.cdf, w.survival, s.survival) * mass;
      },
      3,
      pieces,
    );
    out.density = sums[0]! / t;
    out.cdf = sums[1]!;
    out.survival = sums[2]!;
    if (isLowA) {
      atScale(CtoA, AtoD); // below, every value is too small
      out.cdf += s.cdf;
    }
    if (!isHighD) {
      atScale(CtoB, -DtoB); // above, no value is
      out.survival += s.survival;
    }
  };

  /** The least power of the distance with which the density starts on either side, from two distances far below rounding. */
  const powerBeside = (corner: number): number => {
    const point: TypePoint = { density: 0, cdf: 0, survival: 0 };
    const distances = [2 ** -60, 2 ** -90].map((share) => share * (corners.AD - corners.BC));
    const sides = [-1, 1].filter((side) => (side < 0 ? corner > corners.BC : corner < corners.AD));
    const powers = sides.map((side) => {
      const [near, nearer] = distances.map((distance) => {
        at(corner, side * distance, point);
        return Math.log(point.density);
      });
      return (near! - nearer!) / (30 * Math.LN2);
    });
    return Math.min(...powers);
  };

  /** A convolution of powers starts with the sum of their exponents; where one starts as the other ends, it has it on both sides. */
  const limitAt = (corner: number): 'infinite' | 'finite' | 'zero' => {
    const isInside = corner > corners.BC && corner < corners.AD;
    if (!copula.independent) {
      const slope = powerBeside(corner);
      if (slope < -LEVEL) return 'infinite';
      return isInside || slope < LEVEL ? 'finite' : 'zero';
    }
    let power = 0;
    let isLogarithmic = isInside;
    if (corner === 0) {
      const fromValues = values.min === 0 ? w.bottomPower : Number.POSITIVE_INFINITY;
      const fromScales = scales.min === 0 ? s.bottomPower / a : Number.POSITIVE_INFINITY;
      power = Math.min(fromValues, fromScales);
      isLogarithmic = Math.abs(fromValues - fromScales) < SAME_POWER;
    } else {
      const [atA, atD] = [
        corner === corners.AD || corner === corners.AC,
        corner === corners.AD || corner === corners.BD,
      ];
      power = (atA ? w.topPower : w.bottomPower) + (atD ? s.topPower : s.bottomPower);
    }
    if (Math.abs(power - 1) < SAME_POWER) return isLogarithmic ? 'infinite' : 'finite';
    return power < 1 ? 'infinite' : isInside ? 'finite' : 'zero';
  };
  return { corners, at, limitAt };
};
