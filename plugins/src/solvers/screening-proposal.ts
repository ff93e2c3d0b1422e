import type { CostPiece, ItemProfiles, Proposal, TypePairs } from '@menusmith/core';
import type { ScreeningProgram } from './screening-program.ts';

/** What columns and multipliers of incentive rows propose, in the problem's own units. */
export const proposalOf = (
  program: ScreeningProgram,
  columns: Float64Array,
  pairs: TypePairs,
  multipliers: Float64Array,
): Pick<Proposal, 'flows' | 'rents'> & { readonly quality: ItemProfiles } => {
  const { count, offsets, ends, promised, massUnit, rentUnit } = program;
  return {
    flows: { ...pairs, amount: multipliers.map((each) => massUnit * each) },
    rents: columns.slice(0, count).map((rent, k) => rentUnit * (promised[k]! + Math.max(0, rent))),
    quality: { offsets, ends, quality: qualityOf(program, columns) },
  };
};

/** Of the most there is: a program's solution is known no better. */
const ROUNDING = 1e-9;

/**
 * A straight piece that is all but not, or all but wholly, in an item: what is left of it would be an item of its own, and its buyers would count as served.
 * A curved one is used as far as it is.
 */
const withinEnds = ({ length, curvature }: Omit<CostPiece, 'rate'>, x: number): number => {
  const rounding = curvature > 0 ? 0 : ROUNDING * length;
  return x <= rounding ? 0 : x >= length - rounding ? length : x;
};

/** Quality block by block, within what there is of each piece and in all: solvers exceed it by their tolerance. */
const qualityOf = (program: ScreeningProgram, columns: Float64Array): Float64Array => {
  const { count, offsets, ends, weights, pieceOffsets, pieces, total, exclusive, qualityUnit } = program;
  const quality = new Float64Array(ends.length);
  for (let k = 0; k < count; k++) {
    const taken = exclusive?.[k];
    const chance = taken === undefined ? 0 : chanceOf(program, columns, taken);
    const left = 1 - chance;
    let [all, start] = [0, 0];
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      if (b === taken) quality[b] = chance;
      else {
        let sum = 0;
        for (let j = pieceOffsets[b]!; j < pieceOffsets[b + 1]!; j++) {
          const { length, curvature } = pieces[j]!;
          sum += withinEnds({ length: length * left, curvature }, columns[count + j]! / weights[b]!);
          // Nothing of a straight piece, and nothing beyond.
          if (sum === 0 && curvature === 0) break;
        }
        quality[b] = qualityUnit * sum;
        all += quality[b]! * (ends[b]! - start);
      }
      start = ends[b]!;
    }
    const share = total === undefined ? 1 : Math.min(1, (total * qualityUnit * left) / all);
    if (share < 1) for (let b = offsets[k]!; b < offsets[k + 1]!; b++) if (b !== taken) quality[b]! *= share;
  }
  return quality;
};

/** The chance π of what is served in the place of all else; where it is all but sure, or all but none, it is that. */
const chanceOf = (
  { count, weights, pieceOffsets, qualityUnit }: ScreeningProgram,
  columns: Float64Array,
  block: number,
): number => {
  const chance = (qualityUnit * columns[count + pieceOffsets[block]!]!) / weights[block]!;
  return chance <= ROUNDING ? 0 : chance >= 1 - ROUNDING ? 1 : chance;
};
