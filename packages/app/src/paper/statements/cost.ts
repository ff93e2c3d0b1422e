import { type EfficientSupply, maximizer, numericSupply } from '@menusmith/core';
import { s6Technology, s6Threshold } from './efficiency.ts';
import { costByShares, supplyByShares, thresholdByShares } from './expenditure-shares.ts';
import type { Case, Place, Statement } from './statement.ts';
import {
  anyTechnology,
  asymmetric,
  type CobbDouglas,
  costOf,
  curvature,
  numericOf,
  profileSupplyOf,
  secant,
  supplied,
  suppliedTo,
  taskTechnology,
  technologyOf,
} from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const setting = asymmetric.name;

/** A technology of another kind: satiation in each task input. */
const satiation = () =>
  anyTechnology(
    (x, y, z) => (-Math.expm1(-x)) ** 0.4 * (-Math.expm1(-y)) ** 0.3 * (0.5 + z) ** 0.2,
    [0.1, 0.15, 0.2],
  );

const section = 'Section 4.2' as const;
const scales = [0.15, 0.4, 0.8];
const qualities = [0.05, 0.3, 0.9];
const grid = scales.flatMap((s) => qualities.map((q) => [q, s] as const));

/** Largest of a number over qualities and scales, for Cobb–Douglas and for satiation. */
const extreme = (
  read: (supply: EfficientSupply, q: number, s: number) => number,
  of: (...numbers: number[]) => number,
): Case[] => {
  // Satiation makes quality above s(.5 + z)^.2 dear: its qualities are kept small beside s.
  const kinds: readonly [string, EfficientSupply, readonly (readonly [number, number])[]][] = [
    ['Cobb–Douglas', numericOf(asymmetric), grid],
    [
      'satiation',
      numericSupply(satiation()),
      scales.flatMap((s) => [0.1, 0.4, 0.7].map((r) => [r * s, s] as const)),
    ],
  ];
  return kinds.map(([at, supply, points]) => ({
    at,
    printed: 0,
    numeric: of(...points.map(([q, s]) => read(supply, q, s))),
  }));
};

const lemma1 = (
  part: string,
  quantity: string,
  read: (supply: EfficientSupply, q: number, s: number) => number,
  printedRelation: '<' | '>',
): Statement => ({
  id: `4.2.lemma1.${part}`,
  kind: 'claim',
  place: section,
  covers: ['Lemma 1'],
  quantity,
  setting: 'q and s on a grid; the second: v = (1−e⁻ˣ)^.4 (1−e⁻ʸ)^.3 (b+z)^.2',
  printedRelation,
  cases: () => extreme(read, printedRelation === '<' ? Math.max : Math.min),
});

const costFunction: readonly Statement[] = [
  {
    id: '4.2.15',
    kind: 'claim',
    place: section,
    covers: ['(15)', '(16)'],
    quantity: 'cost of unlike tasks beyond that of like ones',
    text: 'v being strictly concave, tokens are spread evenly over the s tasks.',
    setting,
    printedRelation: '>',
    cases: () =>
      [0.4, 1.3].map((φ) => {
        // Of one total quality and one scale, unevenly over two halves: what is efficient for values ±20 %.
        const { quality, cost } = suppliedTo(profileSupplyOf(technologyOf(asymmetric), [0.3, 0.3]), [
          0.8 * φ,
          1.2 * φ,
        ]);
        const q = 0.3 * (quality[0]! + quality[1]!);
        return { at: `φ = ${φ}`, printed: 0, numeric: cost - costOf(numericOf(asymmetric), q, 0.6).cost };
      }),
  },
  {
    id: '4.2.17',
    kind: 'formula',
    place: section,
    covers: ['(17)', '(18)'],
    quantity: 'C(q, s) of three groups of tasks, as of one',
    setting,
    cases: () =>
      [0.4, 1.3].map((φ) => {
        const point = suppliedTo(profileSupplyOf(technologyOf(asymmetric), [0.1, 0.3, 0.2]), [φ, φ, φ]);
        const q = 0.1 * point.quality[0]! + 0.3 * point.quality[1]! + 0.2 * point.quality[2]!;
        return {
          at: `φ = ${φ}, s = .6`,
          printed: costOf(numericOf(asymmetric), q, 0.6).cost,
          closedForm: costByShares(q, 0.6, asymmetric).cost,
          numeric: point.cost,
        };
      }),
  },
  lemma1('1.increasing', '1. least C_q', (supply, q, s) => costOf(supply, q, s).marginalCost, '>'),
  lemma1(
    '1.convex',
    '1. least C_qq',
    (supply, q, s) => secant((k) => costOf(supply, k, s).marginalCost, q),
    '>',
  ),
  {
    id: '4.2.lemma1.1.zero',
    kind: 'claim',
    place: section,
    covers: ['Lemma 1'],
    quantity: '1. C_q(0, s), Cobb–Douglas (at q = 10⁻¹⁵)',
    setting,
    cases: () =>
      scales.map((s) => ({
        at: `s = ${s}`,
        printed: 0,
        numeric: costOf(numericOf(asymmetric), 1e-15, s).marginalCost,
      })),
  },
  {
    id: '4.2.lemma1.1.s6',
    kind: 'claim',
    place: section,
    covers: ['Lemma 1'],
    quantity: '1. C_q(0, s), from the assumptions of Section 2',
    text: 'C_q(0, s) = 0 follows directly from the assumptions; corrected: 2√(c_x c_y) here, where v ≤ √(xy).',
    setting: 'v = √(b+z) ln(1 + √(xy)/√(b+z))',
    erratum: 'S6',
    correctedDecimals: 8,
    cases: () =>
      [0.4, 1].map((s) => ({
        at: `s = ${s}`,
        printed: 0,
        corrected: s6Threshold,
        numeric: numericSupply(s6Technology()).kinks(s, 3)[0] ?? Number.NaN,
      })),
  },
  lemma1('2', '2. largest C_s', (supply, q, s) => secant((k) => costOf(supply, q, k).cost, s), '<'),
  {
    id: '4.2.lemma1.2.nothing',
    kind: 'claim',
    place: section,
    covers: ['Lemma 1'],
    quantity: '2., 3. C(0, .8) − C(0, .4)',
    text: 'Strictly decreasing in s, for all q; strict only for q > 0.',
    setting,
    erratum: 'T14',
    printedRelation: '<',
    cases: () => {
      const supply = numericOf(asymmetric);
      return [
        { printed: 0, corrected: 0, numeric: supplied(supply, 0, 0.8).cost - supplied(supply, 0, 0.4).cost },
      ];
    },
  },
  lemma1('3', '3. largest C_qs', (supply, q, s) => secant((k) => costOf(supply, q, k).marginalCost, s), '<'),
];

