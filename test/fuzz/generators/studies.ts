import fc from 'fast-check';
import { buyers } from './buyers.ts';
import { fitted } from './fitted-study.ts';
import { formulaText } from './formulas.ts';
import { plansMenu } from './menus.ts';
import { hostileText, nameText, numberFrom } from './scalars.ts';
import { inputNames, mapOf, rivalTechnology, technology } from './technologies.ts';
import type { Tree, TreeMap } from './tree.ts';

const outsideFormulas = [
  '0.1',
  '0.1 + 0.2*theta',
  'theta^2/4',
  '0.1*value*scale',
  'max(0, theta - 0.5)',
  'scale',
];

const outside = fc.oneof(
  mapOf({
    utility: fc.oneof(
      numberFrom(0, 0.3),
      formulaText(['theta', 'value', 'scale'], outsideFormulas),
      fc.array(numberFrom(0, 0.3), { minLength: 1, maxLength: 5 }),
      fc.constant<Tree>({ column: 'elsewhere' }),
    ),
  }),
  rivalTechnology.map((rival) => ({ rival })),
);

const keep = mapOf(
  { menu: fc.oneof<fc.Arbitrary<Tree>[]>(plansMenu, fc.constant('menu.json')) },
  { share: numberFrom(0, 1) },
);

const units = mapOf(
  {},
  {
    currency: fc.oneof(fc.constantFrom('$', '€', 'CHF'), hostileText),
    period: fc.constantFrom('month', 'year'),
    money: numberFrom(0.01, 1000),
    inputs: mapOf(
      {},
      {
        input: mapOf({}, { unit: fc.constant('tokens'), per: numberFrom(1, 1e6), quote: numberFrom(1, 1e6) }),
        output: mapOf({}, { unit: nameText, per: numberFrom(1, 1e6) }),
      },
    ),
  },
);

const solver = mapOf(
  {},
  {
    use: fc.constantFrom(
      'auto',
      'auto',
      'auto',
      'interior-point',
      'interior-point',
      'one-dimensional',
      'highs',
      'clarabel',
    ),
    tolerance: numberFrom(1e-10, 1e-4),
    supply: fc.constantFrom('auto', 'numeric', 'closed-form'),
    minimizer: fc.constantFrom('fmin-nelder-mead', 'optimization-js-l-bfgs', 'fmin-conjugate-gradient'),
  },
);

/** Fields that may be left out, each with how often it is there, in per cent. */
const optionalFields: readonly (readonly [string, number, fc.Arbitrary<Tree>])[] = [
  ['name', 30, nameText],
  [
    'contract',
    70,
    fc.constantFrom(
      'allocations',
      'allocations',
      'allocations',
      'packages',
      'packages',
      'packages',
      'efficient',
    ),
  ],
  ['implementation', 25, fc.constantFrom('direct', 'two-part-tariff', 'maximum-spend')],
  ['objective', 15, mapOf({}, { profit: numberFrom(0.8, 2), consumerSurplus: numberFrom(0, 0.8) })],
  ['outside', 15, outside],
  ['keep', 8, keep],
  [
    'capacity',
    10,
    fc.dictionary(fc.constantFrom(...inputNames), numberFrom(0.05, 2), { maxKeys: 2, noNullPrototype: true }),
  ],
  ['units', 12, units],
  ['solver', 12, solver],
];

/** A study that is right in most of its parts. */
export const study: fc.Arbitrary<TreeMap> = fc
  .tuple(
    technology,
    buyers,
    fc.nat(19),
    ...optionalFields.map(([, percent, value]) =>
      fc.tuple(
        fc.nat(99).map((n) => n < percent),
        value,
      ),
    ),
  )
  .map(([made, sold, luck, ...rest]) => {
    const fields = rest as (readonly [boolean, Tree])[];
    const given = optionalFields.flatMap(([name], k) => {
      const [isThere, value] = fields[k]!;
      return isThere ? [[name, value] as const] : [];
    });
    const whole: TreeMap = { ...made, buyers: sold, ...Object.fromEntries(given) };
    return luck === 0 ? whole : fitted(whole);
  });
