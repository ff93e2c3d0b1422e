import type { ConcaveAllocator } from './concave-allocation.ts';
import { root } from './root.ts';
import type { Technology } from './technology.ts';

/** Amounts below count as none, and above as no amount at all. */
const LEAST = 1e-280;
const MOST = 1e280;
/** Relative distance from the amount found at which slopes are taken from both sides. */
const BESIDE = 1e-14;

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
    if (excess(low) > 0) {
      while (high < cap && high < MOST && excess(high) > 0) [low, high] = [high, Math.min(cap, 4 * high)];
      if (excess(high) > 0) return made(high, high === cap ? 0 : Number.POSITIVE_INFINITY);
    } else {
      // Where the slope at zero itself is too low nothing is used.
      if (slopeAt(0) <= r) return made(0, 0);
      while (low > LEAST && !(excess(low) > 0)) [low, high] = [low / 4, low];
      if (!(low > LEAST)) return made(0, 0);
    }
    const [from, to] = [low, high];
    const u = Math.exp(root((t) => excess(Math.exp(t)), Math.log(from), Math.log(to)));
    last = u;
    const straight = Math.abs(excess(u)) * (to - from);
    const [before, after] = [(1 - BESIDE) * u, (1 + BESIDE) * u];
    const above = excess(before);
    const isBetween = above >= 0 && excess(after) <= 0;
    const across = isBetween ? above * (after - before) : Number.POSITIVE_INFINITY;
    return made(u, Math.min(straight, across));
  };
};
