import { type CurvedPoint, curvedPoint, type ProfileSupply } from '../supply/profile-supply.ts';
import { type FiniteProblem, supplyFor } from './finite-problem.ts';
import type { Lotteries } from './lottery-step.ts';
import { type MixedSupply, mixedRank, mixedSupply } from './mixed-supply.ts';
import { responseMatrix } from './response-matrix.ts';
import type { WorkingSet } from './working-set.ts';

/**
 * Efficient supply to served values p > 0, block by block, with all that Newton's method needs of it.
 *
 * On the central path quality is kept above 0 by its multiplier ν: p = φ + ν and ν·f·ω·q(p) = barrier. To first order, with H the Hessian of S
 * at p and D = diag(ν ÷ ω q), the qualities respond to virtual values as Δ(ω q) = (H⁻¹ + D)⁻¹ Δφ = (diag(e) + U K Uᵀ) Δφ.
 */
export interface ServedSupply {
  /** Where supply starts, block by block: served values p are told as what they have beyond it, as q starts there like a power. */
  readonly starts: Float64Array;
  /** q, block by block; and f ω q, the quality that all buyers of the item get. */
  readonly quality: Float64Array;
  readonly delivered: Float64Array;
  /** h p/q, block by block: by how many per cent q rises with the block's own p alone. */
  readonly elasticity: Float64Array;
  /** ⟨w_n − w_k, q_k⟩: what n has more of item k than k herself, one a constraint. */
  readonly advantage: Float64Array;
  /**
   * G: −∂advantage/∂λ among the constraints into each item, (1/f_k) (w_n − w_k)ᵀ (H⁻¹ + D)⁻¹ (w_n′ − w_k), positive semidefinite; d × d
   * numbers for the d constraints of item k, from curvatureOffsets[k].
   */
  readonly curvature: Float64Array;
  readonly curvatureOffsets: Int32Array;
  /**
   * Supplies the values p and finds the response with multipliers ν. Where quality is withheld, `withheld` r > 0 and `aimed`, the quality that the
   * last step aimed at, end with q = Q(p) − r.
   */
  evaluate(served: Float64Array, floors: Float64Array, held?: Withheld, lotteries?: Lotteries): void;
  /** The models of which items are lotteries, where there is a choice. */
  readonly mixed?: MixedSupply;
  /** After `evaluate`: writes (H⁻¹ + D)⁻¹ times `change`, block by block. */
  respond(change: Float64Array, out: Float64Array): void;
  /** After `evaluate`: writes the part of H that is of low rank, times `change`. */
  couple(change: Float64Array, out: Float64Array): void;
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
  problem: Pick<FiniteProblem, 'mass' | 'supply' | 'assigned'>,
): ServedSupply => {
  const { mass, supply, assigned } = problem;
  const { count, offsets, blockOffsets, blockWeights, differenceOffsets, differences } = set;
  const curvatureOffsets = new Int32Array(count + 1);
  for (let k = 0; k < count; k++) {
    const into = offsets[k + 1]! - offsets[k]!;
    curvatureOffsets[k + 1] = curvatureOffsets[k]! + into * into;
  }
  const starts = startsOf(set, supply);
  const blocks = blockWeights.length;
  const models = assigned ? undefined : supply.models?.map((model) => model.supply);
  const mixed = models && mixedSupply(models, count, blocks);
  const mostRank = models ? mixedRank(models) : supply.mostRank;
  const quality = new Float64Array(blocks);
  const delivered = new Float64Array(blocks);
  const elasticity = new Float64Array(blocks);
  const advantage = new Float64Array(set.from.length);
  const curvature = new Float64Array(curvatureOffsets[count]!);
  // e, U and K of the response, for every item.
  const diagonal = new Float64Array(blocks);
  const factors = new Float64Array(blocks * mostRank);
  const couplings = new Float64Array(count * mostRank * mostRank);
  const ranks = new Uint8Array(count);
  // ω g and c of supply itself.
  const shared = new Float64Array(blocks * mostRank);
  const coefficients = new Float64Array(count * mostRank);

  const point: CurvedPoint = curvedPoint({ tasks: supply.tasks, mostRank });
  const { curvature: hessian } = point;
  const p = new Float64Array(set.mostBlocks);
  const weights = new Float64Array(set.mostBlocks);
  /** What the floors take away, D (I + diag(a) D)⁻¹, block by block. */
  const lost = new Float64Array(set.mostBlocks);
  // One at least: `respond` needs it where no constraint is at work.
  const along = new Float64Array(mostRank * Math.max(1, set.mostInto));
  const coupled = new Float64Array(along.length);
  const respondAlong = responseMatrix(mostRank);

  const evaluate: ServedSupply['evaluate'] = (served, floors, held, lotteries) => {
    for (let k = 0; k < count; k++) {
      const first = blockOffsets[k]!;
      const size = blockOffsets[k + 1]! - first;
      for (let b = 0; b < size; b++) {
        p[b] = starts[first + b]! + served[first + b]!;
        weights[b] = blockWeights[first + b]!;
      }
      if (mixed) mixed.supply(k, first, p, weights, size, lotteries!.primal, lotteries!.dual, point);
      else supplyFor(problem, k).supply(p, weights, size, point);
      const f = mass[k]!;
      const { rank } = hessian;
      ranks[k] = rank;
      for (let b = 0; b < size; b++) {
        if (held) {
          point.quality[b] = qualityBelow(point.quality[b]!, held, first + b);
          hessian.diagonal[b]! += held.withheld[first + b]! / p[b]!;
        }
        const amount = weights[b]! * point.quality[b]!;
        quality[first + b] = point.quality[b]!;
        delivered[first + b] = f * amount;
        elasticity[first + b] = (hessian.diagonal[b]! * served[first + b]!) / point.quality[b]!;
        const own = weights[b]! * hessian.diagonal[b]!;
        // D of a quality that has vanished in floating point is infinite: it does not respond.
        const stiffness = amount > 0 ? floors[first + b]! / amount : Number.POSITIVE_INFINITY;
        const damped = amount > 0 ? 1 / (1 + own * stiffness) : 0;
        diagonal[first + b] = own * damped;
        lost[b] = damped > 0 ? stiffness * damped : own > 0 ? 1 / own : 0;
        // U before the coupling: e ÷ a times ω g.
        for (let r = 0; r < rank; r++) {
          const own = weights[b]! * hessian.factors[r * size + b]!;
          shared[(first + b) * mostRank + r] = own;
          factors[(first + b) * mostRank + r] = damped * own;
        }
      }
      for (let r = 0; r < rank; r++) coefficients[k * mostRank + r] = hessian.coefficients[r]!;
      if (rank > 0) respondAlong(hessian, weights, size, lost, couplings, k);
      describe(k, first, size, rank, 1 / f);
    }
  };

  /** Advantages and curvature of the constraints into item k. */
  const describe = (k: number, first: number, size: number, rank: number, perMass: number): void => {
    const firstInto = offsets[k]!;
    const into = offsets[k + 1]! - firstInto;
    const start = differenceOffsets[k]!;
    for (let e = 0, at = start; e < into; e++, at += size) {
      let gain = 0;
      for (let b = 0; b < size; b++) gain += weights[b]! * differences[at + b]! * quality[first + b]!;
      advantage[firstInto + e] = gain;
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let b = 0; b < size; b++) sum += factors[(first + b) * mostRank + r]! * differences[at + b]!;
        along[e * mostRank + r] = sum;
      }
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let t = 0; t < rank; t++)
          sum += couplings[(k * mostRank + r) * mostRank + t]! * along[e * mostRank + t]!;
        coupled[e * mostRank + r] = sum;
      }
    }
    const base = curvatureOffsets[k]!;
    for (let e = 0; e < into; e++) {
      const atE = start + e * size;
      for (let d = 0; d <= e; d++) {
        const atD = start + d * size;
        let sum = 0;
        for (let b = 0; b < size; b++)
          sum += diagonal[first + b]! * differences[atE + b]! * differences[atD + b]!;
        for (let r = 0; r < rank; r++) sum += along[e * mostRank + r]! * coupled[d * mostRank + r]!;
        sum *= perMass;
        curvature[base + e + d * into] = sum;
        curvature[base + d + e * into] = sum;
      }
    }
  };

  const respond: ServedSupply['respond'] = (change, out) => {
    for (let k = 0; k < count; k++) {
      const [from, to] = [blockOffsets[k]!, blockOffsets[k + 1]!];
      const rank = ranks[k]!;
      for (let b = from; b < to; b++) out[b] = diagonal[b]! * change[b]!;
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let b = from; b < to; b++) sum += factors[b * mostRank + r]! * change[b]!;
        along[r] = sum;
      }
      for (let r = 0; r < rank; r++) {
        let sum = 0;
        for (let t = 0; t < rank; t++) sum += couplings[(k * mostRank + r) * mostRank + t]! * along[t]!;
        for (let b = from; b < to; b++) out[b]! += sum * factors[b * mostRank + r]!;
      }
    }
  };

  const couple: ServedSupply['couple'] = (change, out) => {
    out.fill(0);
    for (let k = 0; k < count; k++) {
      const [from, to] = [blockOffsets[k]!, blockOffsets[k + 1]!];
      for (let r = 0; r < ranks[k]!; r++) {
        let sum = 0;
        for (let b = from; b < to; b++) sum += shared[b * mostRank + r]! * change[b]!;
        sum *= coefficients[k * mostRank + r]!;
        for (let b = from; b < to; b++) out[b]! += sum * shared[b * mostRank + r]!;
      }
    }
  };

  return {
    starts,
    quality,
    delivered,
    elasticity,
    advantage,
    curvature,
    curvatureOffsets,
    evaluate,
    respond,
    couple,
    ...(mixed ? { mixed } : {}),
  };
};

/** Tasks have starts of their own only where every task is a block. */
const startsOf = (
  { count, blockOffsets, blockWeights }: WorkingSet,
  { starts }: ProfileSupply,
): Float64Array => {
  const all = new Float64Array(blockWeights.length);
  if (starts?.length === 1) return all.fill(starts[0]!);
  if (starts !== undefined) for (let k = 0; k < count; k++) all.set(starts, blockOffsets[k]!);
  return all;
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
