import { type FiniteProblem, supplyFor } from '../finite/finite-problem.ts';
import { type MixedSupply, mixedRank, mixedSupply } from '../finite/mixed-supply.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { type CurvedPoint, curvedPoint, type ProfileSupply } from '../supply/profile-supply.ts';
import { type ItemAdvantages, itemAdvantages } from './item-advantages.ts';
import type { Lotteries } from './lottery-step.ts';
import { type SupplyResponse, supplyResponse } from './supply-response.ts';

/**
 * Efficient supply to served values p > 0, block by block, with all that Newton's method needs of it.
 *
 * On the central path quality is kept above 0 by its multiplier ν: p = φ + ν and ν·f·ω·q(p) = barrier. To first order, with H the Hessian of S
 * at p and D = diag(ν ÷ ω q), the qualities respond to virtual values as Δ(ω q) = (H⁻¹ + D)⁻¹ Δφ = (diag(e) + U K Uᵀ) Δφ.
 */
export interface ServedSupply extends ItemAdvantages, Pick<SupplyResponse, 'respond' | 'couple'> {
  /** Where supply starts, block by block: served values p are told as what they have beyond it, as q starts there like a power. */
  readonly starts: Float64Array;
  /**
   * 1 for the blocks of what types have outside: their quality is the chance of it, which is kept above 0 as such. They need no floor, and p = φ may be
   * negative there; else 0.
   */
  readonly free: Uint8Array;
  /** q, block by block; and f ω q, the quality that all buyers of the item get. */
  readonly quality: Float64Array;
  readonly delivered: Float64Array;
  /** h p/q, block by block: by how many per cent q rises with the block's own p alone. */
  readonly elasticity: Float64Array;
  /**
   * Supplies the values p and finds the response with multipliers ν. Where quality is withheld, `withheld` r > 0 and `aimed`, the quality that the
   * last step aimed at, end with q = Q(p) − r.
   */
  evaluate(served: Float64Array, floors: Float64Array, held?: Withheld, lotteries?: Lotteries): void;
  /** The models of which items are lotteries, where there is a choice. */
  readonly mixed?: MixedSupply;
}

/**
 * Quality that is withheld, r = Q(p) − q > 0 block by block, with p r at the barrier. Where supply is inelastic p alone does not tell q: with C = q¹⁰
 * half the quality means 1/500 of p, and what is sold in part has p = 10⁻²⁰. With r, p is a multiplier of q ≤ Q, as in a linear program.
 */
export interface Withheld {
  readonly withheld: Float64Array;
  readonly aimed: Float64Array;
}

/** How far r may be from where the step led, as a factor, so that the quality is as aimed. */
const NEAR = 10;

export const servedSupply = (
  set: WorkingSet,
  problem: Pick<FiniteProblem, 'mass' | 'supply' | 'assigned' | 'outsideTask'>,
): ServedSupply => {
  const { mass, supply, assigned, outsideTask = Number.NaN } = problem;
  const { count, blockOffsets, blockEnds, blockWeights } = set;
  const starts = startsOf(set, supply);
  const blocks = blockWeights.length;
  const models = assigned ? undefined : supply.models?.map((model) => model.supply);
  const mixed = models && mixedSupply(models, count, blocks);
  const mostRank = models ? mixedRank(models) : supply.mostRank;
  const free = Uint8Array.from(blockEnds, (end) => (end === outsideTask + 1 ? 1 : 0));
  const quality = new Float64Array(blocks);
  const delivered = new Float64Array(blocks);
  const elasticity = new Float64Array(blocks);
  const response = supplyResponse(set, mostRank);
  const { advantage, curvature, curvatureOffsets, describe } = itemAdvantages(set, response);

  const point: CurvedPoint = curvedPoint({ tasks: supply.tasks, mostRank });
  const { curvature: hessian } = point;
  const p = new Float64Array(set.mostBlocks);
  const weights = new Float64Array(set.mostBlocks);

  const evaluate: ServedSupply['evaluate'] = (served, floors, held, lotteries) => {
    for (let k = 0; k < count; k++) {
      const first = blockOffsets[k]!;
      const size = blockOffsets[k + 1]! - first;
      for (let b = 0; b < size; b++) {
        p[b] = starts[first + b]! + served[first + b]!;
        weights[b] = blockWeights[first + b]!;
      }
      if (mixed) mixed.supply(k, first, p, weights, size, lotteries!, point);
      else supplyFor(problem, k).supply(p, weights, size, point);
      const f = mass[k]!;
      for (let b = 0; b < size; b++) {
        if (held && free[first + b] === 0) {
          point.quality[b] = qualityBelow(point.quality[b]!, held, first + b);
          hessian.diagonal[b]! += held.withheld[first + b]! / p[b]!;
        }
        quality[first + b] = point.quality[b]!;
        delivered[first + b] = f * (weights[b]! * point.quality[b]!);
        elasticity[first + b] = (hessian.diagonal[b]! * served[first + b]!) / point.quality[b]!;
      }
      response.take(k, point, weights, floors);
      describe(k, weights, quality, 1 / f);
    }
  };

  return {
    starts,
    free,
    quality,
    delivered,
    elasticity,
    advantage,
    curvature,
    curvatureOffsets,
    evaluate,
    respond: response.respond,
    couple: response.couple,
    ...(mixed ? { mixed } : {}),
  };
};

/** Tasks of one block have the same start. */
const startsOf = ({ blockEnds, blockWeights }: WorkingSet, { starts }: ProfileSupply): Float64Array => {
  if (starts === undefined) return new Float64Array(blockWeights.length);
  return Float64Array.from(blockEnds, (end) => starts[starts.length === 1 ? 0 : end - 1]!);
};

/** The quality aimed at, if any, where that withholds about as much as the step led to, or what comes nearest; writes what it withholds. */
const qualityBelow = (most: number, { withheld, aimed }: Withheld, b: number): number => {
  const r = withheld[b]!;
  let quality = Number.isNaN(aimed[b]!)
    ? most - r
    : Math.min(Math.max(aimed[b]!, most - NEAR * r), most - r / NEAR);
  if (!(quality > 0)) quality = most / 2;
  withheld[b] = most - quality;
  aimed[b] = quality;
  return quality;
};
