import { createRegistry, parseStudy, renderSvg, solveStudy, standardPlugin } from '@menusmith/app';
import { closedFormPicture } from '@menusmith/replication';
import { describe, expect, it } from 'vitest';

const registry = createRegistry([standardPlugin]);

interface Setting {
  readonly exponent?: number;
  readonly fineTuningCost?: number;
  readonly value?: string;
  readonly contract?: string;
  readonly supply?: string;
}

const uniform = '{ use: uniform, min: 0, max: 1 }';
const pictures = ({
  exponent = 0.25,
  fineTuningCost = 0.125,
  value = uniform,
  contract = 'allocations',
  supply = 'auto',
}: Setting) => {
  const text = `
production:
  use: cobb-douglas
  exponents: { input: ${exponent}, output: ${exponent}, fineTuning: ${exponent} }
  base: { fineTuning: 1 }
inputs:
  input: { scope: task, cost: 0.125 }
  output: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: ${fineTuningCost} }
buyers: { kind: value-scale, value: ${value}, scale: ${uniform} }
contract: ${contract}
solver: { supply: ${supply} }
`;
  const study = parseStudy(text, { file: 'study.yaml', registry });
  return closedFormPicture(study, solveStudy(study));
};

describe('the picture of differences from closed forms', () => {
  it.each([
    { contract: 'allocations' },
    { contract: 'packages' },
    { contract: 'allocations', exponent: 0.2, supply: 'numeric' },
  ])('has differences of rounding alone: %o', (setting) => {
    const [picture] = pictures(setting);
    const { differences } = picture!.specification.datasets as unknown as {
      readonly differences: readonly { readonly measure: string; readonly difference: number }[];
    };
    expect(new Set(differences.map(({ measure }) => measure))).toEqual(new Set(['quality', 'transfer']));
    expect(differences.length).toBe(50);
    for (const { difference } of differences) expect(difference).toBeLessThan(1e-12);
  });

  it('is drawn', async () => {
    const svg = await renderSvg(pictures({})[0]!.specification);
    for (const text of ['value w of a task', 'absolute difference', 'quality', 'transfer'])
      expect(svg).toContain(`>${text}</text>`);
  });

  it.each([
    ['costs differ', { fineTuningCost: 0.25 }],
    ['values are not uniform', { value: '{ use: beta, a: 2, b: 3 }' }],
    ['values end elsewhere', { value: '{ use: uniform, min: 0, max: 2 }' }],
    ['nothing is sold', { contract: 'efficient' }],
    ['rents of packages are not closed', { contract: 'packages', exponent: 0.2 }],
  ])('is not there where %s', (_, setting) => {
    expect(pictures(setting)).toEqual([]);
  });
});
