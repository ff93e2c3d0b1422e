/** The task handed to a minimizer: minimise `objective` from `start`, with its gradient where one is asked for. */
export interface MinimizationProblem {
  objective(x: readonly number[]): number;
  gradient(x: readonly number[]): number[];
  readonly start: readonly number[];
}

/**
 * A general-purpose minimizer from elsewhere. It only proposes a point: `minimizeGuarded` counts its evaluations,
 * stops it, recomputes its value and checks the first-order conditions.
 */
export interface Minimizer {
  /** Whether it calls `gradient`. */
  readonly usesGradient: boolean;
  /** The point that it takes for the minimum, of as many numbers as `start`. */
  propose(problem: MinimizationProblem): readonly number[];
}
