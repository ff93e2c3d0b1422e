import { boundedRents, iron, menuAtScale } from '@menusmith/core';
import { beta, truncatedNormal, uniform } from '@menusmith/plugins';
import { exampleProblem, lowBase } from './allocations.ts';
import { supplyByShares } from './expenditure-shares.ts';
import {
  betaValues,
  exactItem,
  g1,
  numericMenu,
  servedBy,
  tariffUtilityByShares,
  uniformValues,
} from './polynomial-types.ts';
import type { Case, Statement } from './statement.ts';
import { bought } from './tariffs.ts';
import {
  asymmetric,
  type CobbDouglas,
  costOf,
  derivative,
  exampleTechnology,
  numericOf,
  supplied,
} from './technology.ts';

const low = lowBase;
const valueScale = 'w ~ Beta(2, 3), asymmetric technology';

const exactBuyers = (
  [
    [0.6, 0.5],
    [0.9, 0.8],
  ] as const
).map(([w, s]) => ({ w, s, at: `w = ${w}, s = ${s}`, item: exactItem(betaValues, low, w, s) }));

/** p_0(w, s) of Example 1 from the numeric menu. */
const exampleFee = (w: number, s: number): number => {
  const { transfer, cost, servedValue } = menuAtScale(exampleProblem(), s).item(w);
  return transfer - (w / servedValue) * cost;
};

/** Ratio of the two sides of Assumption 1 or 2 (at most 1 where it holds). */
export const largestRatio = (
  which: 'bounded-rent' | 'bounded-rent-tariff',
  problem: Parameters<typeof boundedRents>[0],
  gridSize?: number,
): number => 1 - (boundedRents(problem, gridSize).find(({ name }) => name === which)?.margin ?? Number.NaN);

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

/** Section 6.2: tariffs with task caps, and Assumption 2. */
export const scaleTariffStatements: readonly Statement[] = [
  {
    id: '6.2.30',
    kind: 'definition',
    place: 'Section 6.2',
    covers: ['(30)'],
    quantity: 'menu (p_x, p_y, p_z, p_0, s̄)(w, s)',
  },
  {
    id: '6.2.markup',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Section 6.2'],
    quantity: 'm(w) with a monotone hazard rate: largest slope',
    text: 'If F_w has a monotone hazard rate, m(w) = w/φ(w) is decreasing.',
    setting: 'w ~ U[0, 1] and Beta(2, 3)',
    printedRelation: '<',
    cases: () =>
      [uniformValues, betaValues].map((types) => {
        const of = iron(types.numeric);
        const slopes = Array.from({ length: 20 }, (_, i) => {
          const w = 0.6 + 0.019 * i;
          return derivative((k) => k / of.at(k), w, 1e-3);
        });
        return { at: types.name, printed: 0, numeric: Math.max(...slopes) };
      }),
  },
  {
    id: '6.2.31',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(31)', '(33)', 'Prop. 6'],
    quantity: 'q(w, s), as bought at m(w)c_j on s̄ = s tasks',
    setting: valueScale,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => ({
        at,
        printed: item.quality,
        numeric: bought(w, item.markup, low, s).quality,
      })),
  },
  {
    id: '6.2.32',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(32)', '(34)', 'Prop. 6'],
    quantity: 'p_0(w, s) = T − m(w) C(q, s)',
    setting: valueScale,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => {
        const { transfer } = numericMenu(betaValues, low, s).item(w);
        return { at, printed: item.fee, numeric: transfer - bought(w, item.markup, low, s).cost };
      }),
  },
  {
    id: '6.2.35',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(35)', '(36)'],
    quantity: 'dp_0/ds = −∫ q_s dk − m(w) C_s(q, s)',
    setting: valueScale,
    correctedDecimals: 8,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => {
        const fee = (k: number): number => {
          const found = numericMenu(betaValues, low, k).item(w);
          return found.transfer - (w / found.servedValue) * found.cost;
        };
        const rentSlope = derivative((k) => exactItem(betaValues, low, w, k).rent, s, 2e-3 * s);
        const { x, y } = supplyByShares(betaValues.virtualValue(w), s, low);
        // −C_s = φv − c_x x − c_y y, by the envelope theorem.
        const costSlope = low.cx * x + low.cy * y - (betaValues.virtualValue(w) * item.quality) / s;
        return {
          at,
          printed: -rentSlope - item.markup * costSlope,
          numeric: derivative(fee, s, 2e-3 * s),
        };
      }),
  },
  {
    id: '6.2.assumption2',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Assumption 2', 'Example 1'],
    quantity: 'largest ∫ q_s dk / (−m C_s), Example 1',
    text: 'Assumption 2 holds where this is at most 1. In Example 1 it is satisfied.',
    setting: 'Example 1',
    printedRelation: '≤',
    cases: () => [
      { printed: 1, closedForm: 1 / 2, numeric: largestRatio('bounded-rent-tariff', exampleProblem()) },
    ],
  },
  {
    id: '6.2.feeIncreasing',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Example 1'],
    quantity: 'least dp_0/ds over w and s',
    text: 'p_0(w, s) is increasing in s for all w.',
    setting: 'Example 1',
    printedRelation: '>',
    cases: () => {
      const slopes = [0.55, 0.75, 0.95].flatMap((w) =>
        [0.15, 0.5, 0.9].map((s) => (exampleFee(w, 1.01 * s) - exampleFee(w, 0.99 * s)) / (0.02 * s)),
      );
      return [{ printed: 0, numeric: Math.min(...slopes) }];
    },
  },
  {
    id: '6.2.prop6.gain',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6'],
    quantity: 'largest gain from another’s tariff, Example 1',
    setting: 'Example 1; 25 buyers, 90 tariffs',
    printedRelation: '≤',
    cases: () => {
      const values = [0.55, 0.65, 0.75, 0.85, 0.95];
      const sizes = [0.15, 0.35, 0.55, 0.75, 0.95];
      const supply = numericOf(exampleTechnology);
      const menus = new Map(sizes.map((s) => [s, menuAtScale(exampleProblem(), s)] as const));
      const rents = new Map(sizes.map((s) => [s, values.map((w) => menus.get(s)!.rent(w))] as const));
      let most = Number.NEGATIVE_INFINITY;
      for (const s̃ of sizes) {
        const menu = menus.get(s̃)!;
        for (let i = 0; i < 18; i++) {
          const report = 0.56 + 0.025 * i;
          const { transfer, cost, servedValue } = menu.item(report);
          const markup = report / servedValue;
          const fee = transfer - markup * cost;
          for (const s of sizes)
            values.forEach((w, k) => {
              if (s === s̃ && Math.abs(w - report) < 1e-9) return;
              const utility = markup * supplied(supply, w / markup, Math.min(s, s̃)).surplus - fee;
              most = Math.max(most, utility - rents.get(s)![k]!);
            });
        }
      }
      return [{ printed: 0, numeric: most }];
    },
  },
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
      const item = found.item(report);
      const markup = report / item.servedValue;
      const utility = bought(w, markup, mild);
      return [
        {
          printed: 0,
          corrected: 0,
          closedForm: tariffUtilityByShares(w, exactItem(g1, mild, report), mild) - own,
          numeric: w * utility.quality - utility.cost - (item.transfer - markup * item.cost) - found.rent(w),
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
