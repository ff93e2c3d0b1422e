import { checkStudy, createRegistry, parseStudy, solveStudy, standardPlugin } from '@menusmith/app';
import type { Plugin } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

/** Linear demand by values alone, and with its gradient: v = q − q²/2 up to q = 1, where it is greatest. */
const plugin: Plugin = {
  name: 'linear-demand',
  productionFunctions: [false, true].map((hasGradient) => ({
    name: hasGradient ? 'linear-demand-with-gradient' : 'linear-demand',
    doc: 'q − q²/2 up to q = 1.',
    parameters: {},
    examples: [{ parameters: {}, inputs: { task: ['q'], shared: [] } }],
    create: () => ({
      value: ([q]) => (q! < 1 ? q! - q! ** 2 / 2 : 0.5),
      ...(hasGradient && {
        gradient: ([q], _, out) => {
          out[0] = Math.max(0, 1 - q!);
        },
      }),
    }),
  })),
};
const registry = createRegistry([standardPlugin, plugin]);
const parse = (text: string) => parseStudy(text, { file: 'v.yaml', registry });
const solve = (text: string) => solveStudy(parse(text)).result;
const byFormula = (formula: string): string => `{ use: expression, formula: "${formula}" }`;
const uniform = '{ use: uniform, min: 0, max: 1 }';

const expectOptimal = (text: string, profit: number, tolerance = 1e-10): void => {
  const { status, profit: found, certificate, notes } = solve(text);
  expect({ status, notes: notes.filter((note) => note.includes('supply')) }).toEqual({
    status: 'optimal',
    notes: [],
  });
  expect(Math.abs(found! / profit - 1)).toBeLessThan(tolerance);
  expect(Math.abs(certificate.upperBound! / profit - 1)).toBeLessThan(tolerance);
};

test('a saturating utility, v = 6x − x²/2: φ = (1 − .4/.6·.5, 1.5) = (⅔, 1.5), x = 6 − 1/φ = 4.5 and 16/3', () => {
  // S(φ) = φ(18 − 1/(2φ²)) − 6 + 1/φ = 18φ − 6 + 1/(2φ): .6·6.75 + .4·(21 + 1/3) = 12.58333…
  const text = `
production: ${byFormula('6*x - 0.5*x^2')}
inputs: { x: { scope: task, cost: 1 } }
buyers:
  kind: representative
  types: [{ name: low, value: 1, mass: 0.6 }, { name: high, value: 1.5, mass: 0.4 }]
contract: packages`;
  expectOptimal(text, 12 + 7 / 12);
  // x = 5 and 16/3: .6·12.5 + .4·21.333…
  expect(solve(text).efficientWelfare).toBeCloseTo(16 + 1 / 30, 10);
});

describe('linear demand, w ~ U[0, 1], c = .2: S(φ) = (φ − c)²/(2φ), half its integral from c to 1', () => {
  // ¼ ∫ (φ − 2c + c²/φ) dφ.
  const profit = (0.48 - 0.32 - 0.04 * Math.log(0.2)) / 4;
  test.each([
    byFormula('min(q,1) - min(q,1)^2/2'),
    byFormula('q - q^2/2'),
    '{ use: linear-demand }',
    '{ use: linear-demand-with-gradient }',
  ])('%s', (production) => {
    const study = (contract: string) => `
production: ${production}
inputs: { q: { scope: task, cost: 0.2 } }
buyers: { kind: representative, type: ${uniform} }
contract: ${contract}`;
    expectOptimal(study('packages'), profit);
    expectOptimal(study('allocations'), profit);
  });
});

test('√(1 + x) − 1 has a finite slope at zero: S(φ) = (φ − 2c)²/(4c) from φ = 2c on', () => {
  // ½ ∫ S dφ = (1 − 2c)³/(24c) = .045 at c = .2, times E[s] = ¾.
  expectOptimal(
    `
production: ${byFormula('sqrt(1+x)-1')}
inputs: { x: { scope: task, cost: 0.2 } }
buyers: { kind: value-scale, value: ${uniform}, scale: { use: uniform, min: 0.5, max: 1 } }`,
    0.03375,
  );
});

test('Leontief, √min(x, y): S = φ²/(4(c_x + c_y)), ½ ∫ S dφ · E[s] = 1/24', () => {
  expectOptimal(
    `
production: ${byFormula('min(x,y)^0.5')}
inputs: { x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.3 } }
buyers: { kind: value-scale, value: ${uniform}, scale: ${uniform} }`,
    1 / 24,
    1e-9,
  );
});

