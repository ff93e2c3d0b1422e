import {
  type ChainItem,
  type ChainMenu,
  type ChainProblem,
  type ChainTotals,
  chainMenu,
  type Input,
  increasingVirtualValue,
  iron,
  representativeType,
} from '@menusmith/core';
import { once } from '../../once.ts';
import type { ContinuousChain } from '../../problem/screening-problem.ts';
import type { Coordinates, Taken, TypeResult } from '../../result.ts';
import type { ContinuousMenu } from '../../solution.ts';
import { degreeOf } from '../../study/degree.ts';
import type { Study } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { efficientAnswer, poolResults } from '../assemble.ts';
import { implementOnLine, ownSchedule } from '../offers/continuous-implementation.ts';
import { elsewhereAlong } from '../outside/elsewhere.ts';
import type { KeptAlong } from '../outside/kept-along.ts';
import { type PromisedChain, promising, requireOffered } from '../outside/outside-along.ts';
import { nothing, quoteItem } from '../quote.ts';
import type { Solved, WithoutLotteries } from '../solved.ts';
import { ALMOST_SURE } from '../space/finite-listing.ts';
import { indexThreshold } from '../supply/fine-tuning-threshold.ts';
import { namedUse } from '../supply/input-use.ts';
import type { StudySupply } from '../supply/supply-of.ts';

/** Transfers of this share of what an item is worth are rounding. */
const ROUNDING = 1e-12;

/**
 * Continuous buyers along a line who have something outside, or are promised a share of what today's plans give them: U(θ) ≥ u(θ) (Jullien 2000). What they
 * have outside is a product that the seller could resell at its price, in lotteries as well; where he does, the best menu without lotteries is found beside.
 */
export const solveBesideOutside = (study: Study, chain: ContinuousChain, { supply }: StudySupply): Solved => {
  const { types } = chain;
  const isEfficient = study.contract === 'efficient';
  const surplusWeight = isEfficient ? 1 : surplusWeightOf(study.terms);
  const promised = promising(study, chain, 'any')(chain, supply);
  const { problem, kept } = promised;
  const menu = chainMenu({ ...problem, surplusWeight });
  requireOffered(study, problem.participation.isConvex, menu.certificate());
  const keptTypes = kept?.(menu);
  const own = menu.totals();
  const totals = { ...own, ...(keptTypes ? { kept: keptTypes.share } : {}) };
  const efficient = once(() =>
    surplusWeight === 1 ? own : chainMenu({ ...problem, surplusWeight: 1 }).totals(),
  );
  const quote = quoting(study, chain, supply, menu, keptTypes);
  const common = {
    totals,
    efficient,
    quote,
    types: [],
    use: () => namedUse(supply.inputs, own.inputs),
    ...(study.terms.outside ? { elsewhere: () => elsewhereAlong(study, chain, problem.participation) } : {}),
    // What others make is on no curve of this seller's supply.
    ...(keptTypes && study.terms.outside === undefined ? { continuous: drawnMenu(problem, menu) } : {}),
  };
  if (isEfficient) return { ...common, ...efficientAnswer(totals) };

  const top = menu.item(types.max);
  const hasLotteries = problem.outside === 'resold' && own.lotteries > ROUNDING;
  const plain = once(() => chainMenu({ ...problem, surplusWeight, outside: 'own' }));
  return {
    ...common,
    method: 'one-dimensional',
    certificate: menu.certificate(),
    money: Math.max(Math.abs(top.transfer), totals.rent),
    conditions: [increasingVirtualValue(iron(types, surplusWeight))],
    pools: poolResults(menu.pools, (value) => quote({ value })),
    ...(study.terms.outside ? { lotteries: hasLotteries } : {}),
    ...(hasLotteries
      ? { withoutLotteries: () => withoutLotteriesOf(plain().totals(), surplusWeight, supply.inputs) }
      : {}),
    ...implementationOf(
      study,
      chain,
      supply,
      promised,
      hasLotteries ? plain : () => menu,
      menu.certificate().upperBound,
    ),
  };
};

/** The menu as pictures sweep along it: quality never falls, so that the excluded are the lowest types, and the fine-tuned the highest. */
export const drawnMenu = (
  { types, supply, participation }: ChainProblem,
  menu: ChainMenu,
): ContinuousMenu => {
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

/** What the best menu makes in which no item is a lottery: types have own items, or what each has outside. */
const withoutLotteriesOf = (
  { grossValue, rent, cost, inputs }: ChainTotals,
  surplusWeight: number,
  names: readonly Input[],
): WithoutLotteries => {
  const profit = grossValue - rent - cost;
  return { profit, attained: profit + surplusWeight * rent, use: namedUse(names, inputs) };
};

/** What tariffs make of a menu without lotteries, which have no prices. */
const implementationOf = (
  { implementation, terms }: Study,
  chain: ContinuousChain,
  supply: StudySupply['supply'],
  { problem: { participation }, margin }: PromisedChain,
  menuOf: () => ChainMenu,
  upperBound: number,
): Pick<Solved, 'implementation'> => {
  if (implementation === 'direct') return {};
  const menu = menuOf();
  const { grossValue, rent, cost } = menu.totals();
  const direct = {
    profit: grossValue - rent - cost,
    consumerSurplus: rent,
    objective: terms.objective,
    upperBound,
  };
  const sold = {
    schedule: ownSchedule(menu),
    outside: participation.utility,
    ...(margin ? { margin } : {}),
  };
  return { implementation: implementOnLine(implementation, direct, chain, supply, sold) };
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
    return {
      ...quoted,
      ...paid(item, isEfficient),
      ...lotteryOf(item, supply),
      takes: takenBy(item, theta, kept),
    };
  };
};

/** Who serves an item that is a lottery, with the chance of each. */
export const lotteryOf = (
  { draws }: ChainItem,
  { models }: StudySupply['supply'],
): Pick<TypeResult, 'lottery'> => {
  if (!draws.every(({ share }) => share < ALMOST_SURE)) return {};
  const chances = new Map<string, number>();
  for (const { isOutside, model, share } of draws) {
    const name = isOutside ? 'outside' : (models?.[model] ?? 'seller');
    chances.set(name, (chances.get(name) ?? 0) + share);
  }
  if (chances.size < 2) return {};
  const names = [...(models ?? ['seller']), 'outside'].filter((name) => chances.has(name));
  return { lottery: names.map((model) => ({ model, share: chances.get(model)! })) };
};

export const takenBy = (item: ChainItem, theta: number, kept: KeptAlong | undefined): Taken =>
  kept?.isKept(theta) === true ? 'kept' : item.takes;

/** Who gets nothing here still has her rent, and may be paid for it. */
export const paid = (
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
