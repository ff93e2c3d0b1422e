import type { Technology } from '../technology.ts';
import type { ActiveSet } from './active-set.ts';
import type { MarginalConditions, MarginalEvaluator } from './marginal-conditions.ts';
import { ACCEPTABLE } from './residual-levels.ts';

/** Steps from a state of the conditions to a better one, `trial`. */
export interface LineSearch {
  /** The step's direction and whole length, laid out as the residuals: in log(x + scale) and log(z + scale). */
  readonly step: Float64Array;
  /** Walks along the step, shortening it until the residual falls or the profit rises; false where neither happens. */
  advance(weights: Float64Array, residual: number): boolean;
  /** Walks on along the step for as long as profit rises: where marginal products hardly fall, the way to a bound is long. */
  lengthen(weights: Float64Array): void;
  /** The step that moves each input by its own residual: an ascent direction, since residual and slope of profit share their sign. */
  ascendByInput(): void;
}

const LONGEST_STEP = 50;

/** Line search on residual and profit of the conditions in the active set. `state` is where a step starts, `trial` where it ends. */
export const lineSearch = (
  technology: Technology,
  evaluate: MarginalEvaluator['evaluate'],
  state: MarginalConditions,
  trial: MarginalConditions,
  active: ActiveSet,
): LineSearch => {
  const { taskCount, sharedCount, cost, max, sharedScales, taskScales } = technology;
  const { sharedStates, served } = active;
  const { tasks } = state;
  const sharedAt = tasks * taskCount;
  const size = sharedAt + sharedCount;
  const step = new Float64Array(size);
  const shifted = shiftedInputs(technology);

  /** trial = state + length·step, inputs kept within [0, cap]. */
  const move = (length: number): void => {
    for (let i = 0; i < sharedAt; i++) trial.logX[i] = state.logX[i]! + length * step[i]!;
    for (const j of shifted) {
      for (let i = j; i < sharedAt; i += taskCount) {
        const x = Math.exp(state.logX[i]!);
        trial.logX[i] = Math.log(Math.max(0, x + (x + taskScales[j]!) * Math.expm1(length * step[i]!)));
      }
    }
    for (let k = 0; k < sharedCount; k++) {
      let z = state.z[k]!;
      if (sharedStates[k] === 1) z += (z + sharedScales[k]!) * Math.expm1(length * step[sharedAt + k]!);
      trial.z[k] = Math.min(max[taskCount + k]!, Math.max(0, z));
    }
  };

  /** Slope of profit along the step, from the residuals: ∂profit/∂log(x + scale) = ω c (x + scale)(eʳ − 1), and likewise for z. */
  const ascent = (weights: Float64Array): number => {
    let slope = 0;
    for (let m = 0; m < tasks; m++) {
      if (served[m] === 0) continue;
      for (let j = 0; j < taskCount; j++) {
        const i = m * taskCount + j;
        if (step[i] === 0) continue;
        const size = Math.exp(state.logX[i]!) + taskScales[j]!;
        slope += weights[m]! * cost[j]! * size * Math.expm1(state.residuals[i]!) * step[i]!;
      }
    }
    for (let k = 0; k < sharedCount; k++) {
      if (sharedStates[k] !== 1) continue;
      const i = sharedAt + k;
      slope +=
        cost[taskCount + k]! * (state.z[k]! + sharedScales[k]!) * Math.expm1(state.residuals[i]!) * step[i]!;
    }
    return slope;
  };

  const advance = (weights: Float64Array, residual: number): boolean => {
    let longest = 0;
    for (let i = 0; i < size; i++) longest = Math.max(longest, Math.abs(step[i]!));
    let slope = Number.NaN;
    let length = Math.min(1, LONGEST_STEP / longest);
    if (residual <= ACCEPTABLE) {
      // What is left is near rounding: profit can no longer tell, and a step that does not help much is noise, unless it ends at a bound.
      move(1);
      evaluate(trial, weights, served);
      return active.norm(trial, true) <= (active.isAtBound(trial) ? ACCEPTABLE : residual / 2);
    }
    for (let halving = 0; halving < 40; halving++) {
      move(length);
      evaluate(trial, weights, served);
      const after = active.norm(trial);
      if (after <= (1 - 1e-3 * length) * residual) return true;
      if (Number.isNaN(slope)) slope = ascent(weights);
      const isHigher = slope > 0 && trial.profit >= state.profit + 1e-3 * length * slope;
      if (isHigher && after < Number.POSITIVE_INFINITY) return true;
      length /= 2;
    }
    return false;
  };

  const lengthen = (weights: Float64Array): void => {
    let reached = 1;
    for (let profit = trial.profit; reached < 64; profit = trial.profit) {
      move(2 * reached);
      evaluate(trial, weights, served);
      if (!(trial.profit > profit && active.norm(trial) < Number.POSITIVE_INFINITY)) break;
      reached *= 2;
    }
    move(reached);
    evaluate(trial, weights, served);
  };

  const ascendByInput = (): void => {
    for (let i = 0; i < size; i++) {
      const isTask = i < sharedAt;
      const isHeld = isTask
        ? served[Math.floor(i / taskCount)] === 0 || active.unused[i] === 1
        : sharedStates[i - sharedAt] !== 1;
      const isLog = isTask && taskScales[i % taskCount] === 0;
      const r = state.residuals[i]!;
      // An input on its way to zero has far to go in logarithms.
      step[i] =
        isHeld || Number.isNaN(r) ? 0 : Math.max(isLog ? -4 : -1, Math.min(1, isLog && r < 0 ? 8 * r : r));
    }
  };

  return { step, advance, lengthen, ascendByInput };
};

/** Task inputs whose coordinate is not simply log x. */
export const shiftedInputs = ({ taskScales }: Technology): number[] =>
  [...taskScales.keys()].filter((j) => taskScales[j]! > 0);
