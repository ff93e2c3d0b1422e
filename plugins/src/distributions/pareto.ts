import type { DistributionEntry } from '@menusmith/core';
import { onSupport } from './on-support.ts';
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
    return onSupport({
      min,
      max,
      density: (x) => (shape / x) * densityAt(below(x), above(x)),
      cdf: (x) => massBelow(below(x), above(x)),
      survival: (x) => massAbove(below(x), above(x)),
      quantile: (u) => Math.min(max, min + min * Math.expm1(distanceAt(u, total) / shape)),
    });
  },
};
