import type { AuditedScale } from './audit.ts';
import { type Condition, judged } from './conditions.ts';

/** What differences may be off by, as a ratio of the two sides. */
const SLACK = 1e-4;
/** Sides that are no more than this share of the largest rent are none. */
const ROUNDING = 1e-9;

/**
 * Assumption 1 of menus whose types have something without them: 0 ≤ s U_s ≤ w U_w, where U_w = q.
 *
 * Menus that are incentive compatible at every scale are so across scales if and only if U(w, s) does not fall in s and U(tw, s/t) ≤ U(w, s) for t < 1, as a
 * buyer of s tasks has all of a smaller scale's item, and the share s/s′ of a larger one's. U_s is told from differences between scales, of order 2, at values
 * that are offered an item at both. The margin is 1 minus the largest ratio of the sides, or the lowest ratio where that is below 0.
 */
export const boundedRentAcross = (audited: readonly AuditedScale[]): Condition => {
  let worst = { margin: 1, value: Number.NaN, scale: Number.NaN };
  const money = audited.reduce((most, { schedule }) => Math.max(most, ...schedule.rent), 0);
  const rounding = ROUNDING * money;
  audited.slice(1).forEach((next, k) => {
    const last = audited[k]!;
    const [a, b] = [last.schedule, next.schedule];
    const scale = (last.scale + next.scale) / 2;
    for (let i = 0; i < a.value.length; i++) {
      if (last.isOffered?.[i] === false || next.isOffered?.[i] === false) continue;
      const value = a.value[i]!;
      const worth = (value * (a.quality[i]! + b.quality[i]!)) / 2;
      const rise = (scale * (b.rent[i]! - a.rent[i]!)) / (next.scale - last.scale);
      if (Math.abs(worth) <= rounding && Math.abs(rise) <= rounding) continue;
      const ratio = rise / worth;
      const margin = Math.min(1 - ratio, ratio < -SLACK ? ratio : 1);
      if (!(margin >= worst.margin)) worst = { margin, value, scale };
    }
  });
  const { margin, value, scale } = worst;
  return judged('bounded-rent', margin, Number.isNaN(value) ? {} : { value, scale }, SLACK);
};
