import type { Technology } from '../technology.ts';
import type { ActiveConditions } from './active-conditions.ts';
import { largestTaskInput } from './held-inputs.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

/** A task whose inputs fall below this is not worth serving at all. */
const NOTHING = Math.log(1e-282);
/** How far v may be from degree one in a task's inputs for its tangent at tiny inputs to decide. */
const TANGENT = 1e-9;

/** Drops tasks not worth serving, and those whose inputs have fallen to nothing; true if it dropped one. */
export const taskDrop = (
  technology: Technology,
  { served, unserved, unused, sharedStates }: ActiveConditions,
): ((state: MarginalConditions) => boolean) => {
  const { taskCount, taskScales, cost } = technology;
  const isLateTask = taskScales.some((scale) => scale > 0);

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
      marginalValue += cost[j]! * Math.exp(state.logX[i]! + state.residuals[i]!);
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
    if (state.tasks > 1) return false; // others' tasks have a say in the shared inputs
    const sharedAt = state.tasks * taskCount;
    if (!sharedStates.some((held, k) => held === 0 && state.residuals[sharedAt + k]! > 0)) return false;
    for (let i = m * taskCount; i < (m + 1) * taskCount; i++) {
      unused[i] = 1;
      state.logX[i] = Number.NEGATIVE_INFINITY;
    }
    return true;
  };

  return (state) => {
    if (taskCount === 0) return false;
    let dropped = false;
    for (let m = 0; m < state.tasks; m++) {
      if (served[m] === 0 || isServedByShared(state, m)) continue;
      if (largestTaskInput(technology, state, m) > NOTHING && !isWorthless(state, m)) continue;
      dropped = true;
      if (leavesToShared(state, m)) continue;
      served[m] = 0;
      unserved[m] = 1;
    }
    return dropped;
  };
};
