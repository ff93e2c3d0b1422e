import fc from 'fast-check';
import { formulaText } from './formulas.ts';
import { countFrom, nameText, numberFrom } from './scalars.ts';
import { mapOf } from './technologies.ts';
import type { Tree, TreeMap } from './tree.ts';

const use = (name: string): fc.Arbitrary<Tree> => fc.constant(name);

/** Both ends, or mostly none where it can do without, in order. */
const support = (least: number, most: number, isNeeded: boolean): fc.Arbitrary<TreeMap> =>
  fc.oneof(
    { weight: isNeeded ? 1 : 20, arbitrary: fc.constant<TreeMap>({}) },
    {
      weight: 20,
      arbitrary: fc
        .tuple(numberFrom(least, (least + most) / 2), numberFrom((least + most) / 2 + 0.01, most))
        .map(([min, max]) => ({ min, max })),
    },
  );

const supported = (fields: fc.Arbitrary<TreeMap>, least: number, most: number): fc.Arbitrary<TreeMap> =>
  fields.chain((own) =>
    ['quantile-polynomial', 'empirical'].includes(String(own.use))
      ? fc.constant(own)
      : support(least, most, own.use === 'truncated-normal').map((ends) => ({ ...own, ...ends })),
  );

/** Registered distributions on about [least, most]; one of them reads `buyers.csv`. */
const simpleDistribution = (least: number, most: number): fc.Arbitrary<TreeMap> => {
  const shape = numberFrom(0.3, 8);
  const families: readonly fc.Arbitrary<TreeMap>[] = [
    mapOf({ use: use('uniform') }),
    mapOf({ use: use('beta'), a: shape, b: shape }),
    mapOf({ use: use('kumaraswamy'), a: shape, b: shape }),
    mapOf({ use: use('truncated-normal'), mean: numberFrom(least, most), sd: numberFrom(0.05, 1) }),
    mapOf({ use: use('exponential'), rate: numberFrom(0.2, 5), max: numberFrom(most, most) }),
    mapOf({
      use: use('lognormal'),
      mu: numberFrom(-2, 0),
      sigma: numberFrom(0.2, 1),
      max: numberFrom(most, most),
    }),
    mapOf({ use: use('pareto'), shape, min: numberFrom(most / 10, most / 5), max: numberFrom(most, most) }),
    mapOf({
      use: use('quantile-polynomial'),
      coefficients: fc.array(numberFrom(0.01, most / 3), { minLength: 2, maxLength: 4 }),
    }),
    mapOf({
      use: use('empirical'),
      file: use('buyers.csv'),
      column: fc.constantFrom('value', 'value', 'value', 'mass', 'mass', 'mass', 'nothing'),
    }),
  ];
  return fc.oneof(
    { weight: 6, arbitrary: supported(families[0]!, least, most) },
    ...families.slice(1).map((family) => ({ weight: 1, arbitrary: supported(family, least, most) })),
  );
};

const distribution = (least = 0, most = 1): fc.Arbitrary<TreeMap> => {
  const simple = simpleDistribution(least, most);
  const part = fc.tuple(numberFrom(0.1, 1), simple).map(([weight, of]) => ({ weight, of }));
  return fc.oneof(
    { weight: 9, arbitrary: simple },
    {
      weight: 1,
      arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => ({ use: 'mixture', parts })),
    },
  );
};

const copula: fc.Arbitrary<TreeMap> = fc.oneof(
  mapOf({ use: use('independent') }),
  mapOf({ use: use('gaussian'), rho: numberFrom(-0.95, 0.95) }),
  mapOf({ use: use('fgm'), theta: numberFrom(-1, 1) }),
  mapOf({ use: use('clayton'), theta: numberFrom(0.1, 5) }),
  mapOf({ use: use('frank'), theta: numberFrom(-8, 8) }),
  mapOf({ use: use('gumbel'), theta: numberFrom(1, 5) }),
);

const few = countFrom(2, 6);
const value = numberFrom(0, 2);
const mass = numberFrom(0.1, 3);

