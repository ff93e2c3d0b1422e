import { root } from '../integration/root.ts';
import { clearPoint, type EfficientSupply, supplyPoint } from './efficient-supply.ts';

/**
 * Supply with a fixed cost of every buyer who is served: max{S(φ) − fixed, 0}. So a constant outside utility is one: a buyer takes (q, T) where θ q − (T + u) ≥ 0,
 * and at the price T + u, for the cost C + u, the seller's margin is the same.
 */
export const withFixedCost = (supply: EfficientSupply, fixed: number): EfficientSupply => {
  if (fixed === 0) return supply;
  const served: EfficientSupply['supply'] = (value, scale, out) => {
    supply.supply(value, scale, out);
    if (!(out.surplus > fixed)) return clearPoint(out, out.solved);
    out.surplus -= fixed;
    out.cost += fixed;
  };
  return {
    inputs: supply.inputs,
    ...(supply.models ? { models: supply.models } : {}),
    supply: served,
    slopes: (value, scale, out) => {
      supply.slopes(value, scale, out);
      if (out.surplus > fixed) {
        out.surplus -= fixed;
        out.cost += fixed;
        return;
      }
      clearPoint(out, out.solved);
      out.qualityByValue = out.qualityByScale = 0;
    },
    kinks: (scale, upTo) => {
      const point = supplyPoint(supply.inputs.length);
      const excess = (value: number): number => {
        supply.supply(value, scale, point);
        return point.surplus - fixed;
      };
      if (!(excess(upTo) > 0)) return [];
      const start = root(excess, 0, upTo);
      return [start, ...supply.kinks(scale, upTo).filter((kink) => kink > start)];
    },
  };
};
