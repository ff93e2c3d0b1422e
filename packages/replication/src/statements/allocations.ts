import { boundedRents, iron, maximizer, menuAtScale, scaleMenu, valueScaleTotals } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { supplyByShares } from './expenditure-shares.ts';
import { betaValues, exactItem, numericMenu, servedBy, uniformValues } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import { asymmetric, costOf, derivative, exampleTechnology, numericOf } from './technology.ts';

const place = 'Section 4.2' as const;
const setting = 'w ~ Beta(2, 3), asymmetric technology';

/** Buyers (w, s) that are served; the last fine-tunes where b is small. */
const buyers = [
  [0.5, 0.4],
  [0.8, 0.9],
  [0.95, 0.6],
] as const;
/** The asymmetric technology with a base level at which values below 1 fine-tune. */
export const lowBase = { ...asymmetric, b: 0.05 };

const at = (w: number, s: number): string => `w = ${w}, s = ${s}`;

/** Value-scale buyers of Example 1: w and s uniform. */
export const exampleProblem = () => ({
  values: uniformValues.numeric,
  scales: uniformValues.numeric,
  served: servedBy(uniformValues),
  supply: numericOf(exampleTechnology),
});

/** φ(w) as printed in (19), F = Beta(2, 3): f = 12w(1−w)², 1 − F = (1−w)³(1 + 3w). */
const printedVirtual = (w: number): number => w - ((1 - w) ** 3 * (1 + 3 * w)) / (12 * w * (1 - w) ** 2);

