import { isMade, itemQuality, type PopulationMenu } from './population-menu.ts';

/** Quality jumps to an item where it rises at so many times the rate at which it goes on. */
const JUMP = 2;

/**
 * A menu in which others are on sale between neighbours of a scale. Its items are each made for the middle of a cell of values. With so many items alone, quality rises in steps where cells end, and U is a
 * polygon; now quality is straight between middles, and U, which is still its integral, a parabola. Where service begins with next to no quality there are items between nothing and the first.
 */
export const menuWithItemsBetween = (
  menu: PopulationMenu,
  parts: number,
  highest: number,
  bunch: (menu: PopulationMenu) => void,
): PopulationMenu => {
  const { perScale, starts, quality, served, transfers, costs, sharedCosts, shares } = menu;
  const finer = {
    ...menu,
    parts,
    bends: new Float64Array(transfers.length),
    quality: quality.slice(),
    served: served.slice(),
    transfers: transfers.slice(),
    costs: costs.slice(),
    sharedCosts: sharedCosts.slice(),
    shares: shares.slice(),
  };
  const widthOf = (k: number): number => ((k + 1) % perScale === 0 ? highest : starts[k + 1]!) - starts[k]!;
  const totals = Float64Array.from(transfers, (_, k) => (isMade(menu, k) ? itemQuality(menu, k) : 0));
  const apart = new Float64Array(transfers.length);
  for (let first = 0; first < transfers.length; first += perScale) {
    let [rent, at, total] = [0, Number.NaN, 0];
    for (let k = first; k < first + perScale; k++) {
      if (!(totals[k]! > 0)) continue;
      const own = totals[k]!;
      const middle = starts[k]! + widthOf(k) / 2;
      if (Number.isNaN(at)) {
        const next = k + 1 < first + perScale ? totals[k + 1]! - own : 0;
        const isFromNone = own * (widthOf(k) + widthOf(k + 1)) < JUMP * next * widthOf(k);
        [at, total] = [starts[k]!, isFromNone ? 0 : own];
      }
      if (total < own) apart[k] = middle - at;
      rent += ((middle - at) * (total + own)) / 2;
      finer.transfers[k] = middle * own - rent;
      [at, total] = [middle, own];
    }
  }
  bunch(finer);
  for (let k = 0; k < apart.length; k++) {
    const before = k % perScale > 0 && isMade(finer, k - 1) ? k - 1 : -1;
    const rise = itemQuality(finer, k) - (before < 0 ? 0 : itemQuality(finer, before));
    const isJoined = isMade(finer, k) && rise > 0 && (before < 0 || hasModelsOf(finer, k, before));
    if (isJoined) finer.bends[k] = (rise * apart[k]!) / 8;
  }
  return finer;
};

/** Whether two items are made by the same models. */
const hasModelsOf = ({ models, shares }: PopulationMenu, a: number, b: number): boolean => {
  for (let i = 0; i < models; i++)
    if (shares[a * models + i]! > 0 !== shares[b * models + i]! > 0) return false;
  return true;
};
