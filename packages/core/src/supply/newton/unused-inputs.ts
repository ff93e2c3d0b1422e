import type { Technology } from '../technology.ts';
import type { EfficientAllocation } from './efficient-allocation.ts';

/** Share of the gross value that is spent, as a trial, on inputs that are not used. */
const TRIAL = 1e-13;
/** And share of the amount over which v changes that is tried, where that is known. */
const SMALL = 1e-11;
/** By how much a marginal product may exceed its cost in such a trial, in logarithms. */
const TRIAL_EXCESS = 1e-9;

/**
 * For one task of value φ and weight s: false where inputs that the allocation does not use might yet be worth using.
 *
 * The conditions at zero settle it for one input at a time; together, inputs that need each other can be worth it though none is alone, so all
 * of them are tried in small amounts.
 */
export const unusedInputTrial = (
  technology: Technology,
  { conditions, unserved, unused, sharedStates }: EfficientAllocation,
): ((value: number, scale: number) => boolean) => {
  const { taskCount, sharedCount, cost, max, sharedScales, taskScales } = technology;
  const marginal = new Float64Array(taskCount + sharedCount);
  const trialX = new Float64Array(taskCount);
  const trialZ = new Float64Array(sharedCount);
  /** log of (marginal product · φ over cost) of every input at the trial amounts, in `marginal`; returns v. */
  const tryAmounts = (value: number, scale: number): number => {
    const v = technology.gradient(trialX, trialZ, marginal);
    for (let j = 0; j < taskCount; j++) marginal[j] = Math.log((value * marginal[j]!) / cost[j]!);
    for (let i = taskCount; i < taskCount + sharedCount; i++)
      marginal[i] = Math.log((scale * value * marginal[i]!) / cost[i]!);
    return v;
  };

  return (value, scale) => {
    const isServed = unserved[0] === 0;
    let zeros = 0;
    let isKnown = true;
    for (let j = 0; j < taskCount; j++) {
      if (isServed && unused[j] === 0) continue;
      zeros++;
      isKnown &&= !Number.isNaN(conditions.residuals[j]!);
    }
    for (let k = 0; k < sharedCount; k++) {
      if ((isServed && conditions.z[k]! > 0) || max[taskCount + k] === 0) continue;
      zeros++;
      isKnown &&= !Number.isNaN(conditions.residuals[taskCount + k]!);
    }
    if (zeros === 0 || (isServed && zeros === 1 && isKnown)) return true;
    if (!isServed) {
      // Where the task was dropped: for concave v nothing earns more than the tangent at those amounts allows. Amounts so small that v is 0 have none.
      for (let j = 0; j < taskCount; j++) trialX[j] = Math.exp(conditions.logX[j]!);
      trialZ.fill(0);
      const v = tryAmounts(value, scale);
      for (let k = 0; k < sharedCount; k++) if (max[taskCount + k] === 0) marginal[taskCount + k] = 0;
      let spent = 0;
      let worth = 0;
      for (let j = 0; j < taskCount; j++) {
        spent += cost[j]! * trialX[j]!;
        worth += cost[j]! * trialX[j]! * Math.exp(marginal[j]!);
      }
      return (
        v > 0 &&
        Math.abs(value * v - worth) <= 10 * TRIAL_EXCESS * spent &&
        marginal.every((r) => r <= TRIAL_EXCESS)
      );
    }
    const stake = TRIAL * scale * value * conditions.quality[0]!;
    // Where nothing is made of inputs that are needed for anything, no trial of them is small enough to start from.
    if (!(stake > 0) && [...taskScales, ...sharedScales].some((own) => own === 0)) return false;
    for (let j = 0; j < taskCount; j++) {
      const trial = taskScales[j]! > 0 ? SMALL * taskScales[j]! : stake / (scale * cost[j]!);
      trialX[j] = unused[j] === 1 ? trial : Math.exp(conditions.logX[j]!);
    }
    for (let k = 0; k < sharedCount; k++) {
      const trial = sharedScales[k]! > 0 ? SMALL * sharedScales[k]! : stake / cost[taskCount + k]!;
      trialZ[k] = Math.min(max[taskCount + k]!, Math.max(conditions.z[k]!, trial));
    }
    tryAmounts(value, scale);
    return marginal.every((r, i) => {
      const isHeld = i < taskCount ? unused[i] === 1 : sharedStates[i - taskCount] === 0 && max[i]! > 0;
      return !isHeld || r <= TRIAL_EXCESS;
    });
  };
};
