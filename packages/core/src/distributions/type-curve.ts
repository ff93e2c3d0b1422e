import { type Piece, piecesBetween } from '../integration/quadrature.ts';
import { type Distribution, isSingularAt } from './distribution.ts';
import { massEnds, massSplits } from './mass-splits.ts';
import { representativeType } from './representative-index.ts';

/** The part of the curve w s^{1−σ} = t on which values are neither below nor above all that matter. */
interface CurvePart {
  /** The scales between which it lies. */
  readonly from: number;
  readonly to: number;
  /** The same in log s, where s^{σ−1} is an exponential however small the scale: split wherever a density has a break or a narrow peak. */
  readonly pieces: readonly Piece[];
}

/** The curves of buyers of one representative type. */
export interface TypeCurve {
  partAt(t: number): CurvePart;
  /** Types, in the support's inside, at which F_θ has a break. */
  readonly breakpoints: readonly number[];
  /** And those at which a narrow peak begins or ends. */
  readonly steepAt: readonly number[];
}

export const typeCurve = (values: Distribution, scales: Distribution, degree: number): TypeCurve => {
  /** The scale at which value w has index t, within the support. */
  const scaleOf = (t: number, w: number): number => {
    const scale = w > 0 ? Math.exp(Math.log(t / w) / (1 - degree)) : Number.POSITIVE_INFINITY;
    return Math.min(scales.max, Math.max(scales.min, scale));
  };
  const isSingularTop = isSingularAt(values, values.max);
  const isSingularBottom = isSingularAt(values, values.min);
  const isSingularScale = isSingularAt(scales, scales.max);
  // Beyond these no value adds anything.
  const [lowestValue, highestValue] = massEnds(values);
  const valueEnds = [...values.breakpoints, ...massSplits(values)];
  const scaleEnds = [...scales.breakpoints, ...massSplits(scales)];

  const partAt = (t: number): CurvePart => {
    const from = scaleOf(t, highestValue);
    const to = scaleOf(t, lowestValue);
    const inner = [...valueEnds.map((w) => scaleOf(t, w)), ...scaleEnds];
    const ends = [from, ...inner.filter((s) => s > from && s < to).sort((x, y) => x - y), to].map(Math.log);
    const [first, last] = [ends[0], ends[ends.length - 1]];
    const isSingular = (end: number): boolean => {
      if (end === first) return isSingularTop || from === scales.min;
      if (end !== last) return false;
      return to < scales.max ? isSingularBottom : isSingularScale;
    };
    return { from, to, pieces: piecesBetween(ends, isSingular) };
  };

  const min = representativeType(values.min, scales.min, degree);
  const max = representativeType(values.max, scales.max, degree);
  const corners = (ofValues: readonly number[], ofScales: readonly number[]): number[] => {
    const all = [values.min, ...ofValues, values.max].flatMap((w) =>
      [scales.min, ...ofScales, scales.max].map((s) => representativeType(w, s, degree)),
    );
    return [...new Set(all)].filter((t) => t > min && t < max).sort((x, y) => x - y);
  };
  return {
    partAt,
    breakpoints: corners(values.breakpoints, scales.breakpoints),
    steepAt: corners(valueEnds, scaleEnds),
  };
};
