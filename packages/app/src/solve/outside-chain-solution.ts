import {
  type ChainItem,
  type ChainMenu,
  type ChainParticipation,
  type ChainProblem,
  chainMenu,
  formulaKinks,
  InputError,
  increasingVirtualValue,
  iron,
  participationFault,
  representativeType,
  rivalParticipation,
} from '@menusmith/core';
import { keptUtility } from '../plans/kept-plans.ts';
import type { ContinuousChain } from '../problem/screening-problem.ts';
import type { Coordinates, Taken, TypeResult } from '../result.ts';
import type { ContinuousMenu } from '../solution.ts';
import { degreeOf } from '../study/degree.ts';
import type { OutsideOption, OutsideUtility, Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { efficientAnswer, fullExtraction, poolResults } from './assemble.ts';
import { elsewhereAlong } from './elsewhere.ts';
import { indexThreshold } from './fine-tuning-threshold.ts';
import { namedUse } from './input-use.ts';
import { type KeptAlong, keptAlong } from './kept-along.ts';
import { requireOneIndex } from './outside-worth.ts';
import { nothing, quoteItem } from './quote.ts';
import type { Solved } from './solved.ts';
import { type StudySupply, supplyAtPrices } from './supply-of.ts';

/** Transfers of this share of what an item is worth are rounding. */
const ROUNDING = 1e-12;
/** A step from a type at which a slope is no number, relative to the support. */
const INSIDE = 2 ** -40;
/** Kinks of a formula are looked for between so many places. */
const PLACES = 256;

/**
 * Continuous buyers along a line who have something outside, or are promised a share of what today's plans give them: U(θ) ≥ u(θ) (Jullien 2000). What they
 * have outside is a product that the seller could resell at its price, in lotteries as well; where he does, the best menu without lotteries is found beside.
 */
export const solveBesideOutside = (study: Study, chain: ContinuousChain, { supply }: StudySupply): Solved => {
  const { types } = chain;
  const isEfficient = study.contract === 'efficient';
  const surplusWeight = isEfficient ? 1 : surplusWeightOf(study.terms);
  const { problem, kept } = chainProblemOf(study, chain, { types, supply });
  const menu = chainMenu({ ...problem, surplusWeight });
  const best = surplusWeight === 1 ? menu : chainMenu({ ...problem, surplusWeight: 1 });
  const keptTypes = kept?.(menu);
  const own = menu.totals();
  const totals = { ...own, ...(keptTypes ? { kept: keptTypes.share } : {}) };
  const efficient = best.totals();
  const quote = quoting(study, chain, supply, menu, keptTypes);
  const common = {
    totals,
    efficient,
    quote,
    types: [],
    use: () => namedUse(supply.inputs, own.inputs),
    ...(study.terms.outside ? { elsewhere: () => elsewhereAlong(study, chain, problem.participation) } : {}),
    // What others make is on no curve of this seller's supply.
    ...(keptTypes ? { continuous: drawnMenu(problem, menu) } : {}),
  };
  if (isEfficient) return { ...common, ...efficientAnswer(totals) };

  const profit = totals.grossValue - totals.rent - totals.cost;
  const top = menu.item(types.max);
  return {
    ...common,
    method: 'one-dimensional',
    certificate: menu.certificate(),
    money: Math.max(Math.abs(top.transfer), totals.rent),
    conditions: [
      increasingVirtualValue(iron(types, surplusWeight)),
      fullExtraction(profit, efficient.grossValue - efficient.cost),
    ],
    pools: poolResults(menu.pools, (value) => quote({ value })),
    ...(problem.outside === 'resold' ? lotteriesOf(problem, surplusWeight, totals) : {}),
  };
};

/** The menu as pictures sweep along it: quality never falls, so that the excluded are the lowest types, and the fine-tuned the highest. */
const drawnMenu = ({ types, supply, participation }: ChainProblem, menu: ChainMenu): ContinuousMenu => {
  const { excluded, fineTuned } = menu.totals();
  const typeAt = (rank: number): number => types.quantile(Math.min(1, Math.max(0, rank)));
  const drawn = {
    pieces: menu.stretches.map(({ from, to }) => ({ from, to, singular: 'none' as const })),
    cutoff: typeAt(excluded),
    fineTuningCutoff: typeAt(1 - fineTuned),
    schedule: menu.schedule,
  };
  return {
    axis: 'type',
    from: types.min,
    to: types.max,
    supply,
    menuAt: () => drawn,
    // φ depends on the multipliers of U ≥ u: what is drawn is the value as which a type is served.
    virtualValue: () => Number.NaN,
    breakpoints: participation.breakpoints,
  };
};

/** A chain with what its buyers have elsewhere; and who keeps a plan of today's. */
const chainProblemOf = (
  study: Study,
  chain: ContinuousChain,
  base: Pick<ChainProblem, 'types' | 'supply'>,
): { readonly problem: ChainProblem; readonly kept?: (menu: ChainMenu) => KeptAlong } => {
  const { outside, keep } = study.terms;
  if (keep !== undefined) {
    const plans = keptUtility(keep, study, chain);
    const participation: ChainParticipation = {
      utility: (type) => keep.share * plans.utility(type),
      slope: (type) => keep.share * plans.slope(type),
      breakpoints: plans.breakpoints,
    };
    return {
      problem: { ...base, participation },
      kept: (menu) => keptAlong(keep, plans, chain.types, menu),
    };
  }
  return { problem: { ...base, outside: 'resold', ...outsideOf(study, chain, outside!) } };
};

const outsideOf = (
  study: Study,
  { types, coordinate }: ContinuousChain,
  outside: OutsideOption,
): Pick<ChainProblem, 'participation' | 'rival'> => {
  if (outside.kind === 'listed')
    throw new InputError(
      'outside',
      'listed utilities are for types that are listed, and buyers here are a distribution; expected a number, a formula or a rival',
      ['outside', 'utility'],
    );
  if (outside.kind === 'utility') return { participation: formulaParticipation(outside, types) };
  const { technology } = outside;
  const { production, inputs } = technology;
  if (coordinate === 'theta') requireOneIndex(study, outside);
  const rival = supplyAtPrices(technology, production, inputs, study.solver, { value: types.max, scale: 1 });
  return { rival, participation: rivalParticipation(rival, types) };
};

const formulaParticipation = (
  { at, slope, formula, names, text }: OutsideUtility,
  types: ContinuousChain['types'],
): ChainParticipation => {
  const { min, max } = types;
  const inside = INSIDE * (max - min);
  const places = Array.from({ length: PLACES + 1 }, (_, i) => min + ((max - min) * i) / PLACES);
  const participation: ChainParticipation = {
    utility: (type) => at([type]),
    slope: (type) => {
      const rise = slope([type]);
      // A derivative such as x · x^(−⅔) is no number where x is 0.
      return Number.isNaN(rise) ? slope([type + (type < max ? inside : -inside)]) : rise;
    },
    breakpoints: names.length === 0 ? [] : formulaKinks(formula, names[0]!, places),
  };
  const fault = participationFault(participation, types);
  if (fault === undefined) return participation;
  const what = {
    'not convex': 'a utility whose slope does not fall in theta, as buyers choose freely outside',
    falls: 'a utility that does not fall in theta',
    'no number': 'a finite number for every theta',
  }[fault.fault];
  throw new InputError('outside', `expected ${what}, got "${text}" at theta = ${fault.type}`, [
    'outside',
    'utility',
  ]);
};

/** Whether items are lotteries; and the best menu in which none is: types have own items, or what each has outside. */
const lotteriesOf = (
  problem: ChainProblem,
  surplusWeight: number,
  { lotteries }: { readonly lotteries: number },
): Pick<Solved, 'lotteries' | 'withoutLotteries'> => {
  if (!(lotteries > ROUNDING)) return { lotteries: false };
  const { grossValue, rent, cost } = chainMenu({ ...problem, surplusWeight, outside: 'own' }).totals();
  const profit = grossValue - rent - cost;
  return { lotteries: true, withoutLotteries: { profit, attained: profit + surplusWeight * rent } };
};

const quoting = (
  study: Study,
  { types, coordinate }: ContinuousChain,
  supply: StudySupply['supply'],
  menu: ChainMenu,
  kept: KeptAlong | undefined,
): Solved['quote'] => {
  const { contract, implementation } = study;
  const isEfficient = contract === 'efficient';
  const degree = degreeOf(study.technology);
  const threshold = indexThreshold(study);
  return ({ value, scale }: Coordinates): TypeResult => {
    const isIndex = coordinate !== 'value' && scale !== undefined;
    const theta = isIndex ? representativeType(value, scale, degree!) : value;
    const hasIndex = isIndex || (isEfficient && degree !== undefined);
    const item = isIndex && !(theta > 0) ? undefined : menu.item(theta);
    const quoted = quoteItem(item ?? nothing(theta, types.min, supply), supply, {
      value,
      ...(scale === undefined ? {} : { scale }),
      contract,
      implementation,
      virtualValue: item?.servedValue ?? types.min,
      highest: types.max,
      ...(hasIndex ? { index: { theta, degree: degree!, ...threshold() } } : {}),
    });
    if (item === undefined) return quoted;
    return { ...quoted, ...paid(item, isEfficient), takes: takenBy(item, theta, kept) };
  };
};

const takenBy = (item: ChainItem, theta: number, kept: KeptAlong | undefined): Taken =>
  kept?.isKept(theta) === true ? 'kept' : item.takes;

/** Who gets nothing here still has her rent, and may be paid for it. */
const paid = (
  { transfer, rent, value, quality, draws }: ChainItem,
  isEfficient: boolean,
): Pick<TypeResult, 'transfer' | 'rent'> & Partial<Pick<TypeResult, 'tariff'>> => {
  if (isEfficient) return { transfer: null, rent: null };
  const worth =
    Math.abs(value) * draws.reduce((sum, draw) => sum + draw.share * draw.quality, quality) + rent;
  return {
    transfer: Math.abs(transfer) <= ROUNDING * worth ? 0 : transfer,
    rent,
    // A lottery has no prices.
    ...(draws.length > 1 ? { tariff: null } : {}),
  };
};
