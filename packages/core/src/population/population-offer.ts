import { upperEnvelope } from '../screening/upper-envelope.ts';
import { type ItemAt, placeOf, usedInBlocks } from './item-between.ts';
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

/**
 * Gains below this share of the largest transfer are ties, in which a buyer takes what is made for her scale. Mixtures of items and the items that they
 * mix are equal but for the rounding of many sums: wider than `TIE` of free choice.
 */
const MIXTURE_TIE = 1e-10;

/**
 * Free choice from a population's menu at any scale.
 *
 * On sale are the menu's items; those between neighbours along values, a share t of the way, at their straight mixtures' prices less 4t(1 − t)·bend; and of neighbouring scales at the same place the
 * straight mixtures of all of these. A buyer whose scale lies between two of the menu's, a share y of the way, is offered the mixture of what both are offered: transfers and qualities
 * (1 − y) to y on the tasks of the lower scale, and the upper one's quality on the tasks between it and her own. Her utility is then the same mixture
 * of theirs, and from any other mixture it is straight between items that are looked at: none is better than all of these.
 *
 * Of the items between two others only those are looked at one by one that can be better than what is made for her scale. Let P be the least price at which that gives a quality: P is
 * convex, so that an item between gains no more than the better of its two ends gains over P, and the bend.
 */
export const populationOffers = (
  menu: PopulationMenu,
  values: { readonly min: number; readonly max: number },
): ((scale: number) => ScaleOffer) => {
  const { perScale, parts, transfers, bends } = menu;
  const count = transfers.length;
  const lines = new OfferLines(menu);
  const { slopes, prices, order, hull, none, own: ownLines } = lines;
  const tie = MIXTURE_TIE * transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  const gains = new Float64Array(count);
  const kinkAfter = (h: number): number => {
    const [a, b] = [hull[h]!, hull[h + 1]!];
    return (prices[b]! - prices[a]!) / (slopes[b]! - slopes[a]!);
  };
  /** What a line gains over the first `own` of the hull. */
  const gainOf = (slope: number, price: number, own: number): number => {
    let [from, to] = [0, own - 1];
    while (from < to) {
      const half = (from + to + 1) >> 1;
      if (slopes[hull[half]!]! <= slope) from = half;
      else to = half - 1;
    }
    const tangent = from + 1 < own ? kinkAfter(from) : values.max;
    const at = Math.min(values.max, Math.max(values.min, tangent));
    return at * (slope - slopes[hull[from]!]!) - (price - prices[hull[from]!]!);
  };
  return (scale) => {
    const { share } = lines.moveTo(scale);
    const own = upperEnvelope(order, lines.size, slopes, prices, hull);
    for (let k = 0; k < count; k++) {
      const line = ownLines + (k + 1) * parts - 1;
      gains[k] = slopes[line]! > 0 ? gainOf(slopes[line]!, prices[line]!, own) : 0;
      if (gains[k]! > tie && slopes[line]! > 0) lines.add(line);
      if (bends[k] === 0 || !(slopes[line]! > 0)) continue;
      const before = k % perScale > 0 ? gains[k - 1]! : 0;
      if (Math.max(before, gains[k]!) + bends[k]! <= tie) continue;
      for (let g = 1; g < parts; g++) {
        const between = line - parts + g;
        lines.writeBetween(k, g);
        if (gainOf(slopes[between]!, prices[between]!, own) > tie) lines.add(between);
      }
    }
    const taken = lines.size > 0 ? upperEnvelope(lines.sorted(), lines.size, slopes, prices, hull) : own;
    const list: OfferedItem[] = [];
    for (let h = 0; h < taken; h++) {
      const start = h === 0 ? values.min : Math.max(values.min, kinkAfter(h - 1));
      if (start >= values.max) break;
      if (list.length > 0 && start <= list.at(-1)!.from) list.pop();
      const line = hull[h]!;
      list.push({
        from: start,
        isNone: line === none,
        quality: slopes[line]!,
        transfer: prices[line]!,
        item: lines.itemOf(line, share),
      });
    }
    return { scale, taken: list };
  };
};

/** The lines that buyers of one scale are offered: what is made for her scale, then the menu's items, each after those between the one before and it, then none. */
class OfferLines {
  readonly own: number;
  readonly none: number;
  readonly slopes: Float64Array;
  readonly prices: Float64Array;
  /** Lines that are looked at, `size` of them, ascending in slope as far as `sorted` says. */
  readonly order: Int32Array;
  readonly hull: Int32Array;
  size = 0;
  readonly #menu: PopulationMenu;
  readonly #made: readonly boolean[];
  /** ∫ q of every item up to the end of every block. */
  readonly #used: Float64Array;

