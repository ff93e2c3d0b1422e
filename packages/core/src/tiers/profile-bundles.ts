import { relativeGap } from '../certificate.ts';
import type { CertifiedMenu } from '../finite/certified-menu.ts';
import { curvedPoint } from '../finite/curved-supply.ts';
import type { FiniteProblem } from '../finite/finite-problem.ts';
import { writeProfile } from '../finite/item-profiles.ts';
import type { Progress } from '../finite/solve-finite.ts';
import {
  bestRise,
  type ProfileBundle,
  type ProfileSale,
  profileSale,
  worthToTypes,
} from './profile-sales.ts';
import { virtualClusters } from './virtual-clusters.ts';

/** A menu of few items for finitely many types of any kind, and what free choice makes of it. */
export interface ProfileMenu extends ProfileSale {
  readonly count: number;
  readonly bundles: readonly ProfileBundle[];
  readonly transfers: readonly number[];
}

/** Items of the full menu that are tried as additions: those that earn most. */
const CANDIDATES = 96;
/** Single items to start from. */
const FIRST_ITEMS = 8;
const MOST_SWEEPS = 12;
const MOST_PASSES = 12;
/** Relative to profit: gains that are worth another round. */
const GAIN = 1e-9;
const WORTH_A_PASS = 1e-6;
/** How far an item is moved towards what is proposed for it. */
const STRIDES = [1, 0.5, 0.2];

interface Menu {
  readonly bundles: readonly ProfileBundle[];
  readonly transfers: readonly number[];
  readonly profit: number;
}

/**
 * Menus of at most K = 1 … `count` items for finitely many types of any kind, by a heuristic; each of them is offered to buyers who choose freely, so
 * that its profit is attained. The upper bound is that of the full menu.
 *
 * Menus to start from: the best one of K − 1 items with the item of the full menu that adds most, and the one that was grown so from none; items efficient for K groups of the full
 * optimum's virtual profiles (`virtualClusters`); and, of a short full menu, what is left when the items that matter least have gone one by one.
 * Each climbs, keeping only what earns more: raise or lower the transfer of one item, or of all from some price on, in common (`bestRise`,
 * exact); move one item towards the efficient one for the values that the menu's binding constraints make of it (`virtualProfile`), or for
 * the mean of its buyers' virtual values in the full optimum. Last, items are exchanged one by one. All of it in a fixed order, without chance.
 *
 * A generator, as it can take long: after `next(true)` larger menus are left at what there is.
 */
