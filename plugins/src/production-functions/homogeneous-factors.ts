import type { Amounts } from '@menusmith/core';

/** How task inputs come together: h(x), homogeneous of degree σ in (0, 1), smooth and concave. */
export interface TaskAggregate {
  /** σ; 0 where there are no task inputs. */
  readonly degree: number;
  /** log h(x), −∞ where h is 0; writes ∂ log h/∂ log x_j into `elasticities`. */
  logValue(x: Amounts, elasticities?: Float64Array): number;
  /** The x̂ of highest h(x̂) among those with c·x̂ = σ. */
  bundle(costs: Float64Array): Float64Array;
}

/** Π (b_k + z_k)^{e_k}. */
export interface SharedFactors {
  readonly exponents: Float64Array;
  readonly bases: Float64Array;
}
