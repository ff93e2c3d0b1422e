import { type ProfilePoint, type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';

/** Items that are made efficiently. */
export interface SuppliedItems {
  readonly items: ItemProfiles;
  readonly costs: Float64Array;
  /** The share of each model in every item, item after item, where there is a choice of models: an item is a lottery where it has several. */
  readonly shares?: Float64Array;
}

/**
 * The efficient supply to served values, item by item; not a number where it could not be solved. Where there is a choice of models each item is made by
 * the best one for it, or by a lottery with the `shares` given: its quality and its cost are then those expected.
 */
export const suppliedItems = (
  served: ItemProfiles,
  weights: Float64Array,
  supply: ProfileSupply,
  shares?: Float64Array,
): SuppliedItems => {
  const { offsets, ends, quality: values } = served;
  const count = offsets.length - 1;
  const models = supply.models?.length ?? 0;
  const quality = new Float64Array(values.length);
  const costs = new Float64Array(count);
  const made = shares?.slice() ?? new Float64Array(count * models);
  const point = profilePoint(supply);
  const own = new Float64Array(weights.length);
  const lengths = new Float64Array(weights.length);
  const add = (
    k: number,
    first: number,
    size: number,
    share: number,
    { solved, cost }: ProfilePoint,
  ): void => {
    for (let b = 0; b < size; b++) quality[first + b]! += solved ? share * point.quality[b]! : Number.NaN;
    costs[k]! += solved ? share * cost : Number.NaN;
  };
  for (let k = 0; k < count; k++) {
    const first = offsets[k]!;
    const size = offsets[k + 1]! - first;
    let m = 0;
    for (let b = 0; b < size; b++) {
      own[b] = values[first + b]!;
      lengths[b] = 0;
      for (; m < ends[first + b]!; m++) lengths[b]! += weights[m]!;
    }
    if (shares === undefined || supply.models === undefined) {
      supply.supply(own, lengths, size, point);
      add(k, first, size, 1, point);
      if (models > 0) made[k * models + point.model] = 1;
      continue;
    }
    for (let l = 0; l < models; l++) {
      const share = shares[k * models + l]!;
      if (share === 0) continue;
      supply.models[l]!.supply.supply(own, lengths, size, point);
      add(k, first, size, share, point);
    }
  }
  return { items: { offsets, ends, quality }, costs, ...(models > 0 ? { shares: made } : {}) };
};

/** Shares of whole models: item k is made by `models[k]` of so many. */
export const wholeShares = (models: ArrayLike<number>, count: number): Float64Array => {
  const shares = new Float64Array(models.length * count);
  for (let k = 0; k < models.length; k++) shares[k * count + models[k]!] = 1;
  return shares;
};

/** The model with the largest share in each item. */
export const largestShares = (shares: Float64Array, count: number): Int32Array =>
  Int32Array.from({ length: count === 0 ? 0 : shares.length / count }, (_, k) => {
    let best = 0;
    for (let l = 1; l < count; l++) if (shares[k * count + l]! > shares[k * count + best]!) best = l;
    return best;
  });

/** Lotteries without shares below `least`, which go to the others. */
export const clearShares = (shares: Float64Array, count: number, least: number): Float64Array => {
  const clear = shares.map((share) => (share < least ? 0 : share));
  for (let k = 0; k < shares.length; k += count) {
    let sum = 0;
    for (let l = 0; l < count; l++) sum += clear[k + l]!;
    for (let l = 0; l < count; l++) clear[k + l]! /= sum;
  }
  return clear;
};
