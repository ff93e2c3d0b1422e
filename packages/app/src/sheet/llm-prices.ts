import { InputError } from '@menusmith/core';
import { describeValue } from '../study/describe-value.ts';
import { isDate } from './dated-prices.ts';
import {
  type Fields,
  isMap,
  type LeftAside,
  modelName,
  noteUnknown,
  nothingLeftAside,
  type Published,
  type PublishedItem,
  pricesIn,
} from './published-prices.ts';

const kinds = { input: 'input', output: 'output', input_cached: 'cached' };
const dates = ['from_date', 'to_date'];
const priceFields = [...Object.keys(kinds), ...dates];

/**
 * A file of llm-prices: dollars a million tokens, `{ vendor, models: [{ id, name, price_history }] }`, or all vendors' in one, `{ prices: [{ id, input, output }] }`; undefined
 * where it is another list. Throws InputError with the field of a date that is none.
 */
export const llmPrices = (data: unknown): Published | undefined => {
  if (!isMap(data)) return undefined;
  const leftAside = nothingLeftAside();
  if (
    Array.isArray(data.models) &&
    data.models.some((model) => isMap(model) && Array.isArray(model.price_history))
  ) {
    noteUnknown(data, ['vendor', 'models'], leftAside);
    const items = data.models.flatMap((model: unknown, k): PublishedItem[] => {
      if (!isMap(model)) return [];
      const name = modelName(model, leftAside);
      if (name === undefined) return [];
      noteUnknown(model, ['id', 'name', 'price_history'], leftAside);
      const history = Array.isArray(model.price_history) ? model.price_history : [];
      return history.flatMap((price: unknown, h) => {
        if (!isMap(price)) return [];
        noteUnknown(price, priceFields, leftAside);
        return [itemOf(name, price, leftAside, ['models', k, 'price_history', h])];
      });
    });
    return { items, leftAside };
  }
  if (
    !Array.isArray(data.prices) ||
    !data.prices.some((price) => isMap(price) && 'input' in price && 'id' in price)
  )
    return undefined;
  noteUnknown(data, ['updated_at', 'prices'], leftAside);
  const items = data.prices.flatMap((price: unknown, k): PublishedItem[] => {
    if (!isMap(price)) return [];
    const name = modelName(price, leftAside);
    if (name === undefined) return [];
    noteUnknown(price, ['id', 'vendor', 'name', ...priceFields], leftAside);
    return [itemOf(name, price, leftAside, ['prices', k])];
  });
  return { items, leftAside };
};

const itemOf = (
  model: string,
  price: Fields,
  leftAside: LeftAside,
  at: readonly (string | number)[],
): PublishedItem => {
  const [from = null, to = null] = dates.map((field) => {
    const date = price[field];
    if (date === undefined || date === null || (typeof date === 'string' && isDate(date)))
      return date ?? null;
    throw new InputError('date', `expected a date such as 2025-01-31, or null, got ${describeValue(date)}`, [
      ...at,
      field,
    ]);
  }) as (string | null)[];
  return { model, tier: '', prices: pricesIn(price, kinds, 1, leftAside), from, to };
};
