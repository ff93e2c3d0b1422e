import { escapeHtml } from '../report/escape-html.ts';
import { paragraphs, table } from '../report/html-text.ts';
import { inlineSvg } from '../report/inline-svg.ts';
import { formatNumber, formatPercent } from '../report/numbers.ts';
import type { DrawnPicture } from '../report/report-page.ts';
import { reportStyle } from '../report/report-style.ts';
import { bootstrapSection } from './bootstrap/bootstrap-section.ts';
import type { FitDocument } from './fit-document.ts';

/** All that the page of a fit is made of. */
export interface FitPage {
  readonly document: FitDocument;
  /** By model, in the document's order. */
  readonly pictures: readonly (readonly DrawnPicture[])[];
  /** Of the bootstrap's draws. */
  readonly draws?: DrawnPicture;
  /** Share of the variance of log spending that the fit explains, by model. */
  readonly explained: readonly number[];
  readonly program: string;
  readonly command: string;
  /** The studies' texts, in the document's order. */
  readonly studies: readonly string[];
}

/** One page that holds everything: no script, no style sheet, font or picture from elsewhere. */
export const fitPage = (page: FitPage): string => {
  const { document, program } = page;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="generator" content="${escapeHtml(program)}" />
<title>${escapeHtml(document.name)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(document.name)}</h1>
${paragraphs([`What a log of usage says of demand, and of the types of ${formatNumber(document.customers)} customers in ${document.months} months, ${document.firstMonth} to ${document.lastMonth}.`])}
</header>
${section('In short', headline(document))}
${section('What to mind', warnings(document))}
${section('What identified what', paragraphs([`${capital(document.identifiedBy)}.`]))}
${document.models.map((_, k) => modelSection(page, k)).join('\n')}
${section('How sure this is', sureness(page))}
${section('What was left out', leftOut(document))}
${section('How to make this again', reproduction(page))}
</main>
</body>
</html>
`;
};

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${content}\n</section>`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const headline = ({
  degree,
  degreeStandardError,
  degreeInterval,
  exponents,
  customers,
  models,
}: FitDocument): string => {
  const main = models[0]!;
  const aside =
    degreeStandardError !== null
      ? `standard error ${formatNumber(degreeStandardError, 2)}`
      : degreeInterval !== undefined
        ? `between ${formatNumber(degreeInterval[0], 3)} and ${formatNumber(degreeInterval[1], 3)}`
        : 'given';
  const tiles: readonly (readonly [string, string, string])[] = [
    ['Degree σ', formatNumber(degree, 4), aside],
    ['Elasticity of tokens', formatNumber(-1 / (1 - degree), 3), '−1/(1 − σ)'],
    ...Object.entries(exponents).map(
      ([input, x]) => [`Exponent of ${input}`, formatNumber(x, 4), ''] as const,
    ),
    ['Customers', formatNumber(customers), ''],
    [
      'Noise from month to month',
      main.monthNoise === null ? '–' : formatNumber(main.monthNoise, 3),
      'standard deviation of log θ',
    ],
    ['Spending beyond the sample', formatPercent(main.beyondSample, 3), 'types above the largest customer'],
  ];
  return `<dl class="numbers">\n${tiles
    .map(
      ([label, number, small]) =>
        `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(number)}${small === '' ? '' : ` <small>${escapeHtml(small)}</small>`}</dd></div>`,
    )
    .join('\n')}\n</dl>`;
};

const list = (items: readonly string[]): string =>
  `<ul>\n${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}\n</ul>`;

const warnings = ({ warnings }: FitDocument): string =>
  warnings.length === 0 ? paragraphs(['Nothing that the fit could see.']) : list(warnings);

const modelSection = ({ document, pictures, explained }: FitPage, k: number): string => {
  const own = document.models[k]!;
  const figures = pictures[k]!.map((drawn, place) =>
    figure(drawn, `<strong>Figure ${k + 1}.${place + 1}.</strong> `),
  ).join('\n');
  const words = `${formatNumber(own.customers)} customers; the study is ${own.study}. Lasting types, prices and months in common explain ${formatPercent(explained[k], 3)} of the variance of log spending.`;
  const tables = (['theta', 'value', 'scale'] as const).map((what) => {
    const quantity = own[what];
    if (quantity === undefined) return '';
    const names = { theta: 'θ', value: 'value', scale: 'scale' };
    return table(
      `Distributions of ${names[what]} that were tried, the best first`,
      ['lognormal components', 'Pareto tail, shape', 'log likelihood', 'parameters', 'BIC, above the best'],
      quantity.candidates.map(({ components, tail, logLikelihood, parameters, bic }) => [
        String(components),
        tail === null ? 'none' : formatNumber(tail, 3),
        formatNumber(logLikelihood, 6),
        String(parameters),
        formatNumber(Math.round(10 * (bic - quantity.candidates[0]!.bic)) / 10),
      ]),
      'numbers-table',
    );
  });
  return section(
    own.model,
    [paragraphs([words]), `<div class="figures">\n${figures}\n</div>`, ...tables, copulas(own)].join('\n'),
  );
};

const copulas = ({ dependence }: FitDocument['models'][number]): string =>
  dependence === undefined
    ? ''
    : table(
        'Copulas of value and scale that were tried, the best first',
        ['copula', 'parameter', 'log likelihood', 'AIC'],
        dependence.map(({ use, parameters, logLikelihood, aic }) => [
          use,
          Object.entries(parameters)
            .map(([name, x]) => `${name} ${formatNumber(x, 4)}`)
            .join(', ') || 'none',
          formatNumber(logLikelihood, 6),
          formatNumber(aic, 6),
        ]),
        'numbers-table',
      );

const sureness = ({ document: { bootstrap }, draws }: FitPage): string =>
  bootstrap === undefined ? '' : bootstrapSection(bootstrap, draws === undefined ? '' : figure(draws, ''));

const figure = ({ picture: { name, title, caption }, svg }: DrawnPicture, label: string): string =>
  [
    `<figure id="${escapeHtml(name)}">`,
    inlineSvg(svg, name, title),
    `<figcaption>${label}${escapeHtml(caption)}</figcaption>`,
    '</figure>',
  ].join('\n');

const leftOut = ({ notes }: FitDocument): string => list(notes);

const reproduction = ({ program, command, studies, document }: FitPage): string =>
  [
    `<p>Made by ${escapeHtml(program)}:</p>`,
    `<pre>${escapeHtml(command)}</pre>`,
    ...studies.map(
      (text, k) =>
        `<p><code>${escapeHtml(document.models[k]!.study)}</code>:</p>\n<pre tabindex="0" role="region" aria-label="The study file">${escapeHtml(text)}</pre>`,
    ),
  ].join('\n');
