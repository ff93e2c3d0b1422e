import { integrateTypes } from '../distributions/type-integral.ts';
import { integrate, type Piece, pieceBelow } from '../integration/quadrature.ts';
import { type SupplyPoint, supplyPoint } from '../supply/efficient-supply.ts';
import type { ScaleProblem } from './scale-problem.ts';
import { type Schedule, scaleSchedule } from './scale-schedule.ts';
import { type SuppliedTypes, suppliedTypes } from './supplied-types.ts';

/** Expectations over the types of one scale, in money per buyer. */
export interface Totals {
  /** E[S(ψ, s)], the surplus of the values as which types are served. */
  readonly servedSurplus: number;
  readonly cost: number;
  /** E[w q] */
  readonly grossValue: number;
  /** E[∫₀ʷ q dk] */
  readonly rent: number;
  /** Shares of buyers. */
  readonly excluded: number;
  readonly fineTuned: number;
  /** Of those who take their outside option, or one of today's plans, where there are such; the former count as excluded, too. */
  readonly outside?: number;
  readonly kept?: number;
  /** Of those whom each model serves, where there is a choice of models. */
  readonly models?: readonly number[];
  /** Estimated relative error of quadrature. */
  readonly error: number;
  /** False where some supply could not be solved. */
  readonly solved: boolean;
}

/** Where nothing could be computed. */
export const unknownTotals: Totals = {
  servedSurplus: Number.NaN,
  cost: Number.NaN,
  grossValue: Number.NaN,
  rent: Number.NaN,
  excluded: Number.NaN,
  fineTuned: Number.NaN,
  error: 0,
  solved: false,
};

/** What one type gets and pays in the direct mechanism. */
export interface Item {
  readonly value: number;
  readonly scale: number;
  readonly servedValue: number;
  readonly quality: number;
  readonly cost: number;
  readonly transfer: number;
  readonly rent: number;
  /** In the order of the supply's inputs: task inputs per task. */
  readonly inputs: Float64Array;
  /** Which of the supply's models serves her. */
  readonly model: number;
}

/**
 * Proposition 5 (Section 5), and each scale of Proposition 4: with one-dimensional types the optimal menu serves type θ efficiently for her virtual
 * value, φ(θ) = C′(Q(θ)), and charges T(θ) = θ Q(θ) − ∫ Q(k) dk; types of one θ pick one item.
 *
 * The menu for buyers of one scale (Mussa–Rosen; eq. (20)–(21), (26)–(27)): type w gets q(w) with ψ(w) = C_q(q(w), s)
 * and pays T(w) = w q(w) − ∫ q(k) dk.
 */
export interface ScaleMenu extends Omit<SuppliedTypes, 'models'> {
  readonly scale: number;
  totals(): Totals;
  shares(): Pick<Totals, 'excluded' | 'fineTuned' | 'models'>;
  /** U(w) = ∫ q(k) dk up to w. */
  rent(value: number): number;
  item(value: number): Item;
  /** The items of ascending types, their rents by one sweep of low-order quadrature from type to type. */
  schedule(values: Float64Array): Schedule;
}

export const scaleMenu = (problem: ScaleProblem): ScaleMenu => {
  const { types, served, supply, scale } = problem;
  const { pieces, cutoff, fineTuningCutoff, isProbed, models } = suppliedTypes(problem);
  const point: SupplyPoint = supplyPoint(supply.inputs.length);

  const shares: ScaleMenu['shares'] = () => ({
    excluded: pieces.length === 0 ? 1 : types.cdf(cutoff),
    fineTuned: fineTuningCutoff < types.max ? types.survival(fineTuningCutoff) : 0,
    ...(models ? { models } : {}),
  });

  const quality = (k: number, out: Float64Array): void => {
    supply.supply(served.at(k), scale, point);
    out[0] = point.quality;
  };
  const rent = (value: number): number => {
    const below = pieces
      .filter(({ from }) => from < value)
      .map((piece) => (piece.to <= value ? piece : pieceBelow(piece, value)));
    return integrate(quality, 1, below).values[0]!;
  };

  return {
    scale,
    pieces,
    cutoff,
    fineTuningCutoff,
    isProbed,
    totals: () => ({ ...integratedTotals(problem, pieces, isProbed), ...shares() }),
    shares,
    rent,
    item(value) {
      const servedValue = served.at(value);
      const information = rent(value);
      supply.supply(servedValue, scale, point);
      return {
        value,
        scale,
        servedValue,
        quality: point.quality,
        cost: point.cost,
        transfer: value * point.quality - information,
        rent: information,
        inputs: Float64Array.from(point.inputs),
        model: point.model,
      };
    },
    schedule: (values) => scaleSchedule(problem, pieces, cutoff, values),
  };
};

/** What is an expectation over the types served on `pieces`. */
const integratedTotals = (
  { types, served, supply, scale }: ScaleProblem,
  pieces: readonly Piece[],
  isProbed: boolean,
): Omit<Totals, 'excluded' | 'fineTuned' | 'models'> => {
  const point: SupplyPoint = supplyPoint(supply.inputs.length);
  let solved = isProbed;
  const { values, error } = integrateTypes(
    types,
    (w, mass, length, out) => {
      supply.supply(served.at(w), scale, point);
      solved &&= point.solved;
      out[0] = point.surplus * mass;
      out[1] = point.cost * mass;
      out[2] = w * point.quality * mass;
      out[3] = point.quality * types.survival(w) * length;
    },
    4,
    pieces,
  );
  return {
    servedSurplus: values[0]!,
    cost: values[1]!,
    grossValue: values[2]!,
    rent: values[3]!,
    error,
    solved,
  };
};
