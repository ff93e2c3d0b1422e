import {
  bestSpaceTariffs,
  type CertifiedMenu,
  InputError,
  limits,
  type Menu,
  type ProfileSupply,
  profileSale,
  type SpaceDemands,
  type SpaceTariff,
  type SpaceTariffSale,
  sellTariffs,
  spaceDemands,
  tariffAt,
  taskSet,
  type UsageOffer,
  writeProfile,
} from '@menusmith/core';
import { finiteOrNull } from '../../finite-or-null.ts';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { ImplementationResult, TariffResult } from '../../result.ts';
import type { IndirectImplementation, Study } from '../../study/study.ts';
import { inputName } from '../supply/input-name.ts';
import { implementers } from './implementation.ts';
import { attainedResult, type DirectMenu, objectiveAttained, tieOf } from './offered-scale.ts';
import { requireNothingLost, type TypesOutside } from './outside-offers.ts';

/** A type's item of the direct menu. */
export interface ItemOfType {
  /** q task by task. */
  readonly quality: ArrayLike<number>;
  readonly cost: number;
  readonly transfer: number;
}

/** The items of a certified menu, by type; undefined for a type that gets nothing. */
export const itemsByType =
  ({ items, choices, costs, transfers }: CertifiedMenu, tasks: number) =>
  (n: number): ItemOfType | undefined => {
    const k = choices[n]!;
    if (k < 0) return undefined;
    const quality = new Float64Array(tasks);
    writeProfile(items, k, quality);
    return quality.some((q) => q > 0) ? { quality, cost: costs[k]!, transfer: transfers[k]! } : undefined;
  };

/** What buyers who choose freely do, and every type's own tariff; null for those who get nothing. */
export interface SpaceImplementation {
  readonly implementation: ImplementationResult;
  readonly tariffs: readonly (TariffResult | null)[];
}

/** A task that gets no more of an item than this share of its highest quality is not served by it: solvers leave some of it to rounding. */
const SERVED = 1e-3;
/** Of more types, a search among few tariffs takes long, and finds less than many tariffs earn. */
const MOST_SEARCHED = 400;
/** Tariffs that the best menu may have. */
const MOST_TARIFFS = 16;
/** Tasks of which each may have tariffs of its own. */
const MOST_SINGLE = 8;

/** Throws InputError where there are more types than can try each other's offers. */
export const requireSimulated = ({ implementation, contract }: Study, { types }: FiniteBuyers): void => {
  if (implementation === 'direct' || contract === 'efficient' || types.count <= limits.simulatedTypes.most)
    return;
  throw new InputError(
    'too-many-types',
    `what buyers make of each other’s offers is simulated for at most ${limits.simulatedTypes.most} types, and these are ${types.count}; expected a coarser buyers.grid, or direct, got ${implementation}`,
    ['implementation'],
  );
};

/**
 * Sells the direct menu of types of any kind otherwise. There is no markup that a whole profile has, so that it is a simulation: every type has a tariff of
 * her own, on the tasks that her item serves, under which her choice costs what her item costs, and for which she pays what her item's price is. Offered to
 * all, it is what the propositions have where types are a chain. `outside` is what each type has who takes none of them. Where it loses something, the best menu that a search finds stands beside it.
 */
