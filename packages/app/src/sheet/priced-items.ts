/** A seller's list of prices, each item with prices by kind of token, per unit of them. */
export interface PriceList {
  readonly file: string;
  /** Kinds of tokens that some item has a price for, in the order of the columns. */
  readonly tokens: readonly string[];
  readonly items: readonly PricedItem[];
  /** What of the file was not read, in sentences. */
  readonly notes: readonly string[];
}

export interface PricedItem {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly model: string;
  readonly tier: string;
  /** By kind of token; kinds without a price are not sold with the item. */
  readonly prices: Readonly<Record<string, number>>;
  /** What is paid once, or each period, before any token; 0 where the list has none. */
  readonly fee: number;
  /** What the list itself says of costs, by kind of token. */
  readonly costs: Readonly<Record<string, number>>;
}
