import { profilePoint } from '../supply/profile-supply.ts';
import type { FiniteProblem } from './finite-problem.ts';
import type { TypeSpace } from './type-space.ts';

/** The types on which the optimum depends, and which of them each type given is, or −1. */
export interface EssentialTypes {
  readonly problem: FiniteProblem;
  readonly representative: Int32Array;
  /** Σ f_n S(w_n) of the types left out: added to an upper bound, it covers whatever could be earned from them. */
  readonly leftOut: number;
  /** Σ f_n S(w_n) over all types: the efficient surplus, and the size of the money at stake. */
  readonly firstBest: number;
  /** S(w_n) of every type given. */
  readonly surpluses: Float64Array;
}

/**
 * Leaves out types without value, and types of so little mass that all of their efficient surplus together is at most `negligible` times the
 * whole: they choose freely from the menu made for the others. Types that are alike become one.
 */
export const essentialTypes = (
  { types, mass, supply, cost }: FiniteProblem,
  negligible: number,
): EssentialTypes => {
  const n = types.count;
  const surpluses = efficientSurpluses(types, supply);
  let firstBest = 0;
  for (let t = 0; t < n; t++) if (mass[t]! > 0) firstBest += mass[t]! * surpluses[t]!;
  const kept = new Map<string, number>();
  const representative = new Int32Array(n).fill(-1);
  const members: number[] = [];
  const masses: number[] = [];
  for (let t = 0; t < n; t++) {
    if (!(surpluses[t]! > 0)) continue;
    const key = types.key(t);
    const known = kept.get(key);
    if (known === undefined) {
      kept.set(key, members.length);
      representative[t] = members.length;
      members.push(t);
      masses.push(mass[t]!);
    } else {
      representative[t] = known;
      masses[known]! += mass[t]!;
    }
  }
  // Least first, as long as they do not matter together.
  const size = (i: number): number => masses[i]! * surpluses[members[i]!]!;
  const dropped = new Uint8Array(members.length);
  let leftOut = 0;
  for (const i of Array.from(members, (_, i) => i).sort((a, b) => size(a) - size(b))) {
    if (!(leftOut + size(i) <= negligible * firstBest)) break;
    leftOut += size(i);
    dropped[i] = 1;
  }
  const place = new Int32Array(members.length).fill(-1);
  const staying = members.map((_, i) => i).filter((i) => dropped[i] === 0);
  staying.forEach((i, at) => {
    place[i] = at;
  });
  for (let t = 0; t < n; t++) if (representative[t]! >= 0) representative[t] = place[representative[t]!]!;
  return {
    problem: {
      types: types.subset(Int32Array.from(staying, (i) => members[i]!)),
      mass: Float64Array.from(staying, (i) => masses[i]!),
      supply,
      ...(cost === undefined ? {} : { cost }),
    },
    representative,
    leftOut,
    firstBest,
    surpluses,
  };
};

/** S(w_n), one a type. */
const efficientSurpluses = (types: TypeSpace, supply: FiniteProblem['supply']): Float64Array => {
  const point = profilePoint(supply);
  const { weights } = types;
  const ends = new Int32Array(weights.length + 1);
  const values = new Float64Array(weights.length);
  const sums = new Float64Array(weights.length);
  const none = new Int32Array(0);
  return Float64Array.from({ length: types.count }, (_, k) => {
    const blocks = types.blockEnds(k, none, 0, 0, ends);
    let m = 0;
    for (let b = 0; b < blocks; b++) {
      sums[b] = 0;
      for (; m < ends[b]!; m++) sums[b]! += weights[m]!;
      values[b] = types.valueAt(k, ends[b]! - 1);
    }
    supply.supply(values, sums, blocks, point);
    return point.surplus;
  });
};