export const implementOnSpace = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  finite: FiniteBuyers,
  supply: ProfileSupply,
  itemOf: (n: number) => ItemOfType | undefined,
  outside?: TypesOutside,
): SpaceImplementation => {
  if (outside) requireNothingLost(outside.worth);
  const demands = spaceDemands(finite.types, supply);
  const offer = (asked: IndirectImplementation): Offered =>
    offerTo(asked, direct, finite, demands, itemOf, outside);
  const offered = offer(kind);
  const { attained } = offered;
  const isSearched = offered.sale.deviatingShare > 0 && finite.types.count <= MOST_SEARCHED;
  const best = isSearched ? bestOf(kind, direct, finite, demands, offered, outside) : undefined;
  const { isCapBeside } = implementers[kind];
  return {
    implementation: {
      kind,
      isByType: true,
      ...attained,
      deviatingShare: offered.sale.deviatingShare,
      ...worstOf(offered.sale, finite),
      ...(best ? { best } : {}),
      ...(isCapBeside && offered.sale.deviatingShare > 0
        ? { maximumSpend: offer('maximum-spend').attained }
        : {}),
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

/** Every type's own offer: on the tasks of her item, at terms made of what it costs, and for what she pays for it in all. */
export const tariffsByType = (
  kind: IndirectImplementation,
  { types, mass }: FiniteBuyers,
  demands: SpaceDemands,
  itemOf: (n: number) => ItemOfType | undefined,
): (SpaceTariff | undefined)[] => {
  const { termsOf } = implementers[kind].ofType;
  return Array.from({ length: types.count }, (_, n): SpaceTariff | undefined => {
    const item = mass[n]! > 0 ? itemOf(n) : undefined;
    if (item === undefined) return undefined;
    const most = Math.max(...Array.from(item.quality));
    const isServed = (m: number): boolean => types.weights[m]! > 0 && item.quality[m]! > SERVED * most;
    const tasks = taskSet(Uint8Array.from(types.weights, (_, m) => (isServed(m) ? 1 : 0)));
    const demand = demands.exact(n, tasks);
    return tariffAt(termsOf(demand, item.cost), tasks, demand, item.transfer);
  });
};

const offerTo = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  finite: FiniteBuyers,
  demands: SpaceDemands,
  itemOf: (n: number) => ItemOfType | undefined,
  outside: TypesOutside | undefined,
): Offered => {
  const intended = tariffsByType(kind, finite, demands, itemOf);
  const sale = sellTariffs(demands, intended, finite.mass, tieOf(direct), outside?.worth, outside?.margins);
  return { intended, sale, attained: attainedBy(direct, demands, sale) };
};

/** The best menu that is found, sold as it is computed anew; undefined where the first one makes as much. */
const bestOf = (
  kind: IndirectImplementation,
  direct: DirectMenu,
  finite: FiniteBuyers,
  demands: SpaceDemands,
  { intended, sale, attained }: Offered,
  outside: TypesOutside | undefined,
): ImplementationResult['best'] => {
  const { mass } = finite;
  const [found] = bestSpaceTariffs({
    demands,
    mass,
    candidates: [...byEarnings(intended, sale.taken, mass), ...atCost(finite)],
    varied: implementers[kind].ofType.varied,
    surplusWeight: direct.objective.consumerSurplus / direct.objective.profit,
    ...(outside ? { outside: outside.worth } : {}),
    ...(outside?.margins ? { margins: outside.margins } : {}),
    counts: [MOST_TARIFFS],
  });
  const tariffs = chosenTariffs(found!, mass);
  const best = attainedBy(
    direct,
    demands,
    sellTariffs(demands, tariffs, mass, tieOf(direct), outside?.worth, outside?.margins),
  );
  if (best.attainedProfit === null || attained.attainedProfit === null) return undefined;
  return objectiveAttained(best, direct) > objectiveAttained(attained, direct)
    ? { ...best, isBest: false }
    : undefined;
};

/** The tariff of a menu that each type chooses. */
export const chosenTariffs = (
  { bundles, transfers }: Menu<UsageOffer>,
  mass: Float64Array,
): (SpaceTariff | undefined)[] => {
  const tariffs = bundles.map(
    ({ terms, tasks }, k): SpaceTariff => ({ ...terms, tasks, fee: transfers[k]! }),
  );
  return Array.from(profileSale(bundles, transfers, mass).choices, (k) => tariffs[k]);
};

/** Distinct tariffs, those with the most of their takers' money first, then those that nobody takes. */
export const byEarnings = (
  intended: readonly (SpaceTariff | undefined)[],
  taken: readonly (SpaceTariff | undefined)[],
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
export const atCost = ({ grid, types: { weights } }: FiniteBuyers): SpaceTariff[] => {
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
  const { takes } = worst;
  return {
    worst: {
      ...(value === undefined ? { name: name ?? String(worst.type + 1) } : { value }),
      ...(scale === undefined ? {} : { scale }),
      gain: worst.gain,
      ...(takes === undefined
        ? {}
        : {
            ...(takes.spendingCap < Number.POSITIVE_INFINITY
              ? { spendingCap: takes.spendingCap }
              : { markup: takes.markup }),
            upfront: takes.fee,
          }),
    },
  };
};

/** A tariff as a result has it. */
export const tariffResult = (
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
