import { InputError, type Plan, type PlanOffer, planOffer } from '@menusmith/core';
import { supplyAtPrices } from '../solve/supply/supply-of.ts';
import type { ProductionTechnology, Study } from '../study/study.ts';

/** Buyers along a line, as plans are offered to them. */
export interface PlanLine {
  /** How many tasks they have; 1 for an index. */
  readonly scale: number;
  /** Whether their tasks are counted, so that a plan can cap them. */
  readonly isScaleFixed: boolean;
  /** The highest type that may ask. */
  readonly highest: number;
}

/** Plans as these buyers see them, one offer for every model to which a plan gives access. */
export const planOffers = (plans: readonly Plan[], study: Study, buyers: PlanLine): readonly PlanOffer[] =>
  plans.flatMap((plan, k) => offersOf(plan, k, study, buyers));

const offersOf = (
  plan: Plan,
  k: number,
  { technology, solver }: Study,
  { scale, isScaleFixed, highest }: PlanLine,
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

export const NO_INPUTS =
  'a plan sells inputs, and this study has none, as its cost is given outright; expected tiers of quality, as tiers --json prints them';
