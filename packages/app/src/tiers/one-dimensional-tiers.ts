import {
  type BundleSales,
  bestBundlesForPopulation,
  bestBundlesForTypes,
  bestTariffsForPopulation,
  bestTariffsForTypes,
  type EfficientSupply,
  finiteMenu,
  iron,
  type Progress,
  scaleMenu,
  type TariffSales,
  type TariffUse,
  withFixedCost,
} from '@menusmith/core';
import type { OneNumberProblem } from '../problem/sold-problem.ts';
import { inputName } from '../solve/supply/input-name.ts';
import { studySupply } from '../solve/supply/supply-of.ts';
import type { Study } from '../study/study.ts';
import { countedObjective, type LineTerms, plainLine } from './line-terms.ts';
import { requireAtMost } from './tier-count.ts';
import {
  type FoundTiers,
  type TierKind,
  type TierMenu,
  type TierResult,
  type TiersResult,
  type TierUse,
  worthOf,
} from './tiers-result.ts';

/** Relative gap up to which a menu is called optimal. */
const OPTIMAL = 1e-6;

/**
 * Tiers for buyers who differ in one number: the best menus of all, and the full menu beside them. What all of them have outside is a fixed cost of serving
 * one, and lowers prices by as much.
 */
export const oneDimensionalTiers = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  kind: TierKind,
  counts: readonly number[],
  terms: LineTerms = plainLine,
): Pick<TiersResult, 'full' | 'menus'> => {
  const full = fullTiers(buyers, supply, terms);
  return { full, menus: fewTiers(buyers, supply, kind, counts, terms, full) };
};

/** The same in two steps: the full menu, and then those of few. */
export function* findingOneDimensional(
  study: Study,
  buyers: OneNumberProblem,
  kind: TierKind,
  counts: readonly number[],
  terms: LineTerms,
): Generator<Progress<FoundTiers>, FoundTiers, boolean | undefined> {
  const { supply } = studySupply(study);
  const full = fullTiers(buyers, supply, terms);
  // A menu of one tier is one of any number of them, and the first of all to be found.
  const incumbent = (): FoundTiers => {
    const [single] = fewTiers(buyers, supply, kind, [1], terms, full);
    const menus = counts.map((count) =>
      count === 1 ? single! : { ...single!, count, ...gapOf(worthOf(single!), full.upperBound) },
    );
    return { full, menus, notes: [] };
  };
  // What bounds them all is known at once, and a menu of one may take as long as all.
  const { upperBound } = full;
  const nothing = { profit: 0, ...countedObjective(terms)(0), upperBound };
  const bounded = { full, menus: counts.map((count) => menuOf({ count, ...nothing }, [])), notes: [] };
  if ((yield { iterations: 1, expectedGap: Number.NaN, incumbent: () => bounded }) === true) return bounded;
  if ((yield { iterations: 2, expectedGap: Number.NaN, incumbent }) === true) return incumbent();
  return { full, menus: fewTiers(buyers, supply, kind, counts, terms, full), notes: [] };
}

const fullTiers = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  terms: LineTerms,
): TiersResult['full'] => {
  const counted = countedObjective(terms);
  const found = fullMenu(buyers, withFixedCost(supply, terms.outside), terms.surplusWeight);
  return {
    profit: found.profit,
    ...counted(found.objective),
    upperBound: counted.of(found.upperBound),
    served: found.served,
  };
};

const fewTiers = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  kind: TierKind,
  counts: readonly number[],
  terms: LineTerms,
  full: TiersResult['full'],
): readonly TierMenu[] => {
  const { outside } = terms;
  const served = withFixedCost(supply, outside);
  const { scale } = buyers;
  const cap = buyers.isScaleFixed ? scale : null;
  const counted = countedObjective(terms);
  return kind === 'bundle'
    ? bestBundles(buyers, served, counts, terms.surplusWeight).map((best) => {
        const { count, profit, objective } = best;
        const own = { count, profit, ...counted(objective) };
        // What no menu exceeds, none of few tiers does: where hardly anybody is served that bound is the nearer one.
        const upperBound = Math.min(counted.of(best.upperBound), Math.max(full.upperBound, worthOf(own)));
        return menuOf({ ...own, upperBound }, bundleTiers(best, supply, scale, outside));
      })
    : bestTariffs(buyers, supply, counts, terms).map((best) => {
        const { count, profit, objective } = best;
        return menuOf(
          { count, profit, ...counted(objective), upperBound: full.upperBound },
          tariffTiers(best, supply, scale, cap),
        );
      });
};

