import { efficientAllocator } from './efficient-allocation.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from './efficient-supply.ts';
import { type InteriorAllocation, interiorAllocator } from './interior-allocation.ts';
import type { Minimizer } from './minimizer.ts';
import { proposeByMinimizer } from './minimizer-fallback.ts';
import { root } from './root.ts';
import type { Technology } from './technology.ts';

export { unboundedInput } from './unbounded-input.ts';

/** After so many points that no minimizer could mend, v is taken not to meet the conditions at all. */
const MOST_FAILURES = 12;
/** After so many that could not be solved each buyer is supplied the same. */
const MOST_UNSOLVED = 300;
/** Where v is not concave all points count that took the barrier method. */
const MOST_SEARCHED = 4000;
/** A quality that is as good as none. */
const TRACE = 1e-300;
const MOST_REMEMBERED = 8;

/** A gap this small beside the gross value is rounding. */
const GAP = 1e-11;
/** An input on which this share of the gross value is spent, at the barrier method's end, is not used, unless the conditions say it is. */
const UNUSED = 1e-8;
/** Rounding of v, beside its size at ordinary amounts. */
const ROUNDING = 4e-15;
/** Nothing is worth making where this share of the gross value of ordinary amounts is the most to be had. */
const NOTHING = 1e-20;
/** Share of the gross value that is spent, as a trial, on inputs that are not used. */
const TRIAL = 1e-13;
/** And share of the amount over which v changes that is tried, where that is known. */
const SMALL = 1e-11;
/** By how much a marginal product may exceed its cost in such a trial, in logarithms. */
const TRIAL_EXCESS = 1e-9;

/** How far around the last crossing the next is looked for first, in log φ. */
const NEARBY = 0.25;
/** And before that, for what does not move with the scale. */
const STILL = 1e-6;
/** This close to where supply starts, in log φ, rounding in v decides whether anything is worth making. */
const NOISE = 1e-7;
/** The distances from it, in log φ, from which the start is extrapolated: φ is smooth in q there. */
const APPROACH = [1e-3, 2e-3, 3e-3, 4e-3, 5e-3, 6e-3, 7e-3] as const;
/** Extrapolations that differ by less are of a smooth function. */
const AGREEMENT = 1e-11;
/** Where a task input comes in quality has a kink and no jump: it need not be known to rounding. */
const KINK = 1e-9;
/** Crossings this close to where supply starts are the start. */
const ALIKE = 1e-5;

/** The polynomial through (x, y) at `at`. */
const interpolated = (x: readonly number[], y: readonly number[], at: number): number =>
  y.reduce((sum, value, a) => {
    const weight = x.reduce(
      (product, other, b) => (b === a ? product : (product * (at - other)) / (x[a]! - other)),
      1,
    );
    return sum + weight * value;
  }, 0);

/**
 * Efficient supply S(φ, s) from v and its gradient alone: the efficient allocation of one task of weight s and value φ, since
 * identical tasks are served alike when v is concave (eq. (17)–(18)).
 *
 * Each solve starts from the last, so calls in order of φ are the fastest. Where Newton's method on the first-order conditions fails, or inputs that
 * it holds at zero might be worth using, the barrier method decides; then `fallback` is asked for a better point. A point that
 * neither meets the conditions nor has a gap of nothing is marked unsolved, and so is every point where v is not concave (`isConcave` false): the
 * best of the points found is then supplied.
 */
