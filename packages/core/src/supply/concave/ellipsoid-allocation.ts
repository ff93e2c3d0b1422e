import type { Technology } from '../technology.ts';
import { boxSearch } from './box-search.ts';
import type { ConcaveAllocation, ConcaveAllocator } from './concave-allocation.ts';

/** Boxes of amounts that are tried, each a multiple or a part of the last. */
const MOST_BOXES = 24;
/** An amount beyond this share of its side is cramped: the side becomes so many times as long. */
const CRAMPED = 0.9;
const WIDER = 8;
/** An amount of less than this share of all its sides is lost in the box: the side becomes so many times the amount. */
const SMALL = 1e-3;
const ROOM = 4;
/** But only where what is earned is more than this share of the largest v, and spending on it more than that of all. */
const WORTH = 1e-10;
const SPENT = 1e-6;

/**
 * argmax over 0 ≤ u ≤ caps of v(u) − r·u, r_i = c_i/φ for task inputs and c_i/(sφ) for shared ones, for any concave v with two inputs or more, whether
 * it is smooth or has kinks, by `boxSearch`. A concave surplus whose maximum in the box is not at the box's own sides has its maximum there.
 */
export const ellipsoidAllocator = (technology: Technology): ConcaveAllocator => {
  const { taskCount, sharedCount, cost, max } = technology;
  const n = taskCount + sharedCount;
  const search = boxSearch(technology);
  const capOf = (i: number): number => (i < taskCount ? Number.POSITIVE_INFINITY : max[i]!);

  // A cap of 0 leaves a side without length.
  const unit = Float64Array.from({ length: n }, (_, i) => Math.min(1, capOf(i)) || Number.MIN_VALUE);
  const sides = unit.slice();
  const r = new Float64Array(n);
  /** From the box in which the last search ended. */
  const searchOn = (): ConcaveAllocation => {
    let found = search(sides, r);
    for (let box = 1; box < MOST_BOXES; box++) {
      const { amounts, quality, size } = found;
      const spent = amounts.reduce((sum, own, i) => sum + r[i]! * own, 0);
      const surplus = quality - spent;
      const isCramped = (i: number): boolean => amounts[i]! > CRAMPED * sides[i]! && sides[i]! < capOf(i);
      // Of amounts that earn no more than rounding nothing is learnt, nor of one on which next to nothing is spent.
      const isLost = (i: number): boolean =>
        surplus > WORTH * size && r[i]! * amounts[i]! > SPENT * spent && amounts[i]! < SMALL * sides[i]!;
      const places = Array.from(amounts.keys());
      const cramped = places.filter(isCramped);
      const lost = cramped.length > 0 ? [] : places.filter(isLost);
      if (cramped.length + lost.length === 0) return found;
      for (const i of cramped) sides[i] = Math.min(capOf(i), WIDER * sides[i]!);
      for (const i of lost) sides[i] = ROOM * amounts[i]!;
      found = search(sides, r);
    }
    return { ...found, gap: Number.POSITIVE_INFINITY };
  };
  return (value, scale) => {
    for (let i = 0; i < n; i++) {
      r[i] = cost[i]! / (i < taskCount ? value : scale * value);
      if (!(sides[i]! > 0)) sides[i] = Number.MIN_VALUE;
    }
    const found = searchOn();
    if (found.gap < Number.POSITIVE_INFINITY) return found;
    // The last box can have been too far away to be reached from.
    sides.set(unit);
    return searchOn();
  };
};
