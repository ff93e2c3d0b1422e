import { asPartOf, findShadowPrices, InputError, type SolvedMenu } from '@menusmith/core';
import type { Result } from '../result.ts';
import { solvingStudy } from '../solve/solve-study.ts';
import type { SolveProgress } from '../solve/solved.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import { gapOf } from '../tiers/one-dimensional-tiers.ts';
import {
  type FoundTiers,
  type TierMenu,
  type TierResult,
  type TiersResult,
  worthOf,
} from '../tiers/tiers-result.ts';
import { emptyMenu, foundSoFar, nothingFound } from '../tiers/tiers-so-far.ts';
import { worthOfNothing } from './priced-menu.ts';
import { leastCost, pricedStudy, type ShadowPriceList } from './priced-study.ts';
import { chargeFor } from './true-costs.ts';

/** Finds the best menu of so many tiers in a study that has no capacity. */
export type FreeTiers = (
  study: Study,
  count: number,
) => Generator<SolveProgress<unknown>, Pick<TiersResult, 'menus' | 'notes'>, boolean | undefined>;

/** Prices are raised so often, by so much of themselves and of cost, where no menu that was asked for is within capacity. */
const MOST_RAISES = 40;
const RAISE = 0.05;
/** Raises that bring use no closer to capacity are given up after so many: plans that stay on sale use what they use. */
const PATIENCE = 8;
/** Halvings of the way between prices at which promises are kept and prices at which capacity is. */
const MOST_HALVINGS = 12;
/** Of a menu of few, use need not be met to rounding: it can jump in the prices. */
const TOLERANCE = 1e-7;

/**
 * The best menus of few tiers whose mean use stays within capacity, each at shadow prices of its own, beside the full menu within capacity. A mixture of two
 * menus of few tiers is not one of few: where use jumps in the prices, part of capacity is left, and the gap to the bound at ρ tells of it.
 */
export function* tiersWithinCapacity(
  study: Study,
  counts: readonly number[],
  find: FreeTiers,
): Generator<SolveProgress<FoundTiers>, FoundTiers, boolean | undefined> {
  const fullOf = (own: FullMenu): TiersResult['full'] | undefined => {
    if (own.profit === null || own.consumerSurplus === null || own.upperBound === null) return undefined;
    const { objective: weights } = study.terms;
    const objective = weights.profit * own.profit + weights.consumerSurplus * own.consumerSurplus;
    return {
      profit: own.profit,
      ...(surplusWeightOf(study.terms) > 0 ? { objective } : {}),
      upperBound: own.upperBound,
      served: 1 - (own.excludedShare ?? 0),
    };
  };
  yield { iterations: 0, expectedGap: Number.NaN, incumbent: () => nothingFound(study, counts) };
  const solving = solvingStudy({ ...study, implementation: 'direct' });
  const { result } = yield* asPartOf(solving, (so) =>
    nothingFound(study, counts, fullOf(fullMenuOf(so.result))),
  );
  const full = fullOf(fullMenuOf(result));
  const ofGrid = result.grid && fullOf(result.grid);
  const grid = ofGrid && { types: result.finite!.types, ...ofGrid };
  if (full === undefined)
    throw new InputError('no-population', 'tiers: no menu within capacity was found', ['capacity']);
  // Few tiers for the continuous buyers of a grid are not bounded one by one.
  const bounded = (menu: TierMenu): TierMenu =>
    grid ? { ...menu, ...gapOf(worthOf(menu) - (menu.error ?? 0), full.upperBound) } : menu;
  const withGrid = (found: FoundTiers): FoundTiers => ({ ...found, ...(grid ? { grid } : {}) });
  const menus: TierMenu[] = [];
  const notes = new Set<string>();
  for (const count of counts) {
    const found = yield* asPartOf(menuWithinCapacity(study, count, find), ({ menu }) =>
      withGrid(foundSoFar(study, counts, full, [...menus, bounded(menu)])),
    );
    menus.push(bounded(found.menu));
    for (const note of found.notes) notes.add(note);
  }
  return withGrid({ full, menus, notes: [...notes, tiersWithin(true)] });
}