describe('min(x, 1): all or nothing from φ = c on, S = φ − c', () => {
  // ½ ∫ (φ − c) dφ = (1 − c)²/4.
  test.each(['packages', 'allocations'])('%s', (contract) =>
    expectOptimal(
      `
production: ${byFormula('min(x,1)')}
inputs: { x: { scope: task, cost: 0.2 } }
buyers: { kind: representative, type: ${uniform} }
contract: ${contract}`,
      0.16,
    ),
  );
});

describe('profiles in proportion, w·(1, .3): a chain, φ = (< 0, .8 − .4/.3·.2, 1), and Σ f ω S(aφ) is the profit', () => {
  // At φ = 8/15 the second task is worth .16, below the c at which service starts, so that some tasks are at the corner.
  const c = 0.2;
  const surpluses: readonly (readonly [string, string, (value: number) => number])[] = [
    ['log(1+x)', 'x: { scope: task, cost: 0.2 }', (value) => value * Math.log(value / c) - value + c],
    ['2*sqrt(1+x)-2', 'x: { scope: task, cost: 0.2 }', (value) => (value - c) ** 2 / c],
    ['x-x^2/2', 'x: { scope: task, cost: 0.2 }', (value) => (value - c) ** 2 / (2 * value)],
    [
      '2*sqrt(1+x+y)-2',
      'x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.25 }',
      (value) => (value - c) ** 2 / c,
    ],
    [
      'log(1+min(x,y))',
      'x: { scope: task, cost: 0.08 }, y: { scope: task, cost: 0.12 }',
      (value) => value * Math.log(value / c) - value + c,
    ],
  ];
  test.each(surpluses)('%s', (formula, inputs, surplus) => {
    const served = (value: number): number => (value > c ? surplus(value) : 0);
    const profit =
      0.3 * 0.5 * (served(8 / 15) + served(0.3 * (8 / 15))) + 0.4 * 0.5 * (served(1) + served(0.3));
    expectOptimal(
      `
production: ${byFormula(formula)}
inputs: { ${inputs} }
buyers:
  kind: profiles
  tasks: { weights: [0.5, 0.5] }
  types:
    - { mass: 0.3, values: [0.5, 0.15] }
    - { mass: 0.3, values: [0.8, 0.24] }
    - { mass: 0.4, values: [1, 0.3] }`,
      profit,
      2e-8,
    );
  });
});

test('inputs in fixed proportions with constant returns have no best amount, and are refused', () => {
  const text = `
production: ${byFormula('min(x,y)')}
inputs: { x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.3 } }
buyers: { kind: representative, type: ${uniform} }`;
  expect(() => solve(text)).toThrow(/ever more is worth more than it costs/);
});

describe('what is said of v is true', () => {
  const study = (formula: string, inputs = 'x: { scope: task, cost: 0.2 }') => `
production: ${byFormula(formula)}
inputs: { ${inputs} }
buyers: { kind: representative, type: ${uniform} }`;
  const assumptions = (formula: string, inputs?: string) =>
    new Map(checkStudy(parse(study(formula, inputs))).assumptions.map((own) => [own.name, own]));

  test.each([
    ['6*x - 0.5*x^2', undefined, true],
    ['min(x,1) - min(x,1)^2/2', undefined, true],
    ['min(x,2-x)', undefined, false],
    ['min(x,y)^0.5', 'x: { scope: task, cost: 0.2 }, y: { scope: task, cost: 0.2 }', false],
  ] as const)('%s is concave', (formula, inputs, isSmooth) => {
    const found = assumptions(formula, inputs);
    expect(found.get('concave')).toMatchObject({ holds: true });
    expect(found.get('concave')!.margin).not.toBeNaN();
    expect(found.get('smooth')!.holds).toBe(isSmooth);
  });

  test('a v that is not concave gets no bound, and the note says where it is not', () => {
    const { status, notes } = solve(study('x^2/(1+x^2)'));
    expect(status).toBe('feasible');
    const note = notes.find((own) => own.includes('upper bound'));
    expect(note).toMatch(/not concave around x = /);
    const x = Number(/x = ([\d.e-]+)/.exec(note!)![1]);
    // It is convex below 1/√3.
    expect(x).toBeLessThan(Math.sqrt(1 / 3) * 1.1);
    expect(assumptions('x^2/(1+x^2)').get('concave')!.holds).toBe(false);
  });
});
