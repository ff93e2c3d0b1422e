import type { ItemProfiles } from '../types/item-profiles.ts';
import { type TypePairs, worthOf } from '../types/type-space.ts';
import type { FiniteProblem } from './finite-problem.ts';
import { participationOf } from './participation.ts';

/** Looks over all pairs before they are left as they are; and how often items that stand in a cycle are shared. */
const MOST_LOOKS = 60;
const MOST_ROUNDS = 40;
/** From so many cycles on, all that are within rounding are broken at once. */
const MOST_CYCLES = 4;
/** A rent that has been raised so often stands in a cycle: longer chains are settled in an order near theirs. */
const MOST_RAISES = 60;
/** Of items in a cycle, one is as good to a buyer as another within so many times what is enough. */
const AS_GOOD = 1e3;

/** Where types may be given one another's items: the item meant for each type, her own to begin with, and what items cost. */
export interface Sharing {
  readonly meant: Int32Array;
  readonly costs: Float64Array;
}

/**
 * Lowers the transfers of items until nobody who is meant to have one prefers another's, or has less than she is to have: rents become the least that
 * are above the given ones and meet U_n ≥ u_n and U_n ≥ U_k + ⟨w_n − w_k, q_k⟩, longest paths from the rents given. `likely` are pairs that are tried first; all pairs are
 * looked at in the end.
 *
 * A cycle of items with a positive sum can be had at no transfers (Rochet 1987): where types are bunched, or are indifferent in the optimum,
 * rounding is enough for one. Those in it who like its most profitable item as well as their own are then meant to have that one, at no loss to the
 * seller; their own is for nobody, at a price that nobody pays. Without `sharing` all stay, and some types may not be content. Answers with
 * what was paid, Σ f × rebate.
 */
