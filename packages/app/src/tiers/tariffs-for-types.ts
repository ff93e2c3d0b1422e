import {
  bestSpaceTariffs,
  type CertifiedMenu,
  type ProfileSupply,
  pointWithInputs,
  type SaleTerms,
  type SpaceTariff,
  sellTariffs,
  spaceDemands,
  taskInputCount,
} from '@menusmith/core';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import { implementers } from '../solve/offers/implementation.ts';
import {
  atCost,
  byEarnings,
  chosenTariffs,
  itemsByType,
  tariffResult,
  tariffsByType,
} from '../solve/offers/space-implementation.ts';
import { inputName } from '../solve/supply/input-name.ts';
import type { TierResult } from './tiers-result.ts';

const KIND = 'two-part-tariff';
/** Of the full menu's profit: gains within it are the seller's. */
const TIE = 1e-8;

/** A menu of few tariffs: what it earns by free choice, the tariffs, and the one that each type takes, −1 for none. */
export interface TariffsForTypes {
  readonly count: number;
  readonly profit: number;
  /** Profit, and κ times consumer surplus, what buyers have outside included. */
  readonly objective: number;
  readonly tariffs: readonly SpaceTariff[];
  readonly choices: Int32Array;
}

/** Menus of few two-part tariffs for types of any kind, by a search that begins with each type's own of the full menu; profits are computed anew. */
export const tariffMenusForTypes = (
  finite: FiniteBuyers,
  supply: ProfileSupply,
  full: CertifiedMenu,
  counts: readonly number[],
  { surplusWeight, outside }: SaleTerms,
): readonly TariffsForTypes[] => {
  const { mass, tasks } = finite;
  const demands = spaceDemands(finite.types, supply);
  const own = tariffsByType(KIND, finite, demands, itemsByType(full, tasks.weights.length));
  const tie = TIE * Math.abs(full.certificate.attained);
  const { taken } = sellTariffs(demands, own, mass, tie, outside);
  const menus = bestSpaceTariffs({
    demands,
    mass,
    candidates: [...byEarnings(own, taken, mass), ...atCost(finite)],
    varied: implementers[KIND].ofType.varied,
    surplusWeight,
    ...(outside ? { outside } : {}),
    counts,
  });
  return menus.map((menu, i) => {
    const sale = sellTariffs(demands, chosenTariffs(menu, mass), mass, tie, outside);
    const tariffs = [...new Set(sale.taken)].filter((tariff) => tariff !== undefined);
    const choices = Int32Array.from(sale.taken, (tariff) => (tariff ? tariffs.indexOf(tariff) : -1));
    const profit = demands.solved() ? sale.profit : Number.NaN;
    const objective = profit + surplusWeight * sale.consumerSurplus;
    return { count: counts[i]!, profit, objective, tariffs, choices };
  });
};

/** A tariff and what its takers do with it, as means over them: each takes the efficient supply to her values over its markup. */
export const tariffTier = (
  { tariffs, choices }: TariffsForTypes,
  k: number,
  finite: FiniteBuyers,
  supply: ProfileSupply,
): Pick<TierResult, 'quality' | 'transfer' | 'cost' | 'margin' | 'inputs' | 'tariff'> => {
  const { types, mass } = finite;
  const { markup, fee, tasks } = tariffs[k]!;
  const { weights } = types;
  const { inputs } = supply;
  const taskCount = taskInputCount(inputs);
  const point = pointWithInputs(supply);
  const means = { mass: 0, quality: 0, cost: 0, inputs: new Float64Array(inputs.length) };
  choices.forEach((choice, n) => {
    if (choice !== k || !(mass[n]! > 0)) return;
    const values = weights.map((_, m) => (tasks.has[m] === 1 ? types.valueAt(n, m) / markup : 0));
    supply.supply(values, weights, weights.length, point);
    means.mass += mass[n]!;
    means.cost += mass[n]! * point.cost;
    means.quality += mass[n]! * weights.reduce((sum, weight, m) => sum + weight * point.quality[m]!, 0);
    inputs.forEach((_, j) => {
      const total =
        j < taskCount
          ? weights.reduce((sum, weight, m) => sum + weight * point.inputs.task[m * taskCount + j]!, 0)
          : point.inputs.shared[j - taskCount]!;
      means.inputs[j]! += mass[n]! * total;
    });
  });
  const cost = means.cost / means.mass;
  const transfer = fee + markup * cost;
  return {
    quality: means.quality / means.mass,
    transfer,
    cost,
    margin: transfer - cost,
    inputs: Object.fromEntries(inputs.map((input, j) => [inputName(input), means.inputs[j]! / means.mass])),
    tariff: tariffResult(tariffs[k]!, finite, supply),
  };
};
