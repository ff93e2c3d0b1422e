import { maximizer, numericSupply } from '@menusmith/core';
import {
  costFormulas,
  limitByShares,
  numericLimit,
  place,
  plainPower,
  tokenFormulas,
  tunedPower,
} from './cost-formula.ts';
import { thresholdByShares } from './expenditure-shares.ts';
import type { Statement } from './statement.ts';
import {
  asymmetric,
  type CobbDouglas,
  costOf,
  curvature,
  numericOf,
  secant,
  taskTechnology,
} from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const setting = asymmetric.name;

const printedLimit = b ** (α + β + γ) * (α / cx) ** α * (β / cy) ** β * (cz / γ) ** (α + β);
const printedMarginal = b ** (1 - α - β - γ) * (cx / α) ** α * (cy / β) ** β * (cz / γ) ** (1 - α - β);

/** Lemma 4: the least cost of a quality, with fine-tuning from q̂ on. */
export const lemma4Statements: readonly Statement[] = [
  ...costFormulas(
    'A4',
    ['(56)', '(57)', '(58)', 'Lemma 4'],
    [1],
    'Lemma 4: C(q) with z ≥ b',
    { below: (q) => (α + β) * plainPower(q) + cz * b, above: (q) => (α + β + γ) * tunedPower(q) },
    cz * b,
  ),
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
