import type { Plan } from '@menusmith/core';
import type { ShownAmounts, shownAmounts } from './shown-amounts.ts';

/** Digits of what a plan includes, as people write it. */
const DIGITS = 3;
const MOST_ROUNDS = 20;

type Amounts = ReturnType<typeof shownAmounts>;

/** What plans are worth to the seller, and what a type would pay at most for one of a menu, beside the others and what she has anyway. */
export interface RoundedSales {
  worth(plans: readonly Plan[]): number;
  /** Fees of a plan without one beside others, at which some type is just indifferent. */
  fees(free: Plan, others: readonly Plan[]): readonly number[];
  /** Whether types are few enough for many moves to be tried. */
  readonly isOfFew: boolean;
}

/**
 * Plans whose fees, prices and commitments are amounts that may be written, and whose allowances have three digits: from the nearest, and the next below of fees and commitments, prices go up
 * and down by a few amounts, each with the fees that leave somebody just indifferent, or a few commitments, while what is maximised gains. A price above 0 stays one.
 */
export const roundedPlans = (
  plans: readonly Plan[],
  { sums, prices }: Amounts,
  { worth, fees, isOfFew }: RoundedSales,
): readonly Plan[] => {
  const strides = isOfFew ? FEW : MANY;
  let menu = plans.map(
    (plan): Plan => ({
      ...plan,
      fee: sums.atMost(plan.fee),
      commitment: plan.commitment > 0 ? sums.atMost(plan.commitment) : 0,
      prices: mapped(plan.prices, prices.nearest),
      included: mapped(plan.included, (amount) => Number(amount.toPrecision(DIGITS))),
    }),
  );
  let most = worth(menu);
  const tried = (k: number, plan: Plan): void => {
    const next = menu.map((own, j) => (j === k ? plan : own));
    const own = worth(next);
    if (own > most) [menu, most] = [next, own];
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = most;
    for (let k = 0; k < menu.length; k++) {
      const others = menu.filter((_, j) => j !== k);
      for (const plan of variantsOf(menu[k]!, prices, strides))
        if (plan.commitment > 0)
          for (const commitment of near(plan.commitment, sums, strides)) tried(k, { ...plan, commitment });
        else {
          const free = { ...plan, fee: 0 };
          const asked = fees(free, others).map(sums.atMost);
          for (const fee of new Set([sums.least, ...near(plan.fee, sums, strides), ...asked]))
            tried(k, { ...plan, fee });
        }
    }
    if (!(most > before)) break;
  }
  return menu;
};

/** So many amounts up and down: of sums, and of prices. */
interface Strides {
  readonly sums: readonly number[];
  readonly prices: readonly number[];
}
/** Among few types what is maximised jumps, and each move is cheap. */
const FEW: Strides = { sums: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16], prices: [1, 2, 3, 5, 8] };
const MANY: Strides = { sums: [1, 2, 4], prices: [1] };

const stridden = (amount: number, strides: number, by: 1 | -1, next: ShownAmounts['next']): number => {
  let at = amount;
  for (let stride = 0; stride < strides; stride++) at = next(at, by);
  return at;
};

const near = (amount: number, { next }: ShownAmounts, strides: Strides): readonly number[] => [
  amount,
  ...strides.sums.flatMap((count) => ([1, -1] as const).map((by) => stridden(amount, count, by, next))),
];

/** The plan, and the same with one price, or all, up or down. */
const variantsOf = (plan: Plan, { next }: ShownAmounts, strides: Strides): readonly Plan[] => {
  const names = Object.keys(plan.prices);
  const moved = (those: readonly string[], count: number, by: 1 | -1): Plan => ({
    ...plan,
    prices: Object.fromEntries(
      Object.entries(plan.prices).map(([name, price]) => [
        name,
        those.includes(name) ? stridden(price, count, by, next) : price,
      ]),
    ),
  });
  const sets = names.length > 1 ? [...names.map((name) => [name]), names] : names.map((name) => [name]);
  const all = sets.flatMap((those) =>
    strides.prices.flatMap((count) => ([1, -1] as const).map((by) => moved(those, count, by))),
  );
  return [plan, ...all.filter((own) => Object.values(own.prices).every((price) => price > 0))];
};

const mapped = (
  amounts: Readonly<Record<string, number>>,
  of: (amount: number) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, of(amount)]));
