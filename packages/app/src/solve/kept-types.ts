import type { CertifiedMenu } from '@menusmith/core';
import type { KeptChoice } from '../plans/kept-plans.ts';
import type { Kept } from '../study/study.ts';

/** Below these shares of the largest transfer, surplus and margin are the plan's: a solver knows an item to the root of its gap. */
const SURPLUS = 1e-6;
const MARGIN = 1e-5;

/**
 * Who takes one of today's plans, which stay on sale at share 1: types whose item leaves them no more than their plan does, and the seller no more
 * either. Where the same quality can be made at less than what they use under the plan costs, they have an item in its place.
 */
export const keptTypes = (
  { share }: Kept,
  choices: readonly KeptChoice[],
  { choices: items, rents, transfers, costs, money }: CertifiedMenu,
): readonly boolean[] =>
  choices.map(({ plan, utility, payment, cost }, n) => {
    if (share < 1 || plan < 0) return false;
    const k = items[n]!;
    const margin = k < 0 ? 0 : transfers[k]! - costs[k]!;
    return rents[n]! <= utility + SURPLUS * money && margin <= payment - cost + MARGIN * money;
  });
