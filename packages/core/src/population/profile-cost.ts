import { type CostForm, hasJumps, taskCost } from '../supply/cost/cost-form.ts';
import type { CurvedPoint, ProfileSupply } from '../supply/profile-supply.ts';

/** Writes the least cost of a quality profile into a point, and φ into `values`; false where it could not be found. */
export type ProfileCost = (
  quality: Float64Array,
  weights: Float64Array,
  count: number,
  values: Float64Array,
  out: CurvedPoint,
) => boolean;

const MOST_STEPS = 25;
/** What is left between the profile and what is supplied, as a share of its worth: the cost is then right to its square. */
const ENOUGH = 3e-5;
/** A step changes a value by at most this factor: curvature says nothing of what is farther away. */
const FARTHEST = 4;

/**
 * C(q) of any quality profile, by Newton's method on C(q) = max over φ of ⟨φ, q⟩ − S(φ): the φ for which q is supplied, from `values` on.
 * What is left of q − q(φ) enters to first order. Where there is a choice of models, by the one that makes it at the least cost: no lotteries.
 */
export const profileCost = (supply: ProfileSupply, form?: CostForm, enough = ENOUGH): ProfileCost => {
  if (form !== undefined && hasJumps(form)) return costByForm(form);
  if (supply.models)
    return cheapestCost(supply.models.map((model) => profileCost(model.supply, form, enough)));
  const step = new Float64Array(supply.tasks);
  return (quality, weights, count, values, out) => {
    let largest = 0;
    for (let m = 0; m < count; m++) if (values[m]! > largest) largest = values[m]!;
    for (let m = 0; m < count; m++) {
      // Worthless tasks get nothing; a task that gets some is worth something.
      if (!(quality[m]! > 0 && weights[m]! > 0)) values[m] = 0;
      else if (!(values[m]! > 0)) values[m] = largest > 0 ? largest / FARTHEST : 1;
    }
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      supply.supply(values, weights, count, out);
      if (!out.solved) return false;
      let [worth, missing, correction] = [0, 0, 0];
      for (let m = 0; m < count; m++) {
        if (!(values[m]! > 0)) continue;
        const lacks = weights[m]! * values[m]! * (quality[m]! - out.quality[m]!);
        worth += weights[m]! * values[m]! * quality[m]!;
        missing += Math.abs(lacks);
        correction += lacks;
      }
      if (missing <= enough * worth) {
        out.cost += correction;
        return true;
      }
      if (!writeStep(quality, weights, count, values, out, step)) return false;
      for (let m = 0; m < count; m++) {
        if (!(values[m]! > 0)) continue;
        const moved = values[m]! + step[m]!;
        values[m] = Math.min(FARTHEST * values[m]!, Math.max(values[m]! / FARTHEST, moved));
      }
    }
    return false;
  };
};

const cheapestCost =
  (costs: readonly ProfileCost[]): ProfileCost =>
  (quality, weights, count, values, out) => {
    const start = values.slice(0, count);
    let best:
      | { readonly cost: number; readonly sharedCost: number; readonly values: Float64Array }
      | undefined;
    costs.forEach((costOf, model) => {
      const own = start.slice();
      if (!costOf(quality, weights, count, own, out) || out.cost >= (best?.cost ?? Number.POSITIVE_INFINITY))
        return;
      best = { cost: out.cost, sharedCost: out.sharedCost, values: own };
      out.model = model;
    });
    if (best === undefined) return false;
    values.set(best.values);
    out.cost = best.cost;
    out.sharedCost = best.sharedCost;
    return true;
  };

/** Where cost is linear no φ can be told from the quality. */
const costByForm =
  (form: CostForm): ProfileCost =>
  (quality, weights, count, values, out) => {
    values.fill(0, 0, count);
    out.cost = out.sharedCost = 0;
    out.solved = true;
    for (let m = 0; m < count; m++) {
      out.cost += weights[m]! * taskCost(form, m, quality[m]!);
    }
    return out.cost < Number.POSITIVE_INFINITY;
  };

/** H δ = ω (q − q(φ)) by Woodbury's formula; tasks that do not respond are moved by a factor. */
const writeStep = (
  quality: Float64Array,
  weights: Float64Array,
  count: number,
  values: Float64Array,
  { quality: supplied, curvature: { diagonal, rank, factors, coefficients } }: CurvedPoint,
  step: Float64Array,
): boolean => {
  const system = Array.from({ length: rank }, () => new Float64Array(rank + 1));
  for (let m = 0; m < count; m++) {
    step[m] = 0;
    if (!(values[m]! > 0)) continue;
    const lacks = quality[m]! - supplied[m]!;
    const h = diagonal[m]!;
    if (!(h > 0)) {
      step[m] = lacks > 0 ? values[m]! : lacks < 0 ? -values[m]! / 2 : 0;
      continue;
    }
    step[m] = lacks / h;
    for (let r = 0; r < rank; r++) {
      const g = factors[r * count + m]! * weights[m]!;
      for (let s = 0; s < rank; s++) system[r]![s]! += (g * factors[s * count + m]!) / h;
      system[r]![rank]! += (g * lacks) / h;
    }
  }
  for (let r = 0; r < rank; r++) {
    for (let s = 0; s <= rank; s++) system[r]![s]! *= coefficients[r]!;
    system[r]![r]! += 1;
  }
  const solution = eliminated(system);
  if (solution === undefined) return false;
  for (let m = 0; m < count; m++) {
    if (!(values[m]! > 0 && diagonal[m]! > 0)) continue;
    for (let r = 0; r < rank; r++) step[m]! -= (factors[r * count + m]! / diagonal[m]!) * solution[r]!;
  }
  return step.subarray(0, count).every((each) => Number.isFinite(each));
};

/** The solution of a small system whose rows end with their right-hand sides, by elimination with pivots. */
const eliminated = (rows: Float64Array[]): Float64Array | undefined => {
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    const own = rows[k]!;
    if (!(Math.abs(own[k]!) > 0)) return undefined;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]! / own[k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * own[j]!;
    }
  }
  return Float64Array.from(rows, (row, k) => row[n]! / row[k]!);
};
