import { increasingVirtualValue, iron, representativeDistribution, root, scaleMenu } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { packageVirtualValue } from '../closed-form.ts';
import { lowBase } from './allocations.ts';
import { costByShares } from './expenditure-shares.ts';
import { betaValues, exactCutoff, exactItem, numericMenu } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import { asymmetric, costOf, derivative, exampleTechnology, numericOf, supplied } from './technology.ts';

const place = 'Section 5' as const;
const { α, β, γ, b } = asymmetric;
const setting = asymmetric.name;

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

/** Section 5: menus of token packages (Proposition 5). */
export const packageStatements: readonly Statement[] = [...menu, ...hypothesis];
