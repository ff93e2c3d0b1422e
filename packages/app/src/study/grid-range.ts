import type { Distribution } from '@menusmith/core';

/** Buyers beyond the ends of a grid: they count for the outermost cells. */
const BEYOND = 1e-7;
/** An end is left where it is if the grid would be shorter by no more than this share. */
const WORTH_CUTTING = 0.05;

/** Where a grid of even cells begins and ends: with the support, or, where next to nobody is at its ends, with the buyers. */
export const gridRange = ({
  min,
  max,
  quantile,
}: Distribution): { readonly min: number; readonly max: number } => {
  const [low, high] = [quantile(BEYOND), quantile(1 - BEYOND)];
  const length = high - low;
  return {
    min: low - min > WORTH_CUTTING * length ? low : min,
    max: max - high > WORTH_CUTTING * length ? high : max,
  };
};