type FullMenu = Pick<Result, 'profit' | 'consumerSurplus' | 'excludedShare'> & {
  readonly upperBound: number | null;
};

const fullMenuOf = ({ profit, consumerSurplus, excludedShare, certificate }: Result): FullMenu => ({
  profit,
  consumerSurplus,
  excludedShare,
  upperBound: certificate.upperBound,
});

/** What a reader must know of tiers within capacity. */
export const tiersWithin = (hasPrices: boolean): string =>
  `Tiers are within capacity, each menu at shadow prices of its own, of which ${hasPrices ? 'tariffs' : 'bundles'} are made; cost and profit count what inputs cost.`;

/** What is wrong where one scale is asked for beside capacity. */
export const capacityIsOfAll = (who: string): InputError =>
  new InputError(
    'capacity',
    `${who}: capacity is for all buyers together, and --scale speaks of those of one scale`,
    ['capacity'],
  );

const isKeeping = ({ brokenBy }: TierMenu): boolean => brokenBy === undefined;

/** Whether a menu comes before another: one that keeps all promises before one that does not, of those that do not the one that breaks them by less. */
const isBetter = (one: TierMenu, other: TierMenu): boolean => {
  const [broken, less] = [one.brokenBy ?? 0, other.brokenBy ?? 0];
  return broken === less ? worthOf(one) > worthOf(other) : broken < less;
};