export function* bestProfileBundles(
  { types, mass, supply }: FiniteProblem,
  full: CertifiedMenu,
  count: number,
): Generator<Progress, readonly ProfileMenu[], boolean | undefined> {
  const tasks = types.weights.length;
  const point = curvedPoint(supply);
  const made = (served: Float64Array): ProfileBundle | undefined => {
    supply.supply(served, types.weights, tasks, point);
    if (!point.solved) return undefined;
    const quality = point.quality.slice(0, tasks);
    return { served, quality, cost: point.cost, worth: worthToTypes(types, quality) };
  };
  const sold = soldItems(full, types, mass);
  const candidates = [...sold].sort((a, b) => b.earned - a.earned).slice(0, CANDIDATES);
  const profiles = {
    values: sold.map(({ bundle }) => bundle.served),
    mass: Float64Array.from(sold, ({ mass: own }) => own),
    weights: types.weights,
  };
  const isClustered = sold.every(({ bundle }) => !bundle.served.some(Number.isNaN));
  const thinned = sold.length <= SHORT ? thinnedMenus(repriced(sold, mass), mass) : [];
  const menus: ProfileMenu[] = [];
  let menu: Menu = { bundles: [], transfers: [], profit: 0 };
  let grown = menu;
  let groups: readonly ProfileBundle[] = [];
  let isStopped = false;
  for (let size = 1; size <= count; size++) {
    if (isStopped) {
      menus.push({ count: size, ...menu, ...profileSale(menu.bundles, menu.transfers, mass) });
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
    const found = starts.map((start) => climbed(start, mass, types.valueAt, made, full));
    // Menus grown item by item go on growing, also where groups are better for a while.
    grown = found[0]!;
    menu = found.reduce((a, b) => (b.profit > a.profit ? b : a), menu);
    menu = withExchanges(menu, candidates, mass, (start) => climbed(start, mass, types.valueAt, made, full));
    menus.push({ count: size, ...menu, ...profileSale(menu.bundles, menu.transfers, mass) });
    const expectedGap = relativeGap({ ...full.certificate, attainedProfit: menu.profit });
    isStopped = (yield { iterations: size, expectedGap }) === true;
  }
  return menus;
}

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

/** Full menus of so few items are also thinned one by one. */
const SHORT = 24;

/** thinned[k]: the full menu without the items whose loss costs least, one after another, until k are left. */
const thinnedMenus = (whole: Menu, mass: Float64Array): readonly Menu[] => {
  const thinned: Menu[] = [];
  let menu = whole;
  for (;;) {
    thinned[menu.bundles.length] = menu;
    if (menu.bundles.length <= 1) return thinned;
    let best: Menu | undefined;
    for (let out = 0; out < menu.bundles.length; out++) {
      const isLeft = (_: unknown, k: number): boolean => k !== out;
      const bundles = menu.bundles.filter(isLeft);
      const transfers = menu.transfers.filter(isLeft);
      const { profit } = profileSale(bundles, transfers, mass);
      const left = withBestTransfers({ bundles, transfers, profit }, mass);
      if (!(best !== undefined && best.profit >= left.profit)) best = left;
    }
    menu = best!;
  }
};

/**
 * Items of groups, each at the most that all of its group would pay rather than take another or none: T_k the shortest path from none, T_l + least
 * ⟨w_n, q_k − q_l⟩ over the group. Where groups cannot be told apart so, paths end after as many steps as there are items.
 */
const groupedMenu = (
  groups: readonly ProfileBundle[],
  { weights }: { readonly weights: Float64Array },
  mass: Float64Array,
  full: CertifiedMenu,
  sold: readonly SoldItem[],
): Menu => {
  const size = groups.length;
  const groupOf = new Map<number, number>();
  for (const { bundle, members } of sold) {
    let [most, which] = [0, -1];
    groups.forEach(({ quality, cost }, k) => {
      let worth = -cost;
      for (let m = 0; m < weights.length; m++) worth += weights[m]! * bundle.served[m]! * quality[m]!;
      if (worth > most) [most, which] = [worth, k];
    });
    for (const item of members) groupOf.set(item, which);
  }
  const steps = Array.from({ length: size }, () => new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY));
  full.choices.forEach((item, n) => {
    const k = item < 0 ? -1 : (groupOf.get(item) ?? -1);
    if (k < 0 || !(mass[n]! > 0)) return;
    const own = groups[k]!.worth[n]!;
    for (let l = 0; l <= size; l++) {
      const other = l === size ? 0 : groups[l]!.worth[n]!;
      steps[k]![l] = Math.min(steps[k]![l]!, own - other);
    }
  });
  const transfers = steps.map((step) => step[size]!);
  for (let round = 0; round < size; round++) {
    for (let k = 0; k < size; k++) {
      for (let l = 0; l < size; l++)
        if (l !== k) transfers[k] = Math.min(transfers[k]!, transfers[l]! + steps[k]![l]!);
    }
  }
  const isPriced = (_: unknown, k: number): boolean => Number.isFinite(transfers[k]);
  const bundles = groups.filter(isPriced);
  const priced = transfers.filter(isPriced);
  return { bundles, transfers: priced, profit: profileSale(bundles, priced, mass).profit };
};

interface SoldItem {
  readonly bundle: ProfileBundle;
  readonly transfer: number;
  readonly mass: number;
  readonly earned: number;
  /** Items of the full menu that are this one. */
  readonly members: readonly number[];
}

