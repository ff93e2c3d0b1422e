import {
  boundedRents,
  iron,
  maximizer,
  menuAtScale,
  numericSupply,
  representativeDistribution,
  scaleMenu,
} from '@menusmith/core';
import { beta, truncatedNormal, uniform } from '@menusmith/plugins';
import { exampleProblem, lowBase } from './allocations.ts';
import { indexOf, supplyByShares } from './expenditure-shares.ts';
import {
  betaValues,
  exactItem,
  g1,
  numericMenu,
  servedBy,
  tariffUtilityByShares,
  uniformValues,
} from './polynomial-types.ts';
import type { Case, Statement } from './statement.ts';
import {
  asymmetric,
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
const valueScale = 'w ~ Beta(2, 3), asymmetric technology';

/** What a buyer does who faces prices m·c: her own problem, from v and its gradient. */
const bought = (value: number, markup: number, of: CobbDouglas, s = 1) =>
  supplied(numericSupply(technologyOf(of, markup)), value, s);

const exactTypes = [0.5, 0.9].map((θ) => ({ θ, item: exactItem(betaValues, low, θ) }));
const exactBuyers = (
  [
    [0.6, 0.5],
    [0.9, 0.8],
  ] as const
).map(([w, s]) => ({ w, s, at: `w = ${w}, s = ${s}`, item: exactItem(betaValues, low, w, s) }));

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

/** p_0(w, s) of Example 1 from the numeric menu. */
const exampleFee = (w: number, s: number): number => {
  const { transfer, cost, servedValue } = menuAtScale(exampleProblem(), s).item(w);
  return transfer - (w / servedValue) * cost;
};

/** Ratio of the two sides of Assumption 1 or 2 (at most 1 where it holds). */
export const largestRatio = (
  which: 'bounded-rent' | 'bounded-rent-tariff',
  problem: Parameters<typeof boundedRents>[0],
  gridSize?: number,
): number => 1 - (boundedRents(problem, gridSize).find(({ name }) => name === which)?.margin ?? Number.NaN);

/** Types with nonincreasing markups, and technologies, on which Assumption 2 is tried. */
const igfrProblems = () => {
  const unit = { min: 0, max: 1 };
  const distributions = [
    uniform.create({ min: 0.3, max: 1 }),
    beta.create({ a: 2, b: 3, ...unit }),
    beta.create({ a: 5, b: 2, ...unit }),
    truncatedNormal.create({ mean: 0.4, sd: 0.2, ...unit }),
  ];
  const technologies = [
    exampleTechnology,
    low,
    { ...low, α: 0.1, β: 0.05, γ: 0.7 },
    { ...low, α: 0.5, β: 0.35, γ: 0.1 },
  ];
  return distributions.flatMap((values) =>
    technologies.map((of) => ({
      values,
      scales: uniform.create(unit),
      served: iron(values),
      supply: numericOf(of),
    })),
  );
};

/** A technology at which w ~ G1 meets Assumption 2: κ = .6 < .7029 and σ = .4. */
const mild: CobbDouglas = { ...exampleTechnology, α: 0.2, β: 0.2, γ: 0.2 };
const mildProblem = () => ({
  values: g1.numeric,
  scales: uniform.create({ min: 0, max: 1 }),
  served: servedBy(g1),
  supply: numericOf(mild),
});

const byScale: readonly Statement[] = [
  {
    id: '6.2.30',
    kind: 'definition',
    place: 'Section 6.2',
    covers: ['(30)'],
    quantity: 'menu (p_x, p_y, p_z, p_0, s̄)(w, s)',
  },
  {
    id: '6.2.markup',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Section 6.2'],
    quantity: 'm(w) with a monotone hazard rate: largest slope',
    text: 'If F_w has a monotone hazard rate, m(w) = w/φ(w) is decreasing.',
    setting: 'w ~ U[0, 1] and Beta(2, 3)',
    printedRelation: '<',
    cases: () =>
      [uniformValues, betaValues].map((types) => {
        const of = iron(types.numeric);
        const slopes = Array.from({ length: 20 }, (_, i) => {
          const w = 0.6 + 0.019 * i;
          return derivative((k) => k / of.at(k), w, 1e-3);
        });
        return { at: types.name, printed: 0, numeric: Math.max(...slopes) };
      }),
  },
  {
    id: '6.2.31',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(31)', '(33)', 'Prop. 6'],
    quantity: 'q(w, s), as bought at m(w)c_j on s̄ = s tasks',
    setting: valueScale,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => ({
        at,
        printed: item.quality,
        numeric: bought(w, item.markup, low, s).quality,
      })),
  },
  {
    id: '6.2.32',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(32)', '(34)', 'Prop. 6'],
    quantity: 'p_0(w, s) = T − m(w) C(q, s)',
    setting: valueScale,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => {
        const { transfer } = numericMenu(betaValues, low, s).item(w);
        return { at, printed: item.fee, numeric: transfer - bought(w, item.markup, low, s).cost };
      }),
  },
  {
    id: '6.2.35',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['(35)', '(36)'],
    quantity: 'dp_0/ds = −∫ q_s dk − m(w) C_s(q, s)',
    setting: valueScale,
    correctedDecimals: 8,
    cases: () =>
      exactBuyers.map(({ w, s, at, item }) => {
        const fee = (k: number): number => {
          const found = numericMenu(betaValues, low, k).item(w);
          return found.transfer - (w / found.servedValue) * found.cost;
        };
        const rentSlope = derivative((k) => exactItem(betaValues, low, w, k).rent, s, 2e-3 * s);
        const { x, y } = supplyByShares(betaValues.virtualValue(w), s, low);
        // −C_s = φv − c_x x − c_y y, by the envelope theorem.
        const costSlope = low.cx * x + low.cy * y - (betaValues.virtualValue(w) * item.quality) / s;
        return {
          at,
          printed: -rentSlope - item.markup * costSlope,
          numeric: derivative(fee, s, 2e-3 * s),
        };
      }),
  },
  {
    id: '6.2.assumption2',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Assumption 2', 'Example 1'],
    quantity: 'largest ∫ q_s dk / (−m C_s), Example 1',
    text: 'Assumption 2 holds where this is at most 1. In Example 1 it is satisfied.',
    setting: 'Example 1',
    printedRelation: '≤',
    cases: () => [
      { printed: 1, closedForm: 1 / 2, numeric: largestRatio('bounded-rent-tariff', exampleProblem()) },
    ],
  },
  {
    id: '6.2.feeIncreasing',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Example 1'],
    quantity: 'least dp_0/ds over w and s',
    text: 'p_0(w, s) is increasing in s for all w.',
    setting: 'Example 1',
    printedRelation: '>',
    cases: () => {
      const slopes = [0.55, 0.75, 0.95].flatMap((w) =>
        [0.15, 0.5, 0.9].map((s) => (exampleFee(w, 1.01 * s) - exampleFee(w, 0.99 * s)) / (0.02 * s)),
      );
      return [{ printed: 0, numeric: Math.min(...slopes) }];
    },
  },
  {
    id: '6.2.prop6.gain',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6'],
    quantity: 'largest gain from another’s tariff, Example 1',
    setting: 'Example 1; 25 buyers, 90 tariffs',
    printedRelation: '≤',
    cases: () => {
      const values = [0.55, 0.65, 0.75, 0.85, 0.95];
      const sizes = [0.15, 0.35, 0.55, 0.75, 0.95];
      const supply = numericOf(exampleTechnology);
      const menus = new Map(sizes.map((s) => [s, menuAtScale(exampleProblem(), s)] as const));
      const rents = new Map(sizes.map((s) => [s, values.map((w) => menus.get(s)!.rent(w))] as const));
      let most = Number.NEGATIVE_INFINITY;
      for (const s̃ of sizes) {
        const menu = menus.get(s̃)!;
        for (let i = 0; i < 18; i++) {
          const report = 0.56 + 0.025 * i;
          const { transfer, cost, servedValue } = menu.item(report);
          const markup = report / servedValue;
          const fee = transfer - markup * cost;
          for (const s of sizes)
            values.forEach((w, k) => {
              if (s === s̃ && Math.abs(w - report) < 1e-9) return;
              const utility = markup * supplied(supply, w / markup, Math.min(s, s̃)).surplus - fee;
              most = Math.max(most, utility - rents.get(s)![k]!);
            });
        }
      }
      return [{ printed: 0, numeric: most }];
    },
  },
  {
    id: '6.2.prop6.within',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6', 'Assumption 2'],
    quantity: 'w = .8879’s gain from another tariff of her scale 1',
    text: 'Under Assumption 2 and increasing φ the menu implements the optimum. Here both hold, and m rises on an interval.',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = .2',
    erratum: 'S4',
    printedRelation: '≤',
    correctedRelation: '>',
    cases: () => {
      const [w, report] = [0.887941467930064, 0.652010497799937];
      const own = exactItem(g1, mild, w).rent;
      const found = numericMenu(g1, mild);
      const item = found.item(report);
      const markup = report / item.servedValue;
      const utility = bought(w, markup, mild);
      return [
        {
          printed: 0,
          corrected: 0,
          closedForm: tariffUtilityByShares(w, exactItem(g1, mild, report), mild) - own,
          numeric: w * utility.quality - utility.cost - (item.transfer - markup * item.cost) - found.rent(w),
        },
      ];
    },
  },
  {
    id: '6.2.prop6.ratio',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Prop. 6', 'Assumption 2'],
    quantity: 'largest ∫ q_s dk / (−m C_s): Assumption 2 holds here',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = .2',
    erratum: 'S4',
    correctedRelation: '≤',
    cases: () => [{ corrected: 1, numeric: largestRatio('bounded-rent-tariff', mildProblem()) }],
  },
  {
    id: '6.2.assumption2.redundant',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Assumption 2'],
    quantity: 'largest ∫ q_s dk / (−m C_s) where m is nonincreasing',
    text: 'Assumption 2 restricts technology (the ratio can exceed 1); corrected: m nonincreasing implies it, and Assumption 1 with it.',
    setting: '4 distributions with IGFR × 4 technologies',
    erratum: 'S4',
    printedRelation: '>',
    correctedRelation: '≤',
    cases: () => [
      {
        printed: 1,
        corrected: 1,
        numeric: Math.max(
          ...igfrProblems().map((problem) => largestRatio('bounded-rent-tariff', problem, 2)),
        ),
      },
    ],
  },
  {
    id: '6.2.remark1.order',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['Remark 1'],
    quantity: 'Assumption 1’s ratio over Assumption 2’s: 1 − α − β',
    text: '‘Assumption 2 is than Assumption 1’: it is stronger than it.',
    setting: 'Example 1; w ~ G1',
    erratum: 'T1',
    correctedDecimals: 7,
    cases: () =>
      [
        { at: 'Example 1', problem: exampleProblem(), of: exampleTechnology },
        { at: 'w ~ G1', problem: mildProblem(), of: mild },
      ].map(({ at, problem, of }) => ({
        at,
        corrected: 1 - of.α - of.β,
        numeric: largestRatio('bounded-rent', problem) / largestRatio('bounded-rent-tariff', problem),
      })),
  },
  {
    id: '6.2.37',
    kind: 'claim',
    place: 'Section 6.2',
    covers: ['Remark 1', '(37)'],
    quantity: '(−C_s/φ) / (q/s), by differences of C',
    setting: valueScale,
    printedRelation: '≤',
    cases: () =>
      exactBuyers.map(({ w, s, at, item }): Case => {
        const supply = numericOf(low);
        const slope = derivative((k) => costOf(supply, item.quality, k).cost, s, 2e-3 * s);
        return {
          at,
          printed: 1,
          closedForm: 1 - low.α - low.β,
          numeric: (-slope * s) / (betaValues.virtualValue(w) * item.quality),
        };
      }),
  },
  {
    id: '6.2.38',
    kind: 'formula',
    place: 'Section 6.2',
    covers: ['Remark 1', '(38)', '(39)'],
    quantity: 'C_q q + C_s s = (c_x x + c_y y) s',
    setting: asymmetric.name,
    correctedDecimals: 8,
    cases: () =>
      [
        [0.3, 0.4],
        [2, 0.7],
      ].map(([q = 0, s = 0]) => {
        const supply = numericOf(asymmetric);
        const { point, marginalCost } = costOf(supply, q, s);
        return {
          at: `q = ${q}, s = ${s}`,
          printed: (asymmetric.cx * point.inputs[0]! + asymmetric.cy * point.inputs[1]!) * s,
          numeric: marginalCost * q + derivative((k) => costOf(supply, q, k).cost, s, 2e-3 * s) * s,
        };
      }),
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

/** Sections 6.1 to 6.3, the abstract's sentence on markups, and the slides on them. */
export const tariffStatements: readonly Statement[] = [
  ...markups,
  ...oneType,
  ...byScale,
  ...packages,
  ...slides,
];
