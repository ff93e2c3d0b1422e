import type { Technology } from '../technology.ts';
import type { ConcaveAllocation } from './concave-allocation.ts';
import { ellipsoid } from './ellipsoid.ts';
import { polishedAmounts } from './polished-amounts.ts';

const MOST_STEPS = 6000;
/** Steps after which amounts that do not matter to the surplus are left as they are. */
const MOST_MORE = 200;
/** The search ends where spending is known to this share of itself, and the surplus to this share of v. */
const PLACE = 1e-12;
const GAP = 1e-13;
/** Gaps within so many of them are of a flat maximum, in which rounding decides. */
const FLAT = 10 * GAP;
/** Less than this share of the box is tried as nothing. */
const TRACE = 1e-9;
/** Rounding of v. */
const ROUNDING = 1e-15;
/** Where the box's centre stands: nothing is special about it, as a kink might be about the middle. */
const offCentre = (i: number): number => 0.5 + 0.04 * Math.sin(1 + 2.399963 * i);

/** Finds the amounts in the box [0, sides] that are best at prices r, and a bound on what others in it earn more. */
export type BoxSearch = (sides: Float64Array, r: Float64Array) => ConcaveAllocation;

/** Where the cuts have led. */
interface Found {
  readonly amounts: Float64Array;
  /** No amounts in the box earn more. */
  readonly bound: number;
  /** The largest |v| on the way, to which rounding is relative. */
  readonly size: number;
  readonly quality: number;
  /** False where v or its slopes are no numbers. */
  readonly isFinite: boolean;
}

/**
 * The ellipsoid method with deep cuts (Shor; Yudin and Nemirovski), in factored form: at every centre the gradient g of the surplus cuts off amounts that
 * earn less, and none in the ellipsoid E earn more than surplus + max over E of g·(u − centre). Places are as exact as gradients are: to about 1e-12.
 */
const deepCuts = ({
  taskCount,
  sharedCount,
  gradient,
}: Technology): ((sides: Float64Array, price: Float64Array) => Found) => {
  const n = taskCount + sharedCount;
  const around = ellipsoid(n);
  const y = around.centre;
  const u = new Float64Array(n);
  const cut = new Float64Array(n);
  const slope = new Float64Array(n);
  const [x, z] = [u.subarray(0, taskCount), u.subarray(taskCount)];

  const start = (): void => {
    let radius = 0;
    for (let i = 0; i < n; i++) {
      y[i] = offCentre(i);
      radius += Math.max(y[i]!, 1 - y[i]!) ** 2;
    }
    around.reset(Math.sqrt(radius));
  };

  /** Cuts off what lies beyond the side that the centre is furthest beyond: true if there was one, undefined where nothing is left. */
  const cutOutside = (): boolean | undefined => {
    let outside = -1;
    let most = 0;
    for (let i = 0; i < n; i++) {
      const beyond = Math.max(-y[i]!, y[i]! - 1);
      if (beyond > most) [most, outside] = [beyond, i];
    }
    if (outside < 0) return false;
    cut.fill(0);
    cut[outside] = y[outside]! < 0 ? 1 : -1;
    return around.cutOff(cut, most) ? true : undefined;
  };

  return (sides, price) => {
    start();
    let best = Number.NEGATIVE_INFINITY;
    let bestAmounts = new Float64Array(n);
    let last = { amounts: bestAmounts, surplus: Number.NEGATIVE_INFINITY, quality: 0 };
    let bound = Number.POSITIVE_INFINITY;
    let size = 0;
    let known = 0;
    for (let count = 0; count < MOST_STEPS; count++) {
      const isOutside = cutOutside();
      if (isOutside === undefined) break;
      if (isOutside) continue;
      for (let i = 0; i < n; i++) u[i] = y[i]! * sides[i]!;
      const v = gradient(x, z, slope);
      let spent = 0;
      for (let i = 0; i < n; i++) {
        spent += price[i]! * y[i]!;
        cut[i] = slope[i]! * sides[i]! - price[i]!;
      }
      const surplus = v - spent;
      if (!Number.isFinite(surplus)) return { amounts: u.slice(), bound, size, quality: v, isFinite: false };
      if (Math.abs(v) > size) size = Math.abs(v);
      last = { amounts: u.slice(), surplus, quality: v };
      if (surplus > best) [best, bestAmounts] = [surplus, last.amounts];
      bound = Math.min(bound, surplus + around.reach(cut));
      const isKnown = bound - best <= Math.max(GAP * Math.abs(v), ROUNDING * size);
      if (isKnown && (around.reach(price) <= PLACE * spent || best <= ROUNDING * size)) {
        // Amounts on which little is spent count as well; where any will do they are never known.
        if (known++ >= MOST_MORE || around.isWithin(TRACE)) break;
      }
      // A cut deeper than rounding allows would take the maximum with it.
      if (!around.cutOff(cut, Math.max(0, best - surplus - ROUNDING * size))) break;
    }
    // The maximum is flat: the last centre is nearer to it than the highest, where rounding decides.
    const amounts = last.surplus >= best - FLAT * size ? last.amounts : bestAmounts;
    return { amounts, bound, size, quality: last.quality, isFinite: true };
  };
};

/** `deepCuts`, with amounts moved onto the ends and kinks that they are next to. */
export const boxSearch = (technology: Technology): BoxSearch => {
  const { taskCount, max } = technology;
  const search = deepCuts(technology);
  const caps = max.map((cap, i) => (i < taskCount ? Number.POSITIVE_INFINITY : cap));
  const valueAt = (amounts: Float64Array): number =>
    technology.value(amounts.subarray(0, taskCount), amounts.subarray(taskCount));

  return (sides, r) => {
    const found = search(
      sides,
      r.map((own, i) => own * sides[i]!),
    );
    const { bound, size } = found;
    if (!found.isFinite)
      return { amounts: found.amounts, quality: found.quality, gap: Number.POSITIVE_INFINITY, size };
    const surplusOf = (at: Float64Array): number =>
      valueAt(at) - at.reduce((sum, own, i) => sum + r[i]! * own, 0);
    let { amounts } = found;
    let surplus = moveToEnds(amounts, sides, caps, size, surplusOf);
    const polished = surplus > ROUNDING * size ? polishedAmounts(technology, amounts, r) : undefined;
    if (polished !== undefined && surplusOf(polished) >= surplus - GAP * size) {
      amounts = polished;
      surplus = surplusOf(polished);
    }
    // A bound below what is earned proves that slopes were wrong.
    const gap = bound - surplus >= -FLAT * size ? Math.max(0, bound - surplus) : Number.POSITIVE_INFINITY;
    return { amounts, quality: valueAt(amounts), gap, size };
  };
};

/** Moves amounts next to zero or a cap onto it, where that loses nothing; returns what they then earn. */
const moveToEnds = (
  amounts: Float64Array,
  sides: Float64Array,
  caps: Float64Array,
  size: number,
  surplusOf: (amounts: Float64Array) => number,
): number => {
  let surplus = surplusOf(amounts);
  for (let i = 0; i < amounts.length; i++) {
    const before = amounts[i]!;
    const cap = caps[i]!;
    const end = before < TRACE * sides[i]! ? 0 : before > (1 - TRACE) * cap ? cap : undefined;
    if (end === undefined) continue;
    amounts[i] = end;
    const there = surplusOf(amounts);
    if (there >= surplus - GAP * Math.abs(surplus) - ROUNDING * size) surplus = there;
    else amounts[i] = before;
  }
  return surplus;
};
