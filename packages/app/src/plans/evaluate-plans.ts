import {
  type Plan,
  type PlanOffer,
  type PlanSales,
  planSalesToPopulation,
  planSalesToTypes,
} from '@menusmith/core';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { outsideOfChain } from '../solve/outside/outside-along.ts';
import { outsideOfLine } from '../solve/outside/outside-worth.ts';
import type { Study } from '../study/study.ts';
import { planOffers } from './plan-offers.ts';

/**
 * What a menu of plans earns when buyers who differ in one number choose plan, model and inputs freely, or what they have outside. Prices are the plans' own, costs the study's.
 * Throws InputError, its field within the menu, where a plan has no answer: inputs without end, or a study that has no inputs to sell.
 */
export const evaluatePlans = (plans: readonly Plan[], study: Study, buyers: OneNumberProblem): PlanSales => {
  const offers = planOffers(plans, study, { ...buyers, highest: highestOf(buyers) });
  return offerSales(offers, plans.length, study, buyers);
};

/** What offers of so many plans earn when buyers choose freely among them and what the study says they have outside. */
export const offerSales = (
  offers: readonly PlanOffer[],
  plans: number,
  study: Study,
  buyers: OneNumberProblem,
): PlanSales =>
  buyers.kind === 'continuous-chain'
    ? planSalesToPopulation(offers, plans, buyers.types, outsideOfChain(study, buyers))
    : planSalesToTypes(offers, plans, buyers.types, outsideOfLine(study, buyers));

const highestOf = (buyers: OneNumberProblem): number =>
  buyers.kind === 'continuous-chain'
    ? buyers.types.max
    : buyers.types.value.reduce((a, b) => Math.max(a, b), 0);
