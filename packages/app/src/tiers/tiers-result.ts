import type { Plan } from '@menusmith/core';
import type { TariffResult } from '../result.ts';

/** What is sold as a tier: tokens at one price, or a fee with token prices. */
export type TierKind = 'bundle' | 'two-part-tariff';

/** What is searched for under a firm's conditions: those, a fee with an allowance and prices beyond it, or the least that is spent at token prices, without a fee. */
export type PlanKind = TierKind | 'three-part-tariff' | 'commitment';

/** The answer of `tiers`, plain data for whoever renders it; money and tokens are in the study's units, shares of all buyers in [0, 1]. */
export interface TiersResult {
  /** Name of the study. */
  readonly name: string;
  /** What a tier is. */
  readonly kind: PlanKind;
  /** Which number `from` and `to` are of: the value, or the representative type θ; null where types have no order. */
  readonly coordinate: 'value' | 'theta' | null;
  /** The one scale that all buyers are taken to have, where the study leaves that open. */
  readonly scale: number | null;
  /** What the entries of a tier's profile are called, where the study lists its tasks or goods one by one. */
  readonly tasks?: readonly string[];
  /** The menu without a limit on its items; its profit is that of the best menu known. */
  readonly full: {
    /** Its profit. */
    readonly profit: number;
    /** With a weight on consumer surplus: what is maximised, in the study's weights; the bound is on it. */
    readonly objective?: number;
    /** No menu makes more. */
    readonly upperBound: number;
    /** Share of the buyers who take an item. */
    readonly served: number;
  };
  /** What the full menu makes of the grid that stood for continuous buyers while menus were sought; all other numbers are of these buyers. */
  readonly grid?: TierGrid;
  /** One a number of tiers that was asked for. */
  readonly menus: readonly TierMenu[];
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** Whether the search was ended before its own end; a number that was not found by then is NaN, null in JSON. */
  readonly stopped?: true;
  /** Time that it took. */
  readonly seconds: number;
}

/** The full menu of a grid of types; none of its numbers bounds what continuous buyers bring. */
export interface TierGrid extends Pick<TierMenu, 'profit' | 'objective' | 'upperBound' | 'served'> {
  /** How many types the grid has. */
  readonly types: number;
}

/** Full menu, menus of few and notes: what is found of a `TiersResult` step by step. */
export type FoundTiers = Pick<TiersResult, 'full' | 'grid' | 'menus' | 'notes'>;

/** The best menu of so many tiers that was found, and a bound on every other. */
export interface TierMenu {
  /** How many tiers were asked for; fewer are listed where more earn nothing. */
  readonly count: number;
  /** By free choice among the tiers, or none. */
  readonly profit: number;
  /** With a weight on consumer surplus: what is maximised, in the study's weights; share, bound and gap are of it. */
  readonly objective?: number;
  /** Of the full menu's profit, or objective, in [0, 1]; null where that is 0 or negative. */
  readonly share: number | null;
  /** Of continuous buyers without an order: what the profit, or the objective, may be off by, as far as quadrature can tell; the gap counts it as lost. */
  readonly error?: number;
  /** Share of the buyers who take a tier. */
  readonly served: number;
  /** No menu of so many tiers of this kind has more profit, or more of the objective. */
  readonly upperBound: number;
  /** (upperBound − profit)/upperBound. */
  readonly relativeGap: number;
  /**
   * optimal: the gap is within 1e-6. feasible: the profit is attained, and the bound is that of the full menu. uncertified: the numbers contradict others,
   * as the notes say.
   */
  readonly status: 'optimal' | 'feasible' | 'uncertified';
  /** With capacity: the most of every capped input, its mean use over all buyers, and its shadow price for menus of so many tiers. */
  readonly capacity?: Readonly<Record<string, number>>;
  /** Mean use of every capped input over all buyers. */
  readonly used?: Readonly<Record<string, number>>;
  /** What one more unit of a capped input would add; money. */
  readonly shadowPrices?: Readonly<Record<string, number>>;
  /** By how much a buyer has less than she is promised, at most, where no plans were found that keep the promise; money. */
  readonly brokenBy?: number;
  /** Where today's plans are given: what is on sale less them, and the shares of the buyers whose surplus is higher, and lower, than under them. */
  readonly change?: Readonly<Record<'profit' | 'consumerSurplus', number>>;
  /** Share of the buyers whose surplus is higher than under today’s plans. */
  readonly betterOff?: number;
  /** Share of the buyers whose surplus is lower than under today’s plans. */
  readonly worseOff?: number;
  /** Ascending. */
  readonly tiers: readonly TierResult[];
  /** Today's plans that stay on sale, and who takes them; they do not count as tiers. */
  readonly kept?: readonly TierResult[];
}

/** A tier and those who buy it. Under a tariff, amounts and money are means over them: each takes her own tokens. */
export interface TierResult {
  /** Share of the buyers who take it. */
  readonly share: number;
  /** Lowest and highest buyer, in the coordinate of the result. */
  readonly from: number | null;
  /** The highest buyer. */
  readonly to: number | null;
  /** Buyers without an order: how many types they are and the first few names, or their values and scales. */
  readonly buyers?: {
    /** How many types, where buyers are a list. */
    readonly types?: number;
    /** The first few of their names. */
    readonly names?: readonly string[];
    /** Their values and scales, where they have some. */
    readonly range?: BuyerRange;
  };
  /** ∫ q di of a buyer. */
  readonly quality: number;
  /** What a buyer pays. */
  readonly transfer: number;
  /** Cost of what a buyer uses. */
  readonly cost: number;
  /** transfer − cost, a buyer. */
  readonly margin: number;
  /** Totals over the tasks, by input. */
  readonly inputs: Readonly<Record<string, number>>;
  /** The model that serves it, where the study offers several. */
  readonly model?: string;
  /** Quality task by task, of items for profiles, and task inputs. */
  readonly profile?: readonly number[];
  /** Task inputs, task by task. */
  readonly perTask?: Readonly<Record<string, readonly number[]>>;
  /** The tier as a tariff: fee and prices. */
  readonly tariff?: TariffResult;
  /** As it stands on sale, where it was searched for under a firm's conditions: in the study's units. */
  readonly plan?: Plan;
  /** What the lowest and the highest buyer of a tariff do with it. */
  readonly lowest?: TierUse;
  /** What the highest buyer of a tariff does with it. */
  readonly highest?: TierUse;
}

/** The values and scales among a tier's buyers. */
export interface BuyerRange {
  /** Lowest and highest value. */
  readonly value: readonly [number, number];
  /** Lowest and highest scale. */
  readonly scale: readonly [number, number];
}

/** What a buyer does with a tariff. */
export interface TierUse {
  /** ∫ q di that she makes. */
  readonly quality: number;
  /** What she pays, the fee included. */
  readonly transfer: number;
  /** Units of each input that she uses. */
  readonly inputs: Readonly<Record<string, number>>;
}

/** What a menu is judged by: the objective, where that is not profit. */
export const worthOf = ({ profit, objective }: Pick<TierMenu, 'profit' | 'objective'>): number =>
  objective ?? profit;
