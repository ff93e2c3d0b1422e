import { minimizeGuarded } from './guarded-minimization.ts';
import type { Minimizer } from './minimizer.ts';
import type { EfficientAllocation } from './newton/efficient-allocation.ts';
import type { Technology } from './technology.ts';

/**
 * For one task: a general minimizer on −profit in the coordinates log x and √z, where Newton's method on the first-order conditions
 * got stuck. Moves the allocation to the proposed point if profit there is higher; true if it did.
 *
 * The minimizer's word counts for nothing: the caller solves again from its point and checks the conditions itself.
 */
export const proposeByMinimizer = (
  technology: Technology,
  minimizer: Minimizer,
  allocation: EfficientAllocation,
  value: number,
  scale: number,
): boolean => {
  const { taskCount, sharedCount, cost, max } = technology;
  const { conditions } = allocation;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const load = (point: readonly number[]): void => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(point[j]!);
    for (let k = 0; k < sharedCount; k++) z[k] = Math.min(max[taskCount + k]!, point[taskCount + k]! ** 2);
  };
  const objective = (point: readonly number[]): number => {
    load(point);
    let profit = scale * value * technology.value(x, z);
    for (let j = 0; j < taskCount; j++) profit -= scale * cost[j]! * x[j]!;
    for (let k = 0; k < sharedCount; k++) profit -= cost[taskCount + k]! * z[k]!;
    return -profit;
  };
  const gradient = (point: readonly number[]): number[] => {
    load(point);
    technology.gradient(x, z, marginal);
    return point.map((coordinate, i) =>
      i < taskCount
        ? -scale * (value * marginal[i]! - cost[i]!) * x[i]!
        : -(scale * value * marginal[i]! - cost[i]!) * 2 * coordinate,
    );
  };
  const start = [
    ...Array.from({ length: taskCount }, (_, j) => {
      const log = conditions.logX[j]!;
      return Number.isFinite(log) && Math.abs(log) < 200 ? log : 0;
    }),
    ...Array.from({ length: sharedCount }, (_, k) => Math.sqrt(Math.max(conditions.z[k]!, 1e-2))),
  ];
  const found = minimizeGuarded(
    minimizer,
    { objective, gradient, start },
    { maxEvaluations: 4000, gradientTolerance: 1e-6 },
  );
  if (!(-found.value > conditions.profit || Number.isNaN(conditions.profit))) return false;
  load(found.x);
  for (let j = 0; j < taskCount; j++) conditions.logX[j] = found.x[j]!;
  for (let k = 0; k < sharedCount; k++) {
    conditions.z[k] = z[k]!;
    allocation.sharedStates[k] = z[k]! >= max[taskCount + k]! ? 2 : z[k]! > 0 ? 1 : 0;
  }
  return true;
};
