import { atMost, largestOf, limits, smallestOf } from '@menusmith/core';
import { finiteOrNull } from '../finite-or-null.ts';
import { complaint } from '../study/csv-table.ts';
import { dominance } from './dominance.ts';
import { comparedItems, type JudgedItem, judged } from './item-kinds.ts';
import type { CostRow, GivenCosts } from './price-list.ts';
import { ratiosOf, verdict } from './price-ratios.ts';
import type { PricedItem, PriceList } from './priced-items.ts';
import { regularities } from './regularities.ts';
import type { RatioResult, SheetItem, SheetResult } from './sheet-result.ts';

/** Prices are rounded to cents. */
const TOLERANCE = 0.01;

/**
 * Holds a list of prices against what the model says of them. In every menu of two-part tariffs prices are m·c (Prop. 6, 7), so that the ratio of two prices is that of
 * the two costs, whatever the markup m: the same in all items whose costs are. What two models make of a token is not the same thing, nor what it costs: without costs items are
 * compared with others of their model, unless `isAcross`.
 */
export const analyzeSheet = (
  list: PriceList,
  given?: GivenCosts,
  tolerance: number = TOLERANCE,
  isAcross = false,
): SheetResult => {
  const { length } = list.items;
  if (length > limits.priceItems.most)
    throw complaint(list.file, undefined, `${atMost(limits.priceItems)}, got ${length}`);
  const costs = list.items.map((item) => costsOf(item, list, given));
  const hasCosts = costs.some((own) => Object.keys(own).length > 0);
  const all = list.items.map(judged);
  const families = comparedItems(all, isAcross);
  // Held against its own costs no item is compared with another.
  const groups = hasCosts ? comparedItems(all, true) : families;
  const references = new Map(
    groups.flatMap((group) => {
      const reference = referenceOf(all, group);
      return group.map((k) => [k, reference] as const);
    }),
  );
  const items = all.map((item, k): SheetItem => {
    const { line, model, tier, isFineTuned, isBatch, prices, fee } = item;
    const markups = quotients(prices, costs[k]!);
    const reference = references.get(k)!;
    const relative = quotients(prices, all[reference]!.prices);
    return {
      line,
      model,
      tier,
      isFineTuned,
      isBatch,
      prices,
      fee,
      costs: costs[k]!,
      markups,
      markup: mean(markups),
      markupSpread: spreadOf(Object.values(markups)),
      reference,
      relativeMarkup: mean(relative),
      relativeSpread: spreadOf(Object.values(relative)),
    };
  });
  const nameOf = (group: readonly number[]): string | null =>
    groups.length === 1 ? null : all[group[0]!]!.model;
  const ratios = groups.flatMap((group) => ratiosOf(list, group, costs, tolerance, nameOf(group)));
  const reference = groups.length === 1 ? references.get(0)! : null;
  return {
    file: list.file,
    costs: given?.file ?? (hasCosts ? list.file : null),
    tolerance,
    compared: families.length === 1 ? 'all' : 'within-models',
    tokens: list.tokens,
    items,
    prediction: { ...verdict(ratios, hasCosts), reference, ratios },
    dominated: dominance(all, list.tokens, comparedItems(all, isAcross)),
    regularities: regularities(all, families, tolerance),
    notes: [...list.notes, ...notesOn(list, items, hasCosts, ratios, families.length)],
  };
};

/** The given costs, for a model and tier rather than for a model, or a tier, or for all; else the list's own. */
const costsOf = (
  item: PricedItem,
  { file }: PriceList,
  given: GivenCosts | undefined,
): Readonly<Record<string, number>> => {
  if (given === undefined) return item.costs;
  const isFor = ({ model, tier }: CostRow): boolean =>
    (model === undefined || model === item.model) && (tier === undefined || tier === item.tier);
  const rank = ({ model, tier }: CostRow): number =>
    (model === undefined ? 0 : 2) + (tier === undefined ? 0 : 1);
  const rows = given.rows.filter(isFor).sort((a, b) => rank(a) - rank(b));
  if (rows.length === 0) {
    const name = item.tier === '' ? item.model : `${item.model}, ${item.tier}`;
    throw complaint(
      given.file,
      undefined,
      `no costs for ${name} (${file}:${item.line}); a row without a model is for all`,
    );
  }
  const own: Record<string, number> = {};
  for (const { costs } of rows) Object.assign(own, costs);
  return { ...item.costs, ...own };
};

/** Of the items compared, the one of the most kinds of tokens among those that are not fine-tuned, where there are any; of several the first. */
const referenceOf = (items: readonly JudgedItem[], compared: readonly number[]): number => {
  const size = (k: number): number => Object.keys(items[k]!.prices).length;
  const plain = compared.filter((k) => !items[k]!.isFineTuned);
  const among = plain.length > 0 ? plain : compared;
  return among.reduce((best, k) => (size(k) > size(best) ? k : best), among[0]!);
};

const quotients = (
  over: Readonly<Record<string, number>>,
  under: Readonly<Record<string, number>>,
): Record<string, number> =>
  Object.fromEntries(
    Object.entries(over).flatMap(([token, x]) => {
      const quotient = x / (Object.hasOwn(under, token) ? under[token]! : Number.NaN);
      return Number.isFinite(quotient) ? [[token, quotient]] : [];
    }),
  );

const mean = (markups: Readonly<Record<string, number>>): number | null => {
  const values = Object.values(markups);
  if (values.length === 0) return null;
  return Math.exp(values.reduce((sum, x) => sum + Math.log(x), 0) / values.length);
};

const spreadOf = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  const spread = largestOf(values) / smallestOf(values) - 1;
  return finiteOrNull(spread);
};

const notesOn = (
  { items: listed }: PriceList,
  items: readonly SheetItem[],
  hasCosts: boolean,
  ratios: readonly RatioResult[],
  models: number,
): string[] => {
  const notes: string[] = [];
  if (models > 1)
    notes.push(
      `Items are compared with others of their model, of which there are ${models}; --across compares them all.`,
    );
  if (!hasCosts) {
    notes.push(
      'No costs were given: markups are known up to one factor, and relative to one item. Constant ratios are what prices m·c would have if costs are the same in ' +
        'all items; --costs says what they are.',
    );
  }
  const loss = items.filter(({ markups }) => Object.values(markups).some((m) => m < 1));
  if (loss.length > 0) {
    notes.push(
      `Below cost: ${loss.map(({ model, tier }) => (tier === '' ? model : `${model}, ${tier}`)).join('; ')}. In the model no markup is below 1.`,
    );
  }
  const comparable = new Set(ratios.filter(({ items: own }) => own.length > 1).map(({ token }) => token));
  const lonely = [...new Set(ratios.map(({ token }) => token))].filter((token) => !comparable.has(token));
  if (lonely.length > 0)
    notes.push(
      `${models > 1 && !hasCosts ? 'Of each model only' : 'Only'} one item has a price of ${lonely.join(' and of ')}, so that nothing can be compared there.`,
    );
  if (listed.every(({ fee }) => fee === 0)) {
    notes.push(
      'The list has no upfront fees. In the model lower markups go with higher fees, and items without fees differ in quality alone, which a list of prices does not show: ' +
        '“dominated” speaks of prices only.',
    );
  }
  return notes;
};