export const numericSupply = (
  technology: Technology,
  fallback?: Minimizer,
  isConcave = true,
): EfficientSupply => {
  const { taskCount, sharedCount, cost, max, sharedScales, taskScales } = technology;
  const allocator = efficientAllocator(technology, 1);
  const { allocation, solve, linearize, respond } = allocator;
  const { conditions, sharedStates, unused } = allocation;
  const interior = interiorAllocator(technology);
  const weights = new Float64Array(1);
  const values = new Float64Array(1);
  const effect = new Float64Array(taskCount + sharedCount);
  const marginal = new Float64Array(taskCount + sharedCount);
  const x = new Float64Array(taskCount);

  /** Values and scales at which nothing is worth making: then nothing is at lower ones, as the surplus rises with both. */
  let nothing: { readonly value: number; readonly scale: number }[] = [];
  const rememberNothing = (value: number, scale: number): void => {
    nothing = nothing.filter((known) => known.value > value || known.scale > scale);
    nothing.push({ value, scale });
    if (nothing.length > MOST_REMEMBERED) nothing.shift();
  };

  const trialX = new Float64Array(taskCount);
  const trialZ = new Float64Array(sharedCount);
  /** log of (marginal product · φ over cost) of every input at the trial amounts, in `marginal`; returns v. */
  const tryAmounts = (value: number, scale: number): number => {
    const v = technology.gradient(trialX, trialZ, marginal);
    for (let j = 0; j < taskCount; j++) marginal[j] = Math.log((value * marginal[j]!) / cost[j]!);
    for (let i = taskCount; i < taskCount + sharedCount; i++)
      marginal[i] = Math.log((scale * value * marginal[i]!) / cost[i]!);
    return v;
  };

  /**
   * False where inputs that are not used might yet be worth using. The conditions at zero settle it for one input at a time; together, inputs that
   * need each other can be worth it though none is alone, so all of them are tried in small amounts.
   */
  const isBest = (value: number, scale: number): boolean => {
    const isServed = allocation.unserved[0] === 0;
    let zeros = 0;
    let isKnown = true;
    for (let j = 0; j < taskCount; j++) {
      if (isServed && unused[j] === 0) continue;
      zeros++;
      isKnown &&= !Number.isNaN(conditions.residuals[j]!);
    }
    for (let k = 0; k < sharedCount; k++) {
      if ((isServed && conditions.z[k]! > 0) || max[taskCount + k] === 0) continue;
      zeros++;
      isKnown &&= !Number.isNaN(conditions.residuals[taskCount + k]!);
    }
    if (zeros === 0 || (isServed && zeros === 1 && isKnown)) return true;
    if (!isServed) {
      // Where the task was dropped: for concave v nothing earns more than the tangent at those amounts allows.
      for (let j = 0; j < taskCount; j++) trialX[j] = Math.exp(conditions.logX[j]!);
      trialZ.fill(0);
      const v = tryAmounts(value, scale);
      for (let k = 0; k < sharedCount; k++) if (max[taskCount + k] === 0) marginal[taskCount + k] = 0;
      let spent = 0;
      let worth = 0;
      for (let j = 0; j < taskCount; j++) {
        spent += cost[j]! * trialX[j]!;
        worth += cost[j]! * trialX[j]! * Math.exp(marginal[j]!);
      }
      return (
        Math.abs(value * v - worth) <= 10 * TRIAL_EXCESS * spent && marginal.every((r) => r <= TRIAL_EXCESS)
      );
    }
    const stake = TRIAL * scale * value * conditions.quality[0]!;
    for (let j = 0; j < taskCount; j++) {
      const trial = taskScales[j]! > 0 ? SMALL * taskScales[j]! : stake / (scale * cost[j]!);
      trialX[j] = unused[j] === 1 ? trial : Math.exp(conditions.logX[j]!);
    }
    for (let k = 0; k < sharedCount; k++) {
      const trial = sharedScales[k]! > 0 ? SMALL * sharedScales[k]! : stake / cost[taskCount + k]!;
      trialZ[k] = Math.min(max[taskCount + k]!, Math.max(conditions.z[k]!, trial));
    }
    tryAmounts(value, scale);
    return marginal.every((r, i) => {
      const isHeld = i < taskCount ? unused[i] === 1 : sharedStates[i - taskCount] === 0 && max[i]! > 0;
      return !isHeld || r <= TRIAL_EXCESS;
    });
  };

  /** The allocation by the barrier method, and the conditions solved from there. */
  const surely = (value: number, scale: number): void => {
    const found = interior(value, scale);
    const isCertain =
      found.isConcave &&
      found.gap <= Math.max(GAP * found.gross, NOTHING * found.money) &&
      Number.isFinite(found.gap);
    if (found.profit <= NOTHING * found.money || (!isConcave && found.profit <= GAP * found.gross)) {
      allocation.unserved[0] = 1;
      conditions.profit = 0;
      allocation.solved = isCertain;
      return;
    }
    const spentOn = (i: number): number => (i < taskCount ? scale : 1) * cost[i]! * found.amounts[i]!;
    const amounts = found.amounts.map((amount, i) => {
      if (spentOn(i) > UNUSED * found.gross) return isAtCap(found, i) ? max[i]! : amount;
      return i >= taskCount && sharedScales[i - taskCount] === 0 ? amount : 0;
    });
    allocator.place(amounts, values);
    solve(weights, values);
    const isAsGood = conditions.profit >= found.profit - GAP * found.gross - ROUNDING * found.money;
    if (allocation.solved && isAsGood && isBest(value, scale)) return;
    // The barrier method's own point is as good as its gap.
    allocator.place(found.amounts, values);
    allocator.evaluate(weights);
    allocation.solved = isCertain;
  };

  const isAtCap = ({ amounts, gross }: InteriorAllocation, i: number): boolean =>
    i >= taskCount && cost[i]! * (max[i]! - amounts[i]!) <= UNUSED * gross;

  let failures = 0;
  let unsolved = 0;
  let searched = 0;
  const isGivenUp = (): boolean => (isConcave ? unsolved > MOST_UNSOLVED : searched > MOST_SEARCHED);
  /** The amounts that earned most of all that are not certain to be best. */
  let bestEffort = { profit: 0, quality: 0, taskCost: 0, sharedCost: 0, inputs: new Float64Array(0) };
  const noteUnsolved = (): void => {
    unsolved++;
    noteBestEffort();
  };
  const noteBestEffort = (): void => {
    if (allocation.unserved[0] === 1 || !(conditions.profit > bestEffort.profit)) return;
    const inputs = Float64Array.from([...conditions.logX.map(Math.exp), ...conditions.z]);
    const spent = inputs.map((amount, i) => cost[i]! * amount);
    bestEffort = {
      profit: conditions.profit,
      quality: conditions.quality[0]!,
      taskCost: spent.subarray(0, taskCount).reduce((sum, next) => sum + next, 0),
      sharedCost: spent.subarray(taskCount).reduce((sum, next) => sum + next, 0),
      inputs,
    };
  };
  /** After too many failures all get the same, the best effort, where it pays, so that a solve ends with something that can be sold. */
  const supplyAlike = (value: number, scale: number, out: SupplyPoint): void => {
    const spent = scale * bestEffort.taskCost + bestEffort.sharedCost;
    const surplus = scale * value * bestEffort.quality - spent;
    const isServed = surplus > 0;
    // Where not even that pays, a trace is supplied: who asks for the sum must see that it is not certain.
    out.quality = isServed ? scale * bestEffort.quality : TRACE;
    out.cost = isServed ? spent : 0;
    out.surplus = isServed ? surplus : 0;
    if (isServed) out.inputs.set(bestEffort.inputs);
    else out.inputs.fill(0);
    out.regime = 0;
    out.solved = false;
  };
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
    if (isGivenUp()) {
      supplyAlike(value, scale, out);
      return;
    }
    weights[0] = scale;
    values[0] = value;
    if (nothing.some((known) => value <= known.value && scale <= known.scale)) {
      allocation.unserved[0] = 1;
      allocation.solved = true;
    } else {
      const isWarm = isConcave || allocation.unserved[0] === 0;
      if (isWarm) solve(weights, values);
      const isGood = isWarm && allocation.solved && (isConcave || allocation.unserved[0] === 0);
      if (!isGood || !isBest(value, scale)) {
        surely(value, scale);
        searched++;
        if (!isConcave) noteBestEffort();
      }
      if (allocation.unserved[0] === 1 && (allocation.solved || !isConcave)) rememberNothing(value, scale);
    }
    if (!allocation.solved) {
      const isAsked = fallback !== undefined && failures < MOST_FAILURES;
      if (isAsked && proposeByMinimizer(technology, fallback, allocation, value, scale))
        solve(weights, values);
      if (!allocation.solved) failures++;
      if (!allocation.solved) noteUnsolved();
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
    for (let j = 0; j < taskCount; j++) {
      regime += isServed ? digit * unused[j]! : 0;
      digit *= 3;
    }
    out.regime = regime;
    // Where v is not concave no condition tells that nothing better exists.
    out.solved = allocation.solved && isConcave;
  };

  /** dq for the change of inputs now in `effect`: s·(∂v/∂x·dx + ∂v/∂z·dz). */
  const qualityResponse = (scale: number): number => {
    for (let j = 0; j < taskCount; j++) x[j] = Math.exp(conditions.logX[j]!);
    technology.gradient(x, conditions.z, marginal);
    let change = 0;
    for (let j = 0; j < taskCount; j++)
      if (effect[j] !== 0) change += marginal[j]! * (x[j]! + taskScales[j]!) * effect[j]!;
    for (let k = 0; k < sharedCount; k++) {
      change += marginal[taskCount + k]! * (conditions.z[k]! + sharedScales[k]!) * effect[taskCount + k]!;
    }
    return scale * change;
  };

  const slopes = (value: number, scale: number, out: SupplyPoint): void => {
    supply(value, scale, out);
    if (!(out.quality > 0)) return;
    if (isGivenUp()) {
      out.qualityByScale = out.quality / scale;
      return;
    }
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

  /** The same for task input j, which may have a finite marginal product at zero. */
  const pastUnused = (j: number, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (allocation.unserved[0] === 1) return -1e3;
    const gross = Math.exp(logValue) * conditions.quality[0]!;
    if (unused[j] === 1) return conditions.residuals[j]!;
    return taskScales[j]! > 0
      ? Math.log1p(point.inputs[j]! / taskScales[j]!)
      : (cost[j]! * point.inputs[j]!) / gross;
  };

  const servedAt = (logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    return point.quality > TRACE ? 1 : -1;
  };

  /** log φ where quality falls to 0, extrapolated from above, if that is near `rough`; at a jump of quality it is not. */
  const refinedStart = (rough: number, scale: number): number => {
    for (const stretch of [1, 0.1, 0.01]) {
      const distances = APPROACH.map((distance) => stretch * distance);
      const qualities = distances.map((distance) => {
        supply(Math.exp(rough + distance), scale, point);
        return point.quality;
      });
      const place = interpolated(qualities, distances, 0);
      // A kink nearby spoils it: then fewer points tell something else.
      const few = interpolated(qualities.slice(1), distances.slice(1), 0);
      if (Math.abs(place) < ALIKE && Math.abs(place - few) < AGREEMENT) return rough + place;
    }
    return root((p) => servedAt(p, scale), rough - 2 * NOISE, rough + 2 * NOISE);
  };

  // Whether supply starts only at some φ > 0 is a property of v near zero, the same at every scale.
  let startsLate: boolean | undefined;
  const lastCrossings = new Float64Array(1 + taskCount + 2 * sharedCount).fill(Number.NaN);
  const kinks = (scale: number, upTo: number): readonly number[] => {
    if (!(upTo > 0)) return [];
    if (isGivenUp()) {
      const { quality, taskCost, sharedCost } = bestEffort;
      const level = (taskCost + sharedCost / scale) / quality; // where the best effort starts to pay
      return level < upTo ? [level] : [];
    }
    const found: number[] = [];
    const top = Math.log(upTo);
    const bottom = top - 30;
    /** Crossings move little from scale to scale: the last one's neighbourhood is tried first. */
    const cross = (which: number, f: (p: number) => number, tolerance = 0): number | undefined => {
      if (!(f(top) > 0)) return undefined;
      const near = lastCrossings[which]!;
      for (const window of [STILL, NEARBY, Number.POSITIVE_INFINITY]) {
        const low = Math.max(bottom, Number.isNaN(near) ? bottom : near - window);
        const high = Math.min(top, Number.isNaN(near) ? top : near + window);
        if (!(low < high && f(low) < 0 && f(high) > 0)) continue;
        const rough = root(f, low, high, tolerance);
        // Where v is not concave nothing is certain, and quality jumps at the start.
        const place = which === 0 && isConcave ? refinedStart(rough, scale) : rough;
        lastCrossings[which] = place;
        if (!found.some((other) => Math.abs(Math.log(other) - place) < ALIKE)) found.push(Math.exp(place));
        return place;
      }
      return undefined;
    };
    if (startsLate === undefined) {
      supply(Math.exp(bottom), scale, point);
      startsLate = allocation.unserved[0] === 1;
    }
    // Nothing is supplied at tiny values: find where supply starts (C_q(0, s) > 0, ERRATA S6).
    const start = startsLate ? cross(0, (p) => servedAt(p, scale), NOISE) : bottom;
    if (start === undefined) return [];
    // Inputs of which none is used where supply starts come in later; the others are smooth from there on.
    supply(Math.exp(start) * (startsLate ? 1 + ALIKE : 1), scale, point);
    const isLate = Uint8Array.from(point.inputs, (amount) => (amount > 0 ? 0 : 1));
    for (let j = 0; j < taskCount; j++)
      if (isLate[j] === 1) cross(1 + j, (p) => pastUnused(j, p, scale), taskScales[j]! > 0 ? 0 : KINK);
    for (let k = 0; k < sharedCount; k++) {
      const at = taskCount + k;
      if (isLate[at] === 1) cross(1 + taskCount + 2 * k, (p) => pastBound(k, 0, p, scale));
      if (max[at]! < Number.POSITIVE_INFINITY) cross(2 + taskCount + 2 * k, (p) => pastBound(k, 2, p, scale));
    }
    return found.filter((value) => value > 0 && value < upTo).sort((a, b) => a - b);
  };

  return { inputs: technology.inputs, supply, slopes, kinks };
};
