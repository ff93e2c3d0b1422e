import { type BilledPlan, type Charge, tooMany } from './billed-menu.ts';
import { type Decimal, floor, isZero, minus, ONE, plus, times, wholeNumber, ZERO } from './decimal.ts';

/** Tokens up to the `upTo`-th, null for all others, each at a price. */
export interface Range {
  readonly upTo: number | null;
  readonly price: Decimal;
}

/**
 * What a whole number of tokens costs, by ranges of whole numbers: nothing as far as they are included, and the price beyond. Of a token that is included in
 * part the other part is paid.
 */
export const rangesOf = ({ input, included, price }: Charge, plan: BilledPlan): readonly Range[] => {
  const free = floor(included);
  const part = minus(included, free);
  const upTo = (tokens: Decimal): number => wholeNumber(tokens) ?? tooMany(plan.name, plan.place, input.name);
  return [
    ...(isZero(free) ? [] : [{ upTo: upTo(free), price: ZERO }]),
    ...(isZero(part) ? [] : [{ upTo: upTo(plus(free, ONE)), price: times(price, minus(ONE, part)) }]),
    { upTo: null, price },
  ];
};
