import { TIE } from '../screening/free-choice.ts';
import { profilePoint } from '../supply/profile-supply.ts';
import { worthOf } from '../types/type-space.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { participationOf } from './participation.ts';
import { suppliedItems } from './supplied-items.ts';

/** So many types are tried as the one for whom the item is made. */
const MOST_TRIED = 48;
/** What one item alone attains of the objective, and what no menu can pass. */
export interface SingleItem {
  readonly attained: number;
  /** The type for whom it is made, −1 where none is better than nothing. */
  readonly madeFor: number;
  /** Σ f S(w). */
  readonly firstBest: number;
  /** Σ f S(w) − (1 − κ) Σ f u. */
  readonly upperBound: number;
  readonly solved: boolean;
}

/**
 * The best of the menus of one item: made for one type efficiently, sold at all that it is worth to her beyond what nothing is, bought by everybody to
 * whom it is worth as much. A lower bound on the optimum that asks nothing of a solver; of many types only some are tried. Where somebody is promised
 * more than nothing there may be no such menu, and −∞ is attained.
 */
export const singleItem = (problem: FiniteProblem): SingleItem => {
  const { types, mass, supply, surplusWeight = 0 } = problem;
  const { nothing, least } = participationOf(problem);
  const { count, weights } = types;
  const tasks = weights.length;
  const point = profilePoint(supply);
  const values = new Float64Array(tasks);
  const utilities = new Float64Array(count);
  const choices = new Int32Array(count);
  const read = (n: number): void => {
    for (let m = 0; m < tasks; m++) values[m] = types.valueAt(n, m);
  };
  let [firstBest, promised, outside] = [0, 0, 0];
  let solved = true;
  for (let n = 0; n < count; n++) {
    if (!(mass[n]! > 0)) continue;
    read(n);
    supply.supply(values, weights, tasks, point);
    solved &&= point.solved;
    firstBest += mass[n]! * point.surplus;
    promised += mass[n]! * least[n]!;
    outside += mass[n]! * nothing[n]!;
  }
  const upperBound = firstBest - (1 - surplusWeight) * promised;
  if (promised > outside)
    return { attained: Number.NEGATIVE_INFINITY, madeFor: -1, firstBest, upperBound, solved };
  const offsets = Int32Array.of(0, tasks);
  const ends = Int32Array.from({ length: tasks }, (_, m) => m + 1);
  const stride = Math.max(1, Math.ceil(count / MOST_TRIED));
  let attained = surplusWeight * outside;
  let madeFor = -1;
  for (let k = 0; k < count; k += stride) {
    read(k);
    const served = { offsets, ends, quality: values };
    const { items, costs } = suppliedItems(served, weights, supply);
    const price = worthOf(types, k, items, 0) - nothing[k]!;
    if (!(price - costs[0]! > 0)) continue;
    types.bestChoices(items, Float64Array.of(price), utilities, choices);
    let own = 0;
    for (let n = 0; n < count; n++) {
      const isSold = utilities[n]! >= nothing[n]! - TIE * price;
      own +=
        mass[n]! * (isSold ? price - costs[0]! + surplusWeight * utilities[n]! : surplusWeight * nothing[n]!);
    }
    if (own > attained) [attained, madeFor] = [own, k];
  }
  return { attained, madeFor, firstBest, upperBound, solved };
};

/** That item for all to whom it is worth its price, and nothing for anybody else; undefined where none earns anything. */
export const singleItemProposal = (problem: FiniteProblem): Proposal | undefined => {
  const { types, supply } = problem;
  const { count, weights } = types;
  const { madeFor } = singleItem(problem);
  if (madeFor < 0) return undefined;
  const tasks = weights.length;
  const values = Float64Array.from(weights, (_, m) => types.valueAt(madeFor, m));
  const offsets = Int32Array.of(0, tasks);
  const ends = Int32Array.from({ length: tasks }, (_, m) => m + 1);
  const { items } = suppliedItems({ offsets, ends, quality: values }, weights, supply);
  const { nothing } = participationOf(problem);
  const price = worthOf(types, madeFor, items, 0) - nothing[madeFor]!;
  const rents = Float64Array.from({ length: count }, (_, n) => worthOf(types, n, items, 0) - price);
  const served = new Float64Array(count * tasks);
  rents.forEach((rent, n) => {
    if (rent >= nothing[n]! - TIE * price) served.set(values, n * tasks);
  });
  return {
    flows: { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) },
    rents: rents.map((rent, n) => Math.max(nothing[n]!, rent)),
    served: {
      offsets: Int32Array.from({ length: count + 1 }, (_, n) => n * tasks),
      ends: Int32Array.from({ length: count * tasks }, (_, b) => (b % tasks) + 1),
      quality: served,
    },
    iterations: 0,
    expectedGap: Number.POSITIVE_INFINITY,
  };
};
