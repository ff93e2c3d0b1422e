import { finiteOrNull } from '../finite-or-null.ts';
import { complaint } from '../study/csv-table.ts';
import type { CostRow, GivenCosts } from './price-list.ts';
import type { PricedItem, PriceList } from './priced-items.ts';
import { type JudgedItem, regularities } from './regularities.ts';
import type { Dominance, Prediction, RatioResult, SheetItem, SheetResult } from './sheet-result.ts';

/** Prices are rounded to cents. */
const TOLERANCE = 0.01;

/**
 * Holds a list of prices against what the model says of them. In every menu of two-part tariffs prices are m·c (Prop. 6, 7), so that the ratio of two prices is that of
 * the two costs, whatever the markup m: the same in all items whose costs are.
 */
export const analyzeSheet = (
  list: PriceList,
  given?: GivenCosts,
  tolerance: number = TOLERANCE,
): SheetResult => {
  const costs = list.items.map((item) => costsOf(item, list, given));
  const hasCosts = costs.some((own) => Object.keys(own).length > 0);
  const judged = list.items.map((item): JudgedItem => ({ ...item, ...kindOf(item) }));
  const reference = referenceOf(list.items);
  const items = judged.map((item, k): SheetItem => {
    const { line, model, tier, isFineTuned, isBatch, prices, fee } = item;
    const markups = quotients(prices, costs[k]!);
    const relative =
      k === reference ? quotients(prices, prices) : quotients(prices, list.items[reference]!.prices);
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
      relativeMarkup: mean(relative),
      relativeSpread: spreadOf(Object.values(relative)),
    };
  });
  const ratios = ratiosOf(list, costs, tolerance);
  const checks = regularities(judged, tolerance);
  return {
    file: list.file,
    costs: given?.file ?? (hasCosts ? list.file : null),
    tolerance,
    tokens: list.tokens,
    items,
    prediction: { ...verdict(ratios, hasCosts), reference, ratios },
    dominated: dominance(list),
    regularities: checks,
    notes: [...list.notes, ...notesOn(list, items, hasCosts, ratios)],
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

/** Fine-tuned: its tier says so, or training has a price. Batch: its tier says so. */
const kindOf = ({ model, tier, prices }: PricedItem): Pick<JudgedItem, 'isFineTuned' | 'isBatch'> => ({
  isFineTuned: 'training' in prices || /\b(?:fine[\s_-]?tun|tuned|custom)/i.test(`${model} ${tier}`),
  isBatch: /\bbatch/i.test(`${model} ${tier}`),
});

/** The item of the most kinds of tokens among those that are not fine-tuned, where there are any; of several the first. */
const referenceOf = (items: readonly PricedItem[]): number => {
  const size = (item: PricedItem): number => Object.keys(item.prices).length;
  const plain = items.map((_, k) => k).filter((k) => !kindOf(items[k]!).isFineTuned);
  const among = plain.length > 0 ? plain : items.map((_, k) => k);
  return among.reduce((best, k) => (size(items[k]!) > size(items[best]!) ? k : best), among[0]!);
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
  const spread = Math.max(...values) / Math.min(...values) - 1;
  return finiteOrNull(spread);
};

/** Every kind of token over input; where there is none, over the first kind. */
const ratiosOf = (
  { tokens, items }: PriceList,
  costs: readonly Readonly<Record<string, number>>[],
  tolerance: number,
): RatioResult[] => {
  const over = tokens.includes('input') ? 'input' : tokens[0]!;
  return tokens.flatMap((token): RatioResult[] => {
    if (token === over) return [];
    const own = items.flatMap(({ prices }, item) => {
      const priceRatio = (prices[token] ?? Number.NaN) / (prices[over] ?? Number.NaN);
      const costRatio = (costs[item]![token] ?? Number.NaN) / (costs[item]![over] ?? Number.NaN);
      if (!Number.isFinite(priceRatio)) return [];
      return [{ item, priceRatio, costRatio: finiteOrNull(costRatio) }];
    });
    if (own.length === 0) return [];
    const values = own.map(({ priceRatio }) => priceRatio);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const spread = most === least ? 0 : most / least - 1;
    const differences = own.flatMap(({ priceRatio, costRatio }) =>
      costRatio === null ? [] : [Math.abs(priceRatio / costRatio - 1)],
    );
    const fromCosts = differences.length === 0 ? null : Math.max(...differences);
    return [
      {
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

const verdict = (ratios: readonly RatioResult[], hasCosts: boolean): Pick<Prediction, 'holds' | 'by'> => {
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

/** Of a list of thousands each item may have thousands of others below it. */
const MOST_DOMINATING = 10;

/** Items that have a price in common; of those that dominate one item, the first few, outright ones before others. */
const dominance = ({ items, tokens }: PriceList): Dominance[] => {
  // Without objects in the inner loop, as there are as many pairs as the list's length squared.
  const prices = items.map((item) => Float64Array.from(tokens, (token) => item.prices[token] ?? Number.NaN));
  return items.flatMap((own, item) => {
    const outright: Dominance[] = [];
    const beside: Dominance[] = [];
    for (let by = 0; by < items.length && outright.length < MOST_DOMINATING; by++) {
      // What another model makes of a token is not the same thing.
      if (by === item || items[by]!.model !== own.model) continue;
      const fees = own.fee - items[by]!.fee;
      let isAbove = fees >= 0;
      let isOnce = fees > 0;
      let isComparable = false;
      let isMore = false;
      for (let t = 0; t < tokens.length && isAbove; t++) {
        const [here, there] = [prices[item]![t]!, prices[by]![t]!];
        if (Number.isNaN(here)) continue;
        if (Number.isNaN(there)) isMore = true;
        else {
          isComparable = true;
          isAbove = here >= there;
          isOnce ||= here > there;
        }
      }
      if (!isAbove || !isOnce || !isComparable) continue;
      if (!isMore) outright.push({ item, by, sellsBeside: [], isDominated: true });
      else if (beside.length < MOST_DOMINATING) {
        const sellsBeside = tokens.filter((_, t) => prices[item]![t]! >= 0 && !(prices[by]![t]! >= 0));
        beside.push({ item, by, sellsBeside, isDominated: false });
      }
    }
    return [...outright, ...beside].slice(0, MOST_DOMINATING);
  });
};

const notesOn = (
  { items: listed }: PriceList,
  items: readonly SheetItem[],
  hasCosts: boolean,
  ratios: readonly RatioResult[],
): string[] => {
  const notes: string[] = [];
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
  const lonely = ratios.filter(({ items: own }) => own.length === 1).map(({ token }) => token);
  if (lonely.length > 0)
    notes.push(
      `Only one item has a price of ${lonely.join(' and of ')}, so that nothing can be compared there.`,
    );
  if (listed.every(({ fee }) => fee === 0)) {
    notes.push(
      'The list has no upfront fees. In the model lower markups go with higher fees, and items without fees differ in quality alone, which a list of prices does not show: ' +
        '“dominated” speaks of prices only.',
    );
  }
  return notes;
};