const place = 'Appendix, Cost Minimization' as const;

/** A formula of (q, s) on both sides of q̂(s), or on one. */
interface CostFormula {
  readonly id: string;
  readonly covers: readonly string[];
  readonly quantity: string;
  readonly side: 'below' | 'above' | 'both';
  readonly at: readonly number[];
  readonly printed: (q: number, s: number) => number;
  readonly shares: (found: ReturnType<typeof costByShares>) => number;
  readonly read: (found: ReturnType<typeof costOf>) => number;
}

const isBelow = (q: number, s: number): boolean => !costByShares(q, s, asymmetric).fineTunes;

const costFormula = (formula: CostFormula, where: Place = place): Statement => ({
  id: formula.id,
  kind: 'formula',
  place: where,
  covers: formula.covers,
  quantity:
    formula.side === 'both'
      ? formula.quantity
      : `${formula.quantity}, q ${formula.side === 'below' ? '<' : '≥'} q̂`,
  setting,
  cases: () => {
    const supply = numericOf(asymmetric);
    return formula.at.flatMap((s) =>
      [0.05, 0.3, 0.9, 2, 5]
        .filter((q) => formula.side === 'both' || isBelow(q, s) === (formula.side === 'below'))
        .slice(0, 3)
        .map(
          (q): Case => ({
            at: formula.at.length > 1 ? `q = ${q}, s = ${s}` : `q = ${q}`,
            printed: formula.printed(q, s),
            closedForm: formula.shares(costByShares(q, s, asymmetric)),
            numeric: formula.read(costOf(supply, q, s)),
          }),
        ),
    );
  },
});

/** The paper's products of powers, as printed. */
const plainPower = (q: number): number =>
  (cx / α) ** (α / (α + β)) * (cy / β) ** (β / (α + β)) * (1 / b) ** (γ / (α + β)) * q ** (1 / (α + β));
const tunedPower = (q: number): number =>
  (cx / α) ** (α / (α + β + γ)) *
  (cy / β) ** (β / (α + β + γ)) *
  (cz / γ) ** (γ / (α + β + γ)) *
  q ** (1 / (α + β + γ));

const printedLimit = b ** (α + β + γ) * (α / cx) ** α * (β / cy) ** β * (cz / γ) ** (α + β);
const printedMarginal = b ** (1 - α - β - γ) * (cx / α) ** α * (cy / β) ** β * (cz / γ) ** (1 - α - β);

/** q̂(s) as it is found: quality where fine-tuning starts. */
const numericLimit = (s: number): number => {
  const supply = numericOf(asymmetric);
  return supplied(supply, supply.kinks(s, 50)[0] ?? Number.NaN, s).quality;
};
const limitByShares = (s: number): number =>
  supplyByShares(thresholdByShares(asymmetric) * s ** -(1 - α - β), s, asymmetric).quality;

