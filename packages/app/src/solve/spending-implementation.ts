import { simulateSpending } from '@menusmith/core';
import type { Implementer } from './implementer.ts';
import { simulationResult } from './offered-scale.ts';

/** The direct menu as maximum-spend items: inputs at their cost, and the item's cost is the most to be spent. */
export const maximumSpend: Implementer = {
  termsOf: ({ cost }) => ({ markup: 1, spendingCap: cost }),
  offer: (profit, offered) =>
    simulationResult(profit, offered, simulateSpending(offered, 1e-8 * Math.abs(profit))),
  tiers: 'bundle',
};
