import { LuDecomposition, Matrix } from 'ml-matrix';
import type { Curvature } from '../supply/profile-supply.ts';

/** Writes K of one item; see `responseMatrix`. */
type ResponseMatrix = (
  curvature: Curvature,
  weights: Float64Array,
  size: number,
  lost: Float64Array,
  couplings: Float64Array,
  item: number,
) => void;

/**
 * K in (H⁻¹ + D)⁻¹ = diag(e) + U K Uᵀ, where H = diag(a) + V C Vᵀ with V = ω g, e = a ÷ (1 + aD), and U = (I + diag(a) D)⁻¹ V.
 *
 * By Woodbury, K = C (I + N C)⁻¹ with N = Vᵀ diag(`lost`) V, `lost` = D ÷ (1 + aD): what the floors take away. N = 0 where D = 0, and K = C.
 */
export const responseMatrix = (mostRank: number): ResponseMatrix => {
  return (curvature, weights, size, lost, couplings, item) => {
    const { rank, coefficients, factors } = curvature;
    const lostAlong = (r: number, t: number): number => {
      let sum = 0;
      for (let b = 0; b < size; b++)
        sum += weights[b]! * factors[r * size + b]! * lost[b]! * weights[b]! * factors[t * size + b]!;
      return sum;
    };
    const at = item * mostRank * mostRank;
    if (rank === 1) {
      couplings[at] = coefficients[0]! / (1 + lostAlong(0, 0) * coefficients[0]!);
      return;
    }
    const system = new Matrix(rank, rank);
    for (let r = 0; r < rank; r++) {
      for (let t = 0; t < rank; t++) system.set(r, t, (r === t ? 1 : 0) + coefficients[r]! * lostAlong(r, t));
    }
    const right = Matrix.diag(Array.from(coefficients.subarray(0, rank)));
    const decomposition = new LuDecomposition(system);
    const solved = decomposition.isSingular() ? right : decomposition.solve(right);
    for (let r = 0; r < rank; r++) {
      for (let t = 0; t < rank; t++) couplings[at + r * mostRank + t] = solved.get(r, t);
    }
  };
};
