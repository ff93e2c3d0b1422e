import {
  boundedRents,
  type Distribution,
  type IronedVirtualValue,
  increasingVirtualValue,
  intendedProfit,
  iron,
  ironedMarkups,
  maximizer,
  nonincreasingMarkup,
  representativeDistribution,
  root,
  type ScaleMenu,
  scaleMenu,
  surplusTable,
  tariffsFromMarkups,
  trueValue,
  typeCells,
  valueScaleTotals,
} from '@menusmith/core';
import { beta, uniform } from '@menusmith/plugins';
import { type FreeChoice, freeChoice } from './free-choice.ts';
import {
  bimodal,
  exactCutoff,
  exactItem,
  g1,
  g2,
  g3,
  g4,
  g5,
  numericMenu,
  type PolynomialTypes,
  servedBy,
  tariffUtilityByShares,
} from './polynomial-types.ts';
import type { Statement } from './statement.ts';
import { largestRatio } from './tariffs.ts';
import { asymmetric, type CobbDouglas, exampleTechnology, numericOf, once, supplied } from './technology.ts';

const unit = () => uniform.create({ min: 0, max: 1 });

/** A distribution of types with Example 1's technology: its menu, and what is found when its tariffs are offered. */
interface Counterexample extends FreeChoice {
  readonly menu: ScaleMenu;
  readonly ironed: IronedVirtualValue;
  readonly profit: number;
}

const solve = (types: Distribution, turns: readonly [number, number], count: number): Counterexample => {
  const ironed = iron(types);
  const supply = numericOf(exampleTechnology);
  const menu = scaleMenu({ types, served: ironed, supply, scale: 1 });
  const totals = menu.totals();
  const profit = totals.grossValue - totals.rent - totals.cost;
  return { menu, ironed, profit, ...freeChoice(types, menu, supply, turns, count) };
};

const solved = {
  G1: once(() => solve(g1.numeric, [0.652010497799937, 0.800489974903084], 600)),
  G2: once(() => solve(g2.numeric, [0.587444684470764, 0.759093353957483], 600)),
  G5: once(() => solve(representativeDistribution(g5.numeric, unit(), 1 / 2), [0.366071, 0.469217], 100)),
};

/** Share of profit that the best menu with m nonincreasing loses. */
const bestLoss = ({ menu, profit }: Counterexample, types: Distribution): number => {
  const cells = typeCells(types, 1600);
  const { value, servedValue, quality, cost, rent } = menu.schedule(cells.value);
  const intended = Array.from(value, (θ, i) => {
    if (!(quality[i]! > 0)) return undefined;
    const markup = θ / servedValue[i]!;
    return { markup, fee: θ * quality[i]! - rent[i]! - markup * cost[i]! };
  });
  const table = surplusTable(numericOf(exampleTechnology), 1, types.max);
  const best = tariffsFromMarkups(cells, ironedMarkups(cells, [{ weight: 1, table }]), table);
  return (intendedProfit(cells, table, intended) - intendedProfit(cells, table, best)) / profit;
};

const descriptions = {
  G1: `θ ~ ${g1.name}, Example 1’s technology`,
  G2: `θ ~ ${g2.name}, Example 1’s technology`,
  G5: 'θ = w√s, w ~ .85 Beta(4, 10) + .15 Beta(8, 2), s ~ U',
};

/** What type θ gains by the tariff of type `report`, on the numeric path. */
const numericGain = ({ menu }: Counterexample, θ: number, report: number): number => {
  const { transfer, cost, servedValue } = menu.item(report);
  const markup = report / servedValue;
  const utility = markup * supplied(numericOf(exampleTechnology), θ / markup).surplus;
  return utility - (transfer - markup * cost) - menu.rent(θ);
};

const exactGain = (types: PolynomialTypes, θ: number, report: number): number =>
  tariffUtilityByShares(θ, exactItem(types, exampleTechnology, report), exampleTechnology) -
  exactItem(types, exampleTechnology, θ).rent;

