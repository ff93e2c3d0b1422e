import { type EfficientSupply, type SupplyPoint, supplyPoint } from '../efficient-supply.ts';
import type { CurvedSupply } from './curved-supply.ts';

/** Values between which supply is expected to start. */
const LEAST = 1e-60;
const MOST = 1e60;

/** The value at which supply starts: a cost whose slope at zero is above zero makes nothing below it. */
const startOf = ({ supply }: EfficientSupply, point: SupplyPoint): number => {
  const isServed = (value: number): boolean => {
    supply(value, 1, point);
    return point.quality > 0;
  };
  if (isServed(LEAST)) return 0;
  let [none, some] = [LEAST, 1];
  while (!isServed(some) && some < MOST) [none, some] = [some, 4 * some];
  for (let step = 0; step < 200; step++) {
    const middle = some > 2 * none ? Math.sqrt(none * some) : none + (some - none) / 2;
    if (!(middle > none && middle < some)) break;
    if (isServed(middle)) some = middle;
    else none = middle;
  }
  return some < MOST ? none : 0;
};

/** Supply with curvature where no input is shared and tasks are alike: each task on its own. */
export const curvedSupplyTaskByTask = (supply: EfficientSupply, tasks: number): CurvedSupply => {
  const point = supplyPoint(supply.inputs.length);
  return {
    tasks,
    mostRank: 0,
    start: startOf(supply, point),
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
