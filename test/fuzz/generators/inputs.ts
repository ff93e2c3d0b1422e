import fc from 'fast-check';
import type { FuzzInput } from '../fuzz-input.ts';
import { fittedArguments } from './fitted-arguments.ts';
import { menu, plansMenu } from './menus.ts';
import { mutated, mutatedText } from './mutations.ts';
import { pluginCase } from './plugins.ts';
import { jsonPriceList } from './price-lists.ts';
import { hostileText } from './scalars.ts';
import { study } from './studies.ts';
import { askedColumns, varying } from './sweep-words.ts';
import { buyersRows, customersTable, pricesTable } from './tables.ts';
import { blockText, flowText, isTreeMap, type Tree } from './tree.ts';
import { usageFiles } from './usage-logs.ts';

/** Seconds that a command has. */
const LIMIT = ['--time-limit', '0.3'] as const;

/** Most documents are right, some have parts that are not, and a few are no documents. */
const documentText = <T extends Tree>(
  document: fc.Arbitrary<T>,
  texts: readonly ((tree: Tree) => string)[],
): fc.Arbitrary<string> => {
  const written = (tree: fc.Arbitrary<Tree>): fc.Arbitrary<string> =>
    fc.tuple(tree, fc.constantFrom(...texts)).map(([value, text]) => text(value));
  return fc.oneof(
    { weight: 32, arbitrary: written(document) },
    { weight: 7, arbitrary: written(mutated(document)) },
    { weight: 1, arbitrary: mutatedText(written(document)) },
  );
};

const studyText = documentText(study, [blockText, blockText, flowText]);
const menuText = documentText(menu, [flowText]);

/** Arguments that mean something, with one in ten that do not. */
const argument = (sensible: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 90, arbitrary: fc.constantFrom(...sensible) },
    { weight: 1, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc.constantFrom('0', '-1', '1e308', 'NaN', '1e-320', '9999999999', '1..0', '0x10'),
    },
  );

const settings = [
  'contract=efficient', 'contract=packages', 'buyers.types[0].value=0', 'buyers.types[0].mass=1e300', 'inputs.input.cost=0', 'inputs.input.cost=1e-300',
  'solver.tolerance=1e-3', 'buyers.value.max=1e9', 'cost.max=1', 'solver.tolerance=1e-6', 'contract=allocations', 'objective={ profit: 1, consumerSurplus: 1 }', 'name=x', 'buyers.kind=goods', '__proto__.x=1',
]; // biome-ignore format: one list
const quotes = [
  'value=0.5,scale=0.5',
  'value=0.5',
  'theta=0.5',
  'value=0:1:5',
  'value=0:1:3,scale=0:1:3',
  'value=1e308',
];

const sometimes = (
  percent: number,
  options: fc.Arbitrary<readonly string[]>,
): fc.Arbitrary<readonly string[]> => fc.nat(99).chain((n) => (n < percent ? options : fc.constant([])));

const option = (name: string, sensible: readonly string[]): fc.Arbitrary<readonly string[]> =>
  argument(sensible).map((value) => [`${name}=${value}`]);

const json = sometimes(60, fc.constant(['--json']));
const setting = sometimes(8, option('--set', settings));