const markupAt = ({ ironed }: Counterexample, θ: number): number => θ / ironed.at(θ);

/** The type within a bracket at which m turns. */
const turn = (found: Counterexample, from: number, to: number, kind: 'low' | 'high'): number =>
  maximizer((θ) => (kind === 'low' ? -1 : 1) * markupAt(found, θ), from, to, 60);

const place = 'Errata F, counterexamples' as const;

/** Numbers of ERRATA F on one counterexample. */
interface Example {
  readonly name: 'G1' | 'G2' | 'G5';
  readonly types?: PolynomialTypes;
  readonly gain: readonly [value: number, decimals: number, θ: number, report: number];
  readonly change: readonly [share: number, decimals: number];
  readonly slope: readonly [value: number, decimals: number];
}

const example = ({ name, types, gain, change, slope }: Example): Statement[] => {
  const setting = descriptions[name];
  const covers = name === 'G5' ? ['Prop. 7'] : ['Lemma 3', 'Prop. 7'];
  const common = { place, covers, setting, erratum: 'S2' } as const;
  const [value, decimals, θ, report] = gain;
  return [
    {
      ...common,
      id: `F.${name}.increasing`,
      kind: 'claim',
      quantity: `${name}: least slope of φ where φ > 0`,
      text: 'The hypothesis of Lemma 3 and Prop. 7 holds.',
      correctedRelation: '≥',
      cases: () => [{ corrected: slope[0], numeric: increasingVirtualValue(solved[name]().ironed).margin }],
    },
    {
      ...common,
      id: `F.${name}.gain`,
      kind: 'claim',
      quantity: `${name}: gain of θ = ${Number(θ.toPrecision(4))} by the tariff of ${Number(report.toPrecision(4))}`,
      text: 'If φ is increasing, the menu of two-part tariffs implements the optimum: no type gains by another’s tariff.',
      printedRelation: '≤',
      correctedDecimals: decimals,
      cases: () => [
        {
          printed: 0,
          corrected: value,
          ...(types && { closedForm: exactGain(types, θ, report) }),
          numeric: numericGain(solved[name](), θ, report),
        },
      ],
    },
    {
      ...common,
      id: `F.${name}.change`,
      kind: 'claim',
      quantity: `${name}: change of profit under free choice`,
      text: '‘… and raises the optimal profits.’',
      correctedDecimals: change[1],
      cases: () => {
        const { profit, profitChange } = solved[name]();
        return [{ printed: 0, corrected: change[0], numeric: profitChange / profit }];
      },
    },
  ];
};

/** A further number of ERRATA F, which the paper has no counterpart for. */
const number = (
  name: 'G1' | 'G2' | 'G5',
  id: string,
  quantity: string,
  corrected: number,
  read: (found: Counterexample) => number,
  more: Partial<Statement> & { readonly closedForm?: () => number } = {},
): Statement => {
  const { closedForm, ...rest } = more;
  return {
    id: `F.${name}.${id}`,
    kind: 'formula',
    place,
    covers: ['Lemma 3'],
    quantity: `${name}: ${quantity}`,
    setting: descriptions[name],
    erratum: 'S2',
    cases: () => [
      { corrected, ...(closedForm && { closedForm: closedForm() }), numeric: read(solved[name]()) },
    ],
    ...rest,
  };
};

const decimals = (correctedDecimals: number) => ({ correctedDecimals });