  constructor(menu: PopulationMenu) {
    const { perScale, parts, transfers } = menu;
    this.#menu = menu;
    this.own = perScale * parts;
    this.none = this.own + transfers.length * parts;
    this.slopes = new Float64Array(this.none + 1);
    this.prices = new Float64Array(this.none + 1);
    this.order = new Int32Array(this.none + 1);
    this.hull = new Int32Array(this.none + 1);
    this.#made = Array.from(transfers, (_, k) => isMade(menu, k));
    this.#used = usedInBlocks(menu);
    for (let k = 0; k < transfers.length; k++) this.prices[this.own + (k + 1) * parts - 1] = transfers[k]!;
  }

  /** Writes what is made for a scale, and the menu's own items. */
  moveTo(scale: number): { readonly share: number } {
    const { scales, perScale, parts, quality, transfers, bends, isUnmixed = false } = this.#menu;
    const levels = scales.length;
    const { cell, low, share } = placeOf(scales, scale);
    const beyond = scale - low;
    const next = cell + 1 < levels ? cell + 1 : -1;
    for (let k = 0; k < transfers.length; k++) {
      const before = cell < 0 ? 0 : this.#used[k * levels + cell]!;
      this.slopes[this.own + (k + 1) * parts - 1] =
        before + (next < 0 ? 0 : beyond * quality[k * levels + next]!);
    }
    this.size = 0;
    this.#insert(this.none);
    for (let f = 0; f < perScale && !isUnmixed; f++) {
      const [below, above] = [cell * perScale + f, next * perScale + f];
      // Of nothing that the seller makes there is no mixture.
      const isBelow = cell >= 0 && share < 1 && this.#made[below]!;
      const isAbove = next >= 0 && share > 0 && this.#made[above]!;
      if (!(isBelow || isAbove)) continue;
      const isBent = (!isBelow || bends[below]! > 0) && (!isAbove || bends[above]! > 0);
      for (let g = isBent ? 1 : parts; g <= parts; g++) {
        const line = f * parts + g - 1;
        this.slopes[line] = this.prices[line] = 0;
        if (isBelow) this.#addShare(line, below, g, 1 - share);
        if (isAbove) {
          this.#addShare(line, above, g, share);
          // She has all of the task between the two scales up to her own.
          this.slopes[line]! += (1 - share) * beyond * this.#qualityBetween(above, g, next);
        }
        if (this.slopes[line]! > 0) this.#insert(line);
      }
    }
    return { share };
  }

  /** Adds a share of the g-th item between the one before k and k to a line. */
  #addShare(line: number, k: number, g: number, share: number): void {
    this.writeBetween(k, g);
    const from = this.own + k * this.#menu.parts + g - 1;
    this.slopes[line]! += share * this.slopes[from]!;
    this.prices[line]! += share * this.prices[from]!;
  }

  /** Writes the g-th item between the one before k, or nothing, and k. */
  writeBetween(k: number, g: number): void {
    const { perScale, parts, bends } = this.#menu;
    if (g === parts) return;
    const whole = this.own + (k + 1) * parts - 1;
    const t = g / parts;
    const before = k % perScale > 0 && this.#made[k - 1] ? whole - parts : this.none;
    const line = whole - parts + g;
    this.slopes[line] = (1 - t) * this.slopes[before]! + t * this.slopes[whole]!;
    this.prices[line] =
      (1 - t) * this.prices[before]! + t * this.prices[whole]! - 4 * t * (1 - t) * bends[k]!;
  }

  #qualityBetween(k: number, g: number, block: number): number {
    const { scales, perScale, parts, quality } = this.#menu;
    const own = quality[k * scales.length + block]!;
    if (g === parts) return own;
    const before = k % perScale > 0 ? quality[(k - 1) * scales.length + block]! : 0;
    return before + (g / parts) * (own - before);
  }

  add(line: number): void {
    this.order[this.size++] = line;
  }

  /** Adds a line to those in order of slopes; they nearly ascend as they are. */
  #insert(line: number): void {
    let at = this.size++;
    for (; at > 0 && this.slopes[this.order[at - 1]!]! > this.slopes[line]!; at--)
      this.order[at] = this.order[at - 1]!;
    this.order[at] = line;
  }

  sorted(): Int32Array {
    const { slopes } = this;
    return this.order.subarray(0, this.size).sort((a, b) => slopes[a]! - slopes[b]! || a - b);
  }

  itemOf(line: number, share: number): ItemAt {
    const { parts } = this.#menu;
    const isMixed = line < this.own;
    const at = isMixed ? line : line - this.own;
    return {
      number: Math.floor(at / parts),
      between: ((at % parts) + 1) / parts,
      mixed: isMixed ? share : -1,
    };
  }
}
