import type { CellsOutside, TypeCells } from '../distributions/type-cells.ts';
import { root } from '../integration/root.ts';
import type { Schedule } from '../screening/scale-schedule.ts';
import { monotoneChoices } from './monotone-choice.ts';
import type { SurplusTable } from './surplus-table.ts';
import type { OfferSimulation } from './two-part-tariffs.ts';

/** A maximum-spend item: for an upfront fee, inputs at their cost, until `cap` has been spent on them. */
export interface SpendingItem {
  readonly fee: number;
  readonly cap: number;
}

/** The direct menu of one scale, to be sold as maximum-spend items. */
export interface ScaleSpending {
  readonly scale: number;
  /** Mass of this scale among all buyers. */
  readonly weight: number;
  readonly cells: TypeCells;
  readonly table: SurplusTable;
  /** On the cells' types. */
  readonly schedule: Schedule;
  /** 0 for all unless said. */
  readonly outside?: CellsOutside;
}

/** Free choice among items, of which buyers spend as much of the cap as they like. Inputs are sold at cost: profit is the fee. */
export type SpendingSimulation = OfferSimulation<SpendingItem>;

/** Items of one scale in order of rising caps, and how buyers of some scale see them. */
interface Offered {
  readonly fee: Float64Array;
  readonly cap: Float64Array;
  /** The least value from which on she spends the whole cap, and the quality that it buys her. */
  readonly full: Float64Array;
  readonly quality: Float64Array;
}

/** The items of a schedule; types that get nothing have none. Fee T − C and cap C, as (T, C) of the direct menu. */
const itemsOf = ({ value, servedValue, quality, cost, rent }: Schedule): Offered => {
  const served = Array.from(value, (_, i) => i)
    .filter((i) => quality[i]! > 0)
    .sort((a, b) => cost[a]! - cost[b]! || quality[a]! - quality[b]!);
  const column = (of: (i: number) => number): Float64Array => Float64Array.from(served, of);
  return {
    fee: column((i) => value[i]! * quality[i]! - rent[i]! - cost[i]!),
    cap: column((i) => cost[i]!),
    full: column((i) => servedValue[i]!),
    quality: column((i) => quality[i]!),
  };
};

/** The same items in the hands of buyers of another scale: as efficient for them, what costs as much is another quality. */
const seenAt = ({ fee, cap }: Offered, table: SurplusTable, highest: number): Offered => {
  const cost = (value: number): number => value * table.quality(value) - table.surplus(value);
  const most = cost(highest);
  let from = 0;
  const full = cap.map((c) => {
    if (!(c < most)) return highest;
    from = root((x) => cost(x) - c, from, highest, 1e-13 * highest);
    return from;
  });
  // dq = dC/φ: also across a jump of quality, between the two models of which she would then buy some of both.
  const quality = full.map((value, j) =>
    value > 0 ? table.quality(value) + (cap[j]! - cost(value)) / value : 0,
  );
  return { fee, cap, full: full.map((value, j) => (cap[j]! < most ? value : Infinity)), quality };
};

/** Utility of value w from the j-th item: θq − C at the cap, or her whole surplus where that costs less than the cap. */
const spendingUtility = (
  table: SurplusTable,
  w: number,
  { fee, cap, full, quality }: Offered,
  j: number,
): number => (w >= full[j]! ? w * quality[j]! - cap[j]! : table.surplus(w)) - fee[j]!;

