import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAlignedPercent,
  formatNumber,
  formatPercent,
  formatSize,
  numberFormula,
} from '../../packages/app/src/report/numbers.ts';

describe('a number for people', () => {
  it.each([
    [0.1010416666, '0.101042'],
    [-2.5, '−2.5'],
    [8_333_333.4, '8,333,333'],
    [1234.567, '1,234.57'],
    [123_456_789, '123,456,789'],
    [999_999.96, '1,000,000'],
    [0.9999999, '1'],
    [-0, '0'],
    [100, '100'],
    [4.7947123e16, '4.79471e16'],
    [-1.5e-9, '−1.5e-9'],
    [-3e-17, '≈ 0'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [Number.NaN, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%d reads %s', (number, text) => {
    expect(formatNumber(number)).toBe(text);
  });

  it('is within half a unit of its last digit, whatever it is', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        fc.pre(Math.abs(x) > 1e-15);
        const read = Number(formatNumber(x).replaceAll(',', '').replace('−', '-'));
        expect(Math.abs(read - x)).toBeLessThanOrEqual(5.000001e-6 * Math.abs(x));
        if (Math.abs(x) < 1e12) expect(Math.abs(read - x)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it('never shows what only a machine understands', () => {
    const odd = fc.oneof(
      fc.double(),
      fc.constantFrom(
        -0,
        1e308,
        -1e308,
        Number.MAX_VALUE,
        5e-324,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        null,
        undefined,
      ),
    );
    fc.assert(
      fc.property(odd, (x) => {
        for (const text of [formatNumber(x), formatPercent(x), formatAlignedPercent(x), formatSize(x)]) {
          expect(text).not.toMatch(
            /NaN|Infinity|null|undefined|[-−]0(?![.\d])|[-−]0\.?0* |e[-−](1[6-9]|[2-9]\d|\d{3})/,
          );
          expect(text).not.toMatch(/^-/);
        }
      }),
    );
  });
});

it.each([
  [-5e-16, '< 1e-12'],
  [2.2e-16, '< 1e-12'],
  [0, '0'],
  [3.14e-8, '3.1e-8'],
  [-0.005, '−5.0e-3'],
  [null, '–'],
])('a gap of %d reads %s', (gap, text) => {
  expect(formatSize(gap)).toBe(text);
});

it.each([
  [0.125, '12.5 %'],
  [1e308, 'over 1000000000000 %'],
  [1e-17, '0 %'],
  [-1e-17, '0 %'],
])('a share of %d reads %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

it('shares below one another have two decimals', () => {
  expect([0.987, 1, -1e-9, null].map((share) => formatAlignedPercent(share))).toEqual([
    '98.70 %',
    '100.00 %',
    '0.00 %',
    '–',
  ]);
});

it.each([
  ['8,333,333', '$8{,}333{,}333$'],
  ['−1.5e-9', '$-1.5 \\times 10^{-9}$'],
  ['< 1e-12', '$< 10^{-12}$'],
])('LaTeX sets %s as %s', (text, formula) => {
  expect(numberFormula(text)).toBe(formula);
});
