import {
  capacityWords,
  certificateLabels,
  certifiedOver,
  costWords,
  formatAlignedPercent,
  formatMoney,
  formatNumber,
  formatPercent,
  formatSize,
  gridName,
  gridSize,
  type MenuTable,
  moneyOf,
  moneyUnit,
  namedBuyers,
  objectiveName,
  offeredMenus,
  poolWords,
  quoted,
  quotedResult,
  quotedWords,
  type Result,
  type Study,
  sharedInputNames,
  sharedInputWords,
  sideBySide,
  statusWordsOf,
  type TypeResult,
  type Units,
} from '@menusmith/app';
import { conditionTable, namedConditions } from './condition-table.ts';
import { itemTable } from './item-table.ts';
import { paragraph } from './paragraph.ts';
import { quoteTable } from './quote-table.ts';
import { rowsTable } from './rows-table.ts';
import { textTable } from './text-table.ts';

/** As many buyers as a person reads unasked; a finite study may have thousands. */
const shownTypes = 12;

/**
 * The result of a solve for people, at most eighty columns wide: with the buyers asked for, or else the study's own. `menu` has those buyers row by row, and is
 * shown where its columns were chosen, or where they are many.
 */
export const solveReport = (
  solved: Result,
  study: Study,
  quotes: readonly TypeResult[],
  menu?: MenuTable,
): string => {
  const result = quotedResult(solved, study.units);
  const asked = quoted(quotes, study.units, moneyOf(solved));
  const items = itemTable(result, study.units);
  const blocks = [
    [result.name, ...describeStudy(study), describeMethod(result), ''].join('\n'),
    headline(result, study),
    certificate(result, study.units),
    capacityWords(result)
      .map((line) => `  ${line}\n`)
      .join(''),
    result.conditions.length > 0 ? conditionTable('conditions', namedConditions(result.conditions)) : '',
    pools(result),
    items,
    isByRows(quotes, menu) ? rowsTable(menu, study.units) : buyers(result, asked, study, items !== ''),
    implementation(result),
    twoTypes(result),
    comparison(result),
    notes(result),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

const isByRows = (quotes: readonly TypeResult[], menu: MenuTable | undefined): menu is MenuTable =>
  menu !== undefined && (menu.heads !== undefined || quotes.length > shownTypes);

/** What buyers get and pay: those asked for, or the first few; of more than a few, whose items are told, none. */
const buyers = (
  { types, tasks }: Result,
  asked: readonly TypeResult[],
  { buyers: own, units }: Study,
  isSold: boolean,
): string => {
  if (asked.length > 0) return quoteTable(asked, units, tasks);
  if (isSold && types.length > shownTypes)
    return `  ${types.length} types of buyers take these items or none; --json or --out gives all\n`;
  const shown = quoteTable(types.slice(0, shownTypes), units, tasks);
  return [shown, hiddenTypes(types.length - shownTypes, own)].filter((text) => text !== '').join('\n');
};

const hiddenTypes = (count: number, given: Study['buyers']): string => {
  if (!(count > 0)) return '';
  const buyers = namedBuyers(given);
  const isAsked = buyers.kind !== 'list' || buyers.coordinates.length > 0;
  return `  and ${count} more; --json or --out gives all${isAsked ? ', --at any one of them' : ''}\n`;
};

const describeMethod = ({ method, supply, seconds, finite }: Result): string =>
  `${method} solution${finite ? ` by ${finite.solver}` : ''}, ${supply} supply, ${seconds < 0.001 ? 'under 0.001' : formatNumber(Math.round(1000 * seconds) / 1000)} s`;

const describeStudy = (study: Study): string[] => {
  const { units } = study;
  const words = units === undefined ? '' : quotedWords(units);
  return [...describeProblem(study), ...(words === '' ? [] : [paragraph(`units: ${words}`).trim()])];
};

const describeProblem = ({ buyers, contract, technology }: Study): string[] => {
  const how = technology.kind === 'cost' ? costWords(technology, buyers) : technology.use;
  const what = `contract: ${contract}; ${technology.kind}: ${how}`;
  return [what, ...namedBuyers(buyers).lines].map((line) =>
    line.length > 80 ? paragraph(line).trim() : line,
  );
};

const headline = (result: Result, { units, technology }: Study): string => {
  const shared = sharedInputNames(technology);
  const label = shared.length === 0 ? '' : `buyers with ${sharedInputWords(shared)}`;
  const table = textTable({
    rows: [
      ['profit', formatNumber(result.profit), 'consumer surplus', formatNumber(result.consumerSurplus)],
      ['revenue', formatNumber(result.revenue), 'welfare', formatNumber(result.welfare)],
      ['cost', formatNumber(result.cost), 'efficient welfare', formatNumber(result.efficientWelfare)],
      [
        'excluded buyers',
        formatPercent(result.excludedShare),
        label,
        label === '' ? '' : formatPercent(result.fineTunedShare),
      ],
    ],
    align: ['left', 'right', 'left', 'right'],
    widths: [15, 14, Math.max(21, label.length), 14],
  });
  return moneyUnit(units) === '' ? table : `  ${moneyUnit(units)}, per buyer:\n${table}`;
};

const {
  attained: [attained],
  upperBound: [upperBound],
  relativeGap: [relativeGap],
  incentives: [incentives],
  participation: [participation],
} = certificateLabels;

/** What is attained, its bound, and how far apart they are. */
const bounds = (
  least: number | null,
  most: number | null,
  gap: number | null,
  units: Units | undefined,
): string =>
  `${attained} ${formatMoney(least, units)}, ${upperBound} ${formatMoney(most, units)}, ${relativeGap} ${formatSize(gap)}`;

/** In one line where it fits. */
const gridLines = (head: string, text: string): readonly string[] =>
  head.length + 1 + text.length <= WIDEST ? [`${head} ${text}`] : [head, `      ${text}`];
const WIDEST = 80;

const certificate = (result: Result, units: Units | undefined): string => {
  const { certificate: found, grid } = result;
  const { sign, words } = statusWordsOf(result);
  const objective = objectiveName(result);
  return [
    `  ${sign} ${words}, over ${certifiedOver(result)}`,
    ...(objective === 'profit' ? [] : [`    of ${objective}:`]),
    `    ${bounds(found.attainedObjective, found.upperBound, found.relativeGap, units)}`,
    `    ${incentives} ${formatSize(found.maxIncentiveViolation)}, ${participation} ${formatSize(found.maxParticipationViolation)}`,
    ...(grid === undefined
      ? []
      : gridLines(
          `    of ${gridName(grid)}:`,
          bounds(grid.profit, grid.upperBound, grid.relativeGap, units),
        )),
    ...refined(result),
    '',
  ].join('\n');
};

/** The last grids of those that were solved one after the other, with the gaps that each left. */
const refined = ({ refinement = [] }: Result): readonly string[] =>
  refinement.length < 2
    ? []
    : [
        `    ${refinement.length > LAST ? 'last grids' : 'grids'} in turn: ${refinement
          .slice(-LAST)
          .map((grid) => `${gridSize(grid)} ${formatSize(grid.relativeGap)}`)
          .join(', ')}`,
      ];
const LAST = 3;

const pools = ({ pools: found }: Result): string =>
  found.length === 0
    ? ''
    : textTable({
        head: ['pooled types from', 'to', 'ironed value', 'served', 'quality', 'transfer'],
        rows: found.map(({ from, to, ironedVirtualValue, item }) => [
          ...[from, to, ironedVirtualValue].map((x) => formatNumber(x)),
          item.excluded ? 'no' : 'yes',
          ...[item.quality, item.transfer].map((x) => formatNumber(x)),
        ]),
        align: ['right', 'right', 'right', 'right', 'right', 'right'],
      }) + paragraph(poolWords(found));

const implementation = ({ implementation: found }: Result): string => {
  if (found === undefined) return '';
  return textTable({
    head: ['offered to all, who choose freely', 'profit', 'largest gain'],
    rows: offeredMenus(found).map(({ label, attainedProfit, maxDeviationGain }) => [
      label,
      formatNumber(attainedProfit),
      formatNumber(maxDeviationGain),
    ]),
    align: ['left', 'right', 'right'],
  });
};

const regimes = {
  'full-surplus': 'each type pays her whole value for her efficient item',
  'high-incentive': 'the high type’s incentive and the low type’s participation bind',
  'high-participation': 'the high type’s incentive binds, and the participation of both',
} as const;

const twoTypes = ({ twoTypes: found }: Result): string => {
  if (found === undefined) return '';
  const { regime, high, highName, lambda, massRatio, temptation, ranking } = found;
  const rows = [
    ['high type', highName ?? `buyer ${high + 1}`],
    ['λ of φ_L = w_L − λ(w_H − w_L)', formatNumber(lambda)],
    ['f_H/f_L', formatNumber(massRatio)],
    ['gain of the high type from full extraction', formatNumber(temptation)],
    ...(ranking
      ? [
          ['θ of the two types (Prop. 3)', ranking.thetas.map((x) => formatNumber(x)).join(', ')],
          ['∫ (w_H − w_L) w_L^{σ/(1−σ)} (Prop. 3, corrected)', formatNumber(ranking.test)],
        ]
      : []),
  ];
  return `  two types: ${regimes[regime]}\n${textTable({ rows, align: ['left', 'right'] })}`;
};

/** Seen scales, hidden scales, and the scale-by-scale menu offered to all; of the grid, where one stood for continuous buyers, it says so. */
const comparison = (result: Result): string => {
  const compared = sideBySide(result);
  if (compared.length === 0) return '';
  const rows = compared.map(({ label, profit, ofSeen }) => [
    label,
    formatNumber(profit),
    ofSeen === null ? '' : formatAlignedPercent(ofSeen),
  ]);
  return textTable({ head: ['side by side', 'profit', 'of seen'], rows, align: ['left', 'right', 'right'] });
};

const widest = 78;

/** Sentences broken at words, two spaces in from the left. */
const notes = ({ notes: found }: Result): string =>
  found
    .map((note) => {
      const lines = ['  '];
      for (const word of note.split(' ')) {
        const last = lines.length - 1;
        if (lines[last]!.length + word.length + 1 > widest) lines.push(`  ${word}`);
        else lines[last] += lines[last] === '  ' ? word : ` ${word}`;
      }
      return `${lines.join('\n')}\n`;
    })
    .join('\n');
