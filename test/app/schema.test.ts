/*
 * The schemas of study, result and menu: what is read fits them, what is broken does not, and what is solved fits them too. Ajv, in its strict mode, is the judge.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createRegistry,
  loadPlugin,
  menuJsonSchema,
  nothingSold,
  parseStudy,
  prepareStudy,
  provenanceOf,
  resultJsonSchema,
  type Solution,
  type Study,
  solve,
  solvingStudy,
  standardPlugin,
  studyJsonSchema,
} from '@menusmith/app';
import { type DistributionEntry, InputError } from '@menusmith/core';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonChunks } from '../../packages/cli/src/json-text.ts';
import { plansMenu } from '../fuzz/generators/menus.ts';
import { mutated } from '../fuzz/generators/mutations.ts';
import { study as anyStudy } from '../fuzz/generators/studies.ts';
import { flowText, type Tree } from '../fuzz/generators/tree.ts';

type Data = { readonly [key: string]: Data } | readonly Data[] | string | number | boolean | null;

const validator = (schema: object): ValidateFunction => new Ajv({ strict: true }).compile(schema);

const registry = createRegistry([standardPlugin]);
const isStudy = validator(studyJsonSchema(registry));
const isResult = validator(resultJsonSchema());
const isMenu = validator(menuJsonSchema());

const complaints = (validate: ValidateFunction, data: unknown): unknown =>
  validate(data) ? undefined : validate.errors;

/** Numbers that miss a bound by rounding are read as the bound, which a schema has no word for. */
const withoutRounding = (data: unknown): unknown => {
  if (typeof data === 'number') {
    if (data < 0 && data > -(2 ** -50)) return 0;
    return data > 1 && data <= 1 + 2 ** -50 ? 1 : data;
  }
  if (Array.isArray(data)) return data.map(withoutRounding);
  if (!isMap(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutRounding(value)]));
};

const examples = readdirSync('examples')
  .filter((name) => name.endsWith('.yaml') && name !== 'saturating-quality.yaml')
  .map((name) => join('examples', name));
const read = new Map<string, Data>();
const dataIn = (file: string): Data => {
  const data = read.get(file) ?? (parse(readFileSync(file, 'utf8')) as Data);
  read.set(file, data);
  return data;
};
const studyIn = (file: string): Study => parseStudy(readFileSync(file, 'utf8'), { file, registry });

/** Every schema within a schema. */
function* parts(schema: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield schema as Readonly<Record<string, unknown>>;
  for (const part of Object.values(schema)) yield* parts(part);
}

