import { type CopulaEntry, independence } from '@menusmith/core';
import { minusLog, softplus } from './log-rank.ts';

/**
 * Clayton copula C(u, v) = (u^{−θ} + v^{−θ} − 1)^{−1/θ}, θ ≥ 0; Kendall's τ = θ/(θ + 2).
 *
 * Dependence is strongest where both are low. The family also extends to θ ∈ [−1, 0), with a region of no mass and a density
 * that jumps at its edge; that part is left out. θ = 0 is independence.
 */
export const clayton: CopulaEntry = {
  name: 'clayton',
  doc: 'Clayton copula: positive dependence, strongest where value and scale are both low.',
  parameters: {
    theta: { kind: 'number', doc: 'dependence; 0 is independence', min: 0 },
  },
  examples: [{ theta: 2 }, { theta: 0.3 }, { theta: 9 }, { theta: 1e-9 }, { theta: 0 }],
  create({ theta }) {
    if (theta === 0) return independence;
    /** log A of A = v^θ (u^{−θ} − 1), given −θ log u and −θ log v. */
    const logA = (a: number, b: number): number => (a > 40 ? a : Math.log(Math.expm1(a))) - b;
    /** −log ∂C/∂v = (1 + 1/θ) log(1 + A). */
    const exponent = (u: number, v: number, uRest: number, vRest: number): number =>
      u === 0
        ? Number.POSITIVE_INFINITY
        : (1 + 1 / theta) * softplus(logA(theta * minusLog(u, uRest), theta * minusLog(v, vRest)));
    return {
      independent: false,
      cdf(u, v) {
        if (u === 0 || v === 0) return 0;
        const a = theta * minusLog(u, 1 - u);
        const b = theta * minusLog(v, 1 - v);
        return Math.exp(-(b + softplus(logA(a, b))) / theta);
      },
      density(u, v, uRest = 1 - u, vRest = 1 - v) {
        const a = theta * minusLog(u, uRest);
        const b = theta * minusLog(v, vRest);
        const [near, far] = a < b ? [a, b] : [b, a];
        if (far === Number.POSITIVE_INFINITY) return near === far ? far : 0;
        // log(u^{−θ} + v^{−θ} − 1) = far + rest.
        const rest = Math.log1p(Math.exp(-far) * Math.expm1(near));
        return (1 + theta) * Math.exp((1 + 1 / theta) * near - far - (2 + 1 / theta) * rest);
      },
      conditional: (u, v, uRest = 1 - u, vRest = 1 - v) => Math.exp(-exponent(u, v, uRest, vRest)),
      conditionalSurvival: (u, v, uRest = 1 - u, vRest = 1 - v) => -Math.expm1(-exponent(u, v, uRest, vRest)),
    };
  },
};
