import { readFileSync } from 'node:fs';
import {
  checkStudy,
  createRegistry,
  formatInputError,
  parseStudy,
  prepareStudy,
  solveStudy,
  standardPlugin,
} from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, it, test } from 'vitest';

const registry = createRegistry([standardPlugin]);
const parse = (text: string, file = 'p.yaml') => parseStudy(text, { file, registry });
/** Without its comment, so that places do not depend on it. */
const example = (name: string): string =>
  readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8').replace(/^#.*\n/gm, '');
const solve = (text: string) => solveStudy(parse(text)).result;

const complaint = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError) return formatInputError(error);
    throw error;
  }
  throw new Error('the study was accepted');
};

/** The study with one change; the change must be one. */
const changed = (from: string | RegExp, to: string, text: string): string => {
  expect(text).toMatch(from);
  return text.replace(from, to);
};

/** Example 1 with its production function written as a formula. */
const byFormula = (contract: string): string =>
  changed(
    /production:[\s\S]*?inputs:/,
    'production: { use: expression, formula: "(input*output*(1 + fineTuning))^r", parameters: { r: 0.25 } }\ninputs:',
    example(`example-1-${contract}`),
  );

describe('Example 1 by a formula', () => {
  test.each([
    ['allocations', 97 / 960, 139 / 480],
    ['packages', 97 / 1080, 139 / 540],
  ])('%s: profit %d and revenue %d to 1e-12, as by cobb-douglas', (contract, profit, revenue) => {
    const result = solve(byFormula(contract));
    expect(result.status).toBe('optimal');
    expect(result.supply).toBe('numeric');
    expect(Math.abs(result.profit! / profit - 1)).toBeLessThan(1e-12);
    expect(Math.abs(result.revenue! / revenue - 1)).toBeLessThan(1e-12);
    const plain = solve(example(`example-1-${contract}`));
    for (const key of ['cost', 'consumerSurplus', 'efficientWelfare', 'excludedShare'] as const) {
      expect(Math.abs(result[key]! / plain[key]! - 1)).toBeLessThan(1e-12);
    }
  });
});

test('CES near Cobb–Douglas solves Example 1, by its closed form and by the numeric path', () => {
  const text = changed(
    /production:[\s\S]*?inputs:/,
    `production:
  use: ces
  shares: { input: 0.5, output: 0.5 }
  substitution: 1e-9
  degree: 0.5
  shared: { fineTuning: { exponent: 0.25, base: 1 } }
inputs:`,
    example('example-1-packages'),
  );
  const [closed, numeric] = [solve(text), solve(`${text}solver: { supply: numeric }\n`)];
  expect([closed.supply, numeric.supply]).toEqual(['closed-form', 'numeric']);
  for (const { profit } of [closed, numeric]) expect(Math.abs(profit! / (97 / 1080) - 1)).toBeLessThan(1e-8);
});

test('the examples of ces and expression are certified optimal, by either path, and meet the assumptions', () => {
  for (const name of ['ces', 'formula']) {
    const text = example(name);
    const result = solve(text);
    expect({ name, status: result.status }).toEqual({ name, status: 'optimal' });
    const numeric = solve(`${text}solver: { supply: numeric }\n`);
    expect(Math.abs(numeric.profit! / result.profit! - 1)).toBeLessThan(1e-9);
    expect(checkStudy(parse(text)).assumptions.filter(({ holds }) => !holds)).toEqual([]);
  }
  // Uniform values and allocations, any technology: half of the efficient welfare.
  const { profit, efficientWelfare } = solve(example('ces'));
  expect(profit! / efficientWelfare!).toBeCloseTo(0.5, 12);
});

const shared = 'fineTuning: { exponent: 0.25, base: 1 }';

