import {
  createRegistry,
  formatInputError,
  type ProfileBuyers,
  parseStudy,
  standardPlugin,
} from '@menusmith/app';
import { gaussLegendre, InputError } from '@menusmith/core';
import { describe, expect, it, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (text: string) => parseStudy(text, { file: 'p.yaml', registry });
const study = (buyers: string): string => `cost: { use: quadratic }
buyers:
  kind: profiles
${buyers}`;
const profiles = (buyers: string): ProfileBuyers => parse(study(buyers)).buyers as ProfileBuyers;

const complaint = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError) return formatInputError(error);
    throw error;
  }
  throw new Error('the study was accepted');
};

/** ∫ g(w(i)) di of a type over the tasks. */
const integral = ({ tasks, types }: ProfileBuyers, g: (w: number) => number, k = 0): number =>
  tasks.weights.reduce((sum, weight, m) => sum + weight * g(types[k]!.values[m]!), 0);

describe('profiles', () => {
  it('stand at 64 Gauss–Legendre nodes, and masses are normalised', () => {
    const { tasks, types } = profiles(`  types:
    - { name: L, mass: 2, values: 0.2 + 0.6*i }
    - { mass: 1, values: exp(-3*i) }
`);
    expect(tasks.positions).toEqual(gaussLegendre(64).nodes);
    expect(tasks.weights).toEqual(gaussLegendre(64).weights);
    expect(types.map(({ mass }) => mass)).toEqual([2 / 3, 1 / 3]);
    expect(types.map(({ name }) => name)).toEqual(['L', undefined]);
    expect(types[1]!.values).toEqual(tasks.positions.map((i) => Math.exp(-3 * i)));
  });

  it('may have as many nodes as are asked for, and values that are numbers or lists', () => {
    const { tasks, types } = profiles(`  tasks: { nodes: 3 }
  types:
    - { mass: 1, values: [1, 0, 2.5] }
    - { mass: 1, values: 0.5 }
`);
    expect(tasks.positions).toEqual(gaussLegendre(3).nodes);
    expect(types.map(({ values }) => [...values])).toEqual([
      [1, 0, 2.5],
      [0.5, 0.5, 0.5],
    ]);
  });

  it('may stand on tasks of given weights, each in the middle of its share', () => {
    const { tasks, types } = profiles(`  tasks: { weights: [1, 2, 5] }
  types:
    - { mass: 1, values: [3, 2, 1] }
    - { mass: 1, values: 16*i }
    - { mass: 1, values: [{ from: 0, to: 0.1, value: 7 }, { from: 0.2, to: 1, value: 9 }] }
`);
    // The weights are the tasks' measure as given; positions are shares of their sum.
    expect([...tasks.weights]).toEqual([1, 2, 5]);
    expect([...tasks.positions]).toEqual([1 / 16, 4 / 16, 11 / 16]);
    expect(types.map(({ values }) => [...values])).toEqual([
      [3, 2, 1],
      [1, 4, 11],
      [7, 9, 9],
    ]);
  });

  it('of blocks and knots, and with kinks, are integrated to rounding', () => {
    const buyers = profiles(`  types:
    - mass: 1
      values: [{ from: 0, to: 0.4, value: 0.3 }, { from: 0.4, to: 0.9, value: 1.2 }]
    - mass: 1
      values: [{ at: 0.1, value: 2 }, { at: 0.3, value: 0 }, { at: 1, value: 1 }]
    - mass: 1
      values: max(0, 1 - 3*i) + abs(i - 0.7)
`);
    // 0 after 0.9; constant before the first knot; kinks at 1/3 and 0.7.
    expect(integral(buyers, (w) => w * w)).toBeCloseTo(0.4 * 0.09 + 0.5 * 1.44, 14);
    expect(integral(buyers, (w) => w ** 3, 1)).toBeCloseTo(0.1 * 8 + 0.2 * (8 / 4) + 0.7 / 4, 14);
    expect(integral(buyers, (w) => w, 2)).toBeCloseTo(1 / 6 + 0.7 ** 2 / 2 + 0.3 ** 2 / 2, 14);
    const { weights, positions } = buyers.tasks;
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14);
    expect([...positions].sort((a, b) => a - b)).toEqual([...positions]);
    // Pieces have nodes in proportion to their lengths, and at least 8: breaks at 0.1, 0.3, 1/3, 0.4, 0.7, 0.9.
    expect(positions).toHaveLength(8 + 13 + 8 + 8 + 20 + 13 + 8);
  });

  it('have a kink in the very middle found too', () => {
    const buyers = profiles('  types: [{ mass: 1, values: abs(i - 0.5) }]\n');
    expect(integral(buyers, (w) => w)).toBeCloseTo(1 / 4, 14);
  });

  it('do not split nodes where breaks coincide or stand at the ends', () => {
    const { tasks } = profiles(`  types:
    - { mass: 1, values: [{ from: 0, to: 0.3, value: 1 }, { from: 0.3, to: 1, value: 2 }] }
    - { mass: 1, values: [{ at: 0.30000000000000004, value: 1 }, { at: 1, value: 2 }] }
`);
    expect(tasks.positions).toHaveLength(20 + 45);
  });
});

