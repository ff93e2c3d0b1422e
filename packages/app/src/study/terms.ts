import type { Terms } from './study.ts';

/** κ ∈ [0, 1]: the weight of consumer surplus per unit of that of profit. */
export const surplusWeightOf = ({ objective }: Terms): number => objective.consumerSurplus / objective.profit;

/** Profit alone, no outside option, nothing kept, no capacity. */
export const plainTerms: Terms = { objective: { profit: 1, consumerSurplus: 0 } };
