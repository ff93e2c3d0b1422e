import { readFileSync } from 'node:fs';
import {
  costWords,
  createRegistry,
  formatInputError,
  parseStudy,
  type Result,
  solve,
  standardPlugin,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, it, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (text: string) => parseStudy(text, { file: 's.yaml', registry });
const solved = async (text: string): Promise<Result> => (await solve(parse(text))).result;
const example = (name: string): Promise<Result> => solved(readFileSync(`examples/${name}.yaml`, 'utf8'));

describe('examples from textbooks', () => {
  it.each([
    ['mussa-rosen', 0.8 ** 3 / 12],
    ['maskin-riley', (Math.log(10) / 2 - 0.75 + 0.1 - 0.0025) / 2],
    ['linear-demand', 1.5 ** 3 / 12],
    ['procurement', 1.8 ** 3 / 12],
    ['versions', 4 / 3],
  ])('%s earns %d', async (name, profit) => {
    const result = await example(name);
    expect(result.status).toBe('optimal');
    expect(result.profit).toBeCloseTo(profit, 11);
  });

  it('versions: everybody gets one, the cheaper one at what it is worth to the third', async () => {
    const { types } = await example('versions');
    expect(types.map(({ profile }) => profile)).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    expect(types.map(({ transfer }) => transfer)).toEqual([4, 1.5, 1.5]);
  });
});

test('words say which good costs what', () => {
  const words = (name: string): string => {
    const { technology, buyers } = parse(readFileSync(`examples/${name}.yaml`, 'utf8'));
    return costWords(technology as Parameters<typeof costWords>[0], buyers);
  };
  expect(words('versions')).toBe('linear (rate: full 2, light 0.5; max 1; total 1)');
  expect(words('mussa-rosen')).toBe('expression (formula a*q + q^2/2; a 0.2)');
  expect(words('procurement')).toBe('quadratic');
});

const uniform = 'type: { use: uniform, min: 0, max: 1 }';

describe('production that saturates or peaks is a cost', () => {
  it.each([
    // x = 1 − √(1 − q) makes q, and nobody goes beyond x = 1.
    ['2*x - x^2', '0.2*(1 - sqrt(1 - q))', 1],
    ['log(1 + x)', '0.2*(exp(q) - 1)', undefined],
    ['min(x, 1)', '0.2*q', 1],
    ['min(2*x, 0.5 + x, 1.2)', 'max(0.1*q, 0.2*q - 0.1)', 1.2],
  ])('v = %s costs what C = %s does', async (v, cost, max) => {
    const buyers = `buyers: { kind: representative, ${uniform} }`;
    const made = await solved(
      `production: { use: expression, formula: "${v}" }\ninputs: { x: { scope: task, cost: 0.2 } }\n${buyers}`,
    );
    const outright = await solved(
      `cost: { use: expression, formula: "${cost}"${max === undefined ? '' : `, max: ${max}`} }\n${buyers}`,
    );
    expect(outright.status).toBe('optimal');
    expect(outright.profit! / made.profit!).toBeCloseTo(1, 8);
  });
});

describe('an expression cost is solved for every kind of buyers', () => {
  const quadratic = 'cost: { use: quadratic }';
  const written = 'cost: { use: expression, formula: "q^2/2" }';
  it.each([
    [
      'values and scales',
      `{ kind: value-scale, value: { use: uniform, min: 0, max: 1 }, scale: { use: uniform, min: 0, max: 1 } }`,
    ],
    ['a list of types', '{ kind: representative, types: [{ value: 1, mass: 2 }, { value: 2, mass: 1 }] }'],
    ['two profiles', '{ kind: profiles, types: [{ mass: 1, values: 1 - i }, { mass: 2, values: 0.8*i }] }'],
    [
      'listed profiles',
      '{ kind: profiles, tasks: { weights: [1, 2] }, types: [{ mass: 1, values: [1, -0.5] }, { mass: 2, values: [0.4, 1] }, { mass: 1, values: [0.8, 0.8] }] }',
    ],
    ['a grid', '{ kind: value-scale-grid, values: [0.5, 1], scales: [0.5, 1], mass: [[1, 2], [2, 1]] }'],
  ])('%s', async (_, buyers) => {
    const [one, other] = [
      await solved(`${quadratic}\nbuyers: ${buyers}`),
      await solved(`${written}\nbuyers: ${buyers}`),
    ];
    expect(other.status).toBe('optimal');
    expect(other.profit! / one.profit!).toBeCloseTo(1, 7);
  });
});

test('net values and costs by task are two ways to say the same', async () => {
  const types = [
    [2, 0.5, 3],
    [1, 1.5, 0.2],
    [2.5, 0.1, 1],
  ];
  const rates = [0.4, 0.6, 1.1];
  const study = (cost: string, net: boolean): string =>
    `cost: ${cost}\nbuyers:\n  kind: profiles\n  tasks: { weights: [1, 0.5, 2] }\n  types:\n${types
      .map(
        (values) =>
          `    - { mass: 1, values: [${values.map((w, m) => (net ? w - rates[m]! : w)).join(', ')}] }\n`,
      )
      .join('')}`;
  const list = `[${rates.join(', ')}]`;
  for (const [gross, net] of [
    [`{ use: linear, rate: ${list} }`, '{ use: linear }'],
    [
      `{ use: expression, formula: [${rates.map((rate) => `"${rate}*q + q^3"`).join(', ')}] }`,
      '{ use: expression, formula: "q^3" }',
    ],
  ]) {
    const [one, other] = [await solved(study(gross!, false)), await solved(study(net!, true))];
    expect(one.status).toBe('optimal');
    expect(other.status).toBe('optimal');
    expect(one.profit! / other.profit!).toBeCloseTo(1, 7);
  }
});

describe('a cost that does not go with the study is refused', () => {
  const complaint = (text: string): string => {
    try {
      parse(text);
    } catch (error) {
      if (error instanceof InputError) return formatInputError(error);
      throw error;
    }
    throw new Error('the study was accepted');
  };
  const line = `buyers: { kind: representative, ${uniform} }`;
  const pair = 'buyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [{ mass: 1, values: [1, 2] }] }';
  it.each([
    [
      'costs by task without tasks',
      'cost: { use: linear, rate: [1, 2] }',
      line,
      '1:1: cost: linear: costs that differ from task to task need buyers whose tasks are told apart; expected profiles, or a file with one column a task, got representative',
    ],
    [
      'a total without tasks',
      'cost: { use: linear, total: 1 }',
      line,
      '1:1: cost: linear: a total over tasks needs buyers whose tasks are told apart; expected profiles, or a file with one column a task, got representative',
    ],
    [
      'a total over the nodes of a quadrature',
      'cost: { use: linear, total: 1 }',
      'buyers: { kind: profiles, types: [{ mass: 1, values: i }] }',
      '1:22: cost.total: a sum over tasks needs them listed; buyers.tasks: { weights: [..] } would do',
    ],
    [
      'costs of more tasks than there are',
      'cost: { use: linear, rate: [1, 2, 3] }',
      pair,
      '1:1: cost: linear: expected costs for 2 tasks, which is what buyers have, got 3',
    ],
    [
      'a cost that stops rising',
      'cost: { use: expression, formula: "0.5*q" }',
      line,
      '1:1: cost: expression: expected a cost that rises faster and faster, got one of which a further unit always costs less than the 1 that it is worth to a buyer: the surplus has no maximum. A max, or a cost with a growing slope, would do',
    ],
    [
      'a concave cost',
      'cost: { use: expression, formula: "min(q, 0.5 + q/4)", max: 2 }',
      line,
      '1:26: cost.formula: expected a convex cost, got one whose slope falls from 1 at q = 0.666667 to 0.25 at q = 0.666667',
    ],
    [
      'a second formula that is none',
      'cost: { use: expression, formula: ["q^2", "q^"] }',
      pair,
      '1:43: cost.formula[1]: column 3: expected a number, a name, a function or "(", got the end',
    ],
    [
      'values below 0 of what is made',
      'production: { use: cobb-douglas, exponents: { x: 0.5 } }\ninputs: { x: { scope: task, cost: 1 } }',
      'buyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [{ mass: 1, values: [1, -2] }] }',
      '3:86: buyers.types[0].values[1]: expected a number of at least 0, got -2',
    ],
  ])('%s', (_, cost, buyers, message) => {
    expect(complaint(`${cost}\n${buyers}\n`)).toBe(`s.yaml:${message}`);
  });
});
