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
import { supplyAtPrices } from '../solve/supply-of.ts';
import type { ProductionTechnology, Study } from '../study/study.ts';

/**
 * What a menu of plans earns when buyers who differ in one number choose plan, model and inputs freely, or nothing. Prices are the plans' own, costs the study's. Throws
 * InputError, its field within the menu, where a plan has no answer: inputs without end, or a study that has no inputs to sell.
 */
export const evaluatePlans = (plans: readonly Plan[], study: Study, buyers: SoldProblem): PlanSales => {
  if (buyers.kind === 'space') throw new InputError('buyers', ANY_KIND);
  const offers = plans.flatMap((plan, k) => offersOf(plan, k, study, buyers));
  return buyers.kind === 'continuous-chain'
    ? planSalesToPopulation(offers, plans.length, buyers.types)
    : planSalesToTypes(offers, plans.length, buyers.types);
};

/** A plan with every model that it gives access to. */
const offersOf = (
  plan: Plan,
  k: number,
  { technology, solver }: Study,
  buyers: OneNumberProblem,
): readonly PlanOffer[] => {
  if (technology.kind === 'cost') throw new InputError('cost', NO_INPUTS, ['plans', k]);
  if (plan.taskCap !== null && !buyers.isScaleFixed) {
    const message =
      'a task cap is for buyers whose tasks are counted (allocations with --scale); expected none, as here one number stands for all tasks';
    throw new InputError('task-cap', message, ['plans', k, 'taskCap']);
  }
  const { scale } = buyers;
  const highest =
    buyers.kind === 'continuous-chain'
      ? buyers.types.max
      : buyers.types.value.reduce((a, b) => Math.max(a, b), 0);
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
