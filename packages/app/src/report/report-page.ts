import { capacityWords } from '../capacity/capacity-words.ts';
import type { MenuTable } from '../menu-table.ts';
import type { Picture } from '../pictures/picture.ts';
import { namedBuyers } from '../problem/named-buyers.ts';
import type { Result } from '../result.ts';
import type { ProductionTechnology, Study } from '../study/study.ts';
import { amountUnit, moneyUnit, quotedPrice, quotedWords, type Units, withUnit } from '../study/units.ts';
import type { FewTiers } from '../tiers/few-tiers.ts';
import { capitalised } from './capitalised.ts';
import { certificateWords, statusWordsOf } from './certificate-words.ts';
import {
  conditionHeads,
  conditionName,
  conditionWords,
  holdsWords,
  marginWords,
  placeWords,
} from './condition-words.ts';
import { costWords } from './cost-words.ts';
import { escapeHtml } from './escape-html.ts';
import { paragraphs, table } from './html-text.ts';
import { directProfit, implementationWords, offeredMenus } from './implementation-words.ts';
import { inlineSvg } from './inline-svg.ts';
import { menuSection, smallMenu, soldSection } from './menu-sections.ts';
import { formatNumber, formatPercent } from './numbers.ts';
import { formatMoney, quotedMenu, quotedResult } from './quoted.ts';
import { reportStyle } from './report-style.ts';
import { sideBySide } from './side-by-side.ts';
import { sharedInputNames, sharedInputWords } from './study-inputs.ts';

/** All that a report is made of. */
export interface Report {
  readonly study: Study;
  readonly result: Result;
  readonly menu: MenuTable;
  readonly pictures: readonly DrawnPicture[];
  /** Pictures that could not be drawn. */
  readonly undrawn?: readonly Picture[];
  /** Where a menu of few items was asked for: it, or why there is none. */
  readonly tiers?: FewTiers;
  readonly origin: ReportOrigin;
}

export interface DrawnPicture {
  readonly picture: Picture;
  readonly svg: string;
}

/** Where a result comes from, so that it can be made again. */
export interface ReportOrigin {
  /** The program and its version. */
  readonly program: string;
  readonly command: string;
  /** The study as it was written, and the name of its file. */
  readonly file: string;
  readonly text: string;
}

