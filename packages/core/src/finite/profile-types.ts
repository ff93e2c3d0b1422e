import { type ItemProfiles, writeProfile } from './item-profiles.ts';
import type { TypePairs, TypeSpace } from './type-space.ts';

/** Up to so many types, all pairs are neighbours. */
const FEW = 64;
const NEAREST = 8;

/** Types with a value of their own on every task: `values` holds w_n task by task, type after type. */
export const profileTypes = (values: Float64Array, weights: Float64Array): TypeSpace => {
  const tasks = weights.length;
  const count = values.length / tasks;
  return {
    count,
    weights,
    valueAt: (n, m) => values[n * tasks + m]!,
    coordinates: spreadAxes(values, weights),
    neighbours: () => (count <= FEW ? allPairs(count) : nearestPairs(values, weights)),
    blockEnds: (_k, _others, _from, _to, out) => {
      for (let m = 0; m < tasks; m++) out[m] = m + 1;
      return tasks;
    },
    subset: (members) => {
      const kept = new Float64Array(members.length * tasks);
      members.forEach((n, i) => {
        kept.set(values.subarray(n * tasks, (n + 1) * tasks), i * tasks);
      });
      return profileTypes(kept, weights);
    },
    key: (n) => values.subarray(n * tasks, (n + 1) * tasks).join(),
    tempted: (items, transfers, rents, least, visit) =>
      visitTempted(values, weights, items, transfers, rents, least, visit),
    bestChoices: (items, transfers, utilities, choices) =>
      chooseAmongAll(values, weights, items, transfers, utilities, choices),
  };
};

/** The two tasks on which values differ most: enough to lay types out on a plane. */
const spreadAxes = (values: Float64Array, weights: Float64Array): Float64Array[] => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const spreads = Array.from(weights, (weight, m) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let n = 0; n < count; n++) {
      const value = values[n * tasks + m]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    return weight * (most - least);
  });
  return Array.from(spreads, (_, m) => m)
    .sort((a, b) => spreads[b]! - spreads[a]!)
    .slice(0, 2)
    .map((m) => Float64Array.from({ length: count }, (_, n) => values[n * tasks + m]!));
};

const allPairs = (count: number): TypePairs => {
  const from: number[] = [];
  const to: number[] = [];
  for (let k = 0; k < count; k++) {
    for (let n = 0; n < count; n++) {
      if (n === k) continue;
      from.push(n);
      to.push(k);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
};

/** Each type and its nearest others by Σ ω (w_n − w_k)², both ways. */
const nearestPairs = (values: Float64Array, weights: Float64Array): TypePairs => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const nearest = new Int32Array(count * NEAREST);
  const distance = new Float64Array(NEAREST);
  for (let n = 0; n < count; n++) {
    distance.fill(Number.POSITIVE_INFINITY);
    const base = n * NEAREST;
    for (let k = 0; k < count; k++) {
      if (k === n) continue;
      let apart = 0;
      for (let m = 0; m < tasks && apart < distance[NEAREST - 1]!; m++) {
        const difference = values[n * tasks + m]! - values[k * tasks + m]!;
        apart += weights[m]! * difference * difference;
      }
      if (!(apart < distance[NEAREST - 1]!)) continue;
      let place = NEAREST - 1;
      for (; place > 0 && distance[place - 1]! > apart; place--) {
        distance[place] = distance[place - 1]!;
        nearest[base + place] = nearest[base + place - 1]!;
      }
      distance[place] = apart;
      nearest[base + place] = k;
    }
  }
  const keys = new Set<number>();
  for (let i = 0; i < nearest.length; i++) {
    const n = Math.floor(i / NEAREST);
    keys.add(n * count + nearest[i]!);
    keys.add(nearest[i]! * count + n);
  }
  const pairs = Float64Array.from(keys);
  return {
    from: Int32Array.from(pairs, (key) => key % count),
    to: Int32Array.from(pairs, (key) => Math.floor(key / count)),
  };
};

const chooseAmongAll = (
  values: Float64Array,
  weights: Float64Array,
  items: ItemProfiles,
  transfers: Float64Array,
  utilities: Float64Array,
  choices: Int32Array,
): void => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const offered = transfers.length;
  // ω q of the item at hand, which every type weighs by her values.
  const weighted = new Float64Array(tasks);
  utilities.fill(Number.NEGATIVE_INFINITY, 0, count);
  for (let k = 0; k < offered; k++) {
    writeProfile(items, k, weighted);
    for (let m = 0; m < tasks; m++) weighted[m]! *= weights[m]!;
    const transfer = transfers[k]!;
    let at = 0;
    for (let n = 0; n < count; n++) {
      let utility = -transfer;
      for (let m = 0; m < tasks; m++) utility += values[at++]! * weighted[m]!;
      if (!(utility <= utilities[n]!)) {
        utilities[n] = utility;
        choices[n] = k;
      }
    }
  }
};

const visitTempted = (
  values: Float64Array,
  weights: Float64Array,
  items: ItemProfiles,
  transfers: Float64Array,
  rents: Float64Array,
  least: number,
  visit: (n: number, k: number, gain: number) => void,
): void => {
  const tasks = weights.length;
  const count = rents.length;
  const weighted = new Float64Array(tasks);
  for (let k = 0; k < transfers.length; k++) {
    writeProfile(items, k, weighted);
    for (let m = 0; m < tasks; m++) weighted[m]! *= weights[m]!;
    const enough = transfers[k]! + least;
    let at = 0;
    for (let n = 0; n < count; n++) {
      let worth = 0;
      for (let m = 0; m < tasks; m++) worth += values[at++]! * weighted[m]!;
      if (worth - rents[n]! > enough && n !== k) visit(n, k, worth - transfers[k]! - rents[n]!);
    }
  }
};
