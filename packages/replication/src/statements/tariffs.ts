import { iron, representativeDistribution, scaleMenu } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { lowBase } from './allocations.ts';
import { betaValues, type ExactItem, exactItem, numericMenu } from './polynomial-types.ts';
import { bought, printedTariff, tariffUtility } from './printed-tariff.ts';
import type { Case, Statement } from './statement.ts';
import { costOf, derivative, exampleTechnology, numericOf } from './technology.ts';

const low = lowBase;
export const oneDimensional = 'θ ~ Beta(2, 3), asymmetric technology';

/** A case for each of two types, with her item in closed form. */
const atTypes = (numbers: (θ: number, item: ExactItem) => Omit<Case, 'at'>): Case[] =>
  [0.5, 0.9].map((θ) => ({ at: `θ = ${θ}`, ...numbers(θ, exactItem(betaValues, low, θ)) }));

/** Utility at θ's own item, with C for T as Section 6.1 and the slides both have it. */
export const printedUtility = (): Case[] =>
  atTypes((θ, item) => ({
    printed: θ * item.quality - item.cost,
    corrected: θ * item.quality - item.transfer,
    numeric: numericMenu(betaValues, low).item(θ).rent,
  }));

/** Example 1's menu of packages: θ = w√s, w and s uniform. */
const packageMenu = () => {
  const unit = uniform.create({ min: 0, max: 1 });
  const types = representativeDistribution(unit, unit, 1 / 2);
  return scaleMenu({ types, served: iron(types), supply: numericOf(exampleTechnology), scale: 1 });
};

const oneType: readonly Statement[] = [
  {
    id: '6.1.valuation',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'the buyer’s utility at q(θ)',
    text: '‘Linear valuation function θq − C(q)’ for θq − T.',
    setting: oneDimensional,
    erratum: 'F15',
    cases: printedUtility,
  },
  {
    id: '6.1.29',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['(29)'],
    quantity: 'm(θ) = θ/φ(θ)',
    setting: oneDimensional,
    cases: () =>
      atTypes((θ, item) => ({
        printed: item.markup,
        numeric: printedTariff(numericMenu(betaValues, low).item(θ)).markup,
      })),
  },
  {
    id: '6.1.lemma3.quality',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'q(θ), as bought at prices m(θ)c_j',
    setting: oneDimensional,
    cases: () =>
      atTypes((θ, item) => ({
        printed: item.quality,
        numeric: bought(θ, item.markup, low).quality,
      })),
  },
  {
    id: '6.1.lemma3.payment',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'T(θ), as paid: p_0(θ) + Σ p_j x_j',
    setting: oneDimensional,
    cases: () =>
      atTypes((θ, item) => ({
        printed: item.transfer,
        numeric: item.fee + bought(θ, item.markup, low).cost,
      })),
  },
  {
    id: '6.1.lemma3.foc',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'θ = P′(q) = m(θ) C′(q)',
    setting: oneDimensional,
    correctedDecimals: 9,
    cases: () =>
      atTypes((θ, item) => ({
        printed: θ,
        numeric:
          item.markup * derivative((q) => costOf(numericOf(low), q).cost, item.quality, 2e-3 * item.quality),
      })),
  },
  {
    id: '6.1.lemma3.convex',
    kind: 'claim',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'd²T/dq², least over types',
    text: 'The implied transfer schedule T(q(θ)) is concave; T is convex in q, since dT/dq = θ.',
    setting: 'Example 1, packages',
    erratum: 'S3',
    printedRelation: '<',
    correctedRelation: '>',
    cases: () => [{ printed: 0, corrected: 0, numeric: extremeCurvature('quality', Math.min) }],
  },
  {
    id: '6.1.lemma3.concaveInCost',
    kind: 'claim',
    place: 'Section 6.1',
    covers: ['Lemma 3'],
    quantity: 'd²T/dC², largest over types',
    text: 'What two-part tariffs need: T concave in cost, dT/dC = m.',
    setting: 'Example 1, packages',
    erratum: 'S3',
    correctedRelation: '<',
    cases: () => [{ corrected: 0, numeric: extremeCurvature('cost', Math.max) }],
  },
];

