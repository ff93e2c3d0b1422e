import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, type EntryLaws, registeredEntries, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

const folder = mkdtempSync(join(tmpdir(), 'laws-'));
let files = 0;
const pluginOf = (text: string): string => {
  const path = join(folder, `plugin-${files++}.mjs`);
  writeFileSync(path, text);
  return path;
};

/** A triangle distribution, right but for what `change` says. */
const triangle = (change: string, examples = '[{ min: 0, max: 1 }, { min: 1, max: 3 }]'): string =>
  pluginOf(`
    const number = (doc) => ({ kind: 'number', doc });
    const create = ({ min, max }) => {
      if (!(min < max)) throw new Error('expected min < max');
      const share = (x) => Math.min(1, Math.max(0, (x - min) / (max - min)));
      const made = {
        min,
        max,
        breakpoints: [],
        density: (x) => (x < min || x > max ? 0 : (2 * (x - min)) / (max - min) ** 2),
        cdf: (x) => share(x) ** 2,
        survival: (x) => (x < min ? 1 : x > max ? 0 : ((max - x) / (max - min)) * (1 + share(x))),
        quantile: (u) => (u === 1 ? max : min + (max - min) * Math.sqrt(u)),
      };
      return { ...made, ...(${change})(made, min) };
    };
    const entry = { name: 'triangle', doc: 'Rising.', parameters: { min: number('least'), max: number('most') } };
    export default { name: 'mine', distributions: [{ ...entry, examples: ${examples}, create }] };
  `);

