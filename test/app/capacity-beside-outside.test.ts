import {
  createRegistry,
  parseStudy,
  type Result,
  type Solution,
  solve,
  standardPlugin,
} from '@menusmith/app';
import { describe, expect, test } from 'vitest';
import { mixedMenu } from '../../packages/app/src/capacity/mixed-menu.ts';
import type { Solved } from '../../packages/app/src/solve/solved.ts';

const registry = createRegistry([standardPlugin]);
const solution = (document: object): Promise<Solution> =>
  solve(parseStudy(JSON.stringify(document), { file: 'study.json', registry }));
const solved = async (document: object): Promise<Result> => (await solution(document)).result;

const root = { use: 'cobb-douglas', exponents: { x: 0.5 } };
const tokens = (cost: number) => ({ production: root, inputs: { x: { scope: 'task', cost } } });
const rival = (price: number) => ({
  rival: { production: root, inputs: { x: { scope: 'task', price } } },
});

describe('capacity beside what buyers have outside', () => {
  // v = √x leaves a buyer of θ who buys at the price p the surplus θ²/(4p); E θ² on [0.3, 1.3] is (1.3³ − 0.3³)/3.
  const mean = (1.3 ** 3 - 0.3 ** 3) / 3 / (4 * 0.9);

  test('to whom nothing is sold has what she has outside: where the menu is sold to a part of the buyers alone', async () => {
    const capacity = 0.02;
    const { result, quote } = await solution({
      ...tokens(0.5),
      buyers: { kind: 'representative', type: { use: 'uniform', min: 0.3, max: 1.3 } },
      contract: 'packages',
      outside: rival(0.9),
      capacity: { x: capacity },
    });
    expect(result.status).toBe('optimal');
    // A unit of input earns what the rival takes for it beyond cost: 0.9 − 0.5.
    expect(result.profit!).toBeCloseTo(0.4 * capacity, 9);
    expect(result.consumerSurplus!).toBeCloseTo(mean, 9);
    expect(result.welfare!).toBeCloseTo(mean + 0.4 * capacity, 9);
    for (const value of [0.3, 0.6, 1, 1.3]) {
      const { rent, takes } = quote({ value });
      expect(rent!).toBeGreaterThan((value * value) / (4 * 0.9) - 1e-9);
      expect(['menu', 'outside']).toContain(takes);
    }
  });

  test('listed types keep theirs too, and an item that is partly outside is a lottery of the menu', async () => {
    const utilities = [0.144, 0.138, 0.062, 0.151];
    const types = [
      [1.22, 0.23, 0.597],
      [1.22, 0.82, 0.524],
      [1.27, 0.23, 0.583],
      [1.27, 0.82, 0.602],
    ];
    const result = await solved({
      production: { use: 'cobb-douglas', exponents: { x: 0.325, y: 0.374 } },
      inputs: { x: { scope: 'task', cost: 0.413 }, y: { scope: 'task', cost: 0.17 } },
      buyers: {
        kind: 'profiles',
        tasks: { weights: [0.23, 0.59] },
        types: types.map(([value, scale, mass], n) => ({
          name: `${n}`,
          mass,
          values: [value, scale! > 0.5 ? value : 0],
        })),
      },
      outside: { utility: utilities },
      capacity: { x: 0.061, y: 0.038 },
    });
    // By Clarabel, with every constraint and lotteries.
    expect(result.profit!).toBeCloseTo(0.02592113, 7);
    expect(result.status).toBe('optimal');
    let [outside, surplus] = [0, 0];
    result.types.forEach(({ rent, mass, lottery, takes }, n) => {
      expect(rent!).toBeGreaterThan(utilities[n]! - 1e-9);
      surplus += mass! * rent!;
      outside +=
        mass! * (takes === 'outside' ? 1 : (lottery?.find(({ model }) => model === 'outside')?.share ?? 0));
    });
    expect(result.consumerSurplus!).toBeCloseTo(surplus, 12);
    expect(result.outsideShare!).toBeCloseTo(outside, 9);
    expect(result.lotteries).toBe(true);
    // What is sold is a mixture, and a menu without lotteries stays within capacity by itself.
    expect(result.withoutLotteries!.profit!).toBeGreaterThanOrEqual(0);
    expect(result.withoutLotteries!.profit!).toBeLessThan(result.profit!);
    expect(result.types.at(-1)!.takes).toBe('menu');
    expect(result.types.at(-1)!.lottery!.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

test('violations are held against the largest transfer of all menus of a mixture, one of which may sell nothing', () => {
  const totals = {
    servedSurplus: 0,
    cost: 0,
    grossValue: 0,
    rent: 0,
    excluded: 0,
    fineTuned: 0,
    error: 0,
    solved: true,
  };
  const certificate = {
    of: 'grid',
    attained: 0,
    upperBound: 0,
    maxIncentiveViolation: 0,
    maxParticipationViolation: 0,
  };
  const part = (money: number, share: number) => ({
    share,
    solved: { money, totals, certificate, types: [], use: () => ({}) } as unknown as Solved,
  });
  expect(mixedMenu([part(3, 0.4), part(0, 0.6)], 0).money).toBe(3);
});

test.each([
  [
    'values and scales',
    {
      kind: 'value-scale-grid',
      values: [0.15, 1.5],
      scales: [0.18, 0.28, 0.5],
      mass: [
        [0.93, 0.216, 0.453],
        [0.449, 0.5, 0.933],
      ],
    },
  ],
  [
    'types along a line',
    {
      kind: 'value-scale-grid',
      values: [0.15, 0.8, 1.5],
      scales: [0.3],
      mass: [[0.93], [0.4], [0.449]],
    },
  ],
])('where capacity makes items means of two models’ items, each serves its share: %s', async (_, buyers) => {
  const result = await solved({
    models: [
      {
        name: 'A',
        production: { use: 'cobb-douglas', exponents: { x: 0.714 } },
        inputs: { x: { scope: 'task', cost: 0.163 } },
      },
      {
        name: 'B',
        production: { use: 'cobb-douglas', exponents: { x: 0.338, y: 0.325 } },
        inputs: { x: { scope: 'task', cost: 0.218 }, y: { scope: 'task', cost: 0.237 } },
      },
    ],
    buyers,
    capacity: { x: 0.024, y: 0.078 },
  });
  const served = result.types.filter(({ excluded }) => !excluded);
  for (const { model, lottery } of served) {
    expect(['A', 'B']).toContain(model);
    if (lottery) expect(lottery.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
  }
  expect(result.lotteries).toBe(served.some(({ lottery }) => lottery !== undefined));
  expect(result.lotteries).toBe(true);
  const share = result.models!.reduce((sum, model) => sum + model.share, 0);
  expect(share).toBeCloseTo(1 - result.excludedShare!, 12);
  expect(share).toBeGreaterThan(0.4);
});

describe('outside utilities below 0, or no number', () => {
  const buyers = {
    kind: 'representative',
    types: [
      { value: 0.5, mass: 1 },
      { value: 1, mass: 1 },
    ],
  };

  test('buyers who would rather pay than do without pay: that is no contradiction', async () => {
    const free = await solved({ cost: { use: 'quadratic' }, buyers });
    const result = await solved({ cost: { use: 'quadratic' }, buyers, outside: { utility: -0.01 } });
    expect(result.certificate.doubts).toBeUndefined();
    expect(result.status).toBe('optimal');
    expect(result.profit!).toBeCloseTo(free.profit! + 0.01, 7);
    // At its best, profit changes with the square of what the items do; surplus changes with them.
    expect(result.consumerSurplus!).toBeCloseTo(free.consumerSurplus! - 0.01, 4);
  });

  test.each([
    ['log(theta - 0.5)', '"log(theta - 0.5)", which is minus infinite at theta = 0.5'],
    ['1/0', '"1/0", which is infinite'],
  ])('%s is refused', async (utility, came) => {
    await expect(solved({ cost: { use: 'quadratic' }, buyers, outside: { utility } })).rejects.toThrow(
      expect.objectContaining({ field: ['outside', 'utility'], message: expect.stringContaining(came) }),
    );
  });
});

test('the menu without lotteries is within capacity along a line: raising prices until it is finds no better', async () => {
  const asked = (cost: number, capacity?: number) => ({
    models: [
      { name: 'A', production: root, inputs: { x: { scope: 'task', cost } } },
      {
        name: 'B',
        production: { use: 'cobb-douglas', exponents: { x: 0.25, y: 0.25 } },
        inputs: { x: { scope: 'task', cost: cost - 0.1 }, y: { scope: 'task', cost: 0.3 } },
      },
    ],
    buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
    contract: 'packages',
    outside: {
      rival: {
        production: { use: 'cobb-douglas', exponents: { x: 0.6 } },
        inputs: { x: { scope: 'task', price: 0.5 } },
      },
    },
    ...(capacity === undefined ? {} : { capacity: { x: capacity } }),
  });
  const result = await solved(asked(0.3, 0.05));
  expect(result.lotteries).toBe(true);
  // At costs c + ρ the best menu without lotteries earns D(ρ), so that none within capacity earns more than D(ρ) + ρK.
  let least = Number.POSITIVE_INFINITY;
  for (const price of [0.2, 0.25, 0.3, 0.35, 0.4]) {
    const { withoutLotteries, profit } = await solved(asked(0.3 + price));
    least = Math.min(least, (withoutLotteries?.profit ?? profit)! + price * 0.05);
  }
  expect(result.withoutLotteries!.profit!).toBeLessThan(least + 1e-9);
  expect(result.withoutLotteries!.profit!).toBeGreaterThan(0.999 * least);
  expect(result.withoutLotteries!.profit!).toBeLessThan(result.profit!);
});

test('where capacity makes each of two models serve a share of all buyers, items are lotteries of them', async () => {
  const result = await solved({
    models: [
      { name: 'A', production: root, inputs: { x: { scope: 'task', cost: 0.3 } } },
      { name: 'B', production: root, inputs: { x: { scope: 'task', cost: 0.5 } } },
    ].map((model, k) =>
      k === 0
        ? model
        : {
            ...model,
            production: { use: 'cobb-douglas', exponents: { y: 0.5 } },
            inputs: { y: { scope: 'task', cost: 0.5 } },
          },
    ),
    buyers: { kind: 'representative', type: { use: 'uniform', min: 0, max: 1 } },
    contract: 'packages',
    capacity: { x: 0.1 },
  });
  // B is as good as A at x’s cost of 0.5: a unit of x saves 0.2, and B alone earns E φ₊²/4c = 1/12 (φ = 2θ − 1).
  expect(result.shadowPrices!.x!).toBeCloseTo(0.2, 9);
  expect(result.profit!).toBeCloseTo(1 / 12 + 0.02, 9);
  expect(result.lotteries).toBe(true);
  expect(result.withoutLotteries!.profit!).toBeLessThan(result.profit!);
  expect(result.withoutLotteries!.profit!).toBeGreaterThan(1 / 12 - 1e-9);
});

test('profit is one number, in the totals and in the certificate: what a solver leaves to buyers who take nothing counts in both', async () => {
  const { profit, certificate, status } = await solved({
    production: { use: 'cobb-douglas', exponents: { x: 0.224, y: 0.196 } },
    inputs: { x: { scope: 'task', cost: 0.373 }, y: { scope: 'task', cost: 0.51 } },
    buyers: {
      kind: 'profiles',
      tasks: { weights: [0.348, 0.524] },
      types: [
        { name: 'much', mass: 0.775, values: [1.04, 1.1] },
        { name: 'less', mass: 0.355, values: [0.777, 0.877] },
      ],
    },
    outside: { utility: 0.0257 },
    capacity: { x: 0.0199 },
  });
  expect(status).toBe('optimal');
  expect(certificate.attainedProfit!).toBeCloseTo(profit!, 14);
});
