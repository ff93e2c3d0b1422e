import { type CopulaEntry, independence } from '@menusmith/core';

/**
 * Farlie–Gumbel–Morgenstern copula C(u, v) = uv(1 + θ(1 − u)(1 − v)), θ ∈ [−1, 1]; Kendall's τ = 2θ/9.
 *
 * Weak dependence only: |τ| ≤ 2/9.
 */
export const fgm: CopulaEntry = {
  name: 'fgm',
  doc: 'Farlie–Gumbel–Morgenstern copula: weak dependence, polynomial.',
  parameters: {
    theta: { kind: 'number', doc: 'dependence; 0 is independence', min: -1, max: 1 },
  },
  examples: [{ theta: 0.5 }, { theta: -0.7 }, { theta: 1 }, { theta: -1 }, { theta: 0 }],
  create({ theta }) {
    if (theta === 0) return independence;
    /** 1 − t·r·|1 − 2v| without cancellation, where r = 1 − rest and vNear is the smaller of v and 1 − v. */
    const oneMinus = (t: number, r: number, rest: number, vNear: number): number =>
      t > 0 ? 1 - t + t * (rest + 2 * vNear * r) : 1 - t * r * (1 - 2 * vNear);
    return {
      independent: false,
      cdf: (u, v) => u * v * (1 + theta * (1 - u) * (1 - v)),
      density(u, v, uRest = 1 - u, vRest = 1 - v) {
        // From the nearest corner: 1 + t(1 − 2p)(1 − 2q).
        const t = u < uRest === v < vRest ? theta : -theta;
        const p = Math.min(u, uRest);
        const q = Math.min(v, vRest);
        return 1 + t - 2 * t * (p + q - 2 * p * q);
      },
      conditional(u, v, uRest = 1 - u, vRest = 1 - v) {
        const t = v < vRest ? theta : -theta;
        return u * oneMinus(-t, uRest, u, Math.min(v, vRest));
      },
      conditionalSurvival(u, v, uRest = 1 - u, vRest = 1 - v) {
        const t = v < vRest ? theta : -theta;
        return uRest * oneMinus(t, u, uRest, Math.min(v, vRest));
      },
    };
  },
};
