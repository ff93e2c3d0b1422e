import {
  bestSpaceTariffs,
  type ProfileSupply,
  profileSale,
  type SpaceDemands,
  type SpaceTariff,
  type SpaceTariffSale,
  sellTariffs,
  spaceDemands,
  tariffAt,
  taskSet,
} from '@menusmith/core';
import { finiteOrNull } from '../finite-or-null.ts';
import type { FiniteBuyers } from '../problem/finite-buyers.ts';
import type { ImplementationResult, TariffResult } from '../result.ts';
import type { IndirectImplementation } from '../study/study.ts';
import { implementers } from './implementation.ts';
import { inputName } from './input-name.ts';
import { attainedResult, type DirectMenu, objectiveAttained, tieOf } from './offered-scale.ts';

/** A type's item of the direct menu. */
export interface ItemOfType {
  /** q task by task. */
  readonly quality: ArrayLike<number>;
  readonly cost: number;
  readonly transfer: number;
}

/** What buyers who choose freely do, and every type's own tariff; null for those who get nothing. */
export interface SpaceImplementation {
  readonly implementation: ImplementationResult;
  readonly tariffs: readonly (TariffResult | null)[];
}

/** Tariffs that the best menu may have. */
const MOST_TARIFFS = 16;
/** Tasks of which each may have tariffs of its own. */
const MOST_SINGLE = 8;

/**
 * Sells the direct menu of types of any kind otherwise. There is no markup that a whole profile has, so that it is a simulation: every type has a tariff of
 * her own, on the tasks that her item serves, under which her choice costs what her item costs, and for which she pays what her item's price is. Offered to
 * all, it is what the propositions have where types are a chain. Where it loses something, the best menu that a search finds stands beside it.
 */
export const implementOnSpace = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  finite: FiniteBuyers,
  supply: ProfileSupply,
  itemOf: (n: number) => ItemOfType | undefined,
): SpaceImplementation => {
  const demands = spaceDemands(finite.types, supply);
  const offer = (asked: IndirectImplementation): Offered => offerTo(asked, direct, finite, demands, itemOf);
  const offered = offer(kind);
  const { attained } = offered;
  const best = offered.sale.deviatingShare > 0 ? bestOf(kind, direct, finite, demands, offered) : undefined;
  const isTariff = kind === 'two-part-tariff' && offered.sale.deviatingShare > 0;
  return {
    implementation: {
      kind,
      isByType: true,
      ...attained,
      deviatingShare: offered.sale.deviatingShare,
      ...worstOf(offered.sale, finite),
      ...(best ? { best } : {}),
      ...(isTariff ? { maximumSpend: offer('maximum-spend').attained } : {}),
    },
    tariffs: offered.intended.map((tariff) => (tariff ? tariffResult(tariff, finite, supply) : null)),
  };
};

interface Offered {
  readonly intended: readonly (SpaceTariff | undefined)[];
  readonly sale: SpaceTariffSale;
  readonly attained: ReturnType<typeof attainedBy>;
}

/** What a sale makes, as a result has it; nothing where some type's demand could not be solved. */
const attainedBy = (direct: DirectMenu, demands: SpaceDemands, sale: SpaceTariffSale) => {
  const { profit, consumerSurplus } = demands.solved()
    ? sale
    : { profit: Number.NaN, consumerSurplus: Number.NaN };
  const { attainedProfit, ...others } = attainedResult(direct, {
    profit: profit - direct.profit,
    consumerSurplus: consumerSurplus - direct.consumerSurplus,
  });
  return {
    attainedProfit: finiteOrNull(attainedProfit!),
    ...others,
    maxDeviationGain: finiteOrNull(sale.maxDeviationGain),
  };
};

const offerTo = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  { types, mass }: FiniteBuyers,
  demands: SpaceDemands,
  itemOf: (n: number) => ItemOfType | undefined,
): Offered => {
  const { termsOf } = implementers[kind].ofType;
  const intended = Array.from({ length: types.count }, (_, n): SpaceTariff | undefined => {
    const item = mass[n]! > 0 ? itemOf(n) : undefined;
    if (item === undefined) return undefined;
    const tasks = taskSet(Uint8Array.from(types.weights, (w, m) => (w > 0 && item.quality[m]! > 0 ? 1 : 0)));
    const demand = demands.exact(n, tasks);
    return tariffAt(termsOf(demand, item.cost), tasks, demand, item.transfer);
  });
  const sale = sellTariffs(demands, intended, mass, tieOf(direct));
  return { intended, sale, attained: attainedBy(direct, demands, sale) };
};

