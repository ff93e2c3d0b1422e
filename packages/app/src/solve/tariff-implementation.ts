import {
  bestMarkups,
  intendedProfit,
  type ScaleTariffs,
  type Schedule,
  simulateTariffs,
  type TwoPartTariff,
  type TypeCells,
  tariffsFromMarkups,
} from '@menusmith/core';
import type { ImplementationResult } from '../result.ts';
import type { Implementer } from './implementer.ts';
import { type OfferedScale, simulationResult } from './offered-scale.ts';
import { maximumSpend } from './spending-implementation.ts';

/** The two-part tariffs of Prop. 6 and 7, at the markup m = θ/φ̄; where they lose something, what caps on spending would keep stands beside them. */
export const twoPartTariffs: Implementer = {
  termsOf: ({ value, servedValue }) => ({ markup: value / servedValue }),
  offer(profit, offered) {
    const tariffs = implementByTariffs(profit, offered);
    if (tariffs.deviatingShare === 0) return tariffs;
    const { attainedProfit, maxDeviationGain } = maximumSpend.offer(profit, offered);
    return { ...tariffs, maximumSpend: { attainedProfit, maxDeviationGain } };
  },
  tiers: 'two-part-tariff',
};

/** The tariffs of Prop. 6 and 7 as they stand: markup θ/φ̄ and fee T − m·C; none for types that are excluded. */
export const printedTariffs = (schedule: Schedule): (TwoPartTariff | undefined)[] =>
  Array.from(schedule.value, (value, i) => {
    if (!(schedule.quality[i]! > 0)) return undefined;
    const markup = value / schedule.servedValue[i]!;
    const transfer = value * schedule.quality[i]! - schedule.rent[i]!;
    return { markup, fee: transfer - markup * schedule.cost[i]! };
  });

/**
 * Offers the two-part tariffs of Prop. 6 and 7; where that loses something, offers the best menu of two-part tariffs beside it.
 *
 * That is the best of each scale where nobody would take one made for another. Else markups common to scales that share their cells are tried, which
 * are left out if buyers still take tariffs of another scale or if the first menu earns as much: then the best menu of all scales is not known, and
 * `isBest` is false. No menu of tariffs earns more than the best of each scale, sold to buyers whose scale is seen.
 */
const implementByTariffs = (
  profit: number,
  offered: readonly OfferedScale[],
): Omit<ImplementationResult, 'kind'> => {
  const offers = offered.map(
    (scale): ScaleTariffs => ({ ...scale, intended: printedTariffs(scale.schedule) }),
  );
  const tie = 1e-8 * Math.abs(profit);
  const simulated = simulateTariffs(offers, tie);
  const result = simulationResult(profit, offered, simulated);
  if (!(simulated.maxDeviationGain > tie)) return result;

  const expected = (of: readonly ScaleTariffs[]): number =>
    of.reduce(
      (sum, { weight, cells, table, intended }) => sum + weight * intendedProfit(cells, table, intended),
      0,
    );
  const printed = expected(offers);
  const offersWith = (markupsOf: (offer: ScaleTariffs) => Float64Array): ScaleTariffs[] =>
    offers.map((offer) => ({
      ...offer,
      intended: tariffsFromMarkups(offer.cells, markupsOf(offer), offer.table),
    }));
  const own = offersWith((offer) => bestMarkups(offer.cells, [offer]));
  /** What no tariffs can be above; cells that stand for a continuum put it above the menu's profit by what they err. */
  const upperBound = Math.min(profit, profit + expected(own) - printed);
  /** Undefined where buyers take others' tariffs, or where the first menu earns more. */
  const sold = (tariffs: readonly ScaleTariffs[], isBest: boolean): ImplementationResult['best'] => {
    const { maxDeviationGain, profitChange } = simulateTariffs(tariffs, tie);
    const attainedProfit = Math.min(upperBound, profit + expected(tariffs) - printed + profitChange);
    return maxDeviationGain <= tie && attainedProfit >= result.attainedProfit!
      ? { attainedProfit, maxDeviationGain, isBest }
      : undefined;
  };
  const best = sold(own, true);
  if (best !== undefined) return { ...result, best };
  const common = new Map<TypeCells, Float64Array>();
  const found = sold(
    offersWith(({ cells }) => {
      const known = common.get(cells);
      const markups =
        known ??
        bestMarkups(
          cells,
          offers.filter((offer) => offer.cells === cells),
        );
      common.set(cells, markups);
      return markups;
    }),
    false,
  );
  return found === undefined ? result : { ...result, best: found };
};
