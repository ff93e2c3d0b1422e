import { bestRise, type Menu, type Offer, profileSale } from './profile-sales.ts';

const MOST_SWEEPS = 12;
/** Relative to profit: gains that are worth another round. */
const GAIN = 1e-9;

/** Transfers climbed: of each item alone, and of all from each price on. */
export const withBestTransfers = <Item extends Offer>(menu: Menu<Item>, mass: Float64Array): Menu<Item> => {
  const { bundles } = menu;
  let best = menu;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const before = best.profit;
    const raise = (isRaised: (k: number) => boolean): void => {
      const { rise } = bestRise(bundles, best.transfers, mass, isRaised);
      if (rise === 0 || !Number.isFinite(rise)) return;
      const transfers = best.transfers.map((transfer, k) => (isRaised(k) ? transfer + rise : transfer));
      const { profit } = profileSale(bundles, transfers, mass);
      if (profit > best.profit) best = { bundles, transfers, profit };
    };
    for (let k = 0; k < bundles.length; k++) {
      const from = best.transfers[k]!;
      const { transfers } = best;
      raise((l) => l === k);
      raise((l) => transfers[l]! >= from);
    }
    if (!(best.profit - before > GAIN * best.profit)) break;
  }
  return best;
};

/**
 * The most that items can cost while everybody takes hers rather than another or none: T_k is the shortest path from none, T_l + least ⟨w_n, q_k − q_l⟩
 * over the takers of k. Where takers cannot be kept apart so, paths end after as many steps as there are items; ∞ for what nobody takes.
 */
export const dearestTransfers = (
  offers: readonly Offer[],
  takes: Int32Array,
  mass: Float64Array,
): number[] => {
  const size = offers.length;
  const steps = Array.from({ length: size }, () => new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY));
  takes.forEach((k, n) => {
    if (k < 0 || !(mass[n]! > 0)) return;
    const own = offers[k]!.worth[n]!;
    for (let l = 0; l <= size; l++) {
      const other = l === size ? 0 : offers[l]!.worth[n]!;
      steps[k]![l] = Math.min(steps[k]![l]!, own - other);
    }
  });
  const transfers = steps.map((step) => step[size]!);
  for (let round = 0; round < size; round++) {
    for (let k = 0; k < size; k++) {
      for (let l = 0; l < size; l++)
        if (l !== k) transfers[k] = Math.min(transfers[k]!, transfers[l]! + steps[k]![l]!);
    }
  }
  return transfers;
};
