/** Copula C(u, v) of value and scale on [0, 1]²: the joint distribution of their ranks. */
export interface Copula {
  /** True for C(u, v) = uv, where each scale can be solved on its own. */
  readonly independent: boolean;
  cdf(u: number, v: number): number;
  density(u: number, v: number): number;
  /** ∂C/∂v: the probability that the value's rank is at most u, given the scale's rank v. */
  conditional(u: number, v: number): number;
}
