import type { RevenueEdges } from './revenue-edges.ts';

/** Best menus by number of tiers, from every edge up. */
export interface BestPartitions {
  /** worth[r][i]: the most that at most r tiers earn from the types at or above edge i, the first tier starting there. */
  readonly worth: readonly Float64Array[];
  /** next[r][i]: where the second of them starts; the last edge where there is none. */
  readonly next: readonly Int32Array[];
}

/**
 * Best menus of up to `count` tiers by dynamic programming over where tiers start. A tier from edge i to j is worth
 *
 *     w(i, j) = m S(v/m),   m = P_i − P_j,   v = R_i − R_j:
 *
 * its best single item is efficient for its mean ironed virtual value v/m (`onRevenueHull` has made v ironed).
 *
 * w meets the quadrangle condition w(a, c) + w(b, d) ≥ w(a, d) + w(b, c) for a ≤ b ≤ c ≤ d. Let x, y, z be the three stretches, whose mean φ̄
 * ascend, q* the best quality of x + y + z and q′ of y. Give x + y the lower of the two and y + z the higher. If q* ≤ q′ the sum changes by z's profit
 * from q′ less that from q*, and both lie below z's own best quality, as y's does: not negative. If q* ≥ q′ it changes by x's profit from q′ less that
 * from q*, and both lie above x's own best: not negative. So the best next start ascends with the first one, and divide and
 * conquer finds all of them in O(count · N log N).
 */
export const bestPartitions = (
  { type, above, revenue }: RevenueEdges,
  surplus: (value: number) => number,
  count: number,
): BestPartitions => {
  const n = type.length;
  const worth = [new Float64Array(n)];
  const next = [new Int32Array(n).fill(n - 1)];
  for (let r = 1; r <= count; r++) {
    const rest = worth[r - 1]!;
    const own = new Float64Array(n);
    const start = new Int32Array(n).fill(n - 1);
    const choose = (from: number, to: number, first: number, last: number): void => {
      if (from > to) return;
      const i = (from + to) >> 1;
      const [p, v] = [above[i]!, revenue[i]!];
      let best = Number.NEGATIVE_INFINITY;
      let which = n - 1;
      // With one tier left it goes up to the top.
      for (let j = r === 1 ? n - 1 : Math.max(first, i + 1); j <= last; j++) {
        const mass = p - above[j]!;
        const total = mass * surplus((v - revenue[j]!) / mass) + rest[j]!;
        if (total > best) {
          best = total;
          which = j;
        }
      }
      own[i] = best;
      start[i] = which;
      choose(from, i - 1, first, which);
      choose(i + 1, to, which, last);
    };
    choose(0, n - 2, 0, n - 1);
    worth.push(own);
    next.push(start);
  }
  return { worth, next };
};

/** The starts of the best menu of at most `count` tiers, as positions of edges; the types below the first are left out. */
export const bestStarts = ({ worth, next }: BestPartitions, count: number): number[] => {
  const own = worth[count]!;
  let i = 0;
  for (let k = 1; k < own.length - 1; k++) if (own[k]! > own[i]!) i = k;
  const starts: number[] = [];
  for (let r = count; r > 0 && i < own.length - 1; r--) {
    starts.push(i);
    i = next[r]![i]!;
  }
  return starts;
};

/** The most that a menu of at most `count` tiers earns. */
export const bestWorth = ({ worth }: BestPartitions, count: number): number =>
  worth[count]!.reduce((most, w) => Math.max(most, w), 0);

/**
 * For every edge, the most that menus of at most `count` tiers earn in which some tier starts there: what the tiers below can earn, the best
 * number of them, and what the others earn from there on.
 */
export const worthThroughEdges = (
  { type, above, revenue }: RevenueEdges,
  surplus: (value: number) => number,
  { worth }: BestPartitions,
  counts: readonly number[],
): Float64Array[] => {
  const n = type.length;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const through = counts.map((count) => Float64Array.from(worth[count]!));
  // below[j]: the most that k tiers earn from the types below edge j, the last of them ending there.
  let below = new Float64Array(n);
  for (let k = 1; k < most; k++) {
    const before = below;
    const own = new Float64Array(n);
    const choose = (from: number, to: number, first: number, last: number): void => {
      if (from > to) return;
      const j = (from + to) >> 1;
      const [p, v] = [above[j]!, revenue[j]!];
      let best = Number.NEGATIVE_INFINITY;
      let which = first;
      for (let i = first; i <= Math.min(j - 1, last); i++) {
        const mass = above[i]! - p;
        const total = before[i]! + mass * surplus((revenue[i]! - v) / mass);
        if (total > best) {
          best = total;
          which = i;
        }
      }
      own[j] = best;
      choose(from, j - 1, first, which);
      choose(j + 1, to, which, last);
    };
    choose(1, n - 2, 0, n - 3);
    below = own;
    counts.forEach((count, c) => {
      const rest = worth[count - k];
      if (rest === undefined || count <= k) return;
      const own = through[c]!;
      for (let i = 0; i < n - 1; i++) own[i] = Math.max(own[i]!, below[i]! + rest[i]!);
    });
  }
  return through;
};
