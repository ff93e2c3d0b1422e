import type { Technology } from '../technology.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

/** Which first-order conditions hold with equality: those of served tasks and of shared inputs strictly between their bounds. */
export interface ActiveSet {
  /** Where each shared input stands: 0 at zero, 1 free, 2 at its cap. */
  readonly sharedStates: Uint8Array;
  /** 1 for task inputs of which a served task uses none: their marginal product is below cost even at zero. Task by task. */
  readonly unused: Uint8Array;
  /** φ of each served task, 0 of the others. */
  readonly served: Float64Array;
  /** 1 for tasks that get nothing: φ ≤ 0, or a marginal product at zero too small to pay (ERRATA S6). */
  readonly unserved: Uint8Array;
  /** Shared inputs at zero, or at one where zero of them makes nothing. */
  reset(state: MarginalConditions): void;
  isNothingServed(): boolean;
  /**
   * Largest residual of the conditions in the set; NaN counts as infinite. Of a trial, those of shared inputs that ran into a bound do not count:
   * they are held there next.
   */
  norm(state: MarginalConditions, isTrial?: boolean): number;
  /** Whether a trial has run a free shared input into a bound, where it would be held. */
  isAtBound(trial: MarginalConditions): boolean;
  /** Holds shared inputs that ran into a bound; true if one did. */
  holdAtBounds(state: MarginalConditions): boolean;
  /** Frees the shared input at a bound that most wants to leave it; true if there is one. */
  release(state: MarginalConditions): boolean;
  /** Drops tasks not worth serving, and those whose inputs have fallen to nothing; true if one was dropped. */
  dropTasks(state: MarginalConditions): boolean;
}

/** A task whose inputs fall below this is not worth serving at all. */
const NOTHING = Math.log(1e-282);
/** An input this much smaller than another of its task, in logarithms, counts as not used where it does not pay. */
const TINY = 30;
/** Spending of this share of a task's gross value is as good as none. */
const NEGLIGIBLE = 1e-13;
/** How far v may be from degree one in a task's inputs for its tangent at tiny inputs to decide. */
const TANGENT = 1e-9;

