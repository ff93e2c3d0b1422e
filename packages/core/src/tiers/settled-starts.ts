import type { IronedVirtualValue } from '../screening/ironing.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { RevenueCurve } from './revenue-edges.ts';

/** Starts that are so near their images, relative to the support, may be at what rounding leaves. */
const NEAR_ROUNDING = 1e-12;
/** A Newton step counts where it brings starts this much nearer to their images. */
const NEARER = 0.5;

const MOST_STEPS = 40;
/** Differences of starts, relative to the support, that are rounding. */
const SETTLED = 1e-14;
const STEP = 1e-6;

/**
 * Starts of tiers settled by their first-order condition, from starts that are nearly best:
 *
 *     φ̄(t_k) (q_k − q_{k−1}) = C(q_k) − C(q_{k−1}),    q_k efficient for the mean φ̄ between t_k and t_{k+1}.
 *
 * Solving for t at given items, then for items at given t, climbs (Lloyd's method), but slowly; Newton's method on the same map, whose
 * derivative is tridiagonal and is taken by differences, ends in a few steps. A step of it that does not come closer is replaced by one of Lloyd's.
 */
export const settledStarts = (
  starts: readonly number[],
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
  { above: massAbove, revenue: revenueAt }: RevenueCurve,
): number[] => {
  const { distribution: types } = ironed;
  const point = supplyPoint(supply.inputs.length);
  const span = types.max - types.min;
  const n = starts.length;
  /** Lloyd's map; undefined where tiers have run into one another. */
  const lloyd = (t: readonly number[]): number[] | undefined => {
    const above = t.map(massAbove);
    const revenue = t.map(revenueAt);
    const next: number[] = [];
    let [quality, cost] = [0, 0];
    for (let k = 0; k < n; k++) {
      const mass = above[k]! - (above[k + 1] ?? 0);
      const mean = (revenue[k]! - (revenue[k + 1] ?? 0)) / mass;
      if (!(mass > 0)) return undefined;
      supply.supply(mean, scale, point);
      if (!(point.quality > quality)) return undefined;
      next.push(ironed.cutoff((point.cost - cost) / (point.quality - quality)));
      quality = point.quality;
      cost = point.cost;
    }
    for (let k = 0; k + 1 < n; k++) if (!(next[k]! < next[k + 1]!)) return undefined;
    return next;
  };
  const distance = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((most, x, k) => Math.max(most, Math.abs(x - b[k]!)), 0);

  let at = [...starts];
  let mapped = lloyd(at);
  for (let step = 0; step < MOST_STEPS && mapped !== undefined; step++) {
    const off = distance(at, mapped);
    if (off <= SETTLED * span) return mapped;
    const newton = newtonStep(at, mapped, lloyd, STEP * span, types);
    const tried = newton && lloyd(newton);
    if (newton !== undefined && tried !== undefined && distance(newton, tried) < NEARER * off) {
      [at, mapped] = [newton, tried];
      continue;
    }
    const plain: number[] = mapped;
    const further = lloyd(plain);
    // Near rounding neither comes closer.
    if (off <= NEAR_ROUNDING * span && (further === undefined || distance(plain, further) >= off)) return at;
    [at, mapped] = [plain, further];
  }
  return at;
};

/** Newton's step for t = g(t) with g_k a function of t_{k−1}, t_k, t_{k+1}: three differences give its derivative. */
const newtonStep = (
  t: readonly number[],
  g: readonly number[],
  map: (t: readonly number[]) => number[] | undefined,
  step: number,
  { min, max }: { readonly min: number; readonly max: number },
): number[] | undefined => {
  const n = t.length;
  // Row k of g′ has entries k − 1, k, k + 1.
  const rows = Array.from({ length: n }, () => [0, 0, 0]);
  for (let color = 0; color < Math.min(3, n); color++) {
    const moved = map(t.map((x, k) => (k % 3 === color ? x + step : x)));
    if (moved === undefined) return undefined;
    for (let k = color; k < n; k += 3) {
      for (const row of [k - 1, k, k + 1]) {
        if (row >= 0 && row < n) rows[row]![k - row + 1] = (moved[row]! - g[row]!) / step;
      }
    }
  }
  // (1 − g′) δ = g − t by elimination.
  const diagonal = rows.map((row) => 1 - row[1]!);
  const delta = t.map((x, k) => g[k]! - x);
  for (let k = 1; k < n; k++) {
    const factor = -rows[k]![0]! / diagonal[k - 1]!;
    diagonal[k]! -= factor * -rows[k - 1]![2]!;
    delta[k]! -= factor * delta[k - 1]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    const above = k + 1 < n ? -rows[k]![2]! * delta[k + 1]! : 0;
    delta[k] = (delta[k]! - above) / diagonal[k]!;
  }
  const next = t.map((x, k) => x + delta[k]!);
  const isAscending = next.every((x, k) => x >= (k === 0 ? min : next[k - 1]!) && x < max);
  return isAscending ? next : undefined;
};
