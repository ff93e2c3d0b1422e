import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../packages/app/src/composition-root.ts';
import type { Result } from '../../packages/app/src/result.ts';
import { solveStudy } from '../../packages/app/src/solve/solve-study.ts';
import { parseStudy } from '../../packages/app/src/study/parse-study.ts';
import { standardPlugin } from '../../plugins/src/index.ts';
import { example1 } from './samples/example-1.ts';

const registry = createRegistry([standardPlugin]);
const solve = (study: unknown): Result =>
  solveStudy(parseStudy(JSON.stringify(study), { file: 'test.json', registry })).result;

const twoInputs = {
  production: { use: 'cobb-douglas', exponents: { x: 0.25, y: 0.25 } },
  inputs: { x: { scope: 'task', cost: 0.125 }, y: { scope: 'task', cost: 0.125 } },
};
const uniform = { use: 'uniform', min: 0, max: 1 };
const normal = (mean: number, sd: number, max = 1) => ({ use: 'truncated-normal', mean, sd, min: 0, max });
const independent = { use: 'independent' };
const valueScale = (value: unknown, scale: unknown = uniform, dependence: unknown = independent) => ({
  buyers: { kind: 'value-scale', value, scale, dependence },
});

const expectNear = (got: number | undefined | null, right: number, tolerance: number): void => {
  expect(Math.abs(got! - right), `${got} for ${right}`).toBeLessThan(tolerance);
};

describe('values in a narrow peak', () => {
  // 0.0687 by a push-forward of four million points and its concave hull.
  test('earn what they do, in token packages, however wide their support', () => {
    const [narrow, wide] = [1, 1000].map((max) =>
      solve({ ...example1, ...valueScale(normal(0.5, 0.001, max)), contract: 'packages' }),
    );
    expect(wide!.status).toBe('optimal');
    expectNear(wide!.profit, 0.0687, 1e-4);
    expectNear(wide!.profit, narrow!.profit!, 1e-10);
  });

  test('have one efficient welfare, whatever the contract', () => {
    const study = { ...example1, ...valueScale(normal(0.5, 0.001)) };
    const [packages, allocations] = ['packages', 'allocations'].map(
      (contract) => solve({ ...study, contract }).efficientWelfare,
    );
    // E[w²]/2 to 1e-6: nobody is fine-tuned by much.
    expectNear(packages, 0.125, 1e-5);
    expectNear(allocations, packages!, 1e-10);
  });
});

test('half of the scales in a narrow peak are not lost', () => {
  // Supply is w²s: E[(2w − 1)²; w > 1/2] = 1/6 times the mean scale, (0.5 + 0.5023)/2.
  const parts = [
    { weight: 0.5, of: uniform },
    { weight: 0.5, of: normal(0.5023, 0.001) },
  ];
  const result = solve({ ...twoInputs, ...valueScale(uniform, { use: 'mixture', parts }) });
  expect(result.status).toBe('optimal');
  expectNear(result.profit, 0.50115 / 6, 1e-10);
});

/*
 * With rate 2, φ = w − 1/2, exponential again above 1/2. At φ and scale s supply is worth φ²s, or 2φ⁴s² + 1/8 from s = 1/(4φ²) on: the mean over uniform
 * scales and φ, by Gauss's rule with 60 nodes a unit, is 0.388559092.
 */
test.each([20, 1e4, 1e13, 1e40])('an exponential cut at %f earns the same', (max) => {
  const result = solve({ ...example1, ...valueScale({ use: 'exponential', rate: 2, min: 0, max }) });
  expect(result.status).toBe('optimal');
  expectNear(result.profit, 0.388559092, 1e-9);
});
