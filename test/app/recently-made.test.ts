import { createRegistry, parseStudy, type Study, standardPlugin, studyFromText } from '@menusmith/app';
import { csvTable } from '@menusmith/app/browser';
import { iron, representativeDistribution } from '@menusmith/core';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);

const text = (value: string, cost = 0.125): string => `production:
  use: cobb-douglas
  exponents: { input: 0.5 }
inputs:
  input: { scope: task, cost: ${cost} }
buyers:
  kind: value-scale
  value: ${value}
  scale: { use: uniform, min: 0, max: 1 }
  dependence: { use: gaussian, rho: 0.6 }
contract: packages
`;
const buyersOf = ({ buyers }: Study) => {
  if (buyers.kind !== 'value-scale') throw new Error('expected values and scales');
  return buyers;
};
const buyers = (value: string, cost?: number) =>
  buyersOf(parseStudy(text(value, cost), { file: 'study.yaml', registry }));
const beta = (a: number): string => `{ use: beta, a: ${a}, b: 3, min: 0, max: 1 }`;

describe('a distribution made a short while ago', () => {
  it('is the same object, with what was computed of it, when only costs have moved', () => {
    const first = buyers(beta(2), 0.1);
    const second = buyers(beta(2), 0.2);
    expect(second.value).toBe(first.value);
    expect(second.dependence).toBe(first.dependence);
    expect(iron(second.value)).toBe(iron(first.value));
    const index = ({ value, scale, dependence }: typeof first) =>
      representativeDistribution(value, scale, 0.5, dependence);
    expect(index(second)).toBe(index(first));
  });

  it('is another object for other parameters, and of F_θ for another degree', () => {
    expect(buyers(beta(2)).value).not.toBe(buyers(beta(2.000001)).value);
    const { value, scale } = buyers(beta(2));
    expect(representativeDistribution(value, scale, 0.4).max).toBe(1);
    expect(representativeDistribution(value, scale, 0.5)).not.toBe(
      representativeDistribution(value, scale, 0.4),
    );
  });

  it('is told by the parts of a mixture, and forgotten after others', () => {
    const mixed = (a: number): string =>
      `{ use: mixture, parts: [{ weight: 1, of: ${beta(a)} }, { weight: 2, of: { use: uniform } }] }`;
    const first = buyers(mixed(2)).value;
    expect(buyers(mixed(2)).value).toBe(first);
    expect(buyers(mixed(3)).value).not.toBe(first);
    for (let a = 4; a < 20; a++) buyers(mixed(a));
    expect(buyers(mixed(2)).value).not.toBe(first);
  });

  it('is told by the numbers of a column, not by the name of its file', () => {
    const value = '{ use: empirical, file: values.csv, column: value }';
    const withFile = (csv: string) =>
      buyersOf(
        studyFromText(text(value), {
          file: 'study.yaml',
          registry,
          csvFiles: (path) => csvTable(csv, path),
        }),
      ).value;
    const first = withFile('value\n1\n2\n4\n');
    expect(withFile('value\n1\n2\n4\n')).toBe(first);
    expect(withFile('value\n1\n2\n5\n')).not.toBe(first);
  });
});
