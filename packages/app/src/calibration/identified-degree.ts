import { InputError } from '@menusmith/core';
import { formatNumber, formatPercent } from '../report/numbers.ts';
import type { DemandDegree, DemandDegrees } from './estimate/demand-degree.ts';
import type { Panel } from './estimate/panel.ts';
import type { PriceIndex } from './estimate/price-index.ts';
import type { SpendingShares } from './estimate/spending-shares.ts';
import type { CostList } from './prices/cost-list.ts';

/** What the degree is taken from in the place of price changes. */
export interface DegreeSource {
  /** Of tokens; its sign does not count. */
  readonly elasticity?: number;
  readonly assume?: 'list-optimal';
}

/** σ, and what it rests on. */
export interface IdentifiedDegree {
  readonly by: 'prices' | 'elasticity' | 'list-optimal';
  readonly degree: number;
  /** null where the log has no part in it. */
  readonly standardError: number | null;
  /** Of all models together. */
  readonly pooled: number;
  /** By model of the panel. */
  readonly byModel: readonly number[];
  /** Least and greatest cost over price among models and inputs, for a list that is taken for optimal. */
  readonly interval?: readonly [number, number];
  readonly words: string;
  readonly warnings: readonly string[];
}

interface Evidence {
  readonly file: string;
  readonly panel: Panel;
  readonly shares: readonly SpendingShares[];
  readonly index: PriceIndex;
  /** undefined where prices do not vary. */
  readonly found: DemandDegrees | undefined;
  readonly costs: CostList | undefined;
}

/** The degree from outside where one is given, else from price changes. Throws InputError where neither says what it is. */
export const identifiedDegree = (evidence: Evidence, source: DegreeSource): IdentifiedDegree => {
  const { elasticity, assume } = source;
  if (elasticity !== undefined && assume !== undefined)
    throw new InputError('degree', 'expected --elasticity or --assume, got both');
  if (elasticity !== undefined) return byElasticity(evidence, elasticity);
  if (assume !== undefined) return byOptimalList(evidence);
  return byPrices(evidence);
};

const REMEDY =
  'give --elasticity E, the elasticity of tokens from elsewhere, such as -2, or --assume list-optimal, which takes today’s prices for the best ones at the costs of --costs';

const byElasticity = ({ panel, found }: Evidence, elasticity: number): IdentifiedDegree => {
  const size = Math.abs(elasticity);
  if (!(size > 1 && size < Number.POSITIVE_INFINITY))
    throw new InputError(
      'elasticity',
      `--elasticity: expected one beyond 1 in size, such as -2: degree = 1 − 1/|E|; got ${elasticity}`,
    );
  const degree = 1 - 1 / size;
  return {
    by: 'elasticity',
    degree,
    standardError: null,
    pooled: degree,
    byModel: panel.models.map(() => degree),
    words: `degree by the elasticity of tokens, ${formatNumber(elasticity)}, given from outside`,
    warnings: contradiction(degree, found),
  };
};

const byOptimalList = ({ panel, shares, costs, found }: Evidence): IdentifiedDegree => {
  if (costs === undefined)
    throw new InputError(
      'costs',
      '--assume list-optimal: expected --costs FILE, as degree is then cost over price; or --elasticity E',
    );
  const ratios: number[] = [];
  let [spent, cost] = [0, 0];
  panel.models.forEach(({ name, tasks, prices, spent: own }, m) => {
    tasks.forEach((j, k) => {
      const given = costs.cost(name, panel.inputs[j]!);
      if (given === undefined) return;
      const ratio = given / lastPrice(prices, j);
      ratios.push(ratio);
      spent += own * shares[m]!.tasks[k]!;
      cost += own * shares[m]!.tasks[k]! * ratio;
    });
  });
  const degree = cost / spent;
  if (!(degree > 0 && degree < 1))
    throw new InputError(
      'costs',
      `--assume list-optimal: expected costs below prices, as degree is their ratio; got ${formatNumber(degree)}`,
    );
  const interval = [Math.min(...ratios), Math.max(...ratios)] as const;
  const isWide = interval[1] - interval[0] > 0.1;
  return {
    by: 'list-optimal',
    degree,
    standardError: null,
    pooled: degree,
    byModel: panel.models.map(() => degree),
    interval,
    words: `degree by list-optimal: if today’s list earns most, degree is cost over price, ${formatNumber(degree, 4)} of what is spent`,
    warnings: [
      ...(isWide
        ? [
            `Cost over price is between ${formatNumber(interval[0], 3)} and ${formatNumber(interval[1], 3)}: no single degree makes the whole list optimal.`,
          ]
        : []),
      ...contradiction(degree, found),
    ],
  };
};

/** The price that stands in the last month. */
export const lastPrice = (prices: readonly Float64Array[], input: number): number =>
  prices.findLast((own) => own[input]! > 0)?.[input] ?? Number.NaN;

