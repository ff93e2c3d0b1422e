/** The answer of `sheet`, plain data; prices and costs as the list has them, per unit of each kind of token. */
export interface SheetResult {
  readonly file: string;
  /** Where costs came from; null where none were given. */
  readonly costs: string | null;
  /** Relative difference up to which two ratios are called equal. */
  readonly tolerance: number;
  /** Which items are held against one another. */
  readonly compared: 'all' | 'within-models';
  readonly tokens: readonly string[];
  readonly items: readonly SheetItem[];
  readonly prediction: Prediction;
  /** Pairs of items of one model of which one is dearer in all that both sell; at most ten for one item. */
  readonly dominated: readonly Dominance[];
  readonly regularities: readonly Regularity[];
  readonly notes: readonly string[];
}

export interface SheetItem {
  readonly line: number;
  readonly model: string;
  readonly tier: string;
  readonly isFineTuned: boolean;
  readonly isBatch: boolean;
  readonly prices: Readonly<Record<string, number>>;
  readonly fee: number;
  readonly costs: Readonly<Record<string, number>>;
  /** Price over cost, by kind of token that has both. */
  readonly markups: Readonly<Record<string, number>>;
  /** Their geometric mean, and largest over smallest less 1: 0 where prices are m·c. Null where there are none. */
  readonly markup: number | null;
  readonly markupSpread: number | null;
  /** Position of the item that it is relative to; its own where there is no other. */
  readonly reference: number;
  /** The same with the prices of the item `reference` in place of costs. Null where they have no kind of token in common. */
  readonly relativeMarkup: number | null;
  readonly relativeSpread: number | null;
}

/** The model's prediction for prices, p = m·c in each item: ratios of prices are those of costs, whatever the markup. */
export interface Prediction {
  /** By costs where they are given: price ratios equal cost ratios. Else: they are the same in all items. Null where nothing can be compared. */
  readonly holds: boolean | null;
  readonly by: 'costs' | 'constant-ratios';
  /** Position of the item that relative markups are relative to; null where models have items of their own. */
  readonly reference: number | null;
  readonly ratios: readonly RatioResult[];
}

/** The price of one kind of token in units of another's, item by item. */
export interface RatioResult {
  /** Whose items they are; null where those of all are. */
  readonly model: string | null;
  readonly token: string;
  readonly over: string;
  readonly items: readonly {
    /** Position in the result's items. */
    readonly item: number;
    readonly priceRatio: number;
    readonly costRatio: number | null;
  }[];
  readonly least: number;
  readonly most: number;
  /** Largest over smallest less 1. */
  readonly spread: number;
  readonly isConstant: boolean;
  /** Largest relative difference from the ratio of costs; null without costs. */
  readonly fromCosts: number | null;
  readonly equalsCosts: boolean | null;
}

/** `item` is at least as dear as `by` in every price that both have and in the fee, and dearer in one. Positions in the result's items. */
export interface Dominance {
  readonly item: number;
  readonly by: number;
  /** Kinds of tokens that `item` sells and `by` does not: where there are some, it is not dominated outright. */
  readonly sellsBeside: readonly string[];
  readonly isDominated: boolean;
}

/** One of the regularities that Section 7.2 of the paper sees in prices; null where the sheet has nothing to check it on. */
export interface Regularity {
  readonly name: 'fine-tuned-dearer' | 'cached-and-batch-cheaper' | 'input-below-output-at-constant-ratio';
  readonly statement: string;
  readonly holds: boolean | null;
  readonly checks: readonly RegularityCheck[];
}

export interface RegularityCheck {
  readonly item: number;
  /** The item that it is held against; the same where two prices of one item are. */
  readonly against: number;
  /** Kind of token of each price. */
  readonly token: string;
  readonly againstToken: string;
  readonly price: number;
  readonly againstPrice: number;
  /** price/againstPrice; null where the latter is 0. */
  readonly ratio: number | null;
  readonly holds: boolean;
}
