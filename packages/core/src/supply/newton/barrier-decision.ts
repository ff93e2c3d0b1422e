import type { Technology } from '../technology.ts';
import type { EfficientAllocator } from './efficient-allocation.ts';
import { type InteriorAllocation, interiorAllocator } from './interior-allocation.ts';

/** A gap this small beside the gross value is rounding. */
const GAP = 1e-11;
/** An input on which this share of the gross value is spent, at the barrier method's end, is not used, unless the conditions say it is. */
const UNUSED = 1e-8;
/** Rounding of v, beside its size at ordinary amounts. */
const ROUNDING = 4e-15;
/** Nothing is worth making where this share of the gross value of ordinary amounts is the most to be had. */
const NOTHING = 1e-20;

/**
 * Decides by the barrier method which inputs one task of value φ and weight s uses, and solves the conditions from there. Where that is not as good, or
 * not `isBest`, the allocation is the barrier method's own, as good as its gap.
 */
export const barrierDecision = (
  technology: Technology,
  allocator: EfficientAllocator,
  isBest: (value: number, scale: number) => boolean,
  isConcave: boolean,
): ((values: Float64Array, weights: Float64Array) => void) => {
  const { taskCount, cost, max, sharedScales } = technology;
  const { allocation } = allocator;
  const { conditions } = allocation;
  const interior = interiorAllocator(technology);

  const isCertain = ({ isConcave: isCurvedDown, gap, gross, money }: InteriorAllocation): boolean =>
    isCurvedDown && gap <= Math.max(GAP * gross, NOTHING * money) && Number.isFinite(gap);

  const isNothing = ({ profit, gross, money }: InteriorAllocation): boolean =>
    profit <= NOTHING * money || (!isConcave && profit <= GAP * gross);

  /** The inputs that it uses, those at their caps exactly; a shared input without which nothing is made stays. */
  const amountsUsed = ({ amounts, gross }: InteriorAllocation, scale: number): Float64Array =>
    amounts.map((amount, i) => {
      const spent = (i < taskCount ? scale : 1) * cost[i]! * amount;
      const isAtCap = i >= taskCount && cost[i]! * (max[i]! - amount) <= UNUSED * gross;
      if (spent > UNUSED * gross) return isAtCap ? max[i]! : amount;
      return i >= taskCount && sharedScales[i - taskCount] === 0 ? amount : 0;
    });

  return (values, weights) => {
    const value = values[0]!;
    const scale = weights[0]!;
    const found = interior(value, scale);
    if (isNothing(found)) {
      allocation.unserved[0] = 1;
      conditions.profit = 0;
      allocation.solved = isCertain(found);
      return;
    }
    allocator.place(amountsUsed(found, scale), values);
    allocator.solve(weights, values);
    const isAsGood = conditions.profit >= found.profit - GAP * found.gross - ROUNDING * found.money;
    if (allocation.solved && isAsGood && isBest(value, scale)) return;
    allocator.place(found.amounts, values);
    allocator.evaluate(weights);
    allocation.solved = isCertain(found);
  };
};
