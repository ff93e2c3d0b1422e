import {
  intendedProfit,
  ironedMarkups,
  type ScaleTariffs,
  type Schedule,
  simulateTariffs,
  type TwoPartTariff,
  type TypeCells,
  tariffsFromMarkups,
} from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';
import { type OfferedScale, simulationResult } from './offered-scale.ts';

/** The tariffs of Prop. 6 and 7 as they stand: markup θ/φ̄ and fee T − m·C; none for types that are excluded. */
export const printedTariffs = (schedule: Schedule): (TwoPartTariff | undefined)[] =>
  Array.from(schedule.value, (value, i) => {
    if (!(schedule.quality[i]! > 0)) return undefined;
    const markup = value / schedule.servedValue[i]!;
    const transfer = value * schedule.quality[i]! - schedule.rent[i]!;
    return { markup, fee: transfer - markup * schedule.cost[i]! };
  });

/**
 * Offers the two-part tariffs of Prop. 6 and 7; where that loses something, offers the best menu of two-part tariffs beside it. That is the best of each
 * scale, with one markup a value where scales share their cells. It is left out where buyers would take the best tariffs of another
 * scale: then the best menu of all scales is not known.
 */
export const implementByTariffs = (
  profit: number,
  offered: readonly OfferedScale[],
): ImplementationResult => {
  const offers = offered.map(
    (scale): ScaleTariffs => ({ ...scale, intended: printedTariffs(scale.schedule) }),
  );
  const tie = 1e-8 * Math.abs(profit);
  const simulated = simulateTariffs(offers, tie);
  const result: ImplementationResult = {
    kind: 'two-part-tariff',
    ...simulationResult(profit, offered, simulated),
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
