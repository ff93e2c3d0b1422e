import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import type { Input } from './input.ts';
import { efficientAllocator } from './newton/efficient-allocation.ts';
import type { Technology, ValueWithGradient } from './technology.ts';

/** What is supplied to a value profile φ(·). Buffers belong to the caller and are overwritten. */
export interface ProfilePoint {
  /** q(m), one a task. */
  readonly quality: Float64Array;
  /** Task inputs task by task: entry m·(task inputs) + j. */
  readonly taskInputs: Float64Array;
  readonly sharedInputs: Float64Array;
  cost: number;
  /** S(φ) = Σ ω φ q − C(q). */
  surplus: number;
  solved: boolean;
}

/** Efficient supply to value profiles: the maximiser of S(φ) = max over q ≥ 0 of Σ ω(m) φ(m) q(m) − C(q) (paper, Section 3). */
export interface ProfileSupply {
  readonly inputs: readonly Input[];
  /** Task weights ω. */
  readonly weights: Float64Array;
  supply(values: Float64Array, out: ProfilePoint): void;
}

const taskCountOf = (inputs: readonly Input[]): number =>
  inputs.filter((input) => input.scope === 'task').length;

export const profilePoint = ({ inputs, weights }: ProfileSupply): ProfilePoint => {
  const taskCount = taskCountOf(inputs);
  return {
    quality: new Float64Array(weights.length),
    taskInputs: new Float64Array(weights.length * taskCount),
    sharedInputs: new Float64Array(inputs.length - taskCount),
    cost: 0,
    surplus: 0,
    solved: true,
  };
};

/** θ = (Σ ω φ^{1/(1−σ)})^{1−σ} over tasks with φ > 0: the representative type of a profile (eq. (10)). */
export const profileIndex = (values: Float64Array, weights: Float64Array, degree: number): number => {
  const power = 1 / (1 - degree);
  // Scaled by the largest value, so that high powers neither overflow nor vanish.
  let largest = 0;
  for (let m = 0; m < values.length; m++) if (weights[m]! > 0) largest = Math.max(largest, values[m]!);
  if (largest === 0) return 0;
  let sum = 0;
  // Neighbouring tasks often have one value.
  let last = largest;
  let term = 1;
  for (let m = 0; m < values.length; m++) {
    const value = values[m]!;
    if (!(value > 0)) continue;
    if (value !== last) {
      last = value;
      term = Math.exp(power * Math.log(value / largest));
    }
    sum += weights[m]! * term;
  }
  return largest * Math.exp((1 - degree) * Math.log(sum));
};

/**
 * Supply to profiles by a production function of the form A(z)·h(x), h homogeneous of degree σ, from its supply to one number: the profile gets
 * what θ gets, spread over the tasks as x(m) = X (φ(m)/θ)^{1/(1−σ)}, q(m) = Q (φ(m)/θ)^{σ/(1−σ)} (Prop. 1, Lemma 2).
 */
export const supplyByIndex = (
  supply: EfficientSupply,
  degree: number,
  weights: Float64Array,
): ProfileSupply => {
  const { inputs } = supply;
  const taskCount = taskCountOf(inputs);
  const point = supplyPoint(inputs.length);
  return {
    inputs,
    weights,
    supply: (values, out) => {
      const theta = profileIndex(values, weights, degree);
      supply.supply(theta, 1, point);
      let last = Number.NaN;
      let quality = 0;
      let share = 0;
      for (let m = 0; m < weights.length; m++) {
        const isServed = values[m]! > 0 && point.quality > 0;
        if (isServed && values[m] !== last) {
          last = values[m]!;
          const relative = Math.log(last / theta) / (1 - degree);
          quality = point.quality * Math.exp(degree * relative);
          share = Math.exp(relative);
        }
        out.quality[m] = isServed ? quality : 0;
        for (let j = 0; j < taskCount; j++)
          out.taskInputs[m * taskCount + j] = isServed ? point.inputs[j]! * share : 0;
      }
      for (let k = 0; k < out.sharedInputs.length; k++) out.sharedInputs[k] = point.inputs[taskCount + k]!;
      out.cost = point.cost;
      out.surplus = point.surplus;
      out.solved = point.solved;
    },
  };
};

/** Supply to profiles where no input is shared and tasks are alike: each task on its own. */
export const supplyTaskByTask = (supply: EfficientSupply, weights: Float64Array): ProfileSupply => {
  const { inputs } = supply;
  const taskCount = inputs.length;
  const point = supplyPoint(taskCount);
  return {
    inputs,
    weights,
    supply: (values, out) => {
      out.cost = 0;
      out.surplus = 0;
      out.solved = true;
      for (let m = 0; m < weights.length; m++) {
        supply.supply(values[m]!, 1, point);
        out.quality[m] = point.quality;
        for (let j = 0; j < taskCount; j++) out.taskInputs[m * taskCount + j] = point.inputs[j]!;
        out.cost += weights[m]! * point.cost;
        out.surplus += weights[m]! * point.surplus;
        out.solved &&= point.solved;
      }
    },
  };
};

/**
 * Supply to profiles from v and its gradient alone, all tasks at once. `gradients` gives each task its own production function (Section 8);
 * without it all tasks have the technology's.
 */
export const numericProfileSupply = (
  technology: Technology,
  weights: Float64Array,
  gradients?: readonly ValueWithGradient[],
): ProfileSupply => {
  const { inputs, taskCount, sharedCount, cost } = technology;
  const { allocation, solve } = efficientAllocator(technology, weights.length, gradients);
  return {
    inputs,
    weights,
    supply: (values, out) => {
      const { conditions, unserved } = solve(weights, values);
      let total = 0;
      let gross = 0;
      let isAnyServed = false;
      for (let m = 0; m < weights.length; m++) {
        const isServed = unserved[m] === 0;
        isAnyServed ||= isServed;
        out.quality[m] = isServed ? conditions.quality[m]! : 0;
        if (isServed) gross += weights[m]! * values[m]! * out.quality[m]!;
        for (let j = 0; j < taskCount; j++) {
          const amount = isServed ? Math.exp(conditions.logX[m * taskCount + j]!) : 0;
          out.taskInputs[m * taskCount + j] = amount;
          total += weights[m]! * cost[j]! * amount;
        }
      }
      for (let k = 0; k < sharedCount; k++) {
        out.sharedInputs[k] = isAnyServed ? conditions.z[k]! : 0;
        total += cost[taskCount + k]! * out.sharedInputs[k]!;
      }
      out.cost = total;
      out.surplus = gross - total;
      out.solved = allocation.solved;
    },
  };
};
