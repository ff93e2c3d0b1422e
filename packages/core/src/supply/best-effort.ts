import type { SupplyPoint } from './efficient-supply.ts';
import type { EfficientAllocation } from './newton/efficient-allocation.ts';
import type { Technology } from './technology.ts';

/** After so many points that could not be solved each buyer is supplied the same. */
const MOST_UNSOLVED = 300;
/** Where v is not concave all points count that took the barrier method. */
const MOST_SEARCHED = 4000;
/** A quality that is as good as none. */
export const TRACE = 1e-300;

/** What is supplied once too many points could not be solved: to all the same, the amounts that earned most of all that were found. */
export interface BestEffort {
  /** Counts a point that could not be solved. */
  noteUnsolved(): void;
  /** Counts a point that took the barrier method. */
  noteSearched(): void;
  isGivenUp(): boolean;
  /** Supplies the best effort where it pays, so that a solve ends with something that can be sold. */
  supply(value: number, scale: number, out: SupplyPoint): void;
  /** The value from which it pays at a scale. */
  startAt(scale: number): number;
}

export const bestEffort = (
  { taskCount, cost }: Technology,
  { conditions, unserved }: EfficientAllocation,
  isConcave: boolean,
): BestEffort => {
  let unsolved = 0;
  let searched = 0;
  let best = { profit: 0, quality: 0, taskCost: 0, sharedCost: 0, inputs: new Float64Array(0) };
  const note = (): void => {
    if (unserved[0] === 1 || !(conditions.profit > best.profit)) return;
    const inputs = Float64Array.from([...conditions.logX.map(Math.exp), ...conditions.z]);
    const spent = inputs.map((amount, i) => cost[i]! * amount);
    best = {
      profit: conditions.profit,
      quality: conditions.quality[0]!,
      taskCost: spent.subarray(0, taskCount).reduce((sum, next) => sum + next, 0),
      sharedCost: spent.subarray(taskCount).reduce((sum, next) => sum + next, 0),
      inputs,
    };
  };

  return {
    noteUnsolved: () => {
      unsolved++;
      note();
    },
    noteSearched: () => {
      searched++;
      if (!isConcave) note();
    },
    isGivenUp: () => (isConcave ? unsolved > MOST_UNSOLVED : searched > MOST_SEARCHED),
    supply: (value, scale, out) => {
      const spent = scale * best.taskCost + best.sharedCost;
      const surplus = scale * value * best.quality - spent;
      const isServed = surplus > 0;
      // Where not even that pays, a trace is supplied: who asks for the sum must see that it is not certain.
      out.quality = isServed ? scale * best.quality : TRACE;
      out.cost = isServed ? spent : 0;
      out.surplus = isServed ? surplus : 0;
      if (isServed) out.inputs.set(best.inputs);
      else out.inputs.fill(0);
      out.regime = 0;
      out.solved = false;
    },
    startAt: (scale) => (best.taskCost + best.sharedCost / scale) / best.quality,
  };
};
