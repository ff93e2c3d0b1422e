import { root } from '../integration/root.ts';
import { type Demand, type DemandPoint, demandPoint } from './demand.ts';

/** Halvings after which a place is taken to be a kink. */
const DEEPEST = 32;
const MOST_KNOTS = 4096;

/** S along one direction of values, S(x ŵ) for x in [0, upTo], with its slope and cost. */
export interface DemandTable {
  readonly upTo: number;
  at(x: number, out: DemandPoint): void;
  /** The x at which cost is so much, to 1e-8 of the table; ∞ beyond it. */
  spending(cost: number): number;
}

/**
 * Cubic Hermite table of S along a direction, from S and its exact slope, halved until S at the middle of each piece is met to `tolerance` times S at the
 * end. The surplus that it gives errs by as much, the slope and the cost by some hundred times that.
 */
export const demandTable = (along: Demand, upTo: number, tolerance: number): DemandTable => {
  interface Knot {
    readonly x: number;
    readonly surplus: number;
    readonly slope: number;
  }
  const point = demandPoint();
  const knotAt = (x: number): Knot => {
    along.at(x, point);
    return { x, surplus: point.surplus, slope: point.worth };
  };
  const last = knotAt(upTo);
  const allowed = tolerance * last.surplus;
  const knots: Knot[] = [{ x: 0, surplus: 0, slope: 0 }];
  const settle = (a: Knot, b: Knot, depth: number): void => {
    const h = b.x - a.x;
    const m = knotAt(a.x + h / 2);
    const guess = (a.surplus + b.surplus) / 2 + (h * (a.slope - b.slope)) / 8;
    const slope = (1.5 * (b.surplus - a.surplus)) / h - (a.slope + b.slope) / 4;
    const isMet = Math.abs(guess - m.surplus) <= allowed && Math.abs(slope - m.slope) * h <= SLOPE * allowed;
    if (!isMet && depth < DEEPEST && knots.length < MOST_KNOTS) {
      settle(a, m, depth + 1);
      settle(m, b, depth + 1);
    } else knots.push(m, b);
  };
  settle(knots[0]!, last, 0);
  const x = Float64Array.from(knots, (knot) => knot.x);
  const s = Float64Array.from(knots, ({ surplus }) => surplus);
  const g = Float64Array.from(knots, ({ slope }) => slope);
  const cost = x.map((place, i) => Math.max(0, place * g[i]! - s[i]!));
  /** The piece [i, i + 1] in which an ascending column takes the value. */
  const pieceIn = (column: Float64Array, value: number): number => {
    let low = 0;
    let high = column.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (column[middle]! <= value) low = middle;
      else high = middle;
    }
    return low;
  };
  const at: DemandTable['at'] = (place, out) => {
    if (!(place > 0)) {
      out.surplus = out.worth = out.cost = 0;
      return;
    }
    const i = pieceIn(x, place);
    const h = x[i + 1]! - x[i]!;
    const t = (place - x[i]!) / h;
    const u = 1 - t;
    out.surplus =
      u * u * (1 + 2 * t) * s[i]! + t * t * (3 - 2 * t) * s[i + 1]! + h * t * u * (u * g[i]! - t * g[i + 1]!);
    out.worth = (6 * t * u * (s[i + 1]! - s[i]!)) / h + u * (1 - 3 * t) * g[i]! + t * (3 * t - 2) * g[i + 1]!;
    out.cost = Math.max(0, place * out.worth - out.surplus);
  };
  const costAt = (place: number): number => {
    at(place, point);
    return point.cost;
  };
  return {
    upTo,
    at,
    spending(amount) {
      if (!(amount <= cost[cost.length - 1]!)) return Number.POSITIVE_INFINITY;
      const i = pieceIn(cost, amount);
      return root((place) => costAt(place) - amount, x[i]!, x[i + 1]!, PLACE * upTo);
    },
  };
};
/** How much more than S the slope may err, over a piece. */
const SLOPE = 64;
/** Places of a cost, relative to the table: what is worth most under a cap errs by the square of that. */
const PLACE = 1e-8;
