import type { Technology, ValueWithGradient } from '../technology.ts';
import { activeSet } from './active-set.ts';
import { ACCEPTABLE, lineSearch, shiftedInputs } from './line-search.ts';
import { type MarginalConditions, marginalConditions, marginalEvaluator } from './marginal-conditions.ts';
import { newtonSystem } from './newton-system.ts';

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

const CONVERGED = 1e-14;
/** Below this a step that does not help is rounding, whatever elasticities it was made with. */
const ROUNDING = 1e-12;
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
  const { taskCount, sharedCount, cost, max, sharedScales, taskScales } = technology;
  const { evaluate, differentiate } = marginalEvaluator(technology, gradients);
  const state = marginalConditions(technology, tasks);
  const trial = marginalConditions(technology, tasks);
  const active = activeSet(technology, tasks);
  const { sharedStates, served, unserved } = active;
  const allocation: EfficientAllocation = {
    conditions: state,
    sharedStates,
    unused: active.unused,
    unserved,
    residual: 0,
    solved: true,
  };
  active.reset(state);
  const search = lineSearch(technology, evaluate, state, trial, active);
  const { step } = search;
  const shifted = shiftedInputs(technology);
  const sharedAt = tasks * taskCount;
  const system = newtonSystem(technology, tasks);
  // The system changes little between solves: it is made anew only where it stops contracting the residual.
  let isFactored = false;
  // Perfect substitutes make it singular, and then it is factored with exact elasticities from the start.
  let isDegenerate = false;
  const mostSteps = tasks === 1 ? MOST_STEPS_ALONE : MOST_STEPS;

  const adopt = (): void => {
    state.logX.set(trial.logX);
    state.z.set(trial.z);
    state.residuals.set(trial.residuals);
    state.shares.set(trial.shares);
    state.quality.set(trial.quality);
    state.profit = trial.profit;
  };

  /**
   * Holds a free shared input at the bound that its residual points to, if the residual still points there at the bound: where its marginal product
   * does not fall, nothing in between meets the condition. True if one was held.
   */
  const pushToBound = (weights: Float64Array): boolean => {
    for (let k = 0; k < sharedCount; k++) {
      const r = state.residuals[sharedAt + k]!;
      const cap = max[taskCount + k]!;
      const bound = r > 0 ? cap : 0;
      if (sharedStates[k] !== 1 || !(Math.abs(r) > CONVERGED && bound < Number.POSITIVE_INFINITY)) continue;
      trial.logX.set(state.logX);
      trial.z.set(state.z);
      trial.z[k] = bound;
      evaluate(trial, weights, served);
      if (!(trial.residuals[sharedAt + k]! * r > 0)) continue;
      adopt();
      sharedStates[k] = r > 0 ? 2 : 0;
      isFactored = false;
      return true;
    }
    return false;
  };

  const releaseOne = (): boolean => {
    if (!active.release(state)) return false;
    isFactored = false;
    return true;
  };

  const startTask = (m: number): void => {
    for (let j = 0; j < taskCount; j++) {
      state.logX[m * taskCount + j] = 0;
      active.unused[m * taskCount + j] = 0;
    }
  };

  const restart = (values: Float64Array): void => {
    isFactored = false;
    for (let m = 0; m < tasks; m++) if (values[m]! > 0) startTask(m);
    active.reset(state);
  };

  const place = (amounts: Float64Array, values: Float64Array): void => {
    isFactored = false;
    for (let m = 0; m < tasks; m++) {
      served[m] = values[m]! > 0 ? values[m]! : 0;
      unserved[m] = values[m]! > 0 ? 0 : 1;
      for (let j = 0; j < taskCount; j++) {
        state.logX[m * taskCount + j] = Math.log(amounts[j]!);
        active.unused[m * taskCount + j] = amounts[j] === 0 ? 1 : 0;
      }
    }
    for (let k = 0; k < sharedCount; k++) {
      const z = amounts[taskCount + k]!;
      const cap = max[taskCount + k]!;
      state.z[k] = Math.min(cap, z);
      sharedStates[k] = z === 0 ? 0 : z >= cap ? 2 : 1;
    }
  };

  /** Serves every task with a value, from where it was or from the start; false where there is none. */
  const serve = (weights: Float64Array, values: Float64Array): boolean => {
    let anyServed = false;
    for (let m = 0; m < tasks; m++) {
      const isServed = values[m]! > 0 && weights[m]! > 0;
      anyServed ||= isServed;
      if (isServed && served[m] === 0) startTask(m);
      if (isServed !== served[m]! > 0) isFactored = false;
      served[m] = isServed ? values[m]! : 0;
      unserved[m] = isServed ? 0 : 1;
    }
    if (!anyServed) return false;
    for (let k = 0; k < sharedCount; k++) {
      if (sharedStates[k] === 1 && state.z[k] === 0 && sharedScales[k] === 0)
        state.z[k] = Math.min(1, max[taskCount + k]!);
    }
    evaluate(state, weights, served);
    if (!(active.norm(state) < Number.POSITIVE_INFINITY)) {
      restart(values);
      evaluate(state, weights, served);
    }
    return true;
  };

  /** One step on, or the preparation of one; false where there is none. */
  const improve = (weights: Float64Array, residual: number): boolean => {
    const isReused = isFactored;
    if (!isReused) {
      differentiate(state, served, isDegenerate ? 8 : 1);
      isFactored = system.factor(state, active, isDegenerate);
    }
    let advanced = false;
    if (isFactored) {
      system.solve(state.residuals, step);
      advanced = search.advance(weights, residual);
      isFactored = advanced && active.norm(trial) < 1e-2 * residual;
      // The next step is with a system made anew.
      if (!advanced && isReused && residual > ROUNDING) return true;
    }
    if (!advanced && pushToBound(weights)) return true;
    if (!advanced && residual > ROUNDING && !isDegenerate) {
      differentiate(state, served, 8);
      if (system.factor(state, active, true)) {
        system.solve(state.residuals, step);
        advanced = search.advance(weights, residual);
        isDegenerate = advanced;
      }
    }
    if (!advanced && residual > ACCEPTABLE) {
      search.ascendByInput();
      advanced = search.advance(weights, residual);
      if (advanced) search.lengthen(weights);
    }
    if (!advanced) return false;
    adopt();
    const isHeld = active.holdAtBounds(state);
    const isDropped = active.dropTasks(state);
    if (isHeld || isDropped) {
      isFactored = false;
      evaluate(state, weights, served);
    }
    return true;
  };

  const solve = (weights: Float64Array, values: Float64Array): EfficientAllocation => {
    allocation.solved = true;
    allocation.residual = 0;
    if (!serve(weights, values)) {
      active.reset(state);
      isFactored = false;
      makeNothing();
      return allocation;
    }
    let isDone = false;
    for (let iteration = 0; iteration < mostSteps && !isDone; iteration++) {
      const residual = active.norm(state);
      if (!(residual <= CONVERGED) && improve(weights, residual)) {
        isDone = active.isNothingServed();
        continue;
      }
      if (!(residual <= ACCEPTABLE)) break;
      isDone = !releaseOne();
    }
    if (active.isNothingServed()) {
      makeNothing();
      return allocation;
    }
    allocation.residual = active.norm(state);
    allocation.solved = isDone && isProfitable(weights) && allocation.residual <= ACCEPTABLE;
    return allocation;
  };

  const makeNothing = (): void => {
    state.profit = 0;
    state.z.fill(0);
    state.quality.fill(0);
  };

  /** Making nothing costs nothing: a stationary point that loses money is no maximum (v is not concave). */
  const isProfitable = (weights: Float64Array): boolean => {
    let gross = 0;
    for (let m = 0; m < tasks; m++) gross += weights[m]! * served[m]! * state.quality[m]!;
    return state.profit >= -LOSS * gross - (state.profit < 0 ? roundedLoss(weights) : 0);
  };

  /** The money that inputs cost in the amounts over which v changes, of which rounding takes a share. */
  const roundedLoss = (weights: Float64Array): number => {
    let sum = 0;
    for (let m = 0; m < tasks; m++) {
      if (served[m] === 0) continue;
      for (const j of shifted) sum += weights[m]! * cost[j]! * taskScales[j]!;
    }
    for (let k = 0; k < sharedCount; k++) sum += cost[taskCount + k]! * sharedScales[k]!;
    return ROUNDED * sum;
  };

  const linearize = (weights: Float64Array): void => {
    evaluate(state, weights, served);
    differentiate(state, served, 8);
    isFactored = system.factor(state, active, true);
  };

  const respond = (effect: Float64Array): void => {
    if (!isFactored) {
      effect.fill(Number.NaN);
      return;
    }
    system.solve(effect, step);
    effect.set(step);
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
