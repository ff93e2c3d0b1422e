import { type CopulaEntry, independence } from '@menusmith/core';
import { minusLog } from './log-rank.ts';

/**
 * Gumbel copula C(u, v) = exp(−((−log u)^θ + (−log v)^θ)^{1/θ}), θ ≥ 1; Kendall's τ = 1 − 1/θ.
 *
 * Dependence is strongest where both are high. θ = 1 is independence.
 */
export const gumbel: CopulaEntry = {
  name: 'gumbel',
  doc: 'Gumbel copula: positive dependence, strongest where value and scale are both high.',
  parameters: {
    theta: { kind: 'number', doc: 'dependence; 1 is independence', min: 1 },
  },
  examples: [{ theta: 1.5 }, { theta: 4 }, { theta: 1.001 }, { theta: 1 }],
  create({ theta }) {
    if (theta === 1) return independence;
    /** log(1 + r^θ), of which s = y(1 + r^θ)^{1/θ} is made. */
    const logSum = (r: number): number => {
      const power = theta * Math.log(r);
      return power > 0 ? power + Math.log1p(Math.exp(-power)) : Math.log1p(Math.exp(power));
    };
    /** −log ∂C/∂v = (s − y) + (θ − 1) log(s/y), where x = −log u, y = −log v, s^θ = x^θ + y^θ. */
    const exponent = (u: number, v: number, uRest: number, vRest: number): number => {
      if (u === 0) return Number.POSITIVE_INFINITY;
      if (v === 0) return 0;
      const y = minusLog(v, vRest);
      const x = minusLog(u, uRest);
      if (x === 0) return 0;
      if (y === 0) return Number.POSITIVE_INFINITY;
      const sum = logSum(x / y);
      return y * Math.expm1(sum / theta) + (1 - 1 / theta) * sum;
    };
    return {
      independent: false,
      cdf(u, v) {
        if (u === 0 || v === 0) return 0;
        const [x, y] = [minusLog(u, 1 - u), minusLog(v, 1 - v)];
        const [near, far] = x < y ? [x, y] : [y, x];
        return far === 0 ? 1 : Math.exp(-far * Math.exp(logSum(near / far) / theta));
      },
      density(u, v, uRest = 1 - u, vRest = 1 - v) {
        const [x, y] = [minusLog(u, uRest), minusLog(v, vRest)];
        const [near, far] = x < y ? [x, y] : [y, x];
        if (near === 0) return far === 0 ? Number.POSITIVE_INFINITY : 0;
        if (far === Number.POSITIVE_INFINITY) return near === far ? far : 0;
        const sum = logSum(near / far);
        const s = far * Math.exp(sum / theta);
        const power = (theta - 1) * Math.log(near / far) - (2 - 1 / theta) * sum;
        return (Math.exp(near - far * Math.expm1(sum / theta) + power) * (s + theta - 1)) / far;
      },
      conditional: (u, v, uRest = 1 - u, vRest = 1 - v) => Math.exp(-exponent(u, v, uRest, vRest)),
      conditionalSurvival: (u, v, uRest = 1 - u, vRest = 1 - v) => -Math.expm1(-exponent(u, v, uRest, vRest)),
    };
  },
};
