import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import type { ProfileSupply } from './profile-supply.ts';
import { supplyStart } from './supply-start.ts';

/** Supply to profiles where no input is shared and tasks are alike: each task on its own. */
export const supplyTaskByTask = (supply: EfficientSupply, tasks: number): ProfileSupply => {
  const { inputs } = supply;
  const taskCount = inputs.length;
  const point = supplyPoint(taskCount);
  return {
    inputs,
    tasks,
    mostRank: 0,
    start: supplyStart(supply),
    supply: (values, weights, count, out) => {
      const { curvature, inputs: amounts } = out;
      out.cost = out.sharedCost = out.surplus = 0;
      out.solved = true;
      if (curvature) curvature.rank = 0;
      for (let b = 0; b < count; b++) {
        if (curvature) {
          supply.slopes(values[b]!, 1, point);
          curvature.diagonal[b] = point.qualityByValue;
        } else supply.supply(values[b]!, 1, point);
        out.quality[b] = point.quality;
        out.cost += weights[b]! * point.cost;
        out.surplus += weights[b]! * point.surplus;
        out.solved &&= point.solved;
        if (amounts) for (let j = 0; j < taskCount; j++) amounts.task[b * taskCount + j] = point.inputs[j]!;
      }
    },
  };
};
