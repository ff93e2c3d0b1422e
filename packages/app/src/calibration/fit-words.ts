import { formatNumber, formatPercent } from '../report/numbers.ts';
import type { Panel } from './estimate/panel.ts';
import type { SpendingShares } from './estimate/spending-shares.ts';
import type { FittedModel } from './fitted-model.ts';
import { monthName } from './usage/delimited-bytes.ts';
import type { ReadUsage } from './usage/read-usage.ts';

/** Standard errors beyond month noise, and size of the difference, from which on mixes differ. */
const SURE = 5;
const LARGE = 0.01;
/** The same where one month a customer leaves noise unknown. */
const LARGE_UNSURE = 0.05;

/** Where customers divide their tokens differently, and lastingly, one θ says too little of them. */
export const mixWarnings = ({ models }: Panel, shares: readonly SpendingShares[]): readonly string[] =>
  models.flatMap(({ name }, m) => {
    const { between, within, score, input } = shares[m]!.mix;
    const share = `the share of ${input} in spending has a standard deviation of ${formatPercent(between, 3)} between customers of ${name}`;
    if (Number.isNaN(within))
      return between > LARGE_UNSURE
        ? [
            `The mix of tokens differs: ${share}, which one month a customer cannot tell from noise. If it lasts, one number θ does not describe them.`,
          ]
        : [];
    return between > LARGE && score > SURE
      ? [
          `The mix of tokens differs between customers by more than noise: ${share}, beside ${formatPercent(within, 3)} from month to month. One number θ does not describe them; exponents are those of the mean mix.`,
        ]
      : [];
  });

const APART = 0.01;

/** What the log says was spent beside tokens times prices. */
export const spendingWarnings = ({ counts: { listed, stated } }: ReadUsage): readonly string[] => {
  const gap = stated / listed - 1;
  return stated > 0 && Math.abs(gap) > APART
    ? [
        `Spending in the log is ${formatPercent(Math.abs(gap), 3)} ${gap < 0 ? 'below' : 'above'} tokens times listed prices, which is what was used: discounts, fees or other prices are not seen.`,
      ]
    : [];
};

/** Share of spending beyond the sample from which on it is told. */
const BEYOND = 0.25;

export const typeWarnings = ({ models }: Panel, fit: FittedModel): readonly string[] => {
  const { name } = models[fit.model]!;
  const { density } = fit.theta.types.chosen;
  const shape = density.tail?.shape;
  const least = 1 / (1 - fit.degree);
  return [
    ...(Number.isNaN(fit.theta.lasting.noise)
      ? [
          `No customer of ${name} has two months: the lasting part of types cannot be told from the passing one, and all variation is taken for lasting.`,
        ]
      : []),
    ...(shape !== undefined && shape <= least
      ? [
          `The tail of types of ${name} (Pareto, shape ${formatNumber(shape, 3)}) is so heavy that mean spending exists only because the tail is cut off: profit rests on the largest customers.`,
        ]
      : []),
    ...(fit.beyondSample > BEYOND
      ? [
          `Types of ${name} beyond the largest customer have ${formatPercent(fit.beyondSample, 3)} of spending, and of profit at prices like today’s: that part rests on the tail, not on the log.`,
        ]
      : []),
  ];
};

/** What became of the log's rows. */
export const readingNotes = (
  { counts, others, log }: ReadUsage,
  panel: Panel,
  file: string,
): readonly string[] => {
  const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;
  const first = monthName(panel.firstMonth);
  const last = monthName(panel.firstMonth + panel.months - 1);
  const unused = log.inputs.filter((_, j) =>
    panel.models.every(({ tasks, shared }) => !tasks.includes(j) && shared !== j),
  );
  return [
    `${file}: ${rows(counts.rows)} from ${first} to ${last}, of which ${counts.used} have tokens at known prices.`,
    ...(counts.idle > 0
      ? [
          `${rows(counts.idle)} of zeros: months without use, which say nothing of the type when there is some.`,
        ]
      : []),
    ...(counts.paidFor > 0
      ? [
          `${rows(counts.paidFor)} of these zeros ${counts.paidFor === 1 ? 'has' : 'have'} spending without tokens: fees, or charges that are no tokens, are not seen.`,
        ]
      : []),
    ...[...counts.left].map(([reason, count]) => `Left out: ${rows(count)} ${reason}.`),
    ...(panel.withoutTasks > 0
      ? [`Left out: ${rows(panel.withoutTasks)} with fine-tuning alone, without tokens of tasks.`]
      : []),
    ...(counts.repeated > 0
      ? [`${rows(counts.repeated)} of a customer, month and model that had one before: they were added up.`]
      : []),
    ...(panel.neverActive > 0
      ? [
          `${panel.neverActive} ${panel.neverActive === 1 ? 'customer' : 'customers'} used nothing in any month: not among the types.`,
        ]
      : []),
    ...(unused.length > 0 ? [`Nobody used any ${unused.join(', ')}: no input of the studies.`] : []),
    ...(others.length > 0 ? [`Columns left aside: ${others.join(', ')}.`] : []),
    ...requestNotes(panel),
    ...severalModels(panel),
  ];
};

const requestNotes = ({ logRequests }: Panel): readonly string[] => {
  if (logRequests === undefined) return [];
  const missing = logRequests.reduce((count, x) => count + (Number.isNaN(x) ? 1 : 0), 0);
  return missing === 0
    ? []
    : [
        `${missing} of ${logRequests.length} customer-months with tokens have no requests, and say nothing of value and scale apart.`,
      ];
};

const severalModels = ({ customerOf, models }: Panel): readonly string[] => {
  if (models.length === 1) return [];
  const counts = new Map<number, number>();
  for (const customer of customerOf) counts.set(customer, (counts.get(customer) ?? 0) + 1);
  const several = [...counts.values()].filter((count) => count > 1).length;
  return several === 0
    ? []
    : [
        `${several} of ${counts.size} customers use several models: each model is fitted by itself, and what they would move from one to another is not seen.`,
      ];
};
