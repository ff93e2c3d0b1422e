import type { EfficientSupply } from './efficient-supply.ts';
import type { Input } from './input.ts';

/** Amounts of inputs, as a production function receives them. Read only; the buffer is reused. */
export type Amounts = Float64Array;

/**
 * Production function v(x, z): the quality of one task from its own inputs x and the shared inputs z (paper, Section 2).
 *
 * `value` is all that must be given. Without `gradient` the core differentiates numerically.
 */
export interface ProductionFunction {
  /** v(x, z) ≥ 0, finite: x has the task inputs and z the shared ones, in the order of the names that `create` gets. */
  value(x: Amounts, z: Amounts): number;
  /** Writes ∂v/∂x and then ∂v/∂z into `out` (length: task inputs + shared inputs). */
  gradient?(x: Amounts, z: Amounts, out: Float64Array): void;
  /** As `gradient`, and returns v: for production functions whose derivatives need v anyway. */
  valueWithGradient?(x: Amounts, z: Amounts, out: Float64Array): number;
  /**
   * σ in (0, 1) when v(t·x, z) = t^σ·v(x, z). Then token packages reduce to the representative type
   * θ = (∫ w^{1/(1−σ)} di)^{1−σ} (Lemma 2 holds for this whole class).
   */
  readonly degree?: number;
  /**
   * The production function of the task at i in [0, 1], where tasks differ (Section 8); absent where they are alike. `value` and its
   * derivatives are then those of the task in the middle, and there is neither a degree nor a closed form.
   */
  atTask?(i: number): ProductionFunction;
  /** The efficient supply in closed form, where there is one: a benchmark of the numeric path, and faster. */
  closedForm?(inputs: readonly Input[]): EfficientSupply;
}
