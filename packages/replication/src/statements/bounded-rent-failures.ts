import { boundedRents, root } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import {
  exactCutoff,
  exactItem,
  g1,
  g2,
  g3,
  g4,
  largestRatio,
  numericMenu,
  type PolynomialTypes,
  servedBy,
} from './polynomial-types.ts';
import { printedTariff } from './printed-tariff.ts';
import type { Statement } from './statement.ts';
import { type CobbDouglas, exampleTechnology, numericOf } from './technology.ts';

const unit = () => uniform.create({ min: 0, max: 1 });

export const conditions = 'Errata G, Assumptions 1 and 2' as const;

/** The technology of ERRATA G at which Assumption 1 fails. */
const tuningHeavy: CobbDouglas = {
  name: 'α = β = .02, γ = .7',
  α: 0.02,
  β: 0.02,
  γ: 0.7,
  cx: 0.02,
  cy: 0.02,
  cz: 0.05,
  b: 0.1,
};
const cheap: CobbDouglas = { ...exampleTechnology, cx: 0.02, cy: 0.02, cz: 0.02 };

const problem = (types: PolynomialTypes, of: CobbDouglas) => ({
  values: types.numeric,
  scales: unit(),
  served: servedBy(types),
  supply: numericOf(of),
});

/** U of (w, s) under the item made for (w̃, s̃), with s̃ ≥ s. */
const crossUtility = (
  item: { readonly quality: number; readonly transfer: number },
  w: number,
  s: number,
  s̃: number,
): number => (w * item.quality * s) / s̃ - item.transfer;

/**
 * κ̄(F): the κ from which Assumption 2 fails in fine-tuned regions. Without a base level q = const·(φ s^{1−σ})^{κ/(1−κ)}/s^…,
 * so that s q_s = (1 − σ)q/(1 − κ) and r₂ = ∫φ^{κ/(1−κ)} dk / ((1 − κ) w φ^{κ/(1−κ)}).
 */
const criticalReturns = (types: PolynomialTypes): number => {
  const start = exactCutoff(types, 0);
  const steps = 1600;
  const φ = Float64Array.from({ length: steps + 1 }, (_, i) =>
    Math.max(0, types.virtualValue(start + ((1 - start) * i) / steps)),
  );
  const worst = (κ: number): number => {
    const power = κ / (1 - κ);
    let [sum, most] = [0, 0];
    for (let i = 1; i <= steps; i++) {
      const w = start + ((1 - start) * i) / steps;
      sum += ((φ[i]! ** power + φ[i - 1]! ** power) / 2) * ((1 - start) / steps);
      most = Math.max(most, sum / ((1 - κ) * w * φ[i]! ** power));
    }
    return most - 1;
  };
  return root(worst, 0.4, 0.95, 1e-6);
};

/** The same by the core's conditions, in a technology that fine-tunes from nearly nothing. */
const numericReturns = (types: PolynomialTypes, κ: number): number => {
  const of: CobbDouglas = { ...exampleTechnology, α: 0.15, β: 0.15, γ: κ - 0.3, b: 1e-9 };
  const held = { ...problem(types, of), scales: uniform.create({ min: 0.99, max: 1 }) };
  return boundedRents(held, 1).find(({ name }) => name === 'bounded-rent-tariff')!.margin;
};

