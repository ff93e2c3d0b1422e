import type { Coordinates } from './type-result.ts';

/** Which constraints bind for two types (Prop. 2, with the regime it missed), and Prop. 3's tests where there is a representative type. */
export interface TwoTypesResult {
  /** Which constraints bind: none but participation (full surplus), the high type’s incentive, or both her incentive and her participation. */
  readonly regime: 'full-surplus' | 'high-incentive' | 'high-participation';
  /** Index and name of the high type, in the study's order. */
  readonly high: number;
  /** Name of the high type. */
  readonly highName: string | null;
  /** λ of φ_L = w_L − λ(w_H − w_L), at most f_H/f_L. */
  readonly lambda: number;
  /** f_H/f_L: mass of the high type over that of the low type. */
  readonly massRatio: number;
  /** ∫ (w_H − w_L) q_L at the low type's first best: full surplus is extracted where it is not positive. */
  readonly temptation: number;
  /** Prop. 3: θ of both types, and the corrected test ∫ (w_H − w_L) w_L^{σ/(1−σ)} ≤ 0 (errata, F5). */
  readonly ranking?: {
    /** θ of both types. */
    readonly thetas: readonly [number, number];
    /** The integral of the test; money. */
    readonly test: number;
  };
}

/** Incentive constraints with a positive multiplier that matters. */
export interface BindingResult {
  /** How many there are. */
  readonly count: number;
  /** The largest, at most 200 of them; `from` would take the item of `to`. Positions in `types`. */
  readonly largest: readonly {
    /** The type that is tempted. */
    readonly from: number;
    /** The type whose item tempts her. */
    readonly to: number;
    /** The multiplier λ of the constraint, in mass of buyers. */
    readonly flow: number;
  }[];
}

/** Of a finite problem: its size, how it was solved, and what binds. */
export interface FiniteResult {
  /** Name of the solver. */
  readonly solver: string;
  /** Why the solver ended: `converged` where the certified gap of what it solved is within the tolerance. */
  readonly stopped: 'converged' | 'stuck' | 'most-iterations' | 'numerical' | 'interrupted';
  /** How many types were solved for. */
  readonly types: number;
  /** How many tasks they have. */
  readonly tasks: number;
  /** Buyers are paid so much, per buyer, beyond what the solver proposed, so that all prefer their own items. */
  readonly rebate: number | null;
  /** What binds; of values and scales, also by the kind of the step. */
  readonly binding: BindingResult & {
    /** How many are between types of one scale. */
    readonly withinScale?: number;
    /** How many are between types of different scales. */
    readonly acrossScales?: number;
    /** Σ λ over constraints across scales. */
    readonly flowAcrossScales?: number;
  };
  /**
   * Whether the optimum treats identical tasks differently: the largest spread of quality among tasks on which a type has one value, and the
   * type (position in `types`).
   */
  readonly uniformity?: {
    /** Whether identical tasks get the same quality. */
    readonly isUniform: boolean;
    /** The largest spread of quality among tasks that one type values alike. */
    readonly spread: number;
    /** The type for whom it is largest, as a position in `types`; null where there is none. */
    readonly type: number | null;
  };
  readonly comparison?: ComparisonResult;
}

/** Three numbers side by side: seen scales (a bound), hidden scales at their best, and the scale-by-scale menu offered to all. */
export interface ComparisonResult {
  /** Profit if the seller saw scales. */
  readonly observableScale: number;
  /** Profit of the best menu when scales are hidden. */
  readonly optimum: number;
  /** The best menu of each scale, offered to all buyers. */
  readonly scaleByScale: {
    /** Its profit under free choice. */
    readonly attainedProfit: number;
    /** Share of the buyers who take an item of another scale. */
    readonly deviatingShare: number;
    /** Who gains most by that, and how much. */
    readonly worst?: Coordinates & {
      /** Her gain; money. */
      readonly gain: number;
    };
  };
}
