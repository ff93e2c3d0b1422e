import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import { runMain } from './run-main.ts';

/*
 * A plugin is input. Whatever one of its functions does ends in a result that is not certified, or in exit code 2 and a message that names the call, the entry, the plugin
 * and what the plugin itself said. What only a thread of its own can end is in hostile-processes.test.ts.
 */

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
let files = 0;
const fileOf = (text: string, kind: string): string => {
  const path = join(folder, `case-${files++}.${kind}`);
  writeFileSync(path, text);
  return path;
};
const moduleOf = (text: string): string => fileOf(text, 'mjs');

/** A plugin with one entry `bad`: a standard one, changed. `made` is what that creates. */
const pluginOf = (kind: string, standard: string, change: string, given = 'p'): string =>
  moduleOf(`
    import { InputError } from '@menusmith/core';
    import { ${standard} as standard } from '@menusmith/plugins';
    const create = (p, c) => { const made = { ...standard.create(${given}, c) }; return (${change}); };
    const entry = { ...standard, name: 'bad', create };
    export default { name: 'mine', ${kind}: [entry] };
  `);

const distribution = (change: string): string => pluginOf('distributions', 'uniform', change);
const copula = (change: string): string => pluginOf('copulas', 'fgm', change);
const cost = (change: string): string => pluginOf('costFunctions', 'quadratic', change);
const solver = (change: string): string => pluginOf('solvers', 'interiorPointSolver', change);
/** Without its closed form, so that v itself is asked. */
const production = (change: string): string =>
  pluginOf('productionFunctions', 'cobbDouglas', `(({ closedForm, ...made }) => (${change}))(made)`);

const uniform = '{ use: uniform, min: 0, max: 1 }';
const studies = {
  distribution:
    'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: bad, min: 0, max: 1 } }\n',
  cost: `cost: { use: bad }\nbuyers: { kind: representative, type: ${uniform} }\n`,
  copula: `cost: { use: quadratic }
buyers: { kind: goods, values: [${uniform}, ${uniform}], dependence: { use: bad, theta: 0.5 }, grid: [4, 4] }
`,
  production: `production: { use: bad, exponents: { x: 0.4 } }
inputs: { x: { scope: task, cost: 0.1 } }
buyers: { kind: representative, types: [{ mass: 1, value: 0.3 }, { mass: 1, value: 0.9 }] }
`,
  solver: `cost: { use: quadratic }
buyers: { kind: profiles, tasks: { nodes: 4 }, types: [{ mass: 1, values: 1 - 0.8*i }, { mass: 2, values: 0.2 + 0.7*i }] }
solver: { use: bad }
`,
};

const solved = (study: keyof typeof studies, plugin: string) =>
  runMain('solve', fileOf(studies[study], 'yaml'), '--plugin', plugin, '--json');

