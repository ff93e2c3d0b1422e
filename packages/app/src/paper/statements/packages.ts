import { increasingVirtualValue, iron, representativeDistribution, root, scaleMenu } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { packageVirtualValue } from '../closed-form.ts';
import { lowBase } from './allocations.ts';
import { numericIndex } from './efficiency.ts';
import { costByShares, indexOf } from './expenditure-shares.ts';
import { betaValues, exactCutoff, exactItem, numericMenu } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import {
  asymmetric,
  costOf,
  derivative,
  exampleTechnology,
  numericOf,
  productionOf,
  supplied,
} from './technology.ts';

const place = 'Section 5' as const;
const proofPlace = 'Appendix, Proof of Lemma 2' as const;
const { α, β, γ, b } = asymmetric;
const setting = asymmetric.name;

/** A buyer with two kinds of tasks spreads X and Y over them. */
const type = { values: [0.9, 0.4], weights: [0.3, 0.7] };
const packages = [
  { X: 2, Y: 0.7, Z: 0.5 },
  { X: 0.4, Y: 1.5, Z: 0 },
];

/**
 * Lemma 2 by direct maximisation: the share t of X for the first kind of tasks, and of Y given t, each where the marginal values are equal.
 *
 * Marginal values are differences of v, so that no property of Cobb–Douglas is used.
 */
const spread = ({ X, Y, Z }: (typeof packages)[number]) => {
  const production = productionOf(asymmetric);
  const value = (kind: 0 | 1, x: number, y: number): number =>
    type.values[kind]! * production.value(Float64Array.of(x, y), Float64Array.of(Z));
  const amounts = (t: number, total: number): [number, number] => [
    (t * total) / type.weights[0]!,
    ((1 - t) * total) / type.weights[1]!,
  ];
  const slopeX = (kind: 0 | 1, x: number, y: number): number =>
    derivative((h) => value(kind, x * Math.exp(h), y), 0, 2e-2) / x;
  const slopeY = (kind: 0 | 1, x: number, y: number): number =>
    derivative((h) => value(kind, x, y * Math.exp(h)), 0, 2e-2) / y;
  const outputShare = (t: number): number =>
    root(
      (r) => {
        const [x, y] = [amounts(t, X), amounts(r, Y)];
        return Math.log(slopeY(0, x[0], y[0]) / slopeY(1, x[1], y[1]));
      },
      1e-3,
      1 - 1e-3,
    );
  const t = root(
    (share) => {
      const [x, y] = [amounts(share, X), amounts(outputShare(share), Y)];
      return Math.log(slopeX(0, x[0], y[0]) / slopeX(1, x[1], y[1]));
    },
    1e-3,
    1 - 1e-3,
  );
  const [x, y] = [amounts(t, X), amounts(outputShare(t), Y)];
  return {
    x,
    y,
    utility: type.weights[0]! * value(0, x[0], y[0]) + type.weights[1]! * value(1, x[1], y[1]),
    multiplier: slopeX(0, x[0], y[0]),
  };
};

const packageName = ({ X, Y }: (typeof packages)[number]): string => `X = ${X}, Y = ${Y}`;
const θ = indexOf(type, α + β);
/** ∫ w^{1/(1−σ)}. */
const powerSum = θ ** (1 / (1 - α - β));
const share = type.values[0]! ** (1 / (1 - α - β)) / powerSum;

