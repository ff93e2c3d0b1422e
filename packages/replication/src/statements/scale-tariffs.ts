import { iron, menuAtScale } from '@menusmith/core';
import { exampleProblem, lowBase } from './allocations.ts';
import { supplyByShares } from './expenditure-shares.ts';
import { betaValues, exactItem, largestRatio, numericMenu, uniformValues } from './polynomial-types.ts';
import { bought, printedTariff, tariffUtility } from './printed-tariff.ts';
import type { Statement } from './statement.ts';
import { derivative, exampleTechnology, numericOf } from './technology.ts';

const low = lowBase;
export const valueScale = 'w ~ Beta(2, 3), asymmetric technology';

export const exactBuyers = (
  [
    [0.6, 0.5],
    [0.9, 0.8],
  ] as const
).map(([w, s]) => ({ w, s, at: `w = ${w}, s = ${s}`, item: exactItem(betaValues, low, w, s) }));

/** p_0(w, s) of Example 1 from the numeric menu. */
const exampleFee = (w: number, s: number): number =>
  printedTariff(menuAtScale(exampleProblem(), s).item(w)).fee;

/** Section 6.2: tariffs with task caps. */
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
        const fee = (k: number): number => printedTariff(numericMenu(betaValues, low, k).item(w)).fee;
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
          const tariff = printedTariff(menu.item(report));
          for (const s of sizes)
            values.forEach((w, k) => {
              if (s === s̃ && Math.abs(w - report) < 1e-9) return;
              const utility = tariffUtility(supply, w, tariff, Math.min(s, s̃));
              most = Math.max(most, utility - rents.get(s)![k]!);
            });
        }
      }
      return [{ printed: 0, numeric: most }];
    },
  },
];
