import type { Technology } from '../technology.ts';
import type { ActiveSet } from './active-set.ts';
import type { MarginalConditions } from './marginal-conditions.ts';
import type { MarginalEvaluator } from './marginal-evaluator.ts';
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

/** The longest step in logarithms: beyond it exponentials tell nothing. */
const LONGEST_STEP = 50;
const MOST_HALVINGS = 40;
/** A step counts where it does this share of what it promises (Armijo's condition). */
const SUFFICIENT = 1e-3;
/** So many times the step's length is the furthest that it is lengthened to. */
const MOST_LENGTHS = 64;
/** The longest step of one input by its own residual, up or down; and down where the coordinate is log x. */
const INPUT_STEP = 1;
const LOG_INPUT_STEP_DOWN = 4;
/** An input on its way to zero has far to go in logarithms: its residual counts so many times. */
const TOWARDS_ZERO = 8;

/** Line search on residual and profit of the conditions in the active set. `state` is where a step starts, `trial` where it ends. */
export const lineSearch = (
  technology: Technology,
  evaluate: MarginalEvaluator['evaluate'],
  state: MarginalConditions,
  trial: MarginalConditions,
  active: ActiveSet,
): LineSearch => {
  const { taskCount, sharedCount, max, sharedScales, taskScales } = technology;
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
    for (let halving = 0; halving < MOST_HALVINGS; halving++) {
      move(length);
      evaluate(trial, weights, served);
      const after = active.norm(trial);
      if (after <= (1 - SUFFICIENT * length) * residual) return true;
      if (Number.isNaN(slope)) slope = ascent(technology, state, active, weights, step);
      const isHigher = slope > 0 && trial.profit >= state.profit + SUFFICIENT * length * slope;
      if (isHigher && after < Number.POSITIVE_INFINITY) return true;
      length /= 2;
    }
    return false;
  };

  const lengthen = (weights: Float64Array): void => {
    let reached = 1;
    for (let profit = trial.profit; reached < MOST_LENGTHS; profit = trial.profit) {
      move(2 * reached);
      evaluate(trial, weights, served);
      if (!(trial.profit > profit && active.norm(trial) < Number.POSITIVE_INFINITY)) break;
      reached *= 2;
    }
    move(reached);
    evaluate(trial, weights, served);
  };

  const ascendByInput = (): void => writeInputSteps(technology, state, active, step);

  return { step, advance, lengthen, ascendByInput };
};

/** Slope of profit along the step, from the residuals: ∂profit/∂log(x + scale) = ω c (x + scale)(eʳ − 1), and likewise for z. */
const ascent = (
  { taskCount, sharedCount, cost, sharedScales, taskScales }: Technology,
  state: MarginalConditions,
  { served, sharedStates }: ActiveSet,
  weights: Float64Array,
  step: Float64Array,
): number => {
  const sharedAt = state.tasks * taskCount;
  let slope = 0;
  for (let m = 0; m < state.tasks; m++) {
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
    const size = state.z[k]! + sharedScales[k]!;
    slope += cost[taskCount + k]! * size * Math.expm1(state.residuals[i]!) * step[i]!;
  }
  return slope;
};

/** `LineSearch.ascendByInput`. */
const writeInputSteps = (
  { taskCount, taskScales }: Technology,
  state: MarginalConditions,
  { served, unused, sharedStates }: ActiveSet,
  step: Float64Array,
): void => {
  const sharedAt = state.tasks * taskCount;
  for (let i = 0; i < step.length; i++) {
    const isTask = i < sharedAt;
    const isHeld = isTask
      ? served[Math.floor(i / taskCount)] === 0 || unused[i] === 1
      : sharedStates[i - sharedAt] !== 1;
    const isLog = isTask && taskScales[i % taskCount] === 0;
    const r = state.residuals[i]!;
    const wanted = isLog && r < 0 ? TOWARDS_ZERO * r : r;
    step[i] =
      isHeld || Number.isNaN(r)
        ? 0
        : Math.max(isLog ? -LOG_INPUT_STEP_DOWN : -INPUT_STEP, Math.min(INPUT_STEP, wanted));
  }
};

/** Task inputs whose coordinate is not simply log x. */
export const shiftedInputs = ({ taskScales }: Technology): number[] =>
  [...taskScales.keys()].filter((j) => taskScales[j]! > 0);
