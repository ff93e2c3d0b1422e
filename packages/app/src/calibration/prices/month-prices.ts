import { type DatedPrices, monthPrice, type PriceChange } from './dated-prices.ts';

/** What a model's tokens cost in one month, by input of the log; NaN for those that it has no price of. */
export interface MonthPrices {
  readonly prices: Float64Array;
  readonly hasAny: boolean;
}

/** Prices by model and month, each computed once. */
export const monthPrices = (
  list: DatedPrices,
  inputs: readonly string[],
): ((model: string, month: number) => MonthPrices) => {
  const byModel = new Map<
    string,
    { changes: (readonly PriceChange[])[]; months: Map<number, MonthPrices> }
  >();
  return (model, month) => {
    let own = byModel.get(model);
    if (own === undefined) {
      own = { changes: inputs.map((input) => list.changes(model, input)), months: new Map() };
      byModel.set(model, own);
    }
    let found = own.months.get(month);
    if (found === undefined) {
      const prices = Float64Array.from(own.changes, (changes) => monthPrice(changes, month) ?? Number.NaN);
      found = { prices, hasAny: prices.some((price) => price > 0) };
      own.months.set(month, found);
    }
    return found;
  };
};
