import type { Technology } from '../technology.ts';

/**
 * The first-order conditions of the efficient allocation (eq. (5)–(8)) in logarithms, for a value profile φ(m) with task weights ω(m):
 *
 *     r(m, j) = log(φ(m) ∂v/∂x_j(x(m), z)) − log c_j            at every served task m
 *     R(k)    = log(Σ_m ω(m) φ(m) ∂v/∂z_k(x(m), z)) − log c_k    at every free shared input k
 *
 * In the coordinates log(x_j + scale_j) and log(z_k + scale_k) they are linear for Cobb–Douglas and close to linear for most
 * technologies, whatever the units.
 */
export interface MarginalConditions {
  readonly tasks: number;
  /** log x, task by task; −∞ where the input is not used. */
  readonly logX: Float64Array;
  /** Levels of the shared inputs. */
  readonly z: Float64Array;
  /** r, task by task, then R for every shared input, free or not. */
  readonly residuals: Float64Array;
  /** Σ_m ω φ v(x(m), z) − cost, at the last evaluation. */
  profit: number;
  /** ∂ log(∂v/∂input a) / ∂(log coordinate of input b) at task m: entry (m·n + a)·n + b, with n inputs. */
  readonly elasticities: Float64Array;
  /** ω φ ∂v/∂z_k of task m as a share of its sum over tasks: entry m·(shared inputs) + k. */
  readonly shares: Float64Array;
  /** v(x(m), z). */
  readonly quality: Float64Array;
}

/** Buffers for `tasks` tasks. */
export const marginalConditions = (technology: Technology, tasks: number): MarginalConditions => {
  const { taskCount, sharedCount } = technology;
  const n = taskCount + sharedCount;
  return {
    tasks,
    logX: new Float64Array(tasks * taskCount),
    z: new Float64Array(sharedCount),
    residuals: new Float64Array(tasks * taskCount + sharedCount),
    profit: 0,
    elasticities: new Float64Array(tasks * n * n),
    shares: new Float64Array(tasks * sharedCount),
    quality: new Float64Array(tasks),
  };
};

/** Copies amounts and conditions, without the elasticities. */
export const copyConditions = (from: MarginalConditions, to: MarginalConditions): void => {
  to.logX.set(from.logX);
  to.z.set(from.z);
  to.residuals.set(from.residuals);
  to.shares.set(from.shares);
  to.quality.set(from.quality);
  to.profit = from.profit;
};

/** Amounts of task m: of its own inputs into `x`, of the shared ones into `z`. */
export const loadAmounts = (state: MarginalConditions, m: number, x: Float64Array, z: Float64Array): void => {
  const first = m * x.length;
  for (let j = 0; j < x.length; j++) x[j] = Math.exp(state.logX[first + j]!);
  z.set(state.z);
};