/**
 * Maximum-spend items: type θ's quality q and transfer T of the direct menu become a fee T − C(q) and inputs at cost up to a spending of C(q).
 * The buyer solves max over q′ of θ q′ − C(q′) with C(q′) ≤ C(q). Where φ̄ ≤ θ, type θ would spend more than her cap: she gets q, and pays T. Where what others have
 * outside makes φ̄ > θ she leaves some of it, pays the same fee and has more.
 *
 * At one scale no type gains by another's item, whatever the markup does; increasing φ̄, which ironing gives, is all it takes. Items below hers bind as well, so
 * that they are worth what the direct menu has them worth. Of an item above, she may leave some of the cap: she gets S(θ) − fee where
 * Q(θ) < q. The fee T − C rises by (θ′ − φ̄) dq along the menu, and so the best of those items for her is the first, q = Q(θ); there she spends
 * all, and is back at the direct menu, which is incentive compatible. Of finitely many types with q_{k−1} ≤ Q(θ) ≤ q_k, convex C gives
 *
 *     S(θ) − fee_k − (θ q_{k−1} − T_{k−1}) ≤ (θ − θ_k)(Q(θ) − q_{k−1}) + (φ̄_k − θ_k)(q_k − Q(θ)) ≤ 0.
 *
 * An item for s̄ tasks can be used on min(s, s̄) of them. On her own s < s̄ tasks a buyer may spend what was meant for s̄, so that, beyond
 * Assumption 1, the fee for a given cap must not fall in the scale. dfee/dcap = m − 1 at the type who has that cap, and more scale lets a lower type have it:
 * a nonincreasing markup m is enough, though not needed. So it is simulated. `scales` ascending; gains within `tie` are the seller's.
 */
export const simulateSpending = (scales: readonly ScaleSpending[], tie: number): SpendingSimulation => {
  let profitChange = 0;
  let surplusChange = 0;
  let maxDeviationGain = 0;
  let deviatingShare = 0;
  let worst: SpendingSimulation['worst'];
  const offers = scales.map(({ schedule }) => itemsOf(schedule));
  // The best utility from items for her scale or fewer tasks, with which she is like a buyer of that scale; and the item.
  let utilityBelow: Float64Array | undefined;
  let takenBelow: (SpendingItem | undefined)[] = [];
  scales.forEach((own, a) => {
    const { table, schedule, weight } = own;
    const { value, mass } = own.cells;
    const n = value.length;
    const highest = value.reduce((most, x) => Math.max(most, x), 0);
    const utility = utilityBelow?.slice() ?? new Float64Array(n).fill(Number.NEGATIVE_INFINITY);
    const taken = a === 0 ? new Array<SpendingItem | undefined>(n).fill(undefined) : [...takenBelow];
    const consider = (offered: Offered): void => {
      const favourite = monotoneChoices(n, offered.fee.length, (i, j) =>
        spendingUtility(table, value[i]!, offered, j),
      );
      for (let i = 0; i < n; i++) {
        const j = favourite[i]!;
        if (j < 0) continue;
        const net = spendingUtility(table, value[i]!, offered, j);
        if (net > utility[i]!) {
          utility[i] = net;
          taken[i] = { fee: offered.fee[j]!, cap: offered.cap[j]! };
        }
      }
    };
    consider(offers[a]!);
    utilityBelow = utility.slice();
    takenBelow = [...taken];
    for (let b = a + 1; b < scales.length; b++) consider(seenAt(offers[b]!, table, highest));
    for (let i = 0; i < n; i++) {
      const isServed = schedule.quality[i]! > 0;
      const fee = value[i]! * schedule.quality[i]! - schedule.rent[i]! - schedule.cost[i]!;
      const nothing = own.outside?.types[i] ?? 0;
      const isBuying = utility[i]! > nothing;
      // Where φ̄ > θ, as what others have outside can make it, she leaves some of her own cap.
      const isLeaving = isServed && schedule.servedValue[i]! > value[i]!;
      const left = isLeaving ? table.surplus(value[i]!) - fee - schedule.rent[i]! : 0;
      if (left > 0) surplusChange += weight * mass[i]! * left;
      const meant = isServed ? schedule.rent[i]! + Math.max(0, left) : nothing;
      const gain = (isBuying ? utility[i]! : nothing) - meant;
      const takes = isBuying ? taken[i] : undefined;
      if (!(gain <= maxDeviationGain)) {
        maxDeviationGain = gain;
        worst = { value: value[i]!, scale: own.scale, gain, ...(takes ? { takes } : {}) };
      }
      if (!(gain > tie)) continue;
      const margin = own.outside?.margins?.[i] ?? 0;
      profitChange += weight * mass[i]! * ((takes?.fee ?? margin) - (isServed ? fee : margin));
      surplusChange += weight * mass[i]! * gain;
      deviatingShare += weight * mass[i]!;
    }
  });
  return {
    profitChange,
    surplusChange,
    maxDeviationGain,
    deviatingShare,
    ...(worst && maxDeviationGain > tie ? { worst } : {}),
  };
};
