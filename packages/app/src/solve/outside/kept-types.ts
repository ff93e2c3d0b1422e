import type { CertifiedMenu } from '@menusmith/core';
import type { BuyerChoice } from '../../plans/plan-choices.ts';
import type { Kept } from '../../study/study.ts';

/** Below these shares of the largest transfer, surplus and margin are the plan's: a solver knows an item to the root of its gap. */
const SURPLUS = 1e-6;
const MARGIN = 1e-5;

interface Left {
  readonly margin: number;
}

/**
 * Whether a type keeps her plan, which stays on sale at share 1: the menu's item leaves her no more than it does, and the seller no more either. Where
 * the same quality can be made at less than what she uses under the plan costs, she has an item in its place.
 */
export const isKept = (
  plan: Left & { readonly utility: number },
  item: Left & { readonly rent: number },
  money: number,
): boolean => item.rent <= plan.utility + SURPLUS * money && item.margin <= plan.margin + MARGIN * money;

/** Who of listed types takes one of today's plans. */
export const keptTypes = (
  { share }: Kept,
  choices: readonly BuyerChoice[],
  { choices: items, rents, transfers, costs, money }: CertifiedMenu,
): readonly boolean[] =>
  choices.map(({ plan, utility, payment, cost }, n) => {
    if (share < 1 || plan < 0) return false;
    const k = items[n]!;
    const margin = k < 0 ? 0 : transfers[k]! - costs[k]!;
    return isKept({ utility, margin: payment - cost }, { rent: rents[n]!, margin }, money);
  });
