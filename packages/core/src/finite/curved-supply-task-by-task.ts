import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { CurvedSupply } from './curved-supply.ts';
import { supplyStart } from './supply-start.ts';

/** Supply with curvature where no input is shared and tasks are alike: each task on its own. */
export const curvedSupplyTaskByTask = (supply: EfficientSupply, tasks: number): CurvedSupply => {
  const point = supplyPoint(supply.inputs.length);
  return {
    tasks,
    mostRank: 0,
    start: supplyStart(supply),
    supply: (values, weights, count, out) => {
      out.rank = out.cost = out.sharedCost = out.surplus = 0;
      out.solved = true;
      for (let b = 0; b < count; b++) {
        supply.slopes(values[b]!, 1, point);
        out.quality[b] = point.quality;
        out.diagonal[b] = point.qualityByValue;
        out.cost += weights[b]! * point.cost;
        out.surplus += weights[b]! * point.surplus;
        out.solved &&= point.solved;
      }
    },
  };
};
