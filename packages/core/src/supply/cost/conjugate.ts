import { maximizer, root } from '../../integration/root.ts';
import {
  type ConvexCost,
  type CostStretch,
  costStretches,
  dipsOf,
  FARTHEST,
  SAME,
  triedQualities,
} from './convex-cost.ts';

/** Curvature that is less than this share of that around it has vanished. */
const FLAT = 1e-6;

/** What is best at a value φ, a task: the u that maximises φ q(u) − C(q(u)). */
interface ConjugatePoint {
  readonly amount: number;
  /** q, and C(q). */
  readonly quality: number;
  readonly cost: number;
  /** dq/dφ = 1/C″, from the right; 0 where quality stays. */
  readonly rise: number;
  /** Which stretch or kink the amount lies on: the same between one mark and the next. */
  readonly piece: number;
  /** False where φ is more than C′ ever is, so that ever more pays. */
  readonly isBounded: boolean;
}

/** The conjugate max over q of φ q − C(q) of a convex cost: its maximiser, and the φ at which that jumps or bends. */
export interface Conjugate {
  at(value: number): ConjugatePoint;
  /** Above 0, ascending. */
  readonly marks: readonly number[];
  /** Pieces are numbered from 0 to one less. */
  readonly pieces: number;
}

/**
 * The least amount with C′ ≥ φ, to rounding: none up to C′(0), the largest from C′(max) on; at a kink it stays while φ passes from one slope to the
 * other, and along a straight stretch it jumps.
 */
export const conjugate = (given: ConvexCost): Conjugate => {
  const { slope, curvature, cost, max, quality = (amount: number) => amount } = given;
  const stretches = costStretches(given);
  const last = stretches.at(-1)!.last;
  let near = 1;
  /** Where C′ meets φ inside a stretch, sought outwards from where it met the last one. */
  const meeting = (value: number, { from, to }: CostStretch): number => {
    const lacking = (amount: number): number => slope(amount) - value;
    let low = Math.min(Math.max(near, from), to);
    if (!(low > 0 && low < FARTHEST)) low = Number.isFinite(to) ? to : 1;
    let high = low;
    while (low > from && !(lacking(low) < 0)) low = low / 4 > from && low > 1 / FARTHEST ? low / 4 : from;
    while (high < to && lacking(high) < 0) high = Math.min(4 * high, to);
    near = root(lacking, low, high);
    return near;
  };
  return {
    at: (value) => {
      // At its last slope a stretch is over, but one that is straight has not begun.
      const found = stretches.findIndex(
        (own) => value < own.last || (value === own.last && own.first === value),
      );
      const stretch = stretches[found];
      const isInside = stretch !== undefined && value > stretch.first;
      const amount = !(value > 0) ? 0 : isInside ? meeting(value, stretch) : (stretch?.from ?? max);
      const bend = isInside ? curvature(amount) : 0;
      return {
        amount,
        quality: value > 0 ? quality(amount) : 0,
        cost: amount > 0 ? cost(amount) : 0,
        rise: bend > 0 ? 1 / bend : 0,
        piece: 2 * (found < 0 ? stretches.length : found) + (isInside ? 1 : 0),
        isBounded: max < Number.POSITIVE_INFINITY || value < last,
      };
    },
    marks: marksOf(given, stretches),
    pieces: 2 * stretches.length + 1,
  };
};

/** Marginal costs at which supply has a kink, ascending. */
const marksOf = (given: ConvexCost, stretches: readonly CostStretch[]): readonly number[] =>
  [...stretches.flatMap(({ first, last }) => [first, last]), ...flatPlaces(given).map(given.slope)]
    .filter((mark) => mark > 0 && mark < Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b)
    .filter((mark, n, all) => n === 0 || mark > all[n - 1]! * (1 + SAME));

/** Amounts between the kinks at which curvature vanishes, as q = 1 of q + (q − 1)⁴: there supply rises vertically. */
const flatPlaces = (given: ConvexCost): readonly number[] => {
  const tried = triedQualities(given.max);
  return dipsOf(given, tried).flatMap(([from, to]) => {
    const amount = maximizer((u) => -given.curvature(u), from, to);
    const around = Math.max(given.curvature(from), given.curvature(to));
    return given.curvature(amount) <= FLAT * around ? [amount] : [];
  });
};
