import fc from 'fast-check';

/** Kinds of entries: where they stand, the standard entry that is changed, what a study says of it, and the calls that it answers. */
const kinds = [
  {
    kind: 'distributions',
    standard: 'uniform',
    study: 'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: bad, min: 0, max: 1 } }\n',
    calls: ['cdf', 'survival', 'density', 'quantile', 'support', 'mean'],
  },
  {
    kind: 'costFunctions',
    standard: 'quadratic',
    study: 'cost: { use: bad }\nbuyers: { kind: representative, type: { use: uniform } }\n',
    calls: ['supply', 'cost', 'quality', 'tasks', 'best', 'at'],
  },
  {
    kind: 'copulas',
    standard: 'fgm',
    study:
      'cost: { use: quadratic }\nbuyers: { kind: goods, values: [{ use: uniform }, { use: uniform }], dependence: { use: bad, theta: 0.5 }, grid: [3, 3] }\n',
    calls: ['cdf', 'density', 'conditional', 'survival'],
  },
  {
    kind: 'productionFunctions',
    standard: 'cobbDouglas',
    study:
      'production: { use: bad, exponents: { x: 0.4 } }\ninputs: { x: { scope: task, cost: 0.1 } }\nbuyers: { kind: representative, types: [{ mass: 1, value: 0.3 }, { mass: 1, value: 0.9 }] }\n',
    calls: ['quality', 'gradient', 'closedForm', 'value'],
  },
  {
    kind: 'solvers',
    standard: 'interiorPointSolver',
    study:
      'cost: { use: quadratic }\nbuyers: { kind: profiles, tasks: { nodes: 4 }, types: [{ mass: 1, values: 1 - 0.8*i }, { mass: 2, values: 0.2 + 0.7*i }] }\nsolver: { use: bad }\n',
    calls: ['solve', 'solving', 'supports'],
  },
] as const;

/** What a call does in the place of its work. */
const deeds = [
  'return NaN', 'return Infinity', 'return -1', 'return undefined', 'return null', 'return "1"', 'return {}', 'return []', 'return 1n', 'return Symbol("x")',
  'throw new Error("no\\u001b[2J luck")', 'throw null', 'throw { toString() { throw 1 } }', 'return new Promise(() => {})', 'return Promise.reject(new Error("later"))',
  'while (true) {}', 'process.exit(0)', 'process.exit(7)', 'process.abort', 'setTimeout(() => { throw new Error("late") }, 1); return 0.5',
  'Promise.reject(new Error("unheard")); return 0.5', 'return (function f() { return f() })()', 'return Math.random()', 'return 1e308', 'return 5e-324',
  'const kept = []; while (true) kept.push(new Float64Array(1e6).fill(1))', 'Array.prototype.map = () => []; return 0.5', 'Object.prototype.x = 1; return 0.5',
  'console.log("noise\\u001b[2J"); return 0.5', 'process.stdout.write("{}"); return 0.5', 'process.exitCode = 9; return 0.5', 'globalThis.Float64Array = Array; return 0.5',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', 'throw new Proxy({}, { getPrototypeOf() { throw 1 } })',
]; // biome-ignore format: one list

/** Modules that are no plugins, or do something when they are loaded. */
const modules = [
  '', 'export default 1', 'export default null', 'export default {}', 'export default { name: "" }', 'export default { name: "a\\u001b" }', 'export default { name: "p", distributions: {} }',
  'export default { name: "p", distributions: [null] }', 'export default { name: "p", distributions: [{ name: "bad" }] }', 'syntax error here', 'throw new Error("at load")',
  'throw undefined', 'await new Promise(() => {}); export default {}', 'while (true) {}', 'process.exit(5)', 'export { default } from "./missing.mjs"', 'import "nothing-of-this-name"',
  'export default new Proxy({}, { get() { throw new Error("trap") } })', 'export default { get name() { throw new Error("getter") } }', 'const a = { name: "p" }; a.distributions = [a]; export default a',
  'export default { name: "p", nonsense: [] }', 'Array.prototype.map = 1; export default { name: "p" }', 'setInterval(() => {}, 1000); export default { name: "p" }',
  'export default { name: "p", then(resolve) { resolve({ name: "q" }) } }', 'delete globalThis.Map; export default { name: "p" }',
]; // biome-ignore format: one list

export interface PluginCase {
  readonly plugin: string;
  readonly study: string;
}

const changed = fc.constantFrom(...kinds).chain(({ kind, standard, study, calls }) =>
  fc
    .tuple(fc.constantFrom('create', ...calls), fc.constantFrom(...deeds), fc.nat(3))
    .map(([call, deed, after]) => {
      const body = `let calls = 0; const deed = () => { ${deed} };`;
      const change =
        call === 'create'
          ? 'deed()'
          : `({ ...made, ${call}(...given) { return calls++ < ${after} && typeof made.${call} === 'function' ? made.${call}(...given) : deed(); } })`;
      const plugin = `import { ${standard} as standard } from '@menusmith/plugins';
${body}
const create = (p, c) => { const made = standard.create(p, c); return ${change}; };
export default { name: 'mine', ${kind}: [{ ...standard, name: 'bad', create }] };
`;
      return { plugin, study };
    }),
);

export const pluginCase: fc.Arbitrary<PluginCase> = fc.oneof(
  { weight: 4, arbitrary: changed },
  { weight: 1, arbitrary: fc.constantFrom(...modules).map((plugin) => ({ plugin, study: kinds[0].study })) },
);
