import type { FiniteProblem } from './finite-problem.ts';
import type { ItemProfiles } from './item-profiles.ts';
import { type TypePairs, worthOf } from './type-space.ts';

/** Looks over all pairs, and relaxations a constraint between them, before the items are taken not to be implementable. */
const MOST_LOOKS = 12;
const MOST_RELAXATIONS = 60;

/**
 * Lowers the transfers of items until nobody who is meant to have one prefers another's, or none: rents become the least that are above the
 * given ones and meet U_n ≥ U_k + ⟨w_n − w_k, q_k⟩, longest paths from the rents given. Ends early where a cycle of items has a positive sum,
 * which no transfers can mend (Rochet 1987). `likely` are pairs that are tried first; all pairs are looked at in the end.
 *
 * Answers with what was paid, Σ f × rebate.
 */
export const payTempted = (
  { types, mass }: FiniteProblem,
  items: ItemProfiles,
  transfers: Float64Array,
  likely: TypePairs,
  enough: number,
): number => {
  const n = types.count;
  const own = Float64Array.from(transfers, (_, k) => worthOf(types, k, items, k));
  const rents = own.map((worth, k) => worth - transfers[k]!);
  const given = rents.slice();
  const least = 1e-3 * enough;
  const edges = outward(n, likely, (t, k) => worthOf(types, t, items, k) - own[k]!);
  const utilities = new Float64Array(n);
  const choices = new Int32Array(n);
  const settle = relaxation(n, rents, edges, least);
  const everyone = Int32Array.from(rents, (_, k) => k);
  let isSettled = settle(everyone);
  for (let look = 0; look < MOST_LOOKS && isSettled; look++) {
    for (let k = 0; k < n; k++) transfers[k] = own[k]! - rents[k]!;
    types.bestChoices(items, transfers, utilities, choices);
    const raised: number[] = [];
    for (let t = 0; t < n; t++) {
      const best = utilities[t]!;
      if (!(best - rents[t]! > least)) continue;
      const k = choices[t]!;
      if (best > 0) edges[k]!.push({ to: t, gain: best - rents[k]! });
      rents[t] = best;
      raised.push(t);
    }
    if (raised.length === 0) break;
    isSettled = settle(Int32Array.from(raised));
  }
  let paid = 0;
  for (let k = 0; k < n; k++) {
    transfers[k] = own[k]! - rents[k]!;
    paid += mass[k]! * (rents[k]! - given[k]!);
  }
  return paid;
};

/** A constraint U_to ≥ U_k + gain, listed with k. */
interface Temptation {
  readonly to: number;
  readonly gain: number;
}

const outward = (
  n: number,
  { from, to }: TypePairs,
  gain: (t: number, k: number) => number,
): Temptation[][] => {
  const edges: Temptation[][] = Array.from({ length: n }, () => []);
  for (let e = 0; e < from.length; e++) edges[to[e]!]!.push({ to: from[e]!, gain: gain(from[e]!, to[e]!) });
  return edges;
};

/** Raises rents along the constraints, first in first out; false where it does not end. */
const relaxation = (
  n: number,
  rents: Float64Array,
  edges: readonly (readonly Temptation[])[],
  least: number,
): ((start: Int32Array) => boolean) => {
  const isQueued = new Uint8Array(n);
  const queue = new Int32Array(n);
  return (start) => {
    let [head, waiting] = [0, 0];
    const put = (k: number): void => {
      if (isQueued[k] === 1) return;
      isQueued[k] = 1;
      queue[(head + waiting++) % n] = k;
    };
    start.forEach(put);
    for (let left = MOST_RELAXATIONS * n; waiting > 0; left--) {
      if (left === 0) {
        isQueued.fill(0);
        return false;
      }
      const k = queue[head]!;
      head = (head + 1) % n;
      waiting--;
      isQueued[k] = 0;
      for (const { to, gain } of edges[k]!) {
        if (!(rents[k]! + gain - rents[to]! > least)) continue;
        rents[to] = rents[k]! + gain;
        put(to);
      }
    }
    return true;
  };
};
