import type { Technology, ValueWithGradient } from '../technology.ts';
import { loadAmounts, type MarginalConditions } from './marginal-conditions.ts';

/** Coefficients of the differences of order 8, at 1 to 4 steps to both sides, and at 0 to 8 steps to one. */
const CENTRAL = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
const FORWARD = [-761 / 280, 8, -14, 56 / 3, -35 / 2, 56 / 5, -14 / 3, 8 / 7, -1 / 8] as const;
/** Steps in log(x + scale): of the difference of order 1 near the root of rounding, and of that of order 8, where its error meets rounding. */
const SHORT = 1e-6;
const LONG = 0.02;

/** Fills the elasticities ∂ log(∂v/∂input a) / ∂(log coordinate of input b) of tasks with a value, by differences of order 1 or 8. */
export const elasticityWriter = (
  technology: Technology,
  gradients?: readonly ValueWithGradient[],
): ((state: MarginalConditions, values: Float64Array, order: 1 | 8) => void) => {
  const { taskCount, sharedCount } = technology;
  const n = taskCount + sharedCount;
  const scales = [...technology.taskScales, ...technology.sharedScales];
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  let gradient = technology.gradient; // of the task that is loaded
  const here = new Float64Array(n);
  const column = new Float64Array(n);
  const up = new Float64Array(n);
  const down = new Float64Array(n);

  /** log ∂v/∂input after moving coordinate b by `step`. */
  const shifted = (b: number, step: number, out: Float64Array): void => {
    const amounts = b < taskCount ? x : z;
    const at = b < taskCount ? b : b - taskCount;
    const before = amounts[at]!;
    if (step !== 0) amounts[at] = before + (before + scales[b]!) * Math.expm1(step);
    gradient(x, z, out);
    amounts[at] = before;
    for (let a = 0; a < n; a++) out[a] = Math.log(out[a]!);
  };

  const writeShort = (b: number): void => {
    shifted(b, SHORT, up);
    for (let a = 0; a < n; a++) column[a] = (up[a]! - here[a]!) / SHORT;
  };

  const writeLong = (b: number): void => {
    column.fill(0);
    const amount = b < taskCount ? x[b]! : z[b - taskCount]!;
    const scale = scales[b]!;
    const isInterior = scale === 0 || amount > (amount + scale) * Math.expm1(CENTRAL.length * LONG);
    if (isInterior) {
      for (let i = 1; i <= CENTRAL.length; i++) {
        shifted(b, i * LONG, up);
        shifted(b, -i * LONG, down);
        for (let a = 0; a < n; a++) column[a]! += (CENTRAL[i - 1]! * (up[a]! - down[a]!)) / LONG;
      }
      return;
    }
    for (let i = 0; i < FORWARD.length; i++) {
      shifted(b, i * LONG, up);
      for (let a = 0; a < n; a++) column[a]! += (FORWARD[i]! * up[a]!) / LONG;
    }
  };

  return (state, values, order) => {
    for (let m = 0; m < state.tasks; m++) {
      if (!(values[m]! > 0)) continue;
      loadAmounts(state, m, x, z);
      gradient = gradients?.[m] ?? technology.gradient;
      if (order === 1 && n > 0) shifted(0, 0, here);
      for (let b = 0; b < n; b++) {
        if (order === 1) writeShort(b);
        else writeLong(b);
        for (let a = 0; a < n; a++) state.elasticities[(m * n + a) * n + b] = column[a]!;
      }
    }
  };
};
