import { type Copula, type CopulaEntry, independence } from '@menusmith/core';
import { softplus } from './log-rank.ts';

/**
 * Frank copula C(u, v) = −log(1 + (e^{−θu} − 1)(e^{−θv} − 1)/(e^{−θ} − 1))/θ, any θ; θ = 0 is independence.
 *
 * Symmetric about both diagonals, no dependence in the tails. Negative θ is the mirror image: C₋θ(u, v) = u − Cθ(u, 1 − v).
 */
export const frank: CopulaEntry = {
  name: 'frank',
  doc: 'Frank copula: dependence of either sign, alike where both are low and where both are high.',
  parameters: {
    theta: { kind: 'number', doc: 'dependence; 0 is independence' },
  },
  examples: [{ theta: 5 }, { theta: -5 }, { theta: 30 }, { theta: 1e-6 }, { theta: 0 }],
  create: ({ theta }) => (theta === 0 ? independence : theta > 0 ? positive(theta) : mirrored(-theta)),
};

const positive = (theta: number): Copula => {
  const whole = -Math.expm1(-theta);
  const part = (u: number): number => -Math.expm1(-theta * u);
  /** u − v, from the nearer corner. */
  const difference = (u: number, v: number, uRest: number, vRest: number): number =>
    u + v > 1 ? vRest - uRest : u - v;
  /** (1 − ∂C/∂v) / (∂C/∂v): both are sums of positive terms. */
  const odds = (u: number, v: number, uRest: number, vRest: number): number =>
    (Math.exp(-theta * difference(u, v, uRest, vRest)) * part(uRest)) / part(u);
  return {
    independent: false,
    cdf(u, v) {
      const share = (part(u) * part(v)) / whole;
      if (share < 0.5) return -Math.log1p(-share) / theta;
      if (u === 1 || v === 1) return Math.min(u, v);
      // 1 − share = left/whole, with e^{−θ·least} taken out where it would underflow.
      const least = theta > 1 ? Math.min(u, v) : 0;
      const left = part(u) * Math.exp(-theta * (v - least)) + part(1 - u) * Math.exp(-theta * (u - least));
      return least - Math.log(left / whole) / theta;
    },
    density(u, v, uRest = 1 - u, vRest = 1 - v) {
      const half = Math.exp((theta * difference(u, v, uRest, vRest)) / 2);
      return (theta * whole) / (part(u) * half + part(uRest) / half) ** 2;
    },
    conditional: (u, v, uRest = 1 - u, vRest = 1 - v) => (u === 0 ? 0 : 1 / (1 + odds(u, v, uRest, vRest))),
    conditionalSurvival(u, v, uRest = 1 - u, vRest = 1 - v) {
      if (u === 0) return 1;
      const ratio = odds(u, v, uRest, vRest);
      return ratio < 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio);
    },
  };
};

const mirrored = (theta: number): Copula => {
  const straight = positive(theta);
  const logPart = (u: number): number => Math.log(-Math.expm1(-theta * u));
  return {
    independent: false,
    cdf: (u, v) =>
      u === 1
        ? v
        : v === 1
          ? u
          : softplus(theta * (u - (1 - v)) + logPart(u) + logPart(v) - logPart(1)) / theta,
    density: (u, v, uRest = 1 - u, vRest = 1 - v) => straight.density(u, vRest, uRest, v),
    conditional: (u, v, uRest = 1 - u, vRest = 1 - v) => straight.conditional(u, vRest, uRest, v),
    conditionalSurvival: (u, v, uRest = 1 - u, vRest = 1 - v) =>
      straight.conditionalSurvival(u, vRest, uRest, v),
  };
};
