/** Levels of the largest violation of a first-order condition, in logarithms: a relative difference of marginal product and cost. */

/** The conditions hold as exactly as they can be computed. */
export const CONVERGED = 1e-14;

/** Below this a step that does not help is rounding, whatever elasticities it was made with. */
export const ROUNDING = 1e-12;

/** Below this the conditions count as met, where no step meets them better. */
export const ACCEPTABLE = 1e-10;
