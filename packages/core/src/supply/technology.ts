import { root } from '../integration/root.ts';
import type { Input } from './input.ts';
import { numericGradient, type ValueWithGradient } from './numeric-gradient.ts';
import type { ProductionFunction } from './production-function.ts';

export type { ValueWithGradient };

/** A production function with its inputs' costs and caps, ready for the numeric path. */
export interface Technology {
  readonly inputs: readonly Input[];
  readonly taskCount: number;
  readonly sharedCount: number;
  readonly value: ProductionFunction['value'];
  /** Writes ∂v/∂x and then ∂v/∂z, and returns v. */
  readonly gradient: ValueWithGradient;
  /** Whether the gradient is made of differences of v, which rounding spoils where v is next to nothing. */
  readonly isDifferenced: boolean;
  /** Unit costs, and caps, of task inputs and then shared inputs. */
  readonly cost: Float64Array;
  readonly max: Float64Array;
  /**
   * For each shared input the amount d for which ∂v/∂z falls about like a power of z + d; 0 where it is infinite at zero. log(z + d) is
   * the coordinate in which the first-order conditions are closest to linear: for Cobb–Douglas d is the base, and they are linear.
   */
  readonly sharedScales: readonly number[];
  /**
   * The same for each task input, where its marginal product at zero is finite: it may then be at zero, and is used from some value on. 0 where
   * none of it makes nothing, or where it is infinite: log x is then the coordinate, and some of it is used wherever any is worth having.
   */
  readonly taskScales: readonly number[];
}

/** An input of a production function: task input k, or shared input k. */
interface Place {
  readonly scope: 'task' | 'shared';
  readonly k: number;
}

/** Amounts of all inputs, at one but for what `taskAmount` says of task inputs; `vary` is the buffer in which the input at `place` stands. */
const amountsAround = (taskCount: number, sharedCount: number, { scope }: Place, taskAmount = 1) => {
  const x = new Float64Array(taskCount).fill(taskAmount);
  const z = new Float64Array(sharedCount).fill(1);
  return { x, z, vary: scope === 'task' ? x : z };
};

/**
 * Amount of an input at which the slope of v has fallen to half of what it is at zero, all other inputs at one.
 * Slopes are secants from a to 2a, for a = 10⁻⁹ and its doubles, once the change in v can be told from rounding.
 */
const halvingAmount = (
  production: ProductionFunction,
  taskCount: number,
  sharedCount: number,
  place: Place,
): number => {
  const { x, z, vary } = amountsAround(taskCount, sharedCount, place);
  const valueAt = (amount: number): number => {
    vary[place.k] = amount;
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

/** How far below an input's scale its slope is looked at for a power, and by how much a power falls over a doubling. */
const NEAR_ZERO = 1e-6;
const FALLING = 0.99;

/** True where the slope of v in an input grows like a power towards zero, other inputs at one; for task inputs also where the others are at zero. */
const isSteepAtZero = (
  production: ProductionFunction,
  taskCount: number,
  sharedCount: number,
  place: Place,
  scale: number,
): boolean =>
  (place.scope === 'task' ? [1, 0] : [1]).some((taskAmount) => {
    const { x, z, vary } = amountsAround(taskCount, sharedCount, place, taskAmount);
    const [low, middle, high] = [1, 2, 4].map((multiple) => {
      vary[place.k] = multiple * NEAR_ZERO * scale;
      return production.value(x, z);
    });
    return (high! - middle!) / 2 < FALLING * (middle! - low!);
  });

const valueWithGradient = (
  production: ProductionFunction,
  taskScales: readonly number[],
  sharedScales: readonly number[],
): ValueWithGradient => {
  if (production.valueWithGradient) return (x, z, out) => production.valueWithGradient!(x, z, out);
  if (!production.gradient) return numericGradient(production, sharedScales, taskScales);
  return (x, z, out) => {
    production.gradient!(x, z, out);
    return production.value(x, z);
  };
};

/**
 * The d for which log ∂v/∂u is as steep in log(u + d) between 0 and `amount` as between `amount` and four times it, all other inputs
 * at one; `amount` itself where there is none, and 0 where ∂v/∂u is infinite at zero.
 */
const powerShift = (
  gradient: ValueWithGradient,
  taskCount: number,
  sharedCount: number,
  place: Place,
  amount: number,
): number => {
  if (amount === 0) return 0;
  const { x, z, vary } = amountsAround(taskCount, sharedCount, place);
  const out = new Float64Array(taskCount + sharedCount);
  const logMarginal = (at: number): number => {
    vary[place.k] = at;
    gradient(x, z, out);
    return Math.log(out[place.scope === 'task' ? place.k : taskCount + place.k]!);
  };
  const [g0, g1, g4] = [logMarginal(0), logMarginal(amount), logMarginal(4 * amount)];
  if (!(g0 < Number.POSITIVE_INFINITY)) return 0;
  const mismatch = (logShift: number): number => {
    const d = amount * Math.exp(logShift);
    return (g1 - g0) / Math.log1p(amount / d) - (g4 - g1) / Math.log((4 * amount + d) / (amount + d));
  };
  if (!(mismatch(-6) * mismatch(6) < 0)) return amount;
  return amount * Math.exp(root(mismatch, -6, 6));
};

/** Whether ∂v/∂x_j is finite where no task input is used at all. */
const isFiniteWithout = (
  gradient: ValueWithGradient,
  taskCount: number,
  scales: readonly number[],
): ((j: number) => boolean) => {
  const x = new Float64Array(taskCount);
  const out = new Float64Array(scales.length);
  const z = Float64Array.from(scales.slice(taskCount), (scale) => (scale > 0 ? 0 : 1));
  gradient(x, z, out);
  const without = out.slice();
  gradient(x, z.fill(1), out);
  return (j) => Number.isFinite(without[j]) && Number.isFinite(out[j]);
};

/** The technology of a production function and its inputs. Task inputs stand before shared ones. */
export const technology = (production: ProductionFunction, inputs: readonly Input[]): Technology => {
  const ordered = [
    ...inputs.filter((i) => i.scope === 'task'),
    ...inputs.filter((i) => i.scope === 'shared'),
  ];
  const taskCount = inputs.filter((input) => input.scope === 'task').length;
  const sharedCount = inputs.length - taskCount;
  const places = ordered.map(({ scope }, i): Place => ({ scope, k: scope === 'task' ? i : i - taskCount }));
  const halving = places.map((place) => {
    const amount = halvingAmount(production, taskCount, sharedCount, place);
    return isSteepAtZero(production, taskCount, sharedCount, place, amount) ? 0 : amount;
  });
  const gradient = valueWithGradient(production, halving.slice(0, taskCount), halving.slice(taskCount));
  const scales = places.map((place, i) => powerShift(gradient, taskCount, sharedCount, place, halving[i]!));
  const isTame = isFiniteWithout(gradient, taskCount, scales);
  return {
    inputs: ordered,
    taskCount,
    sharedCount,
    value: (x, z) => production.value(x, z),
    gradient,
    isDifferenced: production.valueWithGradient === undefined && production.gradient === undefined,
    cost: Float64Array.from(ordered, (input) => input.cost),
    max: Float64Array.from(ordered, (input) => input.max),
    sharedScales: scales.slice(taskCount),
    taskScales: scales.slice(0, taskCount).map((scale, j) => (isTame(j) ? scale : 0)),
  };
};
