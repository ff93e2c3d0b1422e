import { OUTSIDE } from '../finite/outside-option.ts';
import { largestShares, suppliedItems, wholeShares } from '../finite/supplied-items.ts';
import { curvedPoint, type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import type { GridServedValues } from './grid-served-values.ts';
import { type LeastCost, type MadeProfile, resale } from './made-profile.ts';

/** What is made for the buyers of a cell: its quality on their blocks of tasks, and how. */
type CellItem = MadeProfile & { readonly quality: Float64Array };

/** Makes items for cells of values, as what a solved grid says of buyers between its types has it. */
export interface ItemMaker {
  /** Whether the seller serves a value at the l-th scale, by the straight continuation of φ. */
  isServed(value: number, l: number): boolean;
  /**
   * The item of a cell, served for its middle; undefined where nothing is made. Whom a rival serves best has his product, as she would choose it: it leaves her no more than he does, but
   * between her and who is served items can be mixed.
   */
  item(cell: number, l: number, start: number, end: number): CellItem | undefined;
  /** The rival's product for a value at the l-th scale, as she chooses it, and what it leaves her; undefined where there is none that items can be mixed with. */
  fromRival(value: number, l: number): CellItem | undefined;
  /** What a value at the l-th scale has from the rival; −∞ without one. */
  elsewhere(value: number, l: number): number;
}

export const itemMaker = (
  given: GridServedValues,
  supply: ProfileSupply,
  costOf: LeastCost,
  lotteries: boolean,
): ItemMaker => {
  const { weights } = given;
  const { models } = supply;
  const count = models?.length ?? 1;
  const rival = models?.at(-1)?.name === OUTSIDE ? models.at(-1) : undefined;
  const point = curvedPoint(supply);
  const byLottery = lotteryItems(supply, weights);
  const atRival = profilePoint(rival?.supply ?? supply);

  const isServed: ItemMaker['isServed'] = (value, l) => {
    const own = given.at(value, l);
    if (own === undefined) return false;
    if (own.shares) return !rival || own.shares[count - 1]! < 1;
    // Beside something outside service begins with the grid's cell, which knows of other scales, where φ is above 0.
    if (rival) return own.served.some((phi, m) => weights[m]! * phi > 0);
    supply.supply(own.served, weights, l + 1, point);
    for (let m = 0; m <= l; m++) if (weights[m]! > 0 && point.quality[m]! > 0) return true;
    return false;
  };
  /** As the rival's buyers choose it. */
  const fromRival = (value: number, l: number): CellItem | undefined => {
    if (!(rival && lotteries)) return undefined;
    const served = new Float64Array(l + 1).fill(value);
    rival.supply.supply(served, weights, l + 1, atRival);
    if (!atRival.solved) return undefined;
    const quality = atRival.quality.slice(0, l + 1);
    const shares = wholeShares([count - 1], count);
    return {
      quality,
      served,
      cost: atRival.cost,
      sharedCost: 0,
      shares,
      resold: { quality, cost: atRival.cost },
    };
  };
  const elsewhere: ItemMaker['elsewhere'] = (value, l) => {
    if (!rival) return Number.NEGATIVE_INFINITY;
    rival.supply.supply(new Float64Array(l + 1).fill(value), weights, l + 1, atRival);
    return atRival.surplus;
  };
  const byOne = (served: Float64Array, l: number): CellItem | undefined => {
    supply.supply(served, weights, l + 1, point);
    if (!point.solved) return undefined;
    const { cost, sharedCost, model } = point;
    const quality = point.quality.slice(0, l + 1);
    return { quality, served, cost, sharedCost, shares: wholeShares([model], count) };
  };
  const item: ItemMaker['item'] = (cell, l, start, end) => {
    const outright = given.outright(cell, l);
    if (outright) {
      if (!(end > start)) return undefined;
      const made = costOf(outright, weights.subarray(0, l + 1), new Float64Array(l + 1));
      return made && { ...made, quality: outright };
    }
    const middle = (start + end) / 2;
    const at = end > start ? given.at(middle, l) : undefined;
    if (at === undefined) return fromRival(end > start ? middle : end, l);
    const { served, shares } = at;
    const made = shares
      ? byLottery(served, l, lotteries ? shares : wholeShares(largestShares(shares, count), count))
      : byOne(served, l);
    if (
      made === undefined ||
      !(made.quality.some((q, m) => weights[m]! * q > 0) && Number.isFinite(made.cost))
    )
      return undefined;
    return rival && made.shares[count - 1] === 1 ? fromRival(middle, l) : made;
  };
  return { isServed, item, fromRival, elsewhere };
};

/** Items for φ on the first l + 1 blocks that are lotteries between a supply's models. */
const lotteryItems = (
  supply: ProfileSupply,
  weights: Float64Array,
): ((served: Float64Array, l: number, shares: Float64Array) => CellItem) => {
  const point = profilePoint(supply);
  const resoldBy = resale(supply.models);
  return (served, l, shares) => {
    const own = weights.subarray(0, l + 1);
    const one = {
      offsets: Int32Array.of(0, l + 1),
      ends: Int32Array.from(own, (_, m) => m + 1),
      quality: served,
    };
    const { items, costs } = suppliedItems(one, own, supply, shares);
    let sharedCost = 0;
    supply.models!.forEach((model, i) => {
      if (!(shares[i]! > 0)) return;
      model.supply.supply(served, own, l + 1, point);
      sharedCost += shares[i]! * point.sharedCost;
    });
    const resold = resoldBy(served, own, shares);
    return { quality: items.quality, served, cost: costs[0]!, sharedCost, shares, ...resold };
  };
};
