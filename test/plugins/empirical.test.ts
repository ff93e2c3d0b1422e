import { createRegistry, solveStudy, standardPlugin, studyFromText } from '@menusmith/app';
import type { Distribution } from '@menusmith/core';
import { empirical, lognormal } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const distributionOf = (column: readonly number[]): Distribution =>
  empirical.create({ file: 'sample.csv', column });

/** E[x^m] where the density is constant between breakpoints. */
const moment = ({ min, max, breakpoints, density }: Distribution, m: number): number => {
  const ends = [min, ...breakpoints, max];
  let sum = 0;
  for (let k = 0; k + 1 < ends.length; k++) {
    const [from, to] = [ends[k]!, ends[k + 1]!];
    sum += (density((from + to) / 2) * (to ** (m + 1) - from ** (m + 1))) / (m + 1);
  }
  return sum;
};
const sampleMoment = (column: readonly number[], m: number): number =>
  column.reduce((sum, x) => sum + x ** m, 0) / column.length;

/** A sample without noise: quantiles of a lognormal at even ranks. */
const heavy = (count: number, sigma: number): number[] => {
  const { quantile } = lognormal.create({ mu: 0, sigma, min: 0, max: 1e9 });
  return Array.from({ length: count }, (_, k) => quantile((k + 0.5) / count));
};
const outlier = [...heavy(999, 0.5), 60];

const samples: readonly (readonly [string, readonly number[]])[] = [
  ['with an outlier', outlier],
  ['of ten', [0.1, 0.4, 0.45, 0.5, 0.61, 0.7, 0.72, 0.8, 0.9, 1]],
  ['of four', [0.3, 0.1, 0.7, 0.2]],
  ['of whole numbers', Array.from({ length: 400 }, (_, k) => [1, 2, 3, 4, 5, 5, 5, 5][k % 8]!)],
  ['with a heavy tail, sigma 2', heavy(20_000, 2)],
  ['with zeros and negative numbers', [-3, -1, 0, 0, 0, 2, 2.5, 4, 7]],
];

describe.each(samples)('a sample %s', (_, column) => {
  const distribution = distributionOf(column);

  test('has its mean and its mean square, to rounding, on its own support', () => {
    expect([distribution.min, distribution.max]).toEqual([Math.min(...column), Math.max(...column)]);
    expect(moment(distribution, 0)).toBeCloseTo(1, 13);
    const size = sampleMoment(column, 2);
    expect(Math.abs(moment(distribution, 1) - sampleMoment(column, 1))).toBeLessThan(1e-12 * Math.sqrt(size));
    expect(Math.abs(moment(distribution, 2) / size - 1)).toBeLessThan(1e-12);
  });

  test('has a few hundred breakpoints at most, however large it is', () => {
    expect(distribution.breakpoints.length).toBeLessThan(520);
  });
});

test('two values cannot have both moments: the mean square is to 1e-3', () => {
  const distribution = distributionOf([4, 0]);
  expect(moment(distribution, 1)).toBeCloseTo(2, 12);
  expect(Math.abs(moment(distribution, 2) / 8 - 1)).toBeLessThan(1e-3);
});

test('ranks of a smooth sample are those of the sample to a hundredth, thinned or not', () => {
  for (const count of [200, 20_000]) {
    const column = heavy(count, 0.5);
    const { cdf } = distributionOf(column);
    for (let k = 0; k < count; k += count / 50)
      expect(Math.abs(cdf(column[k]!) - (k + 0.5) / count)).toBeLessThan(0.01);
  }
});

describe('what is said of a sample', () => {
  test('the greatest value that holds much of the mean square, and what would be safer', () => {
    expect(distributionOf(outlier).remarks).toEqual([
      expect.stringMatching(
        /^empirical \(sample\.csv\): the greatest value, 60, is 1 of 1000 rows and holds \d\d\.\d+ % of the sum of squares: .* lognormal or pareto/,
      ),
    ]);
    expect(distributionOf(heavy(1000, 0.5)).remarks).toEqual([]);
  });

  test('stands in the notes of the result, whose efficient welfare is the sample’s own mean of v²/2', () => {
    const table = (file: string) => ({
      file,
      columns: ['value'],
      headerLine: 1,
      rows: outlier.map((value, k) => ({ line: k + 2, cells: [String(value)] })),
    });
    const study = studyFromText(
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: empirical, file: o.csv, column: value } }\ncontract: efficient',
      { file: 'study.yaml', registry: createRegistry([standardPlugin]), csvFiles: table },
    );
    const { efficientWelfare, notes } = solveStudy(study).result;
    expect(efficientWelfare! / (sampleMoment(outlier, 2) / 2)).toBeCloseTo(1, 10);
    expect(notes[0]).toMatch(/^empirical \(o\.csv\): the greatest value, 60,/);
  });
});
