import { type FitDocument, formatNumber, formatPercent } from '@menusmith/app';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

/** What a calibration found, for people, at most eighty columns wide. */
export const calibrationReport = (document: FitDocument, directory: string): string => {
  const {
    name,
    degree,
    degreeStandardError: error,
    customers,
    months,
    identifiedBy,
    models,
    warnings,
    notes,
  } = document;
  const aside = error === null ? '' : `, standard error ${formatNumber(error, 2)}`;
  return [
    `${name}\n${formatNumber(customers)} customers, ${months} ${months === 1 ? 'month' : 'months'}, ${document.firstMonth} to ${document.lastMonth}\n`,
    `  degree ${formatNumber(degree, 4)}${aside}; elasticity of tokens ${formatNumber(-1 / (1 - degree), 4)}\n`,
    paragraph(`${identifiedBy.slice(0, 1).toUpperCase()}${identifiedBy.slice(1)}.`),
    modelTable(models),
    ...bootstrapLines(document),
    ...warnings.map((text) => paragraph(`! ${text}`)),
    ...notes.map(paragraph),
    paragraph(
      `Written to ${directory}: ${models.map(({ study }) => study).join(', ')}, today’s prices as a menu for each (today.json), customers.csv, fit.json, fit.html.`,
    ),
  ].join('\n');
};

const bootstrapLines = ({ bootstrap }: FitDocument): readonly string[] => {
  if (bootstrap === undefined) return [];
  const {
    draws,
    relativeChange,
    relativeChangeBand: [low, high],
    degree,
    optimism,
    level,
  } = bootstrap;
  const less =
    optimism === null
      ? ''
      : `, less ${formatPercent(optimism, 2)} of today’s profit that tariffs promise more than customers who were not drawn bring`;
  const text =
    `The best three two-part tariffs would earn ${formatPercent(relativeChange, 3)} more than today’s list by the fit, ` +
    `and ${formatPercent(low, 3)} to ${formatPercent(high, 3)} in ${formatPercent(level)} of ${draws} draws of customers${less}; the degree is ${formatNumber(degree[0], 3)} to ${formatNumber(degree[1], 3)}. ` +
    'That is how far it hangs on who is in the log, and not whether the model is right.';
  return [paragraph(text)];
};

const modelTable = (models: FitDocument['models']): string =>
  textTable({
    head: ['model', 'customers', 'exponents', 'types', 'beyond'],
    // A line an exponent, the model's other numbers beside the first.
    rows: models.flatMap(({ model, customers, exponents, theta, beyondSample }) =>
      Object.entries(exponents).map(([input, x], k) => {
        const exponent = `${shortened(input)} ${formatNumber(x, 3)}`;
        return k > 0
          ? ['', '', exponent, '', '']
          : [
              shortened(model),
              formatNumber(customers),
              exponent,
              typeWords(theta),
              formatPercent(beyondSample, 2),
            ];
      }),
    ),
    align: ['left', 'right', 'left', 'left', 'right'],
  });

/** `2 lognormals, Pareto 2.4` */
const typeWords = ({ candidates }: FitDocument['models'][number]['theta']): string => {
  const [{ components, tail } = { components: 0, tail: null }] = candidates;
  return `${components} lognormal${components === 1 ? '' : 's'}${tail === null ? '' : `, Pareto ${formatNumber(tail, 3)}`}`;
};

const LONGEST = 16;
const shortened = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);
