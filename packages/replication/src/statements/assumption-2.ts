import { iron } from '@menusmith/core';
import { beta, truncatedNormal, uniform } from '@menusmith/plugins';
import { exampleProblem, lowBase } from './allocations.ts';
import {
  betaValues,
  exactItem,
  g1,
  largestRatio,
  numericMenu,
  servedBy,
  tariffUtilityByShares,
} from './polynomial-types.ts';
import { bought, printedTariff } from './printed-tariff.ts';
import { exactBuyers, valueScale } from './scale-tariffs.ts';
import type { Case, Statement } from './statement.ts';
import {
  asymmetric,
  type CobbDouglas,
  costOf,
  derivative,
  exampleTechnology,
  numericOf,
} from './technology.ts';

const low = lowBase;

/** Types with nonincreasing markups, and technologies, on which Assumption 2 is tried. */
const igfrProblems = () => {
  const unit = { min: 0, max: 1 };
  const distributions = [
    uniform.create({ min: 0.3, max: 1 }),
    beta.create({ a: 2, b: 3, ...unit }),
    beta.create({ a: 5, b: 2, ...unit }),
    truncatedNormal.create({ mean: 0.4, sd: 0.2, ...unit }),
  ];
  const technologies = [
    exampleTechnology,
    low,
    { ...low, α: 0.1, β: 0.05, γ: 0.7 },
    { ...low, α: 0.5, β: 0.35, γ: 0.1 },
  ];
  return distributions.flatMap((values) =>
    technologies.map((of) => ({
      values,
      scales: uniform.create(unit),
      served: iron(values),
      supply: numericOf(of),
    })),
  );
};

/** A technology at which w ~ G1 meets Assumption 2: κ = .6 < .7029 and σ = .4. */
const mild: CobbDouglas = { ...exampleTechnology, α: 0.2, β: 0.2, γ: 0.2 };
const mildProblem = () => ({
  values: g1.numeric,
  scales: uniform.create({ min: 0, max: 1 }),
  served: servedBy(g1),
  supply: numericOf(mild),
});

/** Assumption 2, what it does and does not give, and Remark 1. */
export const assumption2Statements: readonly Statement[] = [
  {
    id: '6.2.prop6.within',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6', 'Assumption 2'],
    quantity: 'w = .8879’s gain from another tariff of her scale 1',
    text: 'Under Assumption 2 and increasing φ the menu implements the optimum. Here both hold, and m rises on an interval.',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = .2',
    erratum: 'S4',
    printedRelation: '≤',
    correctedRelation: '>',
    cases: () => {
      const [w, report] = [0.887941467930064, 0.652010497799937];
      const own = exactItem(g1, mild, w).rent;
      const found = numericMenu(g1, mild);
      const { markup, fee } = printedTariff(found.item(report));
      const utility = bought(w, markup, mild);
      return [
        {
          printed: 0,
          corrected: 0,
          closedForm: tariffUtilityByShares(w, exactItem(g1, mild, report), mild) - own,
          numeric: w * utility.quality - utility.cost - fee - found.rent(w),
        },
      ];
    },
  },
  {
    id: '6.2.prop6.ratio',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6', 'Assumption 2'],
    quantity: 'largest ∫ q_s dk / (−m C_s): Assumption 2 holds here',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = .2',
    erratum: 'S4',
    correctedRelation: '≤',
    cases: () => [{ corrected: 1, numeric: largestRatio('bounded-rent-tariff', mildProblem()) }],
  },
  {
    id: '6.2.assumption2.redundant',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Assumption 2'],
    quantity: 'largest ∫ q_s dk / (−m C_s) where m is nonincreasing',
    text: 'Assumption 2 restricts technology (the ratio can exceed 1); corrected: m nonincreasing implies it, and Assumption 1 with it.',
    setting: '4 distributions with IGFR × 4 technologies',
    erratum: 'S4',
    printedRelation: '>',
    correctedRelation: '≤',
    cases: () => [
      {
        printed: 1,
        corrected: 1,
        numeric: Math.max(
          ...igfrProblems().map((problem) => largestRatio('bounded-rent-tariff', problem, 2)),
        ),
      },
    ],
  },
  {
    id: '6.2.remark1.order',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['Remark 1'],
    quantity: 'Assumption 1’s ratio over Assumption 2’s: 1 − α − β',
    text: '‘Assumption 2 is than Assumption 1’: it is stronger than it.',
    setting: 'Example 1; w ~ G1',
    erratum: 'T1',
    correctedDecimals: 7,
    cases: () =>
      [
        { at: 'Example 1', problem: exampleProblem(), of: exampleTechnology },
        { at: 'w ~ G1', problem: mildProblem(), of: mild },
      ].map(({ at, problem, of }) => ({
        at,
        corrected: 1 - of.α - of.β,
        numeric: largestRatio('bounded-rent', problem) / largestRatio('bounded-rent-tariff', problem),
      })),
  },
  {
    id: '6.2.37',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Remark 1', '(37)'],
    quantity: '(−C_s/φ) / (q/s), by differences of C',
    setting: valueScale,
    printedRelation: '≤',
    cases: () =>
      exactBuyers.map(({ w, s, at, item }): Case => {
        const supply = numericOf(low);
        const slope = derivative((k) => costOf(supply, item.quality, k).cost, s, 2e-3 * s);
        return {
          at,
          printed: 1,
          closedForm: 1 - low.α - low.β,
          numeric: (-slope * s) / (betaValues.virtualValue(w) * item.quality),
        };
      }),
  },
  {
    id: '6.2.38',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['Remark 1', '(38)', '(39)'],
    quantity: 'C_q q + C_s s = (c_x x + c_y y) s',
    setting: asymmetric.name,
    correctedDecimals: 8,
    cases: () =>
      [
        [0.3, 0.4],
        [2, 0.7],
      ].map(([q = 0, s = 0]) => {
        const supply = numericOf(asymmetric);
        const { point, marginalCost } = costOf(supply, q, s);
        return {
          at: `q = ${q}, s = ${s}`,
          printed: (asymmetric.cx * point.inputs[0]! + asymmetric.cy * point.inputs[1]!) * s,
          numeric: marginalCost * q + derivative((k) => costOf(supply, q, k).cost, s, 2e-3 * s) * s,
        };
      }),
  },
];
