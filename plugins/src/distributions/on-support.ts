import type { Distribution } from '@menusmith/core';
import { quantileFromEnds } from './quantile-root.ts';

/** What a distribution is inside its support; `quantile` is asked for 0 < u < 1. */
type Inside = Pick<Distribution, 'min' | 'max' | 'density' | 'cdf' | 'survival' | 'quantile'>;

/** The distribution on [min, max], below and above which there is nobody. */
export const onSupport = ({ min, max, density, cdf, survival, quantile }: Inside): Distribution => ({
  min,
  max,
  breakpoints: [],
  density: (x) => (x >= min && x <= max ? density(x) : 0),
  cdf: (x) => (x <= min ? 0 : x >= max ? 1 : cdf(x)),
  survival: (x) => (x <= min ? 1 : x >= max ? 0 : survival(x)),
  quantile(u) {
    if (u <= 0) return min;
    if (u >= 1) return max;
    return quantile(u);
  },
});

/** A distribution cut off at both ends, whose mass between two types is known up to its total. */
interface Truncated {
  readonly min: number;
  readonly max: number;
  mass(from: number, to: number): number;
  density(x: number): number;
  /** A type near the one of rank u. */
  near(u: number): number;
}

/** The distribution of a truncated one: every share is a mass relative to the total, so that nothing underflows far in a tail. */
export const truncatedOnSupport = ({ min, max, mass, density, near }: Truncated): Distribution => {
  const total = mass(min, max);
  const share = (from: number, to: number): number => mass(from, to) / total;
  return onSupport({
    min,
    max,
    density,
    cdf: (x) => share(min, x),
    survival: (x) => share(x, max),
    quantile: (u) => quantileFromEnds(u, { min, max, mass: share, density }, near(u)),
  });
};
