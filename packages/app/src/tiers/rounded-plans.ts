import type { Plan } from '@menusmith/core';

/** Digits of what a plan includes, as people write it. */
const DIGITS = 3;
const MOST_ROUNDS = 20;

/**
 * Plans whose fees, prices and commitments are multiples of a step, and whose allowances have three digits: from the nearest below, one amount after the other goes a step up or down
 * while what is maximised gains. A price above 0 stays one.
 */
export const roundedPlans = (
  plans: readonly Plan[],
  step: number,
  worth: (plans: readonly Plan[]) => number,
): readonly Plan[] => {
  const down = (amount: number): number => multiple(Math.floor(amount / step + 1e-9), step);
  let menu = plans.map(
    (plan): Plan => ({
      ...plan,
      fee: down(plan.fee),
      commitment: down(plan.commitment),
      prices: mapped(plan.prices, (price) => Math.max(step, multiple(Math.round(price / step), step))),
      included: mapped(plan.included, (amount) => Number(amount.toPrecision(DIGITS))),
    }),
  );
  let most = worth(menu);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = most;
    for (let k = 0; k < menu.length; k++)
      for (const change of changesOf(menu[k]!, step)) {
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

const changesOf = (plan: Plan, step: number): readonly Change[] => {
  const moved = (amount: number, by: number, least: number): number => {
    const next = multiple(Math.round(amount / step) + by, step);
    return next >= least ? next : amount;
  };
  const ofField =
    (field: 'fee' | 'commitment', by: number): Change =>
    (own) => {
      const next = moved(own[field], by, 0);
      return next === own[field] ? own : { ...own, [field]: next };
    };
  const ofPrice =
    (name: string, by: number): Change =>
    (own) => {
      const next = moved(own.prices[name]!, by, step);
      return next === own.prices[name] ? own : { ...own, prices: { ...own.prices, [name]: next } };
    };
  const fields = (['fee', 'commitment'] as const).filter((field) => plan[field] > 0);
  return [1, -1].flatMap((by) => [
    ...fields.map((field) => ofField(field, by)),
    ...Object.keys(plan.prices).map((name) => ofPrice(name, by)),
  ]);
};

/** n · step as people write it: 3 · 0.05 is 0.15. */
const multiple = (n: number, step: number): number => Number((n * step).toPrecision(12));

const mapped = (
  amounts: Readonly<Record<string, number>>,
  of: (amount: number) => number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, of(amount)]));
