/*
 * Menus at random, written by hand as JSON so that every number is known as a decimal, and what their plans' own rule makes of a usage:
 * fee + max(commitment, Σ price · (use − included)⁺).
 */
import { type Bill, larger, money, UNIT, type Usage } from './money.ts';

export interface WrittenPlan {
  readonly name: string;
  /** Decimals as they stand in the file. */
  readonly fee: string;
  readonly commitment: string;
  readonly included: Readonly<Record<string, string>>;
  readonly prices: Readonly<Record<string, string>>;
}

/** Numbers that look random in [0, 1), the same for the same seed (mulberry32). */
export const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** What a system can say. */
export interface Sayable {
  readonly commitment: 'any' | 'of one input' | 'none';
  readonly caps: boolean;
}

export const inputs = ['input', 'cached', 'output'] as const;

export const randomPlans = (roll: () => number, { commitment, caps }: Sayable): readonly WrittenPlan[] => {
  const whole = (most: number): number => Math.floor(roll() * (most + 1));
  const decimal = (most: number, places: number): string => (whole(most) / 10 ** places).toFixed(places);
  return Array.from({ length: 1 + whole(3) }, (_, k): WrittenPlan => {
    const included: Record<string, string> = {};
    const prices: Record<string, string> = {};
    for (const input of inputs) {
      if (roll() < 0.2) continue;
      const isSold = roll() < 0.7;
      if (isSold) prices[input] = roll() < 0.1 ? '0' : decimal(99_999, 1 + whole(3));
      // Some in whole tokens, and some in parts of one.
      if (roll() < 0.6 && (isSold || caps)) included[input] = decimal(9_999_999, roll() < 0.5 ? 6 : 7);
    }
    const priced = Object.values(prices).filter((price) => Number(price) > 0).length;
    const canCommit = commitment === 'any' || (commitment === 'of one input' && priced === 1);
    return {
      name: `Plan ${k}`,
      fee: roll() < 0.2 ? '0' : decimal(99_999, 2),
      commitment: canCommit && roll() < 0.7 ? decimal(9_999, 2) : '0',
      included,
      prices,
    };
  });
};

export const menuText = (plans: readonly WrittenPlan[]): string => {
  const amounts = (own: Readonly<Record<string, string>>): string =>
    `{ ${Object.entries(own)
      .map(([input, amount]) => `"${input}": ${amount}`)
      .join(', ')} }`;
  const written = plans.map(
    ({ name, fee, commitment, included, prices }) =>
      `{ "name": "${name}", "fee": ${fee}, "commitment": ${commitment}, "included": ${amounts(included)}, "prices": ${amounts(prices)} }`,
  );
  return `{ "currency": "$", "period": "month", "plans": [\n${written.join(',\n')}\n] }`;
};

/** Tokens of inputs that the menu knows, often near what is included. */
export const randomUsage = (roll: () => number, plans: readonly WrittenPlan[], plan: WrittenPlan): Usage => {
  const known = inputs.filter((input) =>
    plans.some((each) => input in each.prices || Number(each.included[input] ?? 0) > 0),
  );
  return new Map(
    known.map((input) => {
      const included = BigInt(Math.floor(Number(plan.included[input] ?? '0') * 1e6));
      const near = included + BigInt(Math.floor(roll() * 5) - 2);
      const any = BigInt(Math.floor(10 ** (roll() * 9)));
      return [input, roll() < 0.4 ? (near > 0n ? near : 0n) : roll() < 0.2 ? 0n : any];
    }),
  );
};

const PER = 1_000_000n;

/** By the plan's own rule; undefined where an input has no price and more of it is used than is included. */
export const ownBill = ({ fee, commitment, included, prices }: WrittenPlan, usage: Usage): Bill => {
  let spent = 0n;
  for (const [input, tokens] of usage) {
    // In 10⁻⁶⁰ units of the menu.
    const excess = (tokens * UNIT) / PER - money(included[input] ?? '0');
    if (excess <= 0n) continue;
    const price = prices[input];
    if (price === undefined) return undefined;
    spent += (excess * money(price)) / UNIT;
  }
  return money(fee) + larger(money(commitment), spent);
};
