import { profilePoint } from '../supply/profile-supply.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { worthOf } from './type-space.ts';
import { suppliedItems } from './virtual-menu.ts';

/** So many types are tried as the one for whom the item is made. */
const MOST_TRIED = 48;
/** Losses that are rounding, as a share of the price. */
const TIE = 1e-12;

/** What one item alone earns, and the first best. */
export interface SingleItem {
  readonly profit: number;
  /** The type for whom it is made, −1 where none earns anything. */
  readonly madeFor: number;
  readonly firstBest: number;
  readonly solved: boolean;
}

/**
 * The best of the menus of one item: made for one type efficiently, sold at all that it is worth to her, bought by everybody to whom it is worth as
 * much. A lower bound on the optimum that asks nothing of a solver; of many types only some are tried.
 */
export const singleItem = ({ types, mass, supply }: FiniteProblem): SingleItem => {
  const { count, weights } = types;
  const tasks = weights.length;
  const point = profilePoint(supply);
  const values = new Float64Array(tasks);
  const utilities = new Float64Array(count);
  const choices = new Int32Array(count);
  const read = (n: number): void => {
    for (let m = 0; m < tasks; m++) values[m] = types.valueAt(n, m);
  };
  let firstBest = 0;
  let solved = true;
  for (let n = 0; n < count; n++) {
    if (!(mass[n]! > 0)) continue;
    read(n);
    supply.supply(values, weights, tasks, point);
    solved &&= point.solved;
    firstBest += mass[n]! * point.surplus;
  }
  const offsets = Int32Array.of(0, tasks);
  const ends = Int32Array.from({ length: tasks }, (_, m) => m + 1);
  const stride = Math.max(1, Math.ceil(count / MOST_TRIED));
  let profit = 0;
  let madeFor = -1;
  for (let k = 0; k < count; k += stride) {
    read(k);
    const served = { offsets, ends, quality: values };
    const { items, costs } = suppliedItems(served, weights, supply);
    const price = worthOf(types, k, items, 0);
    if (!(price - costs[0]! > 0)) continue;
    types.bestChoices(items, Float64Array.of(price), utilities, choices);
    let buyers = 0;
    for (let n = 0; n < count; n++) if (utilities[n]! >= -TIE * price) buyers += mass[n]!;
    const earned = buyers * (price - costs[0]!);
    if (earned > profit) [profit, madeFor] = [earned, k];
  }
  return { profit, madeFor, firstBest, solved };
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
  const price = worthOf(types, madeFor, items, 0);
  const rents = Float64Array.from({ length: count }, (_, n) => worthOf(types, n, items, 0) - price);
  const served = new Float64Array(count * tasks);
  rents.forEach((rent, n) => {
    if (rent >= -TIE * price) served.set(values, n * tasks);
  });
  return {
    flows: { from: new Int32Array(0), to: new Int32Array(0), amount: new Float64Array(0) },
    rents: rents.map((rent) => Math.max(0, rent)),
    served: {
      offsets: Int32Array.from({ length: count + 1 }, (_, n) => n * tasks),
      ends: Int32Array.from({ length: count * tasks }, (_, b) => (b % tasks) + 1),
      quality: served,
    },
    iterations: 0,
    expectedGap: Number.POSITIVE_INFINITY,
  };
};