const menuOf: readonly Statement[] = [
  {
    id: '4.2.19',
    kind: 'formula',
    place,
    covers: ['(19)'],
    quantity: 'φ(w) = w − (1 − F_w(w))/f_w(w)',
    setting,
    cases: () =>
      [0.2, 0.5, 0.9].map((w) => ({
        at: `w = ${w}`,
        printed: printedVirtual(w),
        numeric: iron(betaValues.numeric).at(w),
      })),
  },
  {
    id: '4.2.20',
    kind: 'formula',
    place,
    covers: ['(20)'],
    quantity: 'C_q(q(w, s), s) = φ(w), by differences of C',
    setting,
    correctedDecimals: 9,
    cases: () =>
      buyers.map(([w, s]) => {
        const { quality } = numericMenu(betaValues, lowBase, s).item(w);
        const supply = numericOf(lowBase);
        return {
          at: at(w, s),
          printed: printedVirtual(w),
          numeric: derivative((q) => costOf(supply, q, s).cost, quality, 2e-3 * quality),
        };
      }),
  },
  {
    id: '4.2.21',
    kind: 'formula',
    place,
    covers: ['(21)'],
    quantity: 'T(w, s) = w q(w, s) − ∫₀ʷ q(k, s) dk',
    setting,
    cases: () =>
      buyers.map(([w, s]) => ({
        at: at(w, s),
        printed: exactItem(betaValues, lowBase, w, s).transfer,
        numeric: numericMenu(betaValues, lowBase, s).item(w).transfer,
      })),
  },
  {
    id: '4.2.21.support',
    kind: 'formula',
    place,
    covers: ['(21)'],
    quantity: 'T(w_l, s) with w ~ U[2, 3], φ(w_l) = 1',
    text: 'The integral of (21) starts at 0; where the support starts at w_l with φ(w_l) > 0 it starts there: T = w_l q.',
    setting: 'technology of Example 1, s = .5',
    erratum: 'T15',
    cases: () => {
      const types = uniform.create({ min: 2, max: 3 });
      const scale = 0.5;
      const lowest = scaleMenu({
        types,
        served: iron(types),
        supply: numericOf(exampleTechnology),
        scale,
      }).item(2);
      const { quality } = supplyByShares(1, scale, exampleTechnology);
      // Literally, with φ(k) = 2k − 3 below the support too: ∫ q dk = S(φ)/2.
      const below = supplyByShares(1, scale, exampleTechnology).surplus / 2;
      return [{ printed: 2 * quality - below, corrected: 2 * quality, numeric: lowest.transfer }];
    },
  },
  {
    id: '4.2.marginal',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['Remark 1', '(37)'],
    quantity: 'C_q(q(w, s), s), as a value of φ',
    text: '‘φ(q(w, s), s) = C_q’ for φ(w) = C_q(q(w, s), s).',
    setting: 'Example 1',
    erratum: 'T2',
    correctedDecimals: 9,
    cases: () =>
      [
        [0.6, 0.5],
        [0.9, 0.8],
      ].map(([w = 0, s = 0]) => {
        const { quality } = numericMenu(uniformValues, exampleTechnology, s).item(w);
        const supply = numericOf(exampleTechnology);
        return {
          at: at(w, s),
          printed: 2 * quality - 1,
          corrected: 2 * w - 1,
          numeric: derivative((q) => costOf(supply, q, s).cost, quality, 2e-3 * quality),
        };
      }),
  },
  {
    id: '4.2.wHat',
    kind: 'formula',
    place,
    covers: ['Example 1'],
    quantity: 'ŵ(.2): types w > ŵ(s) fine-tune',
    text: 'Types w in [1/2, ŵ(s)], ŵ(s) = ½(1 + 1/(2√s)), are to be types, ŵ ≤ 1; for s < 1/4 read min{ŵ, 1}.',
    setting: 'Example 1',
    erratum: 'T11',
    cases: () => {
      const menu = menuAtScale(exampleProblem(), 0.2);
      return [{ printed: (1 + 1 / (2 * Math.sqrt(0.2))) / 2, corrected: 1, numeric: menu.fineTuningCutoff }];
    },
  },
  {
    id: '4.2.order',
    kind: 'formula',
    place,
    covers: ['Example 1'],
    quantity: 'x(w, s) = y(s, w), fine-tuning: x at (.95, .8)',
    text: 'The arguments of y are interchanged: x(w, s) = y(w, s).',
    setting: 'Example 1',
    erratum: 'T13',
    cases: () => {
      const tokens = (w: number, s: number) =>
        numericMenu(uniformValues, exampleTechnology, s).item(w).inputs;
      const shares = (w: number, s: number) => supplyByShares(2 * w - 1, s, exampleTechnology);
      return [
        { printed: shares(0.8, 0.95).y, corrected: shares(0.95, 0.8).y, numeric: tokens(0.95, 0.8)[0]! },
      ];
    },
  },
];

/** Best utility of (w, s) among items made for scale s̃, and the value she then reports. */
const bestReport = (menu: ReturnType<typeof numericMenu>, w: number, s: number, s̃: number) => {
  const utility = (report: number): number => {
    const { quality, transfer } = menu.item(report);
    return w * quality * Math.min(1, s / s̃) - transfer;
  };
  const report = maximizer(utility, 0.05, 1, 50);
  return { report, utility: utility(report) };
};

const rentOfLarger = (w: number, s: number, s̃: number): number =>
  exactItem(betaValues, lowBase, (w * s) / s̃, s̃).rent;

