import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples');
const allocations = join(examples, 'example-1-allocations.yaml');

const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** Wrong input: exit code 2, nothing on standard output, and this on standard error. */
const refused = async (argv: readonly string[], message: string): Promise<void> => {
  const { code, stdout, stderr } = await runMain(...argv);
  expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
};

describe('wrong input ends in exit code 2, a message on standard error and nothing on standard output', () => {
  it.each([['solve'], ['check']])('%s of a missing file', async (command) => {
    await refused([command, 'no-such.yaml'], 'no-such.yaml: no such file\n');
    await refused([command, 'no-such.yaml', '--json'], 'no-such.yaml: no such file\n');
  });

  it('a study that is wrong, with file, line, column, field, what was expected and what came', async () => {
    const path = written(
      'wrong.yaml',
      'cost: { use: quadratic }\nbuyers:\n  kind: representative\n  type: { use: unifrom }\n',
    );
    await refused(
      ['solve', path, '--json'],
      `${path}:4:11: buyers.type.use: no distribution called "unifrom"; did you mean uniform? (known: `,
    );
  });

  it.each([
    [['sovle', 'x.yaml'], "error: unknown command 'sovle'\n(Did you mean solve?)"],
    [['solve', 'x.yaml', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)"],
    [['solve'], "error: missing required argument 'study'"],
    [['solve', 'x.yaml', 'y.yaml'], 'error: too many arguments'],
    [['solve', 'x.yaml', '--supply', 'magic'], 'Allowed choices are auto, closed-form, numeric.'],
    [['solve', 'x.yaml', '--time-limit', '0'], 'Expected a number above 0.'],
    [
      ['plugins', 'unifrom'],
      'no entry called "unifrom"; did you mean uniform? (`menusmith plugins` lists all)',
    ],
    [['plugins', '--plugin', 'no-such.mjs'], 'no-such.mjs: no such file'],
    [[], 'Usage: menusmith'],
  ])('%j', async (argv, message) => {
    await refused(argv, message);
  });

  it.each([
    [
      'vlaue=1,scale=0.5',
      'no coordinate called "vlaue"; did you mean value? (these buyers have: value, scale)',
    ],
    ['value=1', 'missing scale; expected value=NUMBER,scale=NUMBER'],
    ['value=,scale=0.5', 'value: expected a number, got ""'],
    ['value=x,scale=0.5', 'value: expected a number, got "x"'],
    ['value=0:1,scale=0.5', 'value: expected a number, or a range as 0:1:11 (from, to, how many), got "0:1"'],
    ['value=0:1:1,scale=0.5', 'value: expected a range of 2 to 10000 numbers, got "0:1:1"'],
    ['value=0:1:2.5,scale=0.5', 'value: expected a range of 2 to 10000 numbers, got "0:1:2.5"'],
    ['value=0:2:3,scale=0.5', 'value: expected a number from 0 to 1, got 2'],
    ['value=0:1:1000,scale=0:1:1000', 'expected at most 10000 buyers, got 1000000'],
    ['value=1=2,scale=0.5', 'value: expected a number, got "1=2"'],
    ['value=Infinity,scale=0.5', 'value: expected a number, got "Infinity"'],
    ['value=1,value=1', 'expected value once, got a second one'],
    ['value=2,scale=0.5', 'value: expected a number from 0 to 1, got 2'],
    ['value=0.5,scale=-0.1', 'scale: expected a number from 0 to 1, got -0.1'],
  ])('--at %s', async (at, message) => {
    await refused(['solve', allocations, '--at', at], `--at ${at}: ${message}\n`);
  });

  it('--at a type that is not in the list', async () => {
    const path = written(
      'two.yaml',
      'cost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 1, mass: 1 }, { value: 2, mass: 1 }] }\n',
    );
    await refused(['solve', path, '--at', 'value=1.5'], 'value: expected one of the types 1, 2, got 1.5');
    await refused(
      ['solve', path, '--at', 'scale=1'],
      'no coordinate called "scale" (these buyers have: value)',
    );
  });

  it.each([
    ['inputs.inpt.cost=1', 'inputs.inpt: no such field; did you mean input? (fields here: '],
    [
      'production.exponent.input=1',
      'production.exponent: no such field; did you mean exponents? (fields here: ',
    ],
    ['solvr.tolerance=1', 'solvr: no such field; did you mean solver? (fields here: '],
    ['inputs.input.csot=1', 'inputs.input.csot: no such field; did you mean cost? (known: '],
    ['inputs.input.cost=-1', 'inputs.input.cost: expected a number above 0, got -1'],
    ['inputs.input.cost.x=1', 'inputs.input.cost.x: no such field: what is around it is 0.125'],
    ['inputs.input.cost', 'expected a field and its value, as production.exponents.input=0.3'],
    ['inputs.input.cost=', 'expected a value after =, got nothing'],
    ['inputs..cost=1', 'expected the path of a field, as '],
    ['inputs.input.cost=[1', 'expected a value as YAML has it, got [1'],
  ])('--set %s', async (setting, message) => {
    await refused(['solve', allocations, '--set', setting], `--set ${setting}: ${message}`);
  });

  it.each([
    ['solve', []],
    ['tiers', ['--count', '2', '--kind', 'two-part-tariff']],
    ['sensitivity', ['--count', '2', '--kind', 'two-part-tariff']],
  ] as const)('%s that is refused once it runs, with the line of the field', async (command, options) => {
    const path = written(
      'unbounded.yaml',
      `production:
  use: expression
  formula: tokens
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, type: { use: uniform } }
`,
    );
    await refused(
      [command, path, ...options],
      `${path}:1:1: production: expected a marginal product that falls`,
    );
  });

  it.each([
    ['{ use: expression, formula: min(tokens, 10) }', '1:32: production.formula: ', '{ }', 'min(tokens, 10)'],
    [
      '{ formula: 2*min(sqrt(tokens), max(1, 2))^0.5, use: expression }',
      '1:15: production.formula: ',
      '{ }',
      '2*min(sqrt(tokens), max(1, 2))^0.5',
    ],
  ])('a formula that YAML cuts at a comma: %s', async (production, place, brackets, formula) => {
    const path = written(
      'cut.yaml',
      `production: ${production}
inputs: { tokens: { scope: task, cost: 0.1 } }
buyers: { kind: representative, type: { use: uniform } }
`,
    );
    const advice = `a comma inside ${brackets} ends a value in YAML; put the formula in quotes: "${formula}"\n`;
    await refused(['solve', path], `${path}:${place}${advice}`);
  });

  it('a formula that YAML cuts in a list', async () => {
    const path = written(
      'cut-list.yaml',
      'cost: { use: quadratic }\nbuyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [{ mass: 1, values: [max(1, 2), 3] }] }\n',
    );
    await refused(['solve', path], 'put the formula in quotes: "max(1, 2)"');
  });

  it('a plugin that takes a taken name', async () => {
    const entry = "{ name: 'uniform', doc: '', parameters: {}, create: () => ({}) }";
    const path = written('taken.mjs', `export default { name: 'mine', distributions: [${entry}] };`);
    await refused(
      ['plugins', '--plugin', path],
      'distribution "uniform" is declared in the plugins "standard" and "mine"; names of a kind must differ',
    );
  });
});

describe('help and version end in exit code 0', () => {
  it.each([[['--help']], [['solve', '--help']], [['--version']]])('%j', async (argv) => {
    const { code, stdout, stderr } = await runMain(...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toBe('');
  });
});