describe('every schema', () => {
  it.each([
    ['study', studyJsonSchema(registry)],
    ['result', resultJsonSchema()],
    ['menu', menuJsonSchema()],
  ])('of a %s names its draft, and refuses unknown fields wherever it names some', (_, schema) => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    const open = [...parts(schema)].filter(
      (part) =>
        part.type === 'object' &&
        part.properties !== undefined &&
        part.additionalProperties !== false &&
        // Where one of several maps is meant each of them is closed.
        part.anyOf === undefined,
    );
    expect(open).toEqual([]);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});

describe('the schema of a study', () => {
  it.each(examples)('takes %s', (file) => {
    expect(complaints(isStudy, dataIn(file))).toBeUndefined();
  });

  it('says of every field what it means', () => {
    const fields = [...parts({ ...studyJsonSchema(registry), definitions: {} })].flatMap(({ properties }) =>
      Object.entries((properties as Readonly<Record<string, { readonly description?: string }>>) ?? {}),
    );
    const silent = fields.filter(([, { description }]) => description === undefined).map(([name]) => name);
    // What may not stand beside one another.
    expect([...new Set(silent)].sort()).toEqual(['cost', 'inputs', 'models', 'production'].sort());
  });

  it('knows the entries of a plugin, and only where it is loaded', async () => {
    const study = dataIn('examples/saturating-quality.yaml');
    const plugin = await loadPlugin('examples/plugins/saturating-quality.js');
    expect(isStudy(study)).toBe(false);
    const known = validator(studyJsonSchema(createRegistry([standardPlugin, plugin])));
    expect(complaints(known, study)).toBeUndefined();
  });

  it('names every registered entry where its kind is called, with its parameters', () => {
    const { definitions } = studyJsonSchema(registry) as unknown as {
      definitions: Record<string, { anyOf: { properties: { use: { const: string } } }[] }>;
    };
    for (const [kind, name] of [
      ['productionFunctions', 'production'],
      ['distributions', 'distribution'],
      ['copulas', 'copula'],
      ['costFunctions', 'cost'],
    ] as const) {
      const found = definitions[name]!.anyOf.map(({ properties: { use, ...own } }) => [
        use.const,
        Object.keys(own),
      ]);
      const declared = registry[kind].list().map((entry) => [entry.name, Object.keys(entry.parameters)]);
      expect(found).toEqual(declared);
    }
  });

  /** Takes whatever is read: studies as the fuzzer makes them, half of them with a part that is changed. */
  it('takes every study that is read', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(anyStudy as fc.Arbitrary<Tree>, mutated(anyStudy)), (tree) => {
        const text = flowText(tree);
        try {
          parseStudy(text, { file: 'study.yaml', registry });
        } catch (error) {
          if (error instanceof InputError) return;
          throw error;
        }
        taken++;
        expect(complaints(isStudy, withoutRounding(parse(text))), text).toBeUndefined();
      }),
      { seed: 19, numRuns: 1000, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(200);
  });

  const places = examples.flatMap((file) => [...everyPlace(dataIn(file))].map((path) => ({ file, path })));

  it('refuses a field that nobody knows, anywhere but where names are the user’s', () => {
    const taken = places.filter(({ file, path }) => {
      const data = dataIn(file);
      const part = at(data, path);
      return isMap(part) && isStudy(changed(data, path, { ...part, nonsense: { a: 'b' } }));
    });
    expect(taken).toEqual([]);
  });

  it('refuses a value of another type anywhere', () => {
    const taken = places.filter(
      ({ file, path }) => path.length > 0 && isStudy(changed(dataIn(file), path, { nonsense: true })),
    );
    expect(taken).toEqual([]);
  });

  it('refuses names of entries that are not registered, and what is required left out', () => {
    const taken = places.filter(({ file, path }) => {
      const [data, last] = [dataIn(file), path.at(-1)];
      if (last === 'use' || last === 'kind') return isStudy(changed(data, path, 'unifrom'));
      if (['buyers', 'production', 'scope', 'mass', 'menu'].includes(String(last)))
        return isStudy(changed(data, path, undefined));
      return false;
    });
    expect(taken).toEqual([]);
  });
});

describe('the schema of a menu', () => {
  it.each([
    'examples/plans.json',
    'examples/menus/list.json',
    'examples/menus/with-business.json',
    'examples/usage/plans.json',
  ])('takes %s', (file) => {
    expect(complaints(isMenu, JSON.parse(readFileSync(file, 'utf8')))).toBeUndefined();
  });

  it('takes every menu that is read in a study, and the study with it', () => {
    const base = dataIn('examples/keep.yaml') as Readonly<Record<string, Data>>;
    let taken = 0;
    fc.assert(
      fc.property(mutated(plansMenu), (tree) => {
        const text = flowText(tree);
        const whole = JSON.stringify({ ...base, keep: { menu: 0 } }).replace('"menu":0', `"menu":${text}`);
        try {
          parseStudy(whole, { file: 'study.yaml', registry });
        } catch (error) {
          if (error instanceof InputError) return;
          throw error;
        }
        taken++;
        const { keep } = parse(whole) as { keep: { menu: unknown } };
        if (typeof keep.menu === 'object')
          expect(complaints(isMenu, withoutRounding(keep.menu)), text).toBeUndefined();
        expect(complaints(isStudy, withoutRounding(parse(whole))), text).toBeUndefined();
      }),
      { seed: 19, numRuns: 1000, endOnFailure: true },
    );
    expect(taken).toBeGreaterThan(30);
  });
});

