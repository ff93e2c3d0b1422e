import { type Proof, verifyProof } from '@menusmith/verify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runMain } from '../cli/run-main.ts';
import {
  ces,
  cobbDouglas,
  formula,
  goods,
  grid,
  type Listed,
  line,
  models,
  profiles,
  provedStudy,
} from './proofs.ts';

const studies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'values and scales, Cobb–Douglas': { ...cobbDouglas, buyers: grid(6, 5, 0.8) },
  'negatively dependent, CES, weighted': {
    ...ces,
    buyers: grid(4, 4, -0.8),
    objective: { profit: 2, consumerSurplus: 0.6 },
  },
  'a formula with a capped shared input': { ...formula, buyers: grid(4, 3, 0.5) },
  'packages by value and scale': { ...cobbDouglas, contract: 'packages', buyers: grid(6, 6, 0.8) },
  'profiles on nodes, two of them alike': { ...ces, buyers: profiles },
  'two profiles': { ...formula, buyers: { ...profiles, types: profiles.types.slice(0, 2) } },
  'packages of profiles': { ...ces, contract: 'packages', buyers: profiles },
  'a line of types': { ...formula, contract: 'packages', buyers: line },
  'a line, quadratic cost': { cost: { use: 'quadratic' }, buyers: line },
  'efficiency as the limit': {
    cost: { use: 'expression', formula: 'q^2/2 + 0.1*q' },
    objective: { profit: 1, consumerSurplus: 1 },
    buyers: {
      ...profiles,
      tasks: { weights: [1, 0.5] },
      types: [
        [1, 2],
        [2, 1],
        [1.5, 1.4],
      ].map((values) => ({ mass: 1, values })),
    },
  },
  'a cost with a kink': {
    cost: { use: 'expression', formula: 'max(0.3*q, q - 0.5) + q^2/4', max: 2 },
    buyers: line,
  },
  'goods, at most two': { cost: { use: 'linear', rate: [0.1, 0.2, 0], max: 1, total: 2 }, buyers: goods },
  'something outside for everybody': {
    ...cobbDouglas,
    buyers: grid(5, 4, 0.8),
    outside: { utility: 0.05 },
  },
  'outside by a formula, weighted': {
    ...cobbDouglas,
    buyers: grid(4, 4, 0.5),
    outside: { utility: '0.1*value*scale' },
    objective: { profit: 1, consumerSurplus: 0.4 },
  },
  'outside along a line, one number a type': {
    cost: { use: 'quadratic' },
    buyers: line,
    outside: { utility: [0.1, 0, 0.05, 0.06, 0.1, 0, 0.2] },
  },
  'outside beside goods': {
    cost: { use: 'linear', rate: [0.1, 0.2, 0], max: 1, total: 2 },
    buyers: goods,
    outside: { utility: [0.3, 0, 0.1, 0.2, 0.25] },
  },
  'a rival, packages': {
    ...cobbDouglas,
    contract: 'packages',
    buyers: grid(5, 4, 0.8),
    outside: {
      rival: {
        production: { use: 'cobb-douglas', exponents: { tokens: 0.45 } },
        inputs: { tokens: { scope: 'task', price: 0.6 } },
      },
    },
  },
  'a rival, allocations': {
    ...cobbDouglas,
    buyers: grid(4, 4, 0.8),
    outside: {
      rival: {
        production: { use: 'cobb-douglas', exponents: { a: 0.3, b: 0.2 } },
        inputs: { a: { scope: 'task', price: 0.5 }, b: { scope: 'task', price: 0.4 } },
      },
    },
  },
  'capacity of an input': {
    ...cobbDouglas,
    buyers: grid(5, 4, 0.8),
    capacity: { input: 0.1 },
  },
  'capacity of two inputs, packages': {
    ...cobbDouglas,
    contract: 'packages',
    buyers: grid(5, 4, 0.8),
    capacity: { input: 0.1, tuning: 0.02 },
  },
  'two models': { models, buyers: grid(5, 4, 0.8) },
  'two models, packages': { models, contract: 'packages', buyers: grid(5, 4, 0.8) },
  'two models beside a rival, with lotteries': {
    models: [
      {
        name: 'small',
        production: { use: 'cobb-douglas', exponents: { tokens: 0.3 } },
        inputs: { tokens: { scope: 'task', cost: 0.29 } },
      },
      {
        name: 'flagship',
        production: { use: 'cobb-douglas', exponents: { tokens: 0.7 } },
        inputs: { tokens: { scope: 'task', cost: 0.3 } },
      },
    ],
    buyers: grid(8, 3, 0.5),
    outside: {
      rival: {
        production: { use: 'cobb-douglas', exponents: { tokens: 0.3 } },
        inputs: { tokens: { scope: 'task', price: 0.3 } },
      },
    },
  },
  'two models under capacity': { models, buyers: grid(4, 3, 0.8), capacity: { input: 0.1 } },
  'goods with costs of their own': { cost: { use: 'quadratic', coefficient: [1, 2, 3] }, buyers: goods },
};

