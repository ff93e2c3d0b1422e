import type { Distribution } from '../distributions/distribution.ts';
import type { FiniteTypes } from '../screening/finite-types.ts';
import { freeChoice, TIE } from '../screening/free-choice.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';

/** An item of a menu of few: so much quality, made of these inputs, for one price. */
export interface Bundle {
  readonly quality: number;
  readonly cost: number;
  readonly transfer: number;
  /** The value for which it is efficient: the mean ironed virtual value of the buyers it is made for. */
  readonly servedValue: number;
  /** In the order of the supply's inputs: task inputs per task. */
  readonly inputs: Float64Array;
  /** Which of the supply's models makes it. */
  readonly model: number;
}

/** The buyers that take an item when all choose freely. */
export interface BundleSale {
  readonly bundle: Bundle;
  /** Lowest and highest type. */
  readonly from: number;
  readonly to: number;
  /** Share of all buyers. */
  readonly share: number;
}

/** What a menu of bundles sells to buyers who choose freely among its items, or none. */
export interface BundleSales {
  readonly sales: readonly BundleSale[];
  readonly profit: number;
  /** Profit and the share κ of consumer surplus; where no κ is given it is profit. */
  readonly objective: number;
}

/** Qualities closer than this, relative to the larger, are one item. */
const SAME = 1e-12;

/**
 * Bundles efficient for ascending served values, the k-th meant for types from starts[k] up. The type at each start is made indifferent
 * between the item below, or none, and hers: T_k = T_{k−1} + t_k (q_k − q_{k−1}), the most that can be asked. Served values that get nothing, or
 * what the item below gets, make no item of their own.
 */
export const pricedBundles = (
  starts: readonly number[],
  servedValues: readonly number[],
  supply: EfficientSupply,
  scale: number,
): readonly Bundle[] => {
  const point = supplyPoint(supply.inputs.length);
  const bundles: Bundle[] = [];
  let [quality, transfer] = [0, 0];
  starts.forEach((start, k) => {
    supply.supply(servedValues[k]!, scale, point);
    if (!(point.quality - quality > SAME * point.quality)) return;
    transfer += start * (point.quality - quality);
    quality = point.quality;
    bundles.push({
      quality,
      cost: point.cost,
      transfer,
      servedValue: servedValues[k]!,
      inputs: Float64Array.from(point.inputs),
      model: point.model,
    });
  });
  return bundles;
};

/** Where the highest of the lines q x − T changes, ascending in x: items that are nobody's favourite are left out. */
const favourites = (bundles: readonly Bundle[]): { bundle: Bundle; from: number }[] => {
  const sorted = [...bundles].sort((a, b) => a.quality - b.quality || b.transfer - a.transfer);
  const chosen: { bundle: Bundle; from: number }[] = [];
  for (const bundle of sorted) {
    for (;;) {
      const last = chosen[chosen.length - 1];
      const [quality, transfer] = last ? [last.bundle.quality, last.bundle.transfer] : [0, 0];
      const from = (bundle.transfer - transfer) / (bundle.quality - quality);
      if (last !== undefined && !(from > last.from)) {
        chosen.pop();
        continue;
      }
      chosen.push({ bundle, from });
      break;
    }
  }
  return chosen;
};

/**
 * Free choice of a continuous population: each item's buyers lie between the types that are indifferent to its neighbours. With the share κ of consumer
 * surplus, `left` is L(x) = ∫ₓ (1 − F): utility starts at that of the lowest buyer and rises by quality.
 */
export const salesToPopulation = (
  bundles: readonly Bundle[],
  { min, max, survival }: Pick<Distribution, 'min' | 'max' | 'survival'>,
  surplus?: { readonly weight: number; left(x: number): number },
): BundleSales => {
  const chosen = favourites(bundles);
  const clip = (x: number): number => Math.min(max, Math.max(min, x));
  let [profit, consumerSurplus] = [0, 0];
  const isSurplusAsked = surplus !== undefined && surplus.weight > 0;
  const sales: BundleSale[] = [];
  chosen.forEach(({ bundle, from }, k) => {
    const [low, high] = [clip(from), clip(chosen[k + 1]?.from ?? max)];
    const share = (low > min ? survival(low) : 1) - (high < max ? survival(high) : 0);
    if (!(share > 0)) return;
    profit += share * (bundle.transfer - bundle.cost);
    if (isSurplusAsked) {
      if (sales.length === 0)
        consumerSurplus = (low > min ? survival(low) : 1) * (bundle.quality * low - bundle.transfer);
      consumerSurplus += bundle.quality * (surplus.left(low) - surplus.left(high));
    }
    sales.push({ bundle, from: low, to: high, share });
  });
  return { sales, profit, objective: isSurplusAsked ? profit + surplus.weight * consumerSurplus : profit };
};

/** Free choice of finitely many types; see `freeChoice`. */
export const salesToTypes = (
  bundles: readonly Bundle[],
  { value, mass }: FiniteTypes,
  surplusWeight = 0,
): BundleSales => {
  const tie = TIE * bundles.reduce((most, { transfer }) => Math.max(most, Math.abs(transfer)), 0);
  const sold = bundles.map(() => ({
    from: Number.POSITIVE_INFINITY,
    to: Number.NEGATIVE_INFINITY,
    share: 0,
  }));
  const margins = Float64Array.from(bundles, ({ transfer, cost }) => transfer - cost);
  const utilities = new Float64Array(bundles.length);
  let [profit, consumerSurplus] = [0, 0];
  for (let n = 0; n < value.length; n++) {
    if (!(mass[n]! > 0)) continue;
    bundles.forEach(({ quality, transfer }, k) => {
      utilities[k] = value[n]! * quality - transfer;
    });
    const taken = freeChoice(utilities, margins, tie);
    const sale = sold[taken];
    if (sale === undefined) continue;
    profit += mass[n]! * margins[taken]!;
    consumerSurplus += mass[n]! * utilities[taken]!;
    sale.share += mass[n]!;
    sale.from = Math.min(sale.from, value[n]!);
    sale.to = Math.max(sale.to, value[n]!);
  }
  const sales = bundles.map((bundle, k) => ({ bundle, ...sold[k]! }));
  return {
    sales: sales.filter(({ share }) => share > 0),
    profit,
    objective: surplusWeight > 0 ? profit + surplusWeight * consumerSurplus : profit,
  };
};
