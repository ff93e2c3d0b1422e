import { type Gradient, numericGradient } from './numeric-gradient.ts';
import type { Input, ProductionFunction } from './production-function.ts';

/** A production function with its inputs' costs and caps, ready for the numeric path. */
export interface Technology {
  readonly inputs: readonly Input[];
  readonly taskCount: number;
  readonly sharedCount: number;
  readonly value: ProductionFunction['value'];
  readonly gradient: Gradient;
  /** Unit costs, and caps, of task inputs and then shared inputs. */
  readonly cost: Float64Array;
  readonly max: Float64Array;
  /**
   * For each shared input, the amount that halves its marginal product from what it is at zero; 0 where that is infinite.
   * log(z + scale) is the coordinate in which the first-order conditions are closest to linear.
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

/** The technology of a production function and its inputs. Task inputs stand before shared ones. */
export const technology = (production: ProductionFunction, inputs: readonly Input[]): Technology => {
  const ordered = [
    ...inputs.filter((i) => i.scope === 'task'),
    ...inputs.filter((i) => i.scope === 'shared'),
  ];
  const taskCount = inputs.filter((input) => input.scope === 'task').length;
  const sharedCount = inputs.length - taskCount;
  const sharedScales = Array.from({ length: sharedCount }, (_, k) =>
    halvingAmount(production, taskCount, sharedCount, k),
  );
  return {
    inputs: ordered,
    taskCount,
    sharedCount,
    value: (x, z) => production.value(x, z),
    gradient: production.gradient
      ? (x, z, out) => production.gradient?.(x, z, out)
      : numericGradient(production, sharedScales),
    cost: Float64Array.from(ordered, (input) => input.cost),
    max: Float64Array.from(ordered, (input) => input.max),
    sharedScales,
  };
};
