import { isSingularAt } from '../distributions/distribution.ts';
import { massSplits } from '../distributions/mass-splits.ts';
import { type Piece, piecesBetween, singularAtStart } from '../integration/quadrature.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { ScaleProblem } from './scale-problem.ts';

/** Which types of one scale are supplied with something. */
export interface SuppliedTypes {
  /** Pieces of types between which supply and density are smooth, from the first type that is served. */
  readonly pieces: readonly Piece[];
  /** The lowest type served, or max where there is none. */
  readonly cutoff: number;
  /** The lowest type with a shared input above zero, or max where there is none. */
  readonly fineTuningCutoff: number;
  /** False where supply failed inside a piece, so that nothing is known of it. */
  readonly isProbed: boolean;
  /** Shares of buyers whom each of the supply's models serves, where there is a choice. */
  readonly models?: readonly number[];
}

/** Types are split where supply has a kink, the served value or the density breaks, and mass is narrow; each piece is probed in its middle. */
export const suppliedTypes = ({ types, served, supply, scale }: ScaleProblem): SuppliedTypes => {
  const point = supplyPoint(supply.inputs.length);
  const { min, max } = types;
  const kinks = supply.kinks(scale, served.at(max)).map((level) => served.cutoff(level));
  const start = served.cutoff(0);
  const ends = [start, ...kinks, ...served.breakpoints, ...massSplits(types), max]
    .filter((x) => x >= start && x <= max)
    .sort((a, b) => a - b);
  const isSingular = (end: number): boolean =>
    (end === max || end === min || types.breakpoints.includes(end)) && isSingularAt(types, end);
  const pieces: Piece[] = [];
  const models = supply.models?.map(() => 0);
  let fineTuningCutoff = max;
  // Nothing supplied where supply failed is not known to be best.
  let isProbed = true;
  for (const piece of piecesBetween(ends, isSingular)) {
    supply.supply(served.at(piece.from + (piece.to - piece.from) / 2), scale, point);
    isProbed &&= point.solved;
    if (!(point.quality > 0)) continue;
    // Supply starts like a fractional power of the value, wherever it starts.
    pieces.push(pieces.length === 0 ? singularAtStart(piece) : piece);
    if (models) models[point.model]! += types.survival(piece.from) - types.survival(piece.to);
    const isFineTuned = supply.inputs.some(({ scope }, i) => scope === 'shared' && point.inputs[i]! > 0);
    if (isFineTuned) fineTuningCutoff = Math.min(fineTuningCutoff, piece.from);
  }
  return {
    pieces,
    cutoff: pieces[0]?.from ?? max,
    fineTuningCutoff,
    isProbed,
    ...(models ? { models } : {}),
  };
};
