/**
 * What is supplied to a value profile on tasks of any weights, with the curvature of S:
 *
 *     ∂²S/∂φ(a)∂φ(b) = ω(a) h(a) [a = b] + Σ_r c_r ω(a) g_r(a) ω(b) g_r(b).
 */
export interface CurvedPoint {
  /** q, one a task. */
  readonly quality: Float64Array;
  /** h ≥ 0, one a task. */
  readonly diagonal: Float64Array;
  /** Number of terms r. */
  rank: number;
  /** g_r, one after another, `tasks` entries each. */
  readonly factors: Float64Array;
  readonly coefficients: Float64Array;
  /** S(φ), money. */
  surplus: number;
  /** C(q), money. */
  cost: number;
  /** The part of the cost that is spent on shared inputs, money. */
  sharedCost: number;
  solved: boolean;
}

/** Efficient supply to profiles on at most `tasks` tasks, whose number and weights are told with every call. */
export interface CurvedSupply {
  readonly tasks: number;
  /** Most terms of low rank. */
  readonly mostRank: number;
  /** The value up to which nothing is supplied, the same for every task whatever the others' values; 0 where it is left out. */
  readonly start?: number;
  /** Solves for φ = values[0..count) with weights ω. Buffers belong to the caller. */
  supply(values: Float64Array, weights: Float64Array, count: number, out: CurvedPoint): void;
}

export const curvedPoint = ({ tasks, mostRank }: CurvedSupply): CurvedPoint => ({
  quality: new Float64Array(tasks),
  diagonal: new Float64Array(tasks),
  rank: 0,
  factors: new Float64Array(tasks * mostRank),
  coefficients: new Float64Array(mostRank),
  surplus: 0,
  cost: 0,
  sharedCost: 0,
  solved: true,
});
