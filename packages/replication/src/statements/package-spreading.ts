import { root } from '@menusmith/core';
import { numericIndex } from './efficient-profiles.ts';
import { indexOf } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import { asymmetric, derivative, productionOf } from './technology.ts';

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

/** λ of the budget of input tokens, with (X/Y)^β as printed and with (Y/X)^β. */
const multiplierOf = (sold: (typeof packages)[number]): Case => {
  const { x, multiplier } = spread(sold);
  const common = type.values[0]! * α * x[0] ** (α + β - 1) * (b + sold.Z) ** γ;
  return {
    printed: common * (sold.X / sold.Y) ** β,
    corrected: common * (sold.Y / sold.X) ** β,
    numeric: multiplier,
  };
};

/** Lemma 2 and its proof: how a buyer spreads a package over her tasks. */
export const spreadingStatements: readonly Statement[] = [
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
    cases: () => packages.map((sold) => ({ at: packageName(sold), ...multiplierOf(sold) })),
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
    cases: () => [multiplierOf(packages[0]!)],
  },
];
