import {
  formatNumber,
  formatPercent,
  type RatioResult,
  type Regularity,
  type SheetItem,
  type SheetResult,
} from '@menusmith/app';
import { largestOf, smallestOf } from '@menusmith/core';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

/** Letters of an item's name, and kinds of tokens beside one another. */
const NAME = 22;
const BESIDE = 4;

/** A list of prices held against the model, for people, at most eighty columns wide. */
export const sheetReport = (result: SheetResult): string => {
  const { items, notes } = result;
  const tickets = nameTags(items);
  const blocks = [
    headline(result),
    ...priceTables(result, tickets),
    ...(result.costs === null ? [] : markupTables(result, tickets)),
    prediction(result, tickets),
    ...result.regularities.map((regularity) => regularityBlock(regularity, result.compared, tickets)),
    dominated(result, tickets),
    ...(isRelativeToBase(result) ? [paragraph(BASE_WORDS)] : []),
    ...notes.map(paragraph),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

const BASE_WORDS = '× base is relative to the item of the model that sells most kinds of tokens.';

const isRelativeToBase = ({ items, costs, prediction: { reference } }: SheetResult): boolean =>
  reference === null && costs === null && items.some((item, k) => item.reference !== k);

const mark = (holds: boolean | null): string => (holds === null ? '–' : holds ? '✓' : '✗');

/** As much of model and tier as tells items apart. */
const nameTags = (items: readonly SheetItem[]): readonly string[] => {
  const isOneModel = items.every(({ model }) => model === items[0]!.model);
  return items.map(({ model, tier }) => {
    if (tier === '') return shortened(model, NAME);
    if (isOneModel) return shortened(tier, NAME);
    // Of the two, the tier is short.
    const own = shortened(tier, 16);
    return `${shortened(model, NAME - own.length - 2)}, ${own}`;
  });
};

const shortened = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;

const headline = ({ file, items, costs }: SheetResult): string => {
  const models = new Set(items.map(({ model }) => model));
  const [first] = models;
  const what = models.size === 1 ? `of ${first}` : `of ${models.size} models`;
  const given =
    costs === null ? 'no costs given' : costs === file ? 'costs in the list' : `costs from ${costs}`;
  return `${paragraph(`${file}: ${items.length} item${items.length === 1 ? '' : 's'} ${what}; ${given}`).trimStart()}`;
};

const blocksOf = (tokens: readonly string[]): readonly (readonly string[])[] => {
  const blocks: (readonly string[])[] = [];
  for (let first = 0; first < tokens.length; first += BESIDE)
    blocks.push(tokens.slice(first, first + BESIDE));
  return blocks;
};

const right = (count: number): readonly ('left' | 'right')[] => [
  'left',
  ...Array.from({ length: count }, () => 'right' as const),
];

/** Prices as they stand, and where there are no costs the markup relative to one item, of the list or of the model. */
const priceTables = (
  { tokens, items, costs, prediction: { reference } }: SheetResult,
  tags: readonly string[],
): string[] =>
  blocksOf(tokens).map((own, block) => {
    const isFirst = block === 0;
    const hasFees = isFirst && items.some(({ fee }) => fee > 0);
    const isRelative = isFirst && costs === null && items.some((item, k) => item.reference !== k);
    const base = reference === null ? BASE : shortened(tags[reference]!, 8);
    return textTable({
      head: [
        'price of',
        ...own.map((token) => shortened(token, 8)),
        ...(hasFees ? ['fee'] : []),
        ...(isRelative ? [`× ${base}`] : []),
      ],
      rows: items.map((item, k) => [
        tags[k]!,
        ...own.map((token) => formatNumber(item.prices[token])),
        ...(hasFees ? [formatNumber(item.fee)] : []),
        ...(isRelative ? [formatNumber(item.relativeMarkup)] : []),
      ]),
      align: right(own.length + Number(hasFees) + Number(isRelative)),
    });
  });

/** Of each model, the item that others are relative to. */
const BASE = 'base';

const markupTables = ({ tokens, items }: SheetResult, tags: readonly string[]): string[] =>
  blocksOf(tokens).map((own, block) =>
    textTable({
      head: [
        'markup over cost',
        ...own.map((token) => shortened(token, 8)),
        ...(block === 0 ? ['mean', 'spread'] : []),
      ],
      rows: items.map((item, k) => [
        tags[k]!,
        ...own.map((token) => short(item.markups[token])),
        ...(block === 0 ? [short(item.markup), percent(item.markupSpread)] : []),
      ]),
      align: right(own.length + 2),
    }),
  );

const short = (x: number | null | undefined): string => formatNumber(x, 4);

const percent = (x: number | null): string => formatPercent(x, 3);

const prediction = (
  { prediction: { holds, by, ratios }, tolerance }: SheetResult,
  tags: readonly string[],
): string => {
  const claim =
    by === 'costs'
      ? 'price ratios equal cost ratios in all items (prices are m·c)'
      : `price ratios are the same in all items${ratios.some(({ model }) => model !== null) ? ' of a model' : ''} (as prices m·c would have)`;
  const lines = [
    paragraph(
      `${mark(holds)} ${claim}${holds === null ? ': nothing to compare' : `, to ${formatPercent(tolerance)}`}`,
    ),
  ];
  if (ratios.length === 0) return lines[0]!;
  const isByCost = by === 'costs';
  const isByModel = ratios.some(({ model }) => model !== null);
  // Of one item in a model there is nothing to say; what differs most comes first.
  const told = isByModel
    ? ratios.filter(({ items }) => items.length > 1).sort((a, b) => b.spread - a.spread)
    : ratios;
  const shown = isByModel ? told.slice(0, MOST_LINES) : told;
  if (shown.length === 0) return lines[0]!;
  const table = textTable({
    head: [
      '',
      'ratio of prices',
      ...(isByModel ? ['model'] : []),
      ...['items', 'least', 'most', 'spread'],
      ...(isByCost ? ['off costs by'] : []),
    ],
    rows: shown.map((ratio) => [
      mark(isByCost ? ratio.equalsCosts : ratio.items.length > 1 ? ratio.isConstant : null),
      `${shortened(ratio.token, 12)} / ${shortened(ratio.over, 12)}`,
      ...(isByModel ? [shortened(ratio.model ?? '', 16)] : []),
      String(ratio.items.length),
      short(ratio.least),
      short(ratio.most),
      percent(ratio.spread),
      ...(isByCost ? [percent(ratio.fromCosts)] : []),
    ]),
    align: [
      'left',
      'left',
      ...(isByModel ? ['left' as const] : []),
      'right',
      'right',
      'right',
      'right',
      'right',
    ],
  });
  return `${lines[0]}${table}${andMore(told.length - shown.length)}${worstRatios(shown, tags)}`;
};

/** Where a ratio differs: the items at both ends. */
const worstRatios = (ratios: readonly RatioResult[], tags: readonly string[]): string =>
  ratios
    .filter(({ isConstant }) => !isConstant)
    .map(({ token, over, items, least, most }) => {
      const at = (ratio: number): string => tags[items.find(({ priceRatio }) => priceRatio === ratio)!.item]!;
      return paragraph(
        `${token} / ${over}: least ${short(least)} (${at(least)}), most ${short(most)} (${at(most)})`,
      );
    })
    .join('');

/** Lines of a kind that a person reads unasked; --json has all. */
const MOST_LINES = 12;

const andMore = (count: number): string => (count > 0 ? `    and ${count} more; --json has all\n` : '');

const regularityBlock = (
  { statement, holds, checks }: Regularity,
  compared: SheetResult['compared'],
  tags: readonly string[],
): string => {
  const title = paragraph(`${mark(holds)} ${statement}`);
  if (checks.length === 0) return `${title}    Nothing on the list to check it on.\n`;
  // Those that fail come first.
  const shown = [...checks].sort((a, b) => Number(a.holds) - Number(b.holds)).slice(0, MOST_LINES);
  const table = textTable({
    head: ['', 'price of', '', '', 'held against', '', 'ratio'],
    rows: shown.map(({ item, against, token, againstToken, price, againstPrice, ratio, holds: own }) => [
      mark(own),
      tags[item]!,
      shortened(token, 8),
      short(price),
      item === against ? shortened(againstToken, 20) : shortened(tags[against]!, 20),
      short(againstPrice),
      short(ratio),
    ]),
    align: ['left', 'left', 'left', 'right', 'left', 'right', 'right'],
  });
  // Each pair may be in order, and the ratio still not be one.
  const differing =
    holds === false && compared === 'all' && checks.every((check) => check.holds)
      ? paragraph(`  ${ratioWords(checks)}`)
      : '';
  return `${title}${table}${andMore(checks.length - shown.length)}${differing}`;
};

/** What keeps ratios from being one. */
const ratioWords = (checks: Regularity['checks']): string => {
  const ratios = checks.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  return ratios.length < checks.length
    ? 'What is sold at a price of 0 has no ratio.'
    : `The ratio goes from ${short(smallestOf(ratios))} to ${short(largestOf(ratios))}.`;
};

const dominated = ({ dominated: found, items }: SheetResult, tags: readonly string[]): string => {
  if (items.length < 2) return '';
  const outright = found.filter(({ isDominated }) => isDominated);
  const beside = found.filter(({ isDominated }) => !isDominated);
  const lines = [
    outright.length === 0
      ? paragraph('No item is dominated: none is dearer than another of its model in all that it sells.')
      : '  Dominated (at least as dear in every price and fee):\n',
    ...outright.slice(0, MOST_LINES).map(({ item, by }) => paragraph(`  ${tags[item]}, by ${tags[by]}`)),
    andMore(outright.length - MOST_LINES),
    ...(beside.length === 0 ? [] : ['  Dearer in all that both sell, but selling more:\n']),
    ...beside
      .slice(0, MOST_LINES)
      .map(({ item, by, sellsBeside }) =>
        paragraph(`  ${tags[item]}, than ${tags[by]}; it also sells ${sellsBeside.join(', ')}`),
      ),
    andMore(beside.length - MOST_LINES),
  ];
  return lines.join('');
};