/** The distinct items of the full menu that somebody takes. */
const soldItems = (
  { items, served, choices, transfers, costs }: CertifiedMenu,
  types: FiniteProblem['types'],
  mass: Float64Array,
): readonly SoldItem[] => {
  const masses = new Map<number, number>();
  choices.forEach((k, n) => {
    if (k >= 0 && mass[n]! > 0) masses.set(k, (masses.get(k) ?? 0) + mass[n]!);
  });
  const distinct = new Map<string, { members: number[]; quality: Float64Array; mass: number }>();
  for (const [k, own] of [...masses].sort(([a], [b]) => a - b)) {
    const quality = new Float64Array(types.weights.length);
    writeProfile(items, k, quality);
    // Items that differ by what a solver left undone are one.
    const key = quality.reduce((text, q) => `${text},${q.toPrecision(7)}`, '');
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { members: [k], quality, mass: own });
    else {
      known.mass += own;
      known.members.push(k);
    }
  }
  return [...distinct.values()].map(({ members, quality, mass: own }) => {
    const [k = 0] = members;
    const values = new Float64Array(quality.length);
    writeProfile({ ...items, quality: served }, k, values);
    const bundle = { served: values, quality, cost: costs[k]!, worth: worthToTypes(types, quality) };
    return { bundle, transfer: transfers[k]!, mass: own, earned: own * (transfers[k]! - costs[k]!), members };
  });
};

/** The full menu at its own transfers. */
const repriced = (sold: readonly SoldItem[], mass: Float64Array): Menu => {
  const bundles = sold.map(({ bundle }) => bundle);
  const transfers = sold.map(({ transfer }) => transfer);
  return { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
};

/** The menus with the items that add most at their best prices, best first; none where no item adds anything. */
const bestAdditions = (
  menu: Menu,
  candidates: readonly SoldItem[],
  mass: Float64Array,
  most: number,
): readonly Menu[] =>
  candidates
    .map(({ bundle, transfer }): Menu => {
      const bundles = [...menu.bundles, bundle];
      const { rise } = bestRise(
        bundles,
        [...menu.transfers, transfer],
        mass,
        (k) => k === menu.bundles.length,
      );
      const transfers = [...menu.transfers, transfer + rise];
      return { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
    })
    .filter(({ profit }) => profit > menu.profit)
    .sort((a, b) => b.profit - a.profit)
    .slice(0, most);

const withBestAddition = (
  menu: Menu,
  candidates: readonly SoldItem[],
  mass: Float64Array,
): Menu | undefined => bestAdditions(menu, candidates, mass, 1)[0];

/** Transfers climbed: of each item alone, and of all from each price on. */
const withBestTransfers = (menu: Menu, mass: Float64Array): Menu => {
  const { bundles } = menu;
  let best = menu;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const before = best.profit;
    const raise = (isRaised: (k: number) => boolean): void => {
      const { rise } = bestRise(bundles, best.transfers, mass, isRaised);
      if (rise === 0 || !Number.isFinite(rise)) return;
      const transfers = best.transfers.map((transfer, k) => (isRaised(k) ? transfer + rise : transfer));
      const { profit } = profileSale(bundles, transfers, mass);
      if (profit > best.profit) best = { bundles, transfers, profit };
    };
    for (let k = 0; k < bundles.length; k++) {
      const from = best.transfers[k]!;
      const { transfers } = best;
      raise((l) => l === k);
      raise((l) => transfers[l]! >= from);
    }
    if (!(best.profit - before > GAIN * best.profit)) break;
  }
  return best;
};

const climbed = (
  start: Menu,
  mass: Float64Array,
  valueAt: (n: number, m: number) => number,
  made: (served: Float64Array) => ProfileBundle | undefined,
  full: CertifiedMenu,
): Menu => {
  let menu = withBestTransfers(start, mass);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = menu.profit;
    for (let k = 0; k < menu.bundles.length; k++) {
      const own = menu.bundles[k]!.served;
      if (own.some(Number.isNaN)) continue;
      for (const target of proposalsFor(menu, k, mass, valueAt, full)) {
        for (const stride of STRIDES) {
          const bundle = made(own.map((value, m) => value + stride * (target[m]! - value)));
          if (bundle === undefined) continue;
          const moved = withItem(menu, k, bundle, mass);
          if (!(moved.profit > menu.profit * (1 + GAIN))) continue;
          menu = moved;
          break;
        }
      }
    }
    if (!(menu.profit - before > WORTH_A_PASS * menu.profit)) break;
  }
  return menu;
};

