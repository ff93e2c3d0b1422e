import type { Technology } from '../technology.ts';
import type { ConcaveAllocation, ConcaveAllocator } from './concave-allocation.ts';
import { polishedAmounts } from './polished-amounts.ts';

const MOST_STEPS = 6000;
/** Steps after which amounts that do not matter to the surplus are left as they are. */
const MOST_MORE = 200;
/** Boxes of amounts that are tried, each a multiple or a part of the last. */
const MOST_BOXES = 24;
const WIDER = 8;
/** The search ends where spending is known to this share of itself, and the surplus to this share of v. */
const PLACE = 1e-12;
const GAP = 1e-13;
/** Less than this share of the box is tried as nothing, and less than this of all its sides asks for a smaller box. */
const TRACE = 1e-9;
const SMALL = 1e-3;
const WORTH = 1e-10;
const SPENT = 1e-6;
/** Rounding of v. */
const ROUNDING = 1e-15;
/** Where the box's centre stands: nothing is special about it, as a kink might be about the middle. */
const centre = (i: number): number => 0.5 + 0.04 * Math.sin(1 + 2.399963 * i);

/**
 * argmax over 0 ≤ u ≤ caps of v(u) − r·u, r_i = c_i/φ for task inputs and c_i/(sφ) for shared ones, for any concave v with two inputs or more, whether
 * it is smooth or has kinks: the ellipsoid method with deep cuts (Shor; Yudin and Nemirovski), in factored form.
 *
 * At every centre the gradient g of the surplus cuts off amounts that earn less; the proof is that none in the ellipsoid E earn more than
 * surplus + max over E of g·(u − centre). Places are as exact as gradients are: to about 1e-12. A concave surplus whose maximum in the box is
 * not at the box's own sides has its maximum there.
 */
