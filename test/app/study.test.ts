import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, formatInputError, parseStudy, readStudy } from '@menusmith/app';
import { InputError, type Plugin } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { smallPlugin } from './small-plugin.ts';

const registry = createRegistry([smallPlugin]);
const parse = (text: string, file = 'examples/study.yaml') => parseStudy(text, { file, registry });

/** The message for this text; the test fails where it is accepted. */
const complaint = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InputError) return formatInputError(error);
    throw error;
  }
  throw new Error('the study was accepted');
};

const good = `name: Example 1
production:
  use: cobb-douglas
  exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }
  base: { fineTuning: 1 }
inputs:
  input: { scope: task, cost: 0.125 }
  fineTuning: { scope: shared, cost: 0.125 }
  output: { scope: task, cost: 0.25 }
buyers:
  kind: value-scale
  value: { use: uniform, min: 0, max: 1 }
  scale: { use: uniform, max: 1 }
contract: packages
`;

const representative = `cost: { use: quadratic }
buyers:
  kind: representative
  types:
    - { name: L, value: 1, mass: 2 }
    - { name: H, value: 2, mass: 1 }
`;

/** The good study with one change; the change must be one. */
const changed = (from: string, to: string, text = good): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

it('a distribution without an end is refused, whichever plugin it comes from', () => {
  const endless: Plugin = {
    name: 'endless',
    distributions: [
      {
        name: 'endless',
        doc: 'Exponential, never cut off.',
        parameters: {},
        create: () => ({
          min: 0,
          max: Number.POSITIVE_INFINITY,
          breakpoints: [],
          density: (x) => Math.exp(-x),
          cdf: (x) => -Math.expm1(-x),
          survival: (x) => Math.exp(-x),
          quantile: (u) => -Math.log1p(-u),
        }),
      },
    ],
  };
  const text = changed('use: uniform, min: 0, max: 1', 'use: endless');
  const read = () => parseStudy(text, { file: 's.yaml', registry: createRegistry([smallPlugin, endless]) });
  expect(read).toThrow('buyers.value: expected a support that ends, got [0, ∞]; cut its upper tail off');
});

describe('a good study', () => {
  it('is constructed with defaults filled in', () => {
    const study = parse(good);
    expect(study).toMatchObject({
      name: 'Example 1',
      contract: 'packages',
      implementation: 'direct',
      solver: { use: 'auto', tolerance: 1e-8, supply: 'auto' },
      buyers: {
        kind: 'value-scale',
        labels: { value: 'uniform on [0, 1]', scale: 'uniform on [0, 1]', dependence: 'independent' },
      },
    });
    expect(study.buyers).toMatchObject({ value: { min: 0, max: 1 }, dependence: { independent: true } });
  });

  it('has task inputs in file order, then shared inputs in file order', () => {
    const { technology } = parse(good);
    expect(technology).toMatchObject({
      kind: 'production',
      use: 'cobb-douglas',
      names: { task: ['input', 'output'], shared: ['fineTuning'] },
      parameters: { base: { fineTuning: 1 }, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 } },
      inputs: [
        { name: 'input', scope: 'task', cost: 0.125, max: Number.POSITIVE_INFINITY },
        { name: 'output', scope: 'task', cost: 0.25, max: Number.POSITIVE_INFINITY },
        { name: 'fineTuning', scope: 'shared', cost: 0.125, max: Number.POSITIVE_INFINITY },
      ],
    });
  });

  it('takes a cost in place of production, and representative types whose masses it normalises', () => {
    const study = parse(representative, 'studies/two-types.yaml');
    expect(study).toMatchObject({
      name: 'two-types',
      contract: 'allocations',
      technology: { kind: 'cost', use: 'quadratic', parameters: { max: 10 } },
      buyers: {
        types: [
          { name: 'L', value: 1, mass: 2 / 3 },
          { name: 'H', value: 2, mass: 1 / 3 },
        ],
      },
    });
  });

  it('may be JSON, indented with tabs', () => {
    const data = {
      name: 'as JSON',
      cost: { use: 'quadratic' },
      buyers: { kind: 'representative', type: { use: 'uniform', min: 1, max: 2 } },
      solver: { supply: 'numeric', minimizer: 'stay', tolerance: 1e-6 },
    };
    expect(parse(JSON.stringify(data, null, '\t'), 'study.json')).toMatchObject({
      name: 'as JSON',
      buyers: { labels: { type: 'uniform on [1, 2]' } },
      solver: { use: 'auto', supply: 'numeric', minimizer: { usesGradient: false }, tolerance: 1e-6 },
    });
  });

  it('reads 1e-8 as a number, and aliases as what they stand for', () => {
    const text = changed('cost: 0.25', 'cost: *c', changed('cost: 0.125', 'cost: &c 1e-8'));
    const { technology } = parse(text);
    expect(technology.kind === 'production' && technology.inputs.map(({ cost }) => cost)).toEqual([
      1e-8, 1e-8, 0.125,
    ]);
  });

  it('keeps the cap of a shared input and the grid', () => {
    const text = changed(
      'scope: shared,',
      'scope: shared, max: 3,',
      changed('contract:', '  grid: { values: 40, scales: 20 }\ncontract:'),
    );
    const { technology, buyers } = parse(text);
    expect(technology.kind === 'production' && technology.inputs[2]!.max).toBe(3);
    expect(buyers).toMatchObject({ grid: { values: 40, scales: 20 } });
  });
});