const tariffsOffered: readonly Statement[] = [
  number('G1', 'cutoff', 'lowest type served', 0.304857843090615, ({ menu }) => menu.cutoff, {
    closedForm: () => exactCutoff(g1, 0),
  }),
  number(
    'G1',
    'lowest',
    'θ at which m starts to rise',
    0.652010497799937,
    (found) => turn(found, 0.6, 0.72, 'low'),
    decimals(6), // a minimum is flat
  ),
  number('G1', 'm.low', 'm there', 1.14374614118864, (found) => markupAt(found, 0.652010497799937), {
    closedForm: () => 0.652010497799937 / g1.virtualValue(0.652010497799937),
  }),
  number(
    'G1',
    'highest',
    'θ at which m ceases to rise',
    0.800489974903084,
    (found) => turn(found, 0.74, 0.86, 'high'),
    decimals(6),
  ),
  number('G1', 'm.high', 'm there', 1.25199368439249, (found) => markupAt(found, 0.800489974903084), {
    closedForm: () => 0.800489974903084 / g1.virtualValue(0.800489974903084),
  }),
  number(
    'G1',
    'mass',
    'mass of types where m rises',
    0.0293,
    () => g1.numeric.survival(0.652010497799937) - g1.numeric.survival(0.800489974903084),
    { ...decimals(4), closedForm: () => g1.survival(0.652010497799937) - g1.survival(0.800489974903084) },
  ),
  ...example({
    name: 'G1',
    types: g1,
    gain: [0.0772614762021912, 12, 0.887941467930064, 0.652010497799937],
    change: [-0.16, 2],
    slope: [0.1779, 4],
  }),
  number(
    'G1',
    'gain.lower',
    'gain of θ = .5091 by the tariff of .8005',
    0.0550518539,
    (found) => numericGain(found, 0.50911212088437, 0.800489974903084),
    { ...decimals(10), closedForm: () => exactGain(g1, 0.50911212088437, 0.800489974903084) },
  ),
  number(
    'G1',
    'deviating',
    'share of types that deviate',
    0.85,
    ({ deviatingShare }) => deviatingShare,
    decimals(2),
  ),
  number('G1', 'profit', 'profit of the optimum', 0.0963555877329423, ({ profit }) => profit),
  number(
    'G1',
    'free',
    'profit under free choice',
    0.0808,
    ({ profit, profitChange }) => profit + profitChange,
    decimals(4),
  ),
  number(
    'G1',
    'best',
    'loss of the best menu with m nonincreasing',
    0.00078,
    (found) => bestLoss(found, g1.numeric),
    decimals(5),
  ),
  ...example({
    name: 'G2',
    types: g2,
    gain: [0.0548640653441731, 12, 0.847624591565185, 0.587444684470764],
    change: [-0.073, 3],
    slope: [0.36, 2],
  }),
  ...example({
    name: 'G5',
    gain: [0.0020768, 7, 0.522906639842046, 0.366071],
    change: [-0.0014, 4],
    slope: [0.336, 3],
  }),
  number('G5', 'cutoff', 'lowest type served', 0.176567, ({ menu }) => menu.cutoff, decimals(6)),
  number('G5', 'low', 'm at θ = .366071', 1.951693, (found) => markupAt(found, 0.366071), decimals(5)),
  number('G5', 'high', 'm at θ = .469217', 2.055931, (found) => markupAt(found, 0.469217), decimals(5)),
  number(
    'G5',
    'deviating',
    'share of types that deviate',
    0.3,
    ({ deviatingShare }) => deviatingShare,
    decimals(2),
  ),
];

const conditions = 'Errata G, Assumptions 1 and 2' as const;

/** The technology of ERRATA G at which Assumption 1 fails. */
const tuningHeavy: CobbDouglas = {
  name: 'α = β = .02, γ = .7',
  α: 0.02,
  β: 0.02,
  γ: 0.7,
  cx: 0.02,
  cy: 0.02,
  cz: 0.05,
  b: 0.1,
};
const cheap: CobbDouglas = { ...exampleTechnology, cx: 0.02, cy: 0.02, cz: 0.02 };

const problem = (types: PolynomialTypes, of: CobbDouglas) => ({
  values: types.numeric,
  scales: unit(),
  served: servedBy(types),
  supply: numericOf(of),
});

/** U of (w, s) under the item made for (w̃, s̃), with s̃ ≥ s. */
const crossUtility = (
  item: { readonly quality: number; readonly transfer: number },
  w: number,
  s: number,
  s̃: number,
): number => (w * item.quality * s) / s̃ - item.transfer;

