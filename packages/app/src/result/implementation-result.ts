import type { IndirectImplementation } from '../study/study.ts';
import type { Coordinates } from './type-result.ts';

/** A menu sold otherwise than at a price for every item, buyers choosing freely among the offers. */
export interface ImplementationResult {
  /** How it is sold. */
  readonly kind: IndirectImplementation;
  /** Profit under free choice. */
  readonly attainedProfit: number | null;
  /** What it leaves to buyers; absent where the objective is profit. */
  readonly consumerSurplus?: number | null;
  /** The most that a buyer gains by taking another offer than hers; money. */
  readonly maxDeviationGain: number | null;
  /** Where no proposition has offers for these types, and each type’s own is made of her item alone. */
  readonly isByType?: boolean;
  /** Where the buyers are a grid’s types that stand for continuous ones: what the direct menu earns from these types. */
  readonly ofGrid?: {
    /** Profit of the direct menu from these types. */
    readonly profit: number;
  };
  /** Share of the buyers who do not take the tariff meant for them. */
  readonly deviatingShare: number | null;
  /** Who gains most by not taking hers, and which one she takes: by its markup, or by its cap on spending; none where what she has outside is better. */
  readonly worst?: Partial<Coordinates> & {
    /** Of a type without coordinates: her name, or her place in the list, counted from 1. */
    readonly name?: string;
    /** Her gain; money. */
    readonly gain: number;
    /** Markup of the offer that she takes. */
    readonly markup?: number;
    /** Spending cap of the offer that she takes; money. */
    readonly spendingCap?: number;
    /** Upfront fee of the offer that she takes; money. */
    readonly upfront?: number;
  };
  /** The best menu of this kind, where the first loses something; `isBest` is false where only the best that was found is known. */
  readonly best?: {
    /** Profit under free choice. */
    readonly attainedProfit: number | null;
    /** What it leaves to buyers; absent where the objective is profit. */
    readonly consumerSurplus?: number | null;
    /** The most that a buyer gains by taking another offer than hers; money. */
    readonly maxDeviationGain: number | null;
    /** Whether no menu of this kind is better. */
    readonly isBest: boolean;
  };
  /** The same menu as maximum-spend items, where two-part tariffs lose something. */
  readonly maximumSpend?: {
    /** Profit under free choice. */
    readonly attainedProfit: number | null;
    /** What it leaves to buyers; absent where the objective is profit. */
    readonly consumerSurplus?: number | null;
    /** The most that a buyer gains by taking another offer than hers; money. */
    readonly maxDeviationGain: number | null;
  };
}
