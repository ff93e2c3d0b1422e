import type { Amounts, ProductionFunction } from './production-function.ts';

/** Writes ∂v/∂x and then ∂v/∂z into `out` and returns v. */
export type ValueWithGradient = (x: Amounts, z: Amounts, out: Float64Array) => number;

const STEP = 0.01;
/** Central differences of order 8: error of order h⁸ and rounding of a few ε/h. */
const CENTRAL = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
/** One-sided differences of order 8, at 0, h, …, 8h. */
const FORWARD = [-761 / 280, 8, -14, 56 / 3, -35 / 2, 56 / 5, -14 / 3, 8 / 7, -1 / 8] as const;

/**
 * The gradient of v by differences of order 8 in steps proportional to the amounts, for production functions that give v only.
 *
 * Relative accuracy is about 1e-13 where v is smooth on the scale of its arguments. Inputs may be zero; there the
 * differences are one-sided, in steps of a hundredth of their scale (the amount over which v changes noticeably).
 */
export const numericGradient = (
  production: ProductionFunction,
  sharedScales: readonly number[],
  taskScales: readonly number[] = [],
): ValueWithGradient => {
  const partial = (amounts: Float64Array, k: number, scale: number, value: () => number): number => {
    const centre = amounts[k]!;
    const spread = Math.max(centre, scale);
    const h = STEP * spread;
    let sum = 0;
    if (centre > 4 * h) {
      for (let j = 1; j <= 4; j++) {
        amounts[k] = centre + j * h;
        const up = value();
        amounts[k] = centre - j * h;
        sum += CENTRAL[j - 1]! * (up - value());
      }
    } else {
      for (let j = 0; j <= 8; j++) {
        amounts[k] = centre + j * h;
        sum += FORWARD[j]! * value();
      }
    }
    amounts[k] = centre;
    return sum / h;
  };
  return (x, z, out) => {
    const value = (): number => production.value(x, z);
    // At zero of a task input without a scale the step follows the task's largest.
    let largest = 0;
    for (let j = 0; j < x.length; j++) largest = Math.max(largest, x[j]!);
    for (let j = 0; j < x.length; j++) {
      const scale = taskScales[j] ?? 0;
      out[j] = partial(x, j, scale === 0 && x[j] === 0 ? largest : scale, value);
    }
    for (let k = 0; k < z.length; k++) out[x.length + k] = partial(z, k, sharedScales[k]!, value);
    return value();
  };
};
