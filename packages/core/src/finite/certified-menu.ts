import type { Certificate } from '../certificate.ts';
import { costsOf } from './cost-form.ts';
import type { EssentialTypes } from './essential-types.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import type { ItemProfiles } from './item-profiles.ts';
import { payTempted } from './rebate.ts';
import { type TypePairs, worthOf } from './type-space.ts';
import { suppliedItems, type VirtualMenu, virtualMenu } from './virtual-menu.ts';
import { type WorkingSet, workingSet } from './working-set.ts';

/** A menu for finitely many types, with what it is worth; none of its numbers comes from a solver. */
export interface CertifiedMenu {
  readonly certificate: Certificate;
  /** The type with the largest violation, and the item that she likes better. */
  readonly worst?: { readonly from: number; readonly to: number };
  /** Items, one an essential type; their transfers and costs. Nobody pays the price of those that were withdrawn. */
  readonly items: ItemProfiles;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
  /** The values as which the items are served, on the same blocks of tasks; NaN where a solver gave the items outright. */
  readonly served: Float64Array;
  /** The item that each type takes, −1 for none; her rent from it. */
  readonly choices: Int32Array;
  readonly rents: Float64Array;
  /** Flows that were used for the upper bound. */
  readonly flows: Flows;
  /** What buyers are paid beyond what the solver proposed, so that nobody prefers another's item. */
  readonly rebate: number;
  readonly money: number;
  readonly iterations: number;
}

/** Relative to the largest transfer: preferences smaller than this are rounding, and a buyer then takes the item made for her. */
const TIE = 1e-12;

/**
 * The menu that a proposal makes, certified from the problem alone.
 *
 * Upper bound: the flows, negative ones left out and all scaled down until out − in ≤ f, give D = Σ f S(φ), which no mechanism can pass.
 * Attained profit: items are served efficiently at φ; rents are raised, if a buyer has more from another's item or from none, until nobody
 * does (the rebate); then all types, those left out included, choose freely. NaN in a proposal ends as NaN in the certificate.
 */
export const certifiedMenu = (
  whole: FiniteProblem,
  essential: EssentialTypes,
  proposal: Proposal,
): CertifiedMenu => {
  const { problem, leftOut } = essential;
  const { types, mass, supply } = problem;
  const n = types.count;
  const flows = feasibleFlows(proposal.flows, mass);
  const set = workingSet(types, flows);
  const virtual = virtualMenu(set, mass, supply, amountsInOrder(set, flows, n));
  const offered = offeredItems(proposal, problem, set, virtual);
  const { items, costs } = offered;
  const upperBound = virtual.solved ? virtual.surplus + leftOut : Number.NaN;

  const isComplete = proposal.rents.length === n && items.offsets.length === n + 1;
  const transfers = new Float64Array(n);
  let money = 0;
  for (let k = 0; k < n; k++) {
    transfers[k] = isComplete ? worthOf(types, k, items, k) - Math.max(0, proposal.rents[k]!) : Number.NaN;
    money = Math.max(money, Math.abs(transfers[k]!));
  }
  const isNumber =
    money < Number.POSITIVE_INFINITY &&
    transfers.every((transfer, k) => Number.isFinite(transfer - costs[k]!));
  // Items in a cycle are withdrawn; where they differ by more than rounding, letting their buyers take what they like can be better.
  const first = freeChoice(whole, essential, offered, transfers, set, money, true);
  const second = first.isAnyWithdrawn
    ? freeChoice(whole, essential, offered, transfers, set, money, false)
    : first;
  const sale = second.attainedProfit > first.attainedProfit ? second : first;
  return {
    certificate: {
      of: 'grid',
      attainedProfit: isNumber ? sale.attainedProfit : Number.NaN,
      upperBound,
      maxIncentiveViolation: sale.maxIncentiveViolation,
      maxParticipationViolation: 0,
    },
    ...(sale.worst === undefined ? {} : { worst: sale.worst }),
    items,
    transfers: sale.transfers,
    costs,
    served: offered.served,
    choices: sale.choices,
    rents: sale.rents,
    flows,
    rebate: sale.rebate,
    money,
    iterations: proposal.iterations,
  };
};

/** Items as they are offered, with the values as which they are served. */
interface OfferedItems {
  readonly items: ItemProfiles;
  readonly served: Float64Array;
  readonly costs: Float64Array;
}

