import type { CertifiedMenu } from '../finite/certified-menu.ts';
import { type Menu, type ProfileBundle, profileSale, type SaleTerms } from '../finite/profile-sales.ts';
import { writeProfile } from '../types/item-profiles.ts';

/** What a climb goes by. */
export interface Climb {
  readonly mass: Float64Array;
  valueAt(n: number, m: number): number;
  /** The item that is efficient for these values. */
  made(served: Float64Array): ProfileBundle | undefined;
  readonly full: CertifiedMenu;
  readonly terms: SaleTerms;
}

/** Served values to move the k-th item towards. */
export const proposalsFor = (
  menu: Menu,
  k: number,
  { mass, valueAt, full, terms: { surplusWeight } }: Climb,
): readonly Float64Array[] => {
  const { choices } = profileSale(menu.bundles, menu.transfers, mass);
  const tasks = menu.bundles[k]!.served.length;
  const proposals: Float64Array[] = [];
  const virtual = virtualProfile(menu, k, choices, mass, valueAt, surplusWeight);
  if (virtual !== undefined) proposals.push(virtual);
  const mean = new Float64Array(tasks);
  const own = new Float64Array(tasks);
  let total = 0;
  choices.forEach((choice, n) => {
    if (choice !== k || !(mass[n]! > 0)) return;
    total += mass[n]!;
    const item = full.choices[n]!;
    if (item < 0) return;
    writeProfile({ ...full.items, quality: full.served }, item, own);
    for (let m = 0; m < tasks; m++) mean[m]! += mass[n]! * own[m]!;
  });
  if (total > 0 && !mean.some(Number.isNaN)) proposals.push(mean.map((sum) => sum / total));
  return proposals;
};

/**
 * The values for which the k-th item is best, its menu's binding constraints given. Let every item's buyer who is closest to leaving it, n_l, be
 * kept by its transfer from her next best item (or none), its parent. Transfers then follow the tree, and an item's transfer carries those of all
 * items above it in the tree, of mass M_l in sum:
 *
 *     φ_k = (M_k w_{n_k} − Σ_{l: parent k} M_l w_{n_l}) / f_k,    f_k the mass of its own buyers.
 *
 * With the share κ of surplus it is (1 − κ) of that and κ of the mean of its buyers' own values.
 *
 * Undefined where nobody takes it, or where parents form a cycle.
 */
const virtualProfile = (
  { bundles, transfers }: Menu,
  k: number,
  choices: Int32Array,
  mass: Float64Array,
  valueAt: (n: number, m: number) => number,
  surplusWeight: number,
): Float64Array | undefined => {
  const size = bundles.length;
  const own = new Float64Array(size);
  const slack = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const parent = new Int32Array(size).fill(-1);
  const marginal = new Int32Array(size).fill(-1);
  choices.forEach((choice, n) => {
    if (choice < 0 || !(mass[n]! > 0)) return;
    own[choice]! += mass[n]!;
    const utility = bundles[choice]!.worth[n]! - transfers[choice]!;
    for (let l = -1; l < size; l++) {
      if (l === choice) continue;
      const other = l < 0 ? 0 : bundles[l]!.worth[n]! - transfers[l]!;
      if (!(utility - other < slack[choice]!)) continue;
      slack[choice] = utility - other;
      parent[choice] = l;
      marginal[choice] = n;
    }
  });
  if (!(own[k]! > 0)) return undefined;
  const carried = new Float64Array(size);
  for (let l = 0; l < size; l++) {
    let steps = 0;
    for (let at = l; at >= 0; at = parent[at]!) {
      carried[at]! += own[l]!;
      if (++steps > size) return undefined;
    }
  }
  const profile = new Float64Array(bundles[k]!.served.length);
  for (let m = 0; m < profile.length; m++) {
    let sum = carried[k]! * valueAt(marginal[k]!, m);
    for (let l = 0; l < size; l++) if (parent[l] === k) sum -= carried[l]! * valueAt(marginal[l]!, m);
    profile[m] = ((1 - surplusWeight) * sum) / own[k]!;
  }
  if (surplusWeight > 0)
    choices.forEach((choice, n) => {
      if (choice !== k || !(mass[n]! > 0)) return;
      for (let m = 0; m < profile.length; m++)
        profile[m]! += (surplusWeight * mass[n]! * valueAt(n, m)) / own[k]!;
    });
  return profile;
};
