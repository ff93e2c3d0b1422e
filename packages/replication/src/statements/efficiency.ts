import { efficient, numericIndex, plain, profiles, tuned } from './efficient-profiles.ts';
import { indexOf, supplyByShares, thresholdByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import {
  asymmetric,
  derivative,
  exampleTechnology,
  numericOf,
  type Profile,
  produced,
  s6Technology,
  s6Threshold,
  supplied,
  suppliedTo,
  supplyOnTasks,
  tokensAt,
  totalTokens,
} from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const σ = α + β;
const setting = asymmetric.name;

/** ∂v/∂x, ∂v/∂y, ∂v/∂z from values of v alone, in logarithmic steps. */
const marginal = (which: 0 | 1 | 2, at: readonly [number, number, number]): number => {
  const shifted = (t: number): number => {
    const moved: [number, number, number] = [...at];
    if (which === 2) moved[2] += t * (b + at[2]);
    else moved[which] *= Math.exp(t);
    return produced(asymmetric, ...moved);
  };
  return derivative(shifted, 0, 1e-2) / (which === 2 ? b + at[2] : at[which]);
};

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
        return w > 0 && m < 2
          ? [
              {
                at: `w = ${w}, ${at.slice(0, 5)}`,
                printed: cost,
                numeric: w * marginal(which, tokensAt(point, m)),
              },
            ]
          : [];
      });
    }),
});

const fineTuningGain = (profile: Profile): number => {
  const { point } = efficient(profile);
  return profile.weights.reduce((sum, weight, m) => {
    const w = profile.values[m]!;
    return w > 0 ? sum + weight * w * marginal(2, tokensAt(point, m)) : sum;
  }, 0);
};

export const printedThreshold =
  b ** (1 - α - β - γ) * (cx / α) ** α * (cy / β) ** β * (cz / γ) ** (1 - α - β);

const twin: Profile = {
  // Another profile with the θ of `tuned`: one value on half of the tasks, another elsewhere.
  values: [1.2, (2 * indexOf(tuned, σ) ** (1 / (1 - σ)) - 1.2 ** (1 / (1 - σ))) ** (1 - σ)],
  weights: [0.5, 0.5],
};

const difference = (read: (found: ReturnType<typeof efficient>) => number): number =>
  read(efficient(twin)) - read(efficient(tuned));

/** Section 3: the efficient allocation, and Proposition 1. */
export const efficiencyStatements: readonly Statement[] = [
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
      const point = suppliedTo(supplyOnTasks(s6Technology(), [0.5, 0.5]), [
        0.9 * s6Threshold,
        3 * s6Threshold,
      ]);
      return [{ printed: 0, corrected: 0, numeric: point.inputs.task[0]! }];
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
      ['fine-tuning', ({ point }) => point.inputs.shared[0]!],
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
        const { task } = efficient({ values, weights }).point.inputs;
        return {
          at,
          printed: (values[0]! / values[1]!) ** (1 / (1 - α - β)),
          numeric: task[0]! / task[2]!,
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
    cases: () => [
      {
        printed: 2 / 3,
        corrected: 1 / 2,
        closedForm: thresholdByShares(exampleTechnology),
        numeric: numericOf(exampleTechnology).kinks(1, 3)[0] ?? Number.NaN,
      },
    ],
  },
];
