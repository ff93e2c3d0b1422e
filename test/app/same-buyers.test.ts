import {
  createRegistry,
  parseStudy,
  prepareStudy,
  type Result,
  type Study,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { beforeAll, describe, expect, test } from 'vitest';

/**
 * One problem written in two ways has one answer. What is compared never shares a formula: where quadrature, ironing or a tail loses mass, the loss
 * depends on how the problem was written, though the certificate of each shows no gap.
 */

type Document = Record<string, unknown>;

const registry = createRegistry([standardPlugin]);
const studyOf = (document: Document): Study =>
  parseStudy(JSON.stringify(document), { file: 'study.json', registry });
/** Laws compare with the same studies again and again: each is solved once. */
const solve = (document: Document): Result => {
  const text = JSON.stringify(document);
  const before = solved.get(text);
  if (before !== undefined) return before;
  const { result } = solveStudy(studyOf(document));
  solved.set(text, result);
  return result;
};
const solved = new Map<string, Result>();

/** Factors by which money and quantities of a transformed study are larger. */
const expectSame = (one: Result, other: Result, tolerance = 1e-9, money = 1): void => {
  for (const name of [
    'profit',
    'revenue',
    'cost',
    'consumerSurplus',
    'welfare',
    'efficientWelfare',
  ] as const) {
    const [a, b] = [one[name], other[name]];
    if (a === null) expect(b, name).toBeNull();
    else
      expect(
        Math.abs(b! / money - a) / one.efficientWelfare!,
        `${name}: ${a} and ${b! / money}`,
      ).toBeLessThan(tolerance);
  }
  for (const name of ['excludedShare', 'fineTunedShare'] as const)
    expect(Math.abs(other[name]! - one[name]!), `${name}: ${one[name]} and ${other[name]}`).toBeLessThan(
      100 * tolerance,
    );
  expect(other.certificate.doubts).toBeUndefined();
  expect(other.status).toBe(one.status);
};

const exponents = { input: 0.25, output: 0.25, fineTuning: 0.25 };
const technology = (money = 1, tokens = 1): Document => ({
  production: { use: 'cobb-douglas', exponents, base: { fineTuning: tokens } },
  inputs: {
    input: { scope: 'task', cost: (0.125 * money) / tokens },
    output: { scope: 'task', cost: (0.125 * money) / tokens },
    fineTuning: { scope: 'shared', cost: (0.125 * money) / tokens },
  },
});
const example1 = technology();
const unit = { use: 'uniform', min: 0, max: 1 };
const valueScale = (
  value: Document,
  dependence: Document = { use: 'independent' },
  scale: Document = unit,
): Document => ({
  kind: 'value-scale',
  value,
  scale,
  dependence,
});

/** One of every family, as values in units of which there are `k` to one of the study's; none with mass that matters above `mostMass`. */
const families: readonly { readonly name: string; readonly of: (k: number) => Document }[] = [
  { name: 'uniform', of: (k) => ({ use: 'uniform', min: 0.1 * k, max: k }) },
  { name: 'beta', of: (k) => ({ use: 'beta', a: 2, b: 3, min: 0, max: k }) },
  { name: 'narrow beta', of: (k) => ({ use: 'beta', a: 50, b: 50, min: 0, max: k }) },
  { name: 'kumaraswamy', of: (k) => ({ use: 'kumaraswamy', a: 2, b: 3, min: 0, max: k }) },
  {
    name: 'truncated normal',
    of: (k) => ({ use: 'truncated-normal', mean: 0.5 * k, sd: 0.1 * k, min: 0, max: k }),
  },
  {
    name: 'narrow normal',
    of: (k) => ({ use: 'truncated-normal', mean: 0.7 * k, sd: 0.002 * k, min: 0, max: k }),
  },
  { name: 'exponential', of: (k) => ({ use: 'exponential', rate: 4 / k, min: 0, max: 2 * k }) },
  {
    name: 'lognormal',
    of: (k) => ({ use: 'lognormal', mu: -1 + Math.log(k), sigma: 0.5, min: 0, max: 4 * k }),
  },
  { name: 'pareto', of: (k) => ({ use: 'pareto', shape: 9, min: 0.5 * k, max: 4 * k }) },
  {
    name: 'polynomial of ranks',
    of: (k) => ({ use: 'quantile-polynomial', coefficients: [0.2 * k, 0.3 * k, 0.5 * k] }),
  },
  {
    name: 'mixture with a narrow peak',
    of: (k) => ({
      use: 'mixture',
      parts: [
        { weight: 0.99, of: { use: 'uniform', min: 0, max: k } },
        { weight: 0.01, of: { use: 'truncated-normal', mean: 0.7023 * k, sd: 1e-4 * k, min: 0, max: k } },
      ],
    }),
  },
];

const copulas: readonly Document[] = [
  { use: 'gaussian', rho: 0.6 },
  { use: 'gaussian', rho: -0.6 },
  { use: 'fgm', theta: 0.9 },
  { use: 'clayton', theta: 2 },
  { use: 'frank', theta: 5 },
  { use: 'gumbel', theta: 1.5 },
];

describe('money in other units', () => {
  // w → k w and c → k c make every S, C and T k times as large.
  for (const { name, of } of families)
    test(`values from the family ${name}: every amount of money is a million times as large, and nothing else moves`, () => {
      for (const contract of ['allocations', 'packages', 'efficient']) {
        const [one, million] = [1, 1e6].map((k) =>
          solve({ ...technology(k), contract, buyers: valueScale(of(k)) }),
        );
        expectSame(one!, million!, 1e-9, 1e6);
      }
    });
});

describe('tokens in other units', () => {
  // x → k x at c → c/k makes v k^{Σe} times as large: values divided by as much.
  test.each(['allocations', 'packages', 'efficient'])('%s: single tokens or millions of them', (contract) => {
    const k = 1e-6;
    const buyers = (worth: number): Document => valueScale({ use: 'beta', a: 2, b: 3, min: 0, max: worth });
    const one = solve({ ...technology(), contract, buyers: buyers(1) });
    const other = solve({ ...technology(1, k), contract, buyers: buyers(k ** -0.75) });
    expectSame(one, other);
  });
});

describe('another end of the support, beyond the mass', () => {
  const tails: readonly [string, (max: number) => Document, number, readonly number[]][] = [
    ['exponential', (max) => ({ use: 'exponential', rate: 4, min: 0, max }), 12, [30, 1e9]],
    ['lognormal', (max) => ({ use: 'lognormal', mu: -1, sigma: 0.3, min: 0, max }), 5, [30, 1e9]],
    ['normal', (max) => ({ use: 'truncated-normal', mean: 0.5, sd: 0.05, min: 0, max }), 1, [3, 1e6]],
    [
      'narrow normal',
      (max) => ({ use: 'truncated-normal', mean: 0.5, sd: 0.001, min: 0, max }),
      1,
      [3, 30, 1e6],
    ],
  ];
  for (const [name, of, near, far] of tails)
    test(`${name} values`, () => {
      for (const contract of ['allocations', 'packages', 'efficient']) {
        const one = solve({ ...example1, contract, buyers: valueScale(of(near)) });
        for (const max of far)
          expectSame(one, solve({ ...example1, contract, buyers: valueScale(of(max)) }), 1e-8);
      }
    });
  for (const dependence of copulas)
    test(`narrow values that depend on scale by a ${dependence.use} copula, packages`, () => {
      const [, of, near, far] = tails[3]!;
      const [one, other] = [near, far[0]!].map((max) =>
        solve({ ...example1, contract: 'packages', buyers: valueScale(of(max), dependence) }),
      );
      expectSame(one!, other!, 1e-8);
    });

  // A grid of even cells from end to end of the support had nobody in all but one of them.
  test('narrow values that depend on scale, allocations on a grid', () => {
    const [, of, near, far] = tails[3]!;
    const [one, other] = [near, far[1]!].map((max) => {
      const buyers = valueScale(of(max), { use: 'gaussian', rho: 0.6 });
      return solve({ ...example1, buyers: { ...buyers, grid: { values: 8, scales: 8 } } });
    });
    // The grid's optimum is known to 1e-8.
    expectSame(one!, other!, 1e-6);
    expect(one!.certificate.attainedProfit! / one!.certificate.upperBound!).toBeGreaterThan(0.95);
  });
});

describe('the first best does not ask for the contract', () => {
  for (const { name, of } of families)
    test(`values from the family ${name}`, () => {
      const [allocations, packages, efficient] = ['allocations', 'packages', 'efficient'].map(
        (contract) => solve({ ...example1, contract, buyers: valueScale(of(1)) }).efficientWelfare!,
      );
      expect(packages! / allocations!).toBeCloseTo(1, 9);
      expect(efficient! / allocations!).toBeCloseTo(1, 9);
    });
  for (const dependence of copulas)
    test(`value and scale that depend by a ${dependence.use} copula`, () => {
      for (const value of [unit, { use: 'beta', a: 50, b: 50, min: 0, max: 1 }]) {
        const [packages, efficient] = ['packages', 'efficient'].map(
          (contract) =>
            solve({ ...example1, contract, buyers: valueScale(value, dependence) }).efficientWelfare!,
        );
        expect(efficient! / packages!).toBeCloseTo(1, 9);
      }
    });
});

describe('dependence that vanishes', () => {
  const vanishing = [
    { use: 'gaussian', rho: 1e-9 },
    { use: 'fgm', theta: 1e-9 },
    { use: 'clayton', theta: 1e-9 },
    { use: 'frank', theta: 1e-9 },
    { use: 'gumbel', theta: 1 + 1e-9 },
  ];
  for (const dependence of vanishing)
    test(`${dependence.use}: packages and the first best are those of independent value and scale`, () => {
      for (const value of [unit, { use: 'beta', a: 50, b: 50, min: 0, max: 1 }])
        for (const contract of ['packages', 'efficient']) {
          const one = solve({ ...example1, contract, buyers: valueScale(value) });
          expectSame(one, solve({ ...example1, contract, buyers: valueScale(value, dependence) }), 1e-7);
        }
    });
});

describe('the same types listed otherwise', () => {
  const list = [
    { value: 0.4, mass: 3 },
    { value: 0.7, mass: 2 },
    { value: 1, mass: 1 },
  ];
  const split = [
    { value: 1, mass: 0.25 },
    { value: 0.4, mass: 3 },
    { value: 0.7, mass: 0.5 },
    { value: 1, mass: 0.75 },
    { value: 0.7, mass: 1.5 },
  ];
  test('representative types, one of them split in two, in another order', () => {
    for (const contract of ['packages', 'efficient']) {
      const [one, other] = [list, split].map((types) =>
        solve({ ...example1, contract, buyers: { kind: 'representative', types } }),
      );
      expectSame(one!, other!, 1e-12);
    }
  });

  const profiles = (
    weights: readonly number[],
    types: readonly { mass: number; values: readonly number[] }[],
  ) => ({
    kind: 'profiles',
    tasks: { weights },
    types,
  });
  const three = [
    { mass: 3, values: [0.9, 0.3, 0.4] },
    { mass: 2, values: [0.3, 0.8, 0.5] },
    { mass: 1, values: [0.8, 0.9, 1] },
  ];
  const weights = [0.5, 0.3, 0.2];
  const permuted = [2, 0, 1];
  const written: readonly [string, Document][] = [
    [
      'a type split in two',
      profiles(weights, [...three.slice(1), { ...three[0]!, mass: 1 }, { ...three[0]!, mass: 2 }]),
    ],
    [
      'tasks in another order',
      profiles(
        permuted.map((m) => weights[m]!),
        three.map(({ mass, values }) => ({ mass, values: permuted.map((m) => values[m]!) })),
      ),
    ],
    [
      'a task cut in two',
      profiles(
        [0.2, 0.3, 0.3, 0.2],
        three.map(({ mass, values: [first, ...rest] }) => ({ mass, values: [first!, first!, ...rest] })),
      ),
    ],
    [
      'a task that is worth nothing to anybody',
      profiles(
        [...weights, 0.7],
        three.map(({ mass, values }) => ({ mass, values: [...values, 0] })),
      ),
    ],
  ];
  const linear = { cost: { use: 'linear', rate: 0.1, max: 1 } };
  beforeAll(() => prepareStudy(studyOf({ ...linear, buyers: profiles(weights, three) })));
  for (const [name, buyers] of written)
    test(`profiles: ${name}`, () => {
      for (const how of [
        example1,
        { cost: { use: 'quadratic' } },
        { cost: { use: 'linear', rate: 0.1, max: 1 } },
      ])
        for (const contract of 'cost' in how
          ? ['allocations', 'efficient']
          : ['allocations', 'packages', 'efficient']) {
          const one = solve({ ...how, contract, buyers: profiles(weights, three) });
          expectSame(one, solve({ ...how, contract, buyers }), 2e-8);
        }
    });
});

describe('what is not used changes nothing', () => {
  test('an input that does next to nothing at its cost', () => {
    const { inputs } = example1 as { inputs: Document };
    const formula = 'input^0.25 * output^0.25 * (1 + fineTuning)^0.25';
    const buyers = { kind: 'representative', type: { use: 'beta', a: 2, b: 3 } };
    const one = solve({ inputs, production: { use: 'expression', formula }, contract: 'packages', buyers });
    const idle = { ...inputs, idle: { scope: 'shared', cost: 1 } };
    const other = solve({
      inputs: idle,
      production: { use: 'expression', formula: `${formula} * (1 + 1e-12 * idle)^0.1` },
      contract: 'packages',
      buyers,
    });
    expectSame(one, other, 1e-8);
  });

  test('a model that costs more and makes no more', () => {
    for (const contract of ['allocations', 'packages', 'efficient'])
      for (const value of [unit, { use: 'truncated-normal', mean: 0.7, sd: 0.002, min: 0, max: 1 }]) {
        const one = solve({ ...example1, contract, buyers: valueScale(value) });
        const models = [
          { name: 'good', ...technology() },
          { name: 'dear', ...technology(1.5) },
        ];
        expectSame(one, solve({ models, contract, buyers: valueScale(value) }), 1e-8);
      }
  });
});
