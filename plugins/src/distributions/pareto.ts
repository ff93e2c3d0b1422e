import type { DistributionEntry } from '@menusmith/core';
import { requireSupport, truncation } from './support.ts';
import { densityAt, distanceAt, massAbove, massBelow } from './truncated-exponential.ts';

/**
 * Pareto distribution conditioned on [min, max]: f(x) ∝ x^{−shape−1}. log x is exponential with rate `shape`.
 *
 * Without the cut at max the markup would be constant; with it, φ still rises everywhere.
 */
export const pareto: DistributionEntry = {
  name: 'pareto',
  doc: 'Pareto distribution from min on, cut off at max.',
  parameters: {
    shape: { kind: 'number', doc: 'exponent of the tail before truncation', above: 0 },
    min: { kind: 'number', doc: 'lower end of the support', above: 0 },
    max: truncation,
  },
  examples: [
    { shape: 2, min: 1, max: 10 },
    { shape: 0.7, min: 0.01, max: 1 },
    { shape: 25, min: 1, max: 1000 },
    { shape: 1e-8, min: 1, max: 2 },
  ],
  create({ shape, min, max }) {
    requireSupport('pareto', min, max);
    const total = shape * Math.log1p((max - min) / min);
    const below = (x: number): number => shape * Math.log1p((x - min) / min);
    const above = (x: number): number => shape * Math.log1p((max - x) / x);
    return {
      min,
      max,
      breakpoints: [],
      density: (x) => (x >= min && x <= max ? (shape / x) * densityAt(below(x), above(x)) : 0),
      cdf: (x) => (x <= min ? 0 : x >= max ? 1 : massBelow(below(x), above(x))),
      survival: (x) => (x <= min ? 1 : x >= max ? 0 : massAbove(below(x), above(x))),
      quantile(u) {
        if (u <= 0) return min;
        if (u >= 1) return max;
        return Math.min(max, min + min * Math.expm1(distanceAt(u, total) / shape));
      },
    };
  },
};
