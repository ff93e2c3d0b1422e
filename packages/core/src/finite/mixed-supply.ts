import { type CurvedPoint, curvedPoint, type ProfileSupply } from '../supply/profile-supply.ts';

/**
 * Items that are lotteries over models: model l makes a share π_l of an item, all of them at the same served values p.
 *
 * D(λ) = Σ f max_l S_l is the least of Σ f τ with τ − S_l(p) = z_l ≥ 0, and the shares are the multipliers: Σ π_l = 1, π_l z_l = barrier. As p moves,
 * so do the shares, to first order, and quality responds by
 *
 *     Σ π_l H_l + Σ_l v_l (q_l − q̂)(q_l − q̂)ᵀ,   v_l = π_l/z_l,   q̂ = Σ v_l q_l / Σ v_l.
 */
export interface MixedSupply {
  /** How many models there are. */
  readonly models: number;
  readonly mostRank: number;
  /** S_l(p), item after item, model after model. */
  readonly surpluses: Float64Array;
  /** q_l(p), model after model, block by block. */
  readonly qualities: readonly Float64Array[];
  /**
   * Supplies p to item k, whose blocks start at `first`, and writes the mixture with its curvature. Where τ may move, it and z are made to fit the surpluses.
   */
  supply(
    k: number,
    first: number,
    p: Float64Array,
    weights: Float64Array,
    size: number,
    lotteries: MixtureShares,
    out: CurvedPoint,
  ): void;
}

/** Where the shares π and shortfalls z of models stand, item after item; with the surplus τ of every item, where these may move. */
interface MixtureShares {
  readonly primal: Float64Array;
  readonly dual: Float64Array;
  readonly level?: Float64Array;
}

/** How far a shortfall may be from where the step led, as a factor. */
const NEAR = 10;

/** The most terms of low rank that a mixture's curvature can have. */
export const mixedRank = (models: readonly ProfileSupply[]): number =>
  models.reduce((sum, { mostRank }) => sum + mostRank, models.length === 2 ? 1 : models.length);

export const mixedSupply = (models: readonly ProfileSupply[], items: number, blocks: number): MixedSupply => {
  const count = models.length;
  const surpluses = new Float64Array(items * count);
  const qualities = models.map(() => new Float64Array(blocks));
  const points = models.map((model) => curvedPoint(model));
  const stiffness = new Float64Array(count);

  const supply: MixedSupply['supply'] = (k, first, p, weights, size, lotteries, out) => {
    const { primal: shares, dual: shortfalls } = lotteries;
    const { curvature } = out;
    const at = k * count;
    out.quality.fill(0, 0, size);
    curvature.diagonal.fill(0, 0, size);
    curvature.rank = 0;
    out.surplus = out.cost = out.sharedCost = 0;
    out.solved = true;
    let all = 0;
    for (let l = 0; l < count; l++) {
      const point = points[l]!;
      models[l]!.supply(p, weights, size, point);
      const share = shares[at + l]!;
      surpluses[at + l] = point.surplus;
      const own = qualities[l]!;
      for (let b = 0; b < size; b++) {
        own[first + b] = point.quality[b]!;
        out.quality[b]! += share * point.quality[b]!;
        curvature.diagonal[b]! += share * point.curvature.diagonal[b]!;
      }
      for (let r = 0; r < point.curvature.rank; r++) {
        const from = r * size;
        const to = curvature.rank * size;
        for (let b = 0; b < size; b++) curvature.factors[to + b] = point.curvature.factors[from + b]!;
        curvature.coefficients[curvature.rank++] = share * point.curvature.coefficients[r]!;
      }
      out.surplus += share * point.surplus;
      out.cost += share * point.cost;
      out.sharedCost += share * point.sharedCost;
      out.solved &&= point.solved;
    }
    if (lotteries.level) settleShortfalls(k, lotteries as Required<MixtureShares>);
    for (let l = 0; l < count; l++) {
      stiffness[l] = shortfalls[at + l]! / shares[at + l]!;
      all += 1 / stiffness[l]!;
    }
    // Shares that are given, with infinite shortfalls, do not move.
    if (all === 0) return;
    if (count === 2) addPair(first, size, out);
    else addSpread(first, size, all, out);
  };

  /**
   * Surpluses are convex in p, so that a step leaves z − τ + S(p) other than 0: τ and z are what they then are, as far as a z stays near where the step led.
   * Σ π z is kept.
   */
  const settleShortfalls = (k: number, { primal, dual, level }: Required<MixtureShares>): void => {
    let [sum, all] = [0, 0];
    for (let i = k * count; i < (k + 1) * count; i++) {
      sum += primal[i]! * (dual[i]! + surpluses[i]!);
      all += primal[i]!;
    }
    level[k] = sum / all;
    for (let i = k * count; i < (k + 1) * count; i++)
      dual[i] = Math.min(NEAR * dual[i]!, Math.max(dual[i]! / NEAR, level[k]! - surpluses[i]!));
  };

  /** Of two models both terms are along q_1 − q_2. */
  const addPair = (first: number, size: number, { curvature }: CurvedPoint): void => {
    const to = curvature.rank * size;
    for (let b = 0; b < size; b++)
      curvature.factors[to + b] = qualities[0]![first + b]! - qualities[1]![first + b]!;
    curvature.coefficients[curvature.rank++] = 1 / (stiffness[0]! + stiffness[1]!);
  };

  const addSpread = (first: number, size: number, all: number, { curvature }: CurvedPoint): void => {
    for (let l = 0; l < count; l++) {
      const to = curvature.rank * size;
      for (let b = 0; b < size; b++) {
        // q_l − q̂ as a sum of differences: nothing cancels where one of the models prevails.
        let apart = 0;
        for (let j = 0; j < count; j++)
          apart += (qualities[l]![first + b]! - qualities[j]![first + b]!) / (stiffness[j]! * all);
        curvature.factors[to + b] = apart;
      }
      curvature.coefficients[curvature.rank++] = 1 / stiffness[l]!;
    }
  };

  return { models: count, mostRank: mixedRank(models), surpluses, qualities, supply };
};