export const payTempted = (
  problem: FiniteProblem,
  items: ItemProfiles,
  transfers: Float64Array,
  likely: TypePairs,
  enough: number,
  sharing?: Sharing,
): number => {
  const { types, mass } = problem;
  const n = types.count;
  const { least: promised } = participationOf(problem);
  const own = Float64Array.from(transfers, (_, k) => worthOf(types, k, items, k));
  const given = own.map((worth, k) => Math.max(promised[k]!, worth - transfers[k]!));
  let prohibitive = 0;
  // Well above the rounding of a worth, so that no cycle is made of that alone.
  const least = 0.05 * enough;
  const utilities = new Float64Array(n);
  const choices = new Int32Array(n);
  const rents = given.slice();
  const meant = sharing?.meant ?? Int32Array.from(own, (_, k) => k);
  /** ⟨w_t − w_k, q_k⟩ of the item k meant for t: what she has from it beyond the rent of k. */
  const beyond = new Float64Array(n);
  const members = new Int32Array(n).fill(1);
  const gainOf = (t: number, k: number): number => worthOf(types, t, items, k) - own[k]!;
  const edges = outward(n, likely, gainOf);
  const settle = relaxation(rents, edges, { meant, beyond, members }, least);
  // Rents are passed on upwards: from the lowest on, most are settled once.
  const everyone = Int32Array.from(rents, (_, k) => k).sort((a, b) => given[a]! - given[b]!);
  const writeTransfers = (): void => {
    for (let k = 0; k < n; k++) transfers[k] = members[k]! > 0 ? own[k]! - rents[k]! : prohibitive;
  };
  /** Settles the constraints that are known, then those that a look over all pairs finds; answers with a cycle that is in the way. */
  const attempt = (): readonly Raise[] => {
    rents.set(given);
    meant.forEach((k, t) => {
      rents[k] = Math.max(rents[k]!, promised[t]! - beyond[t]!);
    });
    let cycle = settle(everyone);
    for (let look = 0; look < MOST_LOOKS && cycle.length === 0; look++) {
      writeTransfers();
      types.bestChoices(items, transfers, utilities, choices);
      const tempted = everyone.filter((t) => utilities[t]! - rents[meant[t]!]! - beyond[t]! > least);
      if (tempted.length === 0) break;
      for (const t of tempted) edges[choices[t]!]!.push({ to: t, gain: utilities[t]! - rents[choices[t]!]! });
      cycle = settle(tempted.map((t) => choices[t]!));
    }
    return cycle;
  };
  const profit = (k: number): number => own[k]! - given[k]! - (sharing?.costs[k] ?? 0);
  const share = (t: number, k: number): void => {
    members[meant[t]!]!--;
    members[k]!++;
    meant[t] = k;
    beyond[t] = gainOf(t, k);
  };
  /** Gives every type the most profitable of the items that she likes as well as her own, as the proposal prices them: no cycle is left of these. */
  const shareAll = (): void => {
    const order = Int32Array.from(own, (_, k) => k).sort((a, b) => profit(b) - profit(a) || a - b);
    given.forEach((rent, t) => {
      const isAsGood = (k: number): boolean => given[k]! + gainOf(t, k) >= rent - AS_GOOD * enough;
      share(t, order.find((k) => k === t || isAsGood(k))!);
    });
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const cycle = attempt();
    if (cycle.length < 2 || sharing === undefined) break;
    if (prohibitive === 0) {
      types.bestChoices(items, new Float64Array(n), utilities, choices);
      prohibitive = 2 * utilities.reduce((most, worth) => Math.max(most, worth), 0);
    }
    if (round === MOST_CYCLES) {
      shareAll();
      continue;
    }
    const place = cycle.reduce((a, { item }, i) => (profit(item) > profit(cycle[a]!.item) ? i : a), 0);
    const shared = cycle[place]!.item;
    // Each is tempted by the next: the one before the shared item likes it better than what she has.
    const { type: before } = cycle[(place + cycle.length - 1) % cycle.length]!;
    const inCycle = new Set(cycle.map(({ item }) => item));
    for (let t = 0; t < n; t++) {
      const k = meant[t]!;
      if (k === shared || !inCycle.has(k)) continue;
      const gain = gainOf(t, shared);
      const loss = given[k]! + beyond[t]! - given[shared]! - gain;
      if (t === before || loss <= AS_GOOD * enough) share(t, shared);
    }
  }
  writeTransfers();
  let paid = 0;
  for (let t = 0; t < n; t++) paid += mass[t]! * (rents[meant[t]!]! - given[meant[t]!]!);
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

/** The items meant for types, what each has from hers beyond its rent, and how many have each. */
interface Meant {
  readonly meant: Int32Array;
  readonly beyond: Float64Array;
  readonly members: Int32Array;
}

/** The rent of an item was raised, as this type, for whom it is meant, was tempted. */
interface Raise {
  readonly item: number;
  readonly type: number;
}

/**
 * Raises rents along the constraints, first in first out, until all hold; answers with a cycle that prevents it, in which each is tempted by the item
 * of the next, or an empty list. A list of one is where it was left without an end in sight.
 */
const relaxation = (
  rents: Float64Array,
  edges: readonly (readonly Temptation[])[],
  { meant, beyond, members }: Meant,
  least: number,
): ((start: Int32Array) => readonly Raise[]) => {
  const n = rents.length;
  const isQueued = new Uint8Array(n);
  const queue = new Int32Array(n);
  const raises = new Uint8Array(n);
  const via = new Int32Array(n);
  const tempted = new Int32Array(n);
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
      if (left === 0) return [{ item: k, type: k }];
      head = (head + 1) % n;
      waiting--;
      isQueued[k] = 0;
      if (members[k] === 0) continue;
      for (const { to: type, gain } of edges[k]!) {
        const to = meant[type]!;
        const rent = rents[k]! + gain - beyond[type]!;
        if (!(rent - rents[to]! > least)) continue;
        rents[to] = rent;
        via[to] = k;
        tempted[to] = type;
        if (++raises[to]! > MOST_RAISES) {
          const cycle = cycleThrough(via, to);
          if (cycle.length > 1) return cycle.map((item) => ({ item, type: tempted[item]! }));
          raises[to] = 0;
        }
        put(to);
      }
    }
    return [];
  };
};

/** The cycle into which one comes by following `via` from an item whose rent was raised again and again; just that where there is none yet. */
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
