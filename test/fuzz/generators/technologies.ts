import fc from 'fast-check';
import { formulaText } from './formulas.ts';
import { nameText, numberFrom } from './scalars.ts';
import type { Tree, TreeMap } from './tree.ts';

/** Maybe absent fields of a map. */
export const mapOf = (
  fields: Readonly<Record<string, fc.Arbitrary<Tree>>>,
  optional: Readonly<Record<string, fc.Arbitrary<Tree>>> = {},
): fc.Arbitrary<TreeMap> =>
  fc.record({ ...fields, ...optional }, { requiredKeys: Object.keys(fields) }) as fc.Arbitrary<TreeMap>;

const taskInputs = ['input', 'output'] as const;
const sharedInputs = ['fineTuning'] as const;
export const inputNames: readonly string[] = [...taskInputs, ...sharedInputs];

const byName = (
  names: readonly string[],
  values: (name: string) => fc.Arbitrary<Tree>,
): fc.Arbitrary<TreeMap> =>
  fc.record(Object.fromEntries(names.map((name) => [name, values(name)]))) as fc.Arbitrary<TreeMap>;

/** Which inputs a production function has: one at least is of tasks. */
const chosenInputs = fc.constantFrom<readonly string[]>(
  ['input'],
  ['input', 'output'],
  ['input', 'fineTuning'],
  ['input', 'output', 'fineTuning'],
);

const scopeOf = (name: string): string => (name === 'fineTuning' ? 'shared' : 'task');

/** `field` is `cost`, or `price` at a rival's. */
const inputsOf = (names: readonly string[], field: string): fc.Arbitrary<TreeMap> =>
  byName(names, (name) =>
    mapOf(
      { scope: fc.constant(scopeOf(name)), [field]: numberFrom(0.01, 2) },
      name === 'fineTuning' ? { max: fc.oneof(numberFrom(0.1, 10), fc.constant(1e6)) } : {},
    ),
  );

const cobbDouglas = (names: readonly string[]): fc.Arbitrary<TreeMap> =>
  mapOf(
    { use: fc.constant('cobb-douglas'), exponents: byName(names, () => numberFrom(0.05, 0.3)) },
    names.includes('fineTuning') ? { base: mapOf({ fineTuning: numberFrom(0, 2) }) } : {},
  );

const ces = (names: readonly string[]): fc.Arbitrary<TreeMap> =>
  mapOf(
    {
      use: fc.constant('ces'),
      shares: byName(
        names.filter((name) => name !== 'fineTuning'),
        () => numberFrom(0.1, 2),
      ),
      substitution: numberFrom(-3, 0.9),
      degree: numberFrom(0.1, 0.7),
      shared: names.includes('fineTuning')
        ? mapOf({
            fineTuning: mapOf({ exponent: numberFrom(0.05, 0.2) }, { base: numberFrom(0, 2) }),
          })
        : fc.constant<Tree>({}),
    },
    {},
  );

const sensibleProductions = (names: readonly string[]): readonly string[] => [
  names.map((name) => `${name}^0.2`).join(' * '),
  `log(1 + ${names.join(' + ')})`,
  names.map((name) => `4*${name}/(1 + ${name})`).join(' + '),
  names.map((name) => `6*${name} - 0.5*${name}^2`).join(' + '),
  names.map((name) => `min(${name}, 1) - min(${name}, 1)^2/2`).join(' + '),
  `sqrt(${names.join(' + ')})`,
  names.map((name) => `a*${name}^b`).join(' * '),
];

const expression = (names: readonly string[]): fc.Arbitrary<TreeMap> =>
  mapOf({
    use: fc.constant('expression'),
    formula: formulaText([...names, 'a'], sensibleProductions(names)),
    parameters: mapOf({ a: numberFrom(0.1, 2), b: numberFrom(0.1, 0.3) }),
  });

const production = (names: readonly string[]): fc.Arbitrary<TreeMap> =>
  fc.oneof(
    { weight: 5, arbitrary: cobbDouglas(names) },
    { weight: 2, arbitrary: ces(names) },
    { weight: 3, arbitrary: expression(names) },
  );

const produced = (field = 'cost'): fc.Arbitrary<TreeMap> =>
  chosenInputs.chain((names) => mapOf({ production: production(names), inputs: inputsOf(names, field) }));

const models: fc.Arbitrary<TreeMap> = fc
  .array(fc.tuple(nameText, produced()), { minLength: 1, maxLength: 3 })
  .map((list) => ({ models: list.map(([name, model], m) => ({ name: `${name}${m}`, ...model })) }));

const oneOrPerTask = (value: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.oneof(
    { weight: 5, arbitrary: value },
    { weight: 1, arbitrary: fc.tuple(value, value) as fc.Arbitrary<Tree> },
  );

const sensibleCosts = [
  'q^2/2',
  'a*q + q^2/2',
  'q + q^3',
  'a*(exp(q) - 1)',
  'max(0, q - 1)^2',
  'q^1.5',
  '0.1*q',
  '(1 + i)*q^2',
];

const cost: fc.Arbitrary<TreeMap> = fc
  .oneof(
    {
      weight: 3,
      arbitrary: mapOf({ use: fc.constant('quadratic') }, { coefficient: oneOrPerTask(numberFrom(0.1, 3)) }),
    },
    {
      weight: 3,
      arbitrary: mapOf(
        {
          use: fc.constant('linear'),
          rate: oneOrPerTask(numberFrom(0, 0.5)),
          max: oneOrPerTask(numberFrom(0.5, 2)),
        },
        { total: numberFrom(0.5, 2) },
      ),
    },
    {
      weight: 3,
      arbitrary: mapOf(
        {
          use: fc.constant('expression'),
          formula: oneOrPerTask(formulaText(['q', 'q', 'a'], sensibleCosts)),
          parameters: mapOf({ a: numberFrom(0.1, 2) }),
        },
        { max: oneOrPerTask(numberFrom(0.5, 5)) },
      ),
    },
  )
  .map((cost) => ({ cost }));

/** `production` and `inputs`, `models`, or `cost`. */
export const technology: fc.Arbitrary<TreeMap> = fc.oneof(
  { weight: 5, arbitrary: produced() },
  { weight: 1, arbitrary: models },
  { weight: 5, arbitrary: cost },
);

/** What a rival's tokens are made of, at linear prices. */
export const rivalTechnology: fc.Arbitrary<TreeMap> = produced('price');
