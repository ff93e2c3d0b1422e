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

test('a grid and the same buyers type by type, on tasks between its scales, have one optimum', async () => {
  // The profiles came back to one checkpoint without end: 399 iterations, and a gap of 4e-7.
  const technology = {
    production: {
      use: 'cobb-douglas',
      exponents: { x: 0.167954, y: 0.334239, z: 0.31795 },
      base: { z: 0 },
    },
    inputs: {
      x: { scope: 'task', cost: 0.265225 },
      y: { scope: 'task', cost: 0.74181 },
      z: { scope: 'shared', cost: 2.90658 },
    },
  };
  const values = [0.518346, 0.590615, 0.647315, 0.683373, 0.724536, 0.800208, 0.894925];
  const scales = [0.127819, 0.575845, 0.654313, 0.803039, 0.8204, 0.916404];
  const mass = [
    [0.0133587, 0.00649254, 0.0236439, 0.0145706, 0.00931235, 0.0184439],
    [0.0109069, 0.00259162, 0.0215734, 0.0141287, 0.000461678, 0.0913584],
    [0.0352403, 0.0850344, 0.0167326, 0.00247776, 0.0384924, 0.0190448],
    [0.00620047, 0.026256, 0.0213888, 0.00591209, 0.00697435, 0.0573977],
    [0.00906937, 0.00810035, 0.0644099, 0.0163344, 0.0740273, 0.0598633],
    [0.0150053, 0.0199993, 0.0050877, 0.00378726, 0.0584218, 0.00540669],
    [0.00921969, 0.012896, 0.0282289, 0.0140649, 0.0259274, 0.0221561],
  ];
  const grid = await solved({ ...technology, buyers: { kind: 'value-scale-grid', values, scales, mass } });
  const profiles = await solved({
    ...technology,
    buyers: {
      kind: 'profiles',
      tasks: { weights: scales.map((scale, j) => scale - (scales[j - 1] ?? 0)) },
      types: values.flatMap((value, i) =>
        scales.map((_, j) => ({ mass: mass[i]![j], values: scales.map((_, m) => (m <= j ? value : 0)) })),
      ),
    },
  });
  expect([grid.status, profiles.status]).toEqual(['optimal', 'optimal']);
  for (const field of ['profit', 'efficientWelfare'] as const)
    expect(Math.abs(profiles[field]! / grid[field]! - 1)).toBeLessThan(2e-8);
});

test('what is not solved earns no less than one item does', async () => {
  // Made for one type at all that it is worth to her, one item earns 155.0377 here; the best that the solver found earned 154.81.
  const { study } = families['exponents that sum to more than .9, with a shared input']!;
  const { profit, certificate } = await solved(study(53));
  expect(profit).toBeGreaterThan(155.0377);
  expect(certificate.upperBound).toBeGreaterThanOrEqual(profit!);
});
