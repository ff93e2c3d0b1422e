import { type Distribution, isSingularAt } from '../distributions/distribution.ts';
import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { massSplits } from '../integration/mass-splits.ts';
import { integrate, type Piece, piecesBetween } from '../integration/quadrature.ts';
import { integrateTypes } from '../integration/type-integral.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from '../supply/efficient-supply.ts';
import type { ServedValue } from './served-value.ts';

/** One-dimensional screening at a given scale: who the buyers are, as what they are served, and what that costs. */
export interface ScaleProblem {
  readonly types: Distribution;
  /** φ̄ for the seller's optimum, the types themselves for efficiency. */
  readonly served: ServedValue;
  readonly supply: EfficientSupply;
  /** Number of tasks; 1 for token packages. */
  readonly scale: number;
}

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
export interface ScaleMenu {
  readonly scale: number;
  /** Pieces of types between which supply and density are smooth, from the first type that is served. */
  readonly pieces: readonly Piece[];
  /** The lowest type served, or max where there is none. */
  readonly cutoff: number;
  /** The lowest type with a shared input above zero, or max where there is none. */
  readonly fineTuningCutoff: number;
  /** False where supply failed inside a piece, so that nothing is known of it. */
  readonly isProbed: boolean;
  totals(): Totals;
  shares(): Pick<Totals, 'excluded' | 'fineTuned' | 'models'>;
  /** U(w) = ∫ q(k) dk up to w. */
  rent(value: number): number;
  item(value: number): Item;
  /** The items of ascending types, their rents by one sweep of low-order quadrature from type to type. */
  schedule(values: Float64Array): Schedule;
}

/** Items of ascending types, as columns. */
export interface Schedule {
  readonly value: Float64Array;
  readonly servedValue: Float64Array;
  readonly quality: Float64Array;
  readonly cost: Float64Array;
  readonly rent: Float64Array;
}

/** Supply starts like a fractional power of the value, wherever it starts. */
const startingHere = (piece: Piece): Piece =>
  piece.singular === 'none' || piece.singular === 'from'
    ? { ...piece, singular: 'from' }
    : { ...piece, singular: 'both' };

/** Nodes from type to type near a singular start. */
const GRADED_NODES = 10;

const isGradedAtStart = (piece: Piece): boolean => piece.singular === 'from' || piece.singular === 'both';

export const scaleMenu = ({ types, served, supply, scale }: ScaleProblem): ScaleMenu => {
  const point: SupplyPoint = supplyPoint(supply.inputs.length);
  const isFineTuned = (): boolean =>
    supply.inputs.some(({ scope }, i) => scope === 'shared' && point.inputs[i]! > 0);
  const { max } = types;
  const kinks = supply.kinks(scale, served.at(max)).map((level) => served.cutoff(level));
  const start = served.cutoff(0);
  const ends = [start, ...kinks, ...served.breakpoints, ...massSplits(types), max]
    .filter((x) => x >= start && x <= max)
    .sort((a, b) => a - b);
  const supplied: Piece[] = [];
  const models = supply.models?.map(() => 0);
  let fineTuningCutoff = max;
  // Nothing supplied where supply failed is not known to be best.
  let isProbed = true;
  const isSingular = (end: number): boolean =>
    (end === max || end === types.min || types.breakpoints.includes(end)) && isSingularAt(types, end);
  for (const piece of piecesBetween(ends, isSingular)) {
    supply.supply(served.at(piece.from + (piece.to - piece.from) / 2), scale, point);
    isProbed &&= point.solved;
    if (!(point.quality > 0)) continue;
    supplied.push(supplied.length === 0 ? startingHere(piece) : piece);
    if (models) models[point.model]! += types.survival(piece.from) - types.survival(piece.to);
    if (isFineTuned()) fineTuningCutoff = Math.min(fineTuningCutoff, piece.from);
  }
  const cutoff = supplied[0]?.from ?? max;

  const shares: ScaleMenu['shares'] = () => ({
    excluded: supplied.length === 0 ? 1 : types.cdf(cutoff),
    fineTuned: fineTuningCutoff < max ? types.survival(fineTuningCutoff) : 0,
    ...(models ? { models } : {}),
  });

  const totals = (): Totals => {
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
      supplied,
    );
    return {
      servedSurplus: values[0]!,
      cost: values[1]!,
      grossValue: values[2]!,
      rent: values[3]!,
      ...shares(),
      error,
      solved,
    };
  };

  const quality: (k: number, out: Float64Array) => void = (k, out) => {
    supply.supply(served.at(k), scale, point);
    out[0] = point.quality;
  };
  const rent = (value: number): number => {
    const below: Piece[] = [];
    for (const piece of supplied) {
      if (piece.from >= value) break;
      if (piece.to <= value) below.push(piece);
      else below.push({ from: piece.from, to: value, singular: isGradedAtStart(piece) ? 'from' : 'none' });
    }
    return integrate(quality, 1, below).values[0]!;
  };

  const item = (value: number): Item => {
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
  };

  /** ∫ q dk over [from, to] inside a piece; the substitution k = start + t⁴ takes care of a singular start. */
  const shortIntegral = (piece: Piece, from: number, to: number, few: number): number => {
    const isGraded = isGradedAtStart(piece) && to - piece.from < 8 * (to - from);
    const nodes = isGraded ? Math.max(GRADED_NODES, few) : few; // t⁴ makes high degrees
    const rule = gaussLegendre(nodes);
    const low = isGraded ? Math.sqrt(Math.sqrt(from - piece.from)) : from;
    const high = isGraded ? Math.sqrt(Math.sqrt(to - piece.from)) : to;
    let sum = 0;
    for (let i = 0; i < nodes; i++) {
      const t = low + (high - low) * rule.nodes[i]!;
      const k = isGraded ? piece.from + t * t * t * t : t;
      supply.supply(served.at(k), scale, point);
      sum += rule.weights[i]! * (isGraded ? 4 * t * t * t : 1) * point.quality;
    }
    return sum * (high - low);
  };

  const schedule = (values: Float64Array): Schedule => {
    const n = values.length;
    const nodes = n > 400 ? 3 : n > 20 ? 5 : 10;
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
        for (const piece of supplied) {
          const from = Math.max(at, piece.from);
          const to = Math.min(value, piece.to);
          if (to > from) information += shortIntegral(piece, from, to, nodes);
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

  return {
    scale,
    pieces: supplied,
    cutoff,
    fineTuningCutoff,
    isProbed,
    totals,
    shares,
    rent,
    item,
    schedule,
  };
};
