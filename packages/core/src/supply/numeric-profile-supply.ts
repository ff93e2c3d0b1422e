import {
  type EfficientAllocation,
  type EfficientAllocator,
  efficientAllocator,
} from './newton/efficient-allocation.ts';
import { curvatureWriter } from './numeric-curvature.ts';
import { type ProfilePoint, type ProfileSupply, supplyNothing } from './profile-supply.ts';
import type { Technology, ValueWithGradient } from './technology.ts';

/**
 * Supply to profiles from v and its gradient alone, all tasks at once; its curvature is `curvatureWriter`'s.
 *
 * `gradients` gives each task a production function of its own (Section 8); profiles must then be told on all `tasks`.
 */
export const numericProfileSupply = (
  given: Technology,
  tasks: number,
  gradients?: readonly ValueWithGradient[],
): ProfileSupply => {
  // Whether an input may be at zero is known of the technology's own function only.
  const technology = gradients ? { ...given, taskScales: given.taskScales.map(() => 0) } : given;
  const { sharedCount } = technology;
  const allocators = new Map<number, EfficientAllocator>();
  const allocatorFor = (count: number): EfficientAllocator => {
    let allocator = allocators.get(count);
    if (allocator === undefined) {
      allocator = efficientAllocator(technology, count, gradients);
      allocators.set(count, allocator);
    }
    return allocator;
  };
  const writeCurvature = curvatureWriter(technology, tasks, gradients);

  return {
    inputs: technology.inputs,
    tasks,
    mostRank: sharedCount,
    supply: (values, weights, count, out) => {
      const allocator = allocatorFor(count);
      const ownWeights = weights.subarray(0, count);
      const allocation = allocator.solve(ownWeights, values.subarray(0, count));
      const isAnyServed = writeSupply(technology, allocation, values, ownWeights, out);
      if (out.curvature === undefined || !isAnyServed || !allocation.solved) return;
      writeCurvature(allocator, values, ownWeights, out.curvature);
    },
  };
};

/** What the allocation supplies, as far as there is room; false where that is nothing. */
const writeSupply = (
  { taskCount, sharedCount, cost }: Technology,
  { conditions, unserved, solved }: EfficientAllocation,
  values: Float64Array,
  weights: Float64Array,
  out: ProfilePoint,
): boolean => {
  const { inputs: amounts } = out;
  supplyNothing(weights.length, out);
  out.solved = solved;
  let gross = 0;
  let isAnyServed = false;
  for (let m = 0; m < weights.length; m++) {
    if (unserved[m] === 1) continue;
    isAnyServed = true;
    out.quality[m] = conditions.quality[m]!;
    gross += weights[m]! * values[m]! * out.quality[m]!;
    for (let j = 0; j < taskCount; j++) {
      const amount = Math.exp(conditions.logX[m * taskCount + j]!);
      out.cost += weights[m]! * cost[j]! * amount;
      if (amounts) amounts.task[m * taskCount + j] = amount;
    }
  }
  for (let k = 0; isAnyServed && k < sharedCount; k++) {
    out.sharedCost += cost[taskCount + k]! * conditions.z[k]!;
    if (amounts) amounts.shared[k] = conditions.z[k]!;
  }
  out.cost += out.sharedCost;
  out.surplus = gross - out.cost;
  return isAnyServed;
};
