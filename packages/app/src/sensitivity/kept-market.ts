import { finished, InputError, type Plan } from '@menusmith/core';
import { planMarket } from '../plans/plan-market.ts';
import { buyerIndex, planBuyers } from '../problem/plan-buyers.ts';
import { withScaledValues } from '../problem/scaled-values.ts';
import type { Study } from '../study/study.ts';
import { planLine } from '../tiers/plan-line.ts';
import { findingPlanMenu } from '../tiers/plan-tiers.ts';
import { promiseOf } from '../tiers/promised-surplus.ts';
import { worthOf } from '../tiers/tiers-result.ts';
import { plansOf, saleOf } from './fixed-menu.ts';
import type { Market } from './market.ts';
import { outcomeOf } from './sale-outcome.ts';

/** A broken promise below this share of what the menu leaves its buyers is rounding. */
const ROUNDING = 1e-7;

/**
 * Buyers to whom plans are sold beside today's: at share 1 today's stay on sale at their own fees and prices, below it they are what is promised, and every buyer chooses freely
 * as she then is. Throws InputError where the study cannot be sold plans.
 */
export const keptMarket = (study: Study, scale: number | undefined): Market => {
  if (scale !== undefined)
    throw new InputError('scale', '--scale: beside today’s plans a menu is for all buyers; leave it out', [
      'keep',
    ]);
  const keep = study.terms.keep!;
  const market = planMarket(study);
  const stay: readonly Plan[] = keep.share === 1 ? keep.plans : [];
  const brokenBy = (plans: readonly Plan[]): number =>
    keep.share === 1 ? 0 : promiseOf(study, keep, planLine(study, undefined)).brokenBy(plans);
  const finding: Market['finding'] = (kind, count) => findingPlanMenu(study, count, kind);
  return {
    study,
    isOneNumber: true,
    scale: null,
    types: distinctTypes(study),
    finding,
    bestWorth: (kind, count) => {
      const menu = finished(finding(kind, count));
      return menu.brokenBy === undefined ? worthOf(menu) : null;
    },
    sale: (menu) => {
      const plans = plansOf(menu);
      const others = stay.filter((plan) => !plans.some((own) => isSame(own, plan)));
      const sale = saleOf(market.sales([...others, ...plans]));
      const broken = brokenBy(plans);
      const outcome = outcomeOf(study, sale);
      return broken > ROUNDING * sale.consumerSurplus ? { ...outcome, brokenBy: broken } : outcome;
    },
    scaled: (factor) => keptMarket(withScaledValues(study, factor), scale),
  };
};

const isSame = (a: Plan, b: Plan): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How many types there are that differ in what they take; without end of a continuous population. */
const distinctTypes = (study: Study): number => {
  const buyers = planBuyers(study);
  if (buyers.kind === 'listed-chain') return new Set(buyers.types.value).size;
  if (buyers.kind !== 'list') return Number.POSITIVE_INFINITY;
  return new Set(buyerIndex(study, buyers) ?? buyers.listed.keys()).size;
};
