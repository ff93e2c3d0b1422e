import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import { type ProfileSupply, supplyNothing } from './profile-supply.ts';

/**
 * Supply to profiles of a product that is as good on each of a buyer's tasks: S(φ) = S_s(φ̄), φ̄ the mean of φ over her s tasks, with quality S_s′(φ̄)/s on all of them.
 * `supplyAt` has the product of each scale, whose quality is the sum over tasks.
 */
export const evenSupply = (supplyAt: (scale: number) => EfficientSupply, tasks: number): ProfileSupply => {
  const point = supplyPoint(0);
  return {
    inputs: [],
    tasks,
    mostRank: 1,
    supply: (values, weights, count, out) => {
      supplyNothing(count, out);
      let [scale, sum] = [0, 0];
      for (let m = 0; m < count; m++) {
        scale += weights[m]!;
        sum += weights[m]! * values[m]!;
      }
      if (!(scale > 0)) return;
      const supply = supplyAt(scale);
      if (out.curvature) supply.slopes(sum / scale, scale, point);
      else supply.supply(sum / scale, scale, point);
      out.quality.fill(point.quality / scale, 0, count);
      out.cost = point.cost;
      out.surplus = point.surplus;
      out.solved = point.solved;
      if (!out.curvature) return;
      out.curvature.rank = 1;
      out.curvature.coefficients[0] = Math.max(0, point.qualityByValue);
      out.curvature.factors.fill(1 / scale, 0, count);
    },
  };
};
