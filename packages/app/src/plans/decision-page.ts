import type { Plan } from '@menusmith/core';
import { escapeHtml } from '../report/escape-html.ts';
import { paragraphs, table } from '../report/html-text.ts';
import { formatAlignedPercent, formatNumber, formatPercent } from '../report/numbers.ts';
import { formatMoney, quoted } from '../report/quoted.ts';
import { reportStyle } from '../report/report-style.ts';
import { degreeOf } from '../study/degree.ts';
import type { Study } from '../study/study.ts';
import {
  amountUnit,
  moneyUnit,
  priceUnit,
  quotedAmount,
  quotedMoney,
  quotedPrice,
  type Units,
  withUnit,
} from '../study/units.ts';
import type { Evaluation } from './evaluate-menu.ts';
import type { ExperimentSize } from './experiment.ts';
import type { Overturned, Overturning } from './overturning.ts';

/** All that the page for the person who decides is made of. */
export interface DecisionPage {
  readonly study: Study;
  /** In the study's units. */
  readonly evaluation: Evaluation;
  readonly menu: readonly Plan[];
  /** What the change is if one number is off; without where nothing is replaced. */
  readonly overturning?: Overturned | undefined;
  readonly experiment?: ExperimentSize | undefined;
  readonly program: string;
}

/** Half a page each at most, so that all of it fits on a sheet of A4. */
const MOST_PLANS = 10;
const MOST_MOVES = 6;
/** Of amounts in sentences. */
const DIGITS = 3;

const style = `
@page { size: A4; margin: 12mm; }
main { max-width: 900px; padding: 16px; }
h2 { margin: 1.1rem 0 .3rem; font-size: 1.05rem; }
p, li { font-size: .92rem; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
.bar { display: flex; height: 18px; max-width: 46rem; border: 1px solid #888; }
.numbers-table td { white-space: nowrap; }
.bar span { display: block; }
.won { background: #0072b2; }
.same { background: #ddd; }
.lost { background: #d55e00; }
@media print {
  body, table { line-height: 1.3; }
  main { padding: 0; }
  h1 { font-size: 14pt; margin: 0; }
  h2 { font-size: 11pt; margin: 2.5mm 0 .5mm; }
  p, li { font-size: 9pt; margin: 1mm 0; }
  table { font-size: 8pt; margin: 0; }
}
`;