const lemma2: readonly Statement[] = [
  {
    id: '5.22',
    kind: 'definition',
    place,
    covers: ['(22)'],
    quantity: 'menu (X(w), Y(w), Z(w), t(w))_w',
  },
  {
    id: '5.lemma2',
    kind: 'formula',
    place,
    covers: ['Lemma 2', '(55)'],
    quantity: 'U(X, Y, Z) = θ X^α Y^β (b + Z)^γ',
    setting,
    cases: () =>
      packages.map((sold) => ({
        at: packageName(sold),
        printed: θ * sold.X ** α * sold.Y ** β * (b + sold.Z) ** γ,
        numeric: spread(sold).utility,
      })),
  },
  {
    id: '5.lemma2.range',
    kind: 'claim',
    place,
    covers: ['Lemma 2'],
    quantity: 'θ ∈ [0, 1]: θ of the profile w = (2, .5)',
    text: 'θ ∈ [0, 1] only if w_i ≤ 1, which Section 2 does not ask.',
    setting,
    erratum: 'T10',
    printedRelation: '≤',
    correctedRelation: '>',
    cases: () => {
      const wide = { values: [2, 0.5], weights: [0.5, 0.5] };
      return [{ printed: 1, corrected: 1, closedForm: indexOf(wide, α + β), numeric: numericIndex(wide) }];
    },
  },
  {
    id: 'A2.output',
    kind: 'formula',
    place: proofPlace,
    covers: ['Lemma 2'],
    quantity: 'y_1 of x_1: y_i = x_i X/Y',
    text: 'y_i = x_i X/Y, for x_i Y/X.',
    setting,
    erratum: 'F7',
    correctedDecimals: 8,
    cases: () =>
      packages.map((sold) => {
        const { x, y } = spread(sold);
        return {
          at: packageName(sold),
          printed: (x[0] * sold.X) / sold.Y,
          corrected: (x[0] * sold.Y) / sold.X,
          numeric: y[0],
        };
      }),
  },
  {
    id: 'A2.multiplier',
    kind: 'formula',
    place: proofPlace,
    covers: ['Lemma 2'],
    quantity: 'λ = w_i α x_i^{α+β−1} (X/Y)^β (b + Z)^γ',
    text: 'The factor is (Y/X)^β. Its multiplier γ for the other budget clashes with the exponent (T8).',
    setting,
    erratum: 'F7',
    correctedDecimals: 8,
    cases: () =>
      packages.map((sold) => {
        const { x, multiplier } = spread(sold);
        const common = type.values[0]! * α * x[0] ** (α + β - 1) * (b + sold.Z) ** γ;
        return {
          at: packageName(sold),
          printed: common * (sold.X / sold.Y) ** β,
          corrected: common * (sold.Y / sold.X) ** β,
          numeric: multiplier,
        };
      }),
  },
  {
    id: 'A2.input',
    kind: 'formula',
    place: proofPlace,
    covers: ['Lemma 2', '(55)'],
    quantity: 'x_1 = X w_1^{1/(1−α−β)} / ∫ w_i^{1/(1−α−β)} di',
    setting,
    correctedDecimals: 8,
    cases: () =>
      packages.map((sold) => ({
        at: packageName(sold),
        printed: share * sold.X,
        numeric: spread(sold).x[0],
      })),
  },
  {
    id: 'slides.26',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 26'],
    quantity: 'p. 26: λ with (X/Y)^β',
    text: 'The slides have y_i = x_i Y/X right, and (X/Y)^β for (Y/X)^β in the next line.',
    setting,
    erratum: 'slides p. 26',
    correctedDecimals: 8,
    cases: () => {
      const sold = packages[0]!;
      const { x, multiplier } = spread(sold);
      const common = type.values[0]! * α * x[0] ** (α + β - 1) * (b + sold.Z) ** γ;
      return [
        {
          printed: common * (sold.X / sold.Y) ** β,
          corrected: common * (sold.Y / sold.X) ** β,
          numeric: multiplier,
        },
      ];
    },
  },
];

const low = lowBase;
const typesName = 'θ ~ Beta(2, 3), asymmetric technology';

const menu: readonly Statement[] = [
  {
    id: '5.23',
    kind: 'formula',
    place,
    covers: ['(23)'],
    quantity: 'Q(X, Y, Z) = X^α Y^β (b + Z)^γ at what θ buys',
    setting,
    cases: () =>
      [0.5, 1.4].map((t) => {
        const point = supplied(numericOf(asymmetric), t);
        const [X = 0, Y = 0, Z = 0] = point.inputs;
        return { at: `θ = ${t}`, printed: X ** α * Y ** β * (b + Z) ** γ, numeric: point.quality };
      }),
  },
  {
    id: '5.24',
    kind: 'formula',
    place,
    covers: ['(24)', '(25)'],
    quantity: 'C(Q)',
    setting,
    cases: () =>
      [0.1, 3].map((q) => ({
        at: `Q = ${q}`,
        closedForm: costByShares(q, 1, asymmetric).cost,
        numeric: costOf(numericOf(asymmetric), q).cost,
      })),
  },
  {
    id: '5.costs.increasing',
    kind: 'claim',
    place,
    covers: ['(24)'],
    quantity: 'C′(Q) and C″(Q) on both sides of Q̂, the least',
    text: 'The costs C(Q) are strictly increasing and strictly convex.',
    setting,
    printedRelation: '>',
    cases: () => {
      const supply = numericOf(asymmetric);
      const slope = (q: number) => costOf(supply, q).marginalCost;
      const all = [0.05, 0.4, 2, 5].flatMap((q) => [slope(q), derivative(slope, q, 1e-3 * q)]);
      return [{ printed: 0, numeric: Math.min(...all) }];
    },
  },
  {
    id: '5.costs.zero',
    kind: 'claim',
    place,
    covers: ['(24)'],
    quantity: 'C′(0) = 0 (at Q = 10⁻¹⁵)',
    setting,
    cases: () => [{ printed: 0, numeric: costOf(numericOf(asymmetric), 1e-15).marginalCost }],
  },
  {
    id: '5.26',
    kind: 'formula',
    place,
    covers: ['(26)'],
    quantity: 'φ(θ) = C′(Q(θ)), by differences of C',
    setting: typesName,
    correctedDecimals: 9,
    cases: () =>
      [0.5, 0.9].map((t) => {
        const { quality } = numericMenu(betaValues, low).item(t);
        const supply = numericOf(low);
        return {
          at: `θ = ${t}`,
          printed: betaValues.virtualValue(t),
          numeric: derivative((q) => costOf(supply, q).cost, quality, 2e-3 * quality),
        };
      }),
  },
  {
    id: '5.excluded',
    kind: 'formula',
    place,
    covers: ['(26)'],
    quantity: 'lowest θ served: φ(θ) = 0',
    text: '‘MR(θ) ≤ 0’ for φ(θ) ≤ 0.',
    setting: typesName,
    erratum: 'T5',
    cases: () => [{ corrected: exactCutoff(betaValues, 0), numeric: numericMenu(betaValues, low).cutoff }],
  },
  {
    id: '5.27',
    kind: 'formula',
    place,
    covers: ['(27)'],
    quantity: 'T(θ) = θ Q(θ) − ∫₀^θ Q(k) dk',
    setting: typesName,
    cases: () =>
      [0.5, 0.9].map((t) => ({
        at: `θ = ${t}`,
        printed: exactItem(betaValues, low, t).transfer,
        numeric: numericMenu(betaValues, low).item(t).transfer,
      })),
  },
  {
    id: '5.prop5',
    kind: 'formula',
    place,
    covers: ['Prop. 5', '(28)'],
    quantity: 'E[T − C] = E[S(φ(θ))], the upper bound',
    setting: typesName,
    cases: () => {
      const totals = numericMenu(betaValues, low).totals();
      return [{ printed: totals.servedSurplus, numeric: totals.grossValue - totals.rent - totals.cost }];
    },
  },
  {
    id: '5.prop5.gain',
    kind: 'claim',
    place,
    covers: ['Prop. 5', '(28)'],
    quantity: 'largest gain from another type’s package',
    setting: typesName,
    printedRelation: '≤',
    cases: () => {
      const made = numericMenu(betaValues, low);
      const items = Array.from({ length: 20 }, (_, i) => made.item((i + 1) / 20));
      const gains = items.flatMap((own) =>
        items
          .filter((other) => other !== own)
          .map((other) => own.value * other.quality - other.transfer - own.rent),
      );
      return [{ printed: 0, numeric: Math.max(...gains) }];
    },
  },
];

