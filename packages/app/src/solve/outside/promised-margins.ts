import type { EfficientSupply } from '@menusmith/core';
import type { BuyerChoice } from '../../plans/plan-choices.ts';
import type { Kept } from '../../study/study.ts';
import { costOfQuality } from '../supply/cost-of-quality.ts';

/** A promise that is below what a type has by no more, relative to it, is that. */
const ROUNDING = 1e-12;

/**
 * What the seller earns from each listed type who has what today's plans promise her, and none of the offers; 0 of one who has more elsewhere, `least` being the better of the two. At
 * share 1 she takes her plan; below it, her share of what she takes there: made at its least cost along a line, of which `line` is the supply, else with that chance.
 */
export const promisedMargins = (
  { share }: Kept,
  choices: readonly BuyerChoice[],
  least: Float64Array,
  line?: { readonly supply: EfficientSupply; readonly scale: number },
): Float64Array =>
  Float64Array.from(choices, ({ plan, utility, payment, cost, quality }, n) => {
    if (plan < 0 || share * utility < least[n]! * (1 - ROUNDING)) return 0;
    const made = line
      ? costOfQuality(line.supply, line.scale, share * quality).cost
      : Number.POSITIVE_INFINITY;
    return share * payment - Math.min(made, share * cost);
  });
