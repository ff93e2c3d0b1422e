import { indexOf, profileByShares } from './expenditure-shares.ts';
import type { Statement } from './statement.ts';
import {
  asymmetric,
  type CobbDouglas,
  exampleTechnology,
  inner,
  once,
  suppliedTo,
  supplyOnTasks,
  technologyOf,
} from './technology.ts';

const place = 'Section 4.1' as const;

/** Pairs of types on three tasks, always the same. */
const measures = [0.5, 0.3, 0.2];
const samplePairs = (count: number): (readonly [number[], number[]])[] => {
  const part = (x: number) => x - Math.floor(x);
  return Array.from({ length: count }, (_, n) => {
    const draw = (k: number) => 0.05 + 1.5 * part((n + 1) * Math.sqrt([2, 3, 5, 7, 11, 13][k]!));
    return [
      [draw(0), draw(1), draw(2)],
      [draw(3), draw(4), draw(5)],
    ] as const;
  });
};

interface JudgedPair {
  readonly of: CobbDouglas;
  /** θ is higher for `high`. */
  readonly high: readonly number[];
  readonly low: readonly number[];
  /** What each gains from the other's efficient item at its full price. */
  readonly highGain: number;
  readonly lowGain: number;
}

/** 400 pairs with two technologies, and what each type gains from the other's item when all surplus is asked. */
const pairs = once((): readonly JudgedPair[] =>
  [exampleTechnology, asymmetric].flatMap((of) => {
    const supplyTo = supplyOnTasks(technologyOf(of), measures);
    return samplePairs(200).map(([first, second]): JudgedPair => {
      const index = (values: readonly number[]) => indexOf({ values, weights: measures }, of.α + of.β);
      const [above, below] = index(first) >= index(second) ? [first, second] : [second, first];
      const gain = (type: readonly number[], other: readonly number[]): number => {
        const { quality } = suppliedTo(supplyTo, other);
        return inner(measures, type, quality) - inner(measures, other, quality);
      };
      return { of, high: above, low: below, highGain: gain(above, below), lowGain: gain(below, above) };
    });
  }),
);

const share = (is: (pair: JudgedPair) => boolean): number => pairs().filter(is).length / pairs().length;

/** ∫ (w_H − w_L) w^{σ/(1−σ)} di ≤ 0, with w one of the two. */
const testIsMet = ({ of, high: above, low: below }: JudgedPair, power: readonly number[]): boolean => {
  const σ = of.α + of.β;
  const gaps = above.map((w, m) => w - below[m]!);
  const powers = power.map((w) => w ** (σ / (1 - σ)));
  return inner(measures, gaps, powers) <= 0;
};

const sample = '400 pairs of types on three tasks, two technologies';

const ranking: readonly Statement[] = [
  {
    id: '4.1.prop3.ranking',
    kind: 'claim',
    place,
    covers: ['Prop. 3'],
    quantity: 'share of pairs whose low-θ type gains from imitation',
    text: 'Type w_H is the one with the higher θ.',
    setting: sample,
    cases: () => [{ printed: 0, numeric: share(({ lowGain }) => lowGain > 1e-12) }],
  },
  {
    id: '4.1.prop3.fullSurplus',
    kind: 'formula',
    place,
    covers: ['Prop. 3'],
    quantity: 'share of pairs with full surplus',
    text: 'Full surplus if and only if ∫(w_H − w_L) w_H^{σ/(1−σ)} ≤ 0; corrected with w_L^{σ/(1−σ)}. The printed test is never met.',
    setting: sample,
    erratum: 'F5',
    cases: () => [
      {
        printed: share((pair) => testIsMet(pair, pair.high)),
        corrected: share((pair) => testIsMet(pair, pair.low)),
        numeric: share(({ highGain }) => highGain <= 1e-12),
      },
    ],
  },
  {
    id: '4.1.prop3.wrong',
    kind: 'claim',
    place,
    covers: ['Prop. 3'],
    quantity: 'share of pairs that the printed test misjudges',
    setting: sample,
    erratum: 'F5',
    correctedRelation: '>',
    cases: () => [
      {
        printed: 0,
        corrected: 0,
        numeric: share((pair) => testIsMet(pair, pair.high) !== pair.highGain <= 1e-12),
      },
    ],
  },
  {
    id: '4.1.prop3.right',
    kind: 'claim',
    place,
    covers: ['Prop. 3'],
    quantity: 'share of pairs that the corrected test misjudges',
    setting: sample,
    cases: () => [
      { closedForm: 0, numeric: share((pair) => testIsMet(pair, pair.low) !== pair.highGain <= 1e-12) },
    ],
  },
];

const proofPlace = 'Appendix, Proof of Proposition 3' as const;
const { α, β, γ, cx, cy, cz, b } = asymmetric;

