import type { Certificate } from '../screening/certificate.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import type { EssentialTypes } from './essential-types.ts';
import { feasibleFlows, leftOfBudgets } from './feasible-flows.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import { offeredItems } from './offered-items.ts';
import { budgetsOf, participationOf } from './participation.ts';
import { type Sale, type SoldMenu, saleOf } from './proposal-sale.ts';
import { virtualMenu } from './virtual-menu.ts';
import { workingSet } from './working-set.ts';

/** A menu for finitely many types, with what it is worth; none of its numbers comes from a solver. */
export interface CertifiedMenu extends SoldMenu {
  readonly certificate: Certificate;
  /** What the best menu found without lotteries attains, where this one has some. */
  readonly withoutLotteries?: CertifiedMenu;
  /** Flows that were used for the upper bound. */
  readonly flows: Flows;
  readonly iterations: number;
}

/** A gap of so many times what the solver expects calls for another try. */
const AS_EXPECTED = 2;
/** Chances above this are 1. */
const SURE = 1 - 1e-6;
/**
 * Other shares of the multiplier of q ≥ 0 up to which a served value is none: where it is clearly none, and where it is not clearly one. A virtual value
 * of exactly 0 has both go to 0 together.
 */
const OTHER_SHARES = [1e-3, 10];

/**
 * The menu that a proposal makes, certified from the problem alone.
 *
 * Upper bound: the flows, negative ones left out and all scaled down until out − in ≤ (1 − κ) f, give D = Σ f S(φ) − Σ μ u, which no mechanism can pass.
 * Attained: items are served efficiently at φ; rents are raised, if a buyer has more from another's item or less than she is to have, until nobody
 * does (the rebate); then all types, those left out included, choose freely. NaN in a proposal ends as NaN in the certificate.
 */
export const certifiedMenu = (
  whole: FiniteProblem,
  essential: EssentialTypes,
  proposal: Proposal,
): CertifiedMenu => {
  const { problem } = essential;
  const { types, mass, supply } = problem;
  const budgets = budgetsOf(problem);
  const flows = feasibleFlows(proposal.flows, budgets);
  const set = workingSet(types, flows);
  const virtual = virtualMenu(set, mass, supply, amountsInOrder(set, flows, types.count));
  const upperBound = virtual.solved
    ? virtual.surplus + essential.leftOut - worthOfPromises(problem, leftOfBudgets(flows, budgets))
    : Number.NaN;
  const sell = (served: ItemProfiles | undefined, shares: Float64Array | undefined): Sale =>
    saleOf(
      whole,
      essential,
      proposal.rents,
      offeredItems({ ...proposal, served, shares }, problem, set, virtual),
      set,
    );
  const { served, floors } = proposal;
  const models = supply.models?.length ?? 1;
  const lotteries = proposal.shares && lotteriesOf(proposal.shares, models);
  const settled = lotteries && settledShares(lotteries, models);
  const isShort = ({ attained }: Sale): boolean =>
    upperBound - attained > AS_EXPECTED * proposal.expectedGap * Math.abs(upperBound);
  const offer = (own: ItemProfiles | undefined): Sale => {
    const sale = sell(own, settled);
    if (settled === lotteries || !isShort(sale)) return sale;
    const unsettled = sell(own, lotteries);
    return unsettled.attained > sale.attained ? unsettled : sale;
  };
  let sale = offer(served && aboveFloors(served, floors, 1));
  if (served && floors && isShort(sale)) {
    for (const share of OTHER_SHARES) {
      const other = offer(aboveFloors(served, floors, share));
      if (other.attained > sale.attained) sale = other;
    }
  }
  const { attained, maxIncentiveViolation, maxParticipationViolation, ...rest } = sale;
  return {
    certificate: { of: 'grid', attained, upperBound, maxIncentiveViolation, maxParticipationViolation },
    ...rest,
    flows,
    iterations: proposal.iterations,
  };
};

/**
 * Shares as chances: none negative, and 1 in all. A method that stays inside keeps their sum only to its residual, and an item of more than one whole is
 * worth more than it can cost.
 */
const lotteriesOf = (shares: Float64Array, models: number): Float64Array => {
  const chances = shares.map((share) => (share < 0 ? 0 : share));
  for (let first = 0; first < chances.length; first += models) {
    const own = chances.subarray(first, first + models);
    const sum = own.reduce((total, share) => total + share, 0);
    for (let l = 0; l < models; l++) own[l]! /= sum;
  }
  return chances;
};

/** A model that is all but sure to make an item makes it: a method that stays inside leaves others a chance of about its gap. */
const settledShares = (shares: Float64Array, models: number): Float64Array => {
  const sure = Int32Array.from({ length: shares.length / models }, (_, k) =>
    shares.subarray(k * models, (k + 1) * models).findIndex((share) => share > SURE),
  );
  if (sure.every((l) => l < 0)) return shares;
  return shares.map((share, i) => {
    const l = sure[Math.floor(i / models)]!;
    return l < 0 ? share : i % models === l ? 1 : 0;
  });
};

/** Σ μ u. */
const worthOfPromises = (problem: FiniteProblem, multipliers: Float64Array): number => {
  const { least } = participationOf(problem);
  return multipliers.reduce((sum, each, n) => (least[n] === 0 ? sum : sum + each * least[n]!), 0);
};

/** Served values where they are more than this share of the multiplier of q ≥ 0, and nothing elsewhere. */
const aboveFloors = (served: ItemProfiles, floors: Float64Array | undefined, share: number): ItemProfiles =>
  floors === undefined
    ? served
    : { ...served, quality: served.quality.map((p, b) => (p > share * floors[b]! ? p : 0)) };

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
