import { type DistributionEntry, InputError } from '@menusmith/core';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import { normalMass } from './normal-mass.ts';
import { truncatedOnSupport } from './on-support.ts';
import { requireSupport, truncation } from './support.ts';

/**
 * Lognormal distribution conditioned on [min, max]: log x is normal with mean mu and standard deviation sigma before truncation.
 *
 * mu and sigma are those of log x; the median before truncation is exp(mu).
 */
export const lognormal: DistributionEntry = {
  name: 'lognormal',
  doc: 'Lognormal distribution from min on, cut off at max.',
  parameters: {
    mu: { kind: 'number', doc: 'mean of log x before truncation' },
    sigma: { kind: 'number', doc: 'standard deviation of log x before truncation', above: 0 },
    min: { kind: 'number', doc: 'lower end of the support', default: 0, min: 0 },
    max: truncation,
  },
  examples: [
    { mu: 0, sigma: 0.5, min: 0, max: 10 },
    { mu: -1, sigma: 1, min: 0, max: 1 },
    { mu: 2, sigma: 0.25, min: 1, max: 4 },
    { mu: -8, sigma: 0.5, min: 0.5, max: 1 },
  ],
  create({ mu, sigma, min, max }) {
    requireSupport('lognormal', min, max);
    if (!(min >= 0)) {
      throw new InputError('support', `lognormal: expected min of at least 0, got ${min}`, ['min']);
    }
    const score = (x: number): number => (Math.log(x) - mu) / sigma;
    const lowest = score(min);
    const highest = score(max);
    // Everything is relative to the density at the mode of log x, so that nothing underflows where there is mass.
    const mode = Math.min(Math.max(0, lowest), highest);
    /** mode − z at x, from the ratio of x to the end of the support that is the mode. */
    const belowMode = (x: number): number => {
      if (mode === highest) return Math.log1p((max - x) / x) / sigma;
      return mode === lowest ? -Math.log1p((x - min) / min) / sigma : -score(x);
    };
    const relativeDensity = (x: number): number => {
      const below = belowMode(x);
      return Math.exp(below * (mode - below / 2));
    };
    /** Mass of [from, to], over sigma times the density at the mode. */
    const mass = (from: number, to: number): number => {
      const [low, high] = [score(from), score(to)];
      const gap = from > 0 ? Math.log1p((to - from) / from) / sigma : Number.POSITIVE_INFINITY;
      if (low >= 0) return relativeDensity(from) * normalMass(low, gap);
      if (high <= 0) return relativeDensity(to) * normalMass(-high, gap);
      return normalMass(0, -low) + normalMass(0, high);
    };
    const total = mass(min, max);
    const density = (x: number): number => (x > 0 ? relativeDensity(x) / (sigma * total * x) : 0);
    const untruncated = (z: number): number => erfc(-z / Math.SQRT2) / 2;
    const [low, high] = [untruncated(lowest), untruncated(highest)];
    return truncatedOnSupport({
      min,
      max,
      mass,
      density,
      near: (u) => Math.exp(mu - sigma * Math.SQRT2 * erfcinv(2 * (low + u * (high - low)))),
    });
  },
};
