import { InputError } from '@menusmith/core';
import { isJson, published } from '../../sheet/json-price-list.ts';
import { priceList } from '../../sheet/price-list.ts';
import { leftAsideNotes } from '../../sheet/published-prices.ts';
import { complaint } from '../../study/csv-table.ts';
import { daysBefore, dayWords, readDay } from './days.ts';
import { longTable } from './long-table.ts';

/** Prices by model and input, each from a day on until the next of its input; for a million tokens. */
export interface DatedPrices {
  readonly file: string;
  readonly models: readonly string[];
  readonly inputs: readonly string[];
  /** In the order of days. */
  changes(model: string, input: string): readonly PriceChange[];
  /** What of the file was not read, in sentences. */
  readonly notes: readonly string[];
}

export interface PriceChange {
  /** Days since January 1, 1970; −∞ for a list without dates. */
  readonly from: number;
  readonly price: number;
}

/**
 * A list of prices: a CSV with columns model, input, from and price, a price standing until the next date of its input; or any list that `sheet` reads,
 * whose prices stand from their own dates on where it is JSON of llm-prices, and else at all times. Throws InputError for any other.
 */
export const datedPrices = (text: string, file: string): DatedPrices => {
  if (isJson(text)) return publishedPrices(text, file);
  if (!isLong(text)) return undatedPrices(text, file);
  const table = longTable(text, file, { columns: ['model', 'input', 'from', 'price'], optional: ['from'] });
  const changes = new Map<string, PriceChange[]>();
  for (const { line, model, input, cells, amount } of table.rows) {
    const day = cells.from;
    const from = day === undefined ? Number.NEGATIVE_INFINITY : readDay(day);
    if (Number.isNaN(from))
      throw complaint(file, line, `from: expected a day such as 2026-03-01, got the text "${day}"`);
    const price = amount('price');
    if (!(price > 0))
      throw complaint(file, line, `price: expected a number above 0, got ${cells.price || 'nothing'}`);
    const key = keyOf(model, input);
    const own = changes.get(key) ?? [];
    if (own.some((other) => other.from === from))
      throw complaint(
        file,
        line,
        `expected one price for ${input} of ${model} from ${dayWords(from)}, got a second`,
      );
    own.push({ from, price });
    changes.set(key, own);
  }
  for (const own of changes.values()) own.sort((a, b) => a.from - b.from);
  return {
    file,
    models: [...new Set(table.rows.map(({ model }) => model))],
    inputs: [...new Set(table.rows.map(({ input }) => input))],
    changes: (model, input) => changes.get(keyOf(model, input)) ?? [],
    notes: table.notes,
  };
};

const keyOf = (model: string, input: string): string => JSON.stringify([model, input]);

/** Whether the header names an input and a price: else it is a list with a column an input. */
const isLong = (text: string): boolean => {
  const header = text.split(/\r\n|\r|\n/).find((line) => !/^\s*(?:#|$)/.test(line)) ?? '';
  const names = header.split(/[,;\t]/).map((name) => name.replace(/["\s\uFEFF]/g, '').toLowerCase());
  return names.includes('price') || names.includes('from');
};

/** What the log calls the tokens that a list prices. */
const inputOf = (token: string): string => (token === 'training' ? 'fine_tune' : token.replaceAll(' ', '_'));

/** All of a published list's prices but those of tiers, with the days from which on they stand. */
const publishedPrices = (text: string, file: string): DatedPrices => {
  const read = published(text, file);
  const base = read?.items.filter(({ tier }) => tier === '') ?? [];
  if (read === undefined || base.length === 0)
    throw new InputError(
      'price-list',
      `${file}: expected a CSV with columns model, input, from and price, or JSON of llm-prices, LiteLLM or OpenRouter`,
    );
  const changes = new Map<string, PriceChange[]>();
  for (const { model, prices, from } of base)
    for (const [token, price] of Object.entries(prices)) {
      const key = keyOf(model, inputOf(token));
      const day = from === null ? Number.NEGATIVE_INFINITY : readDay(from);
      const own = changes.get(key) ?? [];
      // Of several of one day the first, as where lists are read for one day.
      if (price > 0 && !own.some((change) => change.from === day)) own.push({ from: day, price });
      changes.set(key, own);
    }
  for (const own of changes.values()) own.sort((a, b) => a.from - b.from);
  const others = read.items.length - base.length;
  return {
    file,
    models: [...new Set(base.map(({ model }) => model))],
    inputs: [...new Set(base.flatMap(({ prices }) => Object.keys(prices).map(inputOf)))],
    changes: (model, input) => changes.get(keyOf(model, input)) ?? [],
    notes: [
      ...leftAsideNotes(read.leftAside),
      ...(others === 0 ? [] : [`${file}: left aside, being other tiers: ${others} items.`]),
    ],
  };
};

const undatedPrices = (text: string, file: string): DatedPrices => {
  const list = priceList(text, file);
  const base = list.items.filter(({ tier }) => tier === '');
  const items = base.length > 0 ? base : list.items;
  const named = new Map(items.map((item) => [item.model, item]));
  if (named.size < items.length)
    throw new InputError('price-list', `${file}: expected one item a model, got several tiers of one`);
  return {
    file,
    models: [...named.keys()],
    inputs: list.tokens.map(inputOf),
    changes: (model, input) => {
      const found = Object.entries(named.get(model)?.prices ?? {}).find(([name]) => inputOf(name) === input);
      return found === undefined || !(found[1] > 0)
        ? []
        : [{ from: Number.NEGATIVE_INFINITY, price: found[1] }];
    },
    notes: [
      ...list.notes,
      ...(base.length > 0 && base.length < list.items.length
        ? [`${file}: left aside, being other tiers: ${list.items.length - base.length} items.`]
        : []),
    ],
  };
};

/** The mean of a price over the days of a month; undefined where it begins within it or later. */
export const monthPrice = (changes: readonly PriceChange[], month: number): number | undefined => {
  const [start, end] = [daysBefore(month), daysBefore(month + 1)];
  const first = changes.findLastIndex(({ from }) => from <= start);
  if (first < 0) return undefined;
  const standing = changes.slice(first).filter(({ from }) => from < end);
  // As it is where one price stands all month: a mean would round it.
  if (standing.length === 1) return standing[0]!.price;
  const total = standing.reduce((sum, { from, price }, k) => {
    const until = standing[k + 1]?.from ?? end;
    return sum + (until - Math.max(from, start)) * price;
  }, 0);
  return total / (end - start);
};

/** Days on which one of the prices changes after the first day of month `from`, until the end of month `to`. */
export const changeDays = (
  lists: readonly (readonly PriceChange[])[],
  from: number,
  to: number,
): readonly number[] => {
  const days = lists.flatMap((changes) =>
    changes.filter(
      (change, k) =>
        k > 0 &&
        change.price !== changes[k - 1]!.price &&
        change.from > daysBefore(from) &&
        change.from < daysBefore(to + 1),
    ),
  );
  return [...new Set(days.map((change) => change.from))].sort((a, b) => a - b);
};
