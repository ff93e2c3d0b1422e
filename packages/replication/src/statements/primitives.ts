import { productionAssumptions } from '@menusmith/core';
import { efficient, profiles } from './efficient-profiles.ts';
import { supplyByShares } from './expenditure-shares.ts';
import type { Statement } from './statement.ts';
import { asymmetric, numericOf, once, produced, supplied, technologyOf, tokensAt } from './technology.ts';

const { α, β, γ, b } = asymmetric;
const setting = asymmetric.name;

const margins = once(() => productionAssumptions(technologyOf(asymmetric)));

const assumptionTexts = {
  increasing: 'v strictly increasing: least elasticity',
  concave: 'v strictly concave: least curvature',
  'positive-cross-partials': 'least of v_xy, v_xz, v_yz (as elasticities)',
  'essential-task-inputs': 'v(0, y, z) = v(x, 0, z) = 0',
  'infinite-marginal-product-at-zero': 'v_x(0, y, z) = v_y(x, 0, z) = ∞: exponent',
  'vanishing-marginal-product': 'v_x, v_y, v_z → 0 at ∞: exponent',
};

const assumptions: readonly Statement[] = Object.entries(assumptionTexts).map(
  ([name, quantity]): Statement => ({
    id: `2.assumption.${name}`,
    kind: 'claim',
    place: 'Section 2',
    covers: ['Section 2'],
    quantity,
    setting,
    printedRelation: name === 'essential-task-inputs' ? '=' : '>',
    cases: () => {
      const found = margins().find((other) => other.name === name);
      return [{ printed: 0, numeric: found?.margin ?? Number.NaN }];
    },
  }),
);

const values: readonly Statement[] = [
  {
    id: '2.1',
    kind: 'formula',
    place: 'Section 2',
    covers: ['(1)'],
    quantity: 'v(x, y, z) = x^α y^β (b + z)^γ',
    setting,
    cases: () =>
      [
        [0.3, 2, 0],
        [4, 0.05, 1.7],
      ].map(([x = 0, y = 0, z = 0]) => ({
        at: `x = ${x}, z = ${z}`,
        printed: x ** α * y ** β * (b + z) ** γ,
        numeric: produced(asymmetric, x, y, z),
      })),
  },
  { id: '2.2', kind: 'definition', place: 'Section 2', covers: ['(2)'], quantity: 'type w : [0, 1] → ℝ₊' },
  {
    id: '2.3',
    kind: 'formula',
    place: 'Section 2',
    covers: ['(3)'],
    quantity: '∫ w_i v(x_i, y_i, z) di, net payoff + cost',
    setting,
    cases: () =>
      profiles.map(({ at, profile }) => {
        const { point } = efficient(profile);
        const printed = profile.weights.reduce((sum, weight, m) => {
          const [x, y, z] = tokensAt(point, m);
          return sum + weight * profile.values[m]! * x ** α * y ** β * (b + z) ** γ;
        }, 0);
        return { at, printed, numeric: point.surplus + point.cost };
      }),
  },
  {
    id: '2.4',
    kind: 'formula',
    place: 'Section 2',
    covers: ['(4)', '(14)'],
    quantity: 'S of the step type (w, s), from its s alike tasks',
    text: 'A value-scale type is a step function; its tasks beyond s get nothing.',
    setting,
    cases: () =>
      [
        [0.7, 0.4],
        [1, 0.9],
        [2, 0.6],
      ].map(([w = 0, s = 0]) => ({
        at: `w = ${w}, s = ${s}`,
        printed: supplied(numericOf(asymmetric), w, s).surplus,
        closedForm: supplyByShares(w, s, asymmetric).surplus,
        numeric: efficient({ values: [w, 0], weights: [s, 1 - s] }).point.surplus,
      })),
  },
];

/** Section 2: the assumptions on v, types, and what they gain. */
export const primitiveStatements: readonly Statement[] = [...assumptions, ...values];
