import { withBestTransfers } from '../finite/best-transfers.ts';
import { bestRise, type Menu, type ProfileBundle, profileSale } from '../finite/profile-sales.ts';
import { type Climb, proposalsFor } from './item-proposals.ts';

const MOST_PASSES = 12;
/** Relative to profit: gains that are worth another round. */
const GAIN = 1e-9;
export const WORTH_A_PASS = 1e-6;
/** How far an item is moved towards what is proposed for it. */
const STRIDES = [1, 0.5, 0.2];
/** Menus with less than this share of what was earned are left without better prices. */
const NEAR = 0.98;

/** What one climbs to from a menu: items moved one by one towards what is proposed for them, prices made best, as long as that earns more. */
export const climbed = (start: Menu, climb: Climb): Menu => {
  const { mass, made } = climb;
  let menu = withBestTransfers(start, mass);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const before = menu.profit;
    for (let k = 0; k < menu.bundles.length; k++) {
      const own = menu.bundles[k]!.served;
      if (own.some(Number.isNaN)) continue;
      for (const target of proposalsFor(menu, k, climb)) {
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
