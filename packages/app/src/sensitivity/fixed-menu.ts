import {
  bundleOffer,
  type EfficientSupply,
  type Plan,
  type PlanOffer,
  type PlanSales,
  supplyPoint,
} from '@menusmith/core';
import { evaluatePlans, offerSales } from '../plans/evaluate-plans.ts';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { costOfQuality } from '../solve/supply/cost-of-quality.ts';
import type { InputUse } from '../solve/supply/input-use.ts';
import type { CostTechnology, Study } from '../study/study.ts';
import type { TierKind, TierResult } from '../tiers/tiers-result.ts';

/** What is sold: tiers as they were found or given, or plans with fees and prices of their own. */
export type SoldMenu =
  | { readonly kind: TierKind; readonly tiers: readonly TierResult[] }
  | {
      readonly kind: 'plans';
      readonly plans: readonly Plan[];
      /** Today's, which are sold beside them. */
      readonly stay?: readonly Plan[];
    };

export interface FixedSale extends Pick<PlanSales, 'profit' | 'served' | 'consumerSurplus'> {
  /** False where a buyer's own problem was not solved for surely. */
  readonly solved?: boolean;
  /** Mean amounts by the inputs' names, over all buyers. */
  readonly use: InputUse;
}

/**
 * What a menu that was chosen for one study earns in another, from buyers along a line. Tiers are plans: a bundle is its tokens at its price, and they make what v now makes
 * of them and cost what they now cost; a tariff is its fee and its prices, at which buyers take the tokens that are now best for them. All choose freely, and may
 * take what they now have outside. Where cost is given outright a bundle is its quality, as far as it can still be made, and a tariff's prices are made of the cost `before`.
 */
export const fixedMenuSale = (
  menu: SoldMenu,
  before: Study['technology'],
  study: Study,
  buyers: OneNumberProblem,
): FixedSale => {
  const { technology } = study;
  if (menu.kind === 'plans' || technology.kind !== 'cost')
    return saleOf(evaluatePlans(plansOf(menu), study, buyers));
  const { supply } = before as CostTechnology;
  const offers = menu.tiers.map((tier, k) =>
    menu.kind === 'bundle'
      ? qualityOffer(tier, k, technology.supply, buyers.scale)
      : markupOffer(tier, k, supply, technology.supply, buyers.scale),
  );
  return saleOf(offerSales(offers, offers.length, study, buyers));
};

/** What a sale of plans comes to. */
export const saleOf = ({ profit, served, consumerSurplus, solved, plans }: PlanSales): FixedSale => {
  const use: Record<string, number> = {};
  for (const { inputs } of plans)
    for (const [name, amount] of Object.entries(inputs)) use[name] = (use[name] ?? 0) + amount;
  return { profit, served, consumerSurplus, solved, use };
};

/** A menu as plans; tiers that were found as plans are these. */
export const plansOf = (menu: SoldMenu): readonly Plan[] =>
  menu.kind === 'plans'
    ? [...(menu.stay ?? []), ...menu.plans]
    : menu.tiers.map((tier, k) => tier.plan ?? planOf[menu.kind](tier, k));

const planOf: Readonly<Record<TierKind, (tier: TierResult, k: number) => Plan>> = {
  bundle: ({ transfer, inputs, model }, k) => ({
    ...plainPlan(k),
    fee: transfer,
    included: inputs,
    ...(model === undefined ? {} : { models: [model] }),
  }),
  'two-part-tariff': ({ tariff }, k) => ({
    ...plainPlan(k),
    fee: tariff!.upfront,
    prices: tariff!.prices,
    taskCap: tariff!.taskCap,
  }),
};

const plainPlan = (k: number): Plan => ({
  name: `tier ${k + 1}`,
  fee: 0,
  included: {},
  prices: {},
  commitment: 0,
  taskCap: null,
});

/** A quality at a price. */
const qualityOffer = (tier: TierResult, plan: number, supply: EfficientSupply, scale: number): PlanOffer => {
  const { quality, cost } = costOfQuality(supply, scale, tier.quality);
  return bundleOffer({ quality, cost, transfer: tier.transfer }, plan);
};

/** As much quality as she likes, at a markup on the cost of before, and a fee. */
const markupOffer = (
  { tariff }: TierResult,
  plan: number,
  before: EfficientSupply,
  now: EfficientSupply,
  scale: number,
): PlanOffer => {
  const { markup, upfront } = tariff!;
  const point = supplyPoint(before.inputs.length);
  return {
    plan,
    inputs: [],
    use: (type, out) => {
      before.supply(type / markup, scale, point);
      const { quality, cost, surplus, solved } = point;
      out.quality = quality;
      out.payment = upfront + markup * cost;
      out.cost = before === now ? cost : costOfQuality(now, scale, quality).cost;
      out.utility = markup * surplus - upfront;
      out.solved = solved;
    },
    kinks: (upTo) => before.kinks(scale, upTo / markup).map((value) => value * markup),
  };
};
