import type { FiniteProblem } from './finite-problem.ts';
import type { ItemProfiles } from './item-profiles.ts';
import { type TypePairs, worthOf } from './type-space.ts';

/** Looks over all pairs before they are left as they are; and how often items that stand in a cycle are withdrawn. */
const MOST_LOOKS = 60;
const MOST_WITHDRAWALS = 40;
/** A rent that has been raised so often stands in a cycle: longer chains are settled in an order near theirs. */
const MOST_RAISES = 60;

/**
 * Lowers the transfers of items until nobody who is meant to have one prefers another's, or none: rents become the least that are above the
 * given ones and meet U_n ≥ U_k + ⟨w_n − w_k, q_k⟩, longest paths from the rents given. `likely` are pairs that are tried first; all pairs are
 * looked at in the end.
 *
 * A cycle of items with a positive sum can be had at no transfers (Rochet 1987): where types are bunched, rounding is enough for one. Of its items
 * only that of the largest mass stays; the others are marked in `withdrawn`, at a price that nobody pays. Without `withdrawn` all stay, and some
 * types may not be content. Answers with what was paid, Σ f × rebate.
 */
export const payTempted = (
  { types, mass }: FiniteProblem,
  items: ItemProfiles,
  transfers: Float64Array,
  likely: TypePairs,
  enough: number,
  withdrawn?: Uint8Array,
): number => {
  const n = types.count;
  const own = Float64Array.from(transfers, (_, k) => worthOf(types, k, items, k));
  const given = own.map((worth, k) => Math.max(0, worth - transfers[k]!));
  let prohibitive = 0;
  // Well above the rounding of a worth, so that no cycle is made of that alone.
  const least = 0.05 * enough;
  const edges = outward(n, likely, (t, k) => worthOf(types, t, items, k) - own[k]!);
  const utilities = new Float64Array(n);
  const choices = new Int32Array(n);
  const rents = given.slice();
  const isOut = withdrawn ?? new Uint8Array(n);
  const settle = relaxation(rents, edges, isOut, least);
  // Rents are passed on upwards: from the lowest on, most are settled once.
  const everyone = Int32Array.from(rents, (_, k) => k).sort((a, b) => given[a]! - given[b]!);
  const writeTransfers = (): void => {
    for (let k = 0; k < n; k++) transfers[k] = isOut[k] === 1 ? prohibitive : own[k]! - rents[k]!;
  };
  /** Settles the constraints that are known, then those that a look over all pairs finds; answers with a cycle that is in the way. */
  const attempt = (): readonly number[] => {
    rents.set(given);
    let cycle = settle(everyone);
    for (let look = 0; look < MOST_LOOKS && cycle.length === 0; look++) {
      writeTransfers();
      types.bestChoices(items, transfers, utilities, choices);
      const raised: number[] = [];
      for (let t = 0; t < n; t++) {
        const best = utilities[t]!;
        if (isOut[t] === 1 || !(best - rents[t]! > least)) continue;
        const k = choices[t]!;
        if (best > 0) edges[k]!.push({ to: t, gain: best - rents[k]! });
        raised.push(k);
      }
      if (raised.length === 0) break;
      cycle = settle(Int32Array.from(raised));
    }
    return cycle;
  };
  for (let withdrawal = 0; withdrawal < MOST_WITHDRAWALS; withdrawal++) {
    const cycle = attempt();
    if (cycle.length < 2 || withdrawn === undefined) break;
    if (prohibitive === 0) {
      types.bestChoices(items, new Float64Array(n), utilities, choices);
      prohibitive = 2 * utilities.reduce((most, worth) => Math.max(most, worth), 0);
    }
    const heaviest = cycle.reduce((a, b) => (mass[b]! > mass[a]! ? b : a));
    for (const k of cycle) if (k !== heaviest) withdrawn[k] = 1;
  }
  writeTransfers();
  let paid = 0;
  for (let k = 0; k < n; k++) if (isOut[k] === 0) paid += mass[k]! * (rents[k]! - given[k]!);
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

/**
 * Raises rents along the constraints, first in first out, until all hold; answers with a cycle that prevents it, or an empty list. A list of one is
 * where it was left without an end in sight.
 */
const relaxation = (
  rents: Float64Array,
  edges: readonly (readonly Temptation[])[],
  withdrawn: Uint8Array,
  least: number,
): ((start: Int32Array) => readonly number[]) => {
  const n = rents.length;
  const isQueued = new Uint8Array(n);
  const queue = new Int32Array(n);
  const raises = new Uint8Array(n);
  const via = new Int32Array(n);
  return (start) => {
    let [head, waiting] = [0, 0];
    isQueued.fill(0);
    raises.fill(0);
    via.fill(-1);
    const put = (k: number): void => {
      if (isQueued[k] === 1) return;
      isQueued[k] = 1;
      queue[(head + waiting++) % n] = k;
    };
    start.forEach(put);
    for (let left = 4 * MOST_RAISES * n; waiting > 0; left--) {
      const k = queue[head]!;
      if (left === 0) return [k];
      head = (head + 1) % n;
      waiting--;
      isQueued[k] = 0;
      if (withdrawn[k] === 1) continue;
      for (const { to, gain } of edges[k]!) {
        if (withdrawn[to] === 1 || !(rents[k]! + gain - rents[to]! > least)) continue;
        rents[to] = rents[k]! + gain;
        via[to] = k;
        if (++raises[to]! > MOST_RAISES) {
          const cycle = cycleThrough(via, to);
          if (cycle.length > 1) return cycle;
          raises[to] = 0;
        }
        put(to);
      }
    }
    return [];
  };
};

/** The cycle into which one comes by following `via` from a type whose rent was raised again and again; just her where there is none yet. */
const cycleThrough = (via: Int32Array, from: number): readonly number[] => {
  let k = from;
  for (let step = 0; step < via.length; step++) {
    if (via[k]! < 0) return [from];
    k = via[k]!;
  }
  const cycle = [k];
  for (let j = via[k]!; j !== k; j = via[j]!) cycle.push(j);
  return cycle;
};
