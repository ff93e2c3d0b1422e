import {
  bestMarkups,
  intendedProfit,
  intendedSurplus,
  type Schedule,
  simulateTariffs,
  type TwoPartTariff,
  type TypeCells,
  tariffsFromMarkups,
} from '@menusmith/core';
import type { ImplementationResult } from '../../result.ts';
import type { Implementer } from './implementer.ts';
import {
  attainedResult,
  type DirectMenu,
  type OfferedScale,
  type OfferedTariffs,
  objectiveAttained,
  simulationResult,
  tieOf,
} from './offered-scale.ts';
import { isSameForAll } from './outside-offers.ts';
import { asTaken, searchedTariffs } from './searched-tariffs.ts';
import { maximumSpend } from './spending-implementation.ts';

/** The two-part tariffs of Prop. 6 and 7, at the markup m = θ/φ̄; where they lose something, what caps on spending would keep stands beside them. */
export const twoPartTariffs: Implementer = {
  termsOf: ({ value, servedValue }) => ({ markup: value / servedValue }),
  offer(direct, offered) {
    const tariffs = implementByTariffs(direct, offered);
    if (tariffs.deviatingShare === 0) return tariffs;
    const { deviatingShare: _, worst: __, ...spending } = maximumSpend.offer(direct, offered);
    return { ...tariffs, maximumSpend: spending };
  },
  ofType: {
    // The markup at which what she takes costs as much as her item: θ/φ̄ in a chain.
    termsOf(demand, cost) {
      const discount = demand.spending(cost);
      const markup = discount > 0 && discount < Number.POSITIVE_INFINITY ? 1 / discount : 1;
      return { markup, spendingCap: Number.POSITIVE_INFINITY };
    },
    varied: (terms, factor) => ({ ...terms, markup: factor * terms.markup }),
  },
  isCapBeside: true,
  tiers: 'two-part-tariff',
};

/** The tariffs of Prop. 6 and 7 as they stand: markup θ/φ̄ and fee T − m·C; none for types that are excluded. */
export const printedTariffs = (schedule: Schedule, leastMarkup = 0): (TwoPartTariff | undefined)[] =>
  Array.from(schedule.value, (value, i) => {
    if (!(schedule.quality[i]! > 0)) return undefined;
    const markup = Math.max(leastMarkup, value / schedule.servedValue[i]!);
    const transfer = value * schedule.quality[i]! - schedule.rent[i]!;
    return { markup, fee: transfer - markup * schedule.cost[i]! };
  });

/**
 * Offers the two-part tariffs of Prop. 6 and 7; where that loses something, offers the best menu of two-part tariffs beside it.
 *
 * That is the best of each scale where nobody would take one made for another, and all have the same outside. Else markups common to scales that share their
 * cells are tried, or, along a line, what a search finds; which are left out if buyers still take tariffs of another scale or if the first menu earns as much:
 * then the best menu is not known, and `isBest` is false. No menu of tariffs earns more than the best of each scale, sold to buyers whose scale is seen.
 */
const implementByTariffs = (
  direct: DirectMenu,
  offered: readonly OfferedScale[],
): Omit<ImplementationResult, 'kind'> => {
  const offers = offered.map(
    (scale): OfferedTariffs => ({ ...scale, intended: printedTariffs(scale.schedule, scale.leastMarkup) }),
  );
  const tie = tieOf(direct);
  const simulated = simulateTariffs(offers, tie);
  const result = simulationResult(direct, offered, simulated);
  if (!(simulated.maxDeviationGain > tie)) return result;

  const surplusWeight = direct.objective.consumerSurplus / direct.objective.profit;
  const madeBy = (of: Parameters<typeof objectiveAttained>[0]): number => objectiveAttained(of, direct);
  const own = withMarkups(offers, (offer) => bestMarkups(offer.cells, [offer], surplusWeight));
  const isKnown = offers.every(({ outside }) => isSameForAll(outside));
  const changeTo = changesFrom(offers);
  /** What no tariffs can be above; cells that stand for a continuum put it above what the menu makes by what they err. */
  const upperBound = Math.min(
    madeBy(attainedResult(direct, { profit: 0, consumerSurplus: 0 })),
    isKnown ? madeBy(attainedResult(direct, changeTo(own))) : Number.POSITIVE_INFINITY,
  );
  /** Undefined where buyers take others' tariffs, or where the first menu makes more of the objective. */
  const sold = (tariffs: readonly OfferedTariffs[], isBest: boolean): ImplementationResult['best'] => {
    const { maxDeviationGain, profitChange, surplusChange } = simulateTariffs(tariffs, tie);
    const meant = changeTo(tariffs);
    const change = {
      profit: meant.profit + profitChange,
      consumerSurplus: meant.consumerSurplus + surplusChange,
    };
    const excess = Math.max(0, madeBy(attainedResult(direct, change)) - upperBound);
    const attained = attainedResult(direct, {
      ...change,
      profit: change.profit - excess / direct.objective.profit,
    });
    return maxDeviationGain <= tie && madeBy(attained) >= madeBy(result)
      ? { ...attained, maxDeviationGain, isBest }
      : undefined;
  };
  const best = isKnown
    ? (sold(own, true) ?? sold(withCommonMarkups(offers, surplusWeight), false))
    : [own, ...searchedTariffs(offers, surplusWeight)]
        .map((tariffs) =>
          sold(
            tariffs.map((offer) => asTaken(offer, tie)),
            false,
          ),
        )
        .reduce((a, b) => (a === undefined || (b !== undefined && madeBy(b) > madeBy(a)) ? b : a));
  return best === undefined ? result : { ...result, best };
};

const withMarkups = (
  offers: readonly OfferedTariffs[],
  markupsOf: (offer: OfferedTariffs) => Float64Array,
): OfferedTariffs[] =>
  offers.map((offer) => ({
    ...offer,
    intended: tariffsFromMarkups(offer.cells, markupsOf(offer), offer.table, offer.outside),
  }));

/** With the best markups common to all scales of the same cells. */
const withCommonMarkups = (offers: readonly OfferedTariffs[], surplusWeight: number): OfferedTariffs[] => {
  const common = new Map<TypeCells, Float64Array>();
  return withMarkups(offers, ({ cells }) => {
    const alike = (): OfferedTariffs[] => offers.filter((offer) => offer.cells === cells);
    const markups = common.get(cells) ?? bestMarkups(cells, alike(), surplusWeight);
    common.set(cells, markups);
    return markups;
  });
};

/** By how much other tariffs make more than these, of profit and of consumer surplus, where all take what is meant for them. */
const changesFrom = (
  offers: readonly OfferedTariffs[],
): ((others: readonly OfferedTariffs[]) => Pick<DirectMenu, 'profit' | 'consumerSurplus'>) => {
  const expected = (of: readonly OfferedTariffs[], sumOf: typeof intendedSurplus): number =>
    of.reduce(
      (sum, { weight, cells, table, intended, outside }) =>
        sum + weight * sumOf(cells, table, intended, outside),
      0,
    );
  const [profit, consumerSurplus] = [expected(offers, intendedProfit), expected(offers, intendedSurplus)];
  return (others) => ({
    profit: expected(others, intendedProfit) - profit,
    consumerSurplus: expected(others, intendedSurplus) - consumerSurplus,
  });
};
