import { bestProfileSupply } from '../supply/best-profile-supply.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import type { CertifiedMenu } from './certified-menu.ts';
import { efficientSurpluses } from './essential-types.ts';
import type { FiniteProblem } from './finite-problem.ts';
import { OUTSIDE } from './outside-option.ts';
import { suppliedItems } from './supplied-items.ts';

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
    elsewhere: outside,
  };
};

/** A share of an item from which on it is all that there is. */
const ALL = 1 - 1e-6;

/** A share of a menu's highest charge up to which a charge is a crumb of the solver's. */
const NO_CHARGE = 1e-6;

/**
 * The seller's part of a menu: qualities, costs and transfers without what is resold at its price. Whoever is all but sure to get nothing else takes
 * nothing from him, and has what she buys from the rival, or has outside.
 */
export const withoutResold = (
  { types, supply, outsideTask }: FiniteProblem,
  menu: CertifiedMenu,
): CertifiedMenu => {
  const { models } = supply;
  const { shares, items, served } = menu;
  const rival = models?.at(-1);
  if (models === undefined || rival?.name !== OUTSIDE || shares === undefined) return menu;
  const shareOf = (k: number): number => shares[(k + 1) * models.length - 1]!;
  const goesElsewhere = (k: number): boolean => k >= 0 && shareOf(k) > ALL;
  /** Whoever pays for doing without, or is paid for it, deals with the seller. */
  const choicesAt = (transfers: Float64Array): Int32Array => {
    const charge =
      NO_CHARGE * menu.transfers.reduce((most, transfer) => Math.max(most, Math.abs(transfer)), 0);
    return menu.choices.map((k) => (goesElsewhere(k) && Math.abs(transfers[k]!) <= charge ? -1 : k));
  };
  // What each has of her own is not resold.
  if (outsideTask !== undefined) return { ...menu, choices: choicesAt(menu.transfers) };
  const resold = suppliedItems({ ...items, quality: served }, types.weights, rival.supply);
  const quality = items.quality.slice();
  const transfers = menu.transfers.slice();
  const costs = menu.costs.slice();
  for (let k = 0; k < costs.length; k++) {
    const share = shareOf(k);
    if (!(share > 0)) continue;
    costs[k]! -= share * resold.costs[k]!;
    transfers[k]! -= share * resold.costs[k]!;
    for (let b = items.offsets[k]!; b < items.offsets[k + 1]!; b++)
      quality[b] = Math.max(0, quality[b]! - share * resold.items.quality[b]!);
  }
  return {
    ...menu,
    items: { ...items, quality },
    costs,
    transfers,
    choices: choicesAt(transfers),
  };
};
