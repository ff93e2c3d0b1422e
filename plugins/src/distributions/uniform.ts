import type { DistributionEntry } from '@menusmith/core';
import { maximum, minimum, requireSupport } from './support.ts';

/** Uniform distribution on [min, max]: F(x) = (x − min) / (max − min). */
export const uniform: DistributionEntry = {
  name: 'uniform',
  doc: 'Every point of [min, max] alike.',
  parameters: { min: minimum, max: maximum },
  examples: [
    { min: 0, max: 1 },
    { min: 1, max: 2 },
    { min: 0.35, max: 40 },
  ],
  create({ min, max }) {
    requireSupport('uniform', min, max);
    const width = max - min;
    const level = 1 / width;
    return {
      min,
      max,
      breakpoints: [],
      density: (x) => (x >= min && x <= max ? level : 0),
      cdf: (x) => (x <= min ? 0 : x >= max ? 1 : (x - min) / width),
      survival: (x) => (x <= min ? 1 : x >= max ? 0 : (max - x) / width),
      quantile: (u) => (u <= 0.5 ? min + u * width : max - (1 - u) * width),
    };
  },
};
