import { maximizer, root } from '../../integration/root.ts';
import type { EfficientSupply } from '../efficient-supply.ts';
import {
  type ConvexCost,
  type CostStretch,
  costStretches,
  dipsOf,
  FARTHEST,
  requireConvex,
  SAME,
  triedQualities,
} from './convex-cost.ts';

/** Curvature that is less than this share of that around it has vanished. */
const FLAT = 1e-6;

/**
 * Efficient supply at a convex cost of each task's quality: q(φ) = the least q with C′(q) ≥ φ, to rounding; S(φ) = φ q − C(q), the conjugate of C.
 *
 * Nothing is supplied up to C′(0), the most from C′(max) on; at a kink q stays while φ passes from one slope to the other, and along a straight
 * stretch it jumps. Not solved where C′ stays below φ for ever. s tasks cost s·C(q/s). Throws InputError where C is not convex.
 */
export const convexCostSupply = (given: ConvexCost): EfficientSupply => {
  requireConvex(given);
  const { slope, curvature, cost, max } = given;
  const stretches = costStretches(given);
  const last = stretches.at(-1)!.last;
  const marks = marksOf(given, stretches);
  let near = 1;
  /** Where C′ meets φ inside a stretch, sought outwards from where it met the last one. */
  const meeting = (value: number, { from, to }: CostStretch): number => {
    const lacking = (q: number): number => slope(q) - value;
    let low = Math.min(Math.max(near, from), to);
    if (!(low > 0 && low < FARTHEST)) low = Number.isFinite(to) ? to : 1;
    let high = low;
    while (low > from && !(lacking(low) < 0)) low = low / 4 > from && low > 1 / FARTHEST ? low / 4 : from;
    while (high < to && lacking(high) < 0) high = Math.min(4 * high, to);
    near = root(lacking, low, high);
    return near;
  };
  const slopes: EfficientSupply['slopes'] = (value, scale, out) => {
    // At its last slope a stretch is over, but one that is straight has not begun.
    const stretch = stretches.find((own) => value < own.last || (value === own.last && own.first === value));
    const isInside = stretch !== undefined && value > stretch.first;
    const quality = !(value > 0) ? 0 : isInside ? meeting(value, stretch) : (stretch?.from ?? max);
    const bend = isInside ? curvature(quality) : 0;
    const taskCost = quality > 0 ? cost(quality) : 0;
    out.quality = scale * quality;
    out.cost = scale * taskCost;
    out.surplus = Math.max(0, scale * (value * quality - taskCost));
    // Not so where C′ has stopped rising below φ.
    if (max === Number.POSITIVE_INFINITY && !(value < last)) out.surplus = Number.POSITIVE_INFINITY;
    out.qualityByValue = bend > 0 ? scale / bend : 0;
    out.qualityByScale = quality;
    out.regime = 0;
    out.solved = scale > 0 && Number.isFinite(value) && Number.isFinite(out.surplus);
  };
  return {
    inputs: [],
    taskCost: cost,
    supply: slopes,
    slopes,
    kinks: (_scale, upTo) => marks.filter((mark) => mark < upTo),
  };
};

/** Marginal costs at which supply has a kink, ascending. */
const marksOf = (given: ConvexCost, stretches: readonly CostStretch[]): readonly number[] =>
  [...stretches.flatMap(({ first, last }) => [first, last]), ...flatPlaces(given).map(given.slope)]
    .filter((mark) => mark > 0 && mark < Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b)
    .filter((mark, n, all) => n === 0 || mark > all[n - 1]! * (1 + SAME));

/** Qualities between the kinks at which curvature vanishes, as q = 1 of q + (q − 1)⁴: there supply rises vertically. */
const flatPlaces = (given: ConvexCost): readonly number[] => {
  const tried = triedQualities(given.max);
  return dipsOf(given, tried).flatMap(([from, to]) => {
    const q = maximizer((x) => -given.curvature(x), from, to);
    const around = Math.max(given.curvature(from), given.curvature(to));
    return given.curvature(q) <= FLAT * around ? [q] : [];
  });
};
