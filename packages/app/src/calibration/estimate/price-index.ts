import { changeDays, type DatedPrices } from '../prices/dated-prices.ts';
import type { Panel } from './panel.ts';
import type { SpendingShares } from './spending-shares.ts';

/** log P = Σ_j s_j log p_j by model and month, s_j being shares of spending: the price index of Cobb–Douglas demand. */
export interface PriceIndex {
  readonly log: readonly Float64Array[];
  /** By model and month: which stretch of unchanged prices it is, numbered across models. */
  readonly spell: readonly Uint32Array[];
  readonly spells: number;
  /** Changes of a model's index from one month to the next with spending. */
  /** Days on which prices of a model's tasks changed, within the panel's months, over all models. */
  readonly events: number;
  readonly changes: readonly { readonly model: number; readonly month: number; readonly jump: number }[];
}

export const priceIndex = (
  { models, months, firstMonth, inputs }: Panel,
  shares: readonly SpendingShares[],
  list: Pick<DatedPrices, 'changes'>,
): PriceIndex => {
  let spells = 0;
  const changes: { model: number; month: number; jump: number }[] = [];
  const spell: Uint32Array[] = [];
  const log = models.map(({ tasks, prices }, m) => {
    const own = Float64Array.from({ length: months }, (_, t) =>
      tasks.reduce((sum, j, k) => sum + shares[m]!.tasks[k]! * Math.log(prices[t]![j]!), 0),
    );
    const stretches = new Uint32Array(months);
    let before = -1;
    for (let t = 0; t < months; t++) {
      // Months before the list begins have no index, and no cell.
      if (Number.isNaN(own[t]!)) continue;
      const isSame =
        before >= 0 && inputs.every((_, j) => prices[t]![j] === prices[before]![j] || !tasks.includes(j));
      if (!isSame) {
        if (before >= 0) changes.push({ model: m, month: t, jump: own[t]! - own[before]! });
        spells++;
      }
      stretches[t] = spells - 1;
      before = t;
    }
    spell.push(stretches);
    return own;
  });
  const events = models.reduce((count, { name, tasks }) => {
    const own = tasks.map((j) => list.changes(name, inputs[j]!));
    return count + changeDays(own, firstMonth, firstMonth + months - 1).length;
  }, 0);
  return { log, spell, spells, events, changes };
};
