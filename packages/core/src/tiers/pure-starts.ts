import { withBestTransfers } from '../finite/best-transfers.ts';
import { type Menu, type ProfileBundle, profileSale } from '../finite/profile-sales.ts';

/** Sets of items, times prices to start from, times types: above this sets are not tried one by one. */
const MOST_WORK = 2e6;
/** Prices to start from, of each set. */
const STARTS = 24;

/**
 * The best menu of just so many of these items that was found: every set of them, from prices spread over what types would pay, each made better as long as that earns more. Undefined where
 * that is too much work, or there are too few items. In a fixed order, without chance.
 */
export const bestOfSets = (
  bundles: readonly ProfileBundle[],
  size: number,
  mass: Float64Array,
): Menu | undefined => {
  if (size > bundles.length || setCount(bundles.length, size) * STARTS * mass.length > MOST_WORK)
    return undefined;
  const payable = bundles.map(({ worth }) => payableBy(worth, mass));
  let best: Menu | undefined;
  for (const set of setsOf(bundles.length, size))
    for (let start = 0; start < STARTS; start++) {
      const own = set.map((k) => bundles[k]!);
      const transfers = set.map((k, place) => payable[k]!(halton(start + 1, PRIMES[place % PRIMES.length]!)));
      const { profit } = profileSale(own, transfers, mass);
      const menu = withBestTransfers({ bundles: own, transfers, profit }, mass);
      if (best === undefined || menu.profit > best.profit) best = menu;
    }
  return best;
};

const PRIMES = [2, 3, 5, 7, 11, 13];

/** The n-th number of van der Corput's sequence in a base: spread evenly over (0, 1). */
const halton = (n: number, base: number): number => {
  let [sum, part] = [0, 1 / base];
  for (let rest = n; rest > 0; rest = Math.floor(rest / base), part /= base) sum += part * (rest % base);
  return sum;
};

/** What all but a share u of the buyers would pay at most. */
const payableBy = (worth: Float64Array, mass: Float64Array): ((u: number) => number) => {
  const order = Array.from(worth, (_, n) => n).sort((a, b) => worth[a]! - worth[b]!);
  const total = mass.reduce((sum, own) => sum + own, 0);
  return (u) => {
    let below = 0;
    for (const n of order) {
      below += mass[n]!;
      if (below > u * total) return Math.max(0, worth[n]!);
    }
    return Math.max(0, worth[order.at(-1)!]!);
  };
};

const setCount = (items: number, size: number): number => {
  let count = 1;
  for (let k = 0; k < size; k++) count *= (items - k) / (k + 1);
  return count;
};

function* setsOf(items: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let k = from; k + size <= items; k++)
    for (const rest of setsOf(items, size - 1, k + 1)) yield [k, ...rest];
}
