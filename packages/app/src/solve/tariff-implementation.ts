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

/**
 * The direct menu of one scale on the cells' types, to be sold as tariffs; `weight` is the share of buyers of this scale. All scales have cells
 * of the same values; where value and scale are independent, the very same cells.
 */
export interface ScaleToImplement {
  readonly scale: number;
  readonly weight: number;
  readonly cells: TypeCells;
  readonly schedule: Schedule;
}

/** The highest type in the cells, up to whom surplus is tabulated. */
export const highestOf = ({ edges }: TypeCells): number => edges[edges.length - 1]!;

/** The tariffs of Prop. 6 and 7 as they stand: markup θ/φ̄ and fee T − m·C; none for types that are excluded. */
export const printedTariffs = (schedule: Schedule): (TwoPartTariff | undefined)[] =>
  Array.from(schedule.value, (value, i) => {
    if (!(schedule.quality[i]! > 0)) return undefined;
    const markup = value / schedule.servedValue[i]!;
    const transfer = value * schedule.quality[i]! - schedule.rent[i]!;
    return { markup, fee: transfer - markup * schedule.cost[i]! };
  });

/**
 * Offers the two-part tariffs of Prop. 6 and 7 to buyers who choose freely, cell by cell of the distribution of types; where that loses
 * something, offers the best menu of two-part tariffs beside it. That is the best of each scale, with one markup a value where scales share
 * their cells. It is left out where buyers would take the best tariffs of another scale: then the best menu of all scales is not known.
 *
 * Profits are the direct menu's plus changes that are taken on the cells, so that errors of the cells cancel where nothing changes.
 */
export const implementByTariffs = (
  profit: number,
  supply: EfficientSupply,
  scales: readonly ScaleToImplement[],
): ImplementationResult => {
  const offers = scales.map(({ scale, weight, cells, schedule }): ScaleTariffs => {
    const table = surplusTable(supply, scale, highestOf(cells));
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

  const markups = new Map<TypeCells, Float64Array>();
  for (const { cells } of offers) {
    if (markups.has(cells)) continue;
    const alike = offers.filter((offer) => offer.cells === cells);
    markups.set(cells, ironedMarkups(cells, alike));
  }
  const best = offers.map(
    (offer): ScaleTariffs => ({
      ...offer,
      intended: tariffsFromMarkups(offer.cells, markups.get(offer.cells)!, offer.table),
    }),
  );
  const expected = (of: readonly ScaleTariffs[]): number =>
    of.reduce(
      (sum, { weight, cells, table, intended }) => sum + weight * intendedProfit(cells, table, intended),
      0,
    );
  const free = simulateTariffs(best, tie);
  if (!(free.maxDeviationGain <= tie)) return result;
  return {
    ...result,
    best: {
      attainedProfit: profit + expected(best) - expected(offers) + free.profitChange,
      maxDeviationGain: free.maxDeviationGain,
    },
  };
};