/** Where price changes say otherwise than what is given. */
const contradiction = (degree: number, found: DemandDegrees | undefined): readonly string[] => {
  if (found === undefined) return [];
  const { degree: own, standardError } = found.pooled;
  if (!(Math.abs(own - degree) > 2 * standardError)) return [];
  return [
    `The log’s own changes say otherwise: a degree of ${formatNumber(own, 3)} with a standard error of ${formatNumber(standardError, 2)}, in the place of ${formatNumber(degree, 3)}.`,
  ];
};

/** More standard errors than these apart, and a model has its own degree. */
const APART = 3;
const FEW_EVENTS = 10;
const LOOSE = 0.1;
/** Share of squared jumps of prices in one event, from which on it carries everything. */
const MOST_OF_ALL = 0.9;

const byPrices = ({ file, panel, index, found }: Evidence): IdentifiedDegree => {
  if (found === undefined)
    throw new InputError(
      'not-identified',
      `${file}: no customer faces different prices in different months, and without price changes nothing in a log says how demand answers to prices: ${REMEDY}`,
    );
  const { pooled, own } = found;
  requireFalling(file, pooled);
  const isApart = own.map(
    (one) => one !== undefined && Math.abs(one.degree - pooled.degree) > APART * one.standardError,
  );
  const byModel = panel.models.map((_, m) => (isApart[m]! ? own[m]!.degree : pooled.degree));
  const main = mainModel(panel);
  own.forEach((one, m) => {
    if (isApart[m]! && one !== undefined) requireFalling(`${file}, ${panel.models[m]!.name}`, one);
  });
  const { events } = index;
  const used = isApart[main]! ? own[main]! : pooled;
  const months = pooled.hasMonthEffects
    ? 'beside effects of months that all models share, as their prices move at different times'
    : panel.models.length > 1
      ? 'without effects of months, which prices that move together leave nothing for'
      : 'without effects of months, which one model’s prices cannot be told from';
  return {
    by: 'prices',
    degree: used.degree,
    standardError: Number.isFinite(used.standardError) ? used.standardError : null,
    pooled: pooled.degree,
    byModel,
    words: `degree by prices: how spending of the same customers moved with ${events} ${events === 1 ? 'change' : 'changes'} of prices, ${months}`,
    warnings: [
      ...priceWarnings(index, events, used),
      ...(isApart.some((apart) => apart)
        ? [
            `Degrees differ between models by more than ${APART} standard errors (${panel.models
              .map(({ name }, m) => `${name} ${formatNumber(byModel[m], 3)}`)
              .join(', ')}): each of these has its own.`,
          ]
        : []),
    ],
  };
};

const priceWarnings = (
  { changes }: PriceIndex,
  events: number,
  { degree, standardError, errors, hasMonthEffects }: DemandDegree,
): readonly string[] => {
  const squares = changes.map(({ jump }) => jump * jump);
  const total = squares.reduce((a, b) => a + b, 0);
  const largest = Math.max(...squares) / total;
  const carries =
    events === 1
      ? 'One price event carries everything: whatever else happened at that time counts as an answer to prices, and no standard error knows of it.'
      : largest > MOST_OF_ALL
        ? `One price event carries everything: ${formatPercent(largest, 3)} of the squared price changes are its.`
        : undefined;
  return [
    ...(carries === undefined ? [] : [carries]),
    ...(events > 1 && events < FEW_EVENTS
      ? [
          `There are few price events (${events}): standard errors by price event (${formatNumber(errors.price, 2)}; by customer alone ${formatNumber(errors.customer, 2)}) rest on them and may be too small.`,
        ]
      : []),
    ...(standardError > LOOSE
      ? [
          `Prices moved too little to say much: the degree is ${formatNumber(degree, 3)} with a standard error of ${formatNumber(standardError, 2)}.`,
        ]
      : []),
    ...(!hasMonthEffects && changes.some(({ model }) => model !== changes[0]!.model)
      ? ['Prices of all models move together: effects of months cannot be told from those of prices.']
      : []),
  ];
};

/** The model on which most is spent. */
export const mainModel = ({ models }: Panel): number =>
  models.reduce((best, { spent }, m) => (spent > models[best]!.spent ? m : best), 0);

const requireFalling = (where: string, { degree, standardError }: DemandDegree): void => {
  if (degree > 0 && degree < 1) return;
  const elasticity = -1 / (1 - degree);
  const what =
    elasticity > 0
      ? 'the fitted demand slopes up'
      : 'spending rises with prices, tokens falling by less, so that no price would be too high';
  throw new InputError(
    'demand',
    `${where}: ${what}: an elasticity of tokens of ${formatNumber(elasticity, 3)} (degree ${formatNumber(degree, 3)}, standard error ${formatNumber(standardError, 2)}), where one below −1 was expected. Something else than prices moved usage; ${REMEDY}`,
  );
};
