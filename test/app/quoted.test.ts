import { describe, expect, it } from 'vitest';
import {
  columnWords,
  createRegistry,
  fewTiers,
  formatMoney,
  latexTable,
  menuTable,
  parseStudy,
  quoted,
  quotedMenu,
  quotedResult,
  reportPage,
  type Study,
  solveStudy,
  standardPlugin,
  studyPictures,
} from '../../packages/app/src/index.ts';
import { solveReport } from '../../packages/cli/src/solve-report.ts';

const registry = createRegistry([standardPlugin]);

/** A unit of money is ten dollars, one of input a thousand tokens that are quoted by the million. */
const units =
  'units: { currency: $, money: 10, period: month, inputs: { input: { per: 1000, quote: 1e6 } } }';
const production = `
production: { use: cobb-douglas, exponents: { input: 0.5 } }
inputs: { input: { scope: task, cost: 0.125 } }
`;
const kinds: Readonly<Record<string, string>> = {
  'a distribution':
    'buyers: { kind: representative, type: { use: uniform } }\nimplementation: two-part-tariff',
  'a list':
    'buyers: { kind: representative, types: [{ name: low, value: 1, mass: 0.7 }, { name: high, value: 2, mass: 0.3 }] }',
  'values and scales':
    'buyers: { kind: value-scale, value: { use: uniform }, scale: { use: uniform }, dependence: { use: independent } }',
};

const read = (text: string): Study => parseStudy(text, { file: 'study.yaml', registry });

const everything = (study: Study) => {
  const solution = solveStudy(study);
  const { result } = solution;
  const menu = menuTable(study, solution);
  const pictures = studyPictures(study, solution);
  const report = {
    study,
    result,
    menu,
    pictures: pictures.map((picture) => ({ picture, svg: '<svg></svg>' })),
    tiers: fewTiers(study, 2),
    origin: { program: 'menusmith', command: 'menusmith solve', file: 'study.yaml', text: '' },
  };
  return {
    solution,
    menu,
    pictures,
    report: reportPage(report),
    latex: latexTable(result, menu, study),
    terminal: solveReport(result, study, []),
  };
};

describe.each(Object.entries(kinds))('the units of a study of %s', (_, buyers) => {
  const study = read(`${production}${buyers}\n${units}\n`);
  const { solution, menu, pictures, report, latex, terminal } = everything(study);

  it('are in the report, in the table for LaTeX and in the terminal, and numbers are in them', () => {
    const profit = formatMoney(10 * solution.result.profit!, study.units);
    expect(profit.startsWith('$')).toBe(true);
    for (const text of [report, terminal]) {
      expect(text).toContain('money in $ per month; input in 1M tokens');
      expect(text).toContain(profit);
    }
    expect(report).toContain('transfer, $ per month');
    expect(report).toContain('total input, 1M tokens');
    expect(report).toContain('input at $1,250 per 1M tokens');
    expect(latex).toContain('Profit, \\$ per month');
    expect(latex).toContain('transfer, \\$ per month');
    expect(latex).toContain(`$${profit.slice(1)}$`);
  });

  it('are on the axes of every picture in money, with captions that say so', () => {
    for (const { name, specification, caption } of pictures) {
      const text = JSON.stringify(specification);
      expect(text, name).not.toMatch(/, money"/);
      if (['transfer', 'rent', 'tariff', 'fee'].includes(name)) {
        expect(text, name).toContain('$ per month');
        expect(caption, name).toContain('$ per month');
      }
      if (name === 'inputs') expect(text).toContain('1M tokens');
    }
    const plain = everything(read(`${production}${buyers}\n`));
    for (const name of ['transfer', 'rent', 'tariff', 'who-gets-what', 'inputs']) {
      const most = (of: typeof pictures, field: string): number => {
        const found = of.find((picture) => picture.name === name)?.specification.datasets ?? {};
        const rows = Object.values(found).flat() as Record<string, number>[];
        return rows.reduce((largest, row) => Math.max(largest, Number(row[field] ?? 0)), 0);
      };
      const field = { tariff: 'transfer', 'who-gets-what': 'money' }[name] ?? 'y';
      // An input's unit is a thousand tokens, a thousandth of what is quoted.
      const factor = name === 'inputs' ? 1e-3 : 10;
      expect(most(pictures, field), name).toBeCloseTo(factor * most(plain.pictures, field), 9);
    }
  });

  it('leave the result and its CSV as they are', () => {
    const plain = everything(read(`${production}${buyers}\n`));
    expect({ ...solution.result, seconds: 0, notes: [] }).toEqual({
      ...plain.solution.result,
      seconds: 0,
      notes: [],
    });
    expect(menu).toEqual(plain.menu);
  });

  it('that are not said are not told', () => {
    const plain = everything(read(`${production}${buyers}\n`));
    for (const text of [plain.report, plain.latex, plain.terminal, JSON.stringify(plain.pictures)])
      expect(text).not.toMatch(/per month|tokens, |undefined/);
  });
});

it('money is told by its name wherever it stands, and margins of conditions are not money', () => {
  const { units: own } = read(`${production}${kinds['a list']}\n${units}\n`);
  const data = {
    profit: 2,
    conditions: [{ name: 'x', margin: 1 }],
    types: [
      { transfer: 3, value: 4, inputs: { input: 5, other: 5 }, perTask: { input: [5, 10] }, profile: [1, 2] },
    ],
    tariff: { upfront: 1, prices: { 'large.input': 2 }, taskCap: null },
    none: null,
  };
  expect(quoted(data, own)).toEqual({
    profit: 20,
    conditions: [{ name: 'x', margin: 1 }],
    types: [
      {
        transfer: 30,
        value: 4,
        inputs: { input: 0.005, other: 5 },
        perTask: { input: [0.005, 0.01] },
        profile: [1, 2],
      },
    ],
    // 2 units of money, 20 dollars, for a thousand tokens are 20,000 for a million.
    tariff: { upfront: 10, prices: { 'large.input': 20_000 }, taskCap: null },
    none: null,
  });
  expect(quoted(data, undefined)).toEqual(data);
  expect(columnWords('price large.input', own)).toBe('price large.input, $ per 1M large.input tokens');
});

it('an amount that is rounding beside the others is nothing', () => {
  const { result } = solveStudy(read(`${production}${kinds['a distribution']}\n`));
  const noisy = { ...result, consumerSurplus: 3e-17, certificate: { ...result.certificate } };
  expect(quotedResult(noisy, undefined).consumerSurplus).toBe(0);
  const menu = { columns: ['value', 'transfer', 'rent'], rows: [[1e-17, 1, -2e-17]] };
  expect(quotedMenu(menu, undefined).rows).toEqual([[1e-17, 1, 0]]);
});

it.each([
  ['$', '−$1,234.5'],
  ['EUR', '−EUR 1,234.5'],
  ['""', '−1,234.5'],
])('money in %s stands in a sentence as %s', (currency, text) => {
  const { units: own } = read(`${production}${kinds['a list']}\nunits: { currency: ${currency} }\n`);
  expect(formatMoney(-1234.5, own)).toBe(text);
});
