import type { DistributionByDistance, DistributionEntry } from '@menusmith/core';
import { onSupport } from './on-support.ts';
import { requireSupport, stretchedShapes } from './support.ts';

/**
 * Kumaraswamy distribution on [min, max]: F(t) = 1 − (1 − t^a)^b at t = (x − min)/(max − min).
 *
 * The density is infinite at min if a < 1 and at max if b < 1. The maximum of n draws from U[0, 1] has a = n, b = 1.
 */
export const kumaraswamy: DistributionEntry = {
  name: 'kumaraswamy',
  doc: 'Kumaraswamy distribution with shapes a and b, stretched to [min, max]: much like beta, with a closed form.',
  parameters: stretchedShapes,
  examples: [
    { a: 2, b: 3, min: 0, max: 1 },
    { a: 1, b: 1, min: 0, max: 2 },
    { a: 0.5, b: 0.7, min: 1, max: 3 },
    { a: 12, b: 0.8, min: 0, max: 1 },
    { a: 3, b: 20, min: 0, max: 10 },
  ],
  create({ a, b, min, max }) {
    requireSupport('kumaraswamy', min, max);
    const width = max - min;
    /** log t and log(1 − t^a), each from the nearer end. */
    const logarithms = (fromMin: number, fromMax: number): readonly [number, number] => {
      const t = fromMin / width;
      const logT = t < 0.5 ? Math.log(t) : Math.log1p(-fromMax / width);
      return [logT, logOneMinusExp(a * logT)];
    };
    const densityAt = (logT: number, logRest: number): number => {
      // At an end one logarithm is −∞, and its factor is 1 where the shape is 1.
      const lower = a === 1 ? 1 : Math.exp((a - 1) * logT);
      const upper = b === 1 ? 1 : Math.exp((b - 1) * logRest);
      return (a * b * lower * upper) / width;
    };
    const logRestOf = (x: number): number => logarithms(x - min, max - x)[1];
    const distribution: DistributionByDistance = {
      ...onSupport({
        min,
        max,
        density: (x) => densityAt(...logarithms(x - min, max - x)),
        cdf: (x) => -Math.expm1(b * logRestOf(x)),
        survival: (x) => Math.exp(b * logRestOf(x)),
        quantile(u) {
          const logRest = u < 0.5 ? Math.log1p(-u) / b : Math.log(1 - u) / b;
          const logT = logOneMinusExp(logRest) / a;
          return logT < -Math.LN2 ? min + width * Math.exp(logT) : max + width * Math.expm1(logT);
        },
      }),
      at: (fromMin, fromMax) => {
        const [logT, logRest] = logarithms(fromMin, fromMax);
        return {
          density: densityAt(logT, logRest),
          cdf: -Math.expm1(b * logRest),
          survival: Math.exp(b * logRest),
        };
      },
    };
    return distribution;
  },
};

/** log(1 − eʸ) for y ≤ 0, with its relative accuracy at both ends. */
const logOneMinusExp = (y: number): number =>
  y > -Math.LN2 ? Math.log(-Math.expm1(y)) : Math.log1p(-Math.exp(y));
