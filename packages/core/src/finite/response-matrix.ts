import { LuDecomposition, Matrix } from 'ml-matrix';
import type { Curvature } from '../supply/profile-supply.ts';

/** Writes K of one item; see `responseMatrix`. */
type ResponseMatrix = (
  curvature: Curvature,
  weights: Float64Array,
  size: number,
  factors: Float64Array,
  first: number,
  couplings: Float64Array,
  item: number,
) => void;

/**
 * K in (H⁻¹ + D)⁻¹ = diag(e) + U K Uᵀ, where H = diag(a) + V C Vᵀ with V = ω g, and U = diag(e/a) V.
 *
 * By Woodbury twice, K = C (I + N C)⁻¹ with N = Vᵀ (diag(1/a) − diag(e/a²)) V = Σ_b V V ᵀ (1 − e/a)/a: what the floors take away.
 * N = 0 where D = 0, and K = C.
 */
export const responseMatrix = (mostRank: number): ResponseMatrix => {
  return (curvature, weights, size, factors, first, couplings, item) => {
    const { rank, coefficients, diagonal, factors: own } = curvature;
    const lost = (r: number, t: number): number => {
      let sum = 0;
      for (let b = 0; b < size; b++) {
        const a = weights[b]! * diagonal[b]!;
        if (!(a > 0)) continue;
        const v = weights[b]! * own[t * size + b]!;
        const whole = weights[b]! * own[r * size + b]!;
        sum += (v * (whole - factors[(first + b) * mostRank + r]!)) / a;
      }
      return sum;
    };
    const at = item * mostRank * mostRank;
    if (rank === 1) {
      couplings[at] = coefficients[0]! / (1 + lost(0, 0) * coefficients[0]!);
      return;
    }
    const system = new Matrix(rank, rank);
    for (let r = 0; r < rank; r++) {
      for (let t = 0; t < rank; t++) system.set(r, t, (r === t ? 1 : 0) + coefficients[r]! * lost(r, t));
    }
    const right = Matrix.diag(Array.from(coefficients.subarray(0, rank)));
    const decomposition = new LuDecomposition(system);
    const solved = decomposition.isSingular() ? right : decomposition.solve(right);
    for (let r = 0; r < rank; r++) {
      for (let t = 0; t < rank; t++) couplings[at + r * mostRank + t] = solved.get(r, t);
    }
  };
};
