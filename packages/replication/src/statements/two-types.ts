import { root, twoTypesMenu } from '@menusmith/core';
import { costByShares, profileByShares, supplyByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import { exampleTechnology, inner, suppliedTo, supplyOnTasks, technologyOf } from './technology.ts';

const place = 'Section 4.1' as const;
const weights = [0.5, 0.5];
/** ERRATA E: profiles that cross. */
const [high, low] = [
  [1, 0.2],
  [0.3, 0.5],
] as const;
const difference = high.map((w, m) => w - low[m]!);
const setting = 'w_H = (1, .2), w_L = (.3, .5), Example 1’s technology';

const virtualLow = (λ: number): number[] => low.map((w, m) => w - λ * difference[m]!);

const supply = () => supplyOnTasks(technologyOf(exampleTechnology), weights);

const menu = (ofHigh: number) =>
  twoTypesMenu({
    values: [Float64Array.from(high), Float64Array.from(low)],
    masses: [ofHigh, 1 - ofHigh],
    ...supply(),
  });

/** The high type's rent where the low type is served as if her values were φ_L at λ. */
const rentAt = (λ: number): number => inner(weights, difference, suppliedTo(supply(), virtualLow(λ)).quality);
const lowByShares = (λ: number) => profileByShares({ values: virtualLow(λ), weights }, exampleTechnology);
const highByShares = () => profileByShares({ values: high, weights }, exampleTechnology);
const rentByShares = (λ: number): number => inner(weights, difference, lowByShares(λ).qualities);
const profitByShares = (ofHigh: number, λ: number): number =>
  (1 - ofHigh) * lowByShares(λ).surplus + ofHigh * highByShares().surplus;

/** λ* where σ = 1/2: q_L is proportional to φ_L, so ∫(w_H − w_L)(w_L − λ(w_H − w_L)) = 0. */
const closedMultiplier = inner(weights, difference, low) / inner(weights, difference, difference);

/** Profit of the menu by its transfers and costs. */
const profitOf = ({ transfers, items }: ReturnType<typeof menu>, ofHigh: number): number =>
  ofHigh * (transfers[0] - items[0].cost) + (1 - ofHigh) * (transfers[1] - items[1].cost);

const half = 1 / 2;

/** Proposition 2: two types, and the regime that it missed. */
export const twoTypesStatements: readonly Statement[] = [
  {
    id: '4.13',
    kind: 'definition',
    place,
    covers: ['(13)'],
    quantity: 'menu ((x_i(w), y_i(w)), z(w), T(w))_w',
  },
  {
    id: '4.1.prop2.small',
    kind: 'formula',
    place,
    covers: ['Prop. 2'],
    quantity: 'optimal profit, f_H = .05 (λ = f_H/f_L)',
    setting,
    cases: () => {
      const λ = 0.05 / 0.95;
      return [{ printed: profitByShares(0.05, λ), numeric: profitOf(menu(0.05), 0.05) }];
    },
  },
  {
    id: '4.1.prop2.rent',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'high type’s rent at φ_L = w_L − (f_H/f_L)(w_H − w_L)',
    text: 'In the optimal menu the allocation is efficient for φ_L: the constraints of Prop. 2 then leave the high type a rent. Here f_H = .5.',
    setting,
    erratum: 'S1',
    printedRelation: '≥',
    correctedDecimals: 4,
    cases: () => [{ printed: 0, corrected: -0.3072, closedForm: rentByShares(1), numeric: rentAt(1) }],
  },
  {
    id: '4.1.prop2.multiplier',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'λ of φ_L = w_L − λ(w_H − w_L), f_H = .5',
    text: 'λ = f_H/f_L; corrected min{f_H/f_L, λ*}, where the high type’s rent is nought.',
    setting,
    erratum: 'S1',
    cases: () => [
      { printed: 1, corrected: 3 / 29, closedForm: closedMultiplier, numeric: menu(half).lambda },
    ],
  },
  {
    id: '4.1.prop2.virtual',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'virtual values φ_L on the two tasks, f_H = .5',
    setting,
    erratum: 'S1',
    correctedDecimals: 6,
    cases: () =>
      [0.227586, 0.531034].map(
        (corrected, m): Case => ({
          at: `task ${m + 1}`,
          printed: virtualLow(1)[m]!,
          corrected,
          closedForm: virtualLow(closedMultiplier)[m]!,
          numeric: menu(half).virtualValues[1][m]!,
        }),
      ),
  },
  {
    id: '4.1.prop2.profit',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'optimal profit, f_H = .5',
    setting,
    erratum: 'S1',
    cases: () => [
      {
        printed: profitByShares(half, 1),
        corrected: 0.4163482758621,
        closedForm: profitByShares(half, closedMultiplier),
        numeric: profitOf(menu(half), half),
      },
    ],
  },
  {
    id: '4.1.prop2.bound',
    kind: 'formula',
    place,
    covers: ['Prop. 2'],
    quantity: 'optimal profit less its upper bound D(λ), f_H = .5',
    setting,
    cases: () => [{ closedForm: 0, numeric: profitOf(menu(half), half) - menu(half).upperBound }],
  },
  {
    id: '4.1.prop2.share',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'f_H from which Prop. 2 fails',
    text: 'Prop. 2 holds for all f_H; corrected λ*/(1 + λ*).',
    setting,
    erratum: 'S1',
    cases: () => [
      {
        printed: 1,
        corrected: 3 / 32,
        closedForm: closedMultiplier / (1 + closedMultiplier),
        numeric: root((share) => rentAt(share / (1 - share)), 0.01, 0.6),
      },
    ],
  },
  {
    id: '4.1.prop2.lowIncentive',
    kind: 'claim',
    place,
    covers: ['Prop. 2'],
    quantity: 'low type’s gain from the high type’s item, f_H = .5',
    setting,
    printedRelation: '≤',
    cases: () => {
      const { items, transfers } = menu(half);
      return [{ printed: 0, numeric: inner(weights, low, items[0].quality) - transfers[0] }];
    },
  },
  {
    id: '4.1.prop2.cost',
    kind: 'formula',
    place,
    covers: ['Prop. 2'],
    quantity: 'C(q) of the high type’s efficient qualities',
    text: 'The proof writes c_z z_i: fine-tuning bought for each task. It is bought once, for all.',
    setting,
    erratum: 'T4',
    cases: () => {
      const item = suppliedTo(supply(), high);
      const apart = weights.reduce(
        (sum, weight, m) => sum + weight * costByShares(item.quality[m]!, 1, exampleTechnology).cost,
        0,
      );
      const { θ, surplus } = highByShares();
      const common = θ * supplyByShares(θ, 1, exampleTechnology).quality - surplus;
      return [{ printed: apart, corrected: common, closedForm: common, numeric: item.cost }];
    },
  },
];
