import type { Technology, ValueWithGradient } from '../technology.ts';
import { type ActiveSet, activeSet } from './active-set.ts';
import { shiftedInputs } from './line-search.ts';
import { type MarginalConditions, marginalConditions } from './marginal-conditions.ts';
import { marginalEvaluator } from './marginal-evaluator.ts';
import { newtonIteration } from './newton-iteration.ts';
import { newtonSystem } from './newton-system.ts';
import { ACCEPTABLE, residualLevels } from './residual-levels.ts';
import { startingAmounts } from './starting-amounts.ts';

/** An efficient allocation of a value profile, as the numeric path finds it. */
export interface EfficientAllocation {
  readonly conditions: MarginalConditions;
  readonly sharedStates: Uint8Array;
  /** 1 for task inputs of which a served task uses none, task by task. */
  readonly unused: Uint8Array;
  /** Tasks that get nothing: φ ≤ 0, or a marginal product at zero too small to pay (ERRATA S6). */
  readonly unserved: Uint8Array;
  /** Largest violation of a first-order condition, in logarithms. */
  residual: number;
  solved: boolean;
}

/** Solves for the efficient allocation of a value profile on a fixed number of tasks; see `efficientAllocator`. */
export interface EfficientAllocator {
  readonly allocation: EfficientAllocation;
  /** Solves from wherever the last solve ended. */
  solve(weights: Float64Array, values: Float64Array): EfficientAllocation;
  /** Moves every served task, and the shared inputs, to the same amounts, from which the next solve then starts; an amount of 0 is not used. */
  place(amounts: Float64Array, values: Float64Array): void;
  /** The allocation where `place` put it, evaluated as it is. */
  evaluate(weights: Float64Array): void;
  /** After `solve`: prepares `respond` at the allocation, with derivatives of order 8. */
  linearize(weights: Float64Array): void;
  /**
   * After `linearize`: the derivatives of log(x + scale) (task by task) and of the free shared inputs' log(z + scale) with respect to a
   * parameter whose direct effect on the conditions is `effect` (laid out as the residuals). Written over `effect`.
   */
  respond(effect: Float64Array): void;
}

/** A loss of this share of the gross value may be rounding in v, where v is a difference of larger numbers. */
const LOSS = 1e-6;
/** And any loss of this share of what inputs cost in the amounts over which v changes is. */
const ROUNDED = 1e-14;
const MOST_STEPS = 120;
/** One task has another way out (`interiorAllocator`), and need not go on for so long. */
const MOST_STEPS_ALONE = 80;

/**
 * Efficient allocation max over x(·), z of Σ_m ω(m)(φ(m) v(x(m), z) − c·x(m)) − c·z with 0 ≤ z ≤ cap (Section 3), from v and its
 * gradient alone.
 *
 * Newton's method on the first-order conditions in logarithms, tasks eliminated one by one so that the linear systems
 * are no larger than a task's inputs or the shared inputs. A step must reduce the residual or raise the profit; where Newton's does not,
 * each input moves in the direction in which its marginal product exceeds its cost. Shared inputs at a bound are held there until the others have converged.
 */
export const efficientAllocator = (
  technology: Technology,
  tasks: number,
  gradients?: readonly ValueWithGradient[],
): EfficientAllocator => {
  const evaluator = marginalEvaluator(technology, gradients);
  const { evaluate, differentiate } = evaluator;
  const state = marginalConditions(technology, tasks);
  const trial = marginalConditions(technology, tasks);
  const active = activeSet(technology, tasks);
  const { sharedStates, served, unserved, unused } = active;
  const system = newtonSystem(technology, tasks);
  const allocation: EfficientAllocation = {
    conditions: state,
    sharedStates,
    unused,
    unserved,
    residual: 0,
    solved: true,
  };
  active.reset(state);
  const { serve, place } = startingAmounts(technology, evaluate, { state, active, system });
  const improve = newtonIteration(technology, evaluator, { state, trial, active, system });
  const isProfitable = profitability(technology, state, active);
  const { converged } = residualLevels(technology);
  const response = new Float64Array(state.residuals.length);
  const mostSteps = tasks === 1 ? MOST_STEPS_ALONE : MOST_STEPS;

  /** Steps until the conditions hold and no input at a bound wants to leave it; false where that does not come about. */
  const converge = (weights: Float64Array): boolean => {
    for (let iteration = 0; iteration < mostSteps; iteration++) {
      const residual = active.norm(state);
      if (!(residual <= converged) && improve(weights, residual)) {
        if (active.isNothingServed()) return true;
        continue;
      }
      if (!(residual <= ACCEPTABLE)) return false;
      if (!active.release(state)) return true;
      system.discard();
    }
    return false;
  };

  const makeNothing = (): EfficientAllocation => {
    state.profit = 0;
    state.z.fill(0);
    state.quality.fill(0);
    return allocation;
  };

  const solve = (weights: Float64Array, values: Float64Array): EfficientAllocation => {
    allocation.solved = true;
    allocation.residual = 0;
    if (!serve(weights, values)) {
      active.reset(state);
      system.discard();
      return makeNothing();
    }
    const hasConverged = converge(weights);
    if (active.isNothingServed()) return makeNothing();
    allocation.residual = active.norm(state);
    allocation.solved = hasConverged && isProfitable(weights) && allocation.residual <= ACCEPTABLE;
    return allocation;
  };

  const linearize = (weights: Float64Array): void => {
    evaluate(state, weights, served);
    differentiate(state, served, 8);
    system.factor(state, active, true);
  };

  const respond = (effect: Float64Array): void => {
    if (!system.isFactored()) {
      effect.fill(Number.NaN);
      return;
    }
    system.solve(effect, response);
    effect.set(response);
  };

  return {
    allocation,
    solve,
    place,
    evaluate: (weights) => evaluate(state, weights, served),
    linearize,
    respond,
  };
};

/** Making nothing costs nothing: a stationary point that loses money, beyond rounding, is no maximum (v is not concave). */
const profitability = (
  technology: Technology,
  state: MarginalConditions,
  { served }: ActiveSet,
): ((weights: Float64Array) => boolean) => {
  const { taskCount, sharedCount, cost, sharedScales, taskScales } = technology;
  const shifted = shiftedInputs(technology);

  /** The money that inputs cost in the amounts over which v changes, of which rounding takes a share. */
  const roundedLoss = (weights: Float64Array): number => {
    let sum = 0;
    for (let m = 0; m < state.tasks; m++) {
      if (served[m] === 0) continue;
      for (const j of shifted) sum += weights[m]! * cost[j]! * taskScales[j]!;
    }
    for (let k = 0; k < sharedCount; k++) sum += cost[taskCount + k]! * sharedScales[k]!;
    return ROUNDED * sum;
  };

  return (weights) => {
    let gross = 0;
    for (let m = 0; m < state.tasks; m++) gross += weights[m]! * served[m]! * state.quality[m]!;
    return state.profit >= -LOSS * gross - (state.profit < 0 ? roundedLoss(weights) : 0);
  };
};
