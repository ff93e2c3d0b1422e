import { type CopulaEntry, InputError } from '@menusmith/core';
import { formatNumber, formatPercent } from '../report/numbers.ts';
import { demandDegrees, demandIndex } from './estimate/demand-degree.ts';
import { type Panel, panelOf } from './estimate/panel.ts';
import { type PriceIndex, priceIndex } from './estimate/price-index.ts';
import { type SpendingShares, spendingShares } from './estimate/spending-shares.ts';
import { mixWarnings, readingNotes, spendingWarnings, typeWarnings } from './fit-words.ts';
import { type FittedModel, fittedModel } from './fitted-model.ts';
import {
  type DegreeSource,
  type IdentifiedDegree,
  identifiedDegree,
  lastPrice,
  mainModel,
} from './identified-degree.ts';
import type { CostList } from './prices/cost-list.ts';
import type { DatedPrices } from './prices/dated-prices.ts';
import type { ReadUsage } from './usage/read-usage.ts';

export interface CalibrationSource extends DegreeSource {
  readonly usage: ReadUsage;
  /** The log's name, for messages. */
  readonly file: string;
  readonly prices: DatedPrices;
  readonly costs: CostList | undefined;
  readonly copulas: readonly CopulaEntry[];
}

/** What a log says of demand, and of the types of its customers. */
export interface Calibration {
  readonly usage: ReadUsage;
  readonly prices: DatedPrices;
  readonly panel: Panel;
  readonly shares: readonly SpendingShares[];
  readonly index: PriceIndex;
  readonly y: (cell: number, series: number) => number;
  readonly degree: IdentifiedDegree;
  /** What months added to log θ of all models alike, where prices have the degree. */
  readonly shocks: Float64Array | undefined;
  /** The model on which most is spent comes first; models with too few customers have none. */
  readonly models: readonly FittedModel[];
  /** Costs by model of the panel and input. */
  readonly costs: readonly Readonly<Record<string, number>>[];
  readonly customers: number;
  readonly identifiedBy: string;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** Fewer customers of a model have no distribution. */
const LEAST_CUSTOMERS = 5;

/** Fits Cobb–Douglas demand and the types of customers to a log. Throws InputError where the log does not say what is asked of it. */
export const calibration = (source: CalibrationSource): Calibration => {
  const { usage, file, costs, copulas } = source;
  const panel = panelOf(usage);
  usage.log.forgetOrder();
  if (panel.models.length === 0)
    throw new InputError(
      'usage',
      `${file}: expected rows with tokens at known prices, got none${leftWords(usage)}`,
    );
  const shares = spendingShares(panel, usage.log.tokens);
  const index = priceIndex(panel, shares, source.prices);
  const y = demandIndex(panel, index, shares);
  const found = demandDegrees(panel, index, y);
  const degree = identifiedDegree({ file, panel, shares, index, found, costs }, source);
  const shocks = degree.by === 'prices' && found?.pooled.hasMonthEffects ? found.pooled.shocks : undefined;
  const main = mainModel(panel);
  const sizes = seriesByModel(panel);
  const order = [main, ...panel.models.map((_, m) => m).filter((m) => m !== main)];
  if (!(sizes[main]! >= LEAST_CUSTOMERS))
    throw new InputError(
      'usage',
      `${file}: expected at least ${LEAST_CUSTOMERS} customers with spending on ${panel.models[main]!.name}, got ${sizes[main]}`,
    );
  const fitted = order.filter((m) => sizes[m]! >= LEAST_CUSTOMERS);
  for (const m of fitted) requireConcave(file, panel.models[m]!.name, degree.byModel[m]!, shares[m]!);
  const models = fitted.map((m) =>
    fittedModel(panel, m, degree.byModel[m]!, { shares: shares[m]!, y, copulas }),
  );
  const assumed: string[] = [];
  const modelCosts = panel.models.map((_, m) =>
    costsOf(panel, m, degree.byModel[m]!, shares[m]!, costs, assumed),
  );
  return {
    usage,
    prices: source.prices,
    panel,
    shares,
    index,
    y,
    degree,
    shocks,
    models,
    costs: modelCosts,
    customers: customersOf(panel, usage.log.customers.count),
    identifiedBy: `${degree.words}; exponents by shares of spending; types by levels of spending${
      models[0]!.valueAndScale === undefined ? '' : ', values and scales by tokens a request and requests'
    }`,
    warnings: [
      ...degree.warnings,
      ...mixWarnings(panel, shares),
      ...spendingWarnings(usage),
      ...assumed,
      ...models.flatMap((model) => typeWarnings(panel, model)),
    ],
    notes: [
      ...readingNotes(usage, panel, file),
      ...source.prices.notes,
      ...unaskedPrices(source.prices, usage.log),
      ...(costs?.notes ?? []),
      ...panel.models.flatMap(({ name }, m) =>
        sizes[m]! >= LEAST_CUSTOMERS
          ? []
          : [`${name} has ${sizes[m]} customers, too few for a distribution: it has no study.`],
      ),
    ],
  };
};

/** Prices of what the log does not have. */
const unaskedPrices = (
  { file, models, inputs, changes }: DatedPrices,
  log: ReadUsage['log'],
): readonly string[] => {
  const others = models.filter((name) => !log.models.includes(name)).length;
  const unasked = inputs.filter(
    (input) => !log.inputs.includes(input) && log.models.some((name) => changes(name, input).length > 0),
  );
  return [
    ...(unasked.length > 0
      ? [`${file}: prices of ${unasked.join(', ')} left aside: the log has no such tokens.`]
      : []),
    ...(others > 0
      ? [`${file}: ${others} ${others === 1 ? 'model' : 'models'} left aside, of which the log has no rows.`]
      : []),
  ];
};

const leftWords = ({ counts }: ReadUsage): string => {
  const left = [...counts.left].map(([reason, count]) => `${count} rows ${reason}`);
  return left.length === 0 ? '' : ` (${left.slice(0, 3).join('; ')})`;
};

const seriesByModel = ({ models, modelOf }: Panel): readonly number[] => {
  const sizes = models.map(() => 0);
  for (const m of modelOf) sizes[m]!++;
  return sizes;
};

const customersOf = ({ customerOf }: Panel, all: number): number => {
  const isSeen = new Uint8Array(all);
  for (const customer of customerOf) isSeen[customer] = 1;
  return isSeen.reduce((count, seen) => count + seen, 0);
};

/** With fine-tuning, all exponents together must leave v concave. */
const requireConcave = (file: string, name: string, degree: number, { shared }: SpendingShares): void => {
  const sum = degree * (1 + shared);
  if (sum < 1) return;
  throw new InputError(
    'degree',
    `${file}: ${name}: expected a degree that leaves exponents in sum below 1, got ${formatNumber(degree, 3)} for tasks and, at ${formatPercent(shared, 3)} of their spending among those who fine-tune, ${formatNumber(degree * shared, 3)} for fine-tuning`,
  );
};

/** Costs of a model's inputs; where none are given they are what would make today's prices the best ones, which `assumed` says. */
const costsOf = (
  { models, inputs }: Panel,
  m: number,
  degree: number,
  { shared }: SpendingShares,
  costs: CostList | undefined,
  assumed: string[],
): Readonly<Record<string, number>> => {
  const { name, tasks, shared: tuning, prices } = models[m]!;
  const used = [...tasks, ...(tuning === undefined || shared === 0 ? [] : [tuning])];
  const given = used.map((j) => costs?.cost(name, inputs[j]!));
  const missing = used.filter((_, k) => given[k] === undefined).map((j) => inputs[j]!);
  if (costs !== undefined && missing.length > 0 && missing.length < used.length)
    throw new InputError(
      'costs',
      `${costs.file}: expected a cost of ${missing.join(', ')} for ${name}, got none`,
    );
  if (missing.length > 0)
    assumed.push(
      `${costs === undefined ? 'No costs were given' : `${costs.file} has no costs of ${name}`}: the study of ${name} has degree × today’s price (${formatNumber(degree, 3)}), the costs at which today’s list would earn most. Give --costs, or change them in the study.`,
    );
  return Object.fromEntries(used.map((j, k) => [inputs[j]!, given[k] ?? degree * lastPrice(prices, j)]));
};