/** u(w, w̃): what w gets from the efficient item of w̃ = t·(.9, .6, .2). */
const imitated = (
  id: '52' | '53',
  printed: (w: number, w̃: number, θ̃: number) => number,
  more: Partial<Statement> = {},
): Statement => ({
  id: `A3.${id}`,
  kind: 'formula',
  place: proofPlace,
  covers: [`(${id})`],
  quantity: `u(w, w̃), ${id === '52' ? 'θ̃ < θ̂' : 'θ̃ ≥ θ̂'}`,
  setting: asymmetric.name,
  cases: () => {
    const supplyTo = supplyOnTasks(technologyOf(asymmetric), measures);
    const type = [0.4, 1.1, 0.8];
    return (id === '52' ? [0.5, 0.9] : [1.7, 2.5]).map((t) => {
      const other = [0.9, 0.6, 0.2].map((w) => t * w);
      const θ̃ = indexOf({ values: other, weights: measures }, α + β);
      const whole = profileByShares({ values: other, weights: measures }, asymmetric).qualities;
      return {
        at: `w̃_1 = ${Number((0.9 * t).toPrecision(3))}`,
        printed: measures.reduce((sum, weight, m) => sum + weight * printed(type[m]!, other[m]!, θ̃), 0),
        closedForm: inner(measures, type, whole),
        numeric: inner(measures, type, suppliedTo(supplyTo, other).quality),
      };
    });
  },
  ...more,
});

/** The integrand of (53). */
const printedImitation = (w: number, w̃: number, θ̃: number): number =>
  θ̃ ** (γ / ((1 - α - β) * (1 - α - β - γ))) *
  (α / cx) ** (α / (1 - α - β - γ)) *
  (β / cy) ** (β / (1 - α - β - γ)) *
  (γ / cz) ** (γ / (1 - α - β - γ)) *
  w *
  w̃ ** (1 / (1 - α - β) - 1);

/** ∫ w_i w̃_i^{σ/(1−σ)} − w̃_i^{1/(1−σ)} di. */
const violation = ({ of, high: type, low: other }: JudgedPair): number => {
  const power = 1 / (1 - of.α - of.β);
  return measures.reduce(
    (sum, weight, m) => sum + weight * (type[m]! * other[m]! ** (power - 1) - other[m]! ** power),
    0,
  );
};

const proof: readonly Statement[] = [
  imitated(
    '52',
    (w, w̃) =>
      (α / cx) ** (α / (1 - α - β)) *
      (β / cy) ** (β / (1 - α - β)) *
      b ** (γ / (1 - α - β)) *
      w *
      w̃ ** (1 / (1 - α - β) - 1),
  ),
  imitated('53', printedImitation),
  imitated('53', printedImitation, {
    id: 'slides.53',
    place: 'Slides',
    covers: ['slides (53)'],
    text: 'Identical to the paper’s (53), and right; only the boundary θ̃ = θ̂ is missing from the case split.',
  }),
  {
    id: 'A3.54',
    kind: 'claim',
    place: proofPlace,
    covers: ['(54)'],
    quantity: 'share of pairs where (54) and the violation differ',
    setting: sample,
    cases: () => [{ printed: 0, numeric: share((pair) => violation(pair) > 0 !== pair.highGain > 1e-12) }],
  },
  {
    id: 'A3.jensen',
    kind: 'claim',
    place: proofPlace,
    covers: ['Prop. 3'],
    quantity: 'largest w w̃^{σ/(1−σ)} − (1−σ)w^{1/(1−σ)} − σw̃^{1/(1−σ)}',
    text: 'Jensen’s inequality.',
    setting: sample,
    printedRelation: '≤',
    cases: () => {
      const gaps = pairs().flatMap(({ of, high: type, low: other }) => {
        const σ = of.α + of.β;
        return type.map(
          (w, m) =>
            w * other[m]! ** (σ / (1 - σ)) - (1 - σ) * w ** (1 / (1 - σ)) - σ * other[m]! ** (1 / (1 - σ)),
        );
      });
      return [{ printed: 0, numeric: Math.max(...gaps) }];
    },
  },
  {
    id: 'A3.order',
    kind: 'formula',
    place: proofPlace,
    covers: ['Prop. 3'],
    quantity: 'share of the violations that have θ̃ > θ',
    text: '(54) implies ∫ w̃^{1/(1−σ)} − w^{1/(1−σ)} > 0, a violation is possible only if θ̃ > θ; corrected with the sign turned.',
    setting: sample,
    erratum: 'F6',
    cases: () => {
      const violations = pairs().flatMap(({ highGain, lowGain }) => [
        ...(highGain > 1e-12 ? [0] : []), // w is `high`, w̃ is `low`
        ...(lowGain > 1e-12 ? [1] : []),
      ]);
      const numeric = violations.reduce((sum, one) => sum + one, 0) / violations.length;
      return [{ printed: 1, corrected: 0, numeric }];
    },
  },
];

/** Proposition 3 and its proof: what a type gains from the efficient item of another. */
export const imitationStatements: readonly Statement[] = [...ranking, ...proof];
