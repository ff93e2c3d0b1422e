import { type CostForm, costOf, piecesOn } from '../supply/cost/cost-form.ts';
import type { ItemProfiles } from './item-profiles.ts';

/** What a total is exceeded by in additions, relative to it. */
const ROUNDING = 1e-12;

/** C(q_k) of every item; ∞ where it cannot be made. */
export const costsOf = (
  form: CostForm,
  { offsets, ends, quality }: ItemProfiles,
  weights: Float64Array,
): Float64Array =>
  Float64Array.from({ length: offsets.length - 1 }, (_, k) => {
    let [sum, total, m] = [0, 0, 0];
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      for (; m < ends[b]!; m++) {
        sum += weights[m]! * costOf(piecesOn(form, m), quality[b]!);
        total += quality[b]!;
      }
    }
    const { total: most = Number.POSITIVE_INFINITY } = form;
    return total <= most * (1 + ROUNDING) ? sum : Number.POSITIVE_INFINITY;
  });