describe('a call of a plugin', () => {
  it.each<[string, keyof typeof studies, string, RegExp]>([
    [
      'throws',
      'distribution',
      distribution('{ ...made, quantile() { throw new Error("no\\nluck"); } }'),
      /^[^:]*\.yaml.*: quantile\([\d.]+\) of the distribution "bad" of the plugin "mine" threw: no luck \(case-\d+\.mjs:4:\d+\)\n$/,
    ],
    [
      'throws nothing',
      'distribution',
      distribution('{ ...made, survival() { throw null; } }'),
      /survival\(.*\) of the distribution "bad" of the plugin "mine" threw: null\n$/,
    ],
    [
      'throws what cannot be shown',
      'distribution',
      distribution('{ ...made, cdf() { throw { toString() { throw 1; } }; } }'),
      /cdf\(.*\) of .* threw: something that cannot be shown\n$/,
    ],
    [
      'throws ten million letters',
      'distribution',
      distribution('{ ...made, cdf() { throw new Error("x".repeat(1e7)); } }'),
      /cdf\(.*\) of .* threw: x{500}…/,
    ],
    [
      'throws what cannot even be asked',
      'distribution',
      distribution('{ ...made, cdf() { throw new Proxy({}, { getPrototypeOf() { throw 1; } }); } }'),
      /cdf\(.*\) of .* threw: /,
    ],
    [
      'throws from create',
      'distribution',
      distribution('made.no.luck'),
      /:2:\d+: buyers\.type: create\({ min: 0, max: 1 }\) of the distribution "bad" of the plugin "mine" threw: Cannot read properties of undefined \(reading 'luck'\) \(case-\d+\.mjs:4:\d+\)\n$/,
    ],
    [
      'complains of the input, field and all',
      'distribution',
      distribution('(() => { throw new InputError("c", "expected less", ["max"]); })()'),
      /:2:\d+: buyers\.type\.max: expected less\n$/,
    ],
    [
      'complains of a field by a text',
      'distribution',
      distribution('(() => { throw new InputError("c", "expected less", "max"); })()'),
      /: buyers\.type\.max: expected less\n$/,
    ],
    [
      'creates nothing',
      'distribution',
      distribution('undefined'),
      /answered with nothing; expected a distribution\n$/,
    ],
    [
      'creates a promise',
      'distribution',
      distribution('Promise.reject(new Error("later"))'),
      /answered with a promise; expected a distribution\n$/,
    ],
    [
      'creates less than it should',
      'distribution',
      distribution('{ ...made, quantile: undefined }'),
      /answered with an object whose quantile is nothing; expected a function\n$/,
    ],
    [
      'creates a list of texts for one of numbers',
      'distribution',
      distribution('{ ...made, breakpoints: [0.5, "0.6"] }'),
      /answered with an object whose breakpoints is a list whose item 1 is the text "0.6"; expected a number\n$/,
    ],
    [
      'creates a list without end',
      'distribution',
      distribution('{ ...made, breakpoints: new Array(2 ** 32 - 1) }'),
      /answered with what cannot be read: a list of more than [\d,]+ items\n$/,
    ],
    [
      'creates a trap',
      'distribution',
      distribution('{ ...made, get min() { throw new Error("trap"); } }'),
      /answered with what cannot be read: trap/,
    ],
    [
      'answers with a text',
      'distribution',
      distribution('{ ...made, density: () => "1" }'),
      /density\(.*\) of .* answered with the text "1"; expected a number\n$/,
    ],
    [
      'answers with a rejected promise',
      'copula',
      copula('{ ...made, cdf: async () => { throw new Error("later"); } }'),
      /cdf\(.*\) of the copula "bad" of the plugin "mine" answered with a promise; expected a number\n$/,
    ],
    [
      'changes what the program rests on',
      'distribution',
      distribution('(Math.exp = () => 1, made)'),
      /create\(.*\) of .* changed Math\.exp, on which the program rests\n$/,
    ],
    [
      'throws within v',
      'production',
      production('{ ...made, value: (x) => { throw x.length; } }'),
      /value\(\[[\d.]+\], \[\]\) of the production function "bad" of the plugin "mine" threw: 1\n$/,
    ],
    [
      'has a gradient that comes later',
      'production',
      production('{ value: made.value, async gradient() {} }'),
      /gradient\(.*\) of .* answered with a promise; expected nothing\n$/,
    ],
    [
      'supplies a text',
      'cost',
      cost('{ ...made, supply(v, s, out) { out.quality = "1"; }, slopes(v, s, out) { out.quality = "1"; } }'),
      /(supply|slopes)\(.*\) of the cost function "bad" of the plugin "mine" wrote a quality that is no number\n$/,
    ],
    [
      'has kinks that are no list',
      'cost',
      cost('{ ...made, kinks: () => 0.5 }'),
      /answered with 0.5; expected a list of numbers\n$/,
    ],
    [
      'has no proposals',
      'solver',
      solver('{ ...made, proposals: () => 3 }'),
      /proposals\(…, [\d.]+\) of the solver "bad" of the plugin "mine" answered with 3; expected an iterable of proposals\n$/,
    ],
    [
      'throws between proposals',
      'solver',
      solver(
        '{ ...made, *proposals(...g) { yield* [...made.proposals(...g)].slice(0, 1); throw new Error("no luck"); } }',
      ),
      /proposals\(…, [\d.]+\) of .* threw: no luck/,
    ],
    [
      'proposes no rents',
      'solver',
      solver(
        '{ ...made, *proposals(...g) { for (const { rents, ...p } of made.proposals(...g)) yield p; } }',
      ),
      /answered with an object whose rents is nothing; expected a Float64Array\n$/,
    ],
    [
      'cannot get ready',
      'solver',
      solver('{ ...made, prepare: () => Promise.reject(new Error("no WASM")) }'),
      /prepare\(\) of the solver "bad" of the plugin "mine" threw: no WASM/,
    ],
  ])('that %s ends in 2 and is named', async (_, study, plugin, message) => {
    const { code, stdout, stderr } = await solved(study, plugin);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it.each<[keyof typeof studies, (change: string) => string, readonly string[]]>([
    ['distribution', distribution, ['density', 'cdf', 'survival', 'quantile']],
    ['copula', copula, ['cdf']],
    ['production', production, ['value']],
    ['cost', cost, ['kinks', 'supply', 'slopes']],
    ['solver', solver, ['refuses', 'proposals']],
  ])(
    'of a %s that answers with whatever it likes is never a fault of ours',
    async (study, plugin, functions) => {
      const answers = [
        'NaN',
        'Infinity',
        '-1',
        'undefined',
        'null',
        '[]',
        '[NaN]',
        '{}',
        '1n',
        'Symbol("s")',
        '() => 1',
      ];
      // The answer is as right without kinks and slopes, and where nothing is refused.
      const unneeded = ['kinks', 'slopes', 'refuses'];
      for (const name of functions) {
        for (const answer of answers) {
          const { code, stderr } = await solved(study, plugin(`{ ...made, ${name}: () => (${answer}) }`));
          // Production of less than nothing is right to sell nothing.
          expect(
            unneeded.includes(name) || answer === '-1' ? [0, 2, 3] : [2, 3],
            `${name}: ${answer}: ${stderr}`,
          ).toContain(code);
        }
      }
    },
  );

  it('proposes nothing better for ever without keeping the command from its end', async () => {
    for (const gap of ['1', 'NaN']) {
      const endless = `{ ...made, *proposals(...g) { const [p] = made.proposals(...g); for (;;) yield { ...p, expectedGap: ${gap} }; } }`;
      const { code, stdout, stderr } = await solved('solver', solver(endless));
      expect(JSON.parse(stdout)).toMatchObject({ status: 'feasible', finite: { stopped: 'stuck' } });
      expect(stderr).toMatch(/not certified within the limits/);
      expect(code).toBe(3);
    }
  });

  it('gets copies of what the program computes with', async () => {
    const spoiling = `{
      ...made,
      value: (x, z) => { const v = made.value(x, z); x.fill(NaN); return v; },
      gradient: (x, z, out) => { made.gradient(x, z, out); x.fill(NaN); },
      valueWithGradient: undefined,
    }`;
    const [plain, spoilt] = await Promise.all([
      solved('production', production('{ ...made, valueWithGradient: undefined }')),
      solved('production', production(spoiling)),
    ]);
    const profitOf = (text: string): number => (JSON.parse(text) as { profit: number }).profit;
    expect(spoilt.code).toBe(0);
    expect(profitOf(spoilt.stdout)).toBe(profitOf(plain.stdout));
    const masses =
      '{ ...made, *proposals(g, m) { const all = [...made.proposals(g, m)]; g.mass.fill(9); yield* all; } }';
    const [right, wrong] = await Promise.all([
      solved('solver', solver('made')),
      solved('solver', solver(masses)),
    ]);
    expect(wrong.code).toBe(0);
    expect(profitOf(wrong.stdout)).toBe(profitOf(right.stdout));
  });
});

describe('a plugin module', () => {
  it.each<[string, string, RegExp]>([
    ['rejects with nothing', 'await Promise.reject(null);', /the plugin module failed to load: null$/],
    [
      'has not loaded in time',
      'await new Promise(() => {});',
      /the plugin module has not loaded within 0\.3 s$/,
    ],
    [
      'is a promise',
      'export default Promise.resolve({ name: "p" });',
      /default export: expected a plugin object, got a promise$/,
    ],
    [
      'is a trap',
      'export default new Proxy({}, { ownKeys() { throw new Error("trap"); } });',
      /the plugin's declaration cannot be read: trap$/,
    ],
    [
      'is nested without end',
      'const name = {}; name.name = name; export default { name };',
      /the plugin's declaration cannot be read: nested more than \d+ deep$/,
    ],
    [
      'changes JavaScript',
      'Array.prototype.map = () => []; export default { name: "p" };',
      /expected a plugin module that leaves JavaScript as it is, and it changes Array\.prototype\.map$/,
    ],
    [
      'adds to every object',
      'Object.prototype.get = 1; export default { name: "p" };',
      /and it changes Object\.prototype\.get$/,
    ],
    [
      'declares a default that is none',
      'const x = { kind: "number", doc: "", default: "1" }; export default { name: "p", copulas: [{ name: "c", doc: "", create() {}, parameters: { x } }] };',
      /copulas\[0\]\.parameters\.x\.default: expected a number, got the text "1"$/,
    ],
    [
      'declares inputs of no scope',
      'const x = { kind: "by-input", doc: "" }; export default { name: "p", copulas: [{ name: "c", doc: "", create() {}, parameters: { x } }] };',
      /copulas\[0\]\.parameters\.x\.scope: expected one of task, shared, any, got nothing$/,
    ],
  ])('that %s is refused by its file', async (_, text, message) => {
    const path = moduleOf(text);
    const refusal = await loadPlugin(path, 0.3).then(
      () => '',
      (error: Error) => `${error.name}: ${error.message}`,
    );
    expect(refusal).toMatch(message);
    expect(refusal.startsWith(`InputError: ${path}: `)).toBe(true);
    // What it changed is as it was.
    expect([[1].map((x) => x + 1), 'get' in {}]).toEqual([[2], false]);
  });
});
