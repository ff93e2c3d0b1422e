import {
  bestSpaceTariffs,
  chainDemands,
  freeChoice,
  type TwoPartTariff,
  tariffProfit,
  tariffUtility,
  taskSet,
} from '@menusmith/core';
import type { OfferedTariffs } from './offered-scale.ts';

/**
 * The same tariffs, each cell's being the one that it takes of those of its scale; none where what it has outside is better. Of those that are worth as much to her within
 * `tie`, the one that earns most.
 */
export const asTaken = (offer: OfferedTariffs, tie: number): OfferedTariffs => {
  const { cells, table, intended, outside } = offer;
  const tariffs = [...new Set(intended)].filter((tariff) => tariff !== undefined);
  return {
    ...offer,
    intended: Array.from(cells.value, (value, i): TwoPartTariff | undefined => {
      const left = tariffs.map((tariff) => tariffUtility(table, value, tariff.markup) - tariff.fee);
      const earned = tariffs.map((tariff) => tariffProfit(table, value, tariff));
      const nothing = outside?.types[i] ?? 0;
      const margin = outside?.margins?.[i] ?? 0;
      if (margin === 0) return tariffs[freeChoice(left, earned, tie, nothing)];
      // What she is promised is one more offer of the seller's.
      return tariffs[freeChoice([...left, nothing], [...earned, margin], tie, Number.NEGATIVE_INFINITY)];
    }),
  };
};

/** Cells among which tariffs are sought, and how many, and those made of the first menu's to begin with. */
const SEARCHED = 120;
const MOST_TARIFFS = 10;
const BEGUN = 12;

/** Along a line a menu of few tariffs that a search finds: where what buyers have outside differs, who is served is no matter of a lowest type. */
export const searchedTariffs = (
  offers: readonly OfferedTariffs[],
  surplusWeight: number,
): OfferedTariffs[][] => {
  const [offer] = offers;
  if (offers.length !== 1 || offer === undefined) return [];
  const { cells, table, intended, outside, leastMarkup } = offer;
  const group = Math.ceil(cells.value.length / SEARCHED);
  const starts = Array.from({ length: Math.ceil(cells.value.length / group) }, (_, i) => i * group);
  // The middle of each group of cells stands for it.
  const middles = starts.map((from) => Math.min(cells.value.length - 1, from + (group >> 1)));
  const mass = Float64Array.from(starts, (from) =>
    cells.mass.subarray(from, from + group).reduce((sum, f) => sum + f, 0),
  );
  const ofMiddles = (column: Float64Array): Float64Array => Float64Array.from(middles, (i) => column[i]!);
  const tasks = taskSet(Uint8Array.of(1));
  const begun = middles.flatMap((i) => (intended[i] ? [intended[i]] : []));
  const step = Math.max(1, Math.floor(begun.length / BEGUN));
  const candidates = begun.filter((_, i) => i % step === 0);
  const [found] = bestSpaceTariffs({
    demands: chainDemands(
      Float64Array.from(middles, (i) => cells.value[i]!),
      table,
    ),
    mass,
    candidates: [{ markup: 1, fee: 0 }, ...candidates].map((tariff) => ({
      ...tariff,
      tasks,
      spendingCap: Number.POSITIVE_INFINITY,
    })),
    varied: (terms, factor) => ({ ...terms, markup: Math.max(leastMarkup, factor * terms.markup) }),
    surplusWeight,
    ...(outside ? { outside: ofMiddles(outside.types) } : {}),
    ...(outside?.margins ? { margins: ofMiddles(outside.margins) } : {}),
    counts: [MOST_TARIFFS],
  });
  const tariffs = found!.bundles.map(
    ({ terms: { markup } }, k): TwoPartTariff => ({ markup, fee: found!.transfers[k]! }),
  );
  return [[{ ...offer, intended: Array.from(cells.value, (_, i) => tariffs[i]) }]];
};
