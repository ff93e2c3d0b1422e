import {
  createRegistry,
  formatInputError,
  prepareStudy,
  solveStudy,
  standardPlugin,
  studyFromText,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const lottery = 'name,mass,a,b\nN1,1,8,2\nN2,1,3,7\nN3,1,5,5';

const studyOf = (text: string, csv = '') => {
  const [columns, ...rows] = csv.split('\n').map((line) => line.split(','));
  return studyFromText(text, {
    file: 'study.yaml',
    registry,
    csvFiles: (file) => ({
      file,
      columns: columns!,
      headerLine: 1,
      rows: rows.map((cells, k) => ({ line: k + 2, cells })),
    }),
  });
};
const solved = async (text: string, csv?: string) => {
  const study = studyOf(text, csv);
  await prepareStudy(study);
  return solveStudy(study).result;
};
const complaint = (text: string, csv?: string): string => {
  try {
    studyOf(text, csv);
  } catch (error) {
    if (error instanceof InputError) return formatInputError(error);
    throw error;
  }
  throw new Error('the study was accepted');
};
const goods = 'cost: { use: linear, rate: 0, max: 1 }\n';

describe('the task columns of a file', () => {
  test('have the weights of the study: at weight 1 the buyers of the profiles 8, 2; 3, 7; 5, 5, who pay 10', async () => {
    const { profit, notes } = await solved(
      `${goods}buyers: { kind: file, file: l.csv, weights: [1, 1] }`,
      lottery,
    );
    expect(profit).toBeCloseTo(10, 9);
    expect(notes.filter((note) => note.includes('l.csv'))).toEqual([]);
  });

  test('share 1 where the study gives none, and the result says so', async () => {
    const { profit, notes } = await solved(`${goods}buyers: { kind: file, file: l.csv }`, lottery);
    expect(profit).toBeCloseTo(5, 9);
    expect(notes.filter((note) => note.includes('l.csv'))).toEqual([
      'l.csv has 2 task columns, and the study gives no weights: each counts 1/2 in values and costs. ' +
        'buyers.weights has one number a column; all of them 1 would count every task in full.',
    ]);
  });

  test.each([
    ['weights: [1]', 'buyers.weights: expected 2 weights, one a task column (a, b), got 1'],
    ['weights: [1, -1]', 'buyers.weights[1]: expected a number above 0, got -1'],
    ['columns: { mas: n }', 'buyers.columns.mas: no such field; did you mean mass?'],
  ])('with %s are refused', (field, message) => {
    expect(complaint(`${goods}buyers: { kind: file, file: l.csv, ${field} }`, lottery)).toContain(message);
  });
});

describe('the columns of a file under names of its own', () => {
  const rows = 'region,CTX,size,n\neu,0.4,0.25,2\nus,0.8,1,1';
  const text = (columns: string) =>
    `cost: { use: quadratic }\nbuyers: { kind: file, file: l.csv, columns: ${columns} }`;
  const plain = 'value,scale,mass\n0.4,0.25,2\n0.8,1,1';

  test('are the same buyers', async () => {
    const own = await solved(text('{ value: CTX, scale: size, mass: n, name: region }'), rows);
    const usual = await solved('cost: { use: quadratic }\nbuyers: { kind: file, file: l.csv }', plain);
    expect(own.profit).toBe(usual.profit);
    expect(own.types.map(({ name }) => name)).toEqual(['eu', 'us']);
  });

  test('without scales have scale 1, and the result says so: the types .4 and .8, of mass 2 and 1', async () => {
    const { profit, notes } = await solved(text('{ value: CTX, mass: n }'), 'CTX,n\n0.4,2\n0.8,1');
    // q = (.4 − ½·.4, .8): profit ⅔·½·.2² + ⅓·½·.8².
    expect(profit).toBeCloseTo(0.12, 9);
    expect(notes[0]).toMatch(/^l\.csv has no column of scales: every buyer counts with scale 1\./);
  });

  test('are refused where the file has no such column', () => {
    expect(complaint(text('{ value: CTX, mass: count }'), rows)).toContain(
      'buyers.columns.mass: l.csv: no column called "count"',
    );
  });
});

describe('a normal without a support', () => {
  const normal = (fields: string) =>
    `cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: truncated-normal, ${fields} } }\ncontract: efficient`;

  test('loses nothing: E[θ²/2] is (mean² + sd²)/2', async () => {
    expect((await solved(normal('mean: 3, sd: 0.4'))).efficientWelfare).toBeCloseTo(4.58, 9);
    expect((await solved(normal('mean: 3, sd: 0.4, min: 0'))).efficientWelfare).toBeCloseTo(4.58, 9);
  });

  test('is refused where some of it is negative, with the share', () => {
    expect(complaint(normal('mean: 3, sd: 1'))).toContain(
      'type.min: truncated-normal: expected min, as 0.135 % of a normal with mean 3 and sd 1 is below 0; min: 0 cuts that off',
    );
  });
});

describe('ends that miss their bound by rounding', () => {
  const scales = (scale: string) =>
    `cost: { use: quadratic }\nbuyers: { kind: value-scale, value: { use: uniform }, scale: ${scale} }`;
  // Their sum is 1 + 2⁻⁵².
  const polynomial =
    '{ use: quantile-polynomial, coefficients: [0, 0.4505405174181762, -0.2996207078888687, 0.8490801904706926] }';

  test('are the bound: E[s]/12 at C = q²/2', async () => {
    // E[s] of Σ a_k t^k is Σ a_k/(k + 1).
    const mean = 0.4505405174181762 / 2 - 0.2996207078888687 / 3 + 0.8490801904706926 / 4;
    const { status, profit } = await solved(scales(polynomial));
    expect(status).toBe('optimal');
    expect(profit).toBeCloseTo(mean / 12, 12);
  });

  test.each([
    [
      'a file',
      `${goods}buyers: { kind: file, file: l.csv }`,
      'value,scale,mass\n-1e-17,1.0000000000000002,1\n1,1,1',
    ],
    [
      'a grid',
      `${goods}buyers: { kind: value-scale-grid, values: [0, 1], scales: [0.5, 1.0000000000000002], mass: [[1, 1], [1, 1]] }`,
      '',
    ],
  ])('in %s as well', (_, text, csv) => {
    const { buyers } = studyOf(text, csv);
    if (!('scales' in buyers)) throw new Error('no scales');
    expect(buyers.scales.at(-1)).toBe(1);
  });

  test('are refused where it is more than rounding', () => {
    expect(complaint(scales('{ use: uniform, max: 1.00000001 }'))).toContain(
      'expected a support within [0, 1]',
    );
  });
});
