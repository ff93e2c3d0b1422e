import { InputError, type Plan } from '@menusmith/core';
import type { Provenance } from '../provenance/provenance.ts';
import type { Units } from '../study/units.ts';
import type { TierMenu, TierResult } from '../tiers/tiers-result.ts';

/** A menu file's content. */
export interface MenuDocument {
  /** What money is in, as `$` or `EUR`. */
  readonly currency?: string;
  /** What fees and usage are for, as `month`. */
  readonly period?: string;
  /** Plans on sale; a field that is left out of one is 0, or no limit. */
  readonly plans: readonly MenuPlan[];
  /** By what the menu was made. */
  readonly provenance?: Provenance;
}

type MenuPlan = Pick<Plan, 'name'> & Partial<Omit<Plan, 'name'>>;

/** All that is on sale of a menu of few tiers, as a menu file: plans that stay first, in the menu's money. Throws InputError where a tier is no plan. */
export const menuDocument = ({ tiers, kept = [] }: TierMenu, units: Units | undefined): MenuDocument => {
  const money = units?.money ?? 1;
  const plans = [...kept, ...tiers].map((tier, k) =>
    written(tier.plan ?? planOf(tier, k - kept.length), money),
  );
  return {
    ...(units === undefined || units.currency === '' ? {} : { currency: units.currency }),
    ...(units?.period === undefined ? {} : { period: units.period }),
    plans,
  };
};

const planOf = ({ tariff, transfer, inputs, model, profile, buyers }: TierResult, k: number): Plan => {
  if (buyers !== undefined || profile !== undefined || Object.keys(inputs).length === 0)
    throw new InputError(
      'menu',
      '--menu-out: a plan is of totals of inputs, and these tiers are of tasks or goods, or of quality alone; expected buyers who differ in one number, and inputs',
    );
  const common = {
    name: `Plan ${k + 1}`,
    commitment: 0,
    ...(model === undefined ? {} : { models: [model] }),
  };
  return tariff === undefined
    ? { ...common, fee: transfer, included: inputs, prices: {}, taskCap: null }
    : {
        ...common,
        fee: tariff.upfront,
        included: {},
        prices: tariff.prices,
        taskCap: tariff.taskCap ?? null,
      };
};

/** A plan without what is left at nothing. */
const written = (plan: Plan, money: number): MenuPlan => {
  // 0.2 / 10 · 10 is no longer 0.2; fifteen digits are.
  const inMoney = (amount: number): number =>
    money === 1 ? amount : Number((amount * money).toPrecision(15));
  return {
    name: plan.name,
    ...(plan.fee > 0 ? { fee: inMoney(plan.fee) } : {}),
    ...(Object.keys(plan.included).length > 0 ? { included: plan.included } : {}),
    ...(Object.keys(plan.prices).length > 0
      ? {
          prices: Object.fromEntries(
            Object.entries(plan.prices).map(([name, price]) => [name, inMoney(price)]),
          ),
        }
      : {}),
    ...(plan.commitment > 0 ? { commitment: inMoney(plan.commitment) } : {}),
    ...(plan.taskCap === null ? {} : { taskCap: plan.taskCap }),
    ...(plan.models === undefined ? {} : { models: plan.models }),
  };
};