const one = (values: string, tasks = ''): string =>
  study(`${tasks}  types: [{ mass: 1, values: ${values} }]\n`);

/** The same where quality is made: nobody pays for not having it. */
const made = (text: string): string =>
  text.replace(
    'cost: { use: quadratic }',
    'production: { use: cobb-douglas, exponents: { x: 0.5 } }\ninputs: { x: { scope: task, cost: 1 } }',
  );

it('may be net of something where cost is given outright, and below 0', () => {
  const { types } = profiles(`  tasks: { weights: [1, 1] }
  types:
    - { mass: 1, values: [1, -2] }
    - { mass: 1, values: 0.5 - i }
    - { mass: 1, values: [{ at: 0, value: -1 }, { at: 1, value: 1 }] }
    - { mass: 1, values: -3 }
`);
  expect(types.map(({ values }) => [...values])).toEqual([
    [1, -2],
    [0.25, -0.25],
    [-0.5, 0.5],
    [-3, -3],
  ]);
});

test.each([
  [
    'no values',
    study('  types: [{ mass: 1 }]\n'),
    '4:11: buyers.types[0].values: missing: expected a list of values, a formula in i, blocks as [{ from, to, value }], or knots as [{ at, value }]',
  ],
  [
    'values of another form',
    one('{ at: 1 }'),
    '4:22: buyers.types[0].values: expected a list of values, a formula in i, blocks as [{ from, to, value }], or knots as [{ at, value }]; got a map of fields',
  ],
  [
    'a formula that is none',
    one('2i'),
    '4:22: buyers.types[0].values: column 2: expected an operator (+ - * / ^) or the end, got "i"; a product is written with *',
  ],
  [
    'a formula in another name',
    one('0.5*s'),
    '4:22: buyers.types[0].values: column 5: no name "s"; did you mean i? (names: i)',
  ],
  [
    'a formula below zero',
    made(one('0.5 - i', '  tasks: { weights: [1, 1] }\n')),
    '6:22: buyers.types[0].values: expected finite values of at least 0, got -0.25 at i = 0.75',
  ],
  [
    'a formula that is not finite',
    one('log(i - 2)'),
    '4:22: buyers.types[0].values: expected finite values, got not a number at i = 0.000347479',
  ],
  [
    'a negative number',
    made(one('-1')),
    '5:22: buyers.types[0].values: expected a number of at least 0, got -1',
  ],
  [
    'too few values',
    one('[1, 2]', '  tasks: { weights: [1, 1, 1] }\n'),
    '5:22: buyers.types[0].values: expected 3 values, one a task, got 2',
  ],
  [
    'a negative value',
    made(one('[1, -2]', '  tasks: { nodes: 2 }\n')),
    '6:34: buyers.types[0].values[1]: expected a number of at least 0, got -2',
  ],
  [
    'a value that is no number',
    one('[1, x]', '  tasks: { nodes: 2 }\n'),
    '5:34: buyers.types[0].values[1]: expected a number, got the text "x"',
  ],
  ['no values in the list', one('[]'), '4:22: buyers.types[0].values: expected 64 values, one a task, got 0'],
  [
    'blocks that overlap',
    one('[{ from: 0, to: 0.5, value: 1 }, { from: 0.4, to: 1, value: 1 }]'),
    '4:65: buyers.types[0].values[1].from: expected blocks in ascending order that do not overlap, got 0.4 after 0.5',
  ],
  [
    'an empty block',
    one('[{ from: 0.5, to: 0.5, value: 1 }]'),
    '4:44: buyers.types[0].values[0].to: expected from < to, got from = 0.5, to = 0.5',
  ],
  [
    'a block outside the tasks',
    one('[{ from: 0, to: 2, value: 1 }]'),
    '4:42: buyers.types[0].values[0].to: expected a number from 0 to 1, got 2',
  ],
  [
    'a block without a value',
    one('[{ from: 0, to: 1 }]'),
    '4:31: buyers.types[0].values[0].value: missing: expected { from, to, value }',
  ],
  [
    'a misspelt field of a block',
    one('[{ from: 0, til: 1, value: 1 }]'),
    '4:42: buyers.types[0].values[0].til: no such field (known: from, to, value)',
  ],
  [
    'knots out of order',
    one('[{ at: 0.5, value: 1 }, { at: 0.5, value: 1 }]'),
    '4:56: buyers.types[0].values[1].at: expected knots in ascending order, got 0.5 after 0.5',
  ],
  [
    'a number among knots',
    one('[{ at: 0.5, value: 1 }, 3]'),
    '4:54: buyers.types[0].values[1]: expected { at, value }, got 3',
  ],
  [
    'a list beside blocks',
    study(
      '  tasks: { nodes: 1 }\n  types:\n    - { mass: 1, values: [1] }\n    - { mass: 1, values: [{ from: 0, to: 0.5, value: 1 }] }\n',
    ),
    '6:18: buyers.types[0].values: a list of values stands at fixed nodes, which the kinks of another type would move; tasks: { weights: [..] } would do',
  ],
  [
    'nodes and weights',
    one('1', '  tasks: { nodes: 2, weights: [1] }\n'),
    '4:22: buyers.tasks.weights: expected either nodes or weights, got both',
  ],
  [
    'too many nodes',
    one('1', '  tasks: { nodes: 5000 }\n'),
    '4:12: buyers.tasks.nodes: expected a whole number from 1 to 512, got 5000',
  ],
  [
    'no weights',
    one('1', '  tasks: { weights: [] }\n'),
    '4:12: buyers.tasks.weights: expected at least one weight, got none',
  ],
  [
    'a weight of zero',
    one('1', '  tasks: { weights: [1, 0] }\n'),
    '4:25: buyers.tasks.weights[1]: expected a number above 0, got 0',
  ],
  [
    'a misspelt field of the tasks',
    one('1', '  tasks: { node: 2 }\n'),
    '4:12: buyers.tasks.node: no such field; did you mean nodes? (known: nodes, weights, names)',
  ],
  [
    'a misspelt field of a type',
    study('  types: [{ mass: 1, value: 1 }]\n'),
    '4:22: buyers.types[0].value: no such field; did you mean values? (known: name, values, mass)',
  ],
  ['no types', study('  types: []\n'), '4:3: buyers.types: expected at least one type, got none'],
  [
    'two types of a name',
    study('  types: [{ name: A, mass: 1, values: 1 }, { name: A, mass: 1, values: 2 }]\n'),
    '4:46: buyers.types[1].name: expected a name of its own, got a second "A"',
  ],
  [
    'masses of zero',
    study('  types: [{ mass: 0, values: 1 }]\n'),
    '4:3: buyers.types: expected masses with a positive finite sum, got 0',
  ],
])('profiles are refused with their place: %s', (_, text, message) => {
  expect(complaint(text)).toBe(`p.yaml:${message}`);
});

