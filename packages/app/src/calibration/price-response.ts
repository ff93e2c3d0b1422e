import type { Calibration } from './calibration.ts';
import type { FittedModel } from './fitted-model.ts';

/** Mean log spending and log price of a stretch of unchanged prices, without the means of series. */
export interface PricedSpending {
  readonly price: number;
  readonly spending: number;
  readonly cells: number;
}

/** How spending of the same customers went with the price index; what fine-tuning and months in common add to spending is taken off. */
export const priceResponse = (
  { panel, index, y, shocks }: Calibration,
  { model, degree }: FittedModel,
): readonly PricedSpending[] => {
  const { offsets, modelOf, month, logSpending } = panel;
  const log = index.log[model]!;
  const sums = new Map<number, { price: number; spending: number; cells: number }>();
  // E without the part of Z: log E − σ/(1 − σ) r log(b + Z), and without what months added to log θ.
  const adjusted = (i: number, s: number): number =>
    logSpending[i]! -
    (degree * (y(i, s) - logSpending[i]! + log[month[i]!]!) + (shocks?.[month[i]!] ?? 0)) / (1 - degree);
  for (let s = 0; s + 1 < offsets.length; s++) {
    if (modelOf[s] !== model) continue;
    const [from, to] = [offsets[s]!, offsets[s + 1]!];
    let [price, spending] = [0, 0];
    for (let i = from; i < to; i++) {
      price += log[month[i]!]! / (to - from);
      spending += adjusted(i, s) / (to - from);
    }
    for (let i = from; i < to; i++) {
      const spell = index.spell[model]![month[i]!]!;
      const own = sums.get(spell) ?? { price: 0, spending: 0, cells: 0 };
      own.price += log[month[i]!]! - price;
      own.spending += adjusted(i, s) - spending;
      own.cells++;
      sums.set(spell, own);
    }
  }
  return [...sums.values()].map(({ price, spending, cells }) => ({
    price: price / cells,
    spending: spending / cells,
    cells,
  }));
};
