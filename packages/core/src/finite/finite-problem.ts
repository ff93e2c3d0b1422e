import type { CostForm } from '../supply/cost/cost-form.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import type { TypePairs, TypeSpace } from '../types/type-space.ts';

/**
 * The seller's problem on finitely many types (paper, Section 8 in general): maximise Σ f_n (T_n − C(q_n) + κ U_n) subject to IC and to U_n ≥ u_n,
 * with U_n = ⟨w_n, q_n⟩ − T_n the rent of type n and C(q) the least cost of a whole quality profile. Masses are positive and sum to 1; no type is
 * worth nothing throughout, no two are alike.
 *
 * In the flows λ of the incentive constraints the objective changes the budgets, out_n − in_n ≤ (1 − κ) f_n, and participation the bound:
 * D(λ) = Σ f S(φ) − Σ μ u, where μ_n = (1 − κ) f_n − out_n + in_n is the multiplier of U_n ≥ u_n.
 */
export interface FiniteProblem {
  readonly types: TypeSpace;
  readonly mass: Float64Array;
  readonly supply: ProfileSupply;
  /** How C depends on q, for solvers that must know; absent where it is whatever the supply makes of it. */
  readonly cost?: CostForm;
  /** κ ∈ [0, 1], the weight of rents beside that of profit, 0 where it is left out. At 1 the most profitable of the efficient menus is meant, κ → 1. */
  readonly surplusWeight?: number;
  /** u_n, money: what type n is to have at least; 0 where it is left out, or what nothing is worth to her where that is more. */
  readonly participation?: Float64Array;
  /**
   * A task that stands for what types have outside: worth ω w_n there to type n, and served by `supply` at quality 0 or 1, free of cost and in the
   * place of everything else. Whoever takes nothing from the seller has it.
   */
  readonly outsideTask?: number;
  /** What type n has from a rival, the last of the models of `supply`, without the seller; money. He may resell the rival's product at its price. */
  readonly elsewhere?: Float64Array;
  /** The model by which each type is to be served, where lotteries and other choices are ruled out; it does not matter to the bound. */
  readonly assigned?: Int32Array;
}

/** What item k is made by: the one model that it may be made by, or whichever is best. */
export const supplyFor = (
  { supply, assigned }: Pick<FiniteProblem, 'supply' | 'assigned'>,
  k: number,
): ProfileSupply => (assigned && supply.models ? supply.models[assigned[k]!]!.supply : supply);

/** Multipliers λ_nk ≥ 0 of incentive constraints n → k; pairs that are not listed have 0. */
export interface Flows extends TypePairs {
  readonly amount: Float64Array;
}

/**
 * What a solver proposes; nothing in it is trusted. The items are the efficient supply to `served` values, or to the virtual values that the flows
 * make where there are none; or they are given outright as `quality`.
 */
export interface Proposal {
  readonly flows: Flows;
  /** U_n, money. */
  readonly rents: Float64Array;
  /** Served values of every item, in the place of qualities. */
  readonly served?: ItemProfiles;
  /** Multipliers of q ≥ 0, one a served value: where they prevail, nothing is to be served. */
  readonly floors?: Float64Array;
  readonly quality?: ItemProfiles;
  /** The share of each model in every item, item after item, where there is a choice of models. */
  readonly shares?: Float64Array;
  readonly iterations: number;
  /** The relative gap that the solver expects a certificate to show: what it goes by, and nothing else does. */
  readonly expectedGap: number;
}
