import type { ItemProfiles } from './item-profiles.ts';

/** A cost that is given outright and that solvers can write down: ½ Σ ω q², or rate·Σ ω q with 0 ≤ q ≤ max. */
export type CostForm =
  | { readonly kind: 'quadratic' }
  | { readonly kind: 'linear'; readonly rate: number; readonly max: number };

/** C(q_k) of every item; ∞ where it cannot be made. */
export const costsOf = (
  form: CostForm,
  { offsets, ends, quality }: ItemProfiles,
  weights: Float64Array,
): Float64Array =>
  Float64Array.from({ length: offsets.length - 1 }, (_, k) => {
    let sum = 0;
    let m = 0;
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      const q = quality[b]!;
      if (!(q >= 0 && (form.kind === 'quadratic' || q <= form.max))) return Number.POSITIVE_INFINITY;
      const each = form.kind === 'quadratic' ? (q * q) / 2 : form.rate * q;
      for (; m < ends[b]!; m++) sum += weights[m]! * each;
    }
    return sum;
  });
