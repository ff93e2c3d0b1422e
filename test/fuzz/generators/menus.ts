import fc from 'fast-check';
import { nameText, numberFrom } from './scalars.ts';
import { mapOf } from './technologies.ts';
import type { TreeMap } from './tree.ts';

/** Every study has the first of these. */
const amounts = fc.oneof(
  { weight: 6, arbitrary: mapOf({}, { input: numberFrom(0, 3) }) },
  {
    weight: 1,
    arbitrary: mapOf({}, { input: numberFrom(0, 3), output: numberFrom(0, 3), fineTuning: numberFrom(0, 3) }),
  },
);

const plan = mapOf(
  { name: nameText },
  {
    fee: numberFrom(0, 1),
    included: amounts,
    prices: amounts,
    commitment: numberFrom(0, 1),
    taskCap: numberFrom(0.1, 5),
  },
);

/** Plans as a seller has them, under `keep` and for `sensitivity --menu`. */
export const plansMenu: fc.Arbitrary<TreeMap> = mapOf(
  { plans: fc.uniqueArray(plan, { minLength: 1, maxLength: 4, selector: ({ name }) => name }) },
  { currency: fc.constantFrom('$', '€'), period: fc.constant('month') },
);

const bundle = mapOf(
  { quality: numberFrom(0.1, 2), transfer: numberFrom(0, 2) },
  { inputs: amounts, share: numberFrom(0, 1), cost: numberFrom(0, 1) },
);

const tariff = mapOf({
  tariff: mapOf({}, { upfront: numberFrom(0, 1), markup: numberFrom(1, 3), prices: amounts }),
});

/** As `tiers --json` prints them, and as much of it as says what is sold. */
const tiersMenu: fc.Arbitrary<TreeMap> = fc.oneof(
  mapOf({
    kind: fc.constant('bundle'),
    tiers: fc.array(bundle, { minLength: 1, maxLength: 3 }),
  }),
  mapOf({
    kind: fc.constant('two-part-tariff'),
    tiers: fc.array(tariff, { minLength: 1, maxLength: 3 }),
  }),
);

export const menu: fc.Arbitrary<TreeMap> = fc.oneof(plansMenu, tiersMenu);
