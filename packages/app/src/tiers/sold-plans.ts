import type { Plan, PlanSale } from '@menusmith/core';
import { planMarket } from '../plans/plan-market.ts';
import { formatPercent } from '../report/numbers.ts';
import { surplusWeightOf } from '../study/terms.ts';
import type { LineMarket } from './exact-plans.ts';
import { gapOf } from './one-dimensional-tiers.ts';
import type { PlanLine } from './plan-line.ts';
import type { TierMenu, TierResult } from './tiers-result.ts';

/** What is sold of a menu to all buyers, by the evaluation that any menu has; nothing bounds it yet. */
export const soldMenu = (
  count: number,
  plans: readonly Plan[],
  { study, sold, scale }: LineMarket,
): TierMenu => {
  const market = planMarket(study, { scale });
  let offered = plans;
  let sales = market.sales([...sold, ...offered]);
  // A plan that nobody takes is none.
  const isIdle = (_: Plan, k: number): boolean => !(sales.plans[sold.length + k]!.share > 0);
  if (offered.some(isIdle)) {
    offered = offered.filter((plan, k) => !isIdle(plan, k));
    sales = market.sales([...sold, ...offered]);
  }
  const { profit, consumerSurplus, served } = sales;
  const { objective: weights } = study.terms;
  const objective =
    surplusWeightOf(study.terms) > 0
      ? weights.profit * profit + weights.consumerSurplus * consumerSurplus
      : undefined;
  const tierOf = (plan: Plan, k: number): TierResult => tierResult(plan, sales.plans[k]!);
  const tiers = offered.map((plan, k) => tierOf(plan, sold.length + k));
  return {
    count,
    profit,
    ...(objective === undefined ? {} : { objective }),
    share: null,
    served,
    ...gapOf(objective ?? profit, Number.POSITIVE_INFINITY),
    tiers: [...tiers].sort((a, b) => (a.from ?? 0) - (b.from ?? 0)),
    ...(sold.length === 0 ? {} : { kept: sold.map(tierOf) }),
  };
};

const tierResult = (plan: Plan, { share, range, quality, revenue, cost, inputs }: PlanSale): TierResult => {
  const each = (sum: number): number => (share > 0 ? sum / share : 0);
  return {
    share,
    from: range?.[0] ?? null,
    to: range?.[1] ?? null,
    quality: each(quality),
    transfer: each(revenue),
    cost: each(cost),
    margin: each(revenue - cost),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, sum]) => [name, each(sum)])),
    ...(plan.models?.length === 1 ? { model: plan.models[0]! } : {}),
    plan,
  };
};

export const notesOf = (
  share: number | undefined,
  { of }: PlanLine,
  menus: readonly TierMenu[],
): string[] => [
  'Plans are the best that a search found; the bound is that of all menus of totals of inputs under the same promise, rounding and least shares left aside.',
  'Amounts and money of a plan are means over its buyers, each of whom takes her own amounts.',
  ...(share === 1 ? ['Today’s plans stay on sale, unchanged, and do not count as tiers.'] : []),
  ...(share !== undefined && share < 1
    ? [`Nobody’s surplus falls below ${formatPercent(share)} of what today’s plans give her.`]
    : []),
  ...(of === 'population'
    ? ['Plans were searched for among cells of the population, and sold to all of it.']
    : []),
  ...(menus.some(({ count, tiers }) => tiers.length < count)
    ? ['Fewer plans are listed than were asked for where none was found that would add to them.']
    : []),
];
