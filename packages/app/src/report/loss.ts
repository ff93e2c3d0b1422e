import { formatPercent } from './numbers.ts';

/** Losses below, as shares, are rounding. */
const ROUNDING = 1e-9;

/**
 * The share of `whole` that `kept` lacks, in words: `4.386 %`. A loss is never negative: where what is kept comes out above the whole, the two err by so
 * much, and the loss is less than that. – where there is no whole above 0 to lose from.
 */
export const lossPercent = (
  kept: number | null | undefined,
  whole: number | null | undefined,
  digits = 4,
): string => {
  if (kept === null || kept === undefined || !((whole ?? 0) > 0)) return '–';
  const loss = 1 - kept / whole!;
  return loss < -ROUNDING ? `less than ${formatPercent(-loss, 2)}` : formatPercent(Math.max(0, loss), digits);
};
