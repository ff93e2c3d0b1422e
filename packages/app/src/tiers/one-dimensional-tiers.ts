import {
  type BundleSales,
  bestBundlesForPopulation,
  bestBundlesForTypes,
  bestTariffsForPopulation,
  bestTariffsForTypes,
  type EfficientSupply,
  finiteMenu,
  iron,
  scaleMenu,
  type TariffSales,
  type TariffUse,
} from '@menusmith/core';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { inputName } from '../solve/input-name.ts';
import { requireAtMost } from './tier-count.ts';
import type { TierKind, TierMenu, TierResult, TiersResult, TierUse } from './tiers-result.ts';

/** Relative gap up to which a menu is called optimal. */
const OPTIMAL = 1e-6;

/** Tiers for buyers who differ in one number: the best menus of all, and the full menu beside them. */
export const oneDimensionalTiers = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  kind: TierKind,
  counts: readonly number[],
): Pick<TiersResult, 'full' | 'menus'> => {
  const full = fullMenu(buyers, supply);
  const { scale } = buyers;
  const cap = buyers.isScaleFixed ? scale : null;
  const menus =
    kind === 'bundle'
      ? bestBundles(buyers, supply, counts).map((best) =>
          menuOf(best.count, best.profit, best.upperBound, bundleTiers(best, supply, scale)),
        )
      : bestTariffs(buyers, supply, counts).map((best) =>
          menuOf(best.count, best.profit, full.upperBound, tariffTiers(best, supply, scale, cap)),
        );
  return { full, menus };
};

const bestBundles = (buyers: OneNumberProblem, supply: EfficientSupply, counts: readonly number[]) => {
  if (buyers.kind === 'continuous-chain')
    return bestBundlesForPopulation(iron(buyers.types), supply, buyers.scale, counts);
  requireAtMost(counts, new Set(buyers.types.value).size);
  return bestBundlesForTypes(buyers.types, supply, buyers.scale, counts);
};

const bestTariffs = (buyers: OneNumberProblem, supply: EfficientSupply, counts: readonly number[]) => {
  if (buyers.kind === 'continuous-chain')
    return bestTariffsForPopulation(iron(buyers.types), supply, buyers.scale, counts);
  requireAtMost(counts, new Set(buyers.types.value).size);
  return bestTariffsForTypes(buyers.types, supply, buyers.scale, counts);
};

/** Profit of the optimal menu by its transfers, and its bound E[S(φ̄)] by an integral of its own. */
const fullMenu = (buyers: OneNumberProblem, supply: EfficientSupply): TiersResult['full'] => {
  const { scale } = buyers;
  if (buyers.kind === 'continuous-chain') {
    const { types } = buyers;
    const totals = scaleMenu({ types, served: iron(types), supply, scale }).totals();
    const profit = totals.grossValue - totals.rent - totals.cost;
    return { profit, upperBound: totals.servedSurplus * (1 + totals.error), served: 1 - totals.excluded };
  }
  const { mass } = buyers.types;
  const menu = finiteMenu(buyers.types, supply, { scale });
  let [profit, served] = [0, 0];
  for (let n = 0; n < mass.length; n++) {
    if (!(mass[n]! > 0)) continue;
    profit += mass[n]! * (menu.transfer[n]! - menu.cost[n]!);
    if (menu.quality[n]! > 0) served += mass[n]!;
  }
  return { profit, upperBound: menu.upperBound, served };
};

/** How far a profit is from its bound, and what that makes of the menu; a profit above it is certified by nothing. */
export const gapOf = (
  profit: number,
  upperBound: number,
): Pick<TierMenu, 'upperBound' | 'relativeGap' | 'status'> => {
  const relativeGap = upperBound > 0 ? (upperBound - profit) / upperBound : upperBound - profit;
  return { upperBound, relativeGap, status: Math.abs(relativeGap) <= OPTIMAL ? 'optimal' : 'feasible' };
};

/** A menu beside its bound; its share of the full menu's profit is known when all menus are. */
export const menuOf = (
  count: number,
  profit: number,
  upperBound: number,
  tiers: readonly TierResult[],
): TierMenu => ({
  count,
  profit,
  share: null,
  served: tiers.reduce((sum, { share }) => sum + share, 0),
  ...gapOf(profit, upperBound),
  tiers,
});

/** Inputs by name, totals over `scale` tasks; of the model that serves, or, without one, of all models by `model.input`. */
const inputTotals = (
  { inputs, models }: EfficientSupply,
  amounts: Float64Array,
  scale: number,
  model?: number,
): Record<string, number> => {
  const totals: Record<string, number> = {};
  inputs.forEach((input, i) => {
    if (models !== undefined && model !== undefined && input.model !== models[model]) return;
    const name = model === undefined ? inputName(input) : input.name;
    totals[name] = input.scope === 'task' ? amounts[i]! * scale : amounts[i]!;
  });
  return totals;
};

const bundleTiers = ({ sales }: BundleSales, supply: EfficientSupply, scale: number): TierResult[] =>
  sales.map(({ bundle, from, to, share }) => ({
    share,
    from,
    to,
    quality: bundle.quality,
    transfer: bundle.transfer,
    cost: bundle.cost,
    margin: bundle.transfer - bundle.cost,
    inputs: inputTotals(supply, bundle.inputs, scale, bundle.model),
    ...(supply.models === undefined ? {} : { model: supply.models[bundle.model]! }),
  }));

const tariffTiers = (
  { sales }: TariffSales,
  supply: EfficientSupply,
  scale: number,
  taskCap: number | null,
): TierResult[] =>
  sales.map(({ tariff, from, to, share, mean, lowest, highest }) => {
    const { markup, fee } = tariff;
    const useOf = ({ quality, payment, inputs }: TariffUse): TierUse => ({
      quality,
      transfer: payment,
      inputs: inputTotals(supply, inputs, scale),
    });
    return {
      share,
      from,
      to,
      quality: mean.quality,
      transfer: mean.payment,
      cost: mean.cost,
      margin: mean.payment - mean.cost,
      inputs: inputTotals(supply, mean.inputs, scale),
      tariff: {
        upfront: fee,
        prices: Object.fromEntries(supply.inputs.map((input) => [inputName(input), markup * input.cost])),
        taskCap,
        markup,
      },
      lowest: useOf(lowest),
      highest: useOf(highest),
    };
  });
