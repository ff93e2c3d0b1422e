import { withBestTransfers } from '../finite/best-transfers.ts';
import type { CertifiedMenu } from '../finite/certified-menu.ts';
import type { FiniteProblem } from '../finite/finite-problem.ts';
import type { Progress } from '../finite/finite-solver.ts';
import {
  countedOffer,
  type Menu,
  objectiveOfSale,
  type ProfileBundle,
  type ProfileSale,
  profileSale,
  type SaleTerms,
  worthToTypes,
} from '../finite/profile-sales.ts';
import { relativeGap } from '../screening/certificate.ts';
import { profilePoint } from '../supply/profile-supply.ts';
import { climbed, WORTH_A_PASS } from './menu-climb.ts';
import { bestAdditions, groupedMenu, repriced, thinnedMenus, withBestAddition } from './menu-starts.ts';
import type { PureItems } from './pure-items.ts';
import { bestOfSets } from './pure-starts.ts';
import { type SoldItem, soldItems } from './sold-items.ts';
import { virtualClusters } from './virtual-clusters.ts';

/** A menu of few items for finitely many types of any kind, and what free choice makes of it. */
export interface ProfileMenu extends ProfileSale {
  readonly count: number;
  /** Profit and the share κ of consumer surplus, what is had outside included; profit where there is no κ. */
  readonly objective: number;
  readonly bundles: readonly ProfileBundle[];
  readonly transfers: readonly number[];
}

/** To whom items are sold, and how they are made; where there is `pure`, without lotteries. */
export type ProfileSeller = Pick<FiniteProblem, 'types' | 'mass' | 'supply'> & {
  readonly pure?: PureItems;
};

/** Items of the full menu that are tried as additions: those that earn most. */
const CANDIDATES = 96;
/** Single items to start from. */
const FIRST_ITEMS = 8;
/** Full menus of so few items are also thinned one by one. */
const SHORT = 24;

/**
 * Menus of at most K = 1 … `count` items for finitely many types of any kind, by a heuristic; each of them is offered to buyers who choose freely, so
 * that its profit is attained. The upper bound is that of the full menu.
 *
 * Menus to start from: the best one of K − 1 items with the item of the full menu that adds most, and the one that was grown so from none; items
 * efficient for K groups of the full optimum's virtual profiles (`virtualClusters`); and, of a short full menu, what is left when the items that
 * matter least have gone one by one. Each climbs (`climbed`), keeping only what earns more: raise or lower the transfer of one item, or of all from some price on, in common (`bestRise`,
 * exact); move one item towards the efficient one for the values that the menu's binding constraints make of it (`virtualProfile`), or for
 * the mean of its buyers' virtual values in the full optimum. Last, items are exchanged one by one. All of it in a fixed order, without chance.
 *
 * With `pure` no item is a lottery: of the full menu's only such as are none are taken, beside all that there are, or many; and where sets of them are few each is tried (`bestOfSets`).
 *
 * With `terms` the climb is in profit and κ times surplus, and a type takes what leaves her more than she has outside.
 *
 * A generator, as it can take long: after `next(true)` larger menus are left at what there is.
 */
