/**
 * Copula C(u, v) of value and scale on [0, 1]²: the joint distribution of their ranks.
 *
 * Beside a rank its distance from 1 can be given, which 1 − u would round away: `uRest` is 1 − u, `vRest` is 1 − v. With them
 * density and conditionals keep their relative accuracy in every corner.
 */
export interface Copula {
  /** True for C(u, v) = uv, where each scale can be solved on its own. */
  readonly independent: boolean;
  /** C(u, v): the share of buyers whose ranks are at most u and v. */
  cdf(u: number, v: number): number;
  /** ∂²C/∂u∂v; may be infinite at a corner. */
  density(u: number, v: number, uRest?: number, vRest?: number): number;
  /** ∂C/∂v: the probability that the value's rank is at most u, given the scale's rank v. */
  conditional(u: number, v: number, uRest?: number, vRest?: number): number;
  /** 1 − ∂C/∂v by its own formula: the probability that the value's rank is above u, given the scale's rank v. */
  conditionalSurvival(u: number, v: number, uRest?: number, vRest?: number): number;
}

/** C(u, v) = uv. */
export const independence: Copula = {
  independent: true,
  cdf: (u, v) => u * v,
  density: () => 1,
  conditional: (u) => u,
  conditionalSurvival: (u, _v, uRest = 1 - u) => uRest,
};
