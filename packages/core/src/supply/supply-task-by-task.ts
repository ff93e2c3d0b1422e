import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import type { ProfileSupply } from './profile-supply.ts';
import { supplyStart } from './supply-start.ts';

/** Supply to profiles where no input is shared: each task on its own, by a supply of its own, or by one for tasks that are alike. */
export const supplyTaskByTask = (
  supply: EfficientSupply | readonly EfficientSupply[],
  tasks: number,
): ProfileSupply => {
  const supplies: readonly EfficientSupply[] = 'supply' in supply ? [supply] : supply;
  const { inputs } = supplies[0]!;
  const taskCount = inputs.length;
  const point = supplyPoint(taskCount);
  return {
    inputs,
    tasks,
    mostRank: 0,
    starts: Float64Array.from(supplies, supplyStart),
    supply: (values, weights, count, out) => {
      const { curvature, inputs: amounts } = out;
      out.cost = out.sharedCost = out.surplus = 0;
      out.solved = true;
      if (curvature) curvature.rank = 0;
      for (let b = 0; b < count; b++) {
        const own = supplies[supplies.length === 1 ? 0 : b]!;
        if (curvature) {
          own.slopes(values[b]!, 1, point);
          curvature.diagonal[b] = point.qualityByValue;
        } else own.supply(values[b]!, 1, point);
        out.quality[b] = point.quality;
        out.cost += weights[b]! * point.cost;
        out.surplus += weights[b]! * point.surplus;
        out.solved &&= point.solved;
        if (amounts) for (let j = 0; j < taskCount; j++) amounts.task[b * taskCount + j] = point.inputs[j]!;
      }
    },
  };
};
