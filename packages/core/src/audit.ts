import type { Schedule } from './scale-menu.ts';

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
}

/** A violation beyond the worst so far; NaN is worse than any number and stays. */
const isWorse = (violation: number, worst: number): boolean => !(violation <= worst || Number.isNaN(worst));

/**
 * Free choice of every audited type among every audited item, or none. A buyer of scale s values an item of scale s′ on min(s, s′)/s′
 * of its quality, as quality is spread evenly over s′ tasks. Gains within `tie` are the seller's: types stay truthful.
 */
export const auditMenu = (menus: readonly AuditedScale[], tie: number): Audit => {
  let maxIncentiveViolation = 0;
  let maxParticipationViolation = 0;
  let loss = 0;
  let deviation: Audit['deviation'];
  const transfers = menus.map(({ schedule }) =>
    schedule.value.map((w, i) => w * schedule.quality[i]! - schedule.rent[i]!),
  );
  for (const own of menus) {
    const n = own.schedule.value.length;
    for (let i = 0; i < n; i++) {
      const w = own.schedule.value[i]!;
      const rent = own.schedule.rent[i]!;
      if (isWorse(-rent, maxParticipationViolation)) maxParticipationViolation = -rent;
      let best = Math.max(rent, 0);
      let bestProfit = rent >= 0 ? Number.NaN : 0;
      for (let o = 0; o < menus.length; o++) {
        const other = menus[o]!;
        const { quality, cost, value } = other.schedule;
        const transfer = transfers[o]!;
        const worth = w * Math.min(1, own.scale / other.scale);
        for (let j = 0; j < value.length; j++) {
          const utility = worth * quality[j]! - transfer[j]!;
          if (!(utility <= best)) {
            best = utility;
            bestProfit = transfer[j]! - cost[j]!;
            if (isWorse(utility - rent, maxIncentiveViolation)) {
              maxIncentiveViolation = utility - rent;
              deviation = {
                from: { value: w, scale: own.scale },
                to: { value: value[j]!, scale: other.scale },
              };
            }
          }
        }
      }
      if (best - rent > tie) {
        const o = menus.indexOf(own);
        loss += own.masses[i]! * (transfers[o]![i]! - own.schedule.cost[i]! - bestProfit);
      }
    }
  }
  return { maxIncentiveViolation, maxParticipationViolation, loss, ...(deviation ? { deviation } : {}) };
};
