import { type ItemProfiles, writeProfile } from '../types/item-profiles.ts';
import type { TypeSpace } from '../types/type-space.ts';

/** Choices within this share of the money at stake are near ties. */
const NEAR = 1e-6;
/** A worth of M tasks is right to (M + 8) roundings; a preference of so many times as much is one in exact numbers too. */
const CLEAR = 32;

/** What items cost, and at what they are sold; the item of each type; and what nothing is worth to her. */
interface ItemsForTypes {
  readonly costs: Float64Array;
  readonly transfers: Float64Array;
  readonly choices: Int32Array;
  readonly nothing: Float64Array;
}

/**
 * Transfers at which every type strictly prefers what she is meant to take, in exact numbers and not only to rounding: whoever is all but indifferent
 * between her item and one that earns less gets a discount on hers, by so little more than rounding that a proof can tell. Ties with an item that earns
 * more may stay. Items that earn least are priced first, so that every discount is known when the next needs it.
 *
 * `choices` has the item meant for each type, −1 for none, which leaves her what `nothing` is worth to her; types without mass count for nothing.
 * `items` holds what each item delivers, and `costs` what it costs. Time O(types · items · tasks).
 */
export const strictTransfers = (
  types: TypeSpace,
  mass: Float64Array,
  items: ItemProfiles,
  { costs, transfers, choices, nothing }: ItemsForTypes,
): Float64Array => {
  const tasks = types.weights.length;
  const strict = transfers.slice();
  const margin = (k: number): number => transfers[k]! - costs[k]!;
  const taken = [...new Set(choices)].filter((k) => k >= 0).sort((a, b) => margin(a) - margin(b) || a - b);
  const profiles = new Float64Array(taken.length * tasks);
  taken.forEach((k, place) => {
    writeProfile(items, k, profiles.subarray(place * tasks, (place + 1) * tasks));
  });
  const takers = new Map<number, number[]>(taken.map((k) => [k, []]));
  choices.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0) takers.get(k)!.push(n);
  });
  const values = new Float64Array(tasks);
  const worth = (place: number): number => {
    let sum = 0;
    for (let m = 0; m < tasks; m++) sum += values[m]! * profiles[place * tasks + m]!;
    return sum;
  };
  taken.forEach((k, place) => {
    let discount = 0;
    for (const n of takers.get(k)!) {
      for (let m = 0; m < tasks; m++) values[m] = types.weights[m]! * types.valueAt(n, m);
      const own = worth(place);
      const stake = Math.abs(own) + Math.abs(transfers[k]!) + Math.abs(nothing[n]!);
      const clear = CLEAR * (tasks + 8) * Number.EPSILON * stake;
      const rent = own - transfers[k]!;
      const gain = rent - nothing[n]!;
      if (gain < NEAR * stake) discount = Math.max(discount, clear - gain);
      for (let other = 0; other < place; other++) {
        const better = worth(other) - strict[taken[other]!]! - rent;
        if (better > -NEAR * stake) discount = Math.max(discount, better + clear);
      }
    }
    strict[k] = transfers[k]! - discount;
  });
  return strict;
};