export const ellipsoidAllocator = (technology: Technology): ConcaveAllocator => {
  const { taskCount, sharedCount, cost, max } = technology;
  const n = taskCount + sharedCount;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(sharedCount);
  const slope = new Float64Array(n);
  const gradientAt = (u: Float64Array): number => {
    for (let j = 0; j < taskCount; j++) x[j] = u[j]!;
    for (let k = 0; k < sharedCount; k++) z[k] = u[taskCount + k]!;
    return technology.gradient(x, z, slope);
  };
  const valueAt = (u: Float64Array): number => {
    for (let j = 0; j < taskCount; j++) x[j] = u[j]!;
    for (let k = 0; k < sharedCount; k++) z[k] = u[taskCount + k]!;
    return technology.value(x, z);
  };
  const capOf = (i: number): number => (i < taskCount ? Number.POSITIVE_INFINITY : max[i]!);

  const y = new Float64Array(n);
  const u = new Float64Array(n);
  const cut = new Float64Array(n);
  const along = new Float64Array(n);
  const step = new Float64Array(n);
  const factor = new Float64Array(n * n);

  /** |Bᵀa|, and Bᵀa in `along`: how far the ellipsoid reaches in direction a. */
  const reach = (a: Float64Array): number => {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let i = 0; i < n; i++) dot += factor[i * n + j]! * a[i]!;
      along[j] = dot;
      sum += dot * dot;
    }
    return Math.sqrt(sum);
  };

  /** Whether the ellipsoid is thin along every input. */
  const isKnownAlongSides = (): boolean => {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += factor[i * n + j]! ** 2;
      if (sum > TRACE ** 2) return false;
    }
    return true;
  };

  /** Leaves {y: a·(y − centre) ≥ depth}, with a in `cut`; false where that is nothing. */
  const cutOff = (depth: number): boolean => {
    const length = reach(cut);
    const alpha = depth / length;
    if (!(alpha < 1)) return false;
    for (let j = 0; j < n; j++) along[j]! /= length;
    const move = (1 + n * alpha) / (n + 1);
    const squeeze = Math.sqrt(((n - 1) * (1 - alpha)) / ((n + 1) * (1 + alpha))) - 1;
    const swell = Math.sqrt((n * n * (1 - alpha * alpha)) / (n * n - 1));
    for (let i = 0; i < n; i++) {
      let dot = 0;
      for (let j = 0; j < n; j++) dot += factor[i * n + j]! * along[j]!;
      step[i] = dot;
    }
    for (let i = 0; i < n; i++) {
      y[i]! += move * step[i]!;
      for (let j = 0; j < n; j++)
        factor[i * n + j] = swell * (factor[i * n + j]! + squeeze * step[i]! * along[j]!);
    }
    return true;
  };

  const searchBox = (sides: Float64Array, r: Float64Array): ConcaveAllocation => {
    const price = r.map((own, i) => own * sides[i]!);
    factor.fill(0);
    let radius = 0;
    for (let i = 0; i < n; i++) {
      y[i] = centre(i);
      radius += Math.max(y[i]!, 1 - y[i]!) ** 2;
    }
    for (let i = 0; i < n; i++) factor[i * n + i] = Math.sqrt(radius);
    let best = Number.NEGATIVE_INFINITY;
    let bestAmounts = new Float64Array(n);
    let lastAmounts = bestAmounts;
    let lastSurplus = Number.NEGATIVE_INFINITY;
    let bound = Number.POSITIVE_INFINITY;
    let size = 0;
    let known = 0;
    for (let count = 0; count < MOST_STEPS; count++) {
      let outside = -1;
      let most = 0;
      for (let i = 0; i < n; i++) {
        const beyond = Math.max(-y[i]!, y[i]! - 1);
        if (beyond > most) [most, outside] = [beyond, i];
      }
      if (outside >= 0) {
        cut.fill(0);
        cut[outside] = y[outside]! < 0 ? 1 : -1;
        if (!cutOff(most)) break;
        continue;
      }
      for (let i = 0; i < n; i++) u[i] = y[i]! * sides[i]!;
      const v = gradientAt(u);
      let surplus = v;
      let spent = 0;
      for (let i = 0; i < n; i++) {
        spent += price[i]! * y[i]!;
        cut[i] = slope[i]! * sides[i]! - price[i]!;
      }
      surplus -= spent;
      if (!Number.isFinite(surplus)) return { amounts: u, quality: v, gap: Number.POSITIVE_INFINITY, size };
      if (Math.abs(v) > size) size = Math.abs(v);
      lastAmounts = u.slice();
      lastSurplus = surplus;
      if (surplus > best) [best, bestAmounts] = [surplus, lastAmounts];
      bound = Math.min(bound, surplus + reach(cut));
      const isKnown = bound - best <= Math.max(GAP * Math.abs(v), ROUNDING * size);
      if (isKnown && (reach(price) <= PLACE * spent || best <= ROUNDING * size)) {
        // Amounts on which little is spent count as well; where any will do they are never known.
        if (known++ >= MOST_MORE || isKnownAlongSides()) break;
      }
      // A cut deeper than rounding allows would take the maximum with it.
      if (!cutOff(Math.max(0, best - surplus - ROUNDING * size))) break;
    }
    // The maximum is flat: the last centre is nearer to it than the highest, where rounding decides.
    let amounts: Float64Array = lastSurplus >= best - 10 * GAP * size ? lastAmounts : bestAmounts;
    const surplusOf = (at: Float64Array): number =>
      valueAt(at) - at.reduce((sum, own, i) => sum + r[i]! * own, 0);
    let surplus = surplusOf(amounts);
    for (let i = 0; i < n; i++) {
      const side = sides[i]!;
      const end =
        amounts[i]! < TRACE * side ? 0 : amounts[i]! > (1 - TRACE) * capOf(i) ? capOf(i) : undefined;
      if (end === undefined) continue;
      const before = amounts[i]!;
      amounts[i] = end;
      const there = surplusOf(amounts);
      if (there >= surplus - GAP * Math.abs(surplus) - ROUNDING * size) surplus = there;
      else amounts[i] = before;
    }
    const polished = surplus > ROUNDING * size ? polishedAmounts(technology, amounts, r) : undefined;
    if (polished !== undefined && surplusOf(polished) >= surplus - GAP * size) {
      amounts = polished;
      surplus = surplusOf(polished);
    }
    // A bound below what is earned proves that slopes were wrong.
    const gap = bound - surplus >= -10 * GAP * size ? Math.max(0, bound - surplus) : Number.POSITIVE_INFINITY;
    return { amounts, quality: valueAt(amounts), gap, size };
  };

  // A cap of 0 leaves a side without length.
  const unit = Float64Array.from({ length: n }, (_, i) => Math.min(1, capOf(i)) || Number.MIN_VALUE);
  const sides = unit.slice();
  const r = new Float64Array(n);
  /** From the box in which the last search ended. */
  const searchOn = (): ConcaveAllocation => {
    let found = searchBox(sides, r);
    for (let box = 1; box < MOST_BOXES; box++) {
      const { amounts, quality, size } = found;
      const spent = amounts.reduce((sum, own, i) => sum + r[i]! * own, 0);
      const surplus = quality - spent;
      const isCramped = (i: number): boolean => amounts[i]! > 0.9 * sides[i]! && sides[i]! < capOf(i);
      // Of amounts that earn no more than rounding nothing is learnt, nor of one on which next to nothing is spent.
      const isLost = (i: number): boolean =>
        surplus > WORTH * size && r[i]! * amounts[i]! > SPENT * spent && amounts[i]! < SMALL * sides[i]!;
      const places = Array.from(amounts.keys());
      const cramped = places.filter(isCramped);
      const lost = cramped.length > 0 ? [] : places.filter(isLost);
      if (cramped.length + lost.length === 0) return found;
      for (const i of cramped) sides[i] = Math.min(capOf(i), WIDER * sides[i]!);
      for (const i of lost) sides[i] = 4 * amounts[i]!;
      found = searchBox(sides, r);
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