/** Options of each command that takes a study, and how often it is asked. */
const commands: readonly (readonly [string, number, readonly fc.Arbitrary<readonly string[]>[]])[] = [
  [
    'solve',
    10,
    [
      json,
      setting,
      sometimes(10, option('--at', quotes)),
      sometimes(4, fc.constant(['--supply', 'numeric'])),
      sometimes(2, fc.constant(['--out', 'out'])),
    ],
  ],
  ['check', 4, [json, setting]],
  [
    'tiers',
    4,
    [
      option('--count', ['1', '2', '3', '1..3']),
      sometimes(30, fc.constant(['--kind', 'two-part-tariff'])),
      sometimes(60, option('--format', ['csv', 'json', 'latex', 'markdown', 'table'])),
      sometimes(20, option('--scale', ['1', '0.5'])),
      sometimes(10, option('--kind', ['three-part-tariff', 'commitment'])),
      sometimes(
        15,
        fc
          .tuple(fc.constantFrom('1', '0.95', '0', '2'), argument(['0.05', '1e-9', '1e9']))
          .map(([share, round]) => ['--keep', 'menu.json', `--share=${share}`, `--round=${round}`]),
      ),
      sometimes(5, option('--min-share', ['0.01', '1'])),
      setting,
    ],
  ],
  [
    'evaluate',
    3,
    [
      fc.constant(['--menu', 'menu.json']),
      sometimes(50, fc.constant(['--against', 'other.json'])),
      sometimes(30, fc.constant(['--customers', 'customers.csv'])),
      sometimes(10, fc.constant(['--out', 'out'])),
      sometimes(10, option('--scale', ['1', '0.5'])),
      json,
    ],
  ],
  [
    'sensitivity',
    3,
    [
      fc.oneof(option('--count', ['1', '2', '3']), fc.constant(['--menu', 'menu.json'])),
      sometimes(30, fc.constant(['--kind', 'two-part-tariff'])),
      sometimes(20, option('--by', ['1', '10', '99', '100', '1000'])),
      sometimes(20, option('--scale', ['1', '0.5'])),
      json,
    ],
  ],
];

const argumentsFor = (file: string): fc.Arbitrary<readonly string[]> =>
  fc.oneof(
    ...commands.map(([command, weight, options]) => ({
      weight,
      arbitrary: fc.tuple(...options).map((given) => [command, file, ...LIMIT, ...given.flat()]),
    })),
  );

const studyInput: fc.Arbitrary<FuzzInput> = fc
  .record({
    text: studyText,
    any: argumentsFor('study.yaml'),
    luck: fc.nat(14),
    rows: buyersRows,
    menu: menuText,
    other: menuText,
    customers: customersTable,
  })
  .map(({ text, any, luck, rows, ...others }) => {
    const argv = luck > 0 ? fittedArguments(any, text) : any;
    return { argv, files: filesFor(argv, { text, table: rows(luck > 0 ? text : ''), ...others }) };
  });

const filesFor = (
  argv: readonly string[],
  {
    text,
    table,
    menu,
    other,
    customers,
  }: Readonly<Record<'text' | 'table' | 'menu' | 'other' | 'customers', string>>,
): FuzzInput['files'] => ({
  'study.yaml': text,
  // As much as is asked for.
  ...(text.includes('buyers.csv') ? { 'buyers.csv': table } : {}),
  ...(text.includes('menu.json') || argv.includes('menu.json') ? { 'menu.json': menu } : {}),
  ...(argv.includes('other.json') ? { 'other.json': other } : {}),
  ...(argv.includes('customers.csv') ? { 'customers.csv': customers } : {}),
});

const sweepOptions = fc
  .tuple(sometimes(30, option('--columns', askedColumns)), sometimes(30, fc.constant(['--out', 'out'])), json)
  .map((options) => options.flat());

const sweepInput: fc.Arbitrary<FuzzInput> = fc
  .tuple(studyText, fc.nat(999), sweepOptions, buyersRows, menuText)
  .map(([text, place, options, rows, menu]) => ({
    argv: ['sweep', 'study.yaml', ...LIMIT, ...varying(text, place), ...options],
    files: filesFor([], { text, table: rows(text), menu, other: '', customers: '' }),
  }));

const costsText = fc.oneof(
  pricesTable,
  documentText(
    study.filter((tree) => isTreeMap(tree) && tree.inputs !== undefined),
    [blockText],
  ),
);

const sheetInput: fc.Arbitrary<FuzzInput> = fc
  .record({
    list: fc.oneof(
      pricesTable.map((text) => ['prices.csv', text] as const),
      mutatedText(pricesTable).map((text) => ['prices.csv', text] as const),
      documentText(jsonPriceList, [flowText]).map((text) => ['prices.json', text] as const),
    ),
    costs: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom('costs.csv', 'costs.yaml'), costsText) },
    ),
    tolerance: sometimes(20, option('--tolerance', ['0.01', '1', '1e-9', '1e308', '1e-320'])),
    date: sometimes(90, option('--date', ['2026-11-30', '2025-01-01', '1999-12-31'])),
    across: sometimes(20, fc.constant(['--across'])),
    json,
  })
  .map(({ list: [name, text], costs, tolerance, date, across, json }) => ({
    argv: [
      ...['sheet', name, ...(costs === undefined ? [] : ['--costs', costs[0]])],
      ...[...tolerance, ...date, ...across, ...json],
    ],
    files: { [name]: text, ...(costs === undefined ? {} : { [costs[0]]: costs[1] }) },
  }));

