import { createRegistry, parseStudy, type Result, solve, standardPlugin } from '@menusmith/app';
import { describe, expect, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const solved = async (document: object): Promise<Result> =>
  (await solve(parseStudy(JSON.stringify({ name: 'list', ...document }), { file: 'study.json', registry })))
    .result;

const production = {
  production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
  inputs: { x: { scope: 'task', cost: 0.25 } },
};
const rival = {
  production: { use: 'cobb-douglas', exponents: { x: 0.5 } },
  inputs: { x: { scope: 'task', price: 0.4 } },
};
const tokens = { ...production, outside: { rival } };
const line = {
  kind: 'representative',
  types: [
    { value: 0.3, mass: 1 },
    { value: 0.6, mass: 2 },
    { value: 1, mass: 1 },
  ],
};
const profiles = {
  kind: 'profiles',
  tasks: { weights: [1, 0.5] },
  types: [
    { values: [1, 0.2], mass: 1 },
    { values: [0.3, 0.9], mass: 2 },
    { values: [0.6, 0.6], mass: 1 },
  ],
};

/** C = q²/2 leaves w²/2 of a task, x^½ at price c leaves w²/(4c). */
const curve = (w: number): number => (w * w) / 2;
const made = (w: number, price: number): number => (w * w) / (4 * price);

/** S_n and u_n of every type, with masses that sum to 4. */
const cases: readonly [string, object, readonly (readonly [mass: number, own: number, outside: number])[]][] =
  [
    [
      'types along a line, a number for each',
      { cost: { use: 'quadratic' }, buyers: line, outside: { utility: [0.1, 0.1, 0.6] } },
      [
        [1, curve(0.3), 0.1],
        [2, curve(0.6), 0.1],
        [1, curve(1), 0.6],
      ],
    ],
    [
      'types along a line, a dearer rival',
      { ...tokens, buyers: line },
      line.types.map(({ value, mass }) => [mass, made(value, 0.25), made(value, 0.4)] as const),
    ],
    [
      'profiles, a number for all',
      { cost: { use: 'quadratic' }, buyers: profiles, outside: { utility: 0.25 } },
      profiles.types.map(({ values: [a, b], mass }) => [mass, curve(a!) + 0.5 * curve(b!), 0.25] as const),
    ],
    [
      'a rate for every good',
      {
        cost: { use: 'linear', rate: [0.5, 0.2], max: 1 },
        buyers: { ...profiles, tasks: { weights: [1, 1] } },
        outside: { utility: [0.4, 0.9, 0.3] },
      },
      profiles.types.map(({ values: [a, b], mass }, n) => [
        mass,
        Math.max(0, a! - 0.5) + Math.max(0, b! - 0.2),
        [0.4, 0.9, 0.3][n]!,
      ]),
    ],
  ];

describe('the efficient allocation to listed types beside what they have outside', () => {
  test.each(cases)('serves whom more can be made for than she has: %s', async (_, document, types) => {
    const result = await solved({ ...document, contract: 'efficient' });
    const mean = (term: (own: number, outside: number) => number): number =>
      types.reduce((sum, [mass, own, outside]) => sum + (mass / 4) * term(own, outside), 0);
    expect(result.status).toBe('optimal');
    expect(result.welfare!).toBeCloseTo(mean(Math.max), 12);
    expect(result.certificate.upperBound!).toBeCloseTo(mean(Math.max), 12);
    expect(result.outsideShare!).toBeCloseTo(
      mean((own, outside) => (own < outside ? 1 : 0)),
      12,
    );
    expect(result.types.map(({ takes }) => takes)).toEqual(
      types.map(([, own, outside]) => (own < outside ? 'outside' : 'menu')),
    );
    // It is the first best that the seller’s menu is held against.
    const sold = await solved({ ...document, contract: 'allocations' });
    expect(sold.efficientWelfare!).toBeCloseTo(result.welfare!, 7);
    expect(sold.welfare!).toBeLessThanOrEqual(result.welfare! + 1e-9);
  });

  test('the first best within capacity is known for lists too', async () => {
    const document = { ...production, buyers: line, outside: { utility: 0.05 }, capacity: { x: 0.3 } };
    const sold = await solved(document);
    const efficient = await solved({ ...document, contract: 'efficient' });
    expect(efficient.used!.x!).toBeCloseTo(0.3, 7);
    expect(sold.efficientWelfare!).toBeCloseTo(efficient.welfare!, 9);
    expect(sold.welfare!).toBeLessThanOrEqual(efficient.welfare! + 1e-9);
  });
});
