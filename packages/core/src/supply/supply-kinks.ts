import { root } from '../integration/root.ts';
import { TRACE } from './best-effort.ts';
import { type EfficientSupply, supplyPoint } from './efficient-supply.ts';
import type { EfficientAllocation } from './newton/efficient-allocation.ts';
import type { Technology } from './technology.ts';

/** How far around the last crossing the next is looked for first, in log φ, unless it was seen to move with the scale. */
const STILL = 1e-6;
/** How far after that, and in the end. */
const WINDOWS = [STILL, 0.25, Number.POSITIVE_INFINITY] as const;
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
 * The kinks of numeric supply: where it starts, where inputs that are not used there come in, and where shared ones reach their caps, each the sign
 * change of a condition in log φ. `supply` leaves what it found in `allocation`.
 */
export const supplyKinks = (
  { taskCount, sharedCount, cost, max, sharedScales, taskScales }: Technology,
  { conditions, sharedStates, unserved, unused }: EfficientAllocation,
  supply: EfficientSupply['supply'],
  isConcave: boolean,
): EfficientSupply['kinks'] => {
  const point = supplyPoint(taskCount + sharedCount);
  /** Positive once shared input k is past its lower (bound 0) or upper (bound 2) bound at φ = eᵖ, and continuous in p. */
  const pastBound = (k: number, bound: 0 | 2, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (unserved[0] === 1) return -1e3;
    const r = conditions.residuals[taskCount + k]!;
    const z = conditions.z[k]!;
    const state = sharedStates[k]!;
    if (bound === 0) return state === 0 ? r : Math.log1p(z / sharedScales[k]!);
    return state === 2 ? r : Math.log((z + sharedScales[k]!) / (max[taskCount + k]! + sharedScales[k]!));
  };

  /** The same for task input j, which may have a finite marginal product at zero. */
  const pastUnused = (j: number, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (unserved[0] === 1) return -1e3;
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

  // Whether supply starts only at some φ > 0 is a property of v near zero, the same at every scale; and so is, where it does not, which inputs
  // are used from the start: those of infinite marginal product at zero, unless shared inputs can stand in for them.
  let startsLate: boolean | undefined;
  let isLateEverywhere: Uint8Array | undefined;
  const scales = [...taskScales, ...sharedScales];
  const unusedNow = (): Uint8Array => Uint8Array.from(point.inputs, (amount) => (amount > 0 ? 0 : 1));
  const lastCrossings = new Float64Array(1 + taskCount + 2 * sharedCount).fill(Number.NaN);
  const moves = new Uint8Array(lastCrossings.length);
  return (scale, upTo) => {
    if (!(upTo > 0)) return [];
    const found: number[] = [];
    const top = Math.log(upTo);
    const bottom = top - 30;
    /** Crossings move little from scale to scale: the last one's neighbourhood is tried first. */
    const cross = (which: number, f: (p: number) => number, tolerance = 0): number | undefined => {
      const atTop = f(top);
      if (!(atTop > 0)) return undefined;
      const near = lastCrossings[which]!;
      for (const window of moves[which] === 1 ? WINDOWS.slice(1) : WINDOWS) {
        const low = Math.max(bottom, Number.isNaN(near) ? bottom : near - window);
        const high = Math.min(top, Number.isNaN(near) ? top : near + window);
        if (!(low < high)) continue;
        const atLow = f(low);
        if (!(atLow < 0)) continue;
        const atHigh = high === top ? atTop : f(high);
        if (!(atHigh > 0)) continue;
        const known = (p: number): number => (p === low ? atLow : p === high ? atHigh : f(p));
        const rough = root(known, low, high, tolerance);
        // Where v is not concave nothing is certain, and quality jumps at the start.
        const place = which === 0 && isConcave ? refinedStart(rough, scale) : rough;
        moves[which] = Math.abs(place - near) > STILL ? 1 : 0;
        lastCrossings[which] = place;
        if (!found.some((other) => Math.abs(Math.log(other) - place) < ALIKE)) found.push(Math.exp(place));
        return place;
      }
      return undefined;
    };
    if (startsLate === undefined) {
      supply(Math.exp(bottom), scale, point);
      startsLate = unserved[0] === 1;
      const late = unusedNow();
      if (!startsLate && late.every((flag, i) => flag === (scales[i]! > 0 ? 1 : 0))) isLateEverywhere = late;
    }
    // Nothing is supplied at tiny values: find where supply starts (C_q(0, s) > 0, ERRATA S6).
    const start = startsLate ? cross(0, (p) => servedAt(p, scale), NOISE) : bottom;
    if (start === undefined) return [];
    // Inputs of which none is used where supply starts come in later; the others are smooth from there on.
    if (!isLateEverywhere) supply(Math.exp(start) * (startsLate ? 1 + ALIKE : 1), scale, point);
    const isLate = isLateEverywhere ?? unusedNow();
    for (let j = 0; j < taskCount; j++)
      if (isLate[j] === 1) cross(1 + j, (p) => pastUnused(j, p, scale), taskScales[j]! > 0 ? 0 : KINK);
    for (let k = 0; k < sharedCount; k++) {
      const at = taskCount + k;
      if (isLate[at] === 1) cross(1 + taskCount + 2 * k, (p) => pastBound(k, 0, p, scale));
      if (max[at]! < Number.POSITIVE_INFINITY) cross(2 + taskCount + 2 * k, (p) => pastBound(k, 2, p, scale));
    }
    return found.filter((value) => value > 0 && value < upTo).sort((a, b) => a - b);
  };
};
