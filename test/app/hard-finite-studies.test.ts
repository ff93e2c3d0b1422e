import { createRegistry, parseStudy, prepareStudy, solveStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { families } from './samples/hard-finite-families.ts';

const registry = createRegistry([standardPlugin]);

const solved = async (study: object) => {
  const parsed = parseStudy(JSON.stringify({ name: 'hard', ...study }), { file: 'hard.json', registry });
  await prepareStudy(parsed);
  return solveStudy(parsed).result;
};

describe.each(Object.entries(families))('%s', (_, { seeds, study }) => {
  test.each(seeds)('study %i is solved to the tolerance', async (seed) => {
    const { status, profit, certificate, efficientWelfare } = await solved(study(seed));
    expect(status).toBe('optimal');
    expect(profit).toBeGreaterThan(0);
    expect(certificate.upperBound!).toBeLessThanOrEqual(efficientWelfare!);
  });
});

test.each([
  // Exponents that sum to .9, with a shared input: the first step led to qualities of 1e80.
  [
    9886.4312,
    {
      production: { use: 'cobb-douglas', exponents: { x: 0.5, z: 0.4 }, base: { z: 1 } },
      inputs: { x: { scope: 'task', cost: 0.1 }, z: { scope: 'shared', cost: 0.1 } },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.5, 0.5] },
        types: [
          { mass: 1, values: [0.3, 0.2] },
          { mass: 1, values: [0.3, 0.3] },
          { mass: 1, values: [0.8, 1] },
        ],
      },
    },
  ],
  // C = q¹⁰: what is sold in part is served as if its value were 10⁻¹⁰ and less.
  [
    0.3839429,
    {
      production: { use: 'cobb-douglas', exponents: { x: 0.1 } },
      inputs: { x: { scope: 'task', cost: 0.1 } },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [1 / 3, 1 / 3, 1 / 3] },
        types: [
          { mass: 0.048398438347740394, values: [0.9365896801440997, 0.618458281235946, 0.9779860578073551] },
          { mass: 0.842068173026511, values: [0.8588871755860693, 0.4907677691855311, 0.016397440330493285] },
          {
            mass: 0.10953338862574856,
            values: [0.21293310511855745, 0.11933683369532311, 0.7375672700319527],
          },
        ],
      },
    },
  ],
  // A type with φ = 0 exactly: quality and its multiplier both go to 0 like the root of the gap.
  [
    0.143311517,
    {
      cost: { use: 'quadratic' },
      buyers: {
        kind: 'value-scale-grid',
        values: [0.25, 0.5, 0.75, 1],
        scales: [0.25, 0.5, 0.75, 1],
        mass: [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 37 : 1))),
      },
    },
  ],
])('the profit is %f, worked out by other programs', async (profit, study) => {
  const result = await solved(study);
  expect(result.status).toBe('optimal');
  expect(Math.abs(result.profit! / profit - 1)).toBeLessThan(1e-7);
});

test('goods with values of 11 digits are sold at the optimum', async () => {
  // Three goods, six values each. HiGHS meets constraints to 1e-10 only, and thousands of types are indifferent to less.
  const values = [1, 3, 5, 7, 9, 11].map((k) => Number((k / 12).toFixed(11)));
  const types = values.flatMap((a) =>
    values.flatMap((b) => values.map((c) => ({ mass: 1, values: [a, b, c] }))),
  );
  const { status } = await solved({
    cost: { use: 'linear', rate: 0, max: 1 },
    buyers: { kind: 'profiles', tasks: { weights: [1 / 3, 1 / 3, 1 / 3] }, types },
  });
  expect(status).toBe('optimal');
});
