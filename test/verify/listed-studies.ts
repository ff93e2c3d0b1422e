import { ces, cobbDouglas, formula, goods, grid, line, models, profiles } from './proofs.ts';

/** Studies of listed types, one for everything that a proof covers. */
export const listedStudies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
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
