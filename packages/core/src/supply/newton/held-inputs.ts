import type { Technology } from '../technology.ts';
import type { ActiveConditions } from './active-conditions.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

/** An input this much smaller than another of its task, in logarithms, counts as not used where it does not pay. */
export const TINY = 30;
/** Spending of this share of a task's gross value is as good as none. */
const NEGLIGIBLE = 1e-13;
/** Quality that an input adds by no more than this share is as good without it. */
const SAME_QUALITY = 1e-9;

/** log of the largest input of task m, or of its scale. */
export const largestTaskInput = (
  { taskCount, taskScales }: Technology,
  state: MarginalConditions,
  m: number,
): number => {
  let largest = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < taskCount; j++) {
    const log = state.logX[m * taskCount + j]!;
    const scale = taskScales[j]!;
    largest = Math.max(largest, scale === 0 ? log : Math.log(Math.exp(log) + scale));
  }
  return largest;
};

/** Holds task inputs that are at zero, or have become tiny beside the task's others, and still cost more than they bring; true if it held one. */
export const unusedInputHold = (
  technology: Technology,
  { served, unused }: ActiveConditions,
): ((state: MarginalConditions) => boolean) => {
  const { taskCount, taskScales, cost } = technology;
  const x = new Float64Array(taskCount);

  /** For one task: next to nothing is spent on input i, and without it v is the same. */
  const isNegligible = (state: MarginalConditions, i: number): boolean => {
    if (state.tasks > 1) return false;
    const spent = cost[i]! * Math.exp(state.logX[i]!);
    if (!(spent < NEGLIGIBLE * served[0]! * state.quality[0]!)) return false;
    for (let j = 0; j < taskCount; j++) x[j] = j === i ? 0 : Math.exp(state.logX[j]!);
    return technology.value(x, state.z) >= (1 - SAME_QUALITY) * state.quality[0]!;
  };

  return (state) => {
    let held = false;
    for (let m = 0; m < state.tasks; m++) {
      if (served[m] === 0) continue;
      const largest = largestTaskInput(technology, state, m);
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
};