describe('the schema of a result', () => {
  const provenance = provenanceOf({ text: 'a study', registry, seed: 1 });
  const printed = ({ result }: Solution): unknown =>
    JSON.parse([...jsonChunks({ ...result, provenance })].join(''));

  it.each(examples)('takes that of %s, solved, stopped at its first step, and before it', async (file) => {
    const study = studyIn(file);
    await prepareStudy(study);
    const solutions = [nothingSold(study)];
    for (const isToStop of [false, true]) {
      const solving = solvingStudy(study);
      let step = solving.next();
      while (!step.done) step = solving.next(isToStop);
      solutions.push(step.value);
    }
    for (const solution of solutions) expect(complaints(isResult, printed(solution))).toBeUndefined();
  });

  it('takes those of studies of all kinds, stopped soon', async () => {
    for (const tree of fc.sample(anyStudy, { seed: 19, numRuns: 20 })) {
      let study: Study;
      try {
        study = parseStudy(flowText(tree), { file: 'study.yaml', registry });
        await prepareStudy(study);
        const solving = solvingStudy(study);
        let step = solving.next();
        while (!step.done) step = solving.next(true);
        expect(complaints(isResult, printed(step.value)), flowText(tree)).toBeUndefined();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
      }
    }
  });

  it('takes that of a distribution that contradicts itself, which is uncertified', async () => {
    const lying: DistributionEntry = {
      name: 'lying',
      doc: 'Uniform, with the distribution function of another.',
      parameters: {},
      create: () => ({
        ...registry.distributions.get('uniform').create({ min: 0, max: 1 }),
        cdf: (x) => x * x,
      }),
    };
    const study = parseStudy(
      'cost: { use: quadratic }\nbuyers: { kind: representative, type: { use: lying } }',
      {
        file: 'study.yaml',
        registry: createRegistry([standardPlugin, { name: 'mine', distributions: [lying] }]),
      },
    );
    const solution = await solve(study);
    expect(solution.result.status).toBe('uncertified');
    expect(complaints(isResult, printed(solution))).toBeUndefined();
  });

  it('refuses a field that nobody knows', async () => {
    const result = printed(nothingSold(studyIn('examples/example-1-allocations.yaml'))) as object;
    expect(isResult({ ...result, nonsense: 1 })).toBe(false);
  });
});

type Path = readonly (string | number)[];

/** The path of every part of the data, but those under names of the user's choice, to which every value of the right kind may be given. */
function* everyPlace(data: Data, path: Path = []): Generator<Path> {
  const last = path.at(-1);
  const isUsers = [
    'inputs',
    'exponents',
    'base',
    'shares',
    'shared',
    'parameters',
    'capacity',
    'included',
    'prices',
    'provenance',
  ];
  if (last === 'provenance') return;
  if (!isUsers.includes(String(last))) yield path;
  if (typeof data === 'object' && data !== null)
    for (const [key, value] of Object.entries(data)) yield* everyPlace(value, [...path, key]);
}

function isMap(data: unknown): data is Readonly<Record<string, Data>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function at(data: Data, path: Path): Data {
  return path.reduce<Data>((part, key) => (part as Readonly<Record<string, Data>>)[key]!, data);
}

/** The data with another value there, or without it. */
function changed(data: Data, [first, ...rest]: Path, value: unknown): unknown {
  if (first === undefined) return value;
  const part = (data as Readonly<Record<string, Data>>)[first]!;
  const now = changed(part, rest, value);
  if (Array.isArray(data)) return data.map((each, i) => (i === Number(first) ? now : each));
  const { [first]: _, ...others } = data as Readonly<Record<string, unknown>>;
  return now === undefined ? others : { ...others, [first]: now };
}