/** ERRATA G: where Assumptions 1 and 2 fail. */
export const boundedRentStatements: readonly Statement[] = [
  {
    id: 'G.criticalReturns',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'κ̄(F), from which Assumption 2 fails',
    text: 'In fine-tuned regions Assumption 2 fails iff α + β + γ > κ̄(F).',
    setting: 'G1 .05U+.95Beta(6,9), G2 .02U+.98Beta(2,7), G3 .05U+.95Beta(7,10), G4 .02U+.98Beta(4,9)',
    erratum: 'G(1)',
    correctedDecimals: 4,
    cases: () =>
      [
        { at: 'G1', types: g1, corrected: 0.7029 },
        { at: 'G2', types: g2, corrected: 0.6573 },
        { at: 'G3', types: g3, corrected: 0.6793 },
        { at: 'G4', types: g4, corrected: 0.6143 },
      ].map(({ at, types, corrected }) => ({ at, corrected, numeric: criticalReturns(types) })),
  },
  {
    id: 'G.criticalReturns.sides',
    kind: 'claim',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'Assumption 2’s margin at κ̄ + .002, and −margin at κ̄ − .002',
    setting: 'G1',
    erratum: 'G(1)',
    correctedRelation: '<',
    cases: () =>
      ([0.002, -0.002] as const).map((d) => ({
        at: `κ̄ ${d > 0 ? '+' : '−'} .002`,
        corrected: 0,
        numeric: Math.sign(d) * numericReturns(g1, 0.7029 + d),
      })),
  },
  {
    id: 'G.a2.fails',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2', 'Remark 1'],
    quantity: 'largest ratio of Assumption 2, w ~ G1 in Example 1',
    text: 'Assumption 2 fails, Assumption 1 holds.',
    setting: 'w ~ .05 U + .95 Beta(6, 9), Example 1’s technology',
    erratum: 'G(2)',
    correctedDecimals: 4,
    cases: () => [
      {
        corrected: 1.0445,
        numeric: largestRatio('bounded-rent-tariff', problem(g1, exampleTechnology)),
      },
    ],
  },
  {
    id: 'G.a1.holds',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 1', 'Remark 1'],
    quantity: 'largest ratio of Assumption 1 there',
    setting: 'w ~ .05 U + .95 Beta(6, 9), Example 1’s technology',
    erratum: 'G(2)',
    correctedDecimals: 3,
    cases: () => [
      { corrected: 0.522, numeric: largestRatio('bounded-rent', problem(g1, exampleTechnology)) },
    ],
  },
  {
    id: 'G.feeFalls',
    kind: 'claim',
    place: conditions,
    covers: ['Assumption 2', 'Prop. 6'],
    quantity: 'dp_0/ds at (.797, 1), c = .02',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = 1/4',
    erratum: 'G(2)',
    correctedRelation: '<',
    cases: () => {
      const fee = (s: number): number => printedTariff(numericMenu(g1, cheap, s).item(0.797)).fee;
      const exact = (s: number): number => exactItem(g1, cheap, 0.797, s).fee;
      return [
        {
          corrected: 0,
          closedForm: (exact(1.01) - exact(0.99)) / 0.02,
          numeric: (fee(1.01) - fee(0.99)) / 0.02,
        },
      ];
    },
  },
  {
    id: 'G.a2.cheap',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'ratio of Assumption 2, c = .02: its largest',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = 1/4',
    erratum: 'G(2)',
    correctedDecimals: 4,
    cases: () => [{ corrected: 1.0687, numeric: largestRatio('bounded-rent-tariff', problem(g1, cheap)) }],
  },
  {
    id: 'G.a1.fails',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 1', 'Prop. 4'],
    quantity: 'ratio of Assumption 1 at (.77, 1)',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    correctedDecimals: 4,
    cases: () => {
      const w = 0.77;
      // ∫ s q_s dk as the slope of the rent in s at s = 1.
      const rent = (s: number): number => numericMenu(g4, tuningHeavy, s).rent(w);
      const slope = (rent(1.001) - rent(0.999)) / 0.002;
      return [{ corrected: 1.1257, numeric: slope / (w * numericMenu(g4, tuningHeavy).item(w).quality) }];
    },
  },
  {
    id: 'G.a1.truthful',
    kind: 'formula',
    place: conditions,
    covers: ['Prop. 4'],
    quantity: 'U of (.8, .95), truthful',
    text: 'Where Assumption 1 fails, the scale-by-scale menu is not incentive compatible.',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    cases: () => [
      {
        corrected: 60.444689902494,
        closedForm: exactItem(g4, tuningHeavy, 0.8, 0.95).rent,
        numeric: numericMenu(g4, tuningHeavy, 0.95).rent(0.8),
      },
    ],
  },
  {
    id: 'G.a1.deviating',
    kind: 'formula',
    place: conditions,
    covers: ['Prop. 4'],
    quantity: 'U of (.8, .95) with the item of (.76, 1)',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    cases: () => [
      {
        corrected: 61.625213303946,
        closedForm: crossUtility(exactItem(g4, tuningHeavy, 0.76), 0.8, 0.95, 1),
        numeric: crossUtility(numericMenu(g4, tuningHeavy).item(0.76), 0.8, 0.95, 1),
      },
    ],
  },
];