const unit = () => uniform.create({ min: 0, max: 1 });
const ρ = 0.1;
const uniformIndex = () => representativeDistribution(unit(), unit(), 2 * ρ);

const hypothesis: readonly Statement[] = [
  {
    id: '5.prop5.increasing',
    kind: 'claim',
    place,
    covers: ['Prop. 5', 'Prop. 7'],
    quantity: 'φ_θ(.017) − φ_θ(.003): ‘φ(θ) is increasing’',
    text: 'The hypothesis of Props. 5 and 7 fails in the paper’s own uniform symmetric setting for ρ < 1/4, though only where φ < 0.',
    setting: 'uniform symmetric, ρ = .1',
    erratum: 'S7',
    printedRelation: '>',
    correctedRelation: '<',
    cases: () => {
      const of = iron(uniformIndex());
      return [
        {
          printed: 0,
          corrected: 0,
          closedForm: packageVirtualValue(0.017, ρ) - packageVirtualValue(0.003, ρ),
          numeric: of.virtualValue(0.017) - of.virtualValue(0.003),
        },
      ];
    },
  },
  {
    id: '5.prop5.turn',
    kind: 'formula',
    place,
    covers: ['Prop. 5'],
    quantity: 'θ up to which φ_θ decreases, ρ = .1',
    setting: 'uniform symmetric, ρ = .1',
    text: 'ERRATA has ‘up to θ ≈ .018’; the formula (F12, corrected) and the numeric path both have .0251.',
    erratum: 'S7',
    correctedDecimals: 8,
    cases: () => {
      const of = iron(uniformIndex());
      const turn = (φ: (t: number) => number) => root((t) => derivative(φ, t, 5e-3 * t), 0.005, 0.1);
      return [
        { corrected: turn((t) => packageVirtualValue(t, ρ)), numeric: turn((t) => of.virtualValue(t)) },
      ];
    },
  },
  {
    id: '5.prop5.served',
    kind: 'claim',
    place,
    covers: ['Prop. 5'],
    quantity: 'least slope of φ_θ where φ > 0, ρ = .1',
    text: '‘Increasing where positive’ is what is needed, and holds.',
    setting: 'uniform symmetric, ρ = .1',
    erratum: 'S7',
    correctedRelation: '>',
    cases: () => [{ corrected: 0, numeric: increasingVirtualValue(iron(uniformIndex())).margin }],
  },
  {
    id: '5.prop5.same',
    kind: 'claim',
    place,
    covers: ['Prop. 5', 'Prop. 7'],
    quantity: 'two (w, s) of one θ: difference in payment',
    text: 'All types corresponding to the same θ pick the same item.',
    setting: 'Example 1',
    cases: () => {
      const types = representativeDistribution(unit(), unit(), 1 / 2);
      const made = scaleMenu({ types, served: iron(types), supply: numericOf(exampleTechnology), scale: 1 });
      const pay = (w: number, s: number) => made.item(w * Math.sqrt(s)).transfer;
      return [{ printed: 0, numeric: pay(0.9, 0.64) - pay(0.8, 0.81) }];
    },
  },
];

/** Section 5: menus of token packages, and the proof of Lemma 2. */
export const packageStatements: readonly Statement[] = [...lemma2, ...menu, ...hypothesis];
