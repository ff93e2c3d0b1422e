import {
  type EfficientSupply,
  intendedProfit,
  ironedMarkups,
  type ScaleTariffs,
  type Schedule,
  simulateTariffs,
  surplusTable,
  type TwoPartTariff,
  type TypeCells,
  tariffsFromMarkups,
} from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';

/** The direct menu of one scale on the cells' types, to be sold as tariffs; `weight` is the share of buyers of this scale. */
export interface ScaleToImplement {
  readonly scale: number;
  readonly weight: number;
  readonly schedule: Schedule;
}

/** The tariffs of Prop. 6 and 7 as they stand: markup θ/φ̄ and fee T − m·C; none for types that are excluded. */
const printedTariffs = (schedule: Schedule): (TwoPartTariff | undefined)[] =>
  Array.from(schedule.value, (value, i) => {
    if (!(schedule.quality[i]! > 0)) return undefined;
    const markup = value / schedule.servedValue[i]!;
    const transfer = value * schedule.quality[i]! - schedule.rent[i]!;
    return { markup, fee: transfer - markup * schedule.cost[i]! };
  });

/**
 * Offers the two-part tariffs of Prop. 6 and 7 to buyers who choose freely, cell by cell of the distribution of types; where that loses
 * something, offers the best menu of two-part tariffs beside it.
 *
 * Profits are the direct menu's plus changes that are taken on the cells, so that errors of the cells cancel where nothing changes.
 */
export const implementByTariffs = (
  profit: number,
  cells: TypeCells,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  const highest = cells.edges[cells.edges.length - 1]!;
  const offers = scales.map(({ scale, weight, schedule }): ScaleTariffs => {
    const table = surplusTable(supply, scale, highest);
    return { scale, weight, cells, table, intended: printedTariffs(schedule) };
  });
  const tie = 1e-8 * Math.abs(profit);
  const simulated = simulateTariffs(offers, tie);
  const { worst } = simulated;
  const result: ImplementationResult = {
    kind: 'two-part-tariff',
    attainedProfit: profit + simulated.profitChange,
    maxDeviationGain: simulated.maxDeviationGain,
    deviatingShare: simulated.deviatingShare,
    ...(worst
      ? {
          worst: {
            value: worst.value,
            ...(scales.length > 1 ? { scale: worst.scale } : {}),
            gain: worst.gain,
            markup: worst.takes.markup,
            upfront: worst.takes.fee,
          },
        }
      : {}),
  };
  if (!(simulated.maxDeviationGain > tie)) return result;

  const markups = ironedMarkups(cells, offers);
  const best = offers.map(
    (offer): ScaleTariffs => ({ ...offer, intended: tariffsFromMarkups(cells, markups, offer.table) }),
  );
  const expected = (of: readonly ScaleTariffs[]): number =>
    of.reduce((sum, { weight, table, intended }) => sum + weight * intendedProfit(cells, table, intended), 0);
  const free = simulateTariffs(best, tie);
  return {
    ...result,
    best: {
      attainedProfit: profit + expected(best) - expected(offers) + free.profitChange,
      maxDeviationGain: free.maxDeviationGain,
    },
  };
};
