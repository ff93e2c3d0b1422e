/* Numbers at the ends of what numbers there are: every run ends in a result with a status, or in a message, and in no text stands what JavaScript calls them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const root = mkdtempSync(join(tmpdir(), 'menusmith-numbers-'));
afterAll(() => rmSync(root, { recursive: true }));
const examples = join(import.meta.dirname, '../../examples');
const written = (name: string, text: string): string => {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
};
const noNumber = /NaN|Infinity|∞|undefined/;

const scaled = (value: string, more: string): string =>
  `production: { use: cobb-douglas, exponents: { input: 0.25, output: 0.25, fineTuning: 0.25 }, base: { fineTuning: 1 } }
inputs: { input: { scope: task, cost: 0.125 }, output: { scope: task, cost: 0.125 }, fineTuning: { scope: shared, cost: 0.125 } }
buyers: { kind: value-scale, value: ${value}, scale: { use: uniform, min: 0, max: 1 }${more} }
`;
const onGrid = ', dependence: { use: gaussian, rho: 0.5 }, grid: { values: 8, scales: 6 }';

describe('a study of numbers beyond what can be computed is solved without a certificate', () => {
  it.each([
    ['values of 1e308 on a grid', scaled('{ use: uniform, min: 0, max: 1e308 }', onGrid)],
    ['values of 1e300 on a grid', scaled('{ use: uniform, min: 0, max: 1e300 }', onGrid)],
    ['values up to the least number', scaled('{ use: uniform, min: 0, max: 5e-324 }', '')],
  ])('%s', async (name, text) => {
    const study = written(`${name}.yaml`, text);
    for (const argv of [
      ['solve', study],
      ['check', study],
      ['solve', study, '--json'],
    ]) {
      const { code, stdout, stderr } = await runMain(...argv);
      expect(code).toBe(3);
      expect(stdout).not.toBe('');
      expect(stdout + stderr).not.toMatch(noNumber);
    }
  });

  it('a distribution that answers with no number is told of in words', async () => {
    const plugin = written(
      'nan.mjs',
      `export default { name: 'p', distributions: [{ name: 'odd', doc: 'Odd.', parameters: {}, examples: [{}], create: () => ({
        min: 0, max: 1, breakpoints: [], density: () => 1, cdf: () => NaN, survival: (x) => 1 - x, quantile: (u) => u }) }] };`,
    );
    const study = written(
      'odd.yaml',
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: odd } }\n',
    );
    const { code, stdout } = await runMain('solve', study, '--plugin', plugin);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, ' ')).toContain('F is not a number at the quantile of rank');
    const laws = await runMain('laws', 'odd', '--plugin', plugin);
    expect([laws.code, laws.stdout]).toEqual([2, expect.stringMatching(/got +not a number/)]);
    expect(laws.stdout).not.toMatch(/NaN|Infinity/);
  });
});

describe('a message names no number as JavaScript does', () => {
  const listed = (first: string): string =>
    `cost: { use: quadratic }\nbuyers: { kind: representative, types: [{ value: 1, mass: ${first} }, { value: 2, mass: 1e308 }] }\n`;
  it.each([
    ['.nan', 'expected a finite number, got .nan'],
    ['.inf', 'expected a finite number, got .inf'],
    ['-.inf', 'expected a finite number, got -.inf'],
    ['1e308', 'expected masses with a positive finite sum, got infinite'],
  ])('a mass of %s', async (mass, message) => {
    const { code, stderr } = await runMain('solve', written('mass.yaml', listed(mass)));
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

it('no crash: a linear program beyond what its solver takes, and types between which there are no numbers', async () => {
  const goods = written(
    'goods.yaml',
    `cost: { use: linear, rate: 0, max: 1, total: 1 }
buyers: { kind: profiles, tasks: { weights: [1, 1] }, types: [{ mass: 1, values: [1, -1e308] }, { mass: 1, values: [0.3, 0.5] }] }
`,
  );
  expect((await runMain('solve', goods)).code).toBe(3);
  expect((await runMain('tiers', goods, '--count', '2')).code).not.toBe(1);
  const narrow = readFileSync(join(examples, 'priced-packages.yaml'), 'utf8').replace(
    /(scale: \{ use: \w+)[^}]*/,
    '$1, min: 0, max: 5e-324 ',
  );
  expect(narrow).toContain('5e-324');
  const { code } = await runMain('sensitivity', written('narrow.yaml', narrow), '--count', '2');
  expect([0, 2]).toContain(code);
});

it('a limit of time beyond what timers know is none', async () => {
  for (const limit of ['1e308', '3000000']) {
    const { code, stdout } = await runMain('laws', 'uniform', '--time-limit', limit);
    expect([code, stdout]).toEqual([0, expect.stringContaining('laws hold')]);
  }
});

it('a message is one line, whatever it repeats, and no longer than one can read', async () => {
  const study = join(examples, 'example-1-packages.yaml');
  const text = JSON.stringify('a\r\n\t✓ certified optimal');
  const { code, stderr } = await runMain('solve', study, '--set', `buyers.value.use=${text}`);
  expect(code).toBe(2);
  expect(stderr).toContain('a\\r\\n\\t✓ certified');
  expect(stderr.trimEnd()).not.toMatch(/[\r\n\t]/);
  const halved = await runMain('solve', study, '--set', `contract=${'x'.repeat(56)}${'😀'.repeat(20)}`);
  expect([halved.code, halved.stderr]).toEqual([2, expect.not.stringMatching(/\\ud83d/)]);
  const long = await runMain('solve', study, '--set', `${'x'.repeat(9000)}=1`);
  expect(long.code).toBe(2);
  expect(long.stderr.length).toBeLessThan(3000);
});
