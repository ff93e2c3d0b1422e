import { type EfficientSupply, type Item, numericSupply } from '@menusmith/core';
import { type CobbDouglas, supplied, technologyOf } from './technology.ts';

/** Tokens at m times their cost, for a fee. */
interface Tariff {
  readonly markup: number;
  readonly fee: number;
}

/** The tariff that Prop. 6 and 7 make of an item: m = w/φ and p_0 = T − mC. */
export const printedTariff = ({ value, servedValue, transfer, cost }: Item): Tariff => {
  const markup = value / servedValue;
  return { markup, fee: transfer - markup * cost };
};

/** Utility of value w under a tariff, m·S(w/m, s) − p_0, from supply. */
export const tariffUtility = (supply: EfficientSupply, w: number, { markup, fee }: Tariff, s = 1): number =>
  markup * supplied(supply, w / markup, s).surplus - fee;

/** What a buyer does who faces prices m·c: her own problem, from v and its gradient. */
export const bought = (value: number, markup: number, of: CobbDouglas, s = 1) =>
  supplied(numericSupply(technologyOf(of, markup)), value, s);
