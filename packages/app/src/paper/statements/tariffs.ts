import { iron, maximizer, numericSupply, representativeDistribution, scaleMenu } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { lowBase } from './allocations.ts';
import { indexOf, supplyByShares } from './expenditure-shares.ts';
import { betaValues, exactItem, numericMenu } from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import {
  type CobbDouglas,
  costOf,
  derivative,
  exampleTechnology,
  numericOf,
  profileSupplyOf,
  supplied,
  suppliedTo,
  technologyOf,
} from './technology.ts';

const low = lowBase;
const oneDimensional = 'θ ~ Beta(2, 3), asymmetric technology';

/** What a buyer does who faces prices m·c: her own problem, from v and its gradient. */
export const bought = (value: number, markup: number, of: CobbDouglas, s = 1) =>
  supplied(numericSupply(technologyOf(of, markup)), value, s);

const exactTypes = [0.5, 0.9].map((θ) => ({ θ, item: exactItem(betaValues, low, θ) }));

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
    cases: () =>
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
        printed: θ * item.quality - item.cost,
        corrected: θ * item.quality - item.transfer,
        numeric: numericMenu(betaValues, low).item(θ).rent,
      })),
  },
  {
    id: '6.1.29',
    kind: 'formula',
    place: 'Section 6.1',
    covers: ['(29)'],
    quantity: 'm(θ) = θ/φ(θ)',
    setting: oneDimensional,
    cases: () =>
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
        printed: item.markup,
        numeric: θ / numericMenu(betaValues, low).item(θ).servedValue,
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
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
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
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
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
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
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
      const markup = (θ: number) => θ / menu.item(θ).servedValue;
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
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
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
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
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
        const { transfer, cost, servedValue, rent } = menu.item(θ);
        const markup = θ / servedValue;
        return { θ, markup, fee: transfer - markup * cost, rent };
      });
      const gains = offers.flatMap((own) =>
        offers
          .filter((other) => other !== own)
          .map(({ markup, fee }) => markup * supplied(supply, own.θ / markup).surplus - fee - own.rent),
      );
      return [{ printed: 0, numeric: Math.max(...gains) }];
    },
  },
];

const slides: readonly Statement[] = [
  {
    id: 'slides.28',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 28'],
    quantity: 'p. 28: the consumer’s utility θq − C(q)',
    setting: oneDimensional,
    erratum: 'slides p. 28',
    cases: () =>
      exactTypes.map(({ θ, item }) => ({
        at: `θ = ${θ}`,
        printed: θ * item.quality - item.cost,
        corrected: θ * item.quality - item.transfer,
        numeric: numericMenu(betaValues, low).item(θ).rent,
      })),
  },
  {
    id: 'slides.19',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 19'],
    quantity: 'p. 19: q that maximises the objective, w = .8, s = .5',
    text: '‘The seller maximises buyer surplus’ for her own profit: buyer surplus wq − T(q) is largest for her own item, E[T − C] at φ.',
    setting: 'Example 1',
    erratum: 'slides p. 19',
    correctedDecimals: 6, // a maximum is flat
    cases: () => {
      // The integrand of Π at w: φq − C(q, s) for the seller, wq − C(q, s) where the buyer's surplus counts in full.
      const supply = numericOf(exampleTechnology);
      const objective = (φ: number) => maximizer((q) => φ * q - costOf(supply, q, 0.5).cost, 0.05, 6, 50);
      return [
        {
          printed: supplyByShares(0.8, 0.5, exampleTechnology).quality,
          corrected: supplyByShares(0.6, 0.5, exampleTechnology).quality,
          numeric: objective(0.6),
        },
      ];
    },
  },
  {
    id: 'slides.3',
    kind: 'formula',
    place: 'Slides',
    covers: ['slides p. 3'],
    quantity: 'p. 3: ∫ z_i di of two tasks, z_i for each',
    text: 'v(x_i, y_i, z_i) for v(x_i, y_i, z): fine-tuning is common to all tasks.',
    setting: 'tasks worth .9 and .7, Example 1’s technology',
    erratum: 'slides p. 3',
    cases: () => {
      const profile = { values: [0.9, 0.7], weights: [0.5, 0.5] };
      const alone = (w: number) => supplyByShares(w, 1, exampleTechnology).z;
      const common = supplyByShares(indexOf(profile, 1 / 2), 1, exampleTechnology).z;
      const { sharedInputs } = suppliedTo(
        profileSupplyOf(technologyOf(exampleTechnology), profile.weights),
        profile.values,
      );
      return [{ printed: (alone(0.9) + alone(0.7)) / 2, corrected: common, numeric: sharedInputs[0]! }];
    },
  },
];

/** Sections 6.1 and 6.3, the abstract's sentence on markups, and the slides on them. */
export const tariffStatements: readonly Statement[] = [...markups, ...oneType, ...packages, ...slides];
