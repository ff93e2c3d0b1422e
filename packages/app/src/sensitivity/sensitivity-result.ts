import type { TierKind, TierResult } from '../tiers/tiers-result.ts';

/** The answer of `sensitivity`, plain data in the study's units: one menu held fixed while numbers of the study turn out otherwise. */
export interface SensitivityResult {
  readonly name: string;
  /** `plans` for a given menu that is neither bundles nor fees with prices: no best one is known to hold it against. */
  readonly kind: TierKind | 'plans';
  readonly count: number;
  readonly scale: number | null;
  /** By which share of itself every number is moved, down and up. */
  readonly by: number;
  /** What the menu earns if all numbers are right. */
  readonly profit: number;
  readonly served: number;
  /** Of the best menu; null of a menu that was given. */
  readonly tiers: readonly TierResult[] | null;
  /** By falling swing: the first matters most. */
  readonly parameters: readonly ParameterSensitivity[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

export interface ParameterSensitivity {
  /** For people: `exponents.input`, `cost of input`, `all values`. */
  readonly name: string;
  /** Where it stands in the study, as `production.exponents.input`; null of all values together. */
  readonly field: string | null;
  readonly group: ParameterGroup;
  /** null of all values together. */
  readonly value: number | null;
  readonly down: Outcome | null;
  readonly up: Outcome | null;
  /** Largest less smallest profit, among as it is, down and up. */
  readonly swing: number;
  readonly largestRegret: number | null;
  /** Why there is no outcome, where there is none. */
  readonly problems: readonly string[];
}

export type ParameterGroup = 'values' | 'scales' | 'dependence' | 'production' | 'costs';

/** What becomes of the menu if the parameter is `value`. */
export interface Outcome {
  readonly value: number | null;
  /** The menu's, with buyers choosing freely among its tiers, or none, and under tariffs their tokens. */
  readonly profit: number;
  /** Of all buyers. */
  readonly served: number;
  /** profit less the menu's profit if all numbers are right. */
  readonly change: number;
  /** What the best menu of as many tiers would earn; null where it could not be found. */
  readonly reoptimized: number | null;
  /** reoptimized − profit: what not knowing costs. */
  readonly regret: number | null;
}
