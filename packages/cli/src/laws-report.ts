import {
  type EntryLaws,
  formatError,
  holdsWords,
  type LawExample,
  type LawResult,
  placeWords,
} from '@menusmith/app';
import { numberWords } from '@menusmith/core';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

/** An entry and the laws of its kind for people, at most eighty columns wide; broken laws in full below the table. */
export const lawsReport = (entry: EntryLaws): string => {
  const { kind, name, examples, laws } = entry;
  const blocks = [
    `${name}: a ${kind}\n`,
    exampleTable(examples),
    lawTable(laws.filter(({ claimed }) => claimed)),
    ...notApplicable(laws.filter(({ claimed }) => !claimed)),
    ...laws.filter(({ holds }) => !holds).map((law) => brokenLaw(law, examples)),
    verdict(entry),
  ];
  return blocks.join('\n');
};

/** Beyond so many letters an example is cut off; `--json` has all of it. */
const LONGEST = 200;

const exampleTable = (examples: readonly LawExample[]): string =>
  textTable({
    head: ['', 'examples'],
    rows: examples.map((example, e) => [String(e + 1), shortened(exampleText(example), LONGEST)]),
    align: ['right', 'left'],
    widths: [3, 71],
  });

const lawTable = (laws: readonly LawResult[]): string =>
  textTable({
    head: ['', 'law', 'off by', 'tightest at'],
    rows: laws.map(({ name, statement, holds, tightest, example }) => [
      holdsWords(holds).sign,
      `${name}\n${statement}`,
      tightest === null ? '' : `${formatError(tightest.error)}\n${allowance(tightest)}`,
      tightest === null
        ? ''
        : [placeWords(tightest.at), `example ${example}`].filter((text) => text !== '').join('\n'),
    ]),
    align: ['left', 'left', 'right', 'left'],
    widths: [1, 40, 10, 18],
  });

const allowance = ({ relation, allowed }: NonNullable<LawResult['tightest']>): string =>
  relation === '>' ? '' : `of ${formatError(allowed)}`;

/** Laws that speak of what no example declares, by why they do not apply. */
const notApplicable = (laws: readonly LawResult[]): readonly string[] => {
  const reasons = [...new Set(laws.map(({ remark }) => remark))];
  const paragraphs = reasons.map((reason) => {
    const names = laws.filter(({ remark }) => remark === reason).map(({ name }) => name);
    return paragraph(`– ${reason}: ${names.join(', ')}`);
  });
  return paragraphs.length === 0 ? [] : [paragraphs.join('')];
};

/** What a plugin's author needs: the law, the parameters, the point, what was expected and what came. */
const brokenLaw = (
  { name, statement, brokenBy, tightest, remark, example }: LawResult,
  examples: readonly LawExample[],
): string => {
  const rows: string[][] = [];
  if (example !== null) rows.push(['with', exampleText(examples[example - 1]!)]);
  if (tightest !== null) {
    const { quantity, at, got, relation, expected, error, allowed } = tightest;
    const place = Object.entries(at).map(([key, x]) => `${key} = ${numberWords(x)}`);
    if (place.length > 0) rows.push(['at', place.join(', ')]);
    rows.push(['expected', `${quantity} ${relation} ${numberWords(expected)}`]);
    const off = relation === '>' ? '' : `, off by ${formatError(error)}, allowed ${formatError(allowed)}`;
    rows.push(['got', `${numberWords(got)}${off}`]);
  }
  if (remark !== null) rows.push(['found', remark]);
  if (examples.length > 1) rows.push(['broken by', `${brokenBy.length} of ${examples.length} examples`]);
  return `${paragraph(`✗ ${name}: ${statement}`)}${textTable({
    rows: rows.map((row) => ['', ...row]),
    widths: [0, 9, 62],
  })}`;
};

const verdict = ({ laws }: EntryLaws): string => {
  const broken = laws.filter(({ holds }) => !holds).length;
  const idle = laws.filter(({ claimed }) => !claimed).length;
  const rest = idle === 0 ? '' : `; ${idle} ${idle === 1 ? 'does' : 'do'} not apply`;
  const held = laws.length - broken - idle;
  return broken === 0
    ? paragraph(`✓ ${held} laws hold${rest}.`)
    : paragraph(`✗ ${broken} of ${laws.length} laws ${broken === 1 ? 'is' : 'are'} broken${rest}.`);
};

/** As a study file has it: `{ a: 2, b: 3 }`; of a production function the inputs as well. */
const exampleText = ({ parameters, inputs, cap }: LawExample): string => {
  const names = (scope: 'task' | 'shared'): string => {
    const all = inputs?.[scope] ?? [];
    const most = scope === 'shared' && cap !== undefined ? ` ≤ ${cap}` : '';
    return all.length === 0 ? '' : `; ${scope}: ${all.join(', ')}${most}`;
  };
  return `${valueText(parameters)}${names('task')}${names('shared')}`;
};

const valueText = (value: unknown): string => {
  if (Array.isArray(value)) {
    const shown = value.slice(0, 6).map(valueText);
    return `[${[...shown, ...(value.length > 6 ? [`… ${value.length} in all`] : [])].join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if ('quantile' in value && 'min' in value && 'max' in value)
    return `a distribution on [${value.min}, ${value.max}]`;
  const members = Object.entries(value).map(([key, member]) => `${key}: ${valueText(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
};

const shortened = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
