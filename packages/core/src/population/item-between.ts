import type { MadeItem } from './population-fallback.ts';
import { isMade, type PopulationMenu } from './population-menu.ts';

/** An item of the menu, or one between it and the one before it in its scale; or, with a share, the mixture of this one and of the same place in the scale above. */
export interface ItemAt {
  readonly number: number;
  /** How far it is from the one before, or from nothing, to item `number`: 1 for that itself. */
  readonly between: number;
  /** −1 for an item of one scale. */
  readonly mixed: number;
}

/** The last of the scales that is not above this one (−1 for none), where its cell starts, and how far in it one is. */
export const placeOf = (
  scales: Float64Array,
  scale: number,
): { readonly cell: number; readonly low: number; readonly share: number } => {
  let cell = -1;
  while (cell + 1 < scales.length && scales[cell + 1]! <= scale) cell++;
  const low = cell < 0 ? 0 : scales[cell]!;
  const high = scales[cell + 1];
  return { cell, low, share: high === undefined ? 0 : (scale - low) / (high - low) };
};

/** ∫ q of every item up to the end of every block. */
export const usedInBlocks = ({ scales, quality }: PopulationMenu): Float64Array => {
  const levels = scales.length;
  const used = new Float64Array(quality.length);
  for (let k = 0; k < quality.length; k += levels) {
    let sum = 0;
    for (let l = 0; l < levels; l++) {
      sum += (scales[l]! - (scales[l - 1] ?? 0)) * quality[k + l]!;
      used[k + l] = sum;
    }
  }
  return used;
};

/** How an item that is taken at a scale is made; undefined where its cost could not be found. */
export const madeItem = (
  menu: PopulationMenu,
  { number, between, mixed }: ItemAt,
  scale: number,
): MadeItem | undefined => {
  const { scales, perScale, costs, sharedCosts, shares, models, resold, costOf } = menu;
  const levels = scales.length;
  if (mixed < 0 && between === 1) {
    const row = (of: Float64Array, each = levels): Float64Array =>
      of.subarray(number * each, (number + 1) * each);
    return {
      weights: blocksUpTo(scales, levels, scales[levels - 1]!),
      quality: row(menu.quality),
      served: row(menu.served),
      cost: costs[number]!,
      sharedCost: sharedCosts[number]!,
      shares: row(shares, models),
      ...(resold ? { resold: { quality: row(resold.quality), cost: resold.costs[number]! } } : {}),
    };
  }
  const { cell, low } = mixed < 0 ? { cell: levels - 1, low: 0 } : placeOf(scales, scale);
  const isBetween = cell + 1 < levels && scale > low;
  const blocks = cell + (isBetween ? 2 : 1);
  const weights = blocksUpTo(scales, blocks, mixed < 0 ? scales[levels - 1]! : scale);
  const mixture = {
    quality: new Float64Array(blocks),
    served: weights.slice().fill(0),
    chances: shares.slice(0, models).fill(0),
  };
  if (mixed < 0) addBetween(menu, number, between, 1, blocks, mixture);
  else {
    if (cell >= 0) addBetween(menu, cell * perScale + number, between, 1 - mixed, cell + 1, mixture);
    if (isBetween) addBetween(menu, (cell + 1) * perScale + number, between, mixed, cell + 2, mixture);
    // The task between the two scales is the upper one's alone.
    for (const of of [mixture.quality, mixture.served]) if (isBetween) of[cell + 1]! /= mixed;
  }
  const { quality, served, chances } = mixture;
  const made = costOf(quality, weights, served, chances);
  return made && { ...made, weights, quality };
};

interface ItemMixture {
  readonly quality: Float64Array;
  readonly served: Float64Array;
  readonly chances: Float64Array;
}

/** Adds a share of what is between an item and the one before it, or nothing, on the first blocks. */
const addBetween = (
  menu: PopulationMenu,
  k: number,
  t: number,
  share: number,
  blocks: number,
  { quality, served, chances }: ItemMixture,
): void => {
  if (!isMade(menu, k)) return;
  const { perScale, scales, models } = menu;
  const addItem = (item: number, part: number): void => {
    const from = item * scales.length;
    for (let l = 0; l < blocks; l++) {
      quality[l]! += part * menu.quality[from + l]!;
      served[l]! += part * menu.served[from + l]!;
    }
  };
  const addChances = (item: number, part: number): void => {
    for (let i = 0; i < models; i++) chances[i]! += part * menu.shares[item * models + i]!;
  };
  const hasBefore = t < 1 && k % perScale > 0 && isMade(menu, k - 1);
  addItem(k, share * t);
  addChances(k, hasBefore ? share * t : share);
  if (!hasBefore) return;
  addItem(k - 1, share * (1 - t));
  addChances(k - 1, share * (1 - t));
};

/** The lengths of the first blocks, of which the last one ends at `end`. */
const blocksUpTo = (scales: Float64Array, blocks: number, end: number): Float64Array => {
  const weights = new Float64Array(blocks);
  for (let l = 0; l < blocks; l++)
    weights[l] = (l === blocks - 1 ? end : scales[l]!) - (l === 0 ? 0 : scales[l - 1]!);
  return weights;
};
