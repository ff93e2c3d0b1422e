import type { FallbackAt } from './population-fallback.ts';
import { isMade, type PopulationMenu } from './population-menu.ts';
import { populationOffers } from './population-offer.ts';

/** Places in a cell of values at which buyers may lack something, in cells. */
const PLACES = [0, 0.25, 0.5, 0.75, 1];
/** Who lacks more than this share of the largest transfer is not meant to take the menu. */
const SLIGHT = 1e-3;
/** What makes a choice strict, as a share of the largest transfer. */
const STRICT = 1e-9;

/**
 * A menu whose rents are those outside at the starts of cells, made so that buyers within cells and between scales take it: as what they have outside is convex,
 * they lack up to O(h²) of it there. All items of a scale cost as much less as anybody of it, or half way to the next, lacks.
 */
export const keepingBuyers = (
  menu: PopulationMenu,
  values: { readonly min: number; readonly max: number },
  fallbackAt: FallbackAt,
): PopulationMenu => {
  const { scales, perScale, transfers, starts } = menu;
  const money = transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  const offerAt = populationOffers(menu, values);
  /** The most that buyers at these places lack at a scale. */
  const lackAt = (scale: number, places: readonly number[]): number => {
    const { taken } = offerAt(scale);
    const { utility, of } = fallbackAt(scale);
    let at = 0;
    let most = 0;
    for (const value of places) {
      while (at + 1 < taken.length && taken[at + 1]!.from <= value) at++;
      const line = taken[at];
      const rent = line === undefined ? 0 : value * line.quality - line.transfer;
      const lack = utility(value) - rent;
      // Who falls back on a promise has her item from the seller.
      if (lack > most && lack <= SLIGHT * money && of(value)?.kind === 'elsewhere') most = lack;
    }
    return most;
  };
  const rebates = Float64Array.from(scales, (scale, l) => {
    const places: number[] = [];
    for (let f = 0; f < perScale; f++) {
      const k = l * perScale + f;
      const next = f + 1 < perScale ? starts[k + 1]! : values.max;
      if (isMade(menu, k)) places.push(...PLACES.map((t) => starts[k]! + t * (next - starts[k]!)));
    }
    return lackAt(scale, places);
  });
  for (let l = 0; l + 1 < scales.length; l++) {
    const places: number[] = [];
    for (let f = 0; f < perScale; f++) {
      const [k, above] = [l * perScale + f, (l + 1) * perScale + f];
      if (isMade(menu, k) && isMade(menu, above)) places.push((starts[k]! + starts[above]!) / 2);
    }
    const lack = lackAt((scales[l]! + scales[l + 1]!) / 2, places);
    rebates[l] = Math.max(rebates[l]!, lack);
    rebates[l + 1] = Math.max(rebates[l + 1]!, lack);
  }
  return {
    ...menu,
    transfers: transfers.map((transfer, k) =>
      isMade(menu, k) ? transfer - rebates[Math.floor(k / perScale)]! - STRICT * money : transfer,
    ),
  };
};
