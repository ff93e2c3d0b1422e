import {
  certificateLabels,
  formatError,
  formatNumber,
  formatSize,
  type Solution,
  statusWords,
  type TypeResult,
} from '@menusmith/app';
import {
  type Aggregates,
  allocationAggregates,
  allocationItem,
  type ClosedFormItem,
  type MenuContract,
  packageAggregates,
  packageItem,
} from '@menusmith/replication';
import { textTable } from './text-table.ts';

type Solutions = Readonly<Record<MenuContract, Solution>>;

/** Example 1's exponent and cost. */
const [ρ, c] = [1 / 4, 1 / 8];

const contracts: Readonly<Record<MenuContract, string>> = {
  allocations: 'Token allocations: tokens are sold task by task (Sections 4.2 and 6.2)',
  packages: 'Token packages: buyers spread totals over tasks (Sections 5 and 6.3)',
};

/** Label, and what the paper prints; the shares follow from its cutoffs. */
const aggregates: readonly [keyof Aggregates, string, Readonly<Record<MenuContract, string>>][] = [
  ['profit', 'profit Π*', { allocations: '97/960', packages: '97/1080' }],
  ['revenue', 'revenue R*', { allocations: '139/480', packages: '139/540' }],
  ['excludedShare', 'share excluded', { allocations: '1/2', packages: '5/9' }],
  ['fineTunedShare', 'share fine-tuned', { allocations: '1/8', packages: '1/9' }],
  ['consumerSurplus', 'consumer surplus', { allocations: '', packages: '' }],
  ['welfare', 'welfare', { allocations: '', packages: '' }],
];

const buyers = [
  { value: 0.6, scale: 0.5 },
  { value: 0.8, scale: 0.6 },
  { value: 0.9, scale: 0.9 },
  { value: 1, scale: 1 },
];

const quantities: readonly [
  string,
  (quote: TypeResult) => number | null | undefined,
  keyof ClosedFormItem,
][] = [
  ['quality', (quote) => quote.index?.quality ?? quote.quality, 'quality'],
  ['input tokens', (quote) => (quote.index ? quote.inputs.input : onEachTask(quote)), 'tokens'],
  ['fine-tuning tokens', (quote) => quote.inputs.fineTuning, 'fineTuning'],
  ['transfer', (quote) => quote.transfer, 'transfer'],
  ['rent', (quote) => quote.rent, 'rent'],
  ['upfront fee', (quote) => quote.tariff?.upfront, 'upfront'],
  ['price of a token', (quote) => quote.tariff?.prices.input, 'price'],
];

const onEachTask = ({ perTask: { input } }: TypeResult): number =>
  typeof input === 'number' ? input : Number.NaN;

/** Example 1 solved numerically, beside closed forms and the paper, at most eighty columns wide. */
export const demoReport = (solutions: Solutions): string =>
  [
    'Example 1 of Bergemann, Bonatti & Smolin (2025), solved without closed forms:',
    'v = (x·y·(1 + z))^¼, every token costs 1/8, value w and scale s ~ U[0, 1].',
    '',
    ...(Object.keys(contracts) as MenuContract[]).flatMap((contract) => [
      contracts[contract],
      '',
      aggregateTable(solutions[contract], contract),
      certificate(solutions[contract]),
      quoteTable(solutions[contract], contract),
    ]),
    loss(solutions),
    '',
  ].join('\n');

/** The largest error of anything in the report against its closed form, relative where that is above 1. */
export const worstError = (solutions: Solutions): number =>
  Math.max(
    ...(Object.keys(contracts) as MenuContract[]).flatMap((contract) => [
      ...aggregates.map(([name]) => off(solutions[contract].result[name], closedAggregates(contract)[name])),
      ...buyers.map((buyer) => quoteError(solutions[contract], contract, buyer)),
    ]),
  );

const aggregateTable = ({ result }: Solution, contract: MenuContract): string =>
  textTable({
    head: ['', 'numeric', 'closed form', 'paper', 'error'],
    rows: aggregates.map(([name, label, paper]) => {
      const closed = closedAggregates(contract)[name];
      return [
        label,
        digits(result[name]),
        digits(closed),
        paper[contract] || '–',
        formatError(off(result[name], closed)),
      ];
    }),
    align: ['left', 'right', 'right', 'right', 'right'],
    widths: [18, 16, 16, 9, 9],
  });

const certificate = ({ result: { status, certificate: found } }: Solution): string =>
  `  ${statusWords[status].sign} ${statusWords[status].words}: ${certificateLabels.relativeGap[0]} ${formatSize(found.relativeGap)}, ` +
  `${certificateLabels.incentives[0]} ${formatSize(found.maxIncentiveViolation)}\n`;

const quoteTable = (solution: Solution, contract: MenuContract): string => {
  const quotes = buyers.map((buyer) => solution.quote(buyer));
  return textTable({
    head: ['buyer (w, s)', ...buyers.map(({ value, scale }) => `(${value}, ${scale})`)],
    rows: [
      ...(contract === 'packages'
        ? [['type θ = w√s', ...quotes.map(({ index }) => formatNumber(index?.theta))]]
        : []),
      ...quantities.map(([label, read]) => [
        label === 'input tokens' ? `${label}, ${contract === 'packages' ? 'total' : 'each task'}` : label,
        ...quotes.map((quote) => formatNumber(read(quote))),
      ]),
      ['error', ...buyers.map((buyer) => formatError(quoteError(solution, contract, buyer)))],
    ],
    align: ['left', ...buyers.map(() => 'right' as const)],
    widths: [24, ...buyers.map(() => 11)],
  });
};

const loss = ({ allocations, packages }: Solutions): string => {
  const lost = 1 - packages.result.profit! / allocations.result.profit!;
  return `Packages earn ${formatNumber(100 * lost)} % less: 1/9 exactly, “around 10%” in the paper.\n`;
};

const closedAggregates = (contract: MenuContract): Aggregates =>
  contract === 'allocations' ? allocationAggregates(ρ, c) : packageAggregates(ρ, c)!;

const quoteError = (
  solution: Solution,
  contract: MenuContract,
  { value, scale }: (typeof buyers)[number],
): number => {
  const quote = solution.quote({ value, scale });
  const closed =
    contract === 'allocations'
      ? allocationItem(value, scale, ρ, c)
      : packageItem(value * scale ** (1 - 2 * ρ), ρ, c);
  return Math.max(...quantities.map(([, read, name]) => off(read(quote), closed[name])));
};

const off = (found: number | null | undefined, right: number | null): number =>
  found == null || right === null ? Number.NaN : Math.abs(found - right) / Math.max(1, Math.abs(right));

const digits = (x: number | null): string => (x === null ? '–' : x.toFixed(12));
