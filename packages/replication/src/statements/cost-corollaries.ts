import {
  costFormulas,
  limitByShares,
  numericLimit,
  place,
  plainPower,
  tokenFormulas,
  tunedPower,
} from './cost-formula.ts';
import type { Statement } from './statement.ts';
import { asymmetric, costOf, numericOf, secant } from './technology.ts';

const { α, β, γ, cx, cy, cz, b } = asymmetric;
const setting = asymmetric.name;
const scales = [0.15, 0.4, 0.8];

const corollary1: readonly Statement[] = [
  ...costFormulas('C1', ['(59)', '(60)', 'Cor. 1'], [0.3, 0.8], 'Cor. 1: C(q, s)', {
    below: (q, s) => (1 / s) ** ((1 - α - β) / (α + β)) * (α + β) * plainPower(q),
    above: (q, s) => (1 / s) ** ((1 - α - β) / (α + β + γ)) * (α + β + γ) * tunedPower(q) - cz * b,
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
  ...costFormulas('C2', ['Cor. 2', '(24)', '(25)'], [1], 'Cor. 2: C(Q)', {
    below: (q) => (α + β) * plainPower(q),
    above: (q) => (α + β + γ) * tunedPower(q) - cz * b,
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

/** Corollaries 1 and 2: Lemma 4's cost on s tasks, and of packages. */
export const costCorollaryStatements: readonly Statement[] = [...corollary1, ...corollary2];
