import {
  capacityWords,
  certificateLabels,
  formatAlignedPercent,
  formatNumber,
  formatPercent,
  formatSize,
  MOST_TASKS,
  moneyUnit,
  statusWords,
  type TierMenu,
  type TierResult,
  type TierSheet,
  type TiersResult,
  tariffTasks,
  type Units,
  withUnit,
} from '@menusmith/app';
import { largestOf } from '@menusmith/core';
import { paragraph } from './paragraph.ts';
import { sheetTables } from './sheet-tables.ts';
import { textTable } from './text-table.ts';

/** Columns beside the labels, as many as fit in eighty. */
const mostBeside = 5;
const widest = 80;
/** Longer labels go on in the next line. */
const LABEL = 26;
/** Longer names are cut. */
const NAME = 12;

/** Best menus of few tiers for people, at most eighty columns wide; the tiers as price sheets where there are some, in order of the menus. */
export const tiersReport = (result: TiersResult, sheets?: readonly TierSheet[], units?: Units): string => {
  const { menus, notes } = result;
  const blocks = [
    headline(result, units),
    ...(menus.length > 1 ? [overview(menus, units)] : []),
    ...menus.map((menu, k) => menuBlock(menu, result, sheets?.[k])),
    ...notes.map(paragraph),
  ];
  return blocks.filter((text) => text !== '').join('\n');
};

const kinds = {
  bundle: 'bundles',
  'two-part-tariff': 'two-part tariffs',
  'three-part-tariff': 'three-part tariffs',
  commitment: 'commitments',
} as const;

const headline = ({ name, kind, scale, full, grid }: TiersResult, units: Units | undefined): string => {
  const unit = moneyUnit(units);
  const of = scale === null ? '' : `, buyers of scale ${formatNumber(scale)}`;
  return (
    `${name}\ntiers: ${kinds[kind]}${of}${unit === '' ? '' : `; money in ${unit}`}\n` +
    `full menu: ${made(full)}, ${formatPercent(full.served)} of the buyers served\n` +
    (grid
      ? `  of the grid of ${grid.types} types: ${made(grid)}, ${formatPercent(grid.served)} served\n`
      : '')
  );
};

/** Profit, and what is maximised where that is something else. */
const made = ({ profit, objective }: Pick<TierMenu, 'profit' | 'objective'>): string =>
  `profit ${formatNumber(profit)}${objective === undefined ? '' : `, objective ${formatNumber(objective)}`}`;

const overview = (menus: readonly TierMenu[], units: Units | undefined): string => {
  const hasObjective = menus.some(({ objective }) => objective !== undefined);
  const head = [
    'tiers',
    withUnit('profit', moneyUnit(units)),
    ...(hasObjective ? [withUnit('objective', moneyUnit(units))] : []),
    'of the full menu',
    'buyers served',
    'gap to bound',
  ];
  return textTable({
    head,
    rows: menus.map(({ count, profit, objective, share, served, relativeGap }) => [
      String(count),
      formatNumber(profit),
      ...(hasObjective ? [formatNumber(objective)] : []),
      formatAlignedPercent(share),
      formatAlignedPercent(served),
      formatSize(Math.max(0, relativeGap)),
    ]),
    align: head.map(() => 'right' as const),
  });
};

const menuBlock = (menu: TierMenu, result: TiersResult, sheet?: TierSheet): string => {
  const { tiers, share, served, status, relativeGap, count } = menu;
  const gap = formatSize(Math.max(0, relativeGap));
  const verdict =
    status === 'uncertified'
      ? `  ${statusWords.uncertified.sign} ${statusWords.uncertified.words}: see the notes`
      : status === 'optimal'
        ? `  ${statusWords.optimal.sign} the best of all, ${certificateLabels.relativeGap[0]} ${gap}`
        : tiers.some(({ plan }) => plan !== undefined) ||
            result.kind === 'bundle' ||
            result.coordinate === null ||
            result.stopped === true
          ? `  ${statusWords.feasible.sign} the best found, ${certificateLabels.relativeGap[0]} ${gap}`
          : `  ${statusWords.feasible.sign} the best tariffs of so many`;
  const lines = [
    `  ${count} tier${count === 1 ? '' : 's'}: ${made(menu)}${share === null ? '' : `, ${formatAlignedPercent(share)} of the full menu’s`}`,
    `${verdict}; ${formatAlignedPercent(served)} of buyers served`,
    ...capacityWords(menu).map((line) => `    ${line}`),
    ...changeWords(menu),
    '',
  ];
  return `${lines.join('\n')}${sheet === undefined ? tierTables([...tiers, ...(menu.kept ?? [])], result) : sheetTables(sheet)}`;
};

/** What changes for the seller and her buyers where this is sold in the place of today's plans, or beside them. */
const changeWords = ({ profit, change, betterOff = 0, worseOff = 0 }: TierMenu): readonly string[] => {
  if (change === undefined) return [];
  const signed = (x: number, format: (x: number) => string): string =>
    `${x < 0 ? '−' : '+'}${format(Math.abs(x))}`;
  const before = profit - change.profit;
  const relative = before > 0 ? ` (${signed(change.profit / before, formatAlignedPercent)})` : '';
  const money = (x: number): string => signed(x, (own) => formatNumber(own, 4));
  return [
    `  over today’s plans: profit ${money(change.profit)}${relative}, surplus ${money(change.consumerSurplus)};`,
    `    ${formatPercent(betterOff)} of buyers better off, ${formatPercent(worseOff)} worse off`,
  ];
};

