import type { Technology } from '../technology.ts';

/** Levels of the largest violation of a first-order condition, in logarithms: a relative difference of marginal product and cost. */
export interface ResidualLevels {
  /** The conditions hold as exactly as they can be computed. */
  readonly converged: number;
  /** Below this a step that does not help is rounding, whatever elasticities it was made with. */
  readonly rounding: number;
}

/** Differences of v know its slopes to about 1e-13, next to zero of an input to 1e-12 (`numericGradient`). */
export const residualLevels = ({ isDifferenced }: Pick<Technology, 'isDifferenced'>): ResidualLevels =>
  isDifferenced ? { converged: 1e-13, rounding: 1e-11 } : { converged: 1e-14, rounding: 1e-12 };

/** Below this the conditions count as met, where no step meets them better. */
export const ACCEPTABLE = 1e-10;
