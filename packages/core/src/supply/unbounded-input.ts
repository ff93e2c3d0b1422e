import { ellipsoidAllocator } from './concave/ellipsoid-allocation.ts';
import { interiorAllocator } from './newton/interior-allocation.ts';
import type { Technology } from './technology.ts';

/** Amounts at which a marginal product that has not fallen below cost is taken never to. */
const FAR = [1e9, 1e15] as const;
/** By how much it may still fall between them. */
const STEADY = 1e-3;

/** Whether amounts that earn something grow without end, of a concave v with kinks, along which all inputs may have to be used in proportion. */
const isUnboundedOnKinks = (technology: Technology, value: number, scale: number): boolean => {
  const { taskCount, sharedCount, cost } = technology;
  if (taskCount + sharedCount === 1) return false;
  const { amounts, quality } = ellipsoidAllocator(technology)(value, scale);
  const spent = amounts.reduce((sum, own, i) => sum + (i < taskCount ? scale : 1) * cost[i]! * own, 0);
  return amounts.some((amount) => amount > FAR[1]) && scale * value * quality > spent;
};

/**
 * An input without a cap of which one more unit is worth more than it costs, however much is used, at value φ on s tasks: the surplus has no
 * maximum. Of a concave v the limit of ∂v/∂u_i as u_i → ∞ does not depend on the other amounts. `undefined` where there is none;
 * 'together' where no single input is one, but all of them in proportion are. `hasKinks` where v is concave but not smooth.
 */
export const unboundedInput = (
  technology: Technology,
  value: number,
  scale: number,
  hasKinks = false,
): string | undefined => {
  const { inputs, taskCount, sharedCount, cost, max } = technology;
  const x = new Float64Array(taskCount).fill(1);
  const z = new Float64Array(sharedCount).fill(1);
  const marginal = new Float64Array(taskCount + sharedCount);
  for (const [i, input] of inputs.entries()) {
    if (max[i]! < Number.POSITIVE_INFINITY) continue;
    const [amounts, k] = i < taskCount ? [x, i] : [z, i - taskCount];
    const [near, far] = FAR.map((amount) => {
      amounts[k] = amount;
      technology.gradient(x, z, marginal);
      return ((i < taskCount ? 1 : scale) * value * marginal[i]!) / cost[i]!;
    });
    amounts[k] = 1;
    if (far! > 1 && far! > (1 - STEADY) * near!) return input.name;
  }
  if (hasKinks) return isUnboundedOnKinks(technology, value, scale) ? 'together' : undefined;
  return interiorAllocator(technology)(value, scale).isUnbounded ? 'together' : undefined;
};
