import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, loadPlugin } from '@menusmith/app';
import { InputError } from '@menusmith/core';
import { describe, expect, it } from 'vitest';
import { smallPlugin } from './small-plugin.ts';

const folder = mkdtempSync(join(tmpdir(), 'menusmith-'));
let files = 0;

/** A fresh module with this text; modules are cached by path. */
const moduleOf = (text: string, kind = 'mjs'): string => {
  const path = join(folder, `plugin-${files++}.${kind}`);
  writeFileSync(path, text);
  return path;
};

const entry = (name: string) =>
  `{ name: '${name}', doc: 'A point.', parameters: { at: { kind: 'number', doc: 'Where.' } }, create: () => ({}) }`;

describe('a plugin module', () => {
  it('is loaded from its default export', async () => {
    const plugin = await loadPlugin(
      moduleOf(`export default { name: 'mine', distributions: [${entry('point')}] };`),
    );
    expect(createRegistry([smallPlugin, plugin]).distributions.get('point').doc).toBe('A point.');
  });

  it('may not take a name that is taken', async () => {
    const plugin = await loadPlugin(
      moduleOf(`export default { name: 'mine', distributions: [${entry('uniform')}] };`),
    );
    expect(() => createRegistry([smallPlugin, plugin])).toThrow(
      'distribution "uniform" is declared in the plugins "small" and "mine"; names of a kind must differ',
    );
  });

  it('is a file of modest size whose name says that it is a module, so that nothing else is read', async () => {
    const refusal = async (path: string): Promise<string> =>
      loadPlugin(path).then(
        () => 'loaded',
        (error: unknown) => (error instanceof InputError ? error.message : 'a fault of ours'),
      );
    const text = 'export default { name: "mine" };';
    expect(await refusal(moduleOf(text, 'txt'))).toMatch(/got a file whose name does not end in \.js/);
    expect(await refusal('/dev/null')).toMatch(
      /expected a plugin module, got a device or a pipe|no such file/,
    );
    expect(await refusal(folder)).toMatch(/got a directory/);
    expect(await refusal(join(folder, `${'x'.repeat(5000)}.mjs`))).toMatch(/cannot be read \(ENAMETOOLONG\)/);
    expect(await refusal(moduleOf(`//${' '.repeat(10_000_000)}\n${text}`))).toMatch(
      /expected at most 10 MB, got 10\.0 MB/,
    );
  });

  const typescript = `import { type DistributionEntry, InputError } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { name } from './its-name';
enum Place { Low = 0, High = 1 }
const entry: DistributionEntry = {
  ...uniform,
  name: name satisfies string,
  create: (parameters) => {
    if ((parameters.max as number) > Place.High) throw new InputError('high', 'expected less', ['max']);
    return uniform.create(parameters);
  },
};
export default { name: 'mine', distributions: [entry] };
`;
  const javascript = typescript
    .replace('type DistributionEntry, ', '')
    .replace('entry: DistributionEntry', 'entry')
    .replace(/enum .*/, 'const Place = { High: 1 };')
    .replace(' as number', '')
    .replace(' satisfies string', '');

  it.each([
    ['JavaScript', 'mjs', javascript, 'js'],
    ['TypeScript', 'ts', typescript, 'ts'],
    ['TypeScript', 'mts', typescript, 'mts'],
  ])(
    'in %s (.%s), outside of the repository, has what the program itself exports',
    async (_, kind, text, other) => {
      const file = `its-name-${kind}.${other}`;
      writeFileSync(
        join(folder, file),
        `export const name${other === 'js' ? '' : ': string'} = 'mine-${kind}';\n`,
      );
      // A .js file is a module where a package.json says so.
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      const { distributions = [] } = await loadPlugin(moduleOf(text.replace('its-name', file), kind));
      expect(distributions[0]!.name).toBe(`mine-${kind}`);
      expect(distributions[0]!.create({ min: 0, max: 1 }).cdf(0.25)).toBe(0.25);
      expect(() => distributions[0]!.create({ min: 0, max: 2 })).toThrow(InputError);
    },
  );

  it('in TypeScript that is wrong is refused with its place', async () => {
    await expect(loadPlugin(moduleOf('export default {\n  name: ;\n};', 'ts'))).rejects.toThrow(
      /the plugin module failed to load: .*\(2:9\)/,
    );
  });

  const bad: [string, string, string][] = [
    ['a module that throws', 'throw new Error("no luck");', 'the plugin module failed to load: no luck'],
    ['no default export', 'export const plugin = {};', 'expected a plugin as the default export, got none'],
    ['a function', 'export default () => ({});', 'default export: expected a plugin object, got a function'],
    ['no name', 'export default {};', 'name: expected a name, got nothing'],
    [
      'a misspelt kind',
      "export default { name: 'mine', distribution: [] };",
      'distribution: no such field of a plugin; did you mean distributions? (known: name, productionFunctions, ' +
        'distributions, copulas, costFunctions, minimizers, solvers)',
    ],
    [
      'no list',
      "export default { name: 'mine', copulas: {} };",
      'copulas: expected a list of entries, got an object',
    ],
    [
      'no entry',
      "export default { name: 'mine', copulas: [1] };",
      'copulas[0]: expected an entry object, got 1',
    ],
    [
      'no create',
      "export default { name: 'mine', copulas: [{ name: 'c', doc: '', parameters: {} }] };",
      'copulas[0].create: expected a function, got nothing',
    ],
    [
      'an unknown kind of parameter',
      `export default { name: 'mine', copulas: [${entry('c').replace("'number'", "'numbre'")}] };`,
      'copulas[0].parameters.at.kind: expected one of number, numbers, by-input, fields-by-input, by-name, text, weighted-distributions, column, got the text "numbre"',
    ],
  ];
  it.each(bad)('is refused with the field: %s', async (_, text, message) => {
    const path = moduleOf(text);
    await expect(loadPlugin(path)).rejects.toThrow(`${path}: ${message}`);
  });

  it('is refused where there is none', async () => {
    await expect(loadPlugin('no-such.mjs')).rejects.toThrow(/^no-such\.mjs: no such file$/);
    await expect(loadPlugin(folder)).rejects.toThrow(`${folder}: expected a plugin module, got a directory`);
  });

  it('is refused with a message where its syntax is wrong', async () => {
    await expect(loadPlugin(moduleOf('export default {'))).rejects.toThrow(
      'the plugin module failed to load: ',
    );
  });
});
