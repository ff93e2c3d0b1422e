import { type Piece, piecesBetween } from '../integration/quadrature.ts';
import type { Distribution } from './distribution.ts';
import { distributionTails, type Tails } from './distribution-tails.ts';
import { massSplits } from './mass-splits.ts';

/** Indices at the corners of the supports: A is the highest value, B the lowest, C the smallest scale, D the largest. */
export interface Corners {
  readonly AD: number;
  readonly AC: number;
  readonly BD: number;
  readonly BC: number;
}

/**
 * The curve w s^{1−σ} = t, between A (w at its max) or C (s at its min) and B (w at its min) or D (s at its max), in a coordinate: −1 to 0 at its upper
 * end, 0 to 1 at the lower one, where distances are powers of it, and from 1 + END on in between.
 */
interface CrowdedCurve {
  readonly pieces: readonly Piece[];
  /** Puts value and scale of the buyer at a coordinate into `value` and `scale`; returns the coordinate's Jacobian ∂ log s/∂x. */
  place(x: number): number;
  /** F of the scales below the curve, at which every value is too small; and 1 − F of those above, at which none is. */
  below(): number;
  above(): number;
}

export interface CrowdedCurves {
  readonly corners: Corners;
  /** Of the buyer placed last. */
  readonly value: Tails;
  readonly scale: Tails;
  /** The curve of the index corner + offset, the offset being exact. */
  curveAt(corner: number, offset: number): CrowdedCurve;
}

/** Lengths of the stretches next to the ends of the curve, in log s. */
const END = 1.5;
/** Distances below are not told apart: powers of them would leave the range of numbers. */
const LEAST = 1e-250;

/** The power of the substitution at an end at which the integrand has `power`: τ^(6) and more is smooth enough for 20 nodes. */
const grade = (power: number): number => Math.min(60, Math.max(4, 6 / power));

/**
 * Curves of types near which densities are infinite. Next to a corner of the supports two of the ends A to D are close to one another, and much of the
 * mass is between them. So places are kept as distances from all four, none of them a difference of rounded numbers.
 */
export const crowdedCurves = (values: Distribution, scales: Distribution, a: number): CrowdedCurves => {
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

  const curveAt = (corner: number, offset: number): CrowdedCurve => {
    const t = corner + offset;
    /** (log t − log c)/a */
    const past = (c: number): number => {
      const distance = corner === c ? offset : t - c;
      return (Math.abs(distance) < c / 2 ? Math.log1p(distance / c) : Math.log(t / c)) / a;
    };
    const AtoD = -past(corners.AD);
    const CtoA = past(corners.AC);
    const DtoB = past(corners.BD);
    const CtoB = past(corners.BC);
    const isLowA = CtoA >= 0;
    const isHighD = DtoB >= 0;
    const length = isLowA ? (isHighD ? AtoD : widthW) : isHighD ? widthS : CtoB;
    const end = Math.min(length / 2, END);
    const lowGrade = grade(isLowA ? w.topPower : s.bottomPower);
    const highGrade = grade(isHighD ? s.topPower : w.bottomPower);
    /** At a distance from the lower end, in log s. */
    const fromLow = (x: number): void => {
      if (isLowA) {
        atValue(x, widthW - x);
        atScale(CtoA + x, AtoD - x);
      } else {
        atValue(x - CtoA, CtoB - x);
        atScale(x, widthS - x);
      }
    };
    const fromHigh = (x: number): void => {
      if (isHighD) {
        atValue(AtoD - x, DtoB + x);
        atScale(widthS - x, x);
      } else {
        atValue(widthW - x, x);
        atScale(CtoB - x, x - DtoB);
      }
    };
    // Distances from the lower end at which a narrow peak of values or scales begins or ends.
    const steep = [
      ...valueSplits.map((fromA) => (isLowA ? fromA : fromA + CtoA)),
      ...scaleSplits.map((fromD) => (isLowA ? AtoD : widthS) - fromD),
    ];
    return {
      pieces: piecesOf(length, end, lowGrade, highGrade, steep),
      place: (x) => {
        if (x >= 1) {
          fromLow(x - 1);
          return 1;
        }
        const tau = Math.abs(x);
        const power = x < 0 ? highGrade : lowGrade;
        const distance = Math.max(LEAST, end * Math.exp(power * Math.log(tau)));
        if (x < 0) fromHigh(distance);
        else fromLow(distance);
        return (power * distance) / tau;
      },
      below: () => {
        if (!isLowA) return 0;
        atScale(CtoA, AtoD);
        return s.cdf;
      },
      above: () => {
        if (isHighD) return 0;
        atScale(CtoB, -DtoB);
        return s.survival;
      },
    };
  };
  return { corners, value: w, scale: s, curveAt };
};

/** Pieces of a curve's coordinate, split at these distances from its lower end. */
const piecesOf = (
  length: number,
  end: number,
  lowGrade: number,
  highGrade: number,
  steep: readonly number[],
): Piece[] => {
  const coordinate = (x: number): number => {
    if (x < end) return (x / end) ** (1 / lowGrade);
    return length - x < end ? -(((length - x) / end) ** (1 / highGrade)) : 1 + x;
  };
  const middle = length > 2 * END ? [1 + END, 1 + length - END] : [];
  const splits = steep.filter((x) => x > 0 && x < length).map(coordinate);
  const ends = [-1, 0, 1, ...middle, ...splits].sort((x, y) => x - y);
  return piecesBetween(ends, () => false).filter(({ from }) => from < 1 || from >= 1 + END);
};
