import type { CertifiedMenu } from '../finite/certified-menu.ts';
import type { FiniteProblem } from '../finite/finite-problem.ts';
import { writeProfile } from '../finite/item-profiles.ts';
import { type ProfileBundle, worthToTypes } from '../finite/profile-sales.ts';
import { largestShares } from '../finite/supplied-items.ts';

/** An item of the full menu, with what it earns there. */
export interface SoldItem {
  readonly bundle: ProfileBundle;
  readonly transfer: number;
  readonly mass: number;
  readonly earned: number;
  /** Items of the full menu that are this one. */
  readonly members: readonly number[];
}

/** The distinct items of the full menu that somebody takes. */
export const soldItems = (
  { items, served, shares, choices, transfers, costs }: CertifiedMenu,
  types: FiniteProblem['types'],
  mass: Float64Array,
): readonly SoldItem[] => {
  const models = shares && largestShares(shares, shares.length / costs.length);
  const masses = new Map<number, number>();
  choices.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0) masses.set(k, (masses.get(k) ?? 0) + mass[n]!);
  });
  const distinct = new Map<string, { members: number[]; quality: Float64Array; mass: number }>();
  for (const [k, own] of [...masses].sort(([a], [b]) => a - b)) {
    const quality = new Float64Array(types.weights.length);
    writeProfile(items, k, quality);
    // Items that differ by what a solver left undone are one.
    const key = quality.reduce((text, q) => `${text},${q.toPrecision(7)}`, '');
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { members: [k], quality, mass: own });
    else {
      known.mass += own;
      known.members.push(k);
    }
  }
  return [...distinct.values()].map(({ members, quality, mass: own }) => {
    const [k = 0] = members;
    const values = new Float64Array(quality.length);
    writeProfile({ ...items, quality: served }, k, values);
    const bundle = {
      served: values,
      quality,
      cost: costs[k]!,
      model: models?.[k] ?? 0,
      worth: worthToTypes(types, quality),
    };
    return { bundle, transfer: transfers[k]!, mass: own, earned: own * (transfers[k]! - costs[k]!), members };
  });
};
