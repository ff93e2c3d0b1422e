import type { GoodsPopulation } from '../finite/goods-cells.ts';
import { type ItemProfiles, writeProfile } from '../types/item-profiles.ts';
import { type GoodsMenu, goodsObjective } from './goods-sales.ts';
import { movedPrices } from './moved-prices.ts';

/** Items that differ by less, relative to the largest numbers of the menu, are one. */
const SAME = 1e-6;
/** Shares of half a cell's width by which prices are lowered, a unit of each good. */
const DISCOUNTS = [0, 0.25, 0.5, 0.75, 1, 1.25];

/** The items of a menu that types of a grid take. */
export interface TakenItems extends GoodsMenu {
  /** Of every item that was given, which of these it is; −1 where nobody takes it. */
  readonly place: Int32Array;
  /** Of these, which of the items given each was. */
  readonly given: Int32Array;
}

/** The items of a menu that somebody takes, alike ones once. */
export const takenItems = (
  goods: number,
  {
    items,
    transfers,
    costs,
    choices,
  }: {
    readonly items: ItemProfiles;
    readonly transfers: Float64Array;
    readonly costs: Float64Array;
    readonly choices: Int32Array;
  },
  mass: Float64Array,
): TakenItems => {
  const money = SAME * transfers.reduce((most, paid) => Math.max(most, Math.abs(paid)), 0);
  const amount = SAME * items.quality.reduce((most, q) => Math.max(most, q), 0);
  const place = new Int32Array(transfers.length).fill(-1);
  const known = new Map<string, number>();
  const first: number[] = [];
  const profiles: number[] = [];
  const profile = new Float64Array(goods);
  const rounded = (x: number, unit: number): number => (unit > 0 ? Math.round(x / unit) : 0);
  choices.forEach((k, n) => {
    if (k < 0 || !(mass[n]! > 0) || place[k]! >= 0) return;
    writeProfile(items, k, profile);
    if (profile.every((q) => q === 0) && transfers[k]! >= 0) return;
    const key = `${rounded(transfers[k]!, money)} ${Array.from(profile, (q) => rounded(q, amount)).join(' ')}`;
    let at = known.get(key);
    if (at === undefined) {
      at = first.length;
      known.set(key, at);
      first.push(k);
      profiles.push(...profile);
    }
    place[k] = at;
  });
  return {
    quality: settledQualities(profiles, goods, amount),
    transfers: Float64Array.from(first, (k) => transfers[k]!),
    costs: Float64Array.from(first, (k) => costs[k]!),
    place,
    given: Int32Array.from(first),
  };
};

/** Qualities of a good that differ by rounding are the least of them, at no less cost: buyers who value other goods differently turn at one value. */
const settledQualities = (profiles: readonly number[], goods: number, amount: number): Float64Array => {
  const settled = Float64Array.from(profiles);
  for (let j = 0; j < goods; j++) {
    const places: number[] = [];
    for (let i = j; i < settled.length; i += goods) places.push(i);
    places.sort((a, b) => settled[a]! - settled[b]!);
    let least = 0;
    for (const i of places) {
      if (settled[i]! - least > amount) least = settled[i]!;
      settled[i] = least;
    }
  }
  return settled;
};

/**
 * A grid's menu at prices that are better for the continuous buyers. At the grid's own, its types are as well off with something less, and those in their
 * cells who value the goods less take that: so all prices are lowered, by a share of half a cell's width a unit of every good. Where items are few, the
 * price of each is then moved as long as that pays, by ever smaller steps.
 */
export const bestGoodsPrices = <Menu extends GoodsMenu>(
  population: GoodsPopulation,
  menu: Menu,
  halfWidths: readonly number[],
  surplusWeight: number,
): Menu => {
  const goods = population.values.length;
  const objectiveOf = (transfers: Float64Array): number =>
    goodsObjective(population, { ...menu, transfers }, surplusWeight);
  let best = { transfers: menu.transfers, objective: Number.NEGATIVE_INFINITY };
  const isBetter = (transfers: Float64Array): boolean => {
    const objective = objectiveOf(transfers);
    if (!(objective > best.objective)) return false;
    best = { transfers, objective };
    return true;
  };
  for (const share of DISCOUNTS) {
    const lower = menu.transfers.map((paid, k) =>
      halfWidths.reduce((left, width, j) => left - share * width * menu.quality[k * goods + j]!, paid),
    );
    isBetter(lower);
  }
  const largest = menu.transfers.reduce((most, paid) => Math.max(most, Math.abs(paid)), 0);
  return { ...menu, transfers: movedPrices(best.transfers, objectiveOf, largest) };
};
