import { describe, expect, it } from 'vitest';
import {
  createRegistry,
  menuTable,
  parseStudy,
  type Result,
  reportPage,
  solveStudy,
  standardPlugin,
} from '../../packages/app/src/index.ts';
import { certificateLabels, statusWords } from '../../packages/app/src/report/certificate-words.ts';
import {
  conditionHeads,
  conditionName,
  conditionWords,
  holdsWords,
} from '../../packages/app/src/report/condition-words.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';
import { Certificate } from '../../packages/explorer/src/results/certificate.tsx';
import { Conditions } from '../../packages/explorer/src/results/conditions.tsx';

const registry = createRegistry([standardPlugin]);
/** G1 with value and scale: some conditions hold and some do not. */
const study = parseStudy(
  `
name: Some conditions fail
buyers:
  kind: value-scale
  value:
    use: mixture
    parts:
      - { weight: 0.05, of: { use: uniform } }
      - { weight: 0.95, of: { use: beta, a: 6, b: 9 } }
  scale: { use: uniform }
production:
  use: cobb-douglas
  exponents: { input: 0.2, output: 0.2, fineTuning: 0.4 }
  base: { fineTuning: 0.1 }
inputs:
  input: { scope: task, cost: 0.1 }
  output: { scope: task, cost: 0.1 }
  fineTuning: { scope: shared, cost: 0.1 }
contract: allocations
`,
  { file: 'study.yaml', registry },
);
const solution = solveStudy(study);

/** What a reader sees of an element of the page, components without a state called as the functions that they are. */
const textOf = (node: unknown): string => {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (typeof node !== 'object' || node === null) return '';
  const { type, props } = node as { type: unknown; props: { children?: unknown } };
  return typeof type === 'function' && type.name !== 'Fragment' && type.length === 1
    ? textOf(type(props))
    : textOf(props.children);
};

const told = (result: Result): Readonly<Record<'command' | 'report' | 'page', string>> => {
  const origin = { program: 'a program', command: 'a command', file: 'study.yaml', text: '' };
  return {
    command: solveReport(result, study, []),
    report: plain(reportPage({ study, result, menu: menuTable(study, solution), pictures: [], origin })),
    page: textOf([Certificate({ result, units: undefined }), Conditions({ result })]),
  };
};

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What is said, whatever the lines, the capitals and the elements. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase();

describe('command, report and page call the same thing by the same words', () => {
  const { result } = solution;

  it.each(Object.entries(told(result)))('conditions, in the %s', (_, text) => {
    expect(result.conditions.map(({ holds }) => holds)).toEqual(expect.arrayContaining([true, false]));
    expect(flat(text)).toContain(conditionHeads.margin);
    expect(flat(text)).toContain(conditionHeads.place);
    for (const { name, holds } of result.conditions) {
      const sign = holdsWords(holds).sign;
      expect(text).toContain(sign);
      // In tables the name stands beside the sign, on the page and in the report the words between them.
      expect(flat(text)).toMatch(new RegExp(`${sign} (does not hold |holds )?${conditionName(name)}`));
    }
  });

  it.each(['report', 'page'] as const)('what conditions mean, in the %s', (where) => {
    const text = flat(told(result)[where]);
    for (const condition of result.conditions)
      expect(text).toContain(flat(conditionWords(condition, result)));
  });

  it.each(['command', 'page', 'report'] as const)('violations, in the %s', (where) => {
    const text = flat(told(result)[where]);
    expect(text).toContain(certificateLabels.relativeGap[0]);
    expect(text).toContain(certificateLabels.incentives[0]);
    expect(text).toContain(certificateLabels.participation[0]);
  });

  it.each(['command', 'page'] as const)('what is attained, its bound and each status, in the %s', (where) => {
    for (const status of ['optimal', 'feasible', 'uncertified'] as const) {
      const text = flat(told({ ...result, status })[where]);
      expect(text).toContain(`${statusWords[status].sign} ${statusWords[status].words}`);
      expect(text).toContain(certificateLabels.attained[0]);
      expect(text).toContain(certificateLabels.upperBound[0]);
    }
  });

  it('the sign of each status, in the report', () => {
    for (const status of ['optimal', 'feasible', 'uncertified'] as const)
      expect(told({ ...result, status }).report).toContain(` ${statusWords[status].sign} `);
  });
});
