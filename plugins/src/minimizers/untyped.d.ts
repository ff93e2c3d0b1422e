/* Declarations of the two minimizer libraries, which come without types: only what is used here. */

declare module 'fmin' {
  interface Minimum {
    readonly x: number[];
    readonly fx: number;
  }
  export function nelderMead(
    objective: (x: number[]) => number,
    start: number[],
    options?: { maxIterations?: number; minErrorDelta?: number },
  ): Minimum;
  /** The objective writes its gradient into its second argument. */
  export function conjugateGradient(
    objective: (x: number[], gradient: number[]) => number,
    start: number[],
    options?: { maxIterations?: number },
  ): Minimum;
}

declare module 'optimization-js' {
  interface Solution {
    readonly argument: number[];
    readonly fncvalue: number;
  }
  type Objective = (x: number[]) => number;
  type Gradient = (x: number[]) => number[];
  const optimization: {
    minimize_L_BFGS(objective: Objective, gradient: Gradient, start: number[]): Solution;
    minimize_GradientDescent(objective: Objective, gradient: Gradient, start: number[]): Solution;
    minimize_Powell(objective: Objective, start: number[]): Solution;
  };
  export default optimization;
}
