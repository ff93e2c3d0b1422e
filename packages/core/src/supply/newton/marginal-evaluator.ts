import type { Technology, ValueWithGradient } from '../technology.ts';
import { elasticityWriter } from './elasticities.ts';
import { loadAmounts, type MarginalConditions } from './marginal-conditions.ts';

/** Evaluates conditions and their elasticities; closes over its scratch space. */
export interface MarginalEvaluator {
  /** Fills residuals, shares, quality and profit. Tasks with φ ≤ 0 are not served: their residuals are 0. */
  evaluate(state: MarginalConditions, weights: Float64Array, values: Float64Array): void;
  /** Fills `elasticities`; `order` 1 is enough for Newton's method, 8 for derivatives that are reported. */
  differentiate(state: MarginalConditions, values: Float64Array, order: 1 | 8): void;
}

/** `gradients` gives each task a production function of its own; without it all have the technology's. */
export const marginalEvaluator = (
  technology: Technology,
  gradients?: readonly ValueWithGradient[],
): MarginalEvaluator => {
  const { taskCount, sharedCount, cost } = technology;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const logCost = cost.map(Math.log);
  const sums = new Float64Array(sharedCount);

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
      loadAmounts(state, m, x, z);
      const q = (gradients?.[m] ?? technology.gradient)(x, z, marginal);
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

  return { evaluate, differentiate: elasticityWriter(technology, gradients) };
};
