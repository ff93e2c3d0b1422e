import { root } from '../../integration/root.ts';
import type { Technology } from '../technology.ts';
import type { ConcaveAllocator } from './concave-allocation.ts';

/** Amounts below count as none, and above as no amount at all. */
const LEAST = 1e-280;
const MOST = 1e280;
/** A surplus that is less by this share has fallen by more than rounding. */
const FALLEN = 1e-9;
/** Relative distance from the amount found at which slopes are taken from both sides. */
const BESIDE = 1e-14;
/** What costs less, as a share of v, is less than differences of v can tell from rounding. */
const ROUNDING = 1e-12;

/** The nearest amounts at which v is compared, and the factor from one distance to the next. */
const NEAREST = 1e-13;
const FARTHER = 4;
const MOST_FAR = 1e9;

/** Distances from which lines on both sides are laid to where they cross. */
const CORNER = [1e-4, 1e-6, 1e-8] as const;
/** A gain that is more than rounding. */
const CLEARLY = 1e-14;

/** The best of u and of where lines from both sides of it cross: a kink, which differences know less exactly. */
const cornerNear = (f: (u: number) => number, u: number, cap: number): number => {
  let best = u;
  for (const share of CORNER) {
    const [a, b] = [u * (1 - share), u * (1 + share)];
    const [left, right] = [
      (f(a) - f(a * (1 - share))) / (a * share),
      (f(b * (1 + share)) - f(b)) / (b * share),
    ];
    const crossing = (f(b) - f(a) + left * a - right * b) / (left - right);
    if (crossing > 0 && crossing <= cap && f(crossing) > f(best) + CLEARLY * Math.abs(f(best)))
      best = crossing;
  }
  return best;
};

/**
 * By how much a concave function can be above f(u), from its values alone: beyond two points it lies below the line through them. Infinite where it
 * rises to the side.
 */
const chordGap = (f: (u: number) => number, u: number, cap: number): number => {
  const here = f(u);
  let gap = 0;
  for (const side of [-1, 1]) {
    let [near, atNear] = [u * (1 - side * NEAREST), f(u * (1 - side * NEAREST))];
    let [far, atFar] = [u, here];
    for (let distance = NEAREST; ; distance *= FARTHER) {
      const next = Math.min(cap, Math.max(0, u * (1 + side * distance)));
      if (next === far) break;
      const slope = (atFar - atNear) / (far - near);
      const reach = atFar + Math.max(0, slope * (next - far)) - here;
      if (!(reach <= gap)) gap = reach;
      const there = f(next);
      if (next === 0 || next === cap) {
        if (!(there - here <= gap)) gap = there - here;
        break;
      }
      // Once it falls for certain it falls all the way.
      if (there < here - FALLEN * Math.abs(here) && there < atFar) break;
      if (distance > MOST_FAR) return Number.POSITIVE_INFINITY;
      [near, atNear, far, atFar] = [far, atFar, next, there];
    }
  }
  return gap;
};

/**
 * argmax over 0 ≤ u ≤ cap of v(u) − r u, r = c/φ for a task input and c/(sφ) for a shared one: where the slope of v falls through r.
 *
 * A concave v may have kinks, straight pieces, a peak or an end of its domain beyond it: the slope need only fall. The proof is the tangent:
 * where slopes at a < b are at least and at most r, no amount earns more than v(a) − r a + (v′(a) − r)(b − a).
 */
export const singleInputAllocator = (technology: Technology): ConcaveAllocator => {
  const { taskCount } = technology;
  const cost = technology.cost[0]!;
  const cap = taskCount === 1 ? Number.POSITIVE_INFINITY : technology.max[0]!;
  const x = new Float64Array(taskCount);
  const z = new Float64Array(1 - taskCount);
  const amount = taskCount === 1 ? x : z;
  const slope = new Float64Array(1);
  let quality = 0;
  const slopeAt = (u: number): number => {
    amount[0] = u;
    quality = technology.gradient(x, z, slope);
    return slope[0]!;
  };
  const made = (u: number, gap: number) => {
    amount[0] = u;
    const v = technology.value(x, z);
    return { amounts: Float64Array.of(u), quality: v, gap, size: Math.abs(v) };
  };
  const surplusWith =
    (r: number) =>
    (u: number): number => {
      amount[0] = u;
      return technology.value(x, z) - r * u;
    };
  // Differences are rounding at small amounts: they are come to from above.
  let last = 1;

  return (value, scale) => {
    const r = cost / (taskCount === 1 ? value : scale * value);
    /** Beyond the domain of v nobody goes. */
    const excess = (u: number): number => {
      const s = slopeAt(u);
      return Number.isNaN(s) || Number.isNaN(quality) ? -r : s - r;
    };
    if (cap <= 0) return made(0, 0);
    let low = Math.min(last, cap);
    let high = low;
    const isWorthMore = excess(low) > 0;
    const begun = Math.abs(quality);
    if (isWorthMore) {
      while (high < cap && high < MOST && excess(high) > 0) [low, high] = [high, Math.min(cap, 4 * high)];
      if (excess(high) > 0) return made(high, high === cap ? 0 : Number.POSITIVE_INFINITY);
    } else {
      // Where the slope at zero itself is too low nothing is used.
      if (slopeAt(0) <= r) return made(0, 0);
      let most = Math.abs(quality);
      const isNothing = (): boolean =>
        low <= LEAST || (technology.isDifferenced && r * low <= ROUNDING * most);
      while (!isNothing() && !(excess(low) > 0)) {
        most = Math.max(most, Math.abs(quality));
        [low, high] = [low / 4, low];
      }
      if (isNothing()) return made(0, 0);
    }
    const [from, to] = [low, high];
    // Rounding of logarithms must not put the ends on the wrong sides of a kink.
    const u = Math.min(
      cap,
      Math.exp(root((t) => excess(Math.exp(t)), Math.log(from) - BESIDE, Math.log(to) + BESIDE)),
    );
    // Well above, where differences do not reach across the kink that the amount may be on.
    last = technology.isDifferenced ? Math.max(1.7 * u, last) : u;
    if (technology.isDifferenced) {
      const f = surplusWith(r);
      const best = cornerNear(f, u, cap);
      const gap = chordGap(f, best, cap);
      // Rounding of v where the search began is a share of v there.
      return { ...made(best, gap), size: begun };
    }
    const straight = Math.abs(excess(u)) * (to - from);
    const [before, after] = [(1 - BESIDE) * u, (1 + BESIDE) * u];
    const above = excess(before);
    const isBetween = above >= 0 && excess(after) <= 0;
    const across = isBetween ? above * (after - before) : Number.POSITIVE_INFINITY;
    return made(u, Math.min(straight, across));
  };
};