/** What comes of a menu when rents have been raised to where nobody is tempted, and everybody takes the item that she likes best. */
const freeChoice = (
  whole: FiniteProblem,
  { problem, representative }: EssentialTypes,
  { items, costs }: OfferedItems,
  proposed: Float64Array,
  likely: TypePairs,
  money: number,
  isWithdrawing: boolean,
) => {
  const { types } = problem;
  const withdrawn = new Uint8Array(types.count);
  const transfers = proposed.slice();
  const rebate = payTempted(
    problem,
    items,
    transfers,
    likely,
    TIE * money,
    isWithdrawing ? withdrawn : undefined,
  );
  const isAnyWithdrawn = withdrawn.includes(1);
  withdrawEmptyItems(items, transfers, 2 * money, withdrawn);
  const choices = new Int32Array(whole.types.count);
  const rents = new Float64Array(whole.types.count);
  whole.types.bestChoices(items, transfers, rents, choices);
  let attainedProfit = 0;
  let maxIncentiveViolation = 0;
  let worst: CertifiedMenu['worst'];
  for (let t = 0; t < whole.types.count; t++) {
    const own = representative[t]!;
    const best = rents[t]!;
    const favourite = choices[t]!;
    const isServed = own >= 0 && withdrawn[own] === 0;
    const truthful = isServed ? worthOf(types, own, items, own) - transfers[own]! : 0;
    if (truthful >= Math.max(best, 0) - TIE * money) {
      choices[t] = isServed ? own : -1;
      rents[t] = truthful;
    } else if (!(best > 0) && !Number.isNaN(best)) {
      choices[t] = -1;
      rents[t] = 0;
    }
    const gain = Math.max(best, 0) - rents[t]!;
    if (!(gain <= maxIncentiveViolation)) {
      maxIncentiveViolation = gain;
      worst = { from: t, to: favourite };
    }
    const taken = choices[t]!;
    if (taken >= 0 && !(whole.mass[t] === 0))
      attainedProfit += whole.mass[t]! * (transfers[taken]! - costs[taken]!);
  }
  return { transfers, choices, rents, rebate, attainedProfit, maxIncentiveViolation, worst, isAnyWithdrawn };
};

/**
 * Marks items without quality and puts a price on them that nobody pays: whoever was meant to have one takes another item or none. A proposal may
 * pay for taking them, by as much as its gap.
 */
const withdrawEmptyItems = (
  { offsets, quality }: ItemProfiles,
  transfers: Float64Array,
  price: number,
  withdrawn: Uint8Array,
): void => {
  for (let k = 0; k < transfers.length; k++) {
    let isServed = false;
    for (let b = offsets[k]!; b < offsets[k + 1]! && !isServed; b++) isServed = quality[b] !== 0;
    if (isServed) continue;
    withdrawn[k] = 1;
    transfers[k] = price;
  }
};

/** Items with their costs: given outright, or supplied efficiently to the served values, or to the virtual values of the flows. */
const offeredItems = (
  { served, quality }: Proposal,
  { cost, supply, types }: FiniteProblem,
  set: WorkingSet,
  virtual: VirtualMenu,
): OfferedItems => {
  if (quality !== undefined) {
    // Without a form of the cost nothing is known of what they cost.
    const costs = cost
      ? costsOf(cost, quality, types.weights)
      : new Float64Array(types.count).fill(Number.NaN);
    return { items: quality, served: new Float64Array(quality.quality.length).fill(Number.NaN), costs };
  }
  if (served !== undefined && served.offsets.length === types.count + 1) {
    const made = suppliedItems(served, types.weights, supply);
    return { ...made, served: served.quality };
  }
  const items = { offsets: set.blockOffsets, ends: set.blockEnds, quality: virtual.quality };
  return { items, served: virtual.values, costs: virtual.costs };
};

/** The flows without negative or broken ones, scaled down until out − in ≤ f: feasible multipliers, whatever was proposed. */
const feasibleFlows = ({ from, to, amount }: Flows, mass: Float64Array): Flows => {
  const n = mass.length;
  const isUsable = (e: number): boolean => {
    const [a, b] = [from[e]!, to[e]!];
    return (
      amount[e]! > 0 && amount[e]! < Number.POSITIVE_INFINITY && a >= 0 && a < n && b >= 0 && b < n && a !== b
    );
  };
  const usable: number[] = [];
  for (let e = 0; e < amount.length; e++) if (isUsable(e)) usable.push(e);
  const net = new Float64Array(n);
  for (const e of usable) {
    net[from[e]!]! += amount[e]!;
    net[to[e]!]! -= amount[e]!;
  }
  let factor = 1;
  for (let k = 0; k < n; k++) if (net[k]! > mass[k]!) factor = Math.min(factor, mass[k]! / net[k]!);
  return {
    from: Int32Array.from(usable, (e) => from[e]!),
    to: Int32Array.from(usable, (e) => to[e]!),
    amount: Float64Array.from(usable, (e) => factor * amount[e]!),
  };
};

/** Amounts in the working set's order. Both are in order of `to` with ties as given, as the set sorts stably. */
const amountsInOrder = (
  { offsets }: { offsets: Int32Array },
  { to, amount }: Flows,
  n: number,
): Float64Array => {
  const next = offsets.slice(0, n);
  const ordered = new Float64Array(amount.length);
  for (let e = 0; e < amount.length; e++) ordered[next[to[e]!]!++] = amount[e]!;
  return ordered;
};