const exponents = 'exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }';
const value = 'value: { use: uniform, min: 0, max: 1 }';

/** What is wrong | the text | the message after `examples/study.yaml:`. */
/** Two models in place of production and inputs. */
const models = (name: string, rest: string): string => `models:
  - name: small
    production: { use: cobb-douglas, exponents: { input: 0.5 } }
    inputs: { input: { scope: task, cost: 1 } }
  - name: ${name}
    production: { use: cobb-douglas, exponents: { input: 0.5 } }
    inputs: { input: { scope: task, cost: ${rest} } }
buyers: { kind: representative, type: { use: uniform, max: 1 } }
`;

const bad: [string, () => string, string][] = [
  [
    'a negative cost in the second model',
    () => models('large', '-1'),
    '7:37: models[1].inputs.input.cost: expected a number above 0, got -1',
  ],
  [
    'two models of one name',
    () => models('small', '2'),
    '5:5: models[1].name: expected a name of its own, got small a second time',
  ],
  [
    'models beside production',
    () => `${good}models: []\n`,
    '15:1: models: expected either models or production with inputs or cost, got models and production',
  ],
  [
    'a negative exponent',
    () => changed('input: 0.25', 'input: -0.25'),
    '4:16: production.exponents.input: expected a number above 0, got -0.25',
  ],
  [
    'exponents that sum to 1 or more',
    () => changed('fineTuning: 0.25', 'fineTuning: 0.5'),
    '4:3: production.exponents: expected exponents with a sum below 1, got 1',
  ],
  [
    'a text that looks like a number',
    () => changed('input: 0.25', 'input: "0.25"'),
    '4:16: production.exponents.input: expected a number, got the text "0.25"',
  ],
  [
    'a word for a number',
    () => changed('cost: 0.125', 'cost: cheap'),
    '7:25: inputs.input.cost: expected a number, got the text "cheap"',
  ],
  [
    'a list for a number',
    () => changed('cost: 0.125', 'cost: [1]'),
    '7:25: inputs.input.cost: expected a number, got a list',
  ],
  [
    'a negative cost',
    () => changed('cost: 0.125', 'cost: -0.125'),
    '7:25: inputs.input.cost: expected a number above 0, got -0.125',
  ],
  [
    'a cost of zero',
    () => changed('cost: 0.125', 'cost: 0'),
    '7:25: inputs.input.cost: expected a number above 0, got 0',
  ],
  [
    'an infinite cost',
    () => changed('cost: 0.125', 'cost: .inf'),
    '7:25: inputs.input.cost: expected a finite number, got .inf',
  ],
  [
    'a cost that is not a number',
    () => changed('cost: 0.125', 'cost: .nan'),
    '7:25: inputs.input.cost: expected a finite number, got .nan',
  ],
  [
    'a cost beyond the numbers',
    () => changed('cost: 0.125', 'cost: 1e999'),
    '7:25: inputs.input.cost: expected a finite number, got .inf',
  ],
  [
    'an infinite parameter',
    () => changed('max: 1 }', 'max: .inf }'),
    '12:34: buyers.value.max: expected a finite number, got .inf',
  ],
  [
    'a missing cost',
    () => changed(', cost: 0.125', ''),
    '7:3: inputs.input.cost: missing: expected a number',
  ],
  [
    'an empty cost',
    () => changed('cost: 0.125', 'cost:'),
    '7:25: inputs.input.cost: expected a number, got nothing',
  ],
  [
    'a max of a task input',
    () => changed('cost: 0.125', 'cost: 1, max: 2'),
    '7:34: inputs.input.max: only a shared input can have a max, and this is a task input',
  ],
  [
    'a max of zero',
    () => changed('scope: shared', 'scope: shared, max: 0'),
    '8:32: inputs.fineTuning.max: expected a number above 0, got 0',
  ],
  [
    'an unknown scope',
    () => changed('scope: shared', 'scope: share'),
    '8:17: inputs.fineTuning.scope: expected task or shared, got the text "share"; did you mean shared?',
  ],
  [
    'an input name that cannot be one',
    () => changed('  input: {', '  2x: {'),
    '7:3: inputs.2x: expected a name that starts with a letter and has letters, digits, _, - or spaces',
  ],
  [
    'no inputs',
    () => changed(/inputs:[\s\S]*(?=buyers)/.exec(good)![0], 'inputs: {}\n'),
    '6:1: inputs: expected at least one input, got none',
  ],
  [
    'an input unknown to the production function',
    () => changed('exponents: { input', 'exponents: { inptu'),
    '4:16: production.exponents.inptu: no input called "inptu"; did you mean input? (inputs: input, output, fineTuning)',
  ],
  [
    'an input left out',
    () => changed('{ input: 0.25, ', '{ '),
    '4:3: production.exponents.input: missing: Exponent of each input',
  ],
  [
    'an input of the other scope',
    () => changed('base: { fineTuning', 'base: { output'),
    '5:11: production.base.output: expected a shared input, and "output" is not one',
  ],
  [
    'a number for a map',
    () => changed(exponents, 'exponents: 3'),
    '4:3: production.exponents: expected a number for each input, as { name: number }, got 3',
  ],
  [
    'a missing parameter',
    () => changed(`  ${exponents}\n`, ''),
    '2:1: production.exponents: missing: Exponent of each input',
  ],
  [
    'an unknown parameter',
    () => changed('min: 0, max: 1', 'min: 0, mxa: 1'),
    '12:34: buyers.value.mxa: uniform has no such parameter; did you mean max? (known: min, max)',
  ],
  [
    'a parameter where there is none',
    () => changed('contract:', '  dependence: { use: independent, rho: 1 }\ncontract:'),
    '14:35: buyers.dependence.rho: independent has no such parameter (independent has none)',
  ],
  [
    'a number out of its bounds',
    () => changed('contract:', '  dependence: { use: fgm, theta: 2 }\ncontract:'),
    '14:27: buyers.dependence.theta: expected a number from -1 to 1, got 2',
  ],
  [
    'too few numbers',
    () => changed(value, 'value: { use: polynomial, coefficients: [1] }'),
    '12:29: buyers.value.coefficients: expected at least 2 numbers, got 1',
  ],
  [
    'a text among numbers',
    () => changed(value, 'value: { use: polynomial, coefficients: [1, x] }'),
    '12:47: buyers.value.coefficients[1]: expected a number, got the text "x"',
  ],
  [
    'a number for numbers',
    () => changed(value, 'value: { use: polynomial, coefficients: 1 }'),
    '12:29: buyers.value.coefficients: expected a list of numbers, got 1',
  ],
  [
    'a number for a text',
    () => changed(value, 'value: { use: polynomial, coefficients: [1, 2], note: 1 }'),
    '12:51: buyers.value.note: expected a text, got 1',
  ],
  [
    'an unknown distribution',
    () => changed('use: uniform', 'use: unifrom'),
    '12:12: buyers.value.use: no distribution called "unifrom"; did you mean uniform? (known: polynomial, uniform)',
  ],
  [
    'an entry of another kind',
    () => changed('use: uniform', 'use: fgm'),
    '12:12: buyers.value.use: no distribution called "fgm": it is a copula (known: polynomial, uniform)',
  ],
  [
    'an unknown production function',
    () => changed('cobb-douglas', 'cob-douglas'),
    '3:3: production.use: no production function called "cob-douglas"; did you mean cobb-douglas? (known: cobb-douglas, plain)',
  ],
  [
    'an entry without a name',
    () => changed('use: uniform, ', ''),
    '12:3: buyers.value.use: missing: expected a text',
  ],
  [
    'an empty support',
    () => changed('min: 0, max: 1', 'min: 2, max: 1'),
    '12:26: buyers.value.min: expected min < max, got min = 2, max = 1',
  ],
  [
    'negative values',
    () => changed('min: 0, max: 1', 'min: -1, max: 1'),
    '12:3: buyers.value: expected a support of nonnegative numbers, got [-1, 1]',
  ],
  [
    'more scale than tasks',
    () => changed('uniform, max: 1', 'uniform, max: 2'),
    '13:3: buyers.scale: expected a support within [0, 1], got [0, 2]',
  ],
  [
    'a missing scale',
    () => changed('  scale: { use: uniform, max: 1 }\n', ''),
    '10:1: buyers.scale: missing: expected a map of fields',
  ],
  [
    'a grid that is none',
    () => changed('contract:', '  grid: { values: 1.5, scales: 20 }\ncontract:'),
    '14:11: buyers.grid.values: expected a whole number of at least 2, got 1.5',
  ],
  [
    'an unknown field',
    () => changed('contract:', 'contarct:'),
    '14:1: contarct: no such field; did you mean contract? (known: name, production, inputs, cost, models, buyers, contract, implementation, objective, outside, keep, capacity, units, solver)',
  ],
  [
    'a misspelt field before the one it leaves missing',
    () => changed('buyers:', 'buyer:'),
    '10:1: buyer: no such field; did you mean buyers? (known: name, production, inputs, cost, models, buyers, contract, implementation, objective, outside, keep, capacity, units, solver)',
  ],
  [
    'an unknown contract',
    () => changed('contract: packages', 'contract: package'),
    '14:1: contract: expected efficient, allocations or packages, got the text "package"; did you mean packages?',
  ],
  [
    'an unknown kind of buyers',
    () => changed('kind: value-scale', 'kind: value-scales'),
    '11:3: buyers.kind: expected value-scale, representative, value-scale-grid, profiles, goods or file, got the text "value-scales"; did you mean value-scale?',
  ],
  [
    'buyers without a kind',
    () => changed('  kind: value-scale\n', ''),
    '10:1: buyers.kind: missing: expected value-scale, representative, value-scale-grid, profiles, goods or file',
  ],
  [
    'no buyers',
    () => changed(/buyers:[\s\S]*/.exec(good)![0], ''),
    '1:1: buyers: missing: expected a map of fields',
  ],
  [
    'an unknown solver',
    () => `${good}solver: { use: magic }\n`,
    '15:11: solver.use: no solver called "magic" (known: auto)',
  ],
  [
    'an unknown minimizer',
    () => `${good}solver: { minimizer: sty }\n`,
    '15:11: solver.minimizer: no minimizer called "sty"; did you mean stay? (known: stay)',
  ],
  [
    'a tolerance of zero',
    () => `${good}solver: { tolerance: 0 }\n`,
    '15:11: solver.tolerance: expected a number above 0 and below 1, got 0',
  ],
  [
    'a closed form that is not there',
    () => `${good}solver: { supply: closed-form }\n`,
    '15:11: solver.supply: "cobb-douglas" has no closed form; expected auto or numeric',
  ],
  [
    'cost beside production',
    () => `${good}cost: { use: quadratic }\n`,
    '15:1: cost: expected either cost or production with inputs, got cost and production',
  ],
  [
    'cost beside inputs',
    () => `${representative}inputs:\n  x: { scope: task, cost: 1 }\n`,
    '1:1: cost: expected either cost or production with inputs, got cost and inputs',
  ],
  [
    'neither cost nor production',
    () => changed('cost: { use: quadratic }\n', '', representative),
    '1:1: production: missing: expected production with inputs, or cost',
  ],
  [
    'production without inputs',
    () => changed(/inputs:[\s\S]*(?=buyers)/.exec(good)![0], ''),
    '1:1: inputs: missing: expected every input of the production function',
  ],
  [
    'cost of packages',
    () => `${representative}contract: packages\n`,
    '7:1: contract: expected allocations or efficient, as cost is given outright; got packages',
  ],
  [
    'packages of a production function that is not homogeneous',
    () => changed(`cobb-douglas\n  ${exponents}\n  base: { fineTuning: 1 }`, 'plain'),
    '12:1: contract: packages need a production function that is homogeneous in the task inputs, and "plain" does not say that it is; its plugin declares it with `degree`',
  ],
  [
    'both type and types',
    () => changed('  types:', '  type: { use: uniform, max: 1 }\n  types:', representative),
    '5:3: buyers.types: expected either type or types, got both',
  ],
  [
    'neither type nor types',
    () => 'cost: { use: quadratic }\nbuyers: { kind: representative }\n',
    '2:1: buyers.type: missing: expected type (a distribution) or types (a list)',
  ],
  [
    'a negative mass',
    () => changed('mass: 1', 'mass: -1', representative),
    '6:28: buyers.types[1].mass: expected a number of at least 0, got -1',
  ],
  [
    'a negative type',
    () => changed('value: 2', 'value: -2', representative),
    '6:18: buyers.types[1].value: expected a number of at least 0, got -2',
  ],
  [
    'masses of zero',
    () => changed('mass: 2', 'mass: 0', changed('mass: 1', 'mass: 0', representative)),
    '4:3: buyers.types: expected masses with a positive finite sum, got 0',
  ],
  [
    'no types',
    () => 'cost: { use: quadratic }\nbuyers: { kind: representative, types: [] }\n',
    '2:33: buyers.types: expected at least one type, got none',
  ],
  [
    'a type without mass',
    () => changed(', mass: 1', '', representative),
    '6:7: buyers.types[1].mass: missing: expected a number',
  ],
  [
    'two types of a name',
    () => changed('name: H', 'name: L', representative),
    '6:9: buyers.types[1].name: expected a name of its own, got a second "L"',
  ],
  [
    'a field given twice',
    () => changed('min: 0, max: 1', 'max: 0, max: 1'),
    '12:34: expected each field once, got a second "max"',
  ],
  [
    'a syntax error',
    () => changed('max: 1 }', 'max: 1 '),
    '13:3: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }',
  ],
  [
    'a list for a study',
    () => '- 1\n',
    '1:1: expected a study, a map with buyers and what they are sold, got a list',
  ],
  [
    'a tag that YAML does not have',
    () => changed('max: 1 }', 'max: !!js/function 1 }'),
    '12:39: not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function',
  ],
  [
    'two documents',
    () => `${good}---\nname: 2\n`,
    '15:1: not valid YAML: expected one document, got a second one',
  ],
  [
    'a grid without its columns',
    () => changed('kind: value-scale', 'kind: value-scale-grid'),
    '12:3: buyers.value: no such field; did you mean values? (known: kind, values, scales, mass)',
  ],
  [
    'the first of several problems in file order',
    () => changed('name: Example 1', 'name: 1', changed('cost: 0.125', 'cost: -1')),
    '1:1: name: expected a text, got 1',
  ],
  [
    'a wrong parameter before a wrong structure',
    () => changed('input: 0.25', 'input: -0.25', changed('contract: packages', 'contract: 1')),
    '4:16: production.exponents.input: expected a number above 0, got -0.25',
  ],
];