/**
 * κ̄(F): the κ from which Assumption 2 fails in fine-tuned regions. Without a base level q = const·(φ s^{1−σ})^{κ/(1−κ)}/s^…,
 * so that s q_s = (1 − σ)q/(1 − κ) and r₂ = ∫φ^{κ/(1−κ)} dk / ((1 − κ) w φ^{κ/(1−κ)}).
 */
const criticalReturns = (types: PolynomialTypes): number => {
  const start = exactCutoff(types, 0);
  const steps = 1600;
  const φ = Float64Array.from({ length: steps + 1 }, (_, i) =>
    Math.max(0, types.virtualValue(start + ((1 - start) * i) / steps)),
  );
  const worst = (κ: number): number => {
    const power = κ / (1 - κ);
    let [sum, most] = [0, 0];
    for (let i = 1; i <= steps; i++) {
      const w = start + ((1 - start) * i) / steps;
      sum += ((φ[i]! ** power + φ[i - 1]! ** power) / 2) * ((1 - start) / steps);
      most = Math.max(most, sum / ((1 - κ) * w * φ[i]! ** power));
    }
    return most - 1;
  };
  return root(worst, 0.4, 0.95, 1e-6);
};

/** The same by the core's conditions, in a technology that fine-tunes from nearly nothing. */
const numericReturns = (types: PolynomialTypes, κ: number): number => {
  const of: CobbDouglas = { ...exampleTechnology, α: 0.15, β: 0.15, γ: κ - 0.3, b: 1e-9 };
  const held = { ...problem(types, of), scales: uniform.create({ min: 0.99, max: 1 }) };
  return boundedRents(held, 1).find(({ name }) => name === 'bounded-rent-tariff')!.margin;
};

