import {
  InputError,
  type Plan,
  type PlanOffer,
  type PlanSales,
  planOffer,
  planSalesToPopulation,
  planSalesToTypes,
} from '@menusmith/core';
import type { OneNumberProblem, SoldProblem } from '../problem/sold-problem.ts';
import { supplyAtPrices } from '../solve/supply/supply-of.ts';
import type { ProductionTechnology, Study } from '../study/study.ts';

/**
 * What a menu of plans earns when buyers who differ in one number choose plan, model and inputs freely, or nothing. Prices are the plans' own, costs the study's. Throws
 * InputError, its field within the menu, where a plan has no answer: inputs without end, or a study that has no inputs to sell.
 */
export const evaluatePlans = (plans: readonly Plan[], study: Study, buyers: SoldProblem): PlanSales => {
  if (buyers.kind === 'space') throw new InputError('buyers', ANY_KIND);
  const offers = planOffers(plans, study, { ...buyers, highest: highestOf(buyers) });
  return buyers.kind === 'continuous-chain'
    ? planSalesToPopulation(offers, plans.length, buyers.types)
    : planSalesToTypes(offers, plans.length, buyers.types);
};

const highestOf = (buyers: OneNumberProblem): number =>
  buyers.kind === 'continuous-chain'
    ? buyers.types.max
    : buyers.types.value.reduce((a, b) => Math.max(a, b), 0);

/** Buyers along a line, as plans are offered to them. */
export interface PlanBuyers {
  /** How many tasks they have; 1 for an index. */
  readonly scale: number;
  /** Whether their tasks are counted, so that a plan can cap them. */
  readonly isScaleFixed: boolean;
  /** The highest type that may ask. */
  readonly highest: number;
}

/** Plans as these buyers see them, one offer for every model to which a plan gives access. */
export const planOffers = (plans: readonly Plan[], study: Study, buyers: PlanBuyers): readonly PlanOffer[] =>
  plans.flatMap((plan, k) => offersOf(plan, k, study, buyers));

const offersOf = (
  plan: Plan,
  k: number,
  { technology, solver }: Study,
  { scale, isScaleFixed, highest }: PlanBuyers,
): readonly PlanOffer[] => {
  if (technology.kind === 'cost') throw new InputError('cost', NO_INPUTS, ['plans', k]);
  if (plan.taskCap !== null && !isScaleFixed) {
    const message =
      'a task cap is for buyers whose tasks are counted (allocations with --scale); expected none, as here one number stands for all tasks';
    throw new InputError('task-cap', message, ['plans', k, 'taskCap']);
  }
  const made: readonly (ProductionTechnology & { readonly name?: string })[] =
    technology.kind === 'models'
      ? technology.models.filter(({ name }) => plan.models?.includes(name) ?? true)
      : [technology];
  return made.map((own) => {
    const model = own.name;
    try {
      return planOffer(
        plan,
        k,
        { production: own.production, inputs: own.inputs, ...(model === undefined ? {} : { model }) },
        { scale, highest },
        (beyond, priced) => supplyAtPrices(own, beyond, priced, solver, { value: highest, scale }),
      );
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const isOfPrices = error.code === 'unbounded-surplus';
      throw isOfPrices
        ? new InputError('unbounded-demand', `at these prices: ${error.message}`, ['plans', k, 'prices'])
        : error.within('plans', k);
    }
  });
};

const ANY_KIND =
  'plans are sold to buyers who differ in one number (contract: packages, representative buyers, or --scale)';
const NO_INPUTS =
  'a plan sells inputs, and this study has none, as its cost is given outright; expected tiers of quality, as tiers --json prints them';
