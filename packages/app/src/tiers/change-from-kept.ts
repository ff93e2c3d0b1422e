import type { Plan } from '@menusmith/core';
import { planMarket } from '../plans/plan-market.ts';
import type { Study } from '../study/study.ts';
import type { TierMenu } from './tiers-result.ts';

/** What a menu changes where it stands in the place of today's plans, or beside those that stay, as `evaluate --against` has it; nothing for one that was not found. */
export const changeFromKept = (
  study: Study,
  today: readonly Plan[],
  scale: number | undefined,
): ((menu: TierMenu) => Pick<TierMenu, 'change' | 'betterOff' | 'worseOff'>) => {
  const market = planMarket(study, { scale });
  const before = market.sales(today);
  return ({ profit, kept = [], tiers }) => {
    if (!Number.isFinite(profit)) return {};
    const plans = [...kept, ...tiers].map(({ plan }) => plan!);
    const { betterOff, worseOff } = market.changes(today, plans);
    const now = market.sales(plans);
    const change = {
      profit: now.profit - before.profit,
      consumerSurplus: now.consumerSurplus - before.consumerSurplus,
    };
    return { change, betterOff, worseOff };
  };
};
