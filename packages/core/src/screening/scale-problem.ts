import type { Distribution } from '../distributions/distribution.ts';
import type { EfficientSupply } from '../supply/efficient-supply.ts';
import type { ServedValue } from './served-value.ts';

/** One-dimensional screening at a given scale: who the buyers are, as what they are served, and what that costs. */
export interface ScaleProblem {
  readonly types: Distribution;
  /** φ̄ for the seller's optimum, the types themselves for efficiency. */
  readonly served: ServedValue;
  readonly supply: EfficientSupply;
  /** Number of tasks; 1 for token packages. */
  readonly scale: number;
}
