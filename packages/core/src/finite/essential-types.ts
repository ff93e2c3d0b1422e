import { profilePoint } from '../supply/profile-supply.ts';
import type { TypeSpace } from '../types/type-space.ts';
import type { FiniteProblem } from './finite-problem.ts';
import { type Participation, participationOf } from './participation.ts';

/** The types on which the optimum depends, and which of them each type given is, or −1. */
export interface EssentialTypes {
  readonly problem: FiniteProblem;
  readonly representative: Int32Array;
  /** Σ f (S(w) − (1 − κ) u) of the types left out: added to an upper bound, it covers whatever they could bring. */
  readonly leftOut: number;
  /** Σ f S(w) over all types: the efficient surplus. */
  readonly firstBest: number;
  /** Σ f (S(w) − what nothing is worth), and the most that anybody is promised beyond that: the money at stake. */
  readonly money: number;
  /** Σ f S(w) − (1 − κ) Σ f u: the upper bound without any flows. */
  readonly plainBound: number;
  /** S(w_n) of every type given. */
  readonly surpluses: Float64Array;
  /** What nothing is worth to every type given, and what she is to have. */
  readonly participation: Participation;
}

/**
 * Leaves out types without mass, types for whom nobody can do better than nothing does, and types of so little mass that all that could be made of
 * them together is at most `negligible` times the whole: they choose freely from the menu made for the others. Whoever is promised more than nothing
 * stays. Types that are alike become one, and have the most that one of them is promised.
 */
export const essentialTypes = (whole: FiniteProblem, negligible: number): EssentialTypes => {
  const { types, mass, supply, surplusWeight = 0 } = whole;
  const surpluses = efficientSurpluses(types, supply);
  const participation = participationOf(whole);
  const { nothing, least } = participation;
  const sum = (term: (t: number) => number): number =>
    mass.reduce((total, f, t) => (f > 0 ? total + f * term(t) : total), 0);
  const firstBest = sum((t) => surpluses[t]!);
  const covered = (t: number): number => surpluses[t]! - (1 - surplusWeight) * least[t]!;
  // Whoever is to have more than nothing may be paid for taking nothing, and then anybody may be.
  const most = mass.reduce((most, f, t) => (f > 0 ? Math.max(most, least[t]! - nothing[t]!) : most), 0);
  const stakeOf = (t: number): number => surpluses[t]! - nothing[t]! + most;
  const money = sum(stakeOf);
  const { members, masses, promised, representative } = distinctTypes(whole, stakeOf, participation);
  // Least first, as long as they do not matter together.
  const size = (i: number): number => masses[i]! * stakeOf(members[i]!);
  const isPromised = (i: number): boolean => masses[i]! > 0 && promised[i]! > nothing[members[i]!]!;
  const dropped = new Uint8Array(members.length);
  let left = 0;
  const order = Array.from(members, (_, i) => i).filter((i) => !isPromised(i));
  for (const i of order.sort((a, b) => size(a) - size(b))) {
    if (!(left + size(i) <= negligible * money)) break;
    left += size(i);
    dropped[i] = 1;
  }
  const place = new Int32Array(members.length).fill(-1);
  const staying = members.map((_, i) => i).filter((i) => dropped[i] === 0);
  staying.forEach((i, at) => {
    place[i] = at;
  });
  for (let t = 0; t < types.count; t++)
    if (representative[t]! >= 0) representative[t] = place[representative[t]!]!;
  return {
    problem: {
      ...whole,
      types: types.subset(Int32Array.from(staying, (i) => members[i]!)),
      mass: Float64Array.from(staying, (i) => masses[i]!),
      ...(whole.participation ? { participation: Float64Array.from(staying, (i) => promised[i]!) } : {}),
      ...(whole.elsewhere
        ? { elsewhere: Float64Array.from(staying, (i) => whole.elsewhere![members[i]!]!) }
        : {}),
    },
    representative,
    leftOut: sum((t) => (representative[t]! < 0 ? covered(t) : 0)),
    firstBest,
    money,
    plainBound: sum(covered),
    surpluses,
    participation,
  };
};

/** The types of whom something can be made, or to whom something may go, alike ones once: the first of each, the mass of all, and the most that one of them is promised. */
const distinctTypes = (
  { types, mass }: FiniteProblem,
  stakeOf: (t: number) => number,
  { nothing, least }: Participation,
) => {
  const kept = new Map<string, number>();
  const representative = new Int32Array(types.count).fill(-1);
  const members: number[] = [];
  const masses: number[] = [];
  const promised: number[] = [];
  for (let t = 0; t < types.count; t++) {
    if (!(stakeOf(t) > 0)) continue;
    const key = types.key(t);
    const known = kept.get(key);
    if (known === undefined) {
      kept.set(key, members.length);
      representative[t] = members.length;
      members.push(t);
      masses.push(mass[t]!);
      promised.push(mass[t]! > 0 ? least[t]! : nothing[t]!);
    } else {
      representative[t] = known;
      masses[known]! += mass[t]!;
      if (mass[t]! > 0) promised[known] = Math.max(promised[known]!, least[t]!);
    }
  }
  return { members, masses, promised, representative };
};

/** S(w_n), one a type. */
export const efficientSurpluses = (types: TypeSpace, supply: FiniteProblem['supply']): Float64Array => {
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
