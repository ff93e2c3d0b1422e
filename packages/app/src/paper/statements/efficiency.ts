import { productionAssumptions } from '@menusmith/core';
import { indexOf, supplyByShares, thresholdByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import {
  anyTechnology,
  asymmetric,
  type CobbDouglas,
  derivative,
  numericOf,
  once,
  type Profile,
  productionOf,
  profileSupplyOf,
  supplied,
  suppliedTo,
  technologyOf,
  totalTokens,
} from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const σ = α + β;
const setting = asymmetric.name;

/** Types that do not fine-tune and types that do, on tasks of unlike measure. */
export const plain: Profile = { values: [0.9, 0.5, 0.2, 0.05], weights: [0.1, 0.2, 0.3, 0.4] };
export const tuned: Profile = { values: [1.6, 1.1, 0.7, 0], weights: [0.4, 0.3, 0.2, 0.1] };
const profiles = [
  { at: 'plain type', profile: plain },
  { at: 'fine-tuned type', profile: tuned },
];

export const efficient = (profile: Profile, of: CobbDouglas = asymmetric) => {
  const supply = profileSupplyOf(technologyOf(of), profile.weights);
  return { supply, point: suppliedTo(supply, profile.values) };
};

const v = (x: number, y: number, z: number): number =>
  productionOf(asymmetric).value(Float64Array.of(x, y), Float64Array.of(z));

/** ∂v/∂x, ∂v/∂y, ∂v/∂z from values of v alone, in logarithmic steps. */
const marginal = (which: 0 | 1 | 2, at: readonly [number, number, number]): number => {
  const shifted = (t: number): number => {
    const moved: [number, number, number] = [...at];
    if (which === 2) moved[2] += t * (b + at[2]);
    else moved[which] *= Math.exp(t);
    return v(...moved);
  };
  return derivative(shifted, 0, 1e-2) / (which === 2 ? b + at[2] : at[which]);
};

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

const payoff: readonly Statement[] = [
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
        numeric: v(x, y, z),
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
        const { taskInputs, sharedInputs } = point;
        const printed = profile.weights.reduce((sum, weight, m) => {
          const [x = 0, y = 0, z = 0] = [taskInputs[2 * m], taskInputs[2 * m + 1], sharedInputs[0]];
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

/** The first-order condition of one kind of token, at every task that gets some. */
const condition = (id: string, which: 0 | 1, symbol: string, cost: number): Statement => ({
  id: `3.${id}`,
  kind: 'formula',
  place: 'Section 3',
  covers: [`(${id})`],
  quantity: `w_i v_${symbol}(x_i, y_i, z) = c_${symbol}`,
  setting,
  cases: () =>
    profiles.flatMap(({ at, profile }) => {
      const { point } = efficient(profile);
      return profile.values.flatMap((w, m): Case[] => {
        const [x = 0, y = 0, z = 0] = [
          point.taskInputs[2 * m],
          point.taskInputs[2 * m + 1],
          point.sharedInputs[0],
        ];
        return w > 0 && m < 2
          ? [{ at: `w = ${w}, ${at.slice(0, 5)}`, printed: cost, numeric: w * marginal(which, [x, y, z]) }]
          : [];
      });
    }),
});

const fineTuningGain = (profile: Profile): number => {
  const { point } = efficient(profile);
  return profile.weights.reduce((sum, weight, m) => {
    const [x = 0, y = 0, z = 0] = [
      point.taskInputs[2 * m],
      point.taskInputs[2 * m + 1],
      point.sharedInputs[0],
    ];
    return profile.values[m]! > 0 ? sum + weight * profile.values[m]! * marginal(2, [x, y, z]) : sum;
  }, 0);
};

/** θ of a type as it is found: gross value over X^α Y^β (b + Z)^γ at her tokens (Lemma 2). */
export const numericIndex = (profile: Profile): number => {
  const { supply, point } = efficient(profile);
  const [X, Y] = totalTokens(supply, point);
  return (point.surplus + point.cost) / (X ** α * Y ** β * (b + point.sharedInputs[0]!) ** γ);
};

export const printedThreshold =
  b ** (1 - α - β - γ) * (cx / α) ** α * (cy / β) ** β * (cz / γ) ** (1 - α - β);

/** Technology of ERRATA S6: all assumptions of Section 2, yet v ≤ √(xy). */
const s6Costs = [0.1, 0.15, 0.1] as const;
const s6 = () =>
  anyTechnology((x, y, z) => {
    const r = Math.sqrt(1 + z);
    return r * Math.log1p(Math.sqrt(x * y) / r);
  }, s6Costs);
export const s6Threshold = 2 * Math.sqrt(s6Costs[0] * s6Costs[1]);
export const s6Technology = s6;

const twin: Profile = {
  // Another profile with the θ of `tuned`: one value on half of the tasks, another elsewhere.
  values: [1.2, (2 * indexOf(tuned, σ) ** (1 / (1 - σ)) - 1.2 ** (1 / (1 - σ))) ** (1 - σ)],
  weights: [0.5, 0.5],
};

const difference = (read: (found: ReturnType<typeof efficient>) => number): number =>
  read(efficient(twin)) - read(efficient(tuned));

const efficientSolution: readonly Statement[] = [
  {
    id: '3.everyTask',
    kind: 'claim',
    place: 'Section 3',
    covers: ['Section 3'],
    quantity: 'tokens of a task with w_i = .9·2√(c_x c_y)',
    text: 'Every task with w_i > 0 is allocated some tokens, because v_x(0, y, z) = ∞.',
    setting: 'v = √(b+z) ln(1 + √(xy)/√(b+z))',
    erratum: 'S6',
    printedRelation: '>',
    cases: () => {
      const point = suppliedTo(profileSupplyOf(s6(), [0.5, 0.5]), [0.9 * s6Threshold, 3 * s6Threshold]);
      return [{ printed: 0, corrected: 0, numeric: point.taskInputs[0]! }];
    },
  },
  condition('5', 0, 'x', cx),
  condition('6', 1, 'y', cy),
  {
    id: '3.7',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(7)'],
    quantity: '∫ w_i v_z(x_i, y_i, z) di = c_z where z > 0',
    setting,
    cases: () => [{ at: 'fine-tuned type', printed: cz, numeric: fineTuningGain(tuned) }],
  },
  {
    id: '3.8',
    kind: 'claim',
    place: 'Section 3',
    covers: ['(8)'],
    quantity: '∫ w_i v_z(x_i⁰, y_i⁰, 0) di < c_z where z = 0',
    setting,
    printedRelation: '<',
    cases: () => [{ at: 'plain type', printed: cz, numeric: fineTuningGain(plain) }],
  },
  {
    id: '3.9',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(9)'],
    quantity: 'value of problem (9), at θ instead of w',
    setting,
    cases: () =>
      profiles.map(({ at, profile }) => ({
        at,
        printed: supplied(numericOf(asymmetric), indexOf(profile, σ)).surplus,
        closedForm: supplyByShares(indexOf(profile, σ), 1, asymmetric).surplus,
        numeric: efficient(profile).point.surplus,
      })),
  },
  {
    id: '3.10',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(10)', '(44)'],
    quantity: 'θ = (∫ w_i^{1/(1−α−β)} di)^{1−α−β}',
    setting,
    cases: () =>
      profiles.map(({ at, profile }) => ({
        at,
        printed:
          profile.weights.reduce(
            (sum, weight, m) => sum + weight * profile.values[m]! ** (1 / (1 - α - β)),
            0,
          ) **
          (1 - α - β),
        numeric: numericIndex(profile),
      })),
  },
  {
    id: '3.11',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(11)', '(45)'],
    quantity: 'θ̂',
    setting,
    cases: () => [
      {
        printed: printedThreshold,
        closedForm: thresholdByShares(asymmetric),
        numeric: numericOf(asymmetric).kinks(1, 3)[0] ?? Number.NaN,
      },
    ],
  },
  ...(
    [
      ['fine-tuning', ({ point }) => point.sharedInputs[0]!],
      ['input tokens', ({ supply, point }) => totalTokens(supply, point)[0]],
      ['output tokens', ({ supply, point }) => totalTokens(supply, point)[1]],
      ['total payoff', ({ point }) => point.surplus],
    ] as [string, (found: ReturnType<typeof efficient>) => number][]
  ).map(
    ([name, read]): Statement => ({
      id: `3.prop1.${name}`,
      kind: 'claim',
      place: 'Section 3',
      covers: ['Prop. 1'],
      quantity: `two types of one θ: difference in ${name}`,
      setting,
      cases: () => [{ printed: 0, numeric: difference(read) }],
    }),
  ),
  {
    id: '3.prop1.proportional',
    kind: 'formula',
    place: 'Section 3',
    covers: ['Prop. 1'],
    quantity: 'x_1/x_2 = (w_1/w_2)^{1/(1−α−β)}',
    setting,
    cases: () =>
      profiles.map(({ at, profile: { values, weights } }) => {
        const { taskInputs } = efficient({ values, weights }).point;
        return {
          at,
          printed: (values[0]! / values[1]!) ** (1 / (1 - α - β)),
          numeric: taskInputs[0]! / taskInputs[2]!,
        };
      }),
  },
  {
    id: '3.prop1.below',
    kind: 'claim',
    place: 'Section 3',
    covers: ['Prop. 1'],
    quantity: 'z at θ = .999 θ̂: no fine-tuning',
    setting,
    cases: () => [
      { printed: 0, numeric: supplied(numericOf(asymmetric), 0.999 * printedThreshold).inputs[2]! },
    ],
  },
  {
    id: '3.prop1.above',
    kind: 'claim',
    place: 'Section 3',
    covers: ['Prop. 1'],
    quantity: 'z at θ = 1.001 θ̂: fine-tuning',
    setting,
    printedRelation: '>',
    cases: () => [
      { printed: 0, numeric: supplied(numericOf(asymmetric), 1.001 * printedThreshold).inputs[2]! },
    ],
  },
  {
    id: '3.12',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(12)'],
    quantity: 'θ = w s^{1−α−β}',
    setting,
    cases: () =>
      [
        [0.7, 0.4],
        [2, 0.6],
      ].map(([w = 0, s = 0]) => ({
        at: `w = ${w}, s = ${s}`,
        printed: w * s ** (1 - α - β),
        numeric: numericIndex({ values: [w, 0], weights: [s, 1 - s] }),
      })),
  },
  {
    id: '3.thresholds',
    kind: 'formula',
    place: 'Section 3',
    covers: ['(11)'],
    quantity: 'θ̂ of (11) against ‘θ̂ = 2/3’ of Section 5',
    text: 'One symbol for two thresholds: (11) is for φ; Section 5 writes it for the type whose φ reaches it.',
    setting: 'technology of Example 1',
    erratum: 'T9',
    cases: () => {
      const example: CobbDouglas = {
        ...asymmetric,
        α: 1 / 4,
        β: 1 / 4,
        γ: 1 / 4,
        cx: 1 / 8,
        cy: 1 / 8,
        cz: 1 / 8,
        b: 1,
      };
      return [
        {
          printed: 2 / 3,
          corrected: 1 / 2,
          closedForm: thresholdByShares(example),
          numeric: numericOf(example).kinks(1, 3)[0] ?? Number.NaN,
        },
      ];
    },
  },
];

/** Sections 2 and 3. */
export const efficiencyStatements: readonly Statement[] = [...assumptions, ...payoff, ...efficientSolution];