describe('a proof of listed types', () => {
  it.each(Object.entries(studies))('is verified, and says what the certificate says: %s', async (_, data) => {
    const { proof, result } = await provedStudy(data);
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    expect(verdict.verified).toBe(true);
    const { attainedObjective, attainedProfit, upperBound } = result.certificate;
    const size = Math.abs(upperBound!);
    for (const [interval, number] of [
      [verdict.attainedObjective, attainedObjective],
      [verdict.attainedProfit, attainedProfit],
      [verdict.upperBound, upperBound],
    ] as const) {
      expect(Number(interval![0])).toBeLessThanOrEqual(Number(interval![1]));
      for (const end of interval!) expect(Math.abs(Number(end) - number!)).toBeLessThan(1e-8 * size);
    }
    expect(Number(verdict.upperBound![1])).toBeGreaterThanOrEqual(Number(verdict.attainedObjective![0]));
  });

  it('is verified of buyers in a file', async () => {
    const rows = [
      ['value', 'scale', 'mass', 'name'],
      ['0.5', '0.5', '1', 'a "b", c'],
      ['1', '1', '2', ''],
      ['1', '0.5', '1', ''],
    ];
    const data = { ...cobbDouglas, buyers: { kind: 'file', file: 'buyers.csv' } };
    const { proof, result } = await provedStudy(data, { 'buyers.csv': rows });
    const verdict = verifyProof(proof);
    expect(verdict.violations).toEqual([]);
    expect(Number(verdict.upperBound![1])).toBeCloseTo(result.certificate.upperBound!, 8);
  });

  it('names two types of DESIGN exactly: profit 3/4', async () => {
    const types = [
      { value: 1, mass: 2 },
      { value: 2, mass: 1 },
    ];
    const { proof } = await provedStudy({
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', types },
    });
    const { attainedProfit, upperBound, verified } = verifyProof(proof);
    expect(verified).toBe(true);
    expect(Number(attainedProfit![0])).toBeGreaterThan(0.75 - 1e-11);
    expect(Number(attainedProfit![1])).toBeLessThanOrEqual(0.75);
    expect(Number(upperBound![1])).toBeGreaterThanOrEqual(0.75);
    expect(Number(upperBound![1])).toBeLessThan(0.75 + 1e-11);
  });
});

/** Places of all numbers in plain data. */
const numbersIn = (
  data: unknown,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] => {
  if (typeof data === 'number') return [path];
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, inner]) => numbersIn(inner, [...path, key]));
};

const withNumber = <T>(
  data: T,
  [key, ...rest]: readonly (string | number)[],
  change: (x: number) => number,
): T => {
  if (key === undefined) return change(data as number) as T;
  const copy = (Array.isArray(data) ? [...data] : { ...data }) as Record<string, unknown>;
  copy[key] = withNumber(copy[key], rest, change);
  return copy as T;
};