const assumptions: readonly Statement[] = [
  {
    id: 'G.criticalReturns',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'κ̄(F), from which Assumption 2 fails',
    text: 'In fine-tuned regions Assumption 2 fails iff α + β + γ > κ̄(F).',
    setting: 'G1 .05U+.95Beta(6,9), G2 .02U+.98Beta(2,7), G3 .05U+.95Beta(7,10), G4 .02U+.98Beta(4,9)',
    erratum: 'G(1)',
    correctedDecimals: 4,
    cases: () =>
      [
        { at: 'G1', types: g1, corrected: 0.7029 },
        { at: 'G2', types: g2, corrected: 0.6573 },
        { at: 'G3', types: g3, corrected: 0.6793 },
        { at: 'G4', types: g4, corrected: 0.6143 },
      ].map(({ at, types, corrected }) => ({ at, corrected, numeric: criticalReturns(types) })),
  },
  {
    id: 'G.criticalReturns.sides',
    kind: 'claim',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'Assumption 2’s margin at κ̄ + .002, and −margin at κ̄ − .002',
    setting: 'G1',
    erratum: 'G(1)',
    correctedRelation: '<',
    cases: () =>
      ([0.002, -0.002] as const).map((d) => ({
        at: `κ̄ ${d > 0 ? '+' : '−'} .002`,
        corrected: 0,
        numeric: Math.sign(d) * numericReturns(g1, 0.7029 + d),
      })),
  },
  {
    id: 'G.a2.fails',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2', 'Remark 1'],
    quantity: 'largest ratio of Assumption 2, w ~ G1 in Example 1',
    text: 'Assumption 2 fails, Assumption 1 holds.',
    setting: 'w ~ .05 U + .95 Beta(6, 9), Example 1’s technology',
    erratum: 'G(2)',
    correctedDecimals: 4,
    cases: () => [
      {
        corrected: 1.0445,
        numeric: largestRatio('bounded-rent-tariff', problem(g1, exampleTechnology)),
      },
    ],
  },
  {
    id: 'G.a1.holds',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 1', 'Remark 1'],
    quantity: 'largest ratio of Assumption 1 there',
    setting: 'w ~ .05 U + .95 Beta(6, 9), Example 1’s technology',
    erratum: 'G(2)',
    correctedDecimals: 3,
    cases: () => [
      { corrected: 0.522, numeric: largestRatio('bounded-rent', problem(g1, exampleTechnology)) },
    ],
  },
  {
    id: 'G.feeFalls',
    kind: 'claim',
    place: conditions,
    covers: ['Assumption 2', 'Prop. 6'],
    quantity: 'dp_0/ds at (.797, 1), c = .02',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = 1/4',
    erratum: 'G(2)',
    correctedRelation: '<',
    cases: () => {
      const fee = (s: number): number => {
        const { transfer, cost, servedValue } = numericMenu(g1, cheap, s).item(0.797);
        return transfer - (0.797 / servedValue) * cost;
      };
      const exact = (s: number): number => exactItem(g1, cheap, 0.797, s).fee;
      return [
        {
          corrected: 0,
          closedForm: (exact(1.01) - exact(0.99)) / 0.02,
          numeric: (fee(1.01) - fee(0.99)) / 0.02,
        },
      ];
    },
  },
  {
    id: 'G.a2.cheap',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 2'],
    quantity: 'ratio of Assumption 2, c = .02: its largest',
    setting: 'w ~ .05 U + .95 Beta(6, 9), α = β = γ = 1/4',
    erratum: 'G(2)',
    correctedDecimals: 4,
    cases: () => [{ corrected: 1.0687, numeric: largestRatio('bounded-rent-tariff', problem(g1, cheap)) }],
  },
  {
    id: 'G.a1.fails',
    kind: 'formula',
    place: conditions,
    covers: ['Assumption 1', 'Prop. 4'],
    quantity: 'ratio of Assumption 1 at (.77, 1)',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    correctedDecimals: 4,
    cases: () => {
      const w = 0.77;
      // ∫ s q_s dk as the slope of the rent in s at s = 1.
      const rent = (s: number): number => numericMenu(g4, tuningHeavy, s).rent(w);
      const slope = (rent(1.001) - rent(0.999)) / 0.002;
      return [{ corrected: 1.1257, numeric: slope / (w * numericMenu(g4, tuningHeavy).item(w).quality) }];
    },
  },
  {
    id: 'G.a1.truthful',
    kind: 'formula',
    place: conditions,
    covers: ['Prop. 4'],
    quantity: 'U of (.8, .95), truthful',
    text: 'Where Assumption 1 fails, the scale-by-scale menu is not incentive compatible.',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    cases: () => [
      {
        corrected: 60.444689902494,
        closedForm: exactItem(g4, tuningHeavy, 0.8, 0.95).rent,
        numeric: numericMenu(g4, tuningHeavy, 0.95).rent(0.8),
      },
    ],
  },
  {
    id: 'G.a1.deviating',
    kind: 'formula',
    place: conditions,
    covers: ['Prop. 4'],
    quantity: 'U of (.8, .95) with the item of (.76, 1)',
    setting: 'w ~ .02 U + .98 Beta(4, 9), α = β = .02, γ = .7, b = .1',
    erratum: 'G(3)',
    cases: () => [
      {
        corrected: 61.625213303946,
        closedForm: crossUtility(exactItem(g4, tuningHeavy, 0.76), 0.8, 0.95, 1),
        numeric: crossUtility(numericMenu(g4, tuningHeavy).item(0.76), 0.8, 0.95, 1),
      },
    ],
  },
  ...constantLimit(),
  ...shiftedSupport(),
];

/**
 * Constant-φ limit: φ jumps from below 0 to a constant at w_0. Then q is constant above w_0, and ∫ s q_s = (w − w_0) s q_s with
 * s q_s = (1 − σ)q/(1 − κ): Assumption 1 fails iff (w − w_0)/w > (1 − κ)/(1 − σ), Assumption 2 iff > 1 − κ.
 */
