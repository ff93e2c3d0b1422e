import type { Distribution } from '../distributions/distribution.ts';
import type { ObservableScale } from './observable-scale.ts';

/** How much of a cell's size is its length, as a share; the rest is what its buyers would bring. */
const EVEN = 0.5;

/**
 * The edges of `cells` cells of scales between two ends, ascending: every cell has as much of ½ (length) + ½ (profit of its buyers if their scales were seen), each as a share of all. Where
 * profit crowds, as at large scales under positive dependence, cells are narrower. The edges of half as many cells are among them. Even cells where no profit is known.
 */
export const gradedScales = (
  { byScale, solved }: Pick<ObservableScale, 'byScale' | 'solved'>,
  { cdf }: Distribution,
  { min, max }: { readonly min: number; readonly max: number },
  cells: number,
): Float64Array => {
  const within = byScale.filter(({ scale, profit }) => scale > min && scale < max && profit >= 0);
  const knots = [min, ...within.map(({ scale }) => scale), max];
  const profits = [within[0]?.profit ?? 0, ...within.map(({ profit }) => profit), within.at(-1)?.profit ?? 0];
  const brought = new Float64Array(knots.length);
  for (let k = 1; k < knots.length; k++) {
    const mass = cdf(knots[k]!) - cdf(knots[k - 1]!);
    brought[k] = brought[k - 1]! + (mass * (profits[k - 1]! + profits[k]!)) / 2;
  }
  const whole = brought.at(-1)!;
  const isKnown = solved && whole > 0 && whole < Number.POSITIVE_INFINITY;
  const size = (k: number): number => {
    const length = (knots[k]! - min) / (max - min);
    return isKnown ? EVEN * length + ((1 - EVEN) * brought[k]!) / whole : length;
  };
  let k = 0;
  return Float64Array.from({ length: cells + 1 }, (_, j) => {
    if (j === 0 || j === cells) return j === 0 ? min : max;
    while (k + 2 < knots.length && size(k + 1) <= j / cells) k++;
    const [low, high] = [size(k), size(k + 1)];
    return knots[k]! + ((knots[k + 1]! - knots[k]!) * (j / cells - low)) / (high - low);
  });
};
