import { numericGradient, type ValueWithGradient } from './numeric-gradient.ts';
import type { Input, ProductionFunction } from './production-function.ts';
import { root } from './root.ts';

export type { ValueWithGradient };

/** A production function with its inputs' costs and caps, ready for the numeric path. */
export interface Technology {
  readonly inputs: readonly Input[];
  readonly taskCount: number;
  readonly sharedCount: number;
  readonly value: ProductionFunction['value'];
  /** Writes ∂v/∂x and then ∂v/∂z, and returns v. */
  readonly gradient: ValueWithGradient;
  /** Unit costs, and caps, of task inputs and then shared inputs. */
  readonly cost: Float64Array;
  readonly max: Float64Array;
  /**
   * For each shared input the amount d for which ∂v/∂z falls about like a power of z + d; 0 where it is infinite at zero. log(z + d) is
   * the coordinate in which the first-order conditions are closest to linear: for Cobb–Douglas d is the base, and they are linear.
   */
  readonly sharedScales: readonly number[];
}

/**
 * Amount of shared input k at which the slope of v has fallen to half of what it is at zero, all other inputs at one.
 * Slopes are secants from a to 2a, for a = 10⁻⁹ and its doubles, once the change in v can be told from rounding.
 */
const halvingAmount = (
  production: ProductionFunction,
  taskCount: number,
  sharedCount: number,
  k: number,
): number => {
  const x = new Float64Array(taskCount).fill(1);
  const z = new Float64Array(sharedCount).fill(1);
  const valueAt = (amount: number): number => {
    z[k] = amount;
    return production.value(x, z);
  };
  const base = valueAt(0);
  if (!(base > 0)) return 0; // an essential input: its marginal product at zero is infinite
  let first = 0;
  for (let amount = 1e-9; amount < 1e12; amount *= 2) {
    const rise = valueAt(2 * amount) - valueAt(amount);
    if (first === 0) {
      if (rise > 1e-8 * base) first = rise / amount;
    } else if (!(rise / amount > first / 2)) {
      return amount;
    }
  }
  return 1;
};

const valueWithGradient = (
  production: ProductionFunction,
  sharedScales: readonly number[],
): ValueWithGradient => {
  if (production.valueWithGradient) return (x, z, out) => production.valueWithGradient!(x, z, out);
  if (!production.gradient) return numericGradient(production, sharedScales);
  return (x, z, out) => {
    production.gradient!(x, z, out);
    return production.value(x, z);
  };
};

/**
 * The d for which log ∂v/∂z_k is as steep in log(z_k + d) between 0 and `amount` as between `amount` and four times it, all other inputs
 * at one; `amount` itself where there is none.
 */
const powerShift = (
  gradient: ValueWithGradient,
  taskCount: number,
  sharedCount: number,
  k: number,
  amount: number,
): number => {
  if (amount === 0) return 0;
  const x = new Float64Array(taskCount).fill(1);
  const z = new Float64Array(sharedCount).fill(1);
  const out = new Float64Array(taskCount + sharedCount);
  const logMarginal = (at: number): number => {
    z[k] = at;
    gradient(x, z, out);
    return Math.log(out[taskCount + k]!);
  };
  const [g0, g1, g4] = [logMarginal(0), logMarginal(amount), logMarginal(4 * amount)];
  const mismatch = (logShift: number): number => {
    const d = amount * Math.exp(logShift);
    return (g1 - g0) / Math.log1p(amount / d) - (g4 - g1) / Math.log((4 * amount + d) / (amount + d));
  };
  if (!(mismatch(-6) * mismatch(6) < 0)) return amount;
  return amount * Math.exp(root(mismatch, -6, 6));
};

/** The technology of a production function and its inputs. Task inputs stand before shared ones. */
export const technology = (production: ProductionFunction, inputs: readonly Input[]): Technology => {
  const ordered = [
    ...inputs.filter((i) => i.scope === 'task'),
    ...inputs.filter((i) => i.scope === 'shared'),
  ];
  const taskCount = inputs.filter((input) => input.scope === 'task').length;
  const sharedCount = inputs.length - taskCount;
  const halving = Array.from({ length: sharedCount }, (_, k) =>
    halvingAmount(production, taskCount, sharedCount, k),
  );
  const gradient = valueWithGradient(production, halving);
  return {
    inputs: ordered,
    taskCount,
    sharedCount,
    value: (x, z) => production.value(x, z),
    gradient,
    cost: Float64Array.from(ordered, (input) => input.cost),
    max: Float64Array.from(ordered, (input) => input.max),
    sharedScales: halving.map((amount, k) => powerShift(gradient, taskCount, sharedCount, k, amount)),
  };
};
