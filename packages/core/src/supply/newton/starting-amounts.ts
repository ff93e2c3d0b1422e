import type { Technology } from '../technology.ts';
import type { MarginalEvaluator } from './marginal-evaluator.ts';
import type { NewtonIterate } from './newton-iteration.ts';

/** Where a solve starts: from the last allocation, from amounts of 1, or from given ones. */
export interface StartingAmounts {
  /** Serves every task with a value, from where it was or from the start; false where there is none. */
  serve(weights: Float64Array, values: Float64Array): boolean;
  /** Moves every task with a value, and the shared inputs, to the same amounts; an amount of 0 is not used. */
  place(amounts: Float64Array, values: Float64Array): void;
}

export const startingAmounts = (
  { taskCount, sharedCount, max, sharedScales }: Technology,
  evaluate: MarginalEvaluator['evaluate'],
  { state, active, system }: Omit<NewtonIterate, 'trial'>,
): StartingAmounts => {
  const { sharedStates, served, unserved, unused } = active;
  const { tasks } = state;

  const startTask = (m: number): void => {
    for (let j = 0; j < taskCount; j++) {
      state.logX[m * taskCount + j] = 0;
      unused[m * taskCount + j] = 0;
    }
  };

  const startAll = (values: Float64Array): void => {
    system.discard();
    for (let m = 0; m < tasks; m++) if (values[m]! > 0) startTask(m);
    active.reset(state);
  };

  /** Which tasks are served now; true if any is. */
  const markServed = (weights: Float64Array, values: Float64Array): boolean => {
    let isAnyServed = false;
    for (let m = 0; m < tasks; m++) {
      const isServed = values[m]! > 0 && weights[m]! > 0;
      isAnyServed ||= isServed;
      if (isServed && served[m] === 0) startTask(m);
      if (isServed !== served[m]! > 0) system.discard();
      served[m] = isServed ? values[m]! : 0;
      unserved[m] = isServed ? 0 : 1;
    }
    return isAnyServed;
  };

  const serve: StartingAmounts['serve'] = (weights, values) => {
    if (!markServed(weights, values)) return false;
    // Without an input of infinite marginal product at zero nothing is made: it may not start from there.
    for (let k = 0; k < sharedCount; k++) {
      if (sharedStates[k] === 1 && state.z[k] === 0 && sharedScales[k] === 0)
        state.z[k] = Math.min(1, max[taskCount + k]!);
    }
    evaluate(state, weights, served);
    if (!(active.norm(state) < Number.POSITIVE_INFINITY)) {
      startAll(values);
      evaluate(state, weights, served);
    }
    return true;
  };

  const place: StartingAmounts['place'] = (amounts, values) => {
    system.discard();
    for (let m = 0; m < tasks; m++) {
      served[m] = values[m]! > 0 ? values[m]! : 0;
      unserved[m] = values[m]! > 0 ? 0 : 1;
      for (let j = 0; j < taskCount; j++) {
        state.logX[m * taskCount + j] = Math.log(amounts[j]!);
        unused[m * taskCount + j] = amounts[j] === 0 ? 1 : 0;
      }
    }
    for (let k = 0; k < sharedCount; k++) {
      const z = amounts[taskCount + k]!;
      const cap = max[taskCount + k]!;
      state.z[k] = Math.min(cap, z);
      sharedStates[k] = z === 0 ? 0 : z >= cap ? 2 : 1;
    }
  };

  return { serve, place };
};
