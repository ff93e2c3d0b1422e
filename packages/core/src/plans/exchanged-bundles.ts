import type { FiniteTypes } from '../screening/finite-types.ts';
import { freeChoice, TIE } from '../screening/free-choice.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { Bundle } from '../tiers/bundles.ts';

/** Listed types along a line, and what each has who takes nothing; money. */
export interface TypesBesideOutside {
  readonly types: FiniteTypes;
  readonly supply: EfficientSupply;
  readonly scale: number;
  readonly outside: Float64Array;
  /** κ. */
  readonly surplusWeight: number;
}

const MOST_PASSES = 40;
const GAIN = 1e-12;
/** Among more types an item that leaves two of them as they are is tried for neighbours alone. */
const FEW = 24;
/** Of the value: how often it is set anew for the mean of those it serves, where surplus counts. */
const MEANS = 3;
const BISECTIONS = 60;

/** Of so few types, what is best for each is an item to begin with. */
const EACH = 12;

/** The best of the menus of at most `count` items that are reached from a given one, from none, and, of few types, from one item for each. */
export const bundlesBesideOutside = (
  problem: TypesBesideOutside,
  given: readonly Bundle[],
  count: number,
): readonly Bundle[] => {
  const starts = [given, []];
  if (count > 1 && problem.types.value.length <= EACH)
    for (const item of candidates(problem, [])) starts.push([item]);
  return starts
    .map((start) => exchangedBundles(problem, start, count))
    .reduce((a, b) => (worthOfBundles(problem, b) > worthOfBundles(problem, a) ? b : a));
};

/**
 * A menu of at most `count` items with one after another exchanged for the best in its place, all others as they are, until none is better: the first of them is the
 * best single item. Beside others that leave type n at least W_n, an item's price makes some type n indifferent, T = θ_n q − W_n, and as long as the same types S take it
 * its worth is concave in q: it is efficient for the value θ_n + κ(E[θ | S] − θ_n), or makes a second type indifferent as well.
 */
const exchangedBundles = (
  problem: TypesBesideOutside,
  start: readonly Bundle[],
  count: number,
): readonly Bundle[] => {
  let menu = [...start];
  let best = worthOfBundles(problem, menu);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let isBetter = false;
    for (let k = 0; k < Math.min(count, menu.length + 1); k++) {
      const others = menu.filter((_, i) => i !== k);
      for (const item of candidates(problem, others)) {
        const next = [...others.slice(0, k), item, ...others.slice(k)];
        const worth = worthOfBundles(problem, next);
        if (!(worth > best + GAIN * Math.abs(best))) continue;
        [best, menu, isBetter] = [worth, next, true];
      }
    }
    if (!isBetter) break;
  }
  return menu;
};

/** Profit and κ times surplus of items among which all choose freely. */
const worthOfBundles = (
  { types: { value, mass }, outside, surplusWeight }: TypesBesideOutside,
  bundles: readonly Bundle[],
): number => {
  const utilities = new Float64Array(bundles.length);
  const margins = Float64Array.from(bundles, ({ transfer, cost }) => transfer - cost);
  let sum = 0;
  for (let n = 0; n < value.length; n++) {
    let most = 0;
    bundles.forEach(({ quality, transfer }, k) => {
      utilities[k] = value[n]! * quality - transfer;
      most = Math.max(most, value[n]! * quality);
    });
    const taken = freeChoice(utilities, margins, TIE * most, outside[n]!);
    const [margin, utility] = taken < 0 ? [0, outside[n]!] : [margins[taken]!, utilities[taken]!];
    sum += mass[n]! * (margin + surplusWeight * utility);
  }
  return sum;
};

/** Items that can be the best beside the others. */
function* candidates(
  { types, supply, scale, outside, surplusWeight }: TypesBesideOutside,
  others: readonly Bundle[],
): Generator<Bundle> {
  const { value, mass } = types;
  const left = value.map((type, n) =>
    others.reduce((most, { quality, transfer }) => Math.max(most, type * quality - transfer), outside[n]!),
  );
  const point = supplyPoint(supply.inputs.length);
  const made = (servedValue: number, n: number): Bundle => {
    supply.supply(servedValue, scale, point);
    const { quality, cost, inputs, model } = point;
    const transfer = value[n]! * quality - left[n]!;
    return { quality, cost, transfer, servedValue, inputs: inputs.slice(), model };
  };
  const order = Array.from(value, (_, n) => n)
    .filter((n) => mass[n]! > 0)
    .sort((a, b) => value[a]! - value[b]!);
  const highest = value[order.at(-1)!] ?? 0;
  for (const [i, n] of order.entries()) {
    let item = made(value[n]!, n);
    yield item;
    for (let round = 0; surplusWeight > 0 && round < MEANS; round++) {
      const takers = order.filter((m) => value[m]! * item.quality - item.transfer >= left[m]!);
      const all = takers.reduce((sum, m) => sum + mass[m]!, 0);
      if (!(all > 0)) break;
      const mean = takers.reduce((sum, m) => sum + mass[m]! * value[m]!, 0) / all;
      item = made(value[n]! + surplusWeight * (mean - value[n]!), n);
      yield item;
    }
    for (const m of order.length <= FEW ? order.slice(0, i) : order.slice(Math.max(0, i - 1), i)) {
      const quality = (left[n]! - left[m]!) / (value[n]! - value[m]!);
      if (!(quality > 0 && Number.isFinite(quality))) continue;
      const served = servedFor(quality, supply, scale, highest);
      // Rounding must leave both of them as they are.
      if (served !== undefined)
        yield { ...made(served, n), quality, transfer: value[n]! * quality - left[n]! };
    }
  }
}

/** The value from which on so much is supplied; undefined where it is more than the highest type gets. */
export const servedFor = (
  quality: number,
  supply: EfficientSupply,
  scale: number,
  highest: number,
): number | undefined => {
  const point = supplyPoint(supply.inputs.length);
  let [low, high] = [0, 2 * highest];
  supply.supply(high, scale, point);
  if (!(point.quality >= quality)) return undefined;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    supply.supply(middle, scale, point);
    if (point.quality >= quality) high = middle;
    else low = middle;
  }
  return high;
};
