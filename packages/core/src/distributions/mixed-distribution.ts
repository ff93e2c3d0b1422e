import { root } from '../integration/root.ts';
import type { Distribution } from './distribution.ts';
import { type DistributionByDistance, tabulatedDistribution } from './distribution-tails.ts';

/** A distribution that is a weighted mean of others. */
export interface MixedDistribution extends Distribution {
  /** Weights are positive and sum to 1. */
  readonly parts: readonly { readonly weight: number; readonly of: Distribution }[];
}

/** So many quantiles at even ranks tell where the others are. */
const KNOTS = 64;
/** So many quantiles are remembered. */
const MOST_KNOWN = 10_000;

/**
 * Mixture F = Σ w_i F_i of distributions, for weights that sum to 1.
 *
 * The supports may differ, and may leave gaps: an end of one part inside another's support is a breakpoint, and in a gap the
 * density is 0.
 */
export const mixedDistribution = (parts: MixedDistribution['parts']): MixedDistribution => {
  const min = Math.min(...parts.map(({ of }) => of.min));
  const max = Math.max(...parts.map(({ of }) => of.max));
  const sum = (term: (of: Distribution) => number): number => {
    let result = 0;
    for (const { weight, of } of parts) result += weight * term(of);
    return result;
  };
  // Both are wanted at one x again and again, by φ and by whoever integrates over the types.
  const densityAt = remembered((x) => sum((of) => of.density(x)));
  const survivalAt = remembered((x) => sum((of) => of.survival(x)));
  const cdf = (x: number): number => (x <= min ? 0 : x >= max ? 1 : sum((of) => of.cdf(x)));
  const survival = (x: number): number => (x <= min ? 1 : x >= max ? 0 : survivalAt(x));
  const ends = parts.flatMap(({ of }) => [of.min, ...of.breakpoints, of.max]);
  const mixed: MixedDistribution = {
    parts,
    remarks: parts.flatMap(({ of }) => of.remarks ?? []),
    min,
    max,
    breakpoints: [...new Set(ends)].filter((x) => x > min && x < max).sort((a, b) => a - b),
    density: densityAt,
    cdf,
    survival,
    quantile(u) {
      if (u <= 0) return min;
      if (u >= 1) return max;
      const before = known.get(u);
      if (before !== undefined) return before;
      if (known.size >= MOST_KNOWN) known.clear();
      const found = quantileOf(u);
      known.set(u, found);
      return found;
    },
  };
  // Integrals over the ranks next to an infinite density ask for the same ones, scale by scale.
  const known = new Map<number, number>();
  /** F is at most u at the lowest of the parts' quantiles, and at least u at the highest. */
  const partsRange = (u: number): [number, number] => {
    const quantiles = parts.map(({ of }) => of.quantile(u));
    return [Math.min(...quantiles), Math.max(...quantiles)];
  };
  const between = (u: number, from: number, to: number): number =>
    from === to ? from : root(u < 0.5 ? (x) => cdf(x) - u : (x) => 1 - u - survival(x), from, to);
  // The parts' quantiles can take longer than F: they are asked for at even ranks only, and in the tails.
  const knots: number[] = [];
  const knot = (k: number): number => {
    knots[k] ??= between(k / KNOTS, ...partsRange(k / KNOTS));
    return knots[k]!;
  };
  const quantileOf = (u: number): number => {
    const k = Math.floor(u * KNOTS);
    if (k === 0 || k >= KNOTS - 1) return between(u, ...partsRange(u));
    return u * KNOTS === k ? knot(k) : between(u, knot(k), knot(k + 1));
  };
  if (!parts.every(({ of }) => 'at' in of && of.min === min && of.max === max)) return mixed;
  // One table instead of one a part.
  const at: DistributionByDistance['at'] = (fromMin, fromMax) => {
    const point = { density: 0, cdf: 0, survival: 0 };
    for (const { weight, of } of parts) {
      const part = (of as DistributionByDistance).at(fromMin, fromMax);
      point.density += weight * part.density;
      point.cdf += weight * part.cdf;
      point.survival += weight * part.survival;
    }
    return point;
  };
  return { ...tabulatedDistribution({ ...mixed, at }), parts };
};

/** The function, which knows its last answer. */
const remembered = (of: (x: number) => number): ((x: number) => number) => {
  let known = Number.NaN;
  let answer = Number.NaN;
  return (x) => {
    if (x !== known) {
      answer = of(x);
      known = x;
    }
    return answer;
  };
};

/** The distributions that a mixture is made of, mixtures of mixtures taken apart; any other is its own only part. */
export const partsOf = (of: Distribution): MixedDistribution['parts'] =>
  'parts' in of
    ? (of as MixedDistribution).parts.flatMap(({ weight, of: part }) =>
        partsOf(part).map((each) => ({ weight: weight * each.weight, of: each.of })),
      )
    : [{ weight: 1, of }];
