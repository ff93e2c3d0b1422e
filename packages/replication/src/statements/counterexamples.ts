import { printedTariffs } from '@menusmith/app';
import {
  bestMarkups,
  type Distribution,
  type IronedVirtualValue,
  increasingVirtualValue,
  intendedProfit,
  iron,
  maximizer,
  representativeDistribution,
  type ScaleMenu,
  scaleMenu,
  surplusTable,
  tariffsFromMarkups,
  typeCells,
} from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { type FreeChoice, freeChoice } from './free-choice.ts';
import {
  exactCutoff,
  exactItem,
  g1,
  g2,
  g5,
  type PolynomialTypes,
  tariffUtilityByShares,
} from './polynomial-types.ts';
import { printedTariff, tariffUtility } from './printed-tariff.ts';
import type { Statement } from './statement.ts';
import { exampleTechnology, numericOf, once } from './technology.ts';

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
  const intended = printedTariffs(menu.schedule(cells.value));
  const table = surplusTable(numericOf(exampleTechnology), 1, types.max);
  const best = tariffsFromMarkups(cells, bestMarkups(cells, [{ weight: 1, table }]), table);
  return (intendedProfit(cells, table, intended) - intendedProfit(cells, table, best)) / profit;
};

const descriptions = {
  G1: `θ ~ ${g1.name}, Example 1’s technology`,
  G2: `θ ~ ${g2.name}, Example 1’s technology`,
  G5: 'θ = w√s, w ~ .85 Beta(4, 10) + .15 Beta(8, 2), s ~ U',
};

/** What type θ gains by the tariff of type `report`, on the numeric path. */
const numericGain = ({ menu }: Counterexample, θ: number, report: number): number => {
  return tariffUtility(numericOf(exampleTechnology), θ, printedTariff(menu.item(report))) - menu.rent(θ);
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

/** ERRATA F: the tariffs of Lemma 3 and Proposition 7 where m rises, offered to buyers who choose freely. */
export const counterexampleStatements: readonly Statement[] = [
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
