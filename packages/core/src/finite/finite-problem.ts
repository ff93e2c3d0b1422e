import type { ProfileSupply } from '../supply/profile-supply.ts';
import type { CostForm } from './cost-form.ts';
import type { ItemProfiles } from './item-profiles.ts';
import type { TypePairs, TypeSpace } from './type-space.ts';

/**
 * The seller's problem on finitely many types (paper, Section 8 in general): maximise Σ f_n (T_n − C(q_n)) subject to IC and IR, with C(q)
 * the least cost of a whole quality profile. Masses are positive and sum to 1; no type is worth nothing throughout, no two are alike.
 */
export interface FiniteProblem {
  readonly types: TypeSpace;
  readonly mass: Float64Array;
  readonly supply: ProfileSupply;
  /** How C depends on q, for solvers that must know; absent where it is whatever the supply makes of it. */
  readonly cost?: CostForm;
}

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
  readonly iterations: number;
  /** The relative gap that the solver expects a certificate to show: what it goes by, and nothing else does. */
  readonly expectedGap: number;
}