const bestBundles = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  counts: readonly number[],
  surplusWeight: number,
) => {
  if (buyers.kind === 'continuous-chain')
    return bestBundlesForPopulation(
      iron(buyers.types, surplusWeight),
      supply,
      buyers.scale,
      counts,
      surplusWeight,
    );
  requireAtMost(counts, new Set(buyers.types.value).size);
  return bestBundlesForTypes(buyers.types, supply, buyers.scale, counts, surplusWeight);
};

const bestTariffs = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  counts: readonly number[],
  terms: LineTerms,
) => {
  if (buyers.kind === 'continuous-chain')
    return bestTariffsForPopulation(
      iron(buyers.types, terms.surplusWeight),
      supply,
      buyers.scale,
      counts,
      terms,
    );
  requireAtMost(counts, new Set(buyers.types.value).size);
  return bestTariffsForTypes(buyers.types, supply, buyers.scale, counts, terms);
};

/** Profit of the optimal menu by its transfers, what is maximised, and its bound E[S(φ̄)] by an integral of its own. */
const fullMenu = (
  buyers: OneNumberProblem,
  supply: EfficientSupply,
  surplusWeight: number,
): Required<TiersResult['full']> => {
  const { scale } = buyers;
  if (buyers.kind === 'continuous-chain') {
    const { types } = buyers;
    const totals = scaleMenu({ types, served: iron(types, surplusWeight), supply, scale }).totals();
    const profit = totals.grossValue - totals.rent - totals.cost;
    return {
      profit,
      objective: profit + surplusWeight * totals.rent,
      upperBound: totals.servedSurplus * (1 + totals.error),
      served: 1 - totals.excluded,
    };
  }
  const { mass } = buyers.types;
  const menu = finiteMenu(buyers.types, supply, { scale, surplusWeight });
  let [profit, rent, served] = [0, 0, 0];
  for (let n = 0; n < mass.length; n++) {
    if (!(mass[n]! > 0)) continue;
    profit += mass[n]! * (menu.transfer[n]! - menu.cost[n]!);
    rent += mass[n]! * menu.rent[n]!;
    if (menu.quality[n]! > 0) served += mass[n]!;
  }
  return { profit, objective: profit + surplusWeight * rent, upperBound: menu.upperBound, served };
};

/** How far profit, or the objective, is from its bound, and what that makes of the menu; what is above it is certified by nothing. */
export const gapOf = (
  attained: number,
  upperBound: number,
): Pick<TierMenu, 'upperBound' | 'relativeGap' | 'status'> => {
  const relativeGap = upperBound > 0 ? (upperBound - attained) / upperBound : upperBound - attained;
  return { upperBound, relativeGap, status: Math.abs(relativeGap) <= OPTIMAL ? 'optimal' : 'feasible' };
};

/** A menu beside its bound; its share of what the full menu makes is known when all menus are. */
export const menuOf = (
  {
    count,
    profit,
    objective,
    error,
    upperBound,
  }: Pick<TierMenu, 'count' | 'profit' | 'objective' | 'error' | 'upperBound'>,
  tiers: readonly TierResult[],
): TierMenu => ({
  count,
  profit,
  ...(objective === undefined ? {} : { objective }),
  share: null,
  ...(error === undefined ? {} : { error }),
  served: tiers.reduce((sum, { share }) => sum + share, 0),
  ...gapOf((objective ?? profit) - (error ?? 0), upperBound),
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

export const bundleTiers = (
  { sales }: Pick<BundleSales, 'sales'>,
  supply: EfficientSupply,
  scale: number,
  outside: number,
): TierResult[] =>
  sales.map(({ bundle, from, to, share }) => ({
    share,
    from,
    to,
    quality: bundle.quality,
    transfer: bundle.transfer - outside,
    cost: bundle.cost - outside,
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
