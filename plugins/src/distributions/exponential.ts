import type { DistributionEntry } from '@menusmith/core';
import { onSupport } from './on-support.ts';
import { minimum, requireSupport, truncation } from './support.ts';
import { densityAt, distanceAt, massAbove, massBelow } from './truncated-exponential.ts';

/** Exponential distribution conditioned on [min, max]: f(x) ∝ exp(−rate·x). Its hazard rate rises from rate to ∞ at max. */
export const exponential: DistributionEntry = {
  name: 'exponential',
  doc: 'Exponential distribution from min on, cut off at max.',
  parameters: {
    rate: { kind: 'number', doc: 'rate, one over the mean before truncation', above: 0 },
    min: minimum,
    max: truncation,
  },
  examples: [
    { rate: 1, min: 0, max: 5 },
    { rate: 1e-9, min: 0, max: 1 },
    { rate: 40, min: 0, max: 1 },
    { rate: 0.5, min: 2, max: 4 },
  ],
  create({ rate, min, max }) {
    requireSupport('exponential', min, max);
    const total = rate * (max - min);
    const below = (x: number): number => rate * (x - min);
    const above = (x: number): number => rate * (max - x);
    return onSupport({
      min,
      max,
      density: (x) => rate * densityAt(below(x), above(x)),
      cdf: (x) => massBelow(below(x), above(x)),
      survival: (x) => massAbove(below(x), above(x)),
      quantile: (u) => Math.min(max, min + distanceAt(u, total) / rate),
    });
  },
};