describe('menusmith laws', () => {
  it('prints a table of laws that hold, and ends in 0', async () => {
    const { code, stdout, stderr } = await runMain('laws', 'triangle', '--plugin', triangle('() => ({})'));
    expect(stdout).toContain('triangle: a distribution\n');
    expect(stdout).toContain('1  { min: 0, max: 1 }\n');
    expect(stdout).toContain('✓ 11 laws hold.');
    expect(stdout).not.toContain('✗');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('says which law is broken, with which parameters, where, what was expected and what came; ends in 2', async () => {
    const path = triangle('(made, min) => (min === 1 ? { survival: () => 0.5 } : {})');
    const { code, stdout, stderr } = await runMain('laws', 'triangle', '--plugin', path);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'distribution "triangle" breaks 5 of 11 laws: one-population, survival-function, distribution-function, support, upper-tail\n',
    );
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain(
      '✗ survival-function: The distribution and survival functions sum to 1. with { min: 1, max: 3 } at x = ',
    );
    expect(words).toMatch(
      /at x = [\d.]+ expected cdf \+ survival = 1 got [\d.]+, off by 5\.0e-1, allowed 1\.0e-13 broken by 1 of 2 examples/,
    );
    expect(words).toContain('✗ 5 of 11 laws are broken.');
  });

  it('takes an exception of the plugin for a broken law, and shows its message', async () => {
    const path = triangle('() => ({ quantile() { throw new TypeError("u is out of luck"); } })');
    const { code, stdout } = await runMain('laws', 'triangle', '--plugin', path);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /✗ quantile-function: .*\n(?:.*\n)?.*with .*\n +found +quantile\(0\) threw: u is out of luck\n/,
    );
  });

  it.each([
    [
      'a call',
      '() => ({ quantile(u) { while (u > 0.2) u = Math.min(1, u + 1); return u; } })',
      'no answer within 0.6 s: quantile\\([\\d.]+\\) did not return',
    ],
    [
      'create',
      '() => { for (;;); }',
      'no answer within 0.6 s: create\\({ min: 0, max: 1 }\\) did not return',
    ],
  ])('ends %s that does not return, and says which it is', async (_, change, remark) => {
    const options = ['--plugin', triangle(change), '--time-limit', '0.6', '--json'];
    const { code, stdout } = await runMain('laws', 'triangle', ...options);
    expect(code).toBe(2);
    const { laws } = (JSON.parse(stdout) as { entries: readonly EntryLaws[] }).entries[0]!;
    const [first, ...later] = laws.filter((law) => law.remark?.startsWith('no answer'));
    expect(first!.remark).toMatch(new RegExp(`^${remark}$`));
    expect([first!.holds, later]).toEqual([false, []]);
    // What comes after is not claimed to hold.
    for (const law of laws.slice(laws.indexOf(first!) + 1)) expect(law.claimed).toBe(false);
  });

  it('takes NaN for a broken law, whatever it is compared with', async () => {
    const nan = '() => ({ density: () => NaN, cdf: () => NaN, survival: () => NaN })';
    const { code, stderr } = await runMain('laws', 'triangle', '--plugin', triangle(nan));
    expect(code).toBe(2);
    for (const law of [
      'survival-function',
      'distribution-function',
      'quantile-function',
      'support',
      'density',
      'upper-tail',
    ])
      expect(stderr).toContain(law);
  });

  it('prints JSON and nothing else, for what holds and for what does not', async () => {
    const broken = triangle('() => ({ breakpoints: [2, NaN] })');
    for (const [path, name, code] of [
      [broken, 'fgm', 0],
      [broken, 'triangle', 2],
    ] as const) {
      const ended = await runMain('laws', name, '--json', '--plugin', path);
      const document = JSON.parse(ended.stdout) as { name: string; holds: boolean; entries: EntryLaws[] };
      expect(document).toMatchObject({ name, holds: code === 0 });
      expect(document.entries).toHaveLength(1);
      expect(document.entries[0]).toMatchObject({ name, holds: code === 0 });
      expect(document.entries[0]!.examples.length).toBeGreaterThan(0);
      expect(ended.code).toBe(code);
    }
    const { stdout } = await runMain('laws', 'triangle', '--json', '--plugin', broken);
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });

  it('tries every kind that has an entry of the name', async () => {
    const path = pluginOf(`
      const entry = { name: 'uniform', doc: 'Stays.', parameters: {} };
      const create = () => ({ usesGradient: false, propose: ({ start }) => [...start] });
      export default { name: 'mine', minimizers: [{ ...entry, create }] };
    `);
    const { code, stdout, stderr } = await runMain('laws', 'uniform', '--plugin', path);
    expect(stdout).toContain('uniform: a distribution\n');
    expect(stdout).toContain('uniform: a minimizer\n');
    expect(stderr).toBe('minimizer "uniform" breaks 2 of 7 laws: convex-quadratic, smooth-convex\n');
    expect(code).toBe(2);
  });

  it('has lines of at most eighty columns, whatever the entry', async () => {
    for (const { entry } of registeredEntries(createRegistry([standardPlugin]))) {
      const { code, stdout, stderr } = await runMain('laws', entry.name);
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      expect({ name: entry.name, code, stderr }).toEqual({ name: entry.name, code: 0, stderr: '' });
    }
    const long = triangle('() => ({ survival() { throw new Error("x".repeat(200)); } })');
    const { stdout } = await runMain('laws', 'triangle', '--plugin', long);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it.each([
    [['unifrom'], 'no entry called "unifrom"; did you mean uniform? (`menusmith plugins` lists all)\n'],
    [['beta', '--plugin', 'no-such.mjs'], 'no-such.mjs: no such file\n'],
    [[], "error: missing required argument 'plugin'"],
    [
      ['triangle', '--plugin', triangle('() => ({})', '[]')],
      'distribution "triangle": expected examples: [{ min, max }, …], on which the laws run, got none; ' +
        'its defaults will not do, as min, max must be given\n',
    ],
  ])('%j is wrong input: a message, and exit code 2', async (argv, message) => {
    const { code, stdout, stderr } = await runMain('laws', ...argv);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('explains its exit codes in its help', async () => {
    const { code, stdout } = await runMain('laws', '--help');
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}every law holds\n {2}2 {2}a law is broken/);
    expect(code).toBe(0);
  });

  it('shows on a terminal how far it is, once that has taken two seconds', async () => {
    // propose is called seven times before the last law.
    const path = pluginOf(`
      const propose = ({ start }) => {
        for (const end = Date.now() + 400; Date.now() < end; );
        return [...start];
      };
      const create = () => ({ usesGradient: false, propose });
      export default { name: 'mine', minimizers: [{ name: 'slow', doc: '', parameters: {}, create }] };
    `);
    const { main } = await import('@menusmith/cli');
    const shown: string[] = [];
    const silent = { write: () => true };
    const terminal = { write: (text: string) => shown.push(text), isTTY: true, columns: 80 };
    await main(['laws', 'slow', '--plugin', path], { stdout: silent, stderr: terminal });
    expect(shown.join('')).toMatch(/\rlaw \d of 7, \d s/);
  });
});
