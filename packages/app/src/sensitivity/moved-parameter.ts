import { InputError } from '@menusmith/core';
import { LocatedInputError } from '../study/located-input-error.ts';
import { type TierKind, worthOf } from '../tiers/tiers-result.ts';
import type { SoldMenu } from './fixed-menu.ts';
import type { Market } from './market.ts';
import type { SaleOutcome } from './sale-outcome.ts';
import type { Outcome, ParameterSensitivity } from './sensitivity-result.ts';

/** The menu that is held fixed, and what it makes if all numbers are right. Plain data, which a worker can be sent. */
export interface HeldMenu {
  readonly menu: SoldMenu;
  /** Of the best menus that it is held against. */
  readonly kind: TierKind | 'plans';
  readonly count: number;
  readonly sale: SaleOutcome;
  /** Of a menu that was given. */
  readonly notes: readonly string[];
}

/** A side of a parameter: the market as it then is, and what the number is. */
export interface Moved {
  readonly market: () => Market;
  readonly value: number | null;
}

interface Attempt {
  readonly outcome: Outcome | null;
  readonly problem?: string;
}

/** What becomes of the held menu where a parameter is off, down and up. */
export const movedParameter = (
  about: Pick<ParameterSensitivity, 'name' | 'field' | 'group' | 'value'>,
  sides: readonly [down: Moved, up: Moved],
  held: HeldMenu,
  base: Market,
): ParameterSensitivity => {
  const attempts = sides.map((side) => attempt(side, held, base));
  return parameterOf(about, attempts, worthOf(held.sale));
};

const attempt = ({ market, value }: Moved, { menu, kind, count, sale }: HeldMenu, base: Market): Attempt => {
  try {
    const now = market();
    const own = now.sale(menu, base);
    return { outcome: { value, ...outcome(own, sale, reoptimized(now, kind, count, own)) } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const message = error instanceof LocatedInputError ? error.complaint : error.message;
    return { outcome: null, problem: message };
  }
};

/** Whether the menu is one that may be sold: within capacity, and as promised. */
const isAllowed = ({ exceeded = [], brokenBy }: SaleOutcome): boolean =>
  exceeded.length === 0 && brokenBy === undefined;

/** At least what the menu itself makes, as that is one of them, if within capacity; null where no menu is best, or none was looked for. */
const reoptimized = (
  market: Market,
  kind: TierKind | 'plans',
  count: number,
  own: SaleOutcome,
): number | null => {
  if (kind === 'plans') return null;
  try {
    const best = market.bestWorth(kind, count);
    return best === null || !isAllowed(own) ? best : Math.max(best, worthOf(own));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
};

/** A sale without what only we ask of it. */
export const toldOf = ({ solved: _, ...sale }: SaleOutcome): Omit<SaleOutcome, 'solved'> => sale;

const outcome = (own: SaleOutcome, before: SaleOutcome, best: number | null): Omit<Outcome, 'value'> => ({
  ...toldOf(own),
  change: worthOf(own) - worthOf(before),
  reoptimized: best,
  regret: best === null || !isAllowed(own) ? null : best - worthOf(own),
});

const parameterOf = (
  about: Pick<ParameterSensitivity, 'name' | 'field' | 'group' | 'value'>,
  [down, up]: readonly Attempt[],
  made: number,
): ParameterSensitivity => {
  const outcomes = [down!.outcome, up!.outcome];
  const all = [made, ...outcomes.flatMap((own) => (own === null ? [] : [worthOf(own)]))];
  const regrets = outcomes.flatMap((own) => (own === null || own.regret === null ? [] : [own.regret]));
  const problems = [down!.problem, up!.problem].flatMap((text) => (text === undefined ? [] : [text]));
  return {
    ...about,
    down: outcomes[0]!,
    up: outcomes[1]!,
    swing: Math.max(...all) - Math.min(...all),
    largestRegret: regrets.length === 0 ? null : Math.max(...regrets),
    problems: [...new Set(problems)],
  };
};