/** One page that holds everything: no script, no style sheet, font or picture from elsewhere. */
export const reportPage = (report: Report): string => {
  const { study, origin } = report;
  const { units } = study;
  const result = quotedResult(report.result, units);
  const name = escapeHtml(result.name);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="generator" content="${escapeHtml(origin.program)}" />
<title>${name}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
${paragraphs([...studyWords(study), methodWords(result)])}
</header>
${section('In short', headline(result, study))}
${section('How sure this is', certificate(result, units))}
${section('Conditions', conditions(result))}
${section('Pictures', figures(report))}
${section('The items', soldSection(result, units))}
${section('The menu', menuSection(quotedMenu(report.menu, units), units))}
${section('A menu of few items', smallMenu(report.tiers, units))}
${section('Beyond the direct menu', implementation(result, units))}
${section('The study', studyText(origin))}
${section('How to make this again', reproduction(origin))}
</main>
</body>
</html>
`;
};

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

const contracts: Readonly<Record<Study['contract'], string>> = {
  allocations: 'Inputs are sold task by task (allocations).',
  packages: 'Inputs are sold in total, and buyers spread them over their tasks (packages).',
  efficient: 'Nothing is hidden from the seller: this is the efficient allocation.',
};

/** `$2 per 1M input tokens`. */
const priceWords = (input: string, price: number, units: Units | undefined): string => {
  const money = formatMoney(quotedPrice(units, input, price), units);
  const unit = amountUnit(units, input);
  return unit === '' ? `${money} a unit` : `${money} per ${unit}`;
};

/** `cobb-douglas from input at 0.125 a unit, output at 0.2 a unit`. */
const productionWords = ({ use, inputs }: ProductionTechnology, units: Units | undefined): string =>
  `${use} from ${inputs.map(({ name, cost }) => `${name} at ${priceWords(name, cost, units)}`).join(', ')}`;

/** What buyers have who take nothing here. */
const outsideWords = ({ terms: { outside }, units }: Study): string => {
  if (outside === undefined) return '';
  return outside.kind === 'rival'
    ? ` Buyers may also buy from a rival, as much as they like: ${productionWords(outside.technology, units)}.`
    : ' Buyers have an outside option.';
};

/** Who makes quality, who buys it, and under what contract. */
const studyWords = (study: Study): string[] => {
  const { technology, buyers, contract, implementation, units } = study;
  const made =
    technology.kind === 'cost'
      ? `The cost of quality is given outright: ${costWords(technology, buyers)}.`
      : technology.kind === 'models'
        ? `Quality is made by the best of several models: ${technology.use}.`
        : `Quality is made by the production function ${productionWords(technology, units)}.`;
  const who = namedBuyers(buyers).sentence + outsideWords(study);
  const sold =
    technology.kind === 'cost' && contract === 'allocations'
      ? 'An item is a quality for each task or good, and a price.'
      : contracts[contract];
  const tariffs = implementation === 'direct' ? '' : ` ${implementationWords[implementation].study}`;
  return [`${made} ${who} ${sold}${tariffs}`];
};

const methods: Readonly<Record<Result['method'], string>> = {
  efficient: 'Solved for the efficient allocation',
  'two-types': 'Solved as two types (Proposition 2, with the regime that it leaves out)',
  'one-dimensional': 'Solved in one dimension, through the representative type',
  'scale-by-scale': 'Solved scale by scale (Proposition 4)',
  finite: 'Solved by the finite solver',
};

const methodWords = ({ method, supply, finite }: Result): string =>
  `${methods[method]}${finite ? `, ${finite.solver}, on ${finite.types} types and ${finite.tasks} tasks` : ''}; supply ${
    supply === 'numeric' ? 'computed numerically from the production function' : 'in closed form'
  }.`;

const headline = (result: Result, { units, technology }: Study): string => {
  const shared = sharedInputNames(technology);
  const numbers: readonly (readonly [string, string])[] = [
    ['Profit', formatNumber(result.profit)],
    ['Revenue', formatNumber(result.revenue)],
    ['Cost', formatNumber(result.cost)],
    ['Consumer surplus', formatNumber(result.consumerSurplus)],
    ['Welfare', formatNumber(result.welfare)],
    ['Efficient welfare', formatNumber(result.efficientWelfare)],
    ['Buyers excluded', formatPercent(result.excludedShare)],
    [
      `Buyers with ${sharedInputWords(shared)}`,
      formatPercent(shared.length > 0 ? result.fineTunedShare : null),
    ],
    ['Buyers who go elsewhere', formatPercent(result.outsideShare)],
    ['Buyers who keep a plan', formatPercent(result.keptShare)],
  ];
  const shown = numbers.filter(([, number]) => number !== '–');
  const tiles = shown
    .map(([label, number]) => {
      const unit = number.endsWith('%') ? '' : moneyUnit(units);
      const small = unit === '' ? '' : ` <small>${escapeHtml(unit)}</small>`;
      return `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(number)}${small}</dd></div>`;
    })
    .join('\n');
  return `<dl class="numbers">\n${tiles}\n</dl>\n<p class="unit">${escapeHtml(unitSentence(units))}</p>${paragraphs(capacityWords(result))}${list(result.notes)}`;
};

const unitSentence = (units: Units | undefined): string => {
  const words = units === undefined ? '' : quotedWords(units);
  return words === ''
    ? 'Money per buyer, in the study’s unit.'
    : `Per buyer; ${words}. Types and virtual values are in the study’s own unit.`;
};

const list = (items: readonly string[]): string =>
  items.length === 0
    ? ''
    : `\n<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;

