import { dearestTransfers, withBestTransfers } from '../finite/best-transfers.ts';
import type { CertifiedMenu } from '../finite/certified-menu.ts';
import { bestRise, type Menu, type ProfileBundle, profileSale } from '../finite/profile-sales.ts';
import type { SoldItem } from './sold-items.ts';

/** The full menu at its own transfers. */
export const repriced = (sold: readonly SoldItem[], mass: Float64Array): Menu => {
  const bundles = sold.map(({ bundle }) => bundle);
  const transfers = sold.map(({ transfer }) => transfer);
  return { bundles, transfers, profit: profileSale(bundles, transfers, mass).profit };
};

/** The menus with the items that add most at their best prices, best first; none where no item adds anything. */
export const bestAdditions = (
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

export const withBestAddition = (
  menu: Menu,
  candidates: readonly SoldItem[],
  mass: Float64Array,
): Menu | undefined => bestAdditions(menu, candidates, mass, 1)[0];

/** thinned[k]: the full menu without the items whose loss costs least, one after another, until k are left. */
export const thinnedMenus = (whole: Menu, mass: Float64Array): readonly Menu[] => {
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
 * Items of groups, each at the most that all of its group would pay rather than take another or none.
 */
export const groupedMenu = (
  groups: readonly ProfileBundle[],
  { weights }: { readonly weights: Float64Array },
  mass: Float64Array,
  full: CertifiedMenu,
  sold: readonly SoldItem[],
): Menu => {
  const groupOf = new Map<number, number>();
  for (const { bundle, members } of sold) {
    let [most, which] = [0, -1];
    groups.forEach(({ quality, making }, k) => {
      let worth = -making;
      for (let m = 0; m < weights.length; m++) worth += weights[m]! * bundle.served[m]! * quality[m]!;
      if (worth > most) [most, which] = [worth, k];
    });
    for (const item of members) groupOf.set(item, which);
  }
  const takes = full.choices.map((item) => (item < 0 ? -1 : (groupOf.get(item) ?? -1)));
  const transfers = dearestTransfers(groups, takes, mass);
  const isPriced = (_: unknown, k: number): boolean => Number.isFinite(transfers[k]);
  const bundles = groups.filter(isPriced);
  const priced = transfers.filter(isPriced);
  return { bundles, transfers: priced, profit: profileSale(bundles, priced, mass).profit };
};
