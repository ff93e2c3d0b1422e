import type { PopulationMenu } from './population-menu.ts';
import { populationOffers } from './population-offer.ts';

/** Items for continuous values and scales that are sold as they are: K transfers, and quality on blocks of tasks that end at `ends`, K after one another. */
export interface UnmixedItems {
  /** Ascending, the last of them the largest scale. */
  readonly ends: Float64Array;
  readonly quality: Float64Array;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
  /** What of the cost is for shared inputs. */
  readonly sharedCosts: Float64Array;
}

/** Such items as a menu of a population: a buyer takes one of them whole, with the tasks that she has, or none. */
export const unmixedMenu = ({
  ends,
  quality,
  transfers,
  costs,
  sharedCosts,
}: UnmixedItems): PopulationMenu => ({
  scales: ends,
  perScale: transfers.length,
  quality,
  served: new Float64Array(quality.length),
  transfers,
  costs,
  sharedCosts,
  shares: new Float64Array(transfers.length).fill(1),
  models: 1,
  starts: new Float64Array(transfers.length),
  parts: 1,
  bends: new Float64Array(transfers.length),
  // Nothing is mixed, and so nothing else is made.
  costOf: () => undefined,
  isUnmixed: true,
});

/** The lowest and highest value and scale that take an item. */
export interface TakersRange {
  readonly value: readonly [number, number];
  readonly scale: readonly [number, number];
}

/** Which of so many scales take each item, and which values at these; undefined of an item that nobody takes. */
export const takersRanges = (
  menu: PopulationMenu,
  values: { readonly min: number; readonly max: number },
  scales: Float64Array,
): readonly (TakersRange | undefined)[] => {
  const offerAt = populationOffers(menu, values);
  const ranges: (TakersRange | undefined)[] = Array.from(menu.transfers, () => undefined);
  for (const scale of scales) {
    const { taken } = offerAt(scale);
    taken.forEach(({ isNone, from, item: { number } }, h) => {
      const to = taken[h + 1]?.from ?? values.max;
      if (isNone || !(to > from)) return;
      const { value, scale: known } = ranges[number] ?? { value: [from, to], scale: [scale, scale] };
      ranges[number] = {
        value: [Math.min(value[0], from), Math.max(value[1], to)],
        scale: [Math.min(known[0], scale), Math.max(known[1], scale)],
      };
    });
  }
  return ranges;
};