describe('a proof that was changed', () => {
  const changes: Readonly<Record<string, (proof: Listed) => unknown>> = {
    'claims to attain more': (p) => ({
      ...p,
      claims: { ...p.claims, attainedObjective: 1.00001 * p.claims.attainedObjective },
    }),
    'claims a lower bound': (p) => ({
      ...p,
      claims: { ...p.claims, upperBound: 0.99999 * p.claims.upperBound },
    }),
    'has lower prices': (p) => ({
      ...p,
      items: p.items.map((item) => ({ ...item, transfer: 0.999 * item.transfer })),
    }),
    'has prices that nobody pays': (p) => ({
      ...p,
      items: p.items.map((item) => ({ ...item, transfer: 1.001 * item.transfer })),
    }),
    'is without an item': (p) => ({ ...p, items: p.items.slice(1) }),
    'is without flows': (p) => ({ ...p, flows: [] }),
    'has other flows': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount]) => [from, to, 0.9 * amount]),
    }),
    'has flows the other way': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount]) => [to, from, amount]),
    }),
    'passes on more than there is': (p) => ({
      ...p,
      flows: p.flows.map(([from, to, amount]) => [from, to, 3 * amount]),
    }),
    'has a flow below 0': (p) => ({ ...p, flows: [...p.flows, [0, 1, -0.01]] }),
    'has a flow to nobody': (p) => ({ ...p, flows: [...p.flows, [0, 99, 0.01]] }),
    'serves virtual types badly': (p) => ({ ...p, virtual: p.virtual.map(() => p.virtual[0]) }),
    'is of another study': (p) => ({ ...p, study: { ...p.study, contract: 'packages' } }),
    'has no amounts': (p) => ({ ...p, items: p.items.map(({ transfer }) => ({ transfer })) }),
    'has an item that costs less than nothing': (p) => ({
      ...p,
      items: p.items.map((item) => ({
        ...item,
        parts: item.parts.map((part) => ({
          ...part,
          task: part.task?.map((x) => x.map((amount) => -amount)),
        })),
      })),
    }),
    'holds no number where one should be': (p) => ({ ...p, claims: { ...p.claims, upperBound: null } }),
  };

  it.each(Object.entries(changes))('is not verified where it %s', async (_, change) => {
    const { proof } = await provedStudy({ ...cobbDouglas, buyers: grid(4, 3, 0.8) });
    expect(verifyProof(proof).verified).toBe(true);
    const verdict = verifyProof(change(proof) as Proof);
    expect(verdict.verified).toBe(false);
    expect(verdict.violations).toHaveLength(1);
  });

  it('verifies no false claim, whichever number is changed and by how much', async () => {
    const { proof, result } = await provedStudy({
      cost: { use: 'linear', rate: [0.1, 0.2, 0], max: 1, total: 2 },
      buyers: goods,
    });
    const { study: _, ...rest } = proof;
    const places = numbersIn(rest);
    const { attainedObjective, upperBound } = result.certificate;
    const room = 1e-8;
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(
          fc.double({ min: -1e-3, max: 1e-3, noNaN: true }).map((share) => (x: number) => x * (1 + share)),
          fc.double({ min: -2, max: 2, noNaN: true }).map((by) => (x: number) => x + by),
          fc.constantFrom(0, -1, 1e300, Number.NaN, Number.POSITIVE_INFINITY).map((x) => () => x),
        ),
        (place, change) => {
          const changed = withNumber(proof, place, change);
          const verdict = verifyProof(changed);
          // Whatever stands in a proof, what is verified is true: the optimum lies between what is attained and the bound.
          if (!verdict.verified) return;
          expect(changed.claims.attainedObjective).toBeLessThanOrEqual(upperBound! + room);
          expect(changed.claims.upperBound).toBeGreaterThanOrEqual(attainedObjective! - room);
          expect(Number(verdict.attainedObjective![0])).toBeLessThanOrEqual(upperBound! + room);
          expect(Number(verdict.upperBound![1])).toBeGreaterThanOrEqual(attainedObjective! - room);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('solve --proof and verify', () => {
  it('refuse what no proof covers before anything is solved', async () => {
    const { code, stderr } = await runMain('solve', 'examples/keep.yaml', '--proof', '/nowhere/proof.json');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'examples/keep.yaml: --proof: expected listed buyers, or types along a line, got plans that are kept\n',
    );
  });

  it('refuse a file that is no proof', async () => {
    const { code, stderr } = await runMain('verify', 'package.json');
    expect(code).toBe(2);
    expect(stderr).toBe('package.json: expected a proof as solve --proof writes it\n');
  });
});
