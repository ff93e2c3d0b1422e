import {
  type ChainMenu,
  type ChainParticipation,
  chainMenu,
  type EfficientSupply,
  integrateTypes,
  type PlanUtility,
  piecesBetween,
  representativeType,
  scaleMenu,
  trueValue,
  typeCells,
} from '@menusmith/core';
import { keptUtility } from '../plans/kept-plans.ts';
import type { ContinuousChain } from '../problem/screening-problem.ts';
import type { Coordinates, TypeResult } from '../result.ts';
import { degreeOf } from '../study/degree.ts';
import type { Kept, Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { fullExtraction, poolResults } from './assemble.ts';
import { namedUse } from './input-use.ts';
import { isKept } from './kept-types.ts';
import { nothing, quoteItem } from './quote.ts';
import type { Solved } from './solved.ts';
import type { StudySupply } from './supply-of.ts';

/** Cells of types by which the share of those who keep a plan is told. */
const CELLS = 1000;

/** Continuous types along a line who are to have a share of what today's plans give them: participation, and nobody else who serves (Jullien 2000). */
export const solveKeptChain = (
  study: Study,
  problem: ContinuousChain,
  { supply }: StudySupply,
  keep: Kept,
): Solved => {
  const { coordinate, types } = problem;
  const plans = keptUtility(keep, study, problem);
  const menu = chainMenu({
    types,
    supply,
    surplusWeight: surplusWeightOf(study.terms),
    participation: shareOf(plans, keep.share),
  });
  const totals = menu.totals();
  const efficient = scaleMenu({ types, served: trueValue(types), supply, scale: 1 }).totals();
  const money = Math.max(menu.item(types.max).transfer, plans.choice(types.max).payment);
  const takes = keptAt(keep, plans, menu, money);
  const degree = degreeOf(study.technology);
  const quote = ({ value, scale }: Coordinates): TypeResult => {
    const isOwn = coordinate === 'value' || scale === undefined;
    const theta = isOwn ? value : representativeType(value, scale, degree!);
    const item = theta > 0 || isOwn ? menu.item(theta) : nothing(theta, 0, supply);
    return {
      ...quoteItem(item, supply, {
        value,
        contract: study.contract,
        implementation: study.implementation,
        // φ depends on the multipliers of U ≥ u: the value as which she is served says it.
        virtualValue: Number.NaN,
        highest: types.max,
        ...(isOwn ? {} : { scale, index: { theta, degree: degree! } }),
      }),
      takes: takes(theta) ? 'kept' : 'menu',
    };
  };
  const profit = totals.grossValue - totals.rent - totals.cost;
  const { outside: _, lotteries: __, ...own } = totals;
  return {
    method: 'one-dimensional',
    totals: { ...own, kept: keptShareOf(problem, takes) },
    efficient,
    certificate: menu.certificate(),
    money,
    conditions: [fullExtraction(profit, efficient.grossValue - efficient.cost)],
    pools: poolResults(menu.pools, (type) => quote({ value: type })),
    types: [],
    quote,
    use: () => namedUse(supply.inputs, inputsOf(problem, menu, plans, supply)),
  };
};

/** share · u. */
const shareOf = ({ utility, slope, breakpoints }: PlanUtility, share: number): ChainParticipation => ({
  utility: (type) => share * utility(type),
  slope: (type) => share * slope(type),
  breakpoints,
});

const keptAt =
  ({ share }: Kept, plans: PlanUtility, menu: ChainMenu, money: number) =>
  (type: number): boolean => {
    if (share < 1) return false;
    const { offer, utility, payment, cost } = plans.choice(type);
    const { rent, transfer, cost: own } = menu.item(type);
    return offer >= 0 && isKept({ utility, margin: payment - cost }, { rent, margin: transfer - own }, money);
  };

const keptShareOf = ({ types }: ContinuousChain, takes: (type: number) => boolean): number => {
  const { value, mass } = typeCells(types, CELLS);
  return mass.reduce((sum, own, k) => (takes(value[k]!) ? sum + own : sum), 0);
};

const inputsOf = (
  { types }: ContinuousChain,
  menu: ChainMenu,
  plans: PlanUtility,
  supply: EfficientSupply,
): Float64Array => {
  const ends = menu.stretches.flatMap(({ from, to }) => [from, to]);
  const places = [...ends, ...plans.breakpoints, ...types.breakpoints, types.min, types.max];
  return integrateTypes(
    types,
    (type, mass, _, out) => {
      menu.item(type).inputs.forEach((amount, i) => {
        out[i] = mass * amount;
      });
    },
    supply.inputs.length,
    piecesBetween(
      [...new Set(places)].sort((a, b) => a - b),
      () => false,
    ),
    'mass',
  ).values;
};
