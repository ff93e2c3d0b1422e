import { upperEnvelope } from '../screening/upper-envelope.ts';
import type { MadeItem } from './population-fallback.ts';
import { isMade, type PopulationMenu } from './population-menu.ts';

/** What buyers of one scale are offered, as lines w ↦ w·quality − transfer, and which values take which. */
export interface ScaleOffer {
  readonly scale: number;
  /** Items that are taken, by ascending value; `isNone` where nothing is. */
  readonly taken: readonly OfferedItem[];
}

export interface OfferedItem {
  /** The lowest value that takes it. */
  readonly from: number;
  readonly isNone: boolean;
  /** ∫ q over the buyer's own tasks. */
  readonly quality: number;
  readonly transfer: number;
  /** What item of the menu it is, or which mixture. */
  readonly item: ItemAt;
}

/** An item of the menu; or, with a share, the mixture of this one and of the same place in the scale above. */
interface ItemAt {
  readonly number: number;
  /** −1 for an item of the menu itself. */
  readonly mixed: number;
}

/**
 * Gains below this share of the largest transfer are ties, in which a buyer takes what is made for her scale. Mixtures of items and the items that they
 * mix are equal but for the rounding of many sums: wider than `TIE` of free choice.
 */
const MIXTURE_TIE = 1e-10;

/**
 * Free choice from a population's menu at any scale.
 *
 * A buyer whose scale lies between two of the menu's, a share y of the way, is offered the mixture of what both are offered: transfers and qualities
 * (1 − y) to y on the tasks of the lower scale, and the upper one's quality on the tasks between it and her own. Her utility is then the same mixture
 * of theirs, and from any other mixture it is straight between items that are looked at: none is better than all of these.
 */
export const populationOffers = (
  menu: PopulationMenu,
  values: { readonly min: number; readonly max: number },
): ((scale: number) => ScaleOffer) => {
  const { scales, perScale, quality, transfers, isUnmixed = false } = menu;
  const levels = scales.length;
  const count = transfers.length;
  const mixtures = isUnmixed ? 0 : perScale;
  const made = Array.from(transfers, (_, k) => isMade(menu, k));
  /** ∫ q of every item up to the end of every block. */
  const used = new Float64Array(count * levels);
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let l = 0; l < levels; l++) {
      sum += (scales[l]! - (scales[l - 1] ?? 0)) * quality[k * levels + l]!;
      used[k * levels + l] = sum;
    }
  }
  const tie = MIXTURE_TIE * transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  // Lines: mixtures first, then the menu's items, then none.
  const lines = perScale + count + 1;
  const none = lines - 1;
  const slopes = new Float64Array(lines);
  const prices = new Float64Array(lines);
  prices.set(transfers, perScale);
  const order = new Int32Array(lines);
  const hull = new Int32Array(lines);
  /** Adds a line to those in order of slopes; they nearly ascend as they are. */
  const insert = (line: number, size: number): number => {
    let at = size;
    for (; at > 0 && slopes[order[at - 1]!]! > slopes[line]!; at--) order[at] = order[at - 1]!;
    order[at] = line;
    return size + 1;
  };
  const kinkAfter = (h: number): number => {
    const [a, b] = [hull[h]!, hull[h + 1]!];
    return (prices[b]! - prices[a]!) / (slopes[b]! - slopes[a]!);
  };
  return (scale) => {
    const { cell, low, share } = placeOf(scales, scale);
    const beyond = scale - low;
    const next = cell + 1 < levels ? cell + 1 : -1;
    for (let k = 0; k < count; k++) {
      const before = cell < 0 ? 0 : used[k * levels + cell]!;
      slopes[perScale + k] = before + (next < 0 ? 0 : beyond * quality[k * levels + next]!);
    }
    let size = insert(none, 0);
    for (let f = 0; f < mixtures; f++) {
      const [k, above] = [cell * perScale + f, next * perScale + f];
      slopes[f] = prices[f] = 0;
      // Of nothing that the seller makes there is no mixture.
      if (!(cell >= 0 && made[k]) && !(next >= 0 && made[above])) continue;
      if (cell >= 0 && share < 1) {
        slopes[f] = (1 - share) * used[k * levels + cell]!;
        prices[f] = (1 - share) * transfers[k]!;
      }
      if (next >= 0 && share > 0) {
        const before = cell < 0 ? 0 : used[above * levels + cell]!;
        slopes[f]! += share * before + beyond * quality[above * levels + next]!;
        prices[f]! += share * transfers[above]!;
      }
      if (slopes[f]! > 0) size = insert(f, size);
    }
    let taken = upperEnvelope(order, size, slopes, prices, hull);
    const own = taken;
    for (let k = 0; k < count; k++) {
      const line = perScale + k;
      const slope = slopes[line]!;
      if (!(slope > 0)) continue;
      let [from, to] = [0, own - 1];
      while (from < to) {
        const half = (from + to + 1) >> 1;
        if (slopes[hull[half]!]! <= slope) from = half;
        else to = half - 1;
      }
      const tangent = from + 1 < own ? kinkAfter(from) : values.max;
      const at = Math.min(values.max, Math.max(values.min, tangent));
      const gain = at * (slope - slopes[hull[from]!]!) - (prices[line]! - prices[hull[from]!]!);
      if (gain > tie) size = insert(line, size);
    }
    if (size > 0) taken = upperEnvelope(order, size, slopes, prices, hull);
    const list: OfferedItem[] = [];
    for (let h = 0; h < taken; h++) {
      const start = h === 0 ? values.min : Math.max(values.min, kinkAfter(h - 1));
      if (start >= values.max) break;
      if (list.length > 0 && start <= list.at(-1)!.from) list.pop();
      const line = hull[h]!;
      const isMixed = line < perScale;
      list.push({
        from: start,
        isNone: line === none,
        quality: slopes[line]!,
        transfer: prices[line]!,
        item: isMixed ? { number: line, mixed: share } : { number: line - perScale, mixed: -1 },
      });
    }
    return { scale, taken: list };
  };
};

