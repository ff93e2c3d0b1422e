import type { ChainProblem } from '../screening/chain-problem.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { Bundle } from '../tiers/bundles.ts';
import { remembered } from '../tiers/remembered.ts';
import type { PlanOffer } from './plan-offer.ts';
import { type PlanSales, planIntervals, planSalesToPopulation, shareBetween } from './plan-sales.ts';

/** What types along a line have outside, and the weight κ of their surplus. */
export type SoldBesideOutside = Pick<
  ChainProblem,
  'types' | 'supply' | 'scale' | 'participation' | 'surplusWeight'
>;

/** An item as its buyers see it: so much quality at one price, whatever the type. */
export const bundleOffer = (
  { quality, cost, transfer }: Pick<Bundle, 'quality' | 'cost' | 'transfer'>,
  plan: number,
): PlanOffer => ({
  plan,
  inputs: [],
  use: (type, out) => {
    out.quality = quality;
    out.cost = cost;
    out.payment = transfer;
    out.utility = type * quality - transfer;
    out.solved = true;
  },
  kinks: () => [],
});

/** Items with what free choice among them, and what types have outside, makes. */
export interface SettledBundles {
  readonly bundles: readonly Bundle[];
  readonly sales: PlanSales;
  readonly objective: number;
}

/** Of the largest served value and transfer: the first steps, and the last. */
const FIRST_STEP = 2 ** -5;
const LAST_STEP = 2 ** -19;
/** Looks at other menus at most, and what has to be gained by one, relative to the objective. */
const MOST_LOOKS = 6000;
const GAIN = 1e-13;

/**
 * Few items for a continuous population that has u(θ) outside, moved until no small move earns more: an item's served value, its price, the prices of it and all dearer or all
 * cheaper ones, and quality together with price so that its first or last buyer stays as she is. Steps are halved where none does. Where it starts is
 * the caller's; what it makes is of free choice, and no more than a bound of others' says whether more could be made.
 */
export const settledBundles = (
  problem: SoldBesideOutside,
  starts: readonly { readonly servedValue: number; readonly transfer: number }[],
): SettledBundles => {
  const { types, supply, scale = 1, participation, surplusWeight = 0 } = problem;
  const known = { ...types, quantile: remembered(types.quantile), survival: remembered(types.survival) };
  const make = bundleMaker(supply, scale);
  const sell = (bundles: readonly Bundle[]): SettledBundles => {
    const sales = planSalesToPopulation(bundles.map(bundleOffer), bundles.length, known, participation);
    return { bundles, sales, objective: sales.profit + surplusWeight * sales.consumerSurplus };
  };
  const worth = (bundles: readonly Bundle[]): number =>
    surplusWeight > 0 ? sell(bundles).objective : profitOf(bundles, problem, known);
  let menu = starts.map(({ servedValue, transfer }) => make(servedValue, transfer));
  let best = worth(menu);
  let looks = 0;
  const largest = menu.reduce((most, { transfer }) => Math.max(most, Math.abs(transfer)), Number.MIN_VALUE);
  const isBetter = (next: readonly Bundle[]): boolean => {
    looks++;
    const own = worth(next);
    if (!(own > best + GAIN * Math.abs(best))) return false;
    best = own;
    menu = [...next];
    return true;
  };
  for (let step = FIRST_STEP; step > LAST_STEP && looks < MOST_LOOKS; step /= 2) {
    for (let moved = true; moved && looks < MOST_LOOKS; ) {
      moved = false;
      for (let k = 0; k < menu.length; k++)
        for (const sign of [1, -1])
          for (const next of movesOf(menu, k, sign * step, { make, money: largest, highest: types.max }))
            moved = isBetter(next) || moved;
    }
  }
  return sell(menu);
};

type MakeBundle = (servedValue: number, transfer: number) => Bundle;

const bundleMaker = (supply: EfficientSupply, scale: number): MakeBundle => {
  const point = supplyPoint(supply.inputs.length);
  return (servedValue, transfer) => {
    supply.supply(servedValue, scale, point);
    const { quality, cost, inputs, model } = point;
    return { quality, cost, transfer, servedValue, inputs: inputs.slice(), model };
  };
};

/** Menus that differ in item k by one step. */
function* movesOf(
  menu: readonly Bundle[],
  k: number,
  step: number,
  { make, money, highest }: { readonly make: MakeBundle; readonly money: number; readonly highest: number },
): Generator<readonly Bundle[]> {
  const { servedValue, transfer, quality } = menu[k]!;
  const withItem = (item: Bundle): readonly Bundle[] => menu.map((own, i) => (i === k ? item : own));
  const priced = (isMoved: (i: number) => boolean): readonly Bundle[] =>
    menu.map((own, i) => (isMoved(i) ? { ...own, transfer: own.transfer + step * money } : own));
  yield priced((i) => i === k);
  yield priced((i) => i >= k);
  yield priced((i) => i <= k);
  const served = servedValue + step * highest;
  if (!(served > 0)) return;
  yield withItem(make(served, transfer));
  const item = make(served, transfer);
  // Types that are to be as well off by the item as they were: those at its borders to the next ones.
  const borders = [menu[k - 1], menu[k + 1]].flatMap((other) =>
    other === undefined || other.quality === quality
      ? []
      : [(transfer - other.transfer) / (quality - other.quality)],
  );
  for (const type of [...borders, transfer / quality, highest])
    if (Number.isFinite(type))
      yield withItem({ ...item, transfer: transfer + type * (item.quality - quality) });
}

/** Profit alone, for which only borders between choices need be known. */
const profitOf = (
  bundles: readonly Bundle[],
  { participation }: SoldBesideOutside,
  types: SoldBesideOutside['types'],
): number =>
  planIntervals(bundles.map(bundleOffer), types, participation).reduce((sum, { from, to, option }) => {
    const own = bundles[option];
    return own === undefined ? sum : sum + shareBetween(types, from, to) * (own.transfer - own.cost);
  }, 0);
