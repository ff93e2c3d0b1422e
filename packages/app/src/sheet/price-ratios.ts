import { finiteOrNull } from '../finite-or-null.ts';
import type { PriceList } from './priced-items.ts';
import type { Prediction, RatioResult } from './sheet-result.ts';

/** Every kind of token over input, among the items `compared`; where there is none, over the first kind. */
export const ratiosOf = (
  { tokens, items }: PriceList,
  compared: readonly number[],
  costs: readonly Readonly<Record<string, number>>[],
  tolerance: number,
  model: string | null,
): RatioResult[] => {
  const over = tokens.includes('input') ? 'input' : tokens[0]!;
  return tokens.flatMap((token): RatioResult[] => {
    if (token === over) return [];
    const own = compared.flatMap((item) => {
      const { prices } = items[item]!;
      const priceRatio = (prices[token] ?? Number.NaN) / (prices[over] ?? Number.NaN);
      const costRatio = (costs[item]![token] ?? Number.NaN) / (costs[item]![over] ?? Number.NaN);
      if (!Number.isFinite(priceRatio)) return [];
      return [{ item, priceRatio, costRatio: finiteOrNull(costRatio) }];
    });
    if (own.length === 0) return [];
    const values = own.map(({ priceRatio }) => priceRatio);
    const least = values.reduce((a, b) => Math.min(a, b));
    const most = values.reduce((a, b) => Math.max(a, b));
    const spread = most === least ? 0 : most / least - 1;
    const differences = own.flatMap(({ priceRatio, costRatio }) =>
      costRatio === null ? [] : [Math.abs(priceRatio / costRatio - 1)],
    );
    const fromCosts = differences.length === 0 ? null : differences.reduce((a, b) => Math.max(a, b));
    return [
      {
        model,
        token,
        over,
        items: own,
        least,
        most,
        spread: Number.isFinite(spread) ? spread : Number.MAX_VALUE,
        isConstant: spread <= tolerance,
        fromCosts,
        equalsCosts: fromCosts === null ? null : fromCosts <= tolerance,
      },
    ];
  });
};

export const verdict = (
  ratios: readonly RatioResult[],
  hasCosts: boolean,
): Pick<Prediction, 'holds' | 'by'> => {
  if (hasCosts) {
    const known = ratios.filter(({ equalsCosts }) => equalsCosts !== null);
    return { by: 'costs', holds: known.length === 0 ? null : known.every(({ equalsCosts }) => equalsCosts) };
  }
  const compared = ratios.filter(({ items }) => items.length > 1);
  return {
    by: 'constant-ratios',
    holds: compared.length === 0 ? null : compared.every(({ isConstant }) => isConstant),
  };
};