describe('a bad study is refused with its place, its field, what was expected and what came', () => {
  it.each(bad)('%s', (_, text, message) => {
    expect(complaint(text())).toBe(`examples/study.yaml:${message}`);
  });

  it('aliases that unfold without end', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) =>
        `l${i}: &l${i} [${Array(9)
          .fill(i === 0 ? '1' : `*l${i - 1}`)
          .join(', ')}]`,
    );
    expect(complaint(levels.join('\n'))).toBe(
      'examples/study.yaml: expected at most 100 unfolded aliases, got more',
    );
  });

  it('an alias of itself', () => {
    expect(complaint('name: &a [*a]\n')).toMatch(
      /^examples\/study\.yaml:1:11: name\[0\]: an alias stands inside of what it stands for$/,
    );
    expect(complaint('buyers:\n  value: &u { use: mixture, parts: [ { weight: 1, of: *u } ] }\n')).toMatch(
      /^examples\/study\.yaml:2:51: buyers\.value\.parts\[0\]\.of: an alias stands inside/,
    );
  });

  it('nesting without end', () => {
    expect(complaint('['.repeat(100_000))).toMatch(/^examples\/study\.yaml/);
  });

  it('an empty text', () => {
    expect(complaint(' \n')).toBe('examples/study.yaml: the file is empty');
    expect(complaint('# nothing\n')).toBe(
      'examples/study.yaml:1:1: expected a study, a map with buyers and what they are sold, got nothing',
    );
  });
});

describe('a file that cannot be read is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
  const written = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };

  it('a missing file', async () => {
    await expect(readStudy('no-such.yaml', registry)).rejects.toThrow(/^no-such\.yaml: no such file$/);
  });

  it('a directory', async () => {
    await expect(readStudy(folder, registry)).rejects.toThrow(
      `${folder}: expected a study file, got a directory`,
    );
  });

  it('a file over 10 MB', async () => {
    const path = written('large.yaml', new Uint8Array(10_500_000).fill(32));
    await expect(readStudy(path, registry)).rejects.toThrow(`${path}: expected at most 10 MB, got 10.5 MB`);
  });

  it('a file that is not text', async () => {
    const path = written('binary.yaml', new Uint8Array([0xff, 0xfe, 0x80]));
    await expect(readStudy(path, registry)).rejects.toThrow(`${path}: expected text in UTF-8`);
  });

  it('and a good one is read, named after its file', async () => {
    const path = written('mussa-rosen.yaml', representative);
    expect((await readStudy(path, registry)).name).toBe('mussa-rosen');
  });
});
