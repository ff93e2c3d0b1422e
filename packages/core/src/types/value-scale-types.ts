import { upperEnvelope, walkEnvelope } from '../screening/upper-envelope.ts';
import type { ItemProfiles } from './item-profiles.ts';
import type { TypePairs, TypeSpace } from './type-space.ts';

/** Types (w, s): type n has values[n] on the first reach[n] tasks and nothing on the others. */
export interface ValueScaleTypes extends TypeSpace {
  readonly values: Float64Array;
  readonly reach: Int32Array;
}

/**
 * Value-scale types on tasks that are the blocks between consecutive scales, `weights` long each (eq. (4), (14)).
 *
 * A buyer of reach r has the utility w·Q_k(r) − T_k from item k, with Q_k(r) its quality on the first r tasks: a line in w. Free choice of
 * the buyers of one reach among the items made for another is the upper envelope of such lines, so that all N² pairs cost O(N) lines a
 * reach.
 */
export const valueScaleTypes = (
  values: Float64Array,
  reach: Int32Array,
  weights: Float64Array,
): ValueScaleTypes => {
  const count = values.length;
  const groups = groupsByReach(values, reach, weights.length);
  return {
    count,
    weights,
    values,
    reach,
    valueAt: (n, m) => (m < reach[n]! ? values[n]! : 0),
    coordinates: [values, Float64Array.from(reach)],
    neighbours: () => neighbouringPairs(groups, values),
    blockEnds: (k, others, from, to, out) => {
      const own = reach[k]!;
      let blocks = 0;
      out[blocks++] = own;
      for (let e = from; e < to; e++) {
        const end = reach[others[e]!]!;
        if (end >= own || end === 0) continue;
        // Few blocks: insertion into ascending order.
        let place = blocks;
        while (place > 0 && out[place - 1]! > end) place--;
        if (place > 0 && out[place - 1] === end) continue;
        for (let b = blocks; b > place; b--) out[b] = out[b - 1]!;
        out[place] = end;
        blocks++;
      }
      return own === 0 ? 0 : blocks;
    },
    subset: (members) =>
      valueScaleTypes(
        Float64Array.from(members, (n) => values[n]!),
        Int32Array.from(members, (n) => reach[n]!),
        weights,
      ),
    key: (n) => (values[n]! > 0 && reach[n]! > 0 ? `${values[n]} ${reach[n]}` : ''),
    bestChoices: (items, transfers, utilities, choices) => {
      utilities.fill(Number.NEGATIVE_INFINITY);
      visitEnvelopes(groups, values, weights, items, transfers, (n, k, utility) => {
        if (utility <= utilities[n]!) return;
        utilities[n] = utility;
        choices[n] = k;
      });
    },
    tempted: (items, transfers, rents, least, visit) =>
      visitEnvelopes(groups, values, weights, items, transfers, (n, k, utility) => {
        if (utility - rents[n]! > least && k !== n) visit(n, k, utility - rents[n]!);
      }),
  };
};

/** Types of one reach, by ascending value. */
interface ReachGroup {
  readonly reach: number;
  readonly members: Int32Array;
}

const groupsByReach = (values: Float64Array, reach: Int32Array, tasks: number): readonly ReachGroup[] => {
  const members: number[][] = Array.from({ length: tasks + 1 }, () => []);
  for (let n = 0; n < values.length; n++) members[reach[n]!]!.push(n);
  return members
    .map((group, r) => ({
      reach: r,
      members: Int32Array.from(group.sort((a, b) => values[a]! - values[b]!)),
    }))
    .filter((group) => group.members.length > 0);
};

