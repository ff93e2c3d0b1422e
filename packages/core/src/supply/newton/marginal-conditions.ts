import type { Technology, ValueWithGradient } from '../technology.ts';

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

/** Evaluates conditions and their elasticities; closes over its scratch space. */
export interface MarginalEvaluator {
  /** Fills residuals, shares, quality and profit. Tasks with φ ≤ 0 are not served: their residuals are 0. */
  evaluate(state: MarginalConditions, weights: Float64Array, values: Float64Array): void;
  /** Fills `elasticities`; `order` 1 is enough for Newton's method, 8 for derivatives that are reported. */
  differentiate(state: MarginalConditions, values: Float64Array, order: 1 | 8): void;
}

const CENTRAL = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
const FORWARD = [-761 / 280, 8, -14, 56 / 3, -35 / 2, 56 / 5, -14 / 3, 8 / 7, -1 / 8] as const;

/** `gradients` gives each task a production function of its own; without it all have the technology's. */
export const marginalEvaluator = (
  technology: Technology,
  gradients?: readonly ValueWithGradient[],
): MarginalEvaluator => {
  const { taskCount, sharedCount, cost, sharedScales, taskScales } = technology;
  // Of the task that is loaded.
  let gradient = technology.gradient;
  const n = taskCount + sharedCount;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const marginal = new Float64Array(n);
  const logMarginal = new Float64Array(n);
  const logCost = cost.map(Math.log);
  const sums = new Float64Array(sharedCount);

  const load = (state: MarginalConditions, m: number): void => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(state.logX[m * taskCount + j]!);
    z.set(state.z);
    if (gradients !== undefined) gradient = gradients[m]!;
  };

  const evaluate = (state: MarginalConditions, weights: Float64Array, values: Float64Array): void => {
    const { residuals, shares } = state;
    sums.fill(0);
    let profit = 0;
    for (let m = 0; m < state.tasks; m++) {
      const phi = values[m]!;
      if (!(phi > 0)) {
        state.quality[m] = 0;
        for (let j = 0; j < taskCount; j++) residuals[m * taskCount + j] = 0;
        for (let k = 0; k < sharedCount; k++) shares[m * sharedCount + k] = 0;
        continue;
      }
      load(state, m);
      const q = gradient(x, z, marginal);
      state.quality[m] = q;
      let taskProfit = phi * q;
      const logPhi = Math.log(phi);
      for (let j = 0; j < taskCount; j++) {
        residuals[m * taskCount + j] = logPhi + Math.log(marginal[j]!) - logCost[j]!;
        taskProfit -= cost[j]! * x[j]!;
      }
      for (let k = 0; k < sharedCount; k++) {
        const gain = weights[m]! * phi * marginal[taskCount + k]!;
        shares[m * sharedCount + k] = gain;
        sums[k]! += gain;
      }
      profit += weights[m]! * taskProfit;
    }
    for (let k = 0; k < sharedCount; k++) {
      residuals[state.tasks * taskCount + k] = Math.log(sums[k]!) - logCost[taskCount + k]!;
      for (let m = 0; m < state.tasks; m++) shares[m * sharedCount + k]! /= sums[k]!;
      profit -= cost[taskCount + k]! * z[k]!;
    }
    state.profit = profit;
  };

  /** log ∂v/∂input after moving coordinate b by `step`. */
  const shifted = (b: number, step: number, out: Float64Array): void => {
    if (b < taskCount) {
      const before = x[b]!;
      x[b] = before + (before + taskScales[b]!) * Math.expm1(step);
      gradient(x, z, out);
      x[b] = before;
    } else {
      const k = b - taskCount;
      const before = z[k]!;
      z[k] = before + (before + sharedScales[k]!) * Math.expm1(step);
      gradient(x, z, out);
      z[k] = before;
    }
    for (let a = 0; a < n; a++) out[a] = Math.log(out[a]!);
  };

  const column = new Float64Array(n);
  const up = new Float64Array(n);
  const down = new Float64Array(n);
  const differentiate = (state: MarginalConditions, values: Float64Array, order: 1 | 8): void => {
    for (let m = 0; m < state.tasks; m++) {
      if (!(values[m]! > 0)) continue;
      load(state, m);
      if (order === 1) {
        gradient(x, z, logMarginal);
        for (let a = 0; a < n; a++) logMarginal[a] = Math.log(logMarginal[a]!);
      }
      for (let b = 0; b < n; b++) {
        if (order === 1) {
          const h = 1e-6;
          shifted(b, h, up);
          for (let a = 0; a < n; a++) column[a] = (up[a]! - logMarginal[a]!) / h;
        } else {
          const h = 0.02;
          column.fill(0);
          const amount = b < taskCount ? x[b]! : z[b - taskCount]!;
          const scale = b < taskCount ? taskScales[b]! : sharedScales[b - taskCount]!;
          const isInterior = scale === 0 || amount > (amount + scale) * Math.expm1(4 * h);
          if (isInterior) {
            for (let i = 1; i <= 4; i++) {
              shifted(b, i * h, up);
              shifted(b, -i * h, down);
              for (let a = 0; a < n; a++) column[a]! += (CENTRAL[i - 1]! * (up[a]! - down[a]!)) / h;
            }
          } else {
            for (let i = 0; i <= 8; i++) {
              shifted(b, i * h, up);
              for (let a = 0; a < n; a++) column[a]! += (FORWARD[i]! * up[a]!) / h;
            }
          }
        }
        for (let a = 0; a < n; a++) state.elasticities[(m * n + a) * n + b] = column[a]!;
      }
    }
  };

  return { evaluate, differentiate };
};
