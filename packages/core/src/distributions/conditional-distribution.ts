import { root } from '../integration/root.ts';
import type { Copula } from './copula.ts';
import type { Distribution } from './distribution.ts';
import { massSplits } from './mass-splits.ts';

/**
 * Distribution of the value among buyers whose scale has rank v: F(w | v) = ∂C/∂v (F(w), v), f(w | v) = c(F(w), v) f(w).
 *
 * `vRest` is 1 − v, which is not rounded where it is given.
 */
export const conditionalDistribution = (
  values: Distribution,
  copula: Copula,
  v: number,
  vRest: number = 1 - v,
): Distribution => {
  const { min, max, breakpoints } = values;
  const cdf = (x: number): number => copula.conditional(values.cdf(x), v, values.survival(x), vRest);
  const survival = (x: number): number =>
    copula.conditionalSurvival(values.cdf(x), v, values.survival(x), vRest);
  return {
    min,
    max,
    breakpoints,
    steepAt: massSplits(values),
    cdf,
    survival,
    density: (x) => {
      const own = values.density(x);
      return own === 0 ? 0 : own * copula.density(values.cdf(x), v, values.survival(x), vRest);
    },
    quantile: (u) => {
      if (!(u > 0)) return min;
      if (!(u < 1)) return max;
      // Each tail by its own formula.
      const distance = u < 0.5 ? (x: number) => cdf(x) - u : (x: number) => 1 - u - survival(x);
      return root(distance, values.quantile(0), values.quantile(1));
    },
  };
};
