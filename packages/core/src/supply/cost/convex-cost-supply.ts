import type { EfficientSupply } from '../efficient-supply.ts';
import { conjugate } from './conjugate.ts';
import { type ConvexCost, requireConvex } from './convex-cost.ts';

/**
 * Efficient supply at a convex cost of each task's quality: q(φ) = the least q with C′(q) ≥ φ, to rounding; S(φ) = φ q − C(q), the conjugate of C.
 *
 * Not solved where C′ stays below φ for ever. s tasks cost s·C(q/s). Throws InputError where C is not convex.
 */
export const convexCostSupply = (given: ConvexCost): EfficientSupply => {
  requireConvex(given);
  const { at, marks } = conjugate(given);
  const slopes: EfficientSupply['slopes'] = (value, scale, out) => {
    const { quality, cost, rise, isBounded } = at(value);
    out.quality = scale * quality;
    out.cost = scale * cost;
    out.surplus = isBounded ? Math.max(0, scale * (value * quality - cost)) : Number.POSITIVE_INFINITY;
    out.qualityByValue = scale * rise;
    out.qualityByScale = quality;
    out.regime = 0;
    out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
  };
  return {
    inputs: [],
    taskCost: given.cost,
    supply: slopes,
    slopes,
    kinks: (_scale, upTo) => marks.filter((mark) => mark < upTo),
  };
};
