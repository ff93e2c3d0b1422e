import type { ItemProfiles } from '../types/item-profiles.ts';
import { worthOf } from '../types/type-space.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { participationOf } from './participation.ts';
import { payTempted } from './rebate.ts';
import { suppliedItems } from './supplied-items.ts';

/** Rents that are higher by less than this share of the largest worth are not passed on. */
const ROUNDING = 1e-13;

/**
 * The most profitable of the efficient menus, which is the optimum for κ → 1: every type is served for her own values, φ = w, and her rent is the least
 * with which nobody is tempted, the longest path of the temptations (Rochet 1987: there is one, as efficient items are cyclically monotone).
 */
export const efficientProposal = (problem: FiniteProblem): Proposal => {
  const { types, supply } = problem;
  const { count, weights } = types;
  const tasks = weights.length;
  const served: ItemProfiles = {
    offsets: Int32Array.from({ length: count + 1 }, (_, k) => k * tasks),
    ends: Int32Array.from({ length: count * tasks }, (_, b) => (b % tasks) + 1),
    quality: Float64Array.from({ length: count * tasks }, (_, b) =>
      types.valueAt(Math.floor(b / tasks), b % tasks),
    ),
  };
  const { items } = suppliedItems(served, weights, supply);
  const worth = Float64Array.from({ length: count }, (_, k) => worthOf(types, k, items, k));
  const { least } = participationOf(problem);
  const transfers = worth.map((own, k) => own - least[k]!);
  const stake = worth.reduce((most, own) => Math.max(most, Math.abs(own)), 0);
  payTempted(problem, items, transfers, types.neighbours(), ROUNDING * stake);
  const none = new Int32Array(0);
  return {
    flows: { from: none, to: none, amount: new Float64Array(0) },
    rents: worth.map((own, k) => own - transfers[k]!),
    served,
    iterations: 1,
    expectedGap: 0,
  };
};