interface Asked {
  readonly menu: TierMenu;
  readonly prices: ShadowPriceList;
  readonly use: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

export interface MenuWithin {
  readonly menu: TierMenu;
  readonly notes: readonly string[];
}

/** The best menu of so many tiers whose mean use stays within capacity; where it is stopped before there is one, nothing is sold. */
export function* menuWithinCapacity(
  study: Study,
  count: number,
  find: FreeTiers,
): Generator<SolveProgress<MenuWithin>, MenuWithin, boolean | undefined> {
  const { capacity = {}, objective: weights } = study.terms;
  const names = Object.keys(capacity);
  const weight = weights.profit;
  const most = Float64Array.from(names, (name) => capacity[name]!);
  const costs = Float64Array.from(names, (name) => leastCost(study, name));
  const asked: Asked[] = [];
  let isStopped = false;
  const isWithin = ({ use }: Asked): boolean => names.every((name) => use[name]! <= capacity[name]!);
  /** The best of those within capacity, beside what bounds every menu: what is earned at any prices. */
  const best = (): MenuWithin | undefined => {
    const bound = asked.reduce(
      (least, { menu, prices: own }) => Math.min(least, menu.upperBound + weight * chargeFor(own, capacity)),
      Number.POSITIVE_INFINITY,
    );
    const menu = asked
      .filter(isWithin)
      .map((own) => menuAtTrueCosts(own, capacity, weight))
      .reduce<TierMenu | undefined>((a, b) => (a !== undefined && !isBetter(b, a) ? a : b), undefined);
    if (menu === undefined) return undefined;
    const certified = { ...menu, ...gapOf(worthOf(menu), bound) };
    return {
      menu: isKeeping(menu) ? certified : { ...certified, status: 'uncertified' },
      notes: asked.at(-1)!.notes,
    };
  };
  const incumbent = (): MenuWithin => best() ?? { menu: emptyMenu(study, count, Number.NaN), notes: [] };
  function* ask(prices: Float64Array): Generator<SolveProgress<MenuWithin>, SolvedMenu, boolean | undefined> {
    const list = Object.fromEntries(names.map((name, j) => [name, prices[j]!]));
    const finding = find(pricedStudy(study, list, study.solver.tolerance), count);
    const { menus, notes } = yield* asPartOf(finding, incumbent);
    const menu = menus[0]!;
    const use = Object.fromEntries(names.map((name) => [name, useOf(menu, name)]));
    asked.push({ menu, prices: list, use, notes });
    isStopped = (yield { iterations: asked.length, expectedGap: Number.NaN, incumbent }) === true;
    const worth = worthOf(menu) / weight + chargeFor(list, use);
    return { worth, use: Float64Array.from(names, (name) => use[name]!) };
  }
  /** Prices between those at which every promise is kept and those at which capacity is, where neither have both. */
  function* askBetween(): Generator<SolveProgress<MenuWithin>, void, boolean | undefined> {
    let over = asked.filter((own) => isKeeping(own.menu)).at(-1);
    let broken = asked.filter(isWithin).at(-1);
    for (let halvings = 0; halvings < MOST_HALVINGS && !isStopped; halvings++) {
      if (!(over && broken) || isWithin(over) || asked.some((own) => isWithin(own) && isKeeping(own.menu)))
        return;
      const [low, high] = [over.prices, broken.prices];
      yield* ask(Float64Array.from(names, (name) => (low[name]! + high[name]!) / 2));
      const last = asked.at(-1)!;
      if (isKeeping(last.menu)) over = last;
      else broken = last;
    }
  }
  const asking = findShadowPrices({ most, costs, nothing: worthOfNothing(study) }, TOLERANCE);
  let step = asking.next();
  while (step.done !== true) {
    const answer = yield* ask(step.value);
    if (isStopped) return incumbent();
    step = asking.next(answer);
  }
  const excess = ({ use }: Asked): number =>
    names.reduce((most, name) => Math.max(most, use[name]! / capacity[name]!), 0);
  let prices = step.value.prices;
  let [least, patience] = [Number.POSITIVE_INFINITY, PATIENCE];
  for (let raises = 0; raises < MOST_RAISES && patience > 0 && !asked.some(isWithin); raises++) {
    const last = asked.at(-1)!;
    patience = excess(last) < least ? PATIENCE : patience - 1;
    least = Math.min(least, excess(last));
    prices = prices.map((price, j) =>
      last.use[names[j]!]! > most[j]! ? price + RAISE * (costs[j]! + price) : price,
    );
    yield* ask(prices);
    if (isStopped) return incumbent();
  }
  yield* askBetween();
  const found = best();
  if (found === undefined)
    throw new InputError(
      'capacity',
      `tiers: no menu of ${count} within capacity was found${study.terms.keep === undefined ? '' : BESIDE_KEPT}`,
      ['capacity'],
    );
  return found;
}

const BESIDE_KEPT =
  ' beside what today’s plans promise: plans pay nobody for using less, as the menu of solve can; expected more capacity, or a smaller share';

/** Mean use of an input over all buyers, of plans that stay on sale too, whatever the model: `model.input` is the input of a model. */
const useOf = ({ tiers, kept = [] }: TierMenu, name: string): number =>
  [...tiers, ...kept].reduce((sum, { share, inputs }) => sum + share * amountOf(inputs, name), 0);

const amountOf = (inputs: Readonly<Record<string, number>>, name: string): number =>
  Object.entries(inputs).reduce(
    (sum, [own, amount]) => (own === name || own.endsWith(`.${name}`) ? sum + amount : sum),
    0,
  );

const menuAtTrueCosts = (
  { menu, prices, use }: Asked,
  capacity: Readonly<Record<string, number>>,
  weight: number,
): TierMenu => ({
  ...menu,
  profit: menu.profit + chargeFor(prices, use),
  ...(menu.objective === undefined ? {} : { objective: menu.objective + weight * chargeFor(prices, use) }),
  capacity,
  shadowPrices: prices,
  used: use,
  tiers: menu.tiers.map((tier) => tierAtTrueCosts(tier, prices)),
  ...(menu.kept === undefined ? {} : { kept: menu.kept.map((tier) => tierAtTrueCosts(tier, prices)) }),
});

const tierAtTrueCosts = (tier: TierResult, prices: ShadowPriceList): TierResult => {
  const charged = Object.entries(prices).reduce(
    (sum, [name, price]) => sum + price * amountOf(tier.inputs, name),
    0,
  );
  return { ...tier, cost: tier.cost - charged, margin: tier.margin + charged };
};
