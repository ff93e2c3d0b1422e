import type { Certificate } from '../screening/certificate.ts';
import { costsOf } from './cost-form.ts';
import type { EssentialTypes } from './essential-types.ts';
import { feasibleFlows } from './feasible-flows.ts';
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
  /** Items, one an essential type; their transfers and costs. Nobody pays the price of those that are for nobody. */
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
/** A gap of so many times what the solver expects calls for another try. */
const AS_EXPECTED = 2;
/**
 * Other shares of the multiplier of q ≥ 0 up to which a served value is none: where it is clearly none, and where it is not clearly one. A virtual value
 * of exactly 0 has both go to 0 together.
 */
const OTHER_SHARES = [1e-3, 10];

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
  const upperBound = virtual.solved ? virtual.surplus + leftOut : Number.NaN;
  const offer = (served: ItemProfiles | undefined): Sale =>
    saleOf(
      whole,
      essential,
      proposal.rents,
      offeredItems({ ...proposal, served }, problem, set, virtual),
      set,
    );
  const { served, floors } = proposal;
  let sale = offer(served && aboveFloors(served, floors, 1));
  const gap = upperBound - sale.attained;
  if (served && floors && gap > AS_EXPECTED * proposal.expectedGap * Math.abs(upperBound)) {
    for (const share of OTHER_SHARES) {
      const other = offer(aboveFloors(served, floors, share));
      if (other.attained > sale.attained) sale = other;
    }
  }
  const { attained, maxIncentiveViolation, ...rest } = sale;
  return {
    certificate: {
      of: 'grid',
      attained,
      upperBound,
      maxIncentiveViolation,
      maxParticipationViolation: 0,
    },
    ...rest,
    flows,
    iterations: proposal.iterations,
  };
};

/** A proposal's items at the best transfers found for them. */
type Sale = Omit<CertifiedMenu, 'certificate' | 'flows' | 'iterations'> &
  Pick<Certificate, 'attained' | 'maxIncentiveViolation'>;

const saleOf = (
  whole: FiniteProblem,
  essential: EssentialTypes,
  proposed: Float64Array,
  { items, costs, served }: OfferedItems,
  likely: TypePairs,
): Sale => {
  const { types } = essential.problem;
  const n = types.count;
  const isComplete = proposed.length === n && items.offsets.length === n + 1;
  const transfers = new Float64Array(n);
  let money = 0;
  for (let k = 0; k < n; k++) {
    transfers[k] = isComplete ? worthOf(types, k, items, k) - Math.max(0, proposed[k]!) : Number.NaN;
    money = Math.max(money, Math.abs(transfers[k]!));
  }
  const isNumber =
    money < Number.POSITIVE_INFINITY &&
    transfers.every((transfer, k) => Number.isFinite(transfer - costs[k]!));
  const chosen = (isSharing: boolean) =>
    freeChoice(whole, essential, { items, costs }, transfers, likely, money, isSharing);
  // Types in a cycle share an item; where items differ by more than rounding, letting everybody take what she likes can be better.
  const first = chosen(true);
  const second = first.isAnyShared ? chosen(false) : first;
  const { isAnyShared: _, ...best } = second.attained > first.attained ? second : first;
  return {
    ...best,
    items,
    costs,
    served,
    money,
    attained: isNumber ? best.attained : Number.NaN,
  };
};

/** Served values where they are more than this share of the multiplier of q ≥ 0, and nothing elsewhere. */
const aboveFloors = (served: ItemProfiles, floors: Float64Array | undefined, share: number): ItemProfiles =>
  floors === undefined
    ? served
    : { ...served, quality: served.quality.map((p, b) => (p > share * floors[b]! ? p : 0)) };

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
  { items, costs }: Pick<OfferedItems, 'items' | 'costs'>,
  proposed: Float64Array,
  likely: TypePairs,
  money: number,
  isSharing: boolean,
) => {
  const { types } = problem;
  const meant = Int32Array.from({ length: types.count }, (_, k) => k);
  const transfers = proposed.slice();
  const rebate = payTempted(
    problem,
    items,
    transfers,
    likely,
    TIE * money,
    isSharing ? { meant, costs } : undefined,
  );
  const isAnyShared = meant.some((item, k) => item !== k);
  withdrawEmptyItems(items, transfers, 2 * money, meant);
  const choices = new Int32Array(whole.types.count);
  const rents = new Float64Array(whole.types.count);
  whole.types.bestChoices(items, transfers, rents, choices);
  let attained = 0;
  let maxIncentiveViolation = 0;
  let worst: CertifiedMenu['worst'];
  for (let t = 0; t < whole.types.count; t++) {
    const own = representative[t]!;
    const best = rents[t]!;
    const favourite = choices[t]!;
    const item = own >= 0 ? meant[own]! : -1;
    const truthful = item >= 0 ? worthOf(types, own, items, item) - transfers[item]! : 0;
    if (truthful >= Math.max(best, 0) - TIE * money) {
      choices[t] = item;
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
      attained += whole.mass[t]! * (transfers[taken]! - costs[taken]!);
  }
  return {
    transfers,
    choices,
    rents,
    rebate,
    attained,
    maxIncentiveViolation,
    ...(worst === undefined ? {} : { worst }),
    isAnyShared,
  };
};

/**
 * Puts a price on items without quality that nobody pays: whoever was meant to have one takes another item or none. A proposal may pay for taking
 * them, by as much as its gap.
 */
const withdrawEmptyItems = (
  { offsets, quality }: ItemProfiles,
  transfers: Float64Array,
  price: number,
  meant: Int32Array,
): void => {
  const isServed = Array.from(transfers, (_, k) =>
    quality.subarray(offsets[k]!, offsets[k + 1]!).some((q) => q !== 0),
  );
  for (let k = 0; k < transfers.length; k++) {
    if (!isServed[k]) transfers[k] = price;
    if (!isServed[meant[k]!]) meant[k] = -1;
  }
};

/** Items with their costs: given outright, or supplied efficiently to the served values, or to the virtual values of the flows. */
const offeredItems = (
  { served, quality }: { readonly served: ItemProfiles | undefined; readonly quality?: ItemProfiles },
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
