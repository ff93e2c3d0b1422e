import type { CostForm } from '../supply/cost/cost-form.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import { supplyStart } from '../supply/supply-start.ts';

/** Shares of a value and of a quality that do not matter; and a value so many times where supply starts is beyond all jumps. */
const NEXT = 1e-4;
const SAME = 1e-6;
const FAR = 1e9;

/**
 * The cost behind a supply that is all or nothing, as that of a concave `min(x, 1)`: where quality jumps from nothing to the most there is, C(q) is
 * linear up to there. Part of the most is made by that part of its inputs, so that the rate is what the most costs. Undefined where supply is anything else.
 */
export const jumpCost = (supply: EfficientSupply): CostForm | undefined => {
  const start = supplyStart(supply);
  if (!(start > 0)) return undefined;
  const [first, last] = [supplyPoint(supply.inputs.length), supplyPoint(supply.inputs.length)];
  supply.supply((1 + NEXT) * start, 1, first);
  supply.supply(FAR * start, 1, last);
  const isJump = first.solved && last.solved && first.quality >= (1 - SAME) * last.quality;
  return isJump
    ? { tasks: [[{ rate: last.cost / last.quality, curvature: 0, length: last.quality }]] }
    : undefined;
};
