import type { Plan } from '@menusmith/core';
import type { shownAmounts } from './shown-amounts.ts';

/** Digits of what a plan includes, as people write it. */
const DIGITS = 3;
const MOST_ROUNDS = 20;

type Amounts = ReturnType<typeof shownAmounts>;

/**
 * Plans whose fees, prices and commitments are amounts that may be written, and whose allowances have three digits: from the nearest, and the next below of fees and commitments, one amount after
 * the other goes up or down to the next while what is maximised gains. A price above 0 stays one.
 */
export const roundedPlans = (
  plans: readonly Plan[],
  { sums, prices }: Amounts,
  worth: (plans: readonly Plan[]) => number,
): readonly Plan[] => {
  let menu = plans.map(
    (plan): Plan => ({
      ...plan,
      fee: sums.atMost(plan.fee),
      commitment: sums.atMost(plan.commitment),
      prices: mapped(plan.prices, prices.nearest),
      included: mapped(plan.included, (amount) => Number(amount.toPrecision(DIGITS))),
    }),
  );
  let most = worth(menu);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = most;
    for (let k = 0; k < menu.length; k++)
      for (const change of changesOf(menu[k]!, { sums, prices })) {
        for (;;) {
          const next = menu.map((plan, j) => (j === k ? change(plan) : plan));
          const own = next[k] === menu[k] ? Number.NEGATIVE_INFINITY : worth(next);
          if (!(own > most)) break;
          [menu, most] = [next, own];
        }
      }
    if (!(most > before)) break;
  }
  return menu;
};

type Change = (plan: Plan) => Plan;

const changesOf = (plan: Plan, { sums, prices }: Amounts): readonly Change[] => {
  const ofField =
    (field: 'fee' | 'commitment', by: 1 | -1): Change =>
    (own) => {
      const next = sums.next(own[field], by);
      return next === own[field] ? own : { ...own, [field]: next };
    };
  const ofPrice =
    (name: string, by: 1 | -1): Change =>
    (own) => {
      const next = prices.next(own.prices[name]!, by);
      return next > 0 ? { ...own, prices: { ...own.prices, [name]: next } } : own;
    };
  const fields = (['fee', 'commitment'] as const).filter((field) => plan[field] > 0);
  return ([1, -1] as const).flatMap((by) => [
    ...fields.map((field) => ofField(field, by)),
    ...Object.keys(plan.prices).map((name) => ofPrice(name, by)),
  ]);
};

const mapped = (
  amounts: Readonly<Record<string, number>>,
  of: (amount: number) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, of(amount)]));
