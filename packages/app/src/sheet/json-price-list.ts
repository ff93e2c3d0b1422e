import { InputError, rounded } from '@menusmith/core';
import { complaint } from '../study/csv-table.ts';
import { jsonFault, textPosition } from '../study/json-data.ts';
import type { PricedItem, PriceList } from './priced-items.ts';

type Fields = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a format has: items, with prices a million tokens, and what was left aside. */
interface Read {
  readonly items: readonly Omit<PricedItem, 'line' | 'fee' | 'costs'>[];
  readonly notes: readonly string[];
}

/** Whether a text is JSON, which a list of cells is not. */
export const isJson = (text: string): boolean => /^[{[]/.test(text.trimStart());

/**
 * A list of prices in one of the formats that price lists are published in: llm-prices, LiteLLM's, OpenRouter's. Prices are a million tokens. Throws
 * InputError for any other; fields that are not read are named in the notes.
 */
export const jsonPriceList = (text: string, file: string): PriceList => {
  const fail = (message: string): InputError => new InputError('price-list', `${file}: ${message}`);
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const { line } = textPosition(text, fault.at);
    throw complaint(file, line, fault.message);
  }
  const data: unknown = JSON.parse(text);
  const read = llmPrices(data) ?? openRouter(data) ?? liteLlm(data);
  if (read === undefined) throw fail(FORMATS);
  const priced = read.items.filter(({ prices }) => Object.keys(prices).length > 0);
  if (priced.length === 0) throw fail('expected a price for some model, got none');
  const left = read.items.length - priced.length;
  let at = 0;
  let line = 1;
  const lineOf = (model: string): number => {
    const found = text.indexOf(JSON.stringify(model), at);
    if (found > at) {
      line += text.slice(at, found).split('\n').length - 1;
      at = found;
    }
    return line;
  };
  const items = priced.map((item): PricedItem => ({ ...item, line: lineOf(item.model), fee: 0, costs: {} }));
  const listed = distinct(items);
  const notes = [
    ...read.notes,
    ...(left === 0
      ? []
      : [`Left aside for want of a price of tokens: ${left} of ${read.items.length} items.`]),
    ...(listed.length === items.length
      ? []
      : [`Left aside, as an item of the same name came before: ${items.length - listed.length}.`]),
  ];
  const tokens = [...new Set(listed.flatMap(({ prices }) => Object.keys(prices)))];
  return { file, tokens, items: listed, notes };
};

const FORMATS =
  'expected a list of prices as JSON in a known format: llm-prices ({ models: [{ id, price_history }] }), LiteLLM ({ MODEL: { input_cost_per_token } }) ' +
  'or OpenRouter ({ data: [{ id, pricing }] }); or a CSV of model, tier and prices';

/** Of items of one name the first. */
const distinct = (items: readonly PricedItem[]): readonly PricedItem[] => {
  const seen = new Set<string>();
  return items.filter(({ model, tier }) => {
    const key = `${model}\n${tier}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};

/** The numbers of some fields, each under the kind of token that it is a price of; null and nothing are "not sold". */
const pricesIn = (
  fields: Fields,
  kinds: Readonly<Record<string, string>>,
  factor: number,
): Record<string, number> => {
  const prices: Record<string, number> = {};
  for (const [field, token] of Object.entries(kinds)) {
    const given = fields[field];
    const price = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    // A price below 0 says that it depends on where a call is sent.
    if (typeof price === 'number' && Number.isFinite(factor * price) && price >= 0)
      prices[token] = rounded(factor * price, 15);
  }
  return prices;
};

/** `Left aside: image, request.`, where something was. */
const leftAside = (fields: Iterable<string>): string[] => {
  const names = [...new Set(fields)].sort();
  return names.length === 0 ? [] : [`Left aside, as they are no prices of tokens: ${names.join(', ')}.`];
};

const llmPrices = (data: unknown): Read | undefined => {
  if (!isMap(data) || !Array.isArray(data.models)) return undefined;
  const models = data.models.filter(isMap);
  if (!models.some(({ price_history }) => Array.isArray(price_history))) return undefined;
  const kinds = { input: 'input', output: 'output', input_cached: 'cached' };
  const known = [...Object.keys(kinds), 'from_date', 'to_date'];
  const others = new Set<string>();
  let past = 0;
  const items = models.map(({ id, name, price_history }) => {
    const history = Array.isArray(price_history) ? price_history.filter(isMap) : [];
    // The price that still stands, or else the one that began last.
    const now =
      history.find(({ to_date }) => to_date === null || to_date === undefined) ??
      [...history].sort((a, b) => String(a.from_date).localeCompare(String(b.from_date))).at(-1) ??
      {};
    past += Math.max(0, history.length - 1);
    for (const field of Object.keys(now)) if (!known.includes(field)) others.add(field);
    return { model: String(id ?? name), tier: '', prices: pricesIn(now, kinds, 1) };
  });
  const notes =
    past === 0 ? [] : [`Each model has the price that stands now; ${past} of other times are left aside.`];
  return { items, notes: [...notes, ...leftAside(others)] };
};

const openRouter = (data: unknown): Read | undefined => {
  if (!isMap(data) || !Array.isArray(data.data)) return undefined;
  const models = data.data.filter(isMap);
  if (!models.some(({ pricing }) => isMap(pricing))) return undefined;
  const kinds = {
    prompt: 'input',
    completion: 'output',
    input_cache_read: 'cached',
    input_cache_write: 'cache creation',
  };
  const others = new Set<string>();
  const items = models.map(({ id, name, pricing }) => {
    const own = isMap(pricing) ? pricing : {};
    for (const [field, price] of Object.entries(own))
      if (!Object.hasOwn(kinds, field) && Number(price) !== 0) others.add(field);
    return { model: String(id ?? name), tier: '', prices: pricesIn(own, kinds, 1e6) };
  });
  return { items, notes: leftAside(others) };
};

const liteLlmKinds: Readonly<Record<string, string>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cached',
  cache_creation_input_token_cost: 'cache creation',
};
const suffix = /^(.*?)_(batches|priority|flex|above_\d+k_tokens)$/;

const liteLlm = (data: unknown): Read | undefined => {
  if (!isMap(data)) return undefined;
  const models = Object.entries(data).filter(
    (entry): entry is [string, Fields] => entry[0] !== 'sample_spec' && isMap(entry[1]),
  );
  if (!models.some(([, own]) => Object.keys(liteLlmKinds).some((field) => Object.hasOwn(own, field))))
    return undefined;
  const others = new Set<string>();
  const items = models.flatMap(([model, own]) => {
    const tiers = new Map<string, Record<string, string>>([['', {}]]);
    for (const field of Object.keys(own)) {
      const [, base = field, tier = ''] = suffix.exec(field) ?? [];
      const kind = liteLlmKinds[base];
      if (kind !== undefined) tiers.set(tier, { ...tiers.get(tier), [field]: kind });
      else if (/cost/.test(field)) others.add(field);
    }
    return [...tiers].map(([tier, kinds]) => ({
      model,
      tier: tier.replaceAll('_', ' '),
      prices: pricesIn(own, kinds, 1e6),
    }));
  });
  return { items, notes: leftAside(others) };
};
