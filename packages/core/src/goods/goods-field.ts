import { type CellSide, type GoodsCells, withinHair } from '../finite/goods-cells.ts';

/** Intervals of a face between which the profile of what passes it is linear. */
const PROFILE = 8;

/**
 * The density ρ in t of two dependent goods, and the field that flows through the faces of a cell make there: a_j = Σ share(j, i, end) × what passes the face `end` of good i.
 *
 * What passes a face is spread over it by a profile g of the other good's rank, whose integral G runs from 0 to 1: nearly as buyers are there, and even on the
 * outermost faces. Both cells of a face have the same, so that a·n is the same on both sides. Within a cell
 *
 *     a₁ = (1 − Λ) g₂ₗ A₂ₗ + Λ g₂ₕ A₂ₕ + γ (G₁ₗ − Λ) A₁ₗ − γ (G₁ₕ − Λ) A₁ₕ
 *     a₀ = (1 − Γ) g₁ₗ A₁ₗ + Γ g₁ₕ A₁ₕ + Λ′ ((G₂ₗ − R) A₂ₗ − (G₂ₕ − R) A₂ₕ − (R − Γ) (A₁ₗ − A₁ₕ))
 *
 * for good 1 and good 0 (A₁ through the faces of good 0, A₂ through those of good 1, l and h lower and upper), with Λ(t₁) the share of the cell's buyers below t₁, R(t₀ | t₁) that below t₀ of those at t₁,
 * γ = Γ′ the mean of g₂ₗ and g₂ₕ. At faces the terms beside g vanish. Derivatives add up to ∇·a = −ρ (A₁ₗ − A₁ₕ + A₂ₗ − A₂ₕ)/m, as ρ = m Λ′ ∂R/∂t₀:
 * what a cell lets out is taken from its buyers alike.
 */
export interface CellField {
  density(q: number, r: number): number;
  /** The cell's buyers below places q and r. */
  below(q: number, r: number): number;
  share(j: number, i: number, end: number, q: number, r: number): number;
}

/** At places `at` of each good's interval; undefined of independent goods, where ρ = m and all profiles are even. */
export const cellField = (
  { dependence, sides, mass, strides }: GoodsCells,
  at: ArrayLike<number>,
): ((n: number) => CellField) | undefined => {
  if (dependence.independent || sides.length !== 2) return undefined;
  const rankAt = (j: number, i: number, t: number): number => {
    const { ranks, masses } = sides[j]!;
    return Math.min(1, ranks[i]! + withinHair(t) * masses[i]!);
  };
  const rank = (j: number, i: number, t: number): number => {
    const { ranks } = sides[j]!;
    return t === 1 ? ranks[i + 1]! : ranks[i]! + t * (ranks[i + 1]! - ranks[i]!);
  };
  const count = at.length;
  const profiles = sides.map((side, j) =>
    faceProfiles(side, sides[1 - j]!.masses.length, at, (rank, other, t) => {
      const along = rankAt(1 - j, other, t);
      return j === 0 ? dependence.density(rank, along) : dependence.density(along, rank);
    }),
  );
  return (n) => {
    const [i, k] = [Math.floor(n / strides[0]!), n % strides[0]!];
    const area = sides[0]!.masses[i]! * sides[1]!.masses[k]!;
    const [left, right] = [sides[0]!.ranks[i]!, sides[0]!.ranks[i + 1]!];
    const [below, above] = [sides[1]!.ranks[k]!, sides[1]!.ranks[k + 1]!];
    const { cdf, conditional } = dependence;
    const others = [sides[1]!.masses.length, sides[0]!.masses.length];
    const faceAt = (j: number, end: number): number =>
      (((j === 0 ? i : k) + end) * others[j]! + (j === 0 ? k : i)) * count;
    const corners = cdf(right, below) - cdf(left, below);
    // Of good 1's two faces, that which is not at the end of all ranks says how buyers are spread.
    const inner = [0, 1].filter((end) => (end === 0 ? below > 0 : above < 1));
    const mean = (of: Float64Array, q: number): number =>
      inner.length === 0 ? 0 : inner.reduce((sum, end) => sum + of[faceAt(1, end) + q]!, 0) / inner.length;
    const along = Array.from({ length: count }, (_, r) => {
      const v = rankAt(1, k, at[r]!);
      const first = conditional(left, v);
      const whole = conditional(right, v) - first;
      const below = at[r] === 0 ? 0 : at[r] === 1 ? 1 : (cdf(right, v) - cdf(left, v) - corners) / mass[n]!;
      return { v, first, whole, below, slope: (sides[1]!.masses[k]! * whole) / mass[n]! };
    });
    const isEven = inner.length === 0;
    return {
      density: (q, r) => area * dependence.density(rankAt(0, i, at[q]!), along[r]!.v),
      below: (q, r) => {
        const u = rank(0, i, at[q]!);
        const v = rank(1, k, at[r]!);
        return cdf(u, v) - cdf(left, v) - cdf(u, below) + cdf(left, below);
      },
      share: (j, good, end, q, r) => {
        const { density, integral } = profiles[good]!;
        const { v, first, whole, below: Λ, slope } = along[r]!;
        const face = faceAt(good, end);
        const sign = end === 0 ? 1 : -1;
        const γ = isEven ? 1 : mean(profiles[1]!.density, q);
        const Γ = isEven ? at[q]! : mean(profiles[1]!.integral, q);
        if (j === 1)
          return good === 1
            ? (end === 0 ? 1 - Λ : Λ) * density[face + q]!
            : sign * γ * (integral[face + r]! - Λ);
        const t = at[q]!;
        const R =
          t === 0 ? 0 : t === 1 ? 1 : whole > 0 ? (conditional(rankAt(0, i, t), v) - first) / whole : t;
        return good === 1
          ? sign * slope * (integral[face + q]! - R)
          : (end === 0 ? 1 - Γ : Γ) * density[face + r]! - sign * slope * (R - Γ);
      },
    };
  };
};

