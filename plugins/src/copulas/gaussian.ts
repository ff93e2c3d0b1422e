import { type CopulaEntry, independence, integrate } from '@menusmith/core';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';

/**
 * Gaussian copula: the ranks of two normal variables with correlation rho ∈ (−1, 1); Kendall's τ = (2/π) arcsin rho.
 *
 * Given v, the normal score of u is normal with mean rho·Φ⁻¹(v) and variance 1 − rho². rho is the correlation of the scores, not
 * of value and scale.
 */
export const gaussian: CopulaEntry = {
  name: 'gaussian',
  doc: 'Gaussian copula: the dependence of two normal variables with correlation rho.',
  parameters: {
    rho: { kind: 'number', doc: 'correlation of the normal scores; 0 is independence', above: -1, below: 1 },
  },
  examples: [{ rho: 0.5 }, { rho: -0.8 }, { rho: 0.97 }, { rho: 1e-3 }, { rho: 0 }],
  create({ rho }) {
    if (rho === 0) return independence;
    const variance = (1 - rho) * (1 + rho);
    const deviation = Math.sqrt(variance);
    const sign = Math.sign(rho);
    // At one rank after the other density and conditionals are wanted, and often at many ranks of values for one of scales.
    const [scoreU, scoreV] = [rememberedScore(), rememberedScore()];
    const conditionalScore = (u: number, v: number, uRest: number, vRest: number): number => {
      if (u === 0 || uRest === 0) return u === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      return (scoreU(u, uRest) - rho * scoreV(v, vRest)) / deviation;
    };
    return {
      independent: false,
      cdf(u, v) {
        if (u === 0 || v === 0) return 0;
        if (u === 1 || v === 1) return Math.min(u, v);
        const x = scoreU(u, 1 - u);
        const y = scoreV(v, 1 - v);
        // ∂Φ₂/∂rho is the bivariate density (Plackett 1954); rho = sin t removes the factor 1/√(1 − rho²).
        const gap = x - sign * y;
        const { values } = integrate(
          (t, out) => {
            const far = gap / Math.cos(t);
            out[0] = Math.exp(-(far * far) / 2 - (sign * x * y) / (1 + Math.sin(t)));
          },
          1,
          [{ from: 0, to: Math.asin(Math.abs(rho)), singular: 'none' }],
          1e-15,
        );
        return Math.max(0, u * v + (sign * values[0]!) / (2 * Math.PI));
      },
      density(u, v, uRest = 1 - u, vRest = 1 - v) {
        const x = scoreU(u, uRest);
        const y = scoreV(v, vRest);
        if (!Number.isFinite(x * y)) return x === sign * y ? Number.POSITIVE_INFINITY : 0;
        const far = rho * (x - sign * y);
        return Math.exp((rho * x * y) / (1 + Math.abs(rho)) - (far * far) / (2 * variance)) / deviation;
      },
      conditional: (u, v, uRest = 1 - u, vRest = 1 - v) =>
        erfc(-conditionalScore(u, v, uRest, vRest) / Math.SQRT2) / 2,
      conditionalSurvival: (u, v, uRest = 1 - u, vRest = 1 - v) =>
        erfc(conditionalScore(u, v, uRest, vRest) / Math.SQRT2) / 2,
    };
  },
};

/** Φ⁻¹(u), with 1 − u = rest. */
const normalScore = (u: number, rest: number): number =>
  u < 0.5 ? -Math.SQRT2 * erfcinv(2 * u) : Math.SQRT2 * erfcinv(2 * rest);

/** Φ⁻¹, which knows its last answer. */
const rememberedScore = (): typeof normalScore => {
  let [knownU, knownRest, score] = [Number.NaN, Number.NaN, Number.NaN];
  return (u, rest) => {
    if (u !== knownU || rest !== knownRest) {
      score = normalScore(u, rest);
      [knownU, knownRest] = [u, rest];
    }
    return score;
  };
};