/** Second divided differences of T in quality or cost, over Example 1's packages. */
const extremeCurvature = (along: 'quality' | 'cost', of: (...numbers: number[]) => number): number => {
  const menu = packageMenu();
  const items = Array.from({ length: 16 }, (_, i) => menu.item(0.4 + 0.04 * i));
  const slope = (i: number): number =>
    (items[i + 1]!.transfer - items[i]!.transfer) / (items[i + 1]![along] - items[i]![along]);
  const bends = items.slice(2).map((item, i) => (slope(i + 1) - slope(i)) / (item[along] - items[i]![along]));
  return of(...bends);
};

const markups: readonly Statement[] = [
  {
    id: '0.markups',
    kind: 'claim',
    place: 'Abstract',
    covers: ['Abstract'],
    quantity: 'm(θ) at θ = 1 less m at θ = .4',
    text: '‘With higher markups for more intensive users’: lower, wherever the menu implements. Only the upfront fee rises.',
    setting: 'Example 1, packages',
    erratum: 'S5',
    printedRelation: '>',
    correctedRelation: '<',
    cases: () => {
      const menu = packageMenu();
      const markup = (θ: number) => printedTariff(menu.item(θ)).markup;
      const exact = (θ: number) => (2 * θ) / (3 * θ - 1);
      return [
        { printed: 0, corrected: 0, closedForm: exact(1) - exact(0.4), numeric: markup(1) - markup(0.4) },
      ];
    },
  },
  {
    id: '0.ratio',
    kind: 'formula',
    place: 'Abstract',
    covers: ['Abstract'],
    quantity: 'T/C, payment over cost',
    setting: 'Example 1, packages',
    erratum: 'S5',
    correctedDecimals: 2,
    cases: () => {
      const menu = packageMenu();
      return [
        [0.4, 7.33],
        [1, 1.12],
      ].map(([θ = 0, corrected = 0]) => {
        const { transfer, cost } = menu.item(θ);
        return { at: `θ = ${θ}`, corrected, numeric: transfer / cost };
      });
    },
  },
];

const packages: readonly Statement[] = [
  {
    id: '6.3.40',
    kind: 'definition',
    place: 'Section 6.3',
    covers: ['(40)'],
    quantity: 'menu (p_x, p_y, p_z, p_0)(θ)',
  },
  {
    id: '6.3.payment',
    kind: 'formula',
    place: 'Section 6.3',
    covers: ['Prop. 7'],
    quantity: 'P(Q(θ)), what θ pays for tokens at prices m(θ)c',
    text: '‘P(Q(θ)) = m(θ)Q(θ)’ for m(θ)C(Q(θ)).',
    setting: oneDimensional,
    erratum: 'F14',
    cases: () =>
      atTypes((θ, item) => ({
        printed: item.markup * item.quality,
        corrected: item.markup * item.cost,
        numeric: bought(θ, item.markup, low).cost,
      })),
  },
  {
    id: '6.3.prop7.fee',
    kind: 'formula',
    place: 'Section 6.3',
    covers: ['Prop. 7'],
    quantity: 'p_0(θ) = T(θ) − m(θ) C(Q(θ))',
    setting: oneDimensional,
    cases: () =>
      atTypes((θ, item) => ({
        printed: item.fee,
        numeric: numericMenu(betaValues, low).item(θ).transfer - bought(θ, item.markup, low).cost,
      })),
  },
  {
    id: '6.3.prop7.example',
    kind: 'claim',
    place: 'Section 6.3',
    covers: ['Prop. 7', 'Example 1'],
    quantity: 'largest gain from another type’s tariff, Example 1',
    setting: 'Example 1, packages',
    printedRelation: '≤',
    cases: () => {
      const menu = packageMenu();
      const supply = numericOf(exampleTechnology);
      const offers = Array.from({ length: 30 }, (_, i) => {
        const θ = 0.36 + 0.02 * i;
        const item = menu.item(θ);
        return { θ, tariff: printedTariff(item), rent: item.rent };
      });
      const gains = offers.flatMap((own) =>
        offers
          .filter((other) => other !== own)
          .map(({ tariff }) => tariffUtility(supply, own.θ, tariff) - own.rent),
      );
      return [{ printed: 0, numeric: Math.max(...gains) }];
    },
  },
];

/** Sections 6.1 and 6.3, and the abstract's sentence on markups. */
export const tariffStatements: readonly Statement[] = [...markups, ...oneType, ...packages];