export function* bestProfileBundles(
  { types, mass, supply, pure }: ProfileSeller,
  full: CertifiedMenu,
  count: number,
  terms: SaleTerms = { surplusWeight: 0 },
): Generator<Progress<readonly ProfileMenu[]>, readonly ProfileMenu[], boolean | undefined> {
  const tasks = types.weights.length;
  const point = profilePoint(supply);
  const made = (served: Float64Array): ProfileBundle | undefined => {
    supply.supply(served, types.weights, tasks, point);
    if (!point.solved || pure?.isPure(point.quality.subarray(0, tasks)) === false) return undefined;
    const quality = point.quality.slice(0, tasks);
    const offer = countedOffer(worthToTypes(types, quality), point.cost, terms);
    return { served, quality, making: point.cost, model: point.model, ...offer };
  };
  const climb = (start: Menu): Menu => climbed(start, { mass, valueAt: types.valueAt, made, full, terms });
  const finished = (size: number, menu: Menu): ProfileMenu => soldAs(size, menu, mass, terms);
  const sold = soldItems(full, types, mass, terms);
  const allowed = sold.filter(({ bundle }) => pure?.isPure(bundle.quality) !== false);
  const others = (pure?.served ?? []).flatMap((served) => made(served) ?? []);
  const candidates = [
    ...[...allowed].sort((a, b) => b.earned - a.earned).slice(0, CANDIDATES),
    ...others.map(unsold),
  ];
  const profiles = {
    values: sold.map(({ bundle }) => bundle.served),
    mass: Float64Array.from(sold, ({ mass: own }) => own),
    weights: types.weights,
  };
  const isClustered = sold.every(({ bundle }) => !bundle.served.some(Number.isNaN));
  const thinned = allowed.length <= SHORT ? thinnedMenus(repriced(allowed, mass), mass) : [];
  const menus: ProfileMenu[] = [];
  let menu: Menu = { bundles: [], transfers: [], profit: 0 };
  let grown = menu;
  let groups: readonly ProfileBundle[] = [];
  let isStopped = false;
  for (let size = 1; size <= count; size++) {
    if (isStopped) {
      menus.push(finished(size, menu));
      continue;
    }
    // A single item is climbed to from several.
    const added = bestAdditions(menu, candidates, mass, size === 1 ? FIRST_ITEMS : 1);
    const starts = added.length > 0 ? [...added] : [menu];
    if (grown !== menu) starts.unshift(withBestAddition(grown, candidates, mass) ?? grown);
    if (isClustered) {
      groups = virtualClusters(
        profiles,
        groups,
        candidates.map(({ bundle }) => bundle),
        made,
      );
      starts.push(groupedMenu(groups, profiles, mass, full, sold));
    }
    const left = thinned[size];
    if (left !== undefined) starts.push(left);
    const set = bestOfSets(others, size, mass);
    if (set !== undefined) starts.push(set);
    const climbs = starts.map(climb);
    // Menus grown item by item go on growing, also where groups are better for a while.
    grown = climbs[0]!;
    menu = climbs.reduce((a, b) => (b.profit > a.profit ? b : a), menu);
    menu = withExchanges(menu, candidates, mass, climb);
    menus.push(finished(size, menu));
    const expectedGap = relativeGap({ ...full.certificate, attained: menus.at(-1)!.objective });
    const found = menus.length;
    const last = menu;
    const incumbent = (): readonly ProfileMenu[] =>
      Array.from({ length: count }, (_, k) => (k < found ? menus[k]! : finished(k + 1, last)));
    isStopped = (yield { iterations: size, expectedGap, incumbent }) === true;
  }
  return menus;
}

/** What free choice makes of a menu, as one of at most `count` items. */
const soldAs = (
  count: number,
  { bundles, transfers }: Menu,
  mass: Float64Array,
  terms: SaleTerms,
): ProfileMenu => {
  const { choices } = profileSale(bundles, transfers, mass);
  return { count, bundles, transfers, choices, ...objectiveOfSale(bundles, transfers, choices, mass, terms) };
};

/** Items that begin the quick menus, and so many are added at most: few, as they are made while others wait. */
const QUICK = { candidates: 24, items: 8 } as const;

/** Menus of K = 1 … `count` items in a moment, for whoever cannot wait for `bestProfileBundles`: of the items of a full menu, or what there is of it, those that add most one after another. */
export const quickProfileBundles = (
  { types, mass, pure }: Omit<ProfileSeller, 'supply'>,
  full: CertifiedMenu,
  count: number,
  terms: SaleTerms = { surplusWeight: 0 },
): readonly ProfileMenu[] => {
  const candidates = soldItems(full, types, mass, terms)
    .filter(({ bundle }) => pure?.isPure(bundle.quality) !== false)
    .sort((a, b) => b.earned - a.earned)
    .slice(0, QUICK.candidates);
  let menu: Menu = { bundles: [], transfers: [], profit: 0 };
  return Array.from({ length: count }, (_, k) => {
    if (k < QUICK.items) menu = withBestAddition(menu, candidates, mass) ?? menu;
    return soldAs(k + 1, menu, mass, terms);
  });
};

/** An item that the full menu does not have, at the most that somebody would pay. */
const unsold = (bundle: ProfileBundle): SoldItem => ({
  bundle,
  transfer: bundle.worth.reduce((a, b) => Math.max(a, b), 0),
  mass: 0,
  earned: 0,
  members: [],
});

/** Each item in turn is taken out and the best addition put in its place, as long as what one climbs to from there earns more. */
const withExchanges = (
  start: Menu,
  candidates: readonly SoldItem[],
  mass: Float64Array,
  climb: (menu: Menu) => Menu,
): Menu => {
  let menu = start;
  for (let k = 0, kept = 0; kept < menu.bundles.length && menu.bundles.length > 1; kept++) {
    const isLeft = (_: unknown, l: number): boolean => l !== k;
    const bundles = menu.bundles.filter(isLeft);
    const transfers = menu.transfers.filter(isLeft);
    const { profit } = profileSale(bundles, transfers, mass);
    const rest = withBestTransfers({ bundles, transfers, profit }, mass);
    const found = climb(withBestAddition(rest, candidates, mass) ?? rest);
    if (found.profit > menu.profit * (1 + WORTH_A_PASS)) {
      menu = found;
      kept = -1;
    }
    k = (k + 1) % menu.bundles.length;
  }
  return menu;
};