const valueScale = mapOf(
  { kind: use('value-scale'), value: distribution(), scale: distribution() },
  { dependence: copula, grid: mapOf({ values: few, scales: few }) },
).map((buyers) =>
  // Without a grid, dependent buyers are 2304 types.
  buyers.dependence === undefined || buyers.grid !== undefined
    ? buyers
    : { ...buyers, grid: { values: 5, scales: 4 } },
);

const representative = fc.oneof(
  mapOf({ kind: use('representative'), type: distribution(0, 2) }),
  mapOf({
    kind: use('representative'),
    types: fc.array(mapOf({ value, mass }, { name: nameText }), { minLength: 1, maxLength: 5 }),
  }),
);

const grid = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    mapOf({
      kind: use('value-scale-grid'),
      values: ascending(rows, 1.5),
      scales: ascending(columns, 1),
      mass: fc.array(fc.array(mass, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    }),
  );

const ascending = (count: number, most: number): fc.Arbitrary<Tree> =>
  fc
    .array(numberFrom(0.05, most), { minLength: count, maxLength: count })
    .map((list) => [...list].sort((a, b) => Number(a) - Number(b)));

const profileFormulas = [
  '1 - 0.8*i',
  '0.2 + 0.8*i^2',
  '0.7',
  'exp(-i)',
  'max(0, i - 0.5)',
  'sqrt(i)',
  'i',
  '1/(1 + i)',
];

const profileValues = (tasks: number): fc.Arbitrary<Tree> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(numberFrom(-0.2, 2), { minLength: tasks, maxLength: tasks }) },
    { weight: 2, arbitrary: formulaText(['i'], profileFormulas) },
    { weight: 1, arbitrary: value },
    {
      weight: 1,
      arbitrary: fc.tuple(numberFrom(0.1, 0.9), value, value).map(([at, low, high]) => [
        { from: 0, to: at, value: low },
        { from: at, to: 1, value: high },
      ]),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(value, value).map(([low, high]) => [
        { at: 0, value: low },
        { at: 1, value: high },
      ]),
    },
  );

const profiles = fc.integer({ min: 1, max: 5 }).chain((tasks) =>
  mapOf({
    kind: use('profiles'),
    types: fc.array(mapOf({ mass, values: profileValues(tasks) }, { name: nameText }), {
      minLength: 1,
      maxLength: 5,
    }),
    tasks: fc.oneof(
      mapOf({ weights: fc.array(numberFrom(0.1, 2), { minLength: tasks, maxLength: tasks }) }),
      mapOf({ nodes: countFrom(1, 8) }),
      mapOf({
        weights: fc.constant(Array<number>(tasks).fill(1)),
        names: fc.constant(taskNames.slice(0, tasks)),
      }),
    ),
  }),
);
const taskNames = ['chat', 'code', 'maps', 'mail', 'news'];

const goods = fc.integer({ min: 1, max: 3 }).chain((count) =>
  mapOf(
    {
      kind: use('goods'),
      values: fc.array(distribution(), { minLength: count, maxLength: count }),
      grid: fc.array(countFrom(2, 5), { minLength: count, maxLength: count }),
    },
    { names: fc.constant(taskNames.slice(0, count)), ...(count === 2 ? { dependence: copula } : {}) },
  ),
);

const file = mapOf(
  { kind: use('file'), file: use('buyers.csv') },
  {
    weights: fc.array(numberFrom(0.1, 2), { minLength: 2, maxLength: 2 }),
    columns: mapOf({ value: use('CTX') }, { scale: use('scale'), mass: use('mass') }),
  },
).chain(({ weights, columns, ...buyers }) =>
  fc.constantFrom<TreeMap>(
    buyers,
    buyers,
    { ...buyers, ...(weights === undefined ? {} : { weights }) },
    { ...buyers, ...(columns === undefined ? {} : { columns }) },
  ),
);

export const buyers: fc.Arbitrary<TreeMap> = fc.oneof(
  { weight: 3, arbitrary: valueScale },
  { weight: 4, arbitrary: representative },
  { weight: 2, arbitrary: grid },
  { weight: 4, arbitrary: profiles },
  { weight: 1, arbitrary: goods },
  { weight: 2, arbitrary: file },
);
