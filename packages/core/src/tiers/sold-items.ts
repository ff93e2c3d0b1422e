import type { CertifiedMenu } from '../finite/certified-menu.ts';
import type { FiniteProblem } from '../finite/finite-problem.ts';
import { countedOffer, type ProfileBundle, type SaleTerms, worthToTypes } from '../finite/profile-sales.ts';
import { largestShares } from '../finite/supplied-items.ts';
import { writeProfile } from '../types/item-profiles.ts';

/** A chance of what buyers have outside from which on an item is nothing else. */
const OUTSIDE = 1 - 1e-6;
/** Digits in which the qualities of one item are the same for all who take it. */
const SAME_DIGITS = 7;

/** An item of the full menu, with what it earns there. */
export interface SoldItem {
  readonly bundle: ProfileBundle;
  readonly transfer: number;
  readonly mass: number;
  readonly earned: number;
  /** Items of the full menu that are this one. */
  readonly members: readonly number[];
}

/**
 * The distinct items of the full menu that somebody takes. Of a lottery with what buyers have outside, which the last model then makes, it is the seller's part.
 */
export const soldItems = (
  { items, served, shares, choices, transfers, costs }: CertifiedMenu,
  types: FiniteProblem['types'],
  mass: Float64Array,
  terms: SaleTerms,
): readonly SoldItem[] => {
  const count = shares ? shares.length / costs.length : 0;
  const chanceOf = (k: number): number =>
    shares && terms.outside && count > 0 ? shares[(k + 1) * count - 1]! : 0;
  const models =
    shares &&
    largestShares(
      terms.outside ? shares.map((share, i) => (i % count === count - 1 ? 0 : share)) : shares,
      count,
    );
  const masses = new Map<number, number>();
  choices.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0 && chanceOf(k) < OUTSIDE) masses.set(k, (masses.get(k) ?? 0) + mass[n]!);
  });
  const distinct = new Map<string, { members: number[]; quality: Float64Array; mass: number }>();
  for (const [k, taken] of [...masses].sort(([a], [b]) => a - b)) {
    const quality = new Float64Array(types.weights.length);
    writeProfile(items, k, quality);
    const own = 1 - chanceOf(k);
    if (own < 1) for (let m = 0; m < quality.length; m++) quality[m]! /= own;
    // Items that differ by what a solver left undone are one.
    const key = quality.reduce((text, q) => `${text},${q.toPrecision(SAME_DIGITS)}`, '');
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { members: [k], quality, mass: taken });
    else {
      known.mass += taken;
      known.members.push(k);
    }
  }
  return [...distinct.values()].map(({ members, quality, mass: own }) => {
    const [k = 0] = members;
    const values = new Float64Array(quality.length);
    writeProfile({ ...items, quality: served }, k, values);
    const making = costs[k]! / (1 - chanceOf(k));
    const bundle = {
      served: values,
      quality,
      making,
      model: models?.[k] ?? 0,
      ...countedOffer(worthToTypes(types, quality), making, terms),
    };
    return { bundle, transfer: transfers[k]!, mass: own, earned: own * (transfers[k]! - costs[k]!), members };
  });
};