function constantLimit(): Statement[] {
  const of: CobbDouglas = { ...asymmetric, b: 1e-9 };
  const κ = of.α + of.β + of.γ;
  const elasticity = (s: number): number => {
    const quality = (k: number): number => supplied(numericOf(of), 0.5, k).quality;
    return (s * (quality(1.001 * s) - quality(0.999 * s))) / (0.002 * s) / quality(s);
  };
  return [
    {
      id: 'G.constant',
      kind: 'formula',
      place: conditions,
      covers: ['Assumption 1', 'Assumption 2'],
      quantity: '(w − w_0)/w from which Assumption 1 fails, φ constant',
      text: 'Constant-φ limit: s q_s/q = (1 − σ)/(1 − κ), so that Assumption 1 fails iff w_0/w < γ/(1 − σ), Assumption 2 iff w_0/w < κ.',
      setting: `${asymmetric.name}, b → 0`,
      erratum: 'G(4)',
      correctedDecimals: 5,
      cases: () => [{ corrected: (1 - κ) / (1 - of.α - of.β), numeric: 1 / elasticity(0.5) }],
    },
  ];
}

/** Generalised Pareto with (1 − F)/f = .05 + .7(w − w_l) before it is truncated to [w_l, 1]. */
const paretoFrom = (lowest: number): Distribution => {
  const [c0, c1] = [0.05, 0.7];
  const tail = (t: number): number => (1 + (c1 * t) / c0) ** (-1 / c1);
  const end = tail(1 - lowest);
  const survival = (x: number): number =>
    x <= lowest ? 1 : x >= 1 ? 0 : (tail(x - lowest) - end) / (1 - end);
  return {
    min: lowest,
    max: 1,
    breakpoints: [],
    density: (x) => (x < lowest || x > 1 ? 0 : tail(x - lowest) / (c0 + c1 * (x - lowest)) / (1 - end)),
    survival,
    cdf: (x) => 1 - survival(x),
    quantile: (u) => lowest + (c0 / c1) * ((1 - u * (1 - end)) ** -c1 - 1),
  };
};

/** The conditions are not location-invariant: the same hazard fails them where the support starts higher. */
function shiftedSupport(): Statement[] {
  const setting = 'generalised Pareto, 1/h = .05 + .7(w − w_l), truncated to [w_l, 1]';
  const ratio = (which: 'bounded-rent' | 'bounded-rent-tariff', σ: number, κ: number): number => {
    const of: CobbDouglas = { ...exampleTechnology, α: σ / 2, β: σ / 2, γ: κ - σ, b: 1e-9 };
    const values = paretoFrom(0.2);
    const scales = uniform.create({ min: 0.99, max: 1 });
    const found = boundedRents({ values, scales, served: iron(values), supply: numericOf(of) }, 1);
    return 1 - found.find(({ name }) => name === which)!.margin;
  };
  const common = { place: conditions, setting, erratum: 'G(5)' } as const;
  return [
    {
      ...common,
      id: 'G.support.holds',
      kind: 'claim',
      covers: ['Lemma 3'],
      quantity: 'least −dlog m/dlog w: m nonincreasing',
      correctedRelation: '≥',
      cases: () =>
        [0, 0.05].map((lowest) => ({
          at: `w_l = ${lowest}`,
          corrected: 0,
          numeric: nonincreasingMarkup(iron(paretoFrom(lowest))).margin,
        })),
    },
    {
      ...common,
      id: 'G.support.fails',
      kind: 'claim',
      covers: ['Lemma 3'],
      quantity: 'least −dlog m/dlog w: m rises somewhere',
      correctedRelation: '<',
      cases: () =>
        [0.1, 0.2, 0.4].map((lowest) => ({
          at: `w_l = ${lowest}`,
          corrected: 0,
          numeric: nonincreasingMarkup(iron(paretoFrom(lowest))).margin,
        })),
    },
    {
      ...common,
      id: 'G.support.a2',
      kind: 'formula',
      covers: ['Assumption 2'],
      quantity: 'ratio of Assumption 2, w_l = .2, σ = .5, κ = .75',
      correctedDecimals: 3,
      cases: () => [{ corrected: 1.049, numeric: ratio('bounded-rent-tariff', 0.5, 0.75) }],
    },
    {
      ...common,
      id: 'G.support.a1',
      kind: 'formula',
      covers: ['Assumption 1'],
      quantity: 'ratio of Assumption 1, w_l = .2, σ = .1, κ = .9',
      correctedDecimals: 3,
      cases: () => [{ corrected: 1.237, numeric: ratio('bounded-rent', 0.1, 0.9) }],
    },
  ];
}

