import type { Schedule } from './scale-schedule.ts';
import { upperEnvelope } from './upper-envelope.ts';

/** What free choice from a direct menu does, on a grid of types and items. */
export interface Audit {
  /** Largest gain of any type from another's item, 0 where truth is best. */
  readonly maxIncentiveViolation: number;
  readonly maxParticipationViolation: number;
  /** Profit the seller loses, per buyer, when types with a gain take the item they like best. */
  readonly loss: number;
  readonly deviation?: {
    readonly from: { readonly value: number; readonly scale: number };
    readonly to: { readonly value: number; readonly scale: number };
  };
}

/** The items of one scale, and the mass of each of its types. */
export interface AuditedScale {
  readonly scale: number;
  readonly schedule: Schedule;
  readonly masses: Float64Array;
  /** What each type has who takes no item; 0 unless said. */
  readonly outside?: Float64Array;
  /** Which of the items others can take; all unless said. */
  readonly isOffered?: readonly boolean[];
}

/** A violation beyond the worst so far; NaN is worse than any number and stays. */
const isWorse = (violation: number, worst: number): boolean => !(violation <= worst || Number.isNaN(worst));

/** The item that a buyer takes who values quality at `worth`; undefined where none is offered. */
type Favourite = (worth: number) => number | undefined;

/** The items are lines in the buyer's worth: she takes one of their upper envelope, found by bisection. What is no number has no place in an order, and is what tempts. */
const favouriteOf = (
  quality: Float64Array,
  transfers: Float64Array,
  isOffered?: readonly boolean[],
): Favourite => {
  const offered = Int32Array.from(quality, (_, j) => j).filter((j) => isOffered?.[j] ?? true);
  const broken = offered.find((j) => !Number.isFinite(quality[j]! - transfers[j]!));
  if (offered.length === 0 || broken !== undefined) return () => broken;
  const order = offered.sort((a, b) => quality[a]! - quality[b]! || a - b);
  const hull = new Int32Array(order.length);
  const size = upperEnvelope(order, order.length, quality, transfers, hull);
  return (worth) => {
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [a, b] = [hull[middle]!, hull[middle + 1]!];
      if (worth * (quality[b]! - quality[a]!) > transfers[b]! - transfers[a]!) low = middle + 1;
      else high = middle;
    }
    return hull[low]!;
  };
};

/**
 * Free choice of every audited type among every audited item, or none. A buyer of scale s values an item of scale s′ on min(s, s′)/s′
 * of its quality, as quality is spread evenly over s′ tasks. Gains within `tie` are the seller's: types stay truthful. All pairs of types,
 * in O(log N) a type and scale.
 */
export const auditMenu = (menus: readonly AuditedScale[], tie: number): Audit => {
  let maxIncentiveViolation = 0;
  let maxParticipationViolation = 0;
  let loss = 0;
  let deviation: Audit['deviation'];
  const transfers = menus.map(({ schedule }) =>
    schedule.value.map((w, i) => w * schedule.quality[i]! - schedule.rent[i]!),
  );
  const favourites = menus.map(({ schedule, isOffered }, o) =>
    favouriteOf(schedule.quality, transfers[o]!, isOffered),
  );
  menus.forEach((own, position) => {
    const n = own.schedule.value.length;
    for (let i = 0; i < n; i++) {
      const w = own.schedule.value[i]!;
      const rent = own.schedule.rent[i]!;
      const outside = own.outside?.[i] ?? 0;
      if (isWorse(outside - rent, maxParticipationViolation)) maxParticipationViolation = outside - rent;
      let best = Math.max(rent, outside);
      let bestProfit = rent >= outside ? Number.NaN : 0;
      for (let o = 0; o < menus.length; o++) {
        const other = menus[o]!;
        const { quality, cost, value } = other.schedule;
        const worth = w * Math.min(1, own.scale / other.scale);
        const j = favourites[o]!(worth);
        if (j === undefined) continue;
        const transfer = transfers[o]![j]!;
        const utility = worth * quality[j]! - transfer;
        if (utility <= best) continue;
        best = utility;
        bestProfit = transfer - cost[j]!;
        if (isWorse(utility - rent, maxIncentiveViolation)) {
          maxIncentiveViolation = utility - rent;
          deviation = {
            from: { value: w, scale: own.scale },
            to: { value: value[j]!, scale: other.scale },
          };
        }
      }
      if (best - rent > tie)
        loss += own.masses[i]! * (transfers[position]![i]! - own.schedule.cost[i]! - bestProfit);
    }
  });
  return { maxIncentiveViolation, maxParticipationViolation, loss, ...(deviation ? { deviation } : {}) };
};
