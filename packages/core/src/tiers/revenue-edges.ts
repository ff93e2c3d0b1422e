/**
 * Types at which tiers may start, ascending, with the mass of types at or above each, P(x) = 1 − F(x−). The last entry stands for nobody: P = 0.
 *
 * Served one quality q, the types from edge i up to edge j are worth (R_i − R_j) q to the seller, with R = x P(x): ∫ φ dF over them, whether F
 * is continuous or a list (on a list Σ_{k ≥ i} f_k φ_k = x_i P_i, as the chain telescopes).
 */
export interface RevenueEdges {
  readonly type: Float64Array;
  readonly above: Float64Array;
}

/**
 * The edges on the upper concave hull of (P, R): no best menu starts a tier at another.
 *
 * Between hull points types are pooled at one φ̄. Moving a start inside a pool, both blocks' worth P S(R/P) is a perspective of the convex S along
 * a line, hence convex in the place: an end of the pool is at least as good (Myerson 1981 with S for a posted price). Edges above which there is as
 * much mass as above a higher one go as well, as the higher type pays more; and those below the largest R, where φ̄ ≤ 0.
 */
export const onRevenueHull = ({ type, above }: RevenueEdges): RevenueEdges => {
  const hull: number[] = [];
  const revenue = type.map((x, i) => x * above[i]!);
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
  };
};

/** The edges of finitely many types: one a distinct value, then the end. Values in any order. */
export const edgesOfTypes = (value: Float64Array, mass: Float64Array): RevenueEdges => {
  const masses = new Map<number, number>();
  for (let k = 0; k < value.length; k++) masses.set(value[k]!, (masses.get(value[k]!) ?? 0) + mass[k]!);
  const n = masses.size;
  const type = new Float64Array(n + 1);
  type.set(Float64Array.from(masses.keys()).sort());
  type[n] = type[n - 1] ?? 0;
  const above = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) above[i] = above[i + 1]! + masses.get(type[i]!)!;
  return { type, above };
};
