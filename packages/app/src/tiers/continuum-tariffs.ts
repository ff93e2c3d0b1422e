import { type Plan, type ProfileSupply, type SaleTerms, sellTariffs, spaceDemands } from '@menusmith/core';
import { planMarket } from '../plans/plan-market.ts';
import { finiteBuyersOf } from '../problem/finite-buyers.ts';
import type { SpaceProblem } from '../problem/screening-problem.ts';
import { outsideOfBuyers } from '../solve/outside/outside-of-buyers.ts';
import { goodsOnGrid } from '../study/goods.ts';
import type { Goods, Study } from '../study/study.ts';
import type { ContinuumTiers } from './continuum-tiers.ts';
import { type TariffsForTypes, tariffTier } from './tariffs-for-types.ts';
import type { TierResult } from './tiers-result.ts';

/** A grid's menu of few tariffs offered to the continuous buyers for whom the grid stands; undefined where nothing is known of these. */
export const tariffsOfContinuum = (
  study: Study,
  finite: SpaceProblem,
  supply: ProfileSupply,
  menu: TariffsForTypes,
  terms: SaleTerms,
): ContinuumTiers | undefined => {
  if (finite.goods) return tariffsForGoods(study, finite.goods, supply, menu, terms);
  return study.technology.kind === 'cost' ? undefined : tariffsAsPlans(study, finite, supply, menu, terms);
};

/** Values and scales take a tariff as they take a plan: its prices, on as many tasks as it is for. */
const tariffsAsPlans = (
  study: Study,
  finite: SpaceProblem,
  supply: ProfileSupply,
  menu: TariffsForTypes,
  { surplusWeight }: SaleTerms,
): ContinuumTiers => {
  const made = menu.tariffs.map((_, k) => tariffTier(menu, k, finite, supply));
  const plans = made.map(({ tariff }, k): Plan => {
    const { upfront: fee, prices, taskCap } = tariff!;
    return { name: String(k), fee, included: {}, prices, commitment: 0, taskCap };
  });
  const {
    profit,
    consumerSurplus,
    error,
    solved,
    plans: sales,
  } = planMarket(study, {
    isCapped: true,
  }).sales(plans);
  const tiers = sales.flatMap(({ share, revenue, cost, quality, inputs }, k): TierResult[] => {
    if (!(share > 0)) return [];
    return [
      {
        share,
        from: null,
        to: null,
        quality: quality / share,
        transfer: revenue / share,
        cost: cost / share,
        margin: (revenue - cost) / share,
        inputs: Object.fromEntries(Object.entries(inputs).map(([name, amount]) => [name, amount / share])),
        tariff: made[k]!.tariff!,
      },
    ];
  });
  return {
    profit: solved ? profit : Number.NaN,
    objective: profit + surplusWeight * consumerSurplus,
    error: error * Math.abs(profit),
    tiers: tiers.sort((a, b) => a.transfer - b.transfer),
  };
};

/** Goods are of so many cells in all for tariffs to be sold on. */
const CELLS = 4000;

/** Buyers of goods are cells fine enough; the error is what half as fine ones tell otherwise. */
const tariffsForGoods = (
  study: Study,
  goods: Goods,
  supply: ProfileSupply,
  menu: TariffsForTypes,
  { surplusWeight }: SaleTerms,
): ContinuumTiers => {
  const soldOn = (all: number) => {
    const each = Math.max(2, Math.floor(all ** (1 / goods.values.length)));
    const fine = finiteBuyersOf(goodsOnGrid({ ...goods, cells: goods.values.map(() => each) }));
    const { types, mass, tasks, listed } = fine;
    const demands = spaceDemands(types, supply);
    const offered = Array.from(mass, (_, n) => menu.tariffs[n]);
    const sale = sellTariffs(demands, offered, mass, 0, outsideOfBuyers(study, listed, tasks));
    return { fine, demands, ...sale };
  };
  const { fine, demands, profit, consumerSurplus, taken } = soldOn(CELLS);
  const coarse = soldOn(CELLS / 2 ** goods.values.length);
  const objectiveOf = (sale: { readonly profit: number; readonly consumerSurplus: number }): number =>
    sale.profit + surplusWeight * sale.consumerSurplus;
  const choices = Int32Array.from(taken, (tariff) => (tariff ? menu.tariffs.indexOf(tariff) : -1));
  const tiers = menu.tariffs.flatMap((_, k): TierResult[] => {
    const share = choices.reduce((sum, choice, n) => (choice === k ? sum + fine.mass[n]! : sum), 0);
    if (!(share > 0)) return [];
    return [{ share, from: null, to: null, ...tariffTier({ ...menu, choices }, k, fine, supply) }];
  });
  const objective = objectiveOf({ profit, consumerSurplus });
  return {
    profit: demands.solved() ? profit : Number.NaN,
    objective,
    error: Math.abs(objective - objectiveOf(coarse)),
    tiers: tiers.sort((a, b) => a.transfer - b.transfer),
  };
};
