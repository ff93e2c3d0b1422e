import { type EfficientSupply, numericSupply } from '@menusmith/core';
import { costByShares } from './expenditure-shares.ts';
import type { Case, Statement } from './statement.ts';
import {
  anyTechnology,
  asymmetric,
  costOf,
  numericOf,
  s6Technology,
  s6Threshold,
  secant,
  supplied,
  suppliedTo,
  supplyOnTasks,
  technologyOf,
} from './technology.ts';

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

/** The cost function of Section 4.2, and Lemma 1. */
export const costFunctionStatements: readonly Statement[] = [
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
        const { quality, cost } = suppliedTo(supplyOnTasks(technologyOf(asymmetric), [0.3, 0.3]), [
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
        const point = suppliedTo(supplyOnTasks(technologyOf(asymmetric), [0.1, 0.3, 0.2]), [φ, φ, φ]);
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