/** Of every part of a cell, a quarter of its buyers in each of its corners. */
export const spreadOf = (field: CellField, inner: number, stride: number): Float64Array => {
  const side = inner + 1;
  const below = Float64Array.from({ length: side ** 2 }, (_, p) =>
    field.below((p % side) * stride, Math.floor(p / side) * stride),
  );
  const weights = new Float64Array(side ** 2);
  for (let r = 0; r < inner; r++)
    for (let q = 0; q < inner; q++) {
      const corners = [0, 1, side, side + 1].map((by) => r * side + q + by);
      const [a, b, c, d] = corners.map((p) => below[p]!) as [number, number, number, number];
      const part = Math.max(0, a - b - c + d) / 4;
      for (const p of corners) weights[p]! += part;
    }
  return weights;
};

/** Of the faces of one good, by the place of the face and the cell of the other good: profile and its integral at places of the face. */
const faceProfiles = (
  { ranks, masses }: CellSide,
  others: number,
  at: ArrayLike<number>,
  densityAt: (rank: number, other: number, t: number) => number,
): { readonly density: Float64Array; readonly integral: Float64Array } => {
  const count = at.length;
  const density = new Float64Array((masses.length + 1) * others * count).fill(1);
  const integral = density.map((_, f) => at[f % count]!);
  const heights = new Float64Array(PROFILE + 1);
  const sums = new Float64Array(PROFILE + 1);
  for (let i = 1; i < masses.length; i++)
    for (let other = 0; other < others; other++) {
      for (let m = 0; m <= PROFILE; m++) {
        heights[m] = densityAt(ranks[i]!, other, m / PROFILE);
        if (m > 0) sums[m] = sums[m - 1]! + (heights[m - 1]! + heights[m]!) / (2 * PROFILE);
      }
      const whole = sums[PROFILE]!;
      if (!(whole > 0 && whole < Number.POSITIVE_INFINITY)) continue;
      for (let q = 0; q < count; q++) {
        const m = Math.min(PROFILE - 1, Math.floor(at[q]! * PROFILE));
        const t = at[q]! * PROFILE - m;
        const height = heights[m]! + t * (heights[m + 1]! - heights[m]!);
        const f = (i * others + other) * count + q;
        density[f] = height / whole;
        integral[f] = at[q] === 1 ? 1 : (sums[m]! + (t * (heights[m]! + height)) / (2 * PROFILE)) / whole;
      }
    }
  return { density, integral };
};