/** Next values of the same reach; and the nearest values of the next reach, below and above. */
const neighbouringPairs = (groups: readonly ReachGroup[], values: Float64Array): TypePairs => {
  const from: number[] = [];
  const to: number[] = [];
  const join = (n: number, k: number): void => {
    from.push(n, k);
    to.push(k, n);
  };
  groups.forEach(({ members }, g) => {
    for (let i = 0; i + 1 < members.length; i++) join(members[i]!, members[i + 1]!);
    const next = groups[g + 1]?.members;
    if (next === undefined) return;
    const seen = new Set<number>();
    const link = (n: number, k: number): void => {
      const key = n * values.length + k;
      if (seen.has(key)) return;
      seen.add(key);
      join(n, k);
    };
    linkNearest(members, next, values, link);
    linkNearest(next, members, values, (n, k) => link(k, n));
  });
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
};

/** Links every member of `these` to the one of `those` whose value is nearest. */
const linkNearest = (
  these: Int32Array,
  those: Int32Array,
  values: Float64Array,
  link: (n: number, k: number) => void,
): void => {
  let j = 0;
  for (const n of these) {
    const own = values[n]!;
    while (
      j + 1 < those.length &&
      Math.abs(values[those[j + 1]!]! - own) <= Math.abs(values[those[j]!]! - own)
    )
      j++;
    link(n, those[j]!);
  }
};

/** Visits every type's favourite among the items made for each reach. */
const visitEnvelopes = (
  groups: readonly ReachGroup[],
  values: Float64Array,
  weights: Float64Array,
  { offsets, ends, quality }: ItemProfiles,
  transfers: Float64Array,
  visit: (n: number, k: number, utility: number) => void,
): void => {
  const offered = transfers.length;
  const valueAlong = (n: number): number => values[n]!;
  const past = new Float64Array(weights.length + 1);
  for (let m = 0; m < weights.length; m++) past[m + 1] = past[m]! + weights[m]!;
  // Items by the last task that they serve, within it by quality: on fewer tasks their slopes then nearly ascend.
  const lasts = new Int32Array(offered);
  for (let k = 0; k < offered; k++) {
    for (let b = offsets[k + 1]! - 1; b >= offsets[k]!; b--) {
      if (quality[b] === 0) continue;
      lasts[k] = ends[b]!;
      break;
    }
  }
  const slopes = new Float64Array(offered);
  const order = new Int32Array(offered);
  const hull = new Int32Array(offered);
  const full = new Float64Array(offered);
  for (let k = 0; k < offered; k++) full[k] = qualityWithin(offsets, ends, quality, past, k, weights.length);
  const byLast: number[][] = Array.from({ length: weights.length + 1 }, () => []);
  for (let k = 0; k < offered; k++) byLast[lasts[k]!]!.push(k);
  for (const items of byLast) items.sort((a, b) => full[a]! - full[b]!);

  for (let last = 0; last <= weights.length; last++) {
    const items = byLast[last]!;
    if (items.length === 0) continue;
    // Buyers with all the tasks that these items serve see the same lines; groups ascend in reach.
    let isFull = false;
    let size = 0;
    for (const { reach, members } of groups) {
      if (!isFull) {
        isFull = reach >= last;
        let lines = 0;
        for (const k of items) {
          const slope = isFull ? full[k]! : qualityWithin(offsets, ends, quality, past, k, reach);
          slopes[k] = slope;
          // Nearly sorted already: insertion.
          let place = lines++;
          for (; place > 0 && slopes[order[place - 1]!]! > slope; place--) order[place] = order[place - 1]!;
          order[place] = k;
        }
        size = upperEnvelope(order, lines, slopes, transfers, hull);
      }
      walkEnvelope(members, valueAlong, slopes, transfers, hull, size, visit);
    }
  }
};

/** Q_k(r): quality of item k on the first r tasks. */
const qualityWithin = (
  offsets: Int32Array,
  ends: Int32Array,
  quality: Float64Array,
  past: Float64Array,
  k: number,
  r: number,
): number => {
  let sum = 0;
  let from = 0;
  for (let b = offsets[k]!; b < offsets[k + 1]! && from < r; b++) {
    const end = Math.min(ends[b]!, r);
    sum += quality[b]! * (past[end]! - past[from]!);
    from = end;
  }
  return sum;
};
