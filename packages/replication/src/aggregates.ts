/** What the seller, the buyers and the two together get from the optimal menu, and who is served. */
export interface Aggregates {
  readonly profit: number;
  readonly revenue: number;
  readonly consumerSurplus: number;
  readonly welfare: number;
  readonly excludedShare: number;
  readonly fineTunedShare: number;
}

/**
 * Aggregates of the optimal menu of allocations, for every ρ < 1/3 and c.
 *
 * With φ = 2w − 1 uniform on [−1, 1], Π* = E[S(φ⁺, s)] and R* = E[φ⁺q] are ½∬ over the unit square in (φ, s).
 * Without fine-tuning φq = κ₀·s·φ^{1/a} and S = a·φq, a = 1 − 2ρ; with it, where φ > t·s^{−a}, t = c/ρ,
 * φq = κ₁·s^{a/e}·φ^{1/e} and S = e·φq + c, e = 1 − 3ρ. Rent is S/2, so consumer surplus is ½Π*.
 */
export function allocationAggregates(ρ: number, c: number): Aggregates {
  const a = 1 - 2 * ρ;
  const e = 1 - 3 * ρ;
  const t = c / ρ;
  const revenueWithout = t ** ((-2 * ρ) / a);
  const revenueWith = t ** ((-3 * ρ) / e);
  /** ∬ s^A φ^B over the pairs that fine-tune: s from t^{1/a} to 1, φ from t·s^{−a} to 1. */
  const above = (A: number, B: number) => {
    const from = Math.min(1, t) ** (1 / a);
    const power = (n: number) => (1 - from ** (n + 1)) / (n + 1);
    return (power(A) - t ** (B + 1) * power(A - a * (B + 1))) / (B + 1);
  };
  const everywhere = 1 / (2 * (1 / a + 1)); // ∬ s·φ^{1/a} over the unit square
  const without = revenueWithout * (everywhere - above(1, 1 / a));
  const with_ = revenueWith * above(a / e, 1 / e);
  const fineTunedShare = above(0, 0) / 2;
  const profit = (a * without + e * with_) / 2 + c * fineTunedShare;
  return {
    profit,
    revenue: (without + with_) / 2,
    consumerSurplus: profit / 2,
    welfare: (3 / 2) * profit,
    excludedShare: 1 / 2,
    fineTunedShare,
  };
}

/**
 * Aggregates of the optimal menu of packages at ρ = 1/4; null elsewhere.
 *
 * u = 3θ − 1 = 2φ runs over [0, 2] with density (2/9)(2 − u). In y = u/(8c), Q = y and C = 2cy² up to y = 1,
 * Q = y³ and C = 3cy⁴ − c above; φQ = 4cy·Q. Rent is (2/3)·S, so consumer surplus is (2/3)·Π*.
 */
export function packageAggregates(ρ: number, c: number): Aggregates | null {
  if (ρ !== 1 / 4) return null;
  const top = 1 / (4 * c);
  const start = Math.min(1, top);
  /** ∫ yⁿ dF over [from, to], where dF = (2/9)(2 − 8cy)·8c dy. */
  const moment = (n: number, from: number, to: number) => {
    const power = (m: number) => (to ** (m + 1) - from ** (m + 1)) / (m + 1);
    return ((32 * c) / 9) * (power(n) - 4 * c * power(n + 1));
  };
  const fineTunedShare = moment(0, start, top);
  const without = moment(2, 0, start);
  const with_ = moment(4, start, top);
  const profit = 2 * c * without + c * with_ + c * fineTunedShare;
  return {
    profit,
    revenue: 4 * c * (without + with_),
    consumerSurplus: (2 / 3) * profit,
    welfare: (5 / 3) * profit,
    excludedShare: 5 / 9,
    fineTunedShare,
  };
}
