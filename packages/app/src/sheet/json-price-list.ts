import { InputError } from '@menusmith/core';
import { complaint } from '../study/csv-table.ts';
import { jsonFault, textPosition } from '../study/json-data.ts';
import { jsonPlace } from '../study/json-place.ts';
import { formatPath } from '../study/located-input-error.ts';
import { standingOn, standingWords } from './dated-prices.ts';
import { liteLlm } from './lite-llm.ts';
import { llmPrices } from './llm-prices.ts';
import { openRouter } from './open-router.ts';
import type { PricedItem, PriceList } from './priced-items.ts';
import { leftAsideNotes, type Published } from './published-prices.ts';

/** Whether a text is JSON, which a list of cells is not. */
export const isJson = (text: string): boolean => /^[{[]/.test(text.trimStart());

/**
 * A list of prices in one of the formats that price lists are published in: llm-prices, LiteLLM's, OpenRouter's. Prices are a million tokens, and those that stand on `date`,
 * or else the last ones. Throws InputError for any other; fields that are not read are named in the notes.
 */
export const jsonPriceList = (text: string, file: string, date?: string): PriceList => {
  const fail = (message: string): InputError => new InputError('price-list', `${file}: ${message}`);
  const read = published(text, file);
  if (read === undefined) throw fail(FORMATS);
  const standing = standingOn(read.items, ({ model, tier }) => JSON.stringify([model, tier]), date);
  const priced = standing.items.filter(({ prices }) => Object.keys(prices).length > 0);
  if (priced.length === 0)
    throw fail(
      `expected a price for some model${standing.items.length < read.items.length ? standingWords(date) : ''}, got none`,
    );
  const left = standing.items.length - priced.length;
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
  const items = priced.map(
    ({ model, tier, prices }): PricedItem => ({
      model,
      tier,
      prices,
      line: lineOf(model),
      fee: 0,
      costs: {},
    }),
  );
  const notes = [
    ...standing.notes,
    ...leftAsideNotes(read.leftAside),
    ...(left === 0
      ? []
      : [`Left aside for want of a price of tokens: ${left} of ${standing.items.length} items.`]),
  ];
  const tokens = [...new Set(items.flatMap(({ prices }) => Object.keys(prices)))];
  return { file, tokens, items, notes };
};

const FORMATS =
  'expected a list of prices as JSON in a known format: llm-prices ({ models: [{ id, price_history }] }), LiteLLM ({ MODEL: { input_cost_per_token } }) ' +
  'or OpenRouter ({ data: [{ id, pricing }] }); or a CSV of model, tier and prices';

/** The list as one of the formats has it; undefined where it is in none. */
export const published = (text: string, file: string): Published | undefined => {
  const fault = jsonFault(text);
  if (fault !== undefined) {
    const { line } = textPosition(text, fault.at);
    throw complaint(file, line, fault.message);
  }
  const data: unknown = JSON.parse(text);
  try {
    return llmPrices(data) ?? openRouter(data) ?? liteLlm(data);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { line } = textPosition(text, jsonPlace(text, error.field).offset);
    throw complaint(file, line, `${formatPath(error.field)}: ${error.message}`);
  }
};
