import type { Distribution } from '../distributions/distribution.ts';
import { survivalIntegral } from '../screening/chain-revenue.ts';
import { remembered } from './remembered.ts';

/**
 * Types at which tiers may start, ascending, with the mass of types at or above each, P(x) = 1 − F(x−), and revenue. The last entry stands for nobody: P = R = 0.
 *
 * Served one quality q, the types from edge i up to edge j are worth (R_i − R_j) q to the seller, with R = x P(x) + κ L(x), L(x) = ∫ₓ P = ∫ₓ (y − x) dF:
 * what x and all above pay at the price x, and the share κ of what it leaves to them. It is ∫ φ dF over them, whether F is continuous or a list (on a list
 * Σ_{k ≥ i} f_k φ_k, as the chain telescopes).
 */
export interface RevenueEdges {
  readonly type: Float64Array;
  readonly above: Float64Array;
  readonly revenue: Float64Array;
}

/** P, L and R of a population as functions of the type. */
export interface RevenueCurve {
  above(x: number): number;
  /** L(x) = ∫ₓ P, the mean surplus of those above x from a unit of quality at the price x. */
  left(x: number): number;
  revenue(x: number): number;
}

/** `knots` are places, ascending, up to the highest type: L is integrated from one to the next, and from x to the one above. */
export const revenueCurve = (
  distribution: Distribution,
  above: RevenueCurve['above'],
  knots: readonly number[],
  surplusWeight: number,
): RevenueCurve => {
  const from = new Float64Array(knots.length);
  for (let i = knots.length - 2; surplusWeight > 0 && i >= 0; i--)
    from[i] = from[i + 1]! + survivalIntegral(distribution, knots[i]!, knots[i + 1]!);
  const left = remembered((x) => {
    let [low, high] = [0, knots.length - 1];
    if (!(x < knots[high]!)) return 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (knots[middle]! >= x) high = middle;
      else low = middle + 1;
    }
    return from[low]! + (knots[low]! > x ? survivalIntegral(distribution, x, knots[low]!) : 0);
  });
  return {
    above,
    left,
    revenue: (x) => x * above(x) + (surplusWeight > 0 ? surplusWeight * left(x) : 0),
  };
};

/** The edges at these places of a population; the last stands for nobody. */
export const edgesAt = (places: readonly number[], { above, revenue }: RevenueCurve): RevenueEdges => ({
  type: Float64Array.from(places),
  above: Float64Array.from(places, above),
  revenue: Float64Array.from(places, revenue),
});

/**
 * The edges on the upper concave hull of (P, R): no best menu starts a tier at another.
 *
 * Between hull points types are pooled at one φ̄. Moving a start inside a pool, both blocks' worth P S(R/P) is a perspective of the convex S along
 * a line, hence convex in the place: an end of the pool is at least as good (Myerson 1981 with S for a posted price). Edges above which there is as
 * much mass as above a higher one go as well, as the higher type pays more; and those below the largest R, where φ̄ ≤ 0.
 */
export const onRevenueHull = ({ type, above, revenue }: RevenueEdges): RevenueEdges => {
  const hull: number[] = [];
  const slope = (i: number, j: number): number => (revenue[j]! - revenue[i]!) / (above[j]! - above[i]!);
  for (let i = type.length - 1; i >= 0; i--) {
    if (hull.length > 0 && !(above[i]! > above[hull[hull.length - 1]!]!)) continue;
    while (
      hull.length >= 2 &&
      slope(hull[hull.length - 2]!, hull[hull.length - 1]!) <= slope(hull[hull.length - 1]!, i)
    ) {
      hull.pop();
    }
    hull.push(i);
  }
  while (hull.length > 2 && revenue[hull[hull.length - 1]!]! <= revenue[hull[hull.length - 2]!]!) hull.pop();
  hull.reverse();
  return {
    type: Float64Array.from(hull, (i) => type[i]!),
    above: Float64Array.from(hull, (i) => above[i]!),
    revenue: Float64Array.from(hull, (i) => revenue[i]!),
  };
};

/** The edges of finitely many types: one a distinct value, then the end. Values in any order. */
export const edgesOfTypes = (value: Float64Array, mass: Float64Array, surplusWeight = 0): RevenueEdges => {
  const masses = new Map<number, number>();
  for (let k = 0; k < value.length; k++) masses.set(value[k]!, (masses.get(value[k]!) ?? 0) + mass[k]!);
  const n = masses.size;
  const type = new Float64Array(n + 1);
  type.set(Float64Array.from(masses.keys()).sort());
  type[n] = type[n - 1] ?? 0;
  const above = new Float64Array(n + 1);
  const revenue = new Float64Array(n + 1);
  let left = 0;
  for (let i = n - 1; i >= 0; i--) {
    left += above[i + 1]! * (type[i + 1]! - type[i]!);
    above[i] = above[i + 1]! + masses.get(type[i]!)!;
    revenue[i] = type[i]! * above[i]! + surplusWeight * left;
  }
  return { type, above, revenue };
};
