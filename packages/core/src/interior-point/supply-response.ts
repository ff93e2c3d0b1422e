import type { WorkingSet } from '../finite/working-set.ts';
import type { CurvedPoint } from '../supply/profile-supply.ts';
import { responseMatrix } from './response-matrix.ts';

/** How the qualities of every item respond to its virtual values: (H⁻¹ + D)⁻¹ = diag(e) + U K Uᵀ, of rank r ≤ mostRank beside its diagonal. */
export interface SupplyResponse {
  readonly mostRank: number;
  /** e, block by block; U, `mostRank` numbers a block; K, mostRank × mostRank numbers an item; and r of each item. */
  readonly diagonal: Float64Array;
  readonly factors: Float64Array;
  readonly couplings: Float64Array;
  readonly ranks: Uint8Array;
  /** Takes the response of item k from the supply to its values, with the weights of its blocks, and the multipliers ν of all blocks. */
  take(k: number, point: CurvedPoint, weights: Float64Array, floors: Float64Array): void;
  /** Writes (H⁻¹ + D)⁻¹ times `change`, block by block. */
  respond(change: Float64Array, out: Float64Array): void;
  /** Writes the part of H that is of low rank, times `change`. */
  couple(change: Float64Array, out: Float64Array): void;
}

/** Owns its memory: its functions allocate nothing where rank is one. */
export const supplyResponse = (set: WorkingSet, mostRank: number): SupplyResponse => {
  const { count, blockOffsets, blockWeights } = set;
  const blocks = blockWeights.length;
  const diagonal = new Float64Array(blocks);
  const factors = new Float64Array(blocks * mostRank);
  const couplings = new Float64Array(count * mostRank * mostRank);
  const ranks = new Uint8Array(count);
  // ω g and c of supply itself.
  const shared = new Float64Array(blocks * mostRank);
  const coefficients = new Float64Array(count * mostRank);
  /** What the floors take away, D (I + diag(a) D)⁻¹, block by block. */
  const lost = new Float64Array(set.mostBlocks);
  const along = new Float64Array(mostRank);
  const respondAlong = responseMatrix(mostRank);

  const take: SupplyResponse['take'] = (k, { quality, curvature: hessian }, weights, floors) => {
    const first = blockOffsets[k]!;
    const size = blockOffsets[k + 1]! - first;
    const { rank } = hessian;
    ranks[k] = rank;
    for (let b = 0; b < size; b++) {
      const amount = weights[b]! * quality[b]!;
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
  };

  const respond: SupplyResponse['respond'] = (change, out) => {
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

  const couple: SupplyResponse['couple'] = (change, out) => {
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

  return { mostRank, diagonal, factors, couplings, ranks, take, respond, couple };
};
