import type { Technology } from '../technology.ts';
import type { ActiveConditions } from './active-conditions.ts';
import { taskDrop } from './dropped-tasks.ts';
import { largestTaskInput, TINY, unusedInputHold } from './held-inputs.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

/** The conditions in force, and how inputs and tasks enter and leave them. */
export interface ActiveSet extends ActiveConditions {
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
  /** Holds inputs that ran into a bound; true if one did. */
  holdAtBounds(state: MarginalConditions): boolean;
  /** Frees the input at a bound that most wants to leave it; true if there is one. */
  release(state: MarginalConditions): boolean;
  /** Drops tasks not worth serving, and those whose inputs have fallen to nothing; true if one was dropped. */
  dropTasks(state: MarginalConditions): boolean;
}

/** A held input is let go where its marginal product and its cost differ by more, in logarithms: less is rounding. */
const PULL = 4 * Number.EPSILON;

export const activeSet = (technology: Technology, tasks: number): ActiveSet => {
  const { taskCount, sharedCount, max, sharedScales, taskScales } = technology;
  const sharedStates = new Uint8Array(sharedCount);
  const served = new Float64Array(tasks);
  const unserved = new Uint8Array(tasks);
  const unused = new Uint8Array(tasks * taskCount);
  const conditions: ActiveConditions = { sharedStates, unused, served, unserved };
  const dropTasks = taskDrop(technology, conditions);
  const holdUnused = unusedInputHold(technology, conditions);
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

  /** Frees a task input; one that cannot be at zero starts again from next to nothing. */
  const releaseInput = (state: MarginalConditions, i: number): void => {
    unused[i] = 0;
    if (taskScales[i % taskCount]! > 0) return;
    const largest = largestTaskInput(technology, state, Math.floor(i / taskCount));
    state.logX[i] = (Number.isFinite(largest) ? largest : 0) - TINY / 2;
  };

  const release = (state: MarginalConditions): boolean => {
    let most = PULL;
    let freed = -1;
    for (let k = 0; k < sharedCount; k++) {
      const r = state.residuals[sharedAt + k]!;
      const pull = sharedStates[k] === 0 ? r : sharedStates[k] === 2 ? -r : 0;
      if (pull > most) [most, freed] = [pull, sharedAt + k];
    }
    for (let i = 0; i < sharedAt; i++) {
      const pull = unused[i] === 1 ? state.residuals[i]! : 0;
      if (pull > most) [most, freed] = [pull, i];
    }
    if (freed < 0) return false;
    if (freed < sharedAt) releaseInput(state, freed);
    else sharedStates[freed - sharedAt] = 1;
    return true;
  };

  const isNothingServed = (): boolean => {
    for (let m = 0; m < tasks; m++) if (served[m] !== 0) return false;
    return true;
  };

  return { ...conditions, reset, isNothingServed, norm, isAtBound, holdAtBounds, release, dropTasks };
};
