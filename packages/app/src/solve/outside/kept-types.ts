import type { CertifiedMenu } from '@menusmith/core';
import type { BuyerChoice } from '../../plans/plan-choices.ts';
import type { Kept } from '../../study/study.ts';

/** Up to these shares of the largest transfer beyond the plan's, surplus and margin are the plan's. */
export interface AsKnown {
  readonly surplus: number;
  readonly margin: number;
}

/** A solver that ends at a gap knows an item to the root of it. */
const TO_A_GAP: AsKnown = { surplus: 1e-6, margin: 1e-5 };

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
  known: AsKnown = TO_A_GAP,
): boolean =>
  item.rent <= plan.utility + known.surplus * money && item.margin <= plan.margin + known.margin * money;

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
