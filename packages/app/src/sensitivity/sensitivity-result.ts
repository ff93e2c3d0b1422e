import type { TierKind, TierResult } from '../tiers/tiers-result.ts';

/** What a menu makes where all choose freely among its tiers, or what they have outside, and under tariffs their tokens. */
export interface MenuOutcome {
  /** Revenue less cost. */
  readonly profit: number;
  /** With a weight on consumer surplus: what is maximised, in the study's weights; changes, swings and regrets are of it, else of profit. */
  readonly objective?: number;
  /** Of all buyers. */
  readonly served: number;
  /** With capacity: the most of every capped input, and the menu's mean use of it over all buyers. */
  readonly capacity?: Readonly<Record<string, number>>;
  /** Mean use of every capped input over all buyers. */
  readonly used?: Readonly<Record<string, number>>;
  /** The inputs of which it uses more than there is; where there are any, money is what the menu would make if there were enough. */
  readonly exceeded?: readonly string[];
  /** Beside a share of what today's plans give: by how much the menu leaves somebody less than she is promised, at most; absent where it keeps the promise. */
  readonly brokenBy?: number;
}

/** The answer of `sensitivity`, plain data in the study's units: one menu held fixed while numbers of the study turn out otherwise, and what it makes if all are right. */
export interface SensitivityResult extends MenuOutcome {
  /** Name of the study. */
  readonly name: string;
  /** `plans` for a given menu that is neither bundles nor fees with prices: no best one is known to hold it against. */
  readonly kind: TierKind | 'plans';
  /** How many tiers or plans the menu has. */
  readonly count: number;
  /** The one scale of all buyers, where it was given. */
  readonly scale: number | null;
  /** By which share of itself every number is moved, down and up. */
  readonly by: number;
  /** Of the best menu; null of a menu that was given. */
  readonly tiers: readonly TierResult[] | null;
  /** By falling swing: the first matters most. */
  readonly parameters: readonly ParameterSensitivity[];
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** Whether it was ended before its own end. */
  readonly stopped?: true;
  /** Time that it took. */
  readonly seconds: number;
}

/** A number of the study, and what becomes of the menu if it is off. */
export interface ParameterSensitivity {
  /** For people: `exponents.input`, `cost of input`, `all values`. */
  readonly name: string;
  /** Where it stands in the study, as `production.exponents.input`; null of all values together. */
  readonly field: string | null;
  /** What the number is about. */
  readonly group: ParameterGroup;
  /** null of all values together. */
  readonly value: number | null;
  /** If the number is lower. */
  readonly down: Outcome | null;
  /** If the number is higher. */
  readonly up: Outcome | null;
  /** Largest less smallest profit, or objective, among as it is, down and up. */
  readonly swing: number;
  /** The larger regret of down and up. */
  readonly largestRegret: number | null;
  /** Why there is no outcome, where there is none. */
  readonly problems: readonly string[];
}

export type ParameterGroup =
  | 'values'
  | 'scales'
  | 'dependence'
  | 'production'
  | 'costs'
  | 'outside'
  | 'capacity';

/** What becomes of the menu if the parameter is `value`. */
export interface Outcome extends MenuOutcome {
  /** The number as it turns out; null of all values together. */
  readonly value: number | null;
  /** What is made less what the menu makes if all numbers are right. */
  readonly change: number;
  /** What the best menu of as many tiers would make, within capacity; null where it could not be found. */
  readonly reoptimized: number | null;
  /** What not knowing costs: reoptimized less what is made; null also where the menu exceeds capacity or breaks a promise, as the best one does not. */
  readonly regret: number | null;
}
