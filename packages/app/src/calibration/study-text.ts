import { rounded } from '@menusmith/core';
import type { Panel } from './estimate/panel.ts';
import { PER } from './estimate/panel.ts';
import type { StudyDistribution } from './estimate/type-distribution.ts';
import type { FittedModel } from './fitted-model.ts';
import { lastPrice } from './identified-degree.ts';

/** What stands in a study beside what was fitted. */
export interface StudyWords {
  readonly name: string;
  /** Lines of comment at the top. */
  readonly comments: readonly string[];
  /** By input, for a million tokens. */
  readonly costs: Readonly<Record<string, number>>;
}

/** Today's list as a menu with one plan, for a model: the prices of its last month. */
export const listMenu = (panel: Panel, { model, exponents }: FittedModel) => {
  const { prices } = panel.models[model]!;
  const own = Object.keys(exponents).map(
    (input) => [input, lastPrice(prices, panel.inputs.indexOf(input))] as const,
  );
  return {
    currency: '$',
    period: 'month',
    plans: [{ name: 'Today’s list', prices: Object.fromEntries(own) }],
  };
};

/** The study of one model: Cobb–Douglas production from the log's inputs, and buyers as they were fitted. */
export const studyText = (panel: Panel, fit: FittedModel, { name, comments, costs }: StudyWords): string => {
  const { shared } = panel.models[fit.model]!;
  const tuning = shared === undefined ? undefined : panel.inputs[shared]!;
  const inputs = Object.keys(fit.exponents);
  const lines = [
    ...comments.map((line) => `# ${line}`),
    `name: ${quotedText(name)}`,
    'production:',
    '  use: cobb-douglas',
    `  exponents: ${flow(mapped(fit.exponents, (x) => rounded(x, 10)))}`,
    ...(tuning === undefined ? [] : [`  base: ${flow({ [tuning]: 1 })}`]),
    'inputs: # costs are for a million tokens, as a unit is a million below',
    ...inputs.map(
      (input) =>
        `  ${quotedText(input)}: ${flow({ scope: input === tuning ? 'shared' : 'task', cost: rounded(costs[input]!, 10) })}`,
    ),
    'buyers:',
    ...buyersLines(fit),
    'contract: packages',
    'units:',
    '  currency: $',
    '  period: month',
    '  inputs:',
    ...inputs.map((input) => `    ${quotedText(input)}: ${flow({ unit: 'tokens', per: PER })}`),
  ];
  return `${lines.join('\n')}\n`;
};

const buyersLines = ({ distribution, valueAndScale }: FittedModel): readonly string[] => {
  if (valueAndScale === undefined)
    return ['  kind: representative', ...distributionLines('type', distribution.study)];
  const { valueDistribution, scaleDistribution, copulas, unit } = valueAndScale;
  const [{ use, parameters } = { use: 'independent', parameters: {} }] = copulas;
  return [
    '  kind: value-scale',
    ...distributionLines('value', valueDistribution.study),
    `  # scale 1 is ${rounded(Math.exp(unit), 6)} requests a month`,
    ...distributionLines('scale', scaleDistribution.study),
    `  dependence: ${flow({ use, ...mapped(parameters, (x) => rounded(x, 6)) })}`,
  ];
};

const distributionLines = (field: string, distribution: StudyDistribution): readonly string[] => {
  const { use, parts } = distribution;
  if (!Array.isArray(parts)) return [`  ${field}: ${flow(distribution)}`];
  return [`  ${field}:`, `    use: ${use}`, '    parts:', ...parts.map((part) => `      - ${flow(part)}`)];
};

const mapped = (
  numbers: Readonly<Record<string, number>>,
  change: (x: number) => number,
): Record<string, number> => Object.fromEntries(Object.entries(numbers).map(([key, x]) => [key, change(x)]));

/** Maps, numbers and texts in YAML's flow style. */
const flow = (value: unknown): string => {
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, own]) => `${quotedText(key)}: ${flow(own)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? quotedText(value) : String(value);
};

/** As it is where YAML takes it for a text, else in quotes. */
const quotedText = (text: string): string =>
  /^[A-Za-z][\w-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
