import { bestProfileSupply } from '../supply/best-profile-supply.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import { efficientSurpluses } from './essential-types.ts';
import type { FiniteProblem } from './finite-problem.ts';
import { OUTSIDE } from './outside-option.ts';

/**
 * The problem of types who can also buy from a rival at his prices, as much as they like: `rival` is the efficient supply of his production at these.
 *
 * Each is to have what she gets from him, U_n ≥ u_n = max over q of ⟨w_n, q⟩ − P(q), and the seller may resell his product at its price: a model whose cost
 * is P. He earns nothing by that, as U ≥ u leaves him at most S_P(w_n) − u_n = 0 of an item; where all of an item is resold, she buys it from the rival.
 */
export const withRival = (problem: FiniteProblem, rival: ProfileSupply): FiniteProblem => {
  const { types, supply, participation, cost: _, ...rest } = problem;
  const own = supply.models ?? [{ name: 'seller', supply }];
  const outside = efficientSurpluses(types, rival);
  return {
    ...rest,
    types,
    supply: bestProfileSupply([...own, { name: OUTSIDE, supply: rival }]),
    participation: outside.map((worth, n) => Math.max(worth, participation?.[n] ?? worth)),
  };
};
