/** The answer of `sheet`, plain data; prices and costs as the list has them, per unit of each kind of token. */
export interface SheetResult {
  /** The list of prices. */
  readonly file: string;
  /** Where costs came from; null where none were given. */
  readonly costs: string | null;
  /** Relative difference up to which two ratios are called equal. */
  readonly tolerance: number;
  /** Which items are held against one another. */
  readonly compared: 'all' | 'within-models';
  /** Kinds of tokens that have prices. */
  readonly tokens: readonly string[];
  /** Its rows: what is sold at which prices. */
  readonly items: readonly SheetItem[];
  /** Whether ratios of prices are as the model predicts. */
  readonly prediction: Prediction;
  /** Pairs of items of one model of which one is dearer in all that both sell; at most ten for one item. */
  readonly dominated: readonly Dominance[];
  /** Regularities of Section 7.2, held against the list. */
  readonly regularities: readonly Regularity[];
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
}

/** A row of the list: a model, served in one way. */
export interface SheetItem {
  /** Line of the file. */
  readonly line: number;
  /** Name of the model. */
  readonly model: string;
  /** How it is served, as the list calls it. */
  readonly tier: string;
  /** Whether the model is fine-tuned. */
  readonly isFineTuned: boolean;
  /** Whether requests are served in batches. */
  readonly isBatch: boolean;
  /** Price of each kind of token. */
  readonly prices: Readonly<Record<string, number>>;
  /** What is paid whatever is used; 0 where the list says none. */
  readonly fee: number;
  /** Cost of each kind of token; empty where no costs were given. */
  readonly costs: Readonly<Record<string, number>>;
  /** Price over cost, by kind of token that has both. */
  readonly markups: Readonly<Record<string, number>>;
  /** Their geometric mean, and largest over smallest less 1: 0 where prices are m·c. Null where there are none. */
  readonly markup: number | null;
  /** Largest markup over the smallest, less 1. */
  readonly markupSpread: number | null;
  /** Position of the item that it is relative to; its own where there is no other. */
  readonly reference: number;
  /** The same with the prices of the item `reference` in place of costs. Null where they have no kind of token in common. */
  readonly relativeMarkup: number | null;
  /** Largest relative markup over the smallest, less 1. */
  readonly relativeSpread: number | null;
}

/** The model's prediction for prices, p = m·c in each item: ratios of prices are those of costs, whatever the markup. */
export interface Prediction {
  /** By costs where they are given: price ratios equal cost ratios. Else: they are the same in all items. Null where nothing can be compared. */
  readonly holds: boolean | null;
  /** What the ratios are held against. */
  readonly by: 'costs' | 'constant-ratios';
  /** Position of the item that relative markups are relative to; null where models have items of their own. */
  readonly reference: number | null;
  /** The ratios of prices. */
  readonly ratios: readonly RatioResult[];
}

/** The price of one kind of token in units of another's, item by item. */
export interface RatioResult {
  /** Whose items they are; null where those of all are. */
  readonly model: string | null;
  /** The kind of token whose price it is. */
  readonly token: string;
  /** The kind of token in whose price it is told. */
  readonly over: string;
  /** The ratio in each item. */
  readonly items: readonly {
    /** Position in the result's items. */
    readonly item: number;
    /** Ratio of the prices. */
    readonly priceRatio: number;
    /** Ratio of the costs; null without costs. */
    readonly costRatio: number | null;
  }[];
  /** The smallest ratio of prices. */
  readonly least: number;
  /** The largest ratio of prices. */
  readonly most: number;
  /** Largest over smallest less 1. */
  readonly spread: number;
  /** Whether the spread is within the tolerance. */
  readonly isConstant: boolean;
  /** Largest relative difference from the ratio of costs; null without costs. */
  readonly fromCosts: number | null;
  /** Whether the difference from the ratio of costs is within the tolerance; null without costs. */
  readonly equalsCosts: boolean | null;
}

/** `item` is at least as dear as `by` in every price that both have and in the fee, and dearer in one. Positions in the result's items. */
export interface Dominance {
  /** The dearer item. */
  readonly item: number;
  /** The cheaper item. */
  readonly by: number;
  /** Kinds of tokens that `item` sells and `by` does not: where there are some, it is not dominated outright. */
  readonly sellsBeside: readonly string[];
  /** Whether the dearer item sells no kind of token that the cheaper one does not. */
  readonly isDominated: boolean;
}

/** One of the regularities that Section 7.2 of the paper sees in prices; null where the sheet has nothing to check it on. */
export interface Regularity {
  /** Which regularity. */
  readonly name: 'fine-tuned-dearer' | 'cached-and-batch-cheaper' | 'input-below-output-at-constant-ratio';
  /** It in a sentence. */
  readonly statement: string;
  /** Whether it holds in every check. */
  readonly holds: boolean | null;
  /** Each pair of prices that it was checked on. */
  readonly checks: readonly RegularityCheck[];
}

/** Two prices that a regularity compares. */
export interface RegularityCheck {
  /** The item of the one price, as a position in the result’s items. */
  readonly item: number;
  /** The item that it is held against; the same where two prices of one item are. */
  readonly against: number;
  /** Kind of token of each price. */
  readonly token: string;
  /** Kind of token of the other price. */
  readonly againstToken: string;
  /** The one price. */
  readonly price: number;
  /** The other price. */
  readonly againstPrice: number;
  /** price/againstPrice; null where the latter is 0. */
  readonly ratio: number | null;
  /** Whether the regularity holds of them. */
  readonly holds: boolean;
}