export const activeSet = (technology: Technology, tasks: number): ActiveSet => {
  const { taskCount, sharedCount, max, sharedScales, taskScales } = technology;
  const isLateTask = taskScales.some((scale) => scale > 0);
  const sharedStates = new Uint8Array(sharedCount);
  const served = new Float64Array(tasks);
  const unserved = new Uint8Array(tasks);
  const unused = new Uint8Array(tasks * taskCount);
  const sharedAt = tasks * taskCount;
  const size = sharedAt + sharedCount;

  const reset = (state: MarginalConditions): void => {
    for (let k = 0; k < sharedCount; k++) {
      sharedStates[k] = sharedScales[k] === 0 ? 1 : 0;
      state.z[k] = sharedStates[k] === 1 ? Math.min(1, max[taskCount + k]!) : 0;
    }
  };

  /** A shared input that has reached a bound and would go beyond: what it wants there is no fault. */
  const isStopped = (of: MarginalConditions, k: number): boolean => {
    const r = of.residuals[sharedAt + k]!;
    return (of.z[k] === 0 && sharedScales[k]! > 0 && r < 0) || (of.z[k] === max[taskCount + k]! && r > 0);
  };

  const isAtBound = (trial: MarginalConditions): boolean => {
    for (let k = 0; k < sharedCount; k++) if (sharedStates[k] === 1 && isStopped(trial, k)) return true;
    return false;
  };

  const norm = (of: MarginalConditions, isTrial = false): number => {
    let worst = 0;
    for (let i = 0; i < size; i++) {
      if (i >= sharedAt ? sharedStates[i - sharedAt] !== 1 : unused[i] === 1) continue;
      if (isTrial && i >= sharedAt && isStopped(of, i - sharedAt)) continue;
      const r = Math.abs(of.residuals[i]!);
      if (!(r <= worst)) worst = Number.isNaN(r) ? Number.POSITIVE_INFINITY : r;
    }
    return worst;
  };

  /**
   * True where no amounts can make task m worth serving. All marginal products are below cost, so for concave v no inputs x′ earn more
   * than the tangent at x allows, φ(v − x·∂v/∂x), and that is nothing beside the cost of x: v is of degree one near zero (ERRATA S6).
   */
  const isWorthless = (state: MarginalConditions, m: number): boolean => {
    if (isLateTask) return false; // its inputs reach zero one by one
    let marginalValue = 0;
    for (let j = 0; j < taskCount; j++) {
      const i = m * taskCount + j;
      if (!(state.residuals[i]! <= 0)) return false;
      marginalValue += technology.cost[j]! * Math.exp(state.logX[i]! + state.residuals[i]!);
    }
    const excess = served[m]! * state.quality[m]! - marginalValue;
    return marginalValue > 0 && Math.abs(excess) <= TANGENT * marginalValue;
  };

  /** True where the shared inputs alone make something, and no task input is worth its cost. */
  const isServedByShared = (state: MarginalConditions, m: number): boolean => {
    for (let j = 0; j < taskCount; j++) if (unused[m * taskCount + j] === 0) return false;
    return state.quality[m]! >= 0;
  };

  /** Where no task input is worth its cost but a shared input at zero is: the task is left to the shared inputs. True if it was. */
  const leavesToShared = (state: MarginalConditions, m: number): boolean => {
    if (tasks > 1) return false; // others' tasks have a say in the shared inputs
    if (!sharedStates.some((held, k) => held === 0 && state.residuals[sharedAt + k]! > 0)) return false;
    for (let i = m * taskCount; i < (m + 1) * taskCount; i++) {
      unused[i] = 1;
      state.logX[i] = Number.NEGATIVE_INFINITY;
    }
    return true;
  };

  const dropTasks = (state: MarginalConditions): boolean => {
    let dropped = false;
    for (let m = 0; m < tasks; m++) {
      if (served[m] === 0 || taskCount === 0) continue;
      const largest = largestInput(state, m);
      if (isServedByShared(state, m)) continue;
      if (largest > NOTHING && !isWorthless(state, m)) continue;
      if (leavesToShared(state, m)) {
        dropped = true;
        continue;
      }
      served[m] = 0;
      unserved[m] = 1;
      dropped = true;
    }
    return dropped;
  };

  /** log of the task's largest input, or of its scale. */
  const largestInput = (state: MarginalConditions, m: number): number => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < taskCount; j++) {
      const log = state.logX[m * taskCount + j]!;
      const scale = taskScales[j]!;
      largest = Math.max(largest, scale === 0 ? log : Math.log(Math.exp(log) + scale));
    }
    return largest;
  };

  const x = new Float64Array(taskCount);
  /** For one task: next to nothing is spent on input i, and without it v is the same. */
  const isNegligible = (state: MarginalConditions, i: number): boolean => {
    if (tasks > 1) return false;
    const spent = technology.cost[i]! * Math.exp(state.logX[i]!);
    if (!(spent < NEGLIGIBLE * served[0]! * state.quality[0]!)) return false;
    for (let j = 0; j < taskCount; j++) x[j] = j === i ? 0 : Math.exp(state.logX[j]!);
    return technology.value(x, state.z) >= (1 - TANGENT) * state.quality[0]!;
  };

  /** A task input that is at zero, or has become tiny beside the task's others, and still costs more than it brings, is not used. */
  const holdUnused = (state: MarginalConditions): boolean => {
    let held = false;
    for (let m = 0; m < tasks; m++) {
      if (served[m] === 0) continue;
      const largest = largestInput(state, m);
      for (let j = 0; j < taskCount; j++) {
        const i = m * taskCount + j;
        if (unused[i] === 1 || !(state.residuals[i]! < 0)) continue;
        const isGone =
          taskScales[j]! > 0 ? state.logX[i] === Number.NEGATIVE_INFINITY : state.logX[i]! < largest - TINY;
        if (!isGone && !isNegligible(state, i)) continue;
        unused[i] = 1;
        state.logX[i] = Number.NEGATIVE_INFINITY;
        held = true;
      }
    }
    return held;
  };

  const holdAtBounds = (state: MarginalConditions): boolean => {
    let held = holdUnused(state);
    for (let k = 0; k < sharedCount; k++) {
      if (sharedStates[k] !== 1) continue;
      if (!isStopped(state, k)) continue;
      sharedStates[k] = state.residuals[sharedAt + k]! < 0 ? 0 : 2;
      held = true;
    }
    return held;
  };

  const release = (state: MarginalConditions): boolean => {
    let most = 0;
    let which = -1;
    for (let k = 0; k < sharedCount; k++) {
      const r = state.residuals[sharedAt + k]!;
      const pull = sharedStates[k] === 0 ? r : sharedStates[k] === 2 ? -r : 0;
      if (pull > Math.max(most, 4 * Number.EPSILON)) {
        most = pull;
        which = k;
      }
    }
    let input = -1;
    for (let i = 0; i < sharedAt; i++) {
      if (unused[i] === 1 && state.residuals[i]! > Math.max(most, 4 * Number.EPSILON)) {
        most = state.residuals[i]!;
        input = i;
      }
    }
    if (input >= 0) {
      unused[input] = 0;
      if (taskScales[input % taskCount]! > 0) return true;
      const largest = largestInput(state, Math.floor(input / taskCount));
      state.logX[input] = Number.isFinite(largest) ? largest - TINY / 2 : -TINY / 2;
      return true;
    }
    if (which < 0) return false;
    sharedStates[which] = 1;
    return true;
  };

  const isNothingServed = (): boolean => {
    for (let m = 0; m < tasks; m++) if (served[m] !== 0) return false;
    return true;
  };

  return {
    sharedStates,
    unused,
    served,
    unserved,
    reset,
    isNothingServed,
    norm,
    isAtBound,
    holdAtBounds,
    release,
    dropTasks,
  };
};
