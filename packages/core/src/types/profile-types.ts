import { areBoxed, chooseByBoxes, visitTemptedByBoxes } from './box-choices.ts';
import { chooseAmongAll, visitTempted } from './profile-choices.ts';
import { rowsOnPlane, visitTemptedByRows } from './row-choices.ts';
import type { TypePairs, TypeSpace } from './type-space.ts';

/** Up to so many types, all pairs are neighbours. */
const FEW = 64;
const NEAREST = 8;

/** Types with a value of their own on every task: `values` holds w_n task by task, type after type. */
export const profileTypes = (values: Float64Array, weights: Float64Array): TypeSpace => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const rows = rowsOnPlane(values, tasks);
  const isBoxed = areBoxed(count, tasks);
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
    tempted: (items, transfers, rents, least, visit) => {
      if (rows !== undefined)
        visitTemptedByRows(rows, values, weights, items, transfers, rents, least, visit);
      else if (!isBoxed || !visitTemptedByBoxes(values, weights, items, transfers, rents, least, visit))
        visitTempted(values, weights, items, transfers, rents, least, visit);
    },
    bestChoices: (items, transfers, utilities, choices) => {
      const isChosen = isBoxed && chooseByBoxes(values, weights, items, transfers, utilities, choices);
      if (!isChosen) chooseAmongAll(values, weights, items, transfers, utilities, choices);
    },
  };
};

/** The tasks by how much values differ on them, the widest first. */
const tasksBySpread = (values: Float64Array, weights: Float64Array): number[] => {
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
  return Array.from(spreads, (_, m) => m).sort((a, b) => spreads[b]! - spreads[a]!);
};

/** The two tasks on which values differ most: enough to lay types out on a plane. */
const spreadAxes = (values: Float64Array, weights: Float64Array): Float64Array[] => {
  const tasks = weights.length;
  return tasksBySpread(values, weights)
    .slice(0, 2)
    .map((m) => Float64Array.from({ length: values.length / tasks }, (_, n) => values[n * tasks + m]!));
};

/** All ordered pairs of types: every incentive constraint there is. */
export const allPairs = (count: number): TypePairs => {
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

/**
 * Each type and its nearest others by Σ ω (w_n − w_k)², both ways; of those equally near the first ones. Types are sought outwards along the axis
 * on which they are spread most, until no nearer one can come.
 */
const nearestPairs = (values: Float64Array, weights: Float64Array): TypePairs => {
  const tasks = weights.length;
  const count = values.length / tasks;
  const nearest = new Int32Array(count * NEAREST);
  const distance = new Float64Array(NEAREST);
  const axis = tasksBySpread(values, weights)[0]!;
  const along = Float64Array.from({ length: count }, (_, n) => values[n * tasks + axis]!);
  const order = Int32Array.from({ length: count }, (_, n) => n).sort((a, b) => along[a]! - along[b]!);
  for (let position = 0; position < count; position++) {
    const n = order[position]!;
    distance.fill(Number.POSITIVE_INFINITY);
    const base = n * NEAREST;
    const consider = (k: number): void => {
      const worst = distance[NEAREST - 1]!;
      let apart = 0;
      for (let m = 0; m < tasks && apart <= worst; m++) {
        const difference = values[n * tasks + m]! - values[k * tasks + m]!;
        apart += weights[m]! * difference * difference;
      }
      const isNearer = (place: number): boolean =>
        apart < distance[place]! || (apart === distance[place]! && k < nearest[base + place]!);
      if (!isNearer(NEAREST - 1)) return;
      let place = NEAREST - 1;
      for (; place > 0 && isNearer(place - 1); place--) {
        distance[place] = distance[place - 1]!;
        nearest[base + place] = nearest[base + place - 1]!;
      }
      distance[place] = apart;
      nearest[base + place] = k;
    };
    /** Whether types from here on may still be near enough along the axis. */
    const mayBeNear = (at: number): boolean => {
      const difference = along[order[at]!]! - along[n]!;
      return weights[axis]! * difference * difference <= distance[NEAREST - 1]!;
    };
    let below = position - 1;
    let above = position + 1;
    while (below >= 0 || above < count) {
      if (below >= 0) below = mayBeNear(below) ? below : -1;
      if (above < count) above = mayBeNear(above) ? above : count;
      if (below >= 0) consider(order[below--]!);
      if (above < count) consider(order[above++]!);
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
