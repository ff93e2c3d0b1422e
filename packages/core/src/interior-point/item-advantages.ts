import type { WorkingSet } from '../finite/working-set.ts';
import type { SupplyResponse } from './supply-response.ts';

/** What others have more of an item than its own type, and how that falls as more of them want it. */
export interface ItemAdvantages {
  /** ⟨w_n − w_k, q_k⟩: what n has more of item k than k herself, one a constraint. */
  readonly advantage: Float64Array;
  /**
   * G: −∂advantage/∂λ among the constraints into each item, (1/f_k) (w_n − w_k)ᵀ (H⁻¹ + D)⁻¹ (w_n′ − w_k), positive semidefinite; d × d
   * numbers for the d constraints of item k, from curvatureOffsets[k].
   */
  readonly curvature: Float64Array;
  readonly curvatureOffsets: Int32Array;
}

interface Described extends ItemAdvantages {
  /** Of the constraints into item k, with the weights of its blocks, the quality of all blocks, and 1/f_k. */
  describe(k: number, weights: Float64Array, quality: Float64Array, perMass: number): void;
}

/** Owns its memory: `describe` allocates nothing. */
export const itemAdvantages = (set: WorkingSet, response: SupplyResponse): Described => {
  const { count, offsets, blockOffsets, differenceOffsets, differences } = set;
  const { mostRank, diagonal, factors, couplings, ranks } = response;
  const curvatureOffsets = new Int32Array(count + 1);
  for (let k = 0; k < count; k++) {
    const into = offsets[k + 1]! - offsets[k]!;
    curvatureOffsets[k + 1] = curvatureOffsets[k]! + into * into;
  }
  const advantage = new Float64Array(set.from.length);
  const curvature = new Float64Array(curvatureOffsets[count]!);
  const along = new Float64Array(mostRank * set.mostInto);
  const coupled = new Float64Array(along.length);

  const describe: Described['describe'] = (k, weights, quality, perMass) => {
    const first = blockOffsets[k]!;
    const size = blockOffsets[k + 1]! - first;
    const rank = ranks[k]!;
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

  return { advantage, curvature, curvatureOffsets, describe };
};