describe('parameters by name are refused with their place', () => {
  it.each([
    [
      'no exponent',
      'ces',
      shared,
      'fineTuning: { base: 1 }',
      '8:5: production.shared.fineTuning.exponent: missing: exponent of the input',
    ],
    [
      'an exponent that is none',
      'ces',
      '0.25, base',
      '-1, base',
      '8:19: production.shared.fineTuning.exponent: expected a number above 0 and below 1, got -1',
    ],
    [
      'a misspelt field',
      'ces',
      'base: 1',
      'bass: 1',
      '8:35: production.shared.fineTuning.bass: no such field; did you mean base? (known: exponent, base)',
    ],
    [
      'a number in place of fields',
      'ces',
      '{ exponent: 0.25, base: 1 }',
      '0.25',
      '8:5: production.shared.fineTuning: expected { exponent, base }, got 0.25',
    ],
    [
      'an unknown shared input',
      'ces',
      'fineTuning: { exponent',
      'finetuning: { exponent',
      '8:5: production.shared.finetuning: no input called "finetuning"; did you mean fineTuning? (inputs: input, output, fineTuning)',
    ],
    [
      'a shared input left out',
      'ces',
      `    ${shared}\n`,
      '    {}\n',
      '7:3: production.shared.fineTuning: missing: power of each shared input',
    ],
    [
      'no shared inputs',
      'ces',
      `  shared:\n    ${shared}\n`,
      '',
      '2:1: production.shared: missing: power of each shared input',
    ],
    [
      'a list of shared inputs',
      'ces',
      shared,
      '[]',
      '7:3: production.shared: expected { exponent, base } for each input, as { name: { exponent, base } }, got a list',
    ],
    [
      'a task input among the shared',
      'ces',
      shared,
      `${shared}\n    input: { exponent: 0.1 }`,
      '9:5: production.shared.input: expected a shared input, and "input" is not one',
    ],
    [
      'a substitution of 1',
      'ces',
      'substitution: -1',
      'substitution: 1',
      '5:3: production.substitution: expected a number below 1, got 1',
    ],
    [
      'a substitution of 0',
      'ces',
      'substitution: -1',
      'substitution: 0',
      '5:3: production.substitution: ces: a substitution of 0 is Cobb–Douglas: use cobb-douglas with exponents degree·share',
    ],
    [
      'a degree too high',
      'ces',
      'degree: 0.5',
      'degree: 0.8',
      '6:3: production.degree: ces: expected a degree above 0 and with the exponents below 1, got degree 0.8 + fineTuning 0.25 = 1.05',
    ],
    [
      'a parameter that is no number',
      'formula',
      'a: 0.3',
      'a: x',
      '5:17: production.parameters.a: expected a number, got the text "x"',
    ],
    [
      'a parameter whose name a formula cannot hold',
      'formula',
      'a: 0.3',
      'a-b: 0.3',
      '5:17: production.parameters.a-b: expected a name that starts with a letter and has letters, digits and _',
    ],
    [
      'a list of parameters',
      'formula',
      '{ a: 0.3, b: 0.2 }',
      '[1]',
      '5:3: production.parameters: expected numbers by name, as { name: number }, got a list',
    ],
    [
      'a parameter left out',
      'formula',
      'a: 0.3, ',
      '',
      '4:3: production.formula: column 7: no name "a"; did you mean b? (names: input, output, fineTuning, b)',
    ],
    [
      'a misspelt input',
      'formula',
      'input^a',
      'inptu^a',
      '4:3: production.formula: column 1: no name "inptu"; did you mean input? (names: input, output, fineTuning, a, b)',
    ],
    [
      'a formula that is a number',
      'formula',
      /formula: .*/,
      'formula: 3',
      '4:3: production.formula: expected a text, got 3',
    ],
  ])('%s', (_, name, from, to, message) => {
    expect(complaint(changed(from, to, example(name)))).toBe(`p.yaml:${message}`);
  });

  it('and a formula may not have what needs more than a sum to see', () => {
    const text = changed('scope: shared, cost', 'scope: shared, max: 1, cost', example('formula'));
    expect(complaint(changed(/fineTuning/g, 'fine-tuning', text))).toContain(
      'a formula cannot name the input "fine-tuning"; a name of letters, digits and _ can stand there, as fineTuning',
    );
  });
});

