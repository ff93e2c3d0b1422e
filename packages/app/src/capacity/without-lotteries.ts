import { findShadowPrices } from '@menusmith/core';
import type { Solved, SolveProgress, WithoutLotteries } from '../solve/solved.ts';
import type { Study } from '../study/study.ts';
import { mixedMenu } from './mixed-menu.ts';
import {
  type Asking,
  capacityOf,
  type Found,
  menuAt,
  named,
  PART,
  type PricedMenu,
  soldTo,
} from './priced-menu.ts';
import { atTrueCosts } from './true-costs.ts';

/** A gap this small, relative to the objective, between the menu without lotteries and what others could bring ends the search for it. */
const NEAR = 1e-6;
/** Menus without lotteries that are looked at. */
const MOST_TRIES = 6;

/**
 * The best menu found without lotteries whose use stays within capacity: of those that are best without at prices of their own, and of the menu that sells
 * nothing. A mixture of two would be a lottery. Undefined where a solve finds none without.
 */
export function* withoutLotteriesWithin(
  asking: Asking,
  { menus, prices: from }: Found,
  { certificate, ...solved }: Solved,
): Generator<SolveProgress, WithoutLotteries | undefined, boolean | undefined> {
  const { study } = asking;
  const { names, ...capacity } = capacityOf(study);
  const none = mixedMenu([{ solved: { ...solved, certificate }, share: 0 }], ...soldTo(study));
  let best: WithoutLotteries = { ...profitOf(none), attained: none.certificate.attained, use: {} };
  const searching = findShadowPrices({ ...capacity, from }, Math.max(NEAR, PART * study.solver.tolerance));
  let step = searching.next();
  for (let tries = 1; step.done !== true; tries++) {
    const list = named(names, step.value);
    const isKnown = ({ prices }: PricedMenu): boolean => names.every((name) => prices[name] === list[name]);
    const known = menus.find(isKnown) ?? (yield* menuAt(asking, list, PART * study.solver.tolerance));
    const pure = pureAt(known, study);
    if (pure === undefined) return undefined;
    const { attained, use } = pure;
    const isWithin = names.every((name, j) => (use[name] ?? 0) <= capacity.most[j]!);
    if (isWithin && attained > best.attained) best = pure;
    step = searching.next({
      worth: attained,
      use: Float64Array.from(names, (name) => use[name] ?? 0),
      isLast: asking.isStopped || tries >= MOST_TRIES,
    });
  }
  return best;
}

const profitOf = ({ totals: { grossValue, rent, cost } }: Solved): Pick<WithoutLotteries, 'profit'> => ({
  profit: grossValue - rent - cost,
});

/** The best menu without lotteries at its prices, at true costs. */
const pureAt = ({ answer, prices }: PricedMenu, study: Study): WithoutLotteries | undefined => {
  const solved = atTrueCosts(answer.solved, prices, study.terms.capacity!, study.terms.objective);
  if (solved.lotteries === true) return solved.withoutLotteries?.();
  return { ...profitOf(solved), attained: solved.certificate.attained, use: solved.use() };
};