const proof: readonly Statement[] = [
  {
    id: '4.2.assumption1',
    kind: 'claim',
    place,
    covers: ['Assumption 1'],
    quantity: 'largest ∫ s q_s dk / (w q), Example 1',
    text: 'Assumption 1 holds where this is at most 1.',
    setting: 'Example 1',
    printedRelation: '≤',
    // At w = s = 1: ∫ s q_s = 1/8 + 15/8 and wq = 8.
    cases: () => [{ printed: 1, closedForm: 1 / 4, numeric: 1 - boundedRents(exampleProblem())[0]!.margin }],
  },
  {
    id: '4.2.prop4.report',
    kind: 'formula',
    place,
    covers: ['Prop. 4'],
    quantity: 'best value to report with scale s̃ > s: ws/s̃',
    setting,
    correctedDecimals: 6, // a maximum is flat
    cases: () => [
      {
        at: '(.9, .5) → .8',
        printed: (0.9 * 0.5) / 0.8,
        numeric: bestReport(numericMenu(betaValues, lowBase, 0.8), 0.9, 0.5, 0.8).report,
      },
    ],
  },
  {
    id: '4.2.prop4.deviation',
    kind: 'formula',
    place,
    covers: ['Prop. 4'],
    quantity: 'U(w; s, s̃) = ∫ q(k, s̃) dk up to ws/s̃',
    setting,
    cases: () => [
      {
        at: '(.9, .5) → .8',
        printed: rentOfLarger(0.9, 0.5, 0.8),
        numeric: bestReport(numericMenu(betaValues, lowBase, 0.8), 0.9, 0.5, 0.8).utility,
      },
    ],
  },
  {
    id: '4.2.prop4.slope',
    kind: 'formula',
    place,
    covers: ['Prop. 4'],
    quantity: 'U_s̃(w; s, s̃) = ∫ q_s dk − (ws/s̃²) q(ws/s̃, s̃)',
    setting,
    correctedDecimals: 8,
    cases: () => {
      const [w, s, s̃] = [0.95, 0.8, 0.9];
      const rent = (value: number, scale: number): number =>
        numericMenu(betaValues, lowBase, scale).rent(value);
      const report = (w * s) / s̃;
      const more = derivative((k) => exactItem(betaValues, lowBase, report, k).rent, s̃);
      const { quality } = exactItem(betaValues, lowBase, report, s̃);
      return [
        {
          at: '(.95, .8) → .9',
          printed: more - ((w * s) / s̃ ** 2) * quality,
          numeric: derivative((k) => rent((w * s) / k, k), s̃),
        },
      ];
    },
  },
  {
    id: '4.2.prop4.gain',
    kind: 'claim',
    place,
    covers: ['Prop. 4'],
    quantity: 'largest gain from any other item (w̃, s̃)',
    text: 'Under Assumption 1 the scale-by-scale menu is incentive compatible across scales.',
    setting: 'Example 1; 25 buyers, 120 items',
    printedRelation: '≤',
    cases: () => [{ printed: 0, numeric: largestGain() }],
  },
  {
    id: '4.2.prop4.profit',
    kind: 'formula',
    place,
    covers: ['Prop. 4'],
    quantity: 'E[T − C] = E[S(φ(w), s)], the bound with s known',
    setting: 'w ~ Beta(2, 3), s ~ U[.2, 1], asymmetric technology',
    cases: () => {
      const values = betaValues.numeric;
      const scales = uniform.create({ min: 0.2, max: 1 });
      const totals = valueScaleTotals({
        values,
        scales,
        served: servedBy(betaValues),
        supply: numericOf(asymmetric),
      });
      return [{ printed: totals.servedSurplus, numeric: totals.grossValue - totals.rent - totals.cost }];
    },
  },
];

const largestGain = (): number => {
  const sizes = [0.15, 0.35, 0.55, 0.75, 0.95];
  const values = [0.55, 0.65, 0.75, 0.85, 1];
  let most = Number.NEGATIVE_INFINITY;
  for (const s̃ of sizes) {
    const menu = numericMenu(uniformValues, exampleTechnology, s̃);
    const items = Array.from({ length: 24 }, (_, i) => menu.item(0.54 + 0.02 * i));
    for (const s of sizes) {
      const own = numericMenu(uniformValues, exampleTechnology, s);
      for (const w of values) {
        const truth = own.rent(w);
        for (const { quality, transfer, value } of items) {
          if (s === s̃ && value === w) continue;
          most = Math.max(most, w * quality * Math.min(1, s / s̃) - transfer - truth);
        }
      }
    }
  }
  return most;
};

/** Section 4.2: menus of token allocations. */
export const allocationStatements: readonly Statement[] = [...menuOf, ...proof];
