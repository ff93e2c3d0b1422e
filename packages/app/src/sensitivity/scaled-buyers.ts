import type { Distribution } from '@menusmith/core';
import type { OneNumberProblem } from '../problem/sold-problem.ts';

/** The buyers with all values multiplied by a number; as θ = w s^{1−σ}, so are representative types. */
export const scaledBuyers = (buyers: OneNumberProblem, factor: number): OneNumberProblem =>
  buyers.kind === 'continuous-chain'
    ? { ...buyers, types: scaledDistribution(buyers.types, factor) }
    : { ...buyers, types: { ...buyers.types, value: buyers.types.value.map((x) => factor * x) } };

/** The distribution of k·X for X ~ F. */
const scaledDistribution = (of: Distribution, k: number): Distribution => {
  const [min, max] = [k * of.min, k * of.max];
  // Rounding must not put an end of the support outside.
  const within = (x: number): number => Math.min(of.max, Math.max(of.min, x / k));
  return {
    min,
    max,
    breakpoints: of.breakpoints.map((x) => k * x),
    density: (x) => (x >= min && x <= max ? of.density(within(x)) / k : 0),
    cdf: (x) => of.cdf(within(x)),
    survival: (x) => of.survival(within(x)),
    quantile: (u) => k * of.quantile(u),
  };
};