const certificate = (result: Result, units: Units | undefined): string => {
  const [verdict = '', ...rest] = certificateWords(result, units);
  const { sign } = statusWordsOf(result);
  return `<p class="verdict"><span aria-hidden="true">${sign}</span> <strong>${escapeHtml(verdict)}</strong></p>\n${paragraphs(rest)}`;
};

const conditions = (result: Result): string =>
  result.conditions.length === 0
    ? ''
    : table(
        'What the propositions ask for, and whether it is so here',
        ['', conditionHeads.name, 'what that means', conditionHeads.margin, conditionHeads.place],
        result.conditions.map((condition) => [
          Object.values(holdsWords(condition.holds)).join(' '),
          capitalised(conditionName(condition.name)),
          conditionWords(condition, result),
          marginWords(condition),
          placeWords({ ...condition.at }),
        ]),
        'words',
      );

const figures = ({ pictures, undrawn = [] }: Report): string =>
  undrawnWords(undrawn) +
  (pictures.length === 0
    ? ''
    : `<div class="figures">\n${pictures
        .map(({ picture: { name, title, caption }, svg }, k) =>
          [
            `<figure id="${escapeHtml(name)}">`,
            inlineSvg(svg, name, title),
            `<figcaption><strong>Figure ${k + 1}.</strong> ${escapeHtml(caption)} <span class="files">` +
              `<a href="${escapeHtml(name)}.svg">SVG</a> <a href="${escapeHtml(name)}.png">PNG</a> ` +
              `<a href="${escapeHtml(name)}.pdf">PDF</a></span></figcaption>`,
            '</figure>',
          ].join('\n'),
        )
        .join('\n')}\n</div>`);

const undrawnWords = (undrawn: readonly Picture[]): string =>
  undrawn.length === 0
    ? ''
    : paragraphs([`Not drawn when this page was made: ${undrawn.map(({ title }) => title).join('; ')}.`]);

/** What two-part tariffs earn, and what seen scales would, where the result knows. */
const implementation = (result: Result, units: Units | undefined): string => {
  const { implementation: found } = result;
  const whole = directProfit(result);
  const share = (x: number | null): string =>
    x === null || !((whole ?? 0) > 0) ? '–' : formatPercent(x / whole!);
  const rows = (found === undefined ? [] : offeredMenus(found)).map(({ label, attainedProfit }) => [
    label,
    formatNumber(attainedProfit),
    share(attainedProfit),
  ]);
  for (const { label, profit: earned, ofMenu } of sideBySide(result))
    rows.push([label, formatNumber(earned), ofMenu === null ? '–' : formatPercent(ofMenu)]);
  return rows.length === 0
    ? ''
    : table(
        'What else could be offered, to buyers who choose freely',
        ['', withUnit('profit', moneyUnit(units)), 'of the menu’s profit'],
        rows,
        'numbers-table',
      );
};

/** A study can list very many types; a report repeats as much as one would read. */
const MOST_LETTERS = 60_000;

const studyText = ({ text, file }: ReportOrigin): string => {
  const isWhole = text.length <= MOST_LETTERS;
  const shown = isWhole ? text : `${text.slice(0, MOST_LETTERS)}…`;
  const rest = isWhole ? '' : `\n<p>The rest is in <code>${escapeHtml(file)}</code>.</p>`;
  return `<pre tabindex="0" role="region" aria-label="The study file">${escapeHtml(shown)}</pre>${rest}`;
};

const reproduction = ({ program, command, file }: ReportOrigin): string =>
  `<p>Made by ${escapeHtml(program)} from <code>${escapeHtml(file)}</code>, which is printed above:</p>\n<pre>${escapeHtml(command)}</pre>\n` +
  '<p><a href="result.json">result.json</a> has every number in full, <a href="menu.csv">menu.csv</a> the menu, and ' +
  '<a href="table.tex">table.tex</a> a table for LaTeX.</p>';
