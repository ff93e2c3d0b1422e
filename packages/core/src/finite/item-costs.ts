import { type CostForm, taskCost } from '../supply/cost/cost-form.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';

/** What a total is exceeded by in additions, relative to it. */
const ROUNDING = 1e-12;

/** C(q_k) of every item, of a lottery with the exclusive task that expected; ∞ where it cannot be made. */
export const costsOf = (
  form: CostForm,
  { offsets, ends, quality }: ItemProfiles,
  weights: Float64Array,
): Float64Array =>
  Float64Array.from({ length: offsets.length - 1 }, (_, k) => {
    const chance = exclusiveChance(form, { offsets, ends, quality }, k);
    if (!(chance >= 0 && chance <= 1)) return Number.POSITIVE_INFINITY;
    const share = 1 - chance;
    let [sum, total, m] = [0, 0, 0];
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      for (; m < ends[b]!; m++) {
        if (m === form.exclusive || quality[b] === 0) continue;
        sum +=
          share > 0 ? weights[m]! * share * taskCost(form, m, quality[b]! / share) : Number.POSITIVE_INFINITY;
        total += quality[b]!;
      }
    }
    const isWithin = form.total === undefined || total <= form.total * share * (1 + ROUNDING);
    return isWithin ? sum : Number.POSITIVE_INFINITY;
  });

/** The chance π that item k is the exclusive task, 0 where there is none. */
export const exclusiveChance = (
  { exclusive }: CostForm,
  { offsets, ends, quality }: ItemProfiles,
  k: number,
): number => {
  if (exclusive === undefined) return 0;
  for (let b = offsets[k]!; b < offsets[k + 1]!; b++) if (ends[b] === exclusive + 1) return quality[b]!;
  return 0;
};
