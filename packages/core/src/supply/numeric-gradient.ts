import type { Amounts, ProductionFunction } from './production-function.ts';

/** Writes ∂v/∂x and then ∂v/∂z into `out` and returns v. */
export type ValueWithGradient = (x: Amounts, z: Amounts, out: Float64Array) => number;

const STEP = 0.01;
/** Central differences of order 8: error of order h⁸ and rounding of a few ε/h. */
const CENTRAL = [4 / 5, -1 / 5, 4 / 105, -1 / 280] as const;
/** One-sided differences of order 8, at 0, h, …, 8h. */
const FORWARD = [-761 / 280, 8, -14, 56 / 3, -35 / 2, 56 / 5, -14 / 3, 8 / 7, -1 / 8] as const;
/** The same of order 6, on fewer of the points: where v is smooth they say the same. */
const CENTRAL_6 = [3 / 4, -3 / 20, 1 / 60, 0] as const;
const FORWARD_6 = [-49 / 20, 6, -15 / 2, 20 / 3, -15 / 4, 6 / 5, -1 / 6, 0, 0] as const;
/** Orders that differ by more, as a share of the slope or of v over the step, have a kink between them: steps are then divided by eight. */
const AGREEMENT = 1e-9;
const ROUNDING = 1e-14;
const MOST_SHRINKINGS = 12;
/** Amounts that are remembered: those of a solve's last steps, with which the next one starts, are asked for again. */
const REMEMBERED = 8;

/**
 * The gradient of v by differences of order 8 in steps proportional to the amounts, for production functions that give v only.
 *
 * Relative accuracy is about 1e-13 where v is smooth on the scale of its arguments. Inputs may be zero; there the
 * differences are one-sided, in steps of a hundredth of their scale (the amount over which v changes noticeably). Across a kink, which differences
 * of several orders do not agree on, steps become smaller until all of them lie on one side: the slope is right to about 1e-11 of the amount from it.
 */
export const numericGradient = (
  production: ProductionFunction,
  sharedScales: readonly number[],
  taskScales: readonly number[] = [],
): ValueWithGradient => {
  const partial = (amounts: Float64Array, k: number, scale: number, value: () => number): number => {
    const centre = amounts[k]!;
    const spread = Math.max(centre, scale);
    let best = Number.NaN;
    let least = Number.POSITIVE_INFINITY;
    for (let shrinking = 0; shrinking <= MOST_SHRINKINGS; shrinking++) {
      const h = STEP * 8 ** -shrinking * spread;
      let sum = 0;
      let sixth = 0;
      let size = 0;
      if (centre > 4 * h) {
        for (let j = 1; j <= 4; j++) {
          amounts[k] = centre + j * h;
          const up = value();
          amounts[k] = centre - j * h;
          const rise = up - value();
          sum += CENTRAL[j - 1]! * rise;
          sixth += CENTRAL_6[j - 1]! * rise;
          if (j === 1) size = Math.abs(up);
        }
      } else {
        for (let j = 0; j <= 8; j++) {
          amounts[k] = centre + j * h;
          const v = value();
          sum += FORWARD[j]! * v;
          sixth += FORWARD_6[j]! * v;
          if (j === 1) size = Math.abs(v);
        }
      }
      const apart = Math.abs(sum - sixth) / h;
      // Of what is no number smaller steps make none.
      const isSettled = !(apart > AGREEMENT * Math.abs(sum / h) + (ROUNDING * size) / h);
      if (shrinking === 0 || isSettled || apart < least) [best, least] = [sum / h, apart];
      if (isSettled) break;
    }
    amounts[k] = centre;
    return best;
  };
  return remembering((x, z, out) => {
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
  });
};

/** A gradient that knows what it said of the last few amounts. */
const remembering = (gradient: ValueWithGradient): ValueWithGradient => {
  const known: { amounts: Float64Array; slopes: Float64Array; quality: number }[] = [];
  let oldest = 0;
  const isAt = (amounts: Float64Array, x: Amounts, z: Amounts): boolean => {
    for (let j = 0; j < x.length; j++) if (amounts[j] !== x[j]) return false;
    for (let k = 0; k < z.length; k++) if (amounts[x.length + k] !== z[k]) return false;
    return true;
  };
  return (x, z, out) => {
    for (const { amounts, slopes, quality } of known) {
      if (!isAt(amounts, x, z)) continue;
      out.set(slopes);
      return quality;
    }
    const quality = gradient(x, z, out);
    const amounts = Float64Array.of(...x, ...z);
    known[oldest] = { amounts, slopes: out.slice(0, amounts.length), quality };
    oldest = (oldest + 1) % REMEMBERED;
    return quality;
  };
};