test('knots beyond any number of nodes are refused', () => {
  const knots = Array.from({ length: 600 }, (_, k) => `{ at: ${k / 600}, value: 1 }`).join(', ');
  expect(complaint(one(`[${knots}]`))).toBe(
    'p.yaml:2:1: buyers.tasks.nodes: expected at most 4096 nodes, got 4104; profiles that break at 599 places need so many',
  );
});

const byTask = (rest: string): string => `production:
  use: cobb-douglas
  exponents: { input: "0.2 + 0.1*i", fineTuning: 0.25 }
inputs:
  input: { scope: task, cost: 0.1 }
  fineTuning: { scope: shared, cost: 0.1 }
${rest}`;

describe('production that differs from task to task', () => {
  it('goes with profiles', () => {
    const { technology } = parse(byTask('buyers: { kind: profiles, types: [{ mass: 1, values: 1 }] }\n'));
    expect(technology.kind === 'production' && technology.production.atTask!(1).degree).toBeCloseTo(0.3, 15);
  });

  it('is refused with other buyers, and with packages', () => {
    const uniform = '{ use: uniform, min: 0, max: 1 }';
    expect(
      complaint(byTask(`buyers:\n  kind: value-scale\n  value: ${uniform}\n  scale: ${uniform}\n`)),
    ).toBe(
      'p.yaml:8:3: buyers.kind: production differs from task to task, and only profiles name tasks; expected profiles, got value-scale',
    );
    expect(
      complaint(byTask('buyers: { kind: profiles, types: [{ mass: 1, values: 1 }] }\ncontract: packages\n')),
    ).toBe(
      'p.yaml:8:1: contract: packages need tasks that are alike, and production differs from task to task',
    );
  });

  it('is refused with the place of a formula that does not do', () => {
    const text = byTask('buyers: { kind: profiles, types: [{ mass: 1, values: 1 }] }\n');
    expect(complaint(text.replace('0.1*i', '0.1*j'))).toBe(
      'p.yaml:3:16: production.exponents.input: column 11: no name "j"; did you mean i? (names: i)',
    );
    expect(complaint(text.replace('0.1*i', 'i'))).toBe(
      'p.yaml:3:3: production.exponents: cobb-douglas: expected exponents that sum to less than 1, got input 0.7625 + fineTuning 0.25 = 1.0125 at i = 0.5625',
    );
  });
});