/** The menu with another item in the k-th place: its price, and if that comes near to what was earned, all prices. */
const withItem = (menu: Menu, k: number, bundle: ProfileBundle, mass: Float64Array): Menu => {
  const bundles = menu.bundles.map((own, l) => (l === k ? bundle : own));
  const { rise } = bestRise(bundles, menu.transfers, mass, (l) => l === k);
  const transfers = menu.transfers.map((transfer, l) => (l === k ? transfer + rise : transfer));
  const { profit } = profileSale(bundles, transfers, mass);
  const moved = { bundles, transfers, profit };
  return profit > NEAR * menu.profit ? withBestTransfers(moved, mass) : moved;
};

const NEAR = 0.98;

/** Served values to move the k-th item towards. */
const proposalsFor = (
  menu: Menu,
  k: number,
  mass: Float64Array,
  valueAt: (n: number, m: number) => number,
  full: CertifiedMenu,
): readonly Float64Array[] => {
  const { choices } = profileSale(menu.bundles, menu.transfers, mass);
  const tasks = menu.bundles[k]!.served.length;
  const proposals: Float64Array[] = [];
  const virtual = virtualProfile(menu, k, choices, mass, valueAt);
  if (virtual !== undefined) proposals.push(virtual);
  const mean = new Float64Array(tasks);
  const own = new Float64Array(tasks);
  let total = 0;
  choices.forEach((choice, n) => {
    if (choice !== k || !(mass[n]! > 0)) return;
    total += mass[n]!;
    const item = full.choices[n]!;
    if (item < 0) return;
    writeProfile({ ...full.items, quality: full.served }, item, own);
    for (let m = 0; m < tasks; m++) mean[m]! += mass[n]! * own[m]!;
  });
  if (total > 0 && !mean.some(Number.isNaN)) proposals.push(mean.map((sum) => sum / total));
  return proposals;
};

/**
 * The values for which the k-th item is best, its menu's binding constraints given. Let every item's buyer who is closest to leaving it, n_l, be
 * kept by its transfer from her next best item (or none), its parent. Transfers then follow the tree, and an item's transfer carries those of all
 * items above it in the tree, of mass M_l in sum:
 *
 *     φ_k = (M_k w_{n_k} − Σ_{l: parent k} M_l w_{n_l}) / f_k,    f_k the mass of its own buyers.
 *
 * Undefined where nobody takes it, or where parents form a cycle.
 */
const virtualProfile = (
  { bundles, transfers }: Menu,
  k: number,
  choices: Int32Array,
  mass: Float64Array,
  valueAt: (n: number, m: number) => number,
): Float64Array | undefined => {
  const size = bundles.length;
  const own = new Float64Array(size);
  const slack = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const parent = new Int32Array(size).fill(-1);
  const marginal = new Int32Array(size).fill(-1);
  choices.forEach((choice, n) => {
    if (choice < 0 || !(mass[n]! > 0)) return;
    own[choice]! += mass[n]!;
    const utility = bundles[choice]!.worth[n]! - transfers[choice]!;
    for (let l = -1; l < size; l++) {
      if (l === choice) continue;
      const other = l < 0 ? 0 : bundles[l]!.worth[n]! - transfers[l]!;
      if (!(utility - other < slack[choice]!)) continue;
      slack[choice] = utility - other;
      parent[choice] = l;
      marginal[choice] = n;
    }
  });
  if (!(own[k]! > 0)) return undefined;
  const carried = new Float64Array(size);
  for (let l = 0; l < size; l++) {
    let steps = 0;
    for (let at = l; at >= 0; at = parent[at]!) {
      carried[at]! += own[l]!;
      if (++steps > size) return undefined;
    }
  }
  const profile = new Float64Array(bundles[k]!.served.length);
  for (let m = 0; m < profile.length; m++) {
    let sum = carried[k]! * valueAt(marginal[k]!, m);
    for (let l = 0; l < size; l++) if (parent[l] === k) sum -= carried[l]! * valueAt(marginal[l]!, m);
    profile[m] = sum / own[k]!;
  }
  return profile;
};
