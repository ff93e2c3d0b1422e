import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { isSingularAtStart, type Piece } from '../integration/quadrature.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { ScaleProblem } from './scale-problem.ts';

/** Types from which on steps between them are short, and shorter still; and the nodes of quadrature that a step then needs. */
const [SOME_TYPES, MANY_TYPES] = [20, 400];
const [NODES, SHORT_NODES, SHORTEST_NODES] = [10, 5, 3];

/** Items of ascending types, as columns. */
export interface Schedule {
  readonly value: Float64Array;
  readonly servedValue: Float64Array;
  readonly quality: Float64Array;
  readonly cost: Float64Array;
  readonly rent: Float64Array;
}

/** Nodes from type to type near a singular start: the substitution t⁴ makes high degrees. */
const GRADED_NODES = 10;
/** How many steps' lengths from a singular start the substitution is still needed. */
const GRADED_STEPS = 8;

/** Nodes from type to type: the more types, the shorter the steps between them. */
const nodesBetween = (types: number): number =>
  types > MANY_TYPES ? SHORTEST_NODES : types > SOME_TYPES ? SHORT_NODES : NODES;

/** The items of ascending types, which are served on `pieces` from `cutoff` on: their rents by one sweep of low-order quadrature from type to type. */
export const scaleSchedule = (
  problem: Pick<ScaleProblem, 'served' | 'supply' | 'scale'>,
  pieces: readonly Piece[],
  cutoff: number,
  values: Float64Array,
): Schedule => {
  const { served, supply, scale } = problem;
  const point = supplyPoint(supply.inputs.length);
  const qualityAt = (value: number): number => {
    supply.supply(served.at(value), scale, point);
    return point.quality;
  };
  const n = values.length;
  const nodes = nodesBetween(n);
  const columns: Schedule = {
    value: values,
    servedValue: new Float64Array(n),
    quality: new Float64Array(n),
    cost: new Float64Array(n),
    rent: new Float64Array(n),
  };
  let at = cutoff;
  let information = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    columns.servedValue[i] = served.at(value);
    if (value > cutoff) {
      for (const piece of pieces) {
        const from = Math.max(at, piece.from);
        const to = Math.min(value, piece.to);
        if (to > from) information += shortIntegral(qualityAt, piece, from, to, nodes);
      }
      at = value;
      supply.supply(columns.servedValue[i]!, scale, point);
      columns.quality[i] = point.quality;
      columns.cost[i] = point.cost;
    }
    columns.rent[i] = information;
  }
  return columns;
};

/** ∫ q dk over [from, to] inside a piece; the substitution k = start + t⁴ takes care of a singular start. */
const shortIntegral = (
  qualityAt: (value: number) => number,
  piece: Piece,
  from: number,
  to: number,
  few: number,
): number => {
  const isGraded = isSingularAtStart(piece) && to - piece.from < GRADED_STEPS * (to - from);
  const nodes = isGraded ? Math.max(GRADED_NODES, few) : few;
  const rule = gaussLegendre(nodes);
  const low = isGraded ? Math.sqrt(Math.sqrt(from - piece.from)) : from;
  const high = isGraded ? Math.sqrt(Math.sqrt(to - piece.from)) : to;
  let sum = 0;
  for (let i = 0; i < nodes; i++) {
    const t = low + (high - low) * rule.nodes[i]!;
    const k = isGraded ? piece.from + t * t * t * t : t;
    sum += rule.weights[i]! * (isGraded ? 4 * t * t * t : 1) * qualityAt(k);
  }
  return sum * (high - low);
};