const exportInput: fc.Arbitrary<FuzzInput> = fc
  .record({
    text: documentText(
      plansMenu.map((tree) => ({ currency: '$', period: 'month', ...tree })),
      [flowText],
    ),
    to: argument(['lago', 'stripe', 'openmeter', 'csv']),
    metrics: fc.constantFrom<readonly string[]>([], [], ['--metrics', 'ids.json']),
    ids: documentText(fc.constant<Tree>({ input: 'a', output: 'b', fineTuning: 'c' }), [flowText]),
    per: sometimes(20, option('--per', ['1000', '1', '1e6', '3', '1e300'])),
    caps: sometimes(30, fc.constant(['--caps-elsewhere'])),
    json,
  })
  .map(({ text, to, metrics, ids, per, caps, json }) => ({
    argv: ['export', 'menu.json', `--to=${to}`, '--out', 'out', ...metrics, ...per, ...caps, ...json],
    files: { 'menu.json': text, ...(metrics.length === 0 ? {} : { 'ids.json': ids }) },
  }));

const calibrateInput: fc.Arbitrary<FuzzInput> = fc
  .record({
    files: usageFiles,
    withCosts: fc.nat(3).map((n) => n > 0),
    degree: sometimes(
      35,
      fc.oneof(
        argument(['-2', '-1.2', '-1', '-8', '0']).map((value) => [`--elasticity=${value}`]),
        fc.constant(['--assume', 'list-optimal']),
      ),
    ),
    draws: sometimes(30, option('--bootstrap', ['1', '3', '10'])),
    columns: sometimes(3, option('--columns', ['customer_id=account', 'input_tokens=prompt', 'x'])),
    json,
  })
  .map(({ files, withCosts, degree, draws, columns, json }) => {
    const { 'costs.csv': costs, ...others } = files;
    return {
      argv: [
        ...['calibrate', 'usage.csv', '--prices', 'prices.csv', '--out', 'out', '--time-limit', '3'],
        ...[...(withCosts ? ['--costs', 'costs.csv'] : []), ...degree, ...draws, ...columns, ...json],
      ],
      files: withCosts ? { ...others, 'costs.csv': costs } : others,
    };
  });

const pluginInput: fc.Arbitrary<FuzzInput> = fc
  .tuple(
    pluginCase,
    fc.constantFrom(
      ['solve', 'study.yaml', '--json', ...LIMIT],
      ['check', 'study.yaml', ...LIMIT],
      ['tiers', 'study.yaml', '--count', '2', ...LIMIT],
      ['sensitivity', 'study.yaml', '--count', '2', ...LIMIT],
      ['laws', 'bad', ...LIMIT],
      ['laws', 'bad', '--json', ...LIMIT],
      ['plugins', 'bad'],
      ['plugins', '--json'],
    ),
  )
  .map(([{ plugin, study: text }, argv]) => ({
    argv: [...argv, '--plugin', 'plugin.mjs'],
    files: { 'plugin.mjs': plugin, 'study.yaml': text },
    isCode: true,
  }));

/** Whatever the program is given. */
const inputs: fc.Arbitrary<FuzzInput> = fc.oneof(
  { weight: 170, arbitrary: studyInput },
  { weight: 18, arbitrary: sheetInput },
  { weight: 9, arbitrary: calibrateInput },
  { weight: 10, arbitrary: exportInput },
  { weight: 3, arbitrary: pluginInput },
);

/** One input of so many is a sweep. */
const SWEEPS = 20;

/** The input of this number in the series of the seed: the same on every machine. */
export const inputAt = (seed: number, index: number): FuzzInput =>
  fc.sample(index % SWEEPS === SWEEPS - 1 ? sweepInput : inputs, {
    seed: (Math.imul(seed, 0x9e3779b1) + index) | 0,
    numRuns: 1,
    unbiased: true,
  })[0]!;