const found = 'Errata H, other findings' as const;

const benchmark = (of: CobbDouglas) => {
  const scales = beta.create({ a: 2, b: 2, min: 0, max: 1 });
  const values = unit();
  const supply = numericOf(of);
  const optimal = valueScaleTotals({ values, scales, served: iron(values), supply });
  const efficient = valueScaleTotals({ values, scales, served: trueValue(values), supply });
  const first = efficient.grossValue - efficient.cost;
  return {
    profit: (optimal.grossValue - optimal.rent - optimal.cost) / first,
    consumers: optimal.rent / first,
  };
};

const packageBenchmark = () => {
  const types = representativeDistribution(unit(), unit(), 1 / 2);
  const supply = numericOf({ ...asymmetric, α: 0.3, β: 0.2, b: 0.1 });
  const optimal = scaleMenu({ types, served: iron(types), supply, scale: 1 }).totals();
  const efficient = scaleMenu({ types, served: trueValue(types), supply, scale: 1 }).totals();
  const first = efficient.grossValue - efficient.cost;
  return {
    profit: (optimal.grossValue - optimal.rent - optimal.cost) / first,
    consumers: optimal.rent / first,
  };
};

const other: readonly Statement[] = [
  ...(
    [
      ['uniform.profit', 'Π*/FB, w ~ U[0, 1], tasks contractible', 1 / 2, () => benchmark(asymmetric).profit],
      [
        'uniform.consumers',
        'CS/FB, w ~ U[0, 1], tasks contractible',
        1 / 4,
        () => benchmark(asymmetric).consumers,
      ],
      ['packages.profit', 'Π*/FB, packages, σ = 1/2, w, s ~ U', 4 / 9, () => packageBenchmark().profit],
      [
        'packages.consumers',
        'CS/FB, packages, σ = 1/2, w, s ~ U',
        8 / 27,
        () => packageBenchmark().consumers,
      ],
    ] as const
  ).map(
    ([id, quantity, corrected, numeric]): Statement => ({
      id: `H.${id}`,
      kind: 'formula',
      place: found,
      covers: ['Example 1'],
      quantity,
      setting: 'asymmetric costs; s ~ Beta(2, 2) where tasks are contractible',
      erratum: 'H(1)',
      cases: () => [{ corrected, numeric: numeric() }],
    }),
  ),
  ...(
    [
      [bimodal, [0.0891183654865718, 0.601101418873873, -0.453597161986295], 'ironing does not matter'],
      [g5, [0.36941786611998, 0.679719134595543, 0.190671476540918], 'ironing matters'],
    ] as const
  ).map(
    ([types, [from, to, level], what], k): Statement => ({
      id: `H.ironing.${k + 1}`,
      kind: 'formula',
      place: found,
      covers: ['Prop. 4'],
      quantity: `ironed interval and φ̄: ${what}`,
      setting: `w ~ ${types.name}`,
      erratum: 'H(2)',
      cases: () => {
        const [pool] = iron(types.numeric).pools;
        const mean = (a: number, b: number): number =>
          (a * types.survival(a) - b * types.survival(b)) / (types.survival(a) - types.survival(b));
        return [
          { at: 'from', corrected: from, numeric: pool?.from ?? Number.NaN },
          { at: 'to', corrected: to, numeric: pool?.to ?? Number.NaN },
          {
            at: 'φ̄',
            corrected: level,
            closedForm: mean(from, to),
            numeric: pool?.ironedVirtualValue ?? Number.NaN,
          },
        ];
      },
    }),
  ),
];

/** ERRATA F, G and H: the counterexamples, the assumptions, and what else was found. */
export const counterexampleStatements: readonly Statement[] = [...tariffsOffered, ...assumptions, ...other];