/** The best menu that is found, sold as it is computed anew; undefined where the first one makes as much. */
const bestOf = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  finite: FiniteBuyers,
  demands: SpaceDemands,
  { intended, sale, attained }: Offered,
): ImplementationResult['best'] => {
  const { mass } = finite;
  const found = bestSpaceTariffs({
    demands,
    mass,
    candidates: [...byEarnings(intended, sale, mass), ...atCost(finite)],
    varied: implementers[kind].ofType.varied,
    surplusWeight: direct.objective.consumerSurplus / direct.objective.profit,
    counts: [MOST_TARIFFS],
  })[0]!;
  const { choices } = profileSale(found.bundles, found.transfers, mass);
  const tariffs = Array.from(choices, (k): SpaceTariff | undefined =>
    k < 0
      ? undefined
      : { ...found.bundles[k]!.terms, tasks: found.bundles[k]!.tasks, fee: found.transfers[k]! },
  );
  const best = attainedBy(direct, demands, sellTariffs(demands, tariffs, mass, tieOf(direct)));
  if (best.attainedProfit === null || attained.attainedProfit === null) return undefined;
  return objectiveAttained(best, direct) > objectiveAttained(attained, direct)
    ? { ...best, isBest: false }
    : undefined;
};

/** Distinct tariffs, those with the most of their takers' money first, then those that nobody takes. */
const byEarnings = (
  intended: readonly (SpaceTariff | undefined)[],
  { taken }: SpaceTariffSale,
  mass: Float64Array,
): SpaceTariff[] => {
  const earned = new Map<SpaceTariff, number>();
  intended.forEach((tariff) => {
    if (tariff && !earned.has(tariff)) earned.set(tariff, 0);
  });
  taken.forEach((tariff, n) => {
    if (tariff) earned.set(tariff, (earned.get(tariff) ?? 0) + mass[n]! * tariff.fee);
  });
  return [...earned.keys()].sort((a, b) => earned.get(b)! - earned.get(a)!);
};

/** Where tasks are listed: all of them at cost, and each of a few. */
const atCost = ({ grid, types: { weights } }: FiniteBuyers): SpaceTariff[] => {
  if (grid !== undefined) return [];
  const terms = { markup: 1, spendingCap: Number.POSITIVE_INFINITY, fee: 0 };
  const single = weights.length > 1 && weights.length <= MOST_SINGLE ? Array.from(weights, (_, m) => m) : [];
  return [
    { ...terms, tasks: taskSet(new Uint8Array(weights.length).fill(1)) },
    ...single.map((m) => ({
      ...terms,
      tasks: taskSet(Uint8Array.from(weights, (_, l) => (l === m ? 1 : 0))),
    })),
  ];
};

const worstOf = (
  { worst }: SpaceTariffSale,
  { listed }: FiniteBuyers,
): Pick<ImplementationResult, 'worst'> => {
  if (worst === undefined) return {};
  const { name, value, scale } = listed[worst.type]!;
  const { markup, spendingCap, fee } = worst.takes;
  return {
    worst: {
      ...(value === undefined ? { name: name ?? String(worst.type + 1) } : { value }),
      ...(scale === undefined ? {} : { scale }),
      gain: worst.gain,
      ...(spendingCap < Number.POSITIVE_INFINITY ? { spendingCap } : { markup }),
      upfront: fee,
    },
  };
};

const tariffResult = (
  { markup, spendingCap, tasks: { has }, fee }: SpaceTariff,
  { grid, types: { weights } }: FiniteBuyers,
  { inputs }: ProfileSupply,
): TariffResult => {
  const tasks = Array.from(has, (_, m) => m).filter((m) => has[m] === 1);
  const isSome = tasks.length < weights.filter((weight) => weight > 0).length;
  return {
    upfront: fee,
    prices: Object.fromEntries(inputs.map((input) => [inputName(input), markup * input.cost])),
    taskCap: grid ? tasks.reduce((sum, m) => sum + weights[m]!, 0) : null,
    ...(isSome && !grid ? { tasks } : {}),
    markup,
    ...(spendingCap < Number.POSITIVE_INFINITY ? { spendingCap } : {}),
  };
};
