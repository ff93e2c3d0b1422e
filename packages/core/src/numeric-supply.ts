import { efficientAllocator } from './efficient-allocation.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from './efficient-supply.ts';
import type { Minimizer } from './minimizer.ts';
import { proposeByMinimizer } from './minimizer-fallback.ts';
import { root } from './root.ts';
import type { Technology } from './technology.ts';

/** After so many points that no minimizer could mend, v is taken not to meet the conditions at all. */
const MOST_FAILURES = 12;

/** How far around the last crossing the next is looked for first, in log φ. */
const NEARBY = 0.25;

/**
 * Efficient supply S(φ, s) from v and its gradient alone: the efficient allocation of one task of weight s and value φ, since
 * identical tasks are served alike when v is concave (eq. (17)–(18)).
 *
 * Each solve starts from the last, so calls in order of φ are the fastest. Where Newton's method fails, `fallback` is asked for a better
 * point to start from; a point that does not meet the first-order conditions in the end is marked unsolved.
 */
export const numericSupply = (technology: Technology, fallback?: Minimizer): EfficientSupply => {
  const { taskCount, sharedCount, cost, max, sharedScales } = technology;
  const { allocation, solve, linearize, respond } = efficientAllocator(technology, 1);
  const { conditions, sharedStates } = allocation;
  const weights = new Float64Array(1);
  const values = new Float64Array(1);
  const effect = new Float64Array(taskCount + sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const x = new Float64Array(taskCount);

  let failures = 0;
  const supply = (value: number, scale: number, out: SupplyPoint): void => {
    out.qualityByValue = 0;
    out.qualityByScale = 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      out.quality = 0;
      out.cost = 0;
      out.surplus = 0;
      out.regime = 0;
      out.solved = value <= 0;
      out.inputs.fill(0);
      return;
    }
    weights[0] = scale;
    values[0] = value;
    solve(weights, values);
    if (!allocation.solved) {
      const isAsked = fallback !== undefined && failures < MOST_FAILURES;
      if (isAsked && proposeByMinimizer(technology, fallback, allocation, value, scale))
        solve(weights, values);
      if (!allocation.solved) failures++;
    }
    const isServed = allocation.unserved[0] === 0;
    let total = 0;
    for (let j = 0; j < taskCount; j++) {
      const amount = isServed ? Math.exp(conditions.logX[j]!) : 0;
      out.inputs[j] = amount;
      total += scale * cost[j]! * amount;
    }
    let regime = 0;
    let digit = 1;
    for (let k = 0; k < sharedCount; k++) {
      const amount = isServed ? conditions.z[k]! : 0;
      out.inputs[taskCount + k] = amount;
      total += cost[taskCount + k]! * amount;
      if (isServed) regime += digit * sharedStates[k]!;
      digit *= 3;
    }
    out.quality = isServed ? scale * conditions.quality[0]! : 0;
    out.cost = total;
    out.surplus = value * out.quality - total;
    out.regime = regime;
    out.solved = allocation.solved;
  };

  /** dq for the change of inputs now in `effect`: s·(∂v/∂x·dx + ∂v/∂z·dz). */
  const qualityResponse = (scale: number): number => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(conditions.logX[j]!);
    technology.gradient(x, conditions.z, marginal);
    let change = 0;
    for (let j = 0; j < taskCount; j++) change += marginal[j]! * x[j]! * effect[j]!;
    for (let k = 0; k < sharedCount; k++) {
      change += marginal[taskCount + k]! * (conditions.z[k]! + sharedScales[k]!) * effect[taskCount + k]!;
    }
    return scale * change;
  };

  const slopes = (value: number, scale: number, out: SupplyPoint): void => {
    supply(value, scale, out);
    if (!(out.quality > 0)) return;
    linearize(weights);
    effect.fill(1 / value); // every condition holds log φ
    respond(effect);
    out.qualityByValue = qualityResponse(scale);
    effect.fill(0); // only the shared inputs' conditions hold log s
    for (let k = 0; k < sharedCount; k++) effect[taskCount + k] = 1 / scale;
    respond(effect);
    out.qualityByScale = out.quality / scale + qualityResponse(scale);
  };

  const point = supplyPoint(taskCount + sharedCount);
  /** Positive once shared input k is past its lower (bound 0) or upper (bound 2) bound at φ = eᵖ, and continuous in p. */
  const pastBound = (k: number, bound: 0 | 2, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (allocation.unserved[0] === 1) return -1e3;
    const r = conditions.residuals[taskCount + k]!;
    const z = conditions.z[k]!;
    const state = sharedStates[k]!;
    if (bound === 0) return state === 0 ? r : Math.log1p(z / sharedScales[k]!);
    return state === 2 ? r : Math.log((z + sharedScales[k]!) / (max[taskCount + k]! + sharedScales[k]!));
  };

  // Whether supply starts only at some φ > 0 is a property of v near zero, the same at every scale.
  let startsLate: boolean | undefined;
  const lastCrossings = new Float64Array(1 + 2 * sharedCount).fill(Number.NaN);
  const kinks = (scale: number, upTo: number): readonly number[] => {
    if (!(upTo > 0)) return [];
    const found: number[] = [];
    const top = Math.log(upTo);
    const bottom = top - 30;
    /** Crossings move little from scale to scale: the last one's neighbourhood is tried first. */
    const cross = (which: number, f: (p: number) => number): void => {
      if (!(f(top) > 0)) return;
      const near = lastCrossings[which]!;
      const [low, high] = [Math.max(bottom, near - NEARBY), Math.min(top, near + NEARBY)];
      const isNear = low < high && f(high) > 0 && f(low) < 0;
      if (!isNear && !(f(bottom) < 0)) return;
      const place = isNear ? root(f, low, high) : root(f, bottom, top);
      lastCrossings[which] = place;
      found.push(Math.exp(place));
    };
    if (startsLate === undefined) {
      supply(Math.exp(bottom), scale, point);
      startsLate = point.quality === 0;
    }
    if (startsLate) {
      // Nothing is supplied at tiny values: find where supply starts (C_q(0, s) > 0, ERRATA S6).
      cross(0, (p) => {
        supply(Math.exp(p), scale, point);
        return point.quality > 0 ? 1 : -1;
      });
    }
    for (let k = 0; k < sharedCount; k++) {
      if (sharedScales[k]! > 0) cross(1 + 2 * k, (p) => pastBound(k, 0, p, scale));
      if (max[taskCount + k]! < Number.POSITIVE_INFINITY) cross(2 + 2 * k, (p) => pastBound(k, 2, p, scale));
    }
    return found.filter((value) => value > 0 && value < upTo).sort((a, b) => a - b);
  };

  return { inputs: technology.inputs, supply, slopes, kinks };
};