/** The last of the scales that is not above this one (−1 for none), where its cell starts, and how far in it one is. */
const placeOf = (scales: Float64Array, scale: number): { cell: number; low: number; share: number } => {
  let cell = -1;
  while (cell + 1 < scales.length && scales[cell + 1]! <= scale) cell++;
  const low = cell < 0 ? 0 : scales[cell]!;
  const high = scales[cell + 1];
  return { cell, low, share: high === undefined ? 0 : (scale - low) / (high - low) };
};

/** How an item that is taken at a scale is made; undefined where its cost could not be found. */
export const madeItem = (
  menu: PopulationMenu,
  { number, mixed }: ItemAt,
  scale: number,
): MadeItem | undefined => {
  const { scales, perScale, quality, served, costs, sharedCosts, shares, models, resold, costOf } = menu;
  const levels = scales.length;
  const rows = (of: Float64Array, k: number, each = levels): Float64Array =>
    of.subarray(k * each, (k + 1) * each);
  if (mixed < 0) {
    return {
      weights: blocksUpTo(scales, levels, scales[levels - 1]!),
      quality: rows(quality, number),
      served: rows(served, number),
      cost: costs[number]!,
      sharedCost: sharedCosts[number]!,
      shares: rows(shares, number, models),
      ...(resold ? { resold: { quality: rows(resold.quality, number), cost: resold.costs[number]! } } : {}),
    };
  }
  const { cell, low } = placeOf(scales, scale);
  const isBetween = cell + 1 < levels && scale > low;
  const blocks = cell + (isBetween ? 2 : 1);
  const weights = blocksUpTo(scales, blocks, scale);
  const below = (cell * perScale + number) * levels;
  const above = below + perScale * levels;
  const [own, values] = [new Float64Array(blocks), new Float64Array(blocks)];
  const chances = new Float64Array(models);
  for (let l = 0; l <= cell; l++) {
    own[l] = (1 - mixed) * quality[below + l]!;
    values[l] = (1 - mixed) * served[below + l]!;
    if (!isBetween) continue;
    own[l]! += mixed * quality[above + l]!;
    values[l]! += mixed * served[above + l]!;
  }
  if (isBetween) {
    own[cell + 1] = quality[above + cell + 1]!;
    values[cell + 1] = served[above + cell + 1]!;
  }
  for (let i = 0; i < models; i++) {
    if (cell >= 0) chances[i] = (1 - mixed) * rows(shares, cell * perScale + number, models)[i]!;
    if (isBetween) chances[i]! += mixed * rows(shares, (cell + 1) * perScale + number, models)[i]!;
  }
  const made = costOf(own, weights, values, chances);
  return made && { ...made, weights, quality: own };
};

/** The lengths of the first blocks, of which the last one ends at `end`. */
const blocksUpTo = (scales: Float64Array, blocks: number, end: number): Float64Array => {
  const weights = new Float64Array(blocks);
  for (let l = 0; l < blocks; l++)
    weights[l] = (l === blocks - 1 ? end : scales[l]!) - (l === 0 ? 0 : scales[l - 1]!);
  return weights;
};
