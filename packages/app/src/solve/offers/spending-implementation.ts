import { simulateSpending } from '@menusmith/core';
import type { Implementer } from './implementer.ts';
import { simulationResult, tieOf } from './offered-scale.ts';

/** The direct menu as maximum-spend items: inputs at their cost, and the item's cost is the most to be spent. */
export const maximumSpend: Implementer = {
  termsOf: ({ cost }) => ({ markup: 1, spendingCap: cost }),
  offer: (direct, offered) => simulationResult(direct, offered, simulateSpending(offered, tieOf(direct))),
  ofType: {
    termsOf: (_, cost) => ({ markup: 1, spendingCap: cost }),
    varied: (terms, factor) => ({ ...terms, spendingCap: terms.spendingCap / factor }),
  },
  isCapBeside: false,
  tiers: 'bundle',
};