/** The tiers side by side, below one another where they are many. */
const tierTables = (tiers: readonly TierResult[], result: TiersResult): string => {
  for (let beside = mostBeside; ; beside--) {
    const tables: string[] = [];
    for (let first = 0; first < tiers.length; first += beside)
      tables.push(tierTable(tiers.slice(first, first + beside), first, result));
    const text = tables.join('\n');
    if (beside === 1 || text.split('\n').every((line) => line.length <= widest)) return text;
  }
};

const tierTable = (
  tiers: readonly TierResult[],
  first: number,
  { coordinate, tasks: names }: TiersResult,
): string => {
  const rows: string[][] = [];
  const add = (label: string, cell: (tier: TierResult) => number | null | undefined): void => {
    if (tiers.some((tier) => (cell(tier) ?? null) !== null))
      rows.push([label, ...tiers.map((tier) => formatNumber(cell(tier)))]);
  };
  const addText = (label: string, cell: (tier: TierResult) => string | undefined): void => {
    if (tiers.some((tier) => cell(tier) !== undefined))
      rows.push([label, ...tiers.map((tier) => cell(tier) ?? '–')]);
  };
  const letter = coordinate === 'theta' ? 'θ' : 'value';
  add(`${letter} from`, ({ from }) => from);
  add('  to', ({ to }) => to);
  addText('values', ({ buyers }) => buyers?.range && span(buyers.range.value));
  addText('scales', ({ buyers }) => buyers?.range && span(buyers.range.scale));
  addText('buyers', ({ buyers }) => buyers?.names && firstOf(buyers.names));
  add('types', ({ buyers }) => buyers?.types);
  rows.push(['share of buyers', ...tiers.map(({ share }) => formatAlignedPercent(share))]);
  addText('model', ({ model }) => model);
  const isTariff = tiers.some(({ tariff, plan }) => tariff !== undefined || plan !== undefined);
  const named = (field: 'included' | 'prices'): string[] => [
    ...new Set(tiers.flatMap(({ plan }) => Object.keys(plan?.[field] ?? {}))),
  ];
  if (tiers.some(({ plan }) => (plan?.fee ?? 0) > 0)) add('fee', ({ plan }) => plan?.fee);
  if (tiers.some(({ plan }) => (plan?.commitment ?? 0) > 0))
    add('commitment', ({ plan }) => plan?.commitment);
  for (const input of named('included')) add(`included ${input}`, ({ plan }) => plan?.included[input]);
  for (const input of named('prices')) add(`price of ${input}`, ({ plan }) => plan?.prices[input]);
  add('upfront fee', ({ tariff }) => tariff?.upfront);
  add('markup', ({ tariff }) => tariff?.markup);
  for (const input of Object.keys(tiers[0]?.tariff?.prices ?? {}))
    add(`  price of ${input}`, ({ tariff }) => tariff?.prices[input]);
  add('task cap', ({ tariff }) => tariff?.taskCap);
  addText('on tasks', ({ tariff }) => tariffTasks(tariff));
  add(isTariff ? 'mean quality' : 'quality', ({ quality }) => quality);
  // Where tasks are listed, as goods are, which of them an item has.
  const tasks = tiers.some(({ buyers }) => buyers?.range !== undefined)
    ? 0
    : (tiers[0]?.profile?.length ?? 0);
  for (let task = 0; task < tasks && tasks <= MOST_TASKS; task++)
    add(`  of ${names?.[task] ?? `task ${task + 1}`}`, ({ profile }) => profile?.[task]);
  for (const input of Object.keys(tiers[0]?.inputs ?? {}))
    add(isTariff ? `  mean ${input}` : `  ${input}`, ({ inputs }) => inputs[input]);
  add(isTariff ? 'mean payment' : 'price', ({ transfer }) => transfer);
  add(isTariff ? 'mean cost' : 'cost', ({ cost }) => cost);
  add(isTariff ? 'mean margin' : 'margin', ({ margin }) => margin);
  return textTable({
    head: [
      '',
      ...tiers.map(({ plan }, k) => (plan === undefined ? `tier ${first + k + 1}` : shortName(plan.name))),
    ],
    rows,
    align: ['left', ...tiers.map(() => 'right' as const)],
    widths: [Math.min(LABEL, largestOf(rows.map(([label = '']) => label.length))), ...tiers.map(() => null)],
  });
};

const shortName = (name: string): string => (name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name);

/** The first name, cut where it is long, and that there are more. */
const firstOf = ([first, ...others]: readonly string[]): string | undefined =>
  first && `${first.length > NAME ? `${first.slice(0, NAME - 1)}…` : first}${others.length > 0 ? ', …' : ''}`;

const span = ([from, to]: readonly [number, number]): string =>
  from === to ? short(from) : `${short(from)}–${short(to)}`;

const short = (x: number): string => formatNumber(x, 3);