const lemma4: readonly Statement[] = [
  costFormula({
    id: 'A4.cost.below',
    covers: ['(56)', '(57)', '(58)', 'Lemma 4'],
    quantity: 'Lemma 4: C(q) with z ≥ b',
    side: 'below',
    at: [1],
    printed: (q) => (α + β) * plainPower(q) + cz * b,
    shares: ({ cost }) => cost + cz * b,
    read: ({ cost }) => cost + cz * b,
  }),
  costFormula({
    id: 'A4.cost.above',
    covers: ['(56)', '(57)', '(58)', 'Lemma 4'],
    quantity: 'Lemma 4: C(q) with z ≥ b',
    side: 'above',
    at: [1],
    printed: (q) => (α + β + γ) * tunedPower(q),
    shares: ({ cost }) => cost + cz * b,
    read: ({ cost }) => cost + cz * b,
  }),
  {
    id: 'A4.limit',
    kind: 'formula',
    place,
    covers: ['Lemma 4', 'Cor. 2'],
    quantity: 'q̂ (and Q̂)',
    setting,
    cases: () => [{ printed: printedLimit, closedForm: limitByShares(1), numeric: numericLimit(1) }],
  },
  {
    id: 'A4.marginal',
    kind: 'formula',
    place,
    covers: ['Lemma 4'],
    quantity: 'C′(q̂)',
    setting,
    cases: () => [
      {
        printed: printedMarginal,
        closedForm: thresholdByShares(asymmetric),
        numeric: costOf(numericOf(asymmetric), printedLimit).marginalCost,
      },
    ],
  },
  {
    id: 'A4.differentiable',
    kind: 'claim',
    place,
    covers: ['Lemma 4'],
    quantity: 'C′ just above q̂ less just below it',
    text: 'C is differentiable everywhere, and its tokens are continuous.',
    setting,
    cases: () => {
      const supply = numericOf(asymmetric);
      const at = (t: number) => costOf(supply, t * printedLimit);
      return [{ printed: 0, numeric: at(1 + 1e-11).marginalCost - at(1 - 1e-11).marginalCost }];
    },
  },
  {
    id: 'A4.convex',
    kind: 'claim',
    place,
    covers: ['Lemma 4'],
    quantity: 'least C″ of κ = .7, both sides of q̂',
    setting,
    printedRelation: '>',
    cases: () => {
      const supply = numericOf(asymmetric);
      const slopes = [0.05, 0.3, 0.9, 2, 5].map((q) => secant((k) => costOf(supply, k).marginalCost, q));
      return [{ printed: 0, numeric: Math.min(...slopes) }];
    },
  },
  {
    id: 'A4.linear',
    kind: 'claim',
    place,
    covers: ['Lemma 4'],
    quantity: 'C″ above q̂ where α + β + γ = 1',
    text: 'α + β + γ ≤ 1, and C is strictly convex; it is linear above q̂ where they sum to 1.',
    setting: 'asymmetric technology with γ = .45',
    erratum: 'F16',
    printedRelation: '>',
    correctedDecimals: 7,
    cases: () => [{ printed: 0, corrected: 0, numeric: curvature(constantReturnsCost, 6, 0.6) }],
  },
  ...tokenFormulas('A4', ['Lemma 4'], [1], 'Lemma 4: ', {
    below: {
      x: (q) => (α / cx) * plainPower(q),
      y: (q) => (β / cy) * plainPower(q),
      z: () => b,
    },
    above: {
      x: (q) => (α / cx) * tunedPower(q),
      y: (q) => (β / cy) * tunedPower(q),
      z: (q) => (γ / cz) * tunedPower(q),
    },
    addedBase: b,
  }),
];

/** C(q) with γ = .45: over z, of the cost of tasks whose tokens make q/(b + z)^γ. */
function constantReturnsCost(q: number): number {
  const of: CobbDouglas = { ...asymmetric, γ: 1 - α - β };
  const supply = numericSupply(taskTechnology(of));
  const cost = (z: number): number => costOf(supply, q / (of.b + z) ** of.γ).cost + of.cz * z;
  return cost(maximizer((z) => -cost(z), 0, 40, 90));
}

interface Printed {
  readonly x: (q: number, s: number) => number;
  readonly y: (q: number, s: number) => number;
  readonly z: (q: number, s: number) => number;
}

