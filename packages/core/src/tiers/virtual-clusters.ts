import type { ProfileBundle } from '../finite/profile-sales.ts';

/** Virtual profiles φ_c of the full optimum, distinct, with the mass of the types that are served as such. */
export interface VirtualProfiles {
  readonly values: readonly Float64Array[];
  readonly mass: Float64Array;
  readonly weights: Float64Array;
}

const MOST_ROUNDS = 60;

/**
 * Groups of virtual profiles, each served one item: maximises Σ_groups m S(mean φ), what the seller would earn if virtual values stayed as they are in
 * the full optimum. For buyers of one dimension that is the best menu of few itself (`bestPartitions`).
 *
 * Lloyd's method in the geometry of S: a profile joins the item with the largest ⟨φ, q⟩ − C(q), or none; an item is efficient for its group's mean φ.
 * Both steps climb. Starts from the items of fewer groups and the candidate that adds most.
 */
export const virtualClusters = (
  { values, mass, weights }: VirtualProfiles,
  start: readonly ProfileBundle[],
  candidates: readonly ProfileBundle[],
  made: (served: Float64Array) => ProfileBundle | undefined,
): ProfileBundle[] => {
  const earned = ({ quality, making }: ProfileBundle, c: number): number => {
    const profile = values[c]!;
    let sum = -making;
    for (let m = 0; m < quality.length; m++) sum += weights[m]! * profile[m]! * quality[m]!;
    return sum;
  };
  const best = Float64Array.from(values, (_, c) =>
    start.reduce((most, bundle) => Math.max(most, earned(bundle, c)), 0),
  );
  let addition: ProfileBundle | undefined;
  let most = 0;
  for (const candidate of candidates) {
    let gain = 0;
    for (let c = 0; c < values.length; c++) gain += mass[c]! * Math.max(0, earned(candidate, c) - best[c]!);
    if (!(gain > most)) continue;
    most = gain;
    addition = candidate;
  }
  let bundles = addition === undefined ? [...start] : [...start, addition];
  let total = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const sums = bundles.map(() => new Float64Array(weights.length));
    const masses = new Float64Array(bundles.length);
    let sum = 0;
    for (let c = 0; c < values.length; c++) {
      let [own, which] = [0, -1];
      bundles.forEach((bundle, k) => {
        const worth = earned(bundle, c);
        if (worth > own) [own, which] = [worth, k];
      });
      sum += mass[c]! * own;
      if (which < 0) continue;
      masses[which]! += mass[c]!;
      for (let m = 0; m < weights.length; m++) sums[which]![m]! += mass[c]! * values[c]![m]!;
    }
    if (!(sum > total * (1 + 1e-12))) break;
    total = sum;
    bundles = bundles.flatMap((bundle, k) => {
      if (!(masses[k]! > 0)) return [];
      return [made(sums[k]!.map((value) => value / masses[k]!)) ?? bundle];
    });
  }
  return bundles;
};
