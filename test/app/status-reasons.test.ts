import { parseStudy, type Result, solve } from 'menusmith';
import { describe, expect, it } from 'vitest';
import { statusWordsOf } from '../../packages/app/src/report/certificate-words.ts';

/** Example 1 with other buyers and settings. */
const example = (rest: string): string => `production:
  use: cobb-douglas
  exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }
  base: { fineTuning: 1 }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
${rest}`;

const scales = (dependence: string, grid = 8): string => `buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1 }
  scale: { use: uniform, min: 0, max: 1 }
  dependence: ${dependence}
  grid: { values: ${grid}, scales: ${grid} }
contract: allocations
`;

const resultOf = async (text: string, timeLimit?: number): Promise<Result> =>
  (await solve(parseStudy(text), timeLimit === undefined ? {} : { timeLimit })).result;

describe('why a result is not certified optimal', () => {
  it('is nothing where it is', async () => {
    const result = await resultOf(
      example(
        'buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }\ncontract: packages\n',
      ),
    );
    expect([result.status, result.reasons]).toEqual(['optimal', []]);
  });

  it('is a gap that is wider than the tolerance, with both numbers', async () => {
    const { status, reasons } = await resultOf(
      example(`${scales('{ use: gaussian, rho: 0.5 }')}solver: { tolerance: 1.e-9 }\n`),
    );
    expect([status, reasons.map(({ code }) => code)]).toEqual(['feasible', ['gap']]);
    expect(reasons[0]!.what).toMatch(/^The gap of [\d.]+ % .* above the tolerance of 1\.0e-9/);
    expect(reasons[0]!.remedy).toContain('buyers.grid');
  });

  it('is time that was up', async () => {
    const { reasons, notes } = await resultOf(example(scales('{ use: gaussian, rho: 0.5 }', 24)), 0);
    expect(reasons[0]!.code).toBe('interrupted');
    expect(notes.join(' ')).toContain(reasons[0]!.what);
  });

  it('is Assumption 1, and the remedy a grid', async () => {
    const text = example(`buyers:
  kind: value-scale
  value:
    use: mixture
    parts:
      - { weight: 0.02, of: { use: uniform, min: 0, max: 1 } }
      - { weight: 0.98, of: { use: beta, a: 4, b: 9 } }
  scale: { use: uniform, min: 0, max: 1 }
contract: allocations
`)
      .replace('input: 0.25, output: 0.25, fineTuning: 0.25', 'input: 0.02, output: 0.02, fineTuning: 0.7')
      .replace('base: { fineTuning: 1 }', 'base: { fineTuning: 0.1 }')
      .replaceAll('cost: 0.125', 'cost: 0.05');
    const { status, conditions, reasons } = await resultOf(text);
    expect(conditions.find(({ name }) => name === 'bounded-rent')?.holds).toBe(false);
    expect([status, reasons[0]!.code]).toEqual(['feasible', 'across-scales']);
    expect(reasons[0]!.remedy).toContain('buyers.grid');
  });

  it('is every contradiction, each on its own', async () => {
    const { status, reasons, certificate } = await resultOf(
      example(
        'buyers: { kind: representative, type: { use: uniform, min: 0, max: 1.e+200 } }\ncontract: packages\n',
      ),
    );
    expect(status).toBe('uncertified');
    expect(reasons.map(({ code }) => code)).toEqual(certificate.doubts!.map(() => 'contradiction'));
  });

  it('never calls optimal what hides nothing', () => {
    expect(statusWordsOf({ status: 'optimal', method: 'efficient' }).words).toBe('certified efficient');
    expect(statusWordsOf({ status: 'optimal', method: 'finite' }).words).toBe('certified optimal');
  });
});