/** What a menu would do, on one sheet of A4, for somebody who has never heard of virtual values. One page that holds everything: nothing is loaded from elsewhere. */
export const decisionPage = (page: DecisionPage): string => {
  const { study, program } = page;
  const evaluation = quoted(page.evaluation, study.units);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="generator" content="${escapeHtml(program)}" />
<title>${escapeHtml(study.name)}</title>
<style>${reportStyle}${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(study.name)}</h1>
${paragraphs([headline(evaluation, study.units), ...bandWords(evaluation, study.units)])}
${section('The plans', plansTable(page, evaluation))}
${section('Who wins and who loses', winners(evaluation))}
${section('What it rests on', list(assumptions(page)))}
${section('What would overturn it', paragraphs(doubts(page)))}
${section('How to find out', paragraphs(experimentWords(page)))}
</main>
</body>
</html>
`;
};

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

const list = (texts: readonly string[]): string =>
  `<ul>\n${texts.map((text) => `<li>${escapeHtml(text)}</li>`).join('\n')}\n</ul>`;

/** `$6.41 per buyer and month`. */
const each = (amount: number, units: Units | undefined): string => {
  const period = units?.period === undefined ? '' : ` and ${units.period}`;
  return `${money(amount, units)} per buyer${period}`;
};

/** Three digits, and cents where there is a tenth: $2.80. */
const money = (amount: number, units: Units | undefined): string =>
  formatMoney(amount, units, DIGITS).replace(/(\.\d)$/, '$10');

const headline = ({ profit, against, change, servedShare }: Evaluation, units: Units | undefined): string => {
  if (against === undefined || change === undefined)
    return `These plans earn ${each(profit, units)}; ${formatPercent(servedShare, 3)} of the buyers take one.`;
  const share =
    against.profit > 0
      ? ` (${change.profit < 0 ? '−' : '+'}${formatPercent(Math.abs(change.profit) / against.profit, 3)})`
      : '';
  const verb = change.profit < 0 ? 'falls' : 'rises';
  return `If these plans replace today’s, profit ${verb} from ${money(against.profit, units)} to ${each(profit, units)}${share}.`;
};

/** The band of the change, and what it covers. */
const bandWords = ({ band }: Evaluation, units: Units | undefined): readonly string[] => {
  if (band === undefined) return [];
  const { low, high, level, gains, draws } = band;
  const change = (x: number): string => `${x < 0 ? '−' : '+'}${money(Math.abs(x), units)}`;
  const share = (x: number): string => `${x < 0 ? '−' : '+'}${formatPercent(Math.abs(x), DIGITS)}`;
  const relative =
    low.relative === null || high.relative === null
      ? ''
      : `, or ${share(low.relative)} to ${share(high.relative)}`;
  const rises =
    gains === 1 || gains === 0 ? '' : ` Profit rises in ${formatPercent(gains, 2)} of these draws.`;
  return [
    `With other customers of the same kind the change would lie between ${change(low.profit)} and ${change(high.profit)} per buyer${relative}: so it does in ${formatPercent(level)} of ${draws} samples drawn from the customers in the log.${rises} This covers the chance of who is in the log. It does not cover customers who come or go, or who behave otherwise than assumed below.`,
  ];
};

/** A name as far as ten plans of four inputs still fit a sheet: its beginning and its end, as plans often differ there. */
const shortName = (name: string): string =>
  name.length > MOST_LETTERS
    ? `${name.slice(0, MOST_LETTERS - LAST_LETTERS - 1)}…${name.slice(-LAST_LETTERS)}`
    : name;
const MOST_LETTERS = 20;
const LAST_LETTERS = 7;

const plansTable = ({ menu, study }: DecisionPage, { plans }: Evaluation): string => {
  const { units } = study;
  const inputs = [
    ...new Set(menu.flatMap(({ included, prices }) => [...Object.keys(included), ...Object.keys(prices)])),
  ];
  const has = (field: 'included' | 'prices', input: string): boolean =>
    menu.some((plan) => plan[field][input] !== undefined);
  const money = moneyUnit(units);
  const columns: readonly (readonly [string, (plan: Plan, k: number) => string])[] = [
    ['plan', ({ name }) => shortName(name)],
    [withUnit('fee', money), ({ fee }) => formatNumber(quotedMoney(units, fee), 5)],
    ...(menu.some(({ commitment }) => commitment > 0)
      ? [
          [
            withUnit('least spending', money),
            ({ commitment }: Plan) => formatNumber(quotedMoney(units, commitment), 5),
          ] as const,
        ]
      : []),
    ...inputs.map((input): readonly [string, (plan: Plan) => string] => {
      const [included, price] = [
        withUnit(`${input} included`, amountUnit(units, input)),
        withUnit(`price of ${input}`, priceUnit(units, input)),
      ];
      const amount = (plan: Plan): string =>
        formatNumber(quotedAmount(units, input, plan.included[input] ?? 0), 4);
      const priceOf = (plan: Plan): string | undefined => {
        const own = plan.prices[input];
        return own === undefined ? undefined : formatNumber(quotedPrice(units, input, own), 5);
      };
      if (!has('included', input)) return [price, (plan) => priceOf(plan) ?? 'not sold'];
      if (!has('prices', input)) return [included, amount];
      // Both in one column: with a column for each, four inputs would not fit a sheet.
      return [
        `${input}: ${amountUnit(units, input)} included; then ${priceUnit(units, input)}`,
        (plan) => `${amount(plan)}; ${priceOf(plan) ?? 'no more'}`,
      ];
    }),
    ['buyers', (_, k) => formatAlignedPercent(plans[k]!.share)],
    ['average bill', (_, k) => perTaker(plans[k]!.revenue, plans[k]!.share)],
    ['profit a buyer', (_, k) => perTaker(plans[k]!.profit, plans[k]!.share)],
  ];
  const shown = menu.slice(0, MOST_PLANS);
  return table(
    `${menu.length} plan${menu.length === 1 ? '' : 's'}${shown.length < menu.length ? `, of which the first ${shown.length} are shown` : ''}`,
    columns.map(([label]) => label),
    shown.map((plan, k) => columns.map(([, cell]) => cell(plan, k))),
    'numbers-table',
  );
};

const perTaker = (sum: number, share: number): string => (share > 0 ? formatNumber(sum / share, 4) : '–');

const winners = ({ betterOff, worseOff, moves = [] }: Evaluation): string => {
  if (betterOff === undefined || worseOff === undefined) return '';
  const same = Math.max(0, 1 - betterOff - worseOff);
  const part = (share: number, kind: string): string =>
    `<span class="${kind}" style="width: ${(100 * share).toFixed(2)}%"></span>`;
  const moved = moves
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_MOVES)
    .map(
      ({ from, to, share }) =>
        `${formatPercent(share, 3)} go from ${shortName(from ?? 'nothing')} to ${shortName(to ?? 'nothing')}`,
    );
  return [
    `<div class="bar" role="img" aria-label="better off, the same, worse off">${part(betterOff, 'won')}${part(same, 'same')}${part(worseOff, 'lost')}</div>`,
    paragraphs([
      `${formatPercent(betterOff, 3)} of the buyers are better off (blue), ${formatPercent(same, 3)} as before, ${formatPercent(worseOff, 3)} worse off (orange).`,
      ...(moved.length > 0 ? [`${moved.join('; ')}.`] : []),
    ]),
  ].join('\n');
};

const assumptions = ({ study, evaluation }: DecisionPage): readonly string[] => {
  const degree = degreeOf(study.technology);
  const { outside, capacity } = study.terms;
  return [
    'Every buyer knows what quality is worth to her, and takes the plan and the amounts that leave her most.',
    evaluation.of === 'population'
      ? 'Buyers are a continuous population with the distribution that the study states: the numbers are means over all of it.'
      : 'Buyers are the types that the study lists: the numbers are means over them.',
    ...(degree === undefined
      ? []
      : [
          `Amounts follow prices with an elasticity of ${formatNumber(-1 / (1 - degree), 3)}: a price 1 % higher sells ${formatNumber(1 / (1 - degree), 3)} % less to a buyer who stays.`,
        ]),
    ...sureness(evaluation),
    'Unit costs are those of the study, and do not depend on how much is sold.',
    outside === undefined
      ? 'Who takes none of these plans buys nothing: no rival’s offer is in the study.'
      : 'Who takes none of these plans has what the study says she has elsewhere.',
    ...(capacity === undefined ? [] : evaluation.notes),
  ];
};

/** Where the change has no band, and where the band is too kind. */
const sureness = ({ change, band }: Evaluation): readonly string[] => {
  if (change === undefined) return [];
  if (band === undefined)
    return [
      'How sure the change is is not known: calibrate --bootstrap draws other customers, and then it has a range.',
    ];
  const { optimism } = band;
  return optimism === null || !(optimism > 0)
    ? []
    : [
        `Plans that were looked for among these customers promise too much: the best ones for a sample by about ${formatPercent(optimism, 2)} of today’s profit, held against customers outside of it.`,
      ];
};

const doubts = ({ overturning, evaluation, study }: DecisionPage): readonly string[] => {
  const { changes, untried } = overturning ?? { changes: [], untried: 0 };
  const [least, most] = [changes[0], changes.at(-1)];
  if (evaluation.change === undefined || least === undefined || most === undefined) return [];
  const { units } = study;
  const said = ({ name, by, change }: Overturning): string =>
    `${plainName(name)} ${formatPercent(Math.abs(by), 2)} ${by < 0 ? 'lower' : 'higher'} (${change < 0 ? '−' : '+'}${each(quotedMoney(units, Math.abs(change)), units)})`;
  const isLoss = evaluation.change.profit < 0;
  const turned = changes.filter(({ change }) => change < 0 !== isLoss);
  const shown = (isLoss ? turned.reverse() : turned).slice(0, MOST_MOVES);
  const [is, other] = isLoss ? ['loss', 'gain'] : ['gain', 'loss'];
  const rest =
    untried === 0 ? [] : [`${untried} of the study’s numbers were not tried, as each takes long here.`];
  if (shown.length === 0)
    return [
      `None of the numbers tried, 10 % off by itself, turns the ${is} into a ${other}. The smallest ${is} is with ${said(isLoss ? most : least)}.`,
      ...rest,
    ];
  return [
    `The ${is} becomes a ${other} with any one of these 10 % off: ${shown.map(said).join('; ')}.`,
    ...rest,
  ];
};

/** A number of the study in words for somebody who has not read it, with its name there. */
const plainName = (name: string): string =>
  /^exponents\b/.test(name)
    ? `what larger amounts are worth (${name})`
    : /^type\b/.test(name)
      ? `how buyers differ (${name})`
      : name;

const experimentWords = ({ experiment, evaluation }: DecisionPage): readonly string[] => {
  if (evaluation.change === undefined) return [];
  if (experiment === undefined)
    return ['Profit does not change, or buyers have no index: no experiment is sized.'];
  const { perArm, perArmWithBefore } = experiment;
  return [
    `An experiment that gives customers either menu by chance sees this change in 4 of 5 cases (5 % level, two-sided) with ${formatNumber(perArm, 3)} customers in each group, or ${formatNumber(perArmWithBefore, 3)} where each customer’s profit before it is taken into account. Months are as if types last and nothing else differed: noise between months needs more.`,
  ];
};