/** Tokens a task on both sides of q̂; in Lemma 4 z includes the base. */
function tokenFormulas(
  prefix: string,
  covers: readonly string[],
  at: readonly number[],
  name: string,
  printed: { readonly below: Printed; readonly above: Printed; readonly addedBase: number },
): Statement[] {
  return (['below', 'above'] as const).flatMap((side) =>
    (['x', 'y', 'z'] as const).map((token, j) => {
      const added = token === 'z' ? printed.addedBase : 0;
      return costFormula({
        id: `${prefix}.${token}.${side}`,
        covers,
        quantity: `${name}${token}*(q)`,
        side,
        at,
        printed: printed[side][token],
        shares: (found) => found[token] + added,
        read: ({ point }) => point.inputs[j]! + added,
      });
    }),
  );
}

const corollary1: readonly Statement[] = [
  costFormula({
    id: 'C1.cost.below',
    covers: ['(59)', '(60)', 'Cor. 1'],
    quantity: 'Cor. 1: C(q, s)',
    side: 'below',
    at: [0.3, 0.8],
    printed: (q, s) => (1 / s) ** ((1 - α - β) / (α + β)) * (α + β) * plainPower(q),
    shares: ({ cost }) => cost,
    read: ({ cost }) => cost,
  }),
  costFormula({
    id: 'C1.cost.above',
    covers: ['(59)', '(60)', 'Cor. 1'],
    quantity: 'Cor. 1: C(q, s)',
    side: 'above',
    at: [0.3, 0.8],
    printed: (q, s) => (1 / s) ** ((1 - α - β) / (α + β + γ)) * (α + β + γ) * tunedPower(q) - cz * b,
    shares: ({ cost }) => cost,
    read: ({ cost }) => cost,
  }),
  {
    id: 'C1.limit',
    kind: 'formula',
    place,
    covers: ['Cor. 1'],
    quantity: 'Cor. 1: q̂(s)',
    setting,
    cases: () =>
      scales.map((s) => ({
        at: `s = ${s}`,
        printed: s ** (1 - α - β) * b ** (α + β + γ) * (α / cx) ** α * (β / cy) ** β * (cz / γ) ** (α + β),
        closedForm: limitByShares(s),
        numeric: numericLimit(s),
      })),
  },
  {
    id: 'C1.submodular',
    kind: 'claim',
    place,
    covers: ['Cor. 1'],
    quantity: 'Cor. 1: largest C_qs, both sides of q̂(s)',
    setting,
    printedRelation: '<',
    cases: () => {
      const supply = numericOf(asymmetric);
      const slopes = scales.flatMap((s) =>
        [0.05, 0.9, 5].map((q) => secant((k) => costOf(supply, q, k).marginalCost, s)),
      );
      return [{ printed: 0, numeric: Math.max(...slopes) }];
    },
  },
  ...tokenFormulas('C1', ['Cor. 1'], [0.3, 0.8], 'Cor. 1: ', {
    below: {
      x: (q, s) => (1 / s) ** (1 / (α + β)) * (α / cx) * plainPower(q),
      y: (q, s) => (1 / s) ** (1 / (α + β)) * (β / cy) * plainPower(q),
      z: () => 0,
    },
    above: {
      x: (q, s) => (1 / s) ** ((1 + γ) / (α + β + γ)) * (α / cx) * tunedPower(q),
      y: (q, s) => (1 / s) ** ((1 + γ) / (α + β + γ)) * (β / cy) * tunedPower(q),
      z: (q, s) => (1 / s) ** ((1 - α - β) / (α + β + γ)) * (γ / cz) * tunedPower(q) - b,
    },
    addedBase: 0,
  }),
];

const corollary2: readonly Statement[] = [
  costFormula({
    id: 'C2.cost.below',
    covers: ['Cor. 2', '(24)', '(25)'],
    quantity: 'Cor. 2: C(Q)',
    side: 'below',
    at: [1],
    printed: (q) => (α + β) * plainPower(q),
    shares: ({ cost }) => cost,
    read: ({ cost }) => cost,
  }),
  costFormula({
    id: 'C2.cost.above',
    covers: ['Cor. 2', '(24)', '(25)'],
    quantity: 'Cor. 2: C(Q)',
    side: 'above',
    at: [1],
    printed: (q) => (α + β + γ) * tunedPower(q) - cz * b,
    shares: ({ cost }) => cost,
    read: ({ cost }) => cost,
  }),
  ...tokenFormulas('C2', ['Cor. 2'], [1], 'Cor. 2: ', {
    below: { x: (q) => (α / cx) * plainPower(q), y: (q) => (β / cy) * plainPower(q), z: () => 0 },
    above: {
      x: (q) => (α / cx) * tunedPower(q),
      y: (q) => (β / cy) * tunedPower(q),
      z: (q) => (γ / cz) * tunedPower(q) - b,
    },
    addedBase: 0,
  }),
];

/** The cost function of Section 4.2 (Lemma 1) and of the appendix (Lemma 4, Corollaries 1 and 2). */
export const costStatements: readonly Statement[] = [
  ...costFunction,
  ...lemma4,
  ...corollary1,
  ...corollary2,
];