describe('a formula in one input that saturates, has kinks or peaks', () => {
  it('examples/peaked-quality.yaml earns (7.5 + log 6)/4 to 1e-12', () => {
    const { status, profit, supply } = solve(example('peaked-quality'));
    expect({ status, supply }).toEqual({ status: 'optimal', supply: 'closed-form' });
    expect(profit! / ((7.5 + Math.log(6)) / 4)).toBeCloseTo(1, 12);
  });

  test.each([
    ['4*x/(1 + x)', '0.3*q/(4 - q)', 3.9999],
    ['min(2*x, 1 + x/2, 3)', '0.3*max(q/2, 2*(q - 1))', 3],
    ['log(1 + x)', '0.3*(exp(q) - 1)', undefined],
    ['min(x, 1)', '0.3*q', 1],
  ])('%s sells as the cost %s of quality does, to 1e-12, and as by bisection, to 1e-9', (v, cost, max) => {
    const buyers = 'buyers: { kind: representative, type: { use: beta, a: 2, b: 3, min: 0, max: 2 } }';
    const made = `production: { use: expression, formula: "${v}" }\ninputs: { x: { scope: task, cost: 0.3 } }\n${buyers}\n`;
    const given = `cost: { use: expression, formula: "${cost}"${max === undefined ? '' : `, max: ${max}`} }\n${buyers}\n`;
    const [own, outright] = [solve(made), solve(given)];
    const bisected = solve(`${made}solver: { supply: numeric }\n`);
    expect([own.status, outright.status, bisected.supply]).toEqual(['optimal', 'optimal', 'numeric']);
    for (const name of ['profit', 'revenue', 'cost', 'welfare', 'efficientWelfare'] as const) {
      expect(own[name]! / outright[name]!).toBeCloseTo(1, 12);
      expect(own[name]! / bisected[name]!).toBeCloseTo(1, 9);
    }
  });

  it('is refused where ever more of the input pays', () => {
    const buyers = 'buyers: { kind: representative, type: { use: uniform, min: 0, max: 1 } }';
    const study = `production: { use: expression, formula: "x + sqrt(x)" }\ninputs: { x: { scope: task, cost: 0.5 } }\n${buyers}\n`;
    expect(() => solve(study)).toThrow(/always worth more than its cost/);
    expect(solve(study.replace('cost: 0.5', 'cost: 1.5')).status).toBe('optimal');
  });

  it('in straight pieces is a linear program for types without an order, with what their items are made of', async () => {
    const values = [
      '[1.2, 0.6, 0.7]',
      '[0.4, 1.2, 1.1]',
      '[0.9, 0.9, 0.3]',
      '[0.8, 0.5, 1.3]',
      '[1.3, 0.2, 0.7]',
    ];
    const types = values.map((own, n) => `    - { name: t${n}, mass: ${3 + ((2 * n) % 5)}, values: ${own} }`);
    const buyers = `buyers:\n  kind: profiles\n  tasks: { nodes: 3 }\n  types:\n${types.join('\n')}\ncontract: allocations\n`;
    const made =
      'production: { use: expression, formula: "min(2*x, 1 + x/2, 3)" }\ninputs: { x: { scope: task, cost: 0.3 } }\n';
    const given = 'cost: { use: expression, formula: "0.3*max(q/2, 2*(q - 1))", max: 3 }\n';
    const studies = [made, given].map((how) => parse(`${how}${buyers}`));
    const [own, outright] = await Promise.all(
      studies.map(async (study) => {
        await prepareStudy(study);
        return solveStudy(study).result;
      }),
    );
    expect([own!.status, outright!.status]).toEqual(['optimal', 'optimal']);
    expect(own!.profit! / outright!.profit!).toBeCloseTo(1, 9);
    let spent = 0;
    for (const { mass, inputs } of own!.types!)
      spent += (mass! * 0.3 * inputs!.x!) / own!.types!.reduce((sum, type) => sum + type.mass!, 0);
    expect(spent).toBeCloseTo(own!.cost!, 9);
  });
});
