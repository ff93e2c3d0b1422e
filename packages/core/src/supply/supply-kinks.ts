import { root } from '../integration/root.ts';
import { TRACE } from './best-effort.ts';
import { type EfficientSupply, type SupplyPoint, supplyPoint } from './efficient-supply.ts';
import type { EfficientAllocation } from './newton/efficient-allocation.ts';
import { ALIKE, NOISE, refinedStart } from './refined-start.ts';
import type { Technology } from './technology.ts';

/** How far around the last crossing the next is looked for first, in log φ, unless it was seen to move with the scale. */
const STILL = 1e-6;
/** How far after that, and in the end. */
const WINDOWS = [STILL, 0.25, Number.POSITIVE_INFINITY] as const;
/** Where a task input comes in quality has a kink and no jump: it need not be known to rounding. */
const KINK = 1e-9;

/** How far below the highest φ, in logarithms, is looked for the first. */
const REACH = 30;
/** A condition's value where nothing is served: below zero, and far from it. */
const UNSERVED = -1e3;

/**
 * The kinks of numeric supply: where it starts, where inputs that are not used there come in, and where shared ones reach their caps, each the sign
 * change of a condition in log φ. `supply` leaves what it found in `allocation`.
 */
export const supplyKinks = (
  technology: Technology,
  allocation: EfficientAllocation,
  supply: EfficientSupply['supply'],
  isConcave: boolean,
): EfficientSupply['kinks'] => {
  const { taskCount, sharedCount, max, sharedScales, taskScales } = technology;
  const point = supplyPoint(taskCount + sharedCount);
  const { pastBound, pastUnused } = boundConditions(technology, allocation, supply, point);
  const crossing = crossingMemory(1 + taskCount + 2 * sharedCount);
  const qualityAt = (logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    return point.quality;
  };
  const isServedAt = (logValue: number, scale: number): boolean => qualityAt(logValue, scale) > TRACE;

  // Whether supply starts only at some φ > 0 is a property of v near zero, the same at every scale; and so is, where it does not, which inputs
  // are used from the start: those of infinite marginal product at zero, unless shared inputs can stand in for them.
  let startsLate: boolean | undefined;
  let isLateEverywhere: Uint8Array | undefined;
  const scales = [...taskScales, ...sharedScales];
  const unusedNow = (): Uint8Array => Uint8Array.from(point.inputs, (amount) => (amount > 0 ? 0 : 1));
  const lookNearZero = (bottom: number, scale: number): boolean => {
    supply(Math.exp(bottom), scale, point);
    const isUnserved = allocation.unserved[0] === 1;
    const late = unusedNow();
    if (!isUnserved && late.every((flag, i) => flag === (scales[i]! > 0 ? 1 : 0))) isLateEverywhere = late;
    return isUnserved;
  };

  return (scale, upTo) => {
    if (!(upTo > 0)) return [];
    const found: number[] = [];
    const top = Math.log(upTo);
    const bottom = top - REACH;
    const note = (place: number | undefined): void => {
      if (place === undefined || found.some((other) => Math.abs(Math.log(other) - place) < ALIKE)) return;
      found.push(Math.exp(place));
    };
    startsLate ??= lookNearZero(bottom, scale);
    let start = bottom;
    if (startsLate) {
      // Nothing is supplied at tiny values: find where supply starts (C_q(0, s) > 0, ERRATA S6).
      const refined = (rough: number): number =>
        refinedStart(
          (p) => qualityAt(p, scale),
          (p) => isServedAt(p, scale),
          rough,
        );
      const served = (p: number): number => (isServedAt(p, scale) ? 1 : -1);
      // Where v is not concave nothing is certain, and quality jumps at the start.
      const place = crossing(0, served, bottom, top, NOISE, isConcave ? refined : undefined);
      if (place === undefined) return [];
      note(place);
      start = place;
    }
    // Inputs of which none is used where supply starts come in later; the others are smooth from there on.
    if (!isLateEverywhere) supply(Math.exp(start) * (startsLate ? 1 + ALIKE : 1), scale, point);
    const isLate = isLateEverywhere ?? unusedNow();
    for (let j = 0; j < taskCount; j++) {
      const tolerance = taskScales[j]! > 0 ? 0 : KINK;
      if (isLate[j] === 1) note(crossing(1 + j, (p) => pastUnused(j, p, scale), bottom, top, tolerance));
    }
    for (let k = 0; k < sharedCount; k++) {
      const at = taskCount + k;
      const which = 1 + taskCount + 2 * k;
      if (isLate[at] === 1) note(crossing(which, (p) => pastBound(k, 0, p, scale), bottom, top));
      if (max[at]! < Number.POSITIVE_INFINITY)
        note(crossing(which + 1, (p) => pastBound(k, 2, p, scale), bottom, top));
    }
    return found.filter((value) => value > 0 && value < upTo).sort((a, b) => a - b);
  };
};

/** Functions of p = log φ that change sign where an input enters or reaches its cap, and are continuous there. */
const boundConditions = (
  { taskCount, cost, max, sharedScales, taskScales }: Technology,
  { conditions, sharedStates, unserved, unused }: EfficientAllocation,
  supply: EfficientSupply['supply'],
  point: SupplyPoint,
) => ({
  /** Positive once shared input k is past its lower (bound 0) or upper (bound 2) bound. */
  pastBound: (k: number, bound: 0 | 2, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (unserved[0] === 1) return UNSERVED;
    const r = conditions.residuals[taskCount + k]!;
    const z = conditions.z[k]!;
    const state = sharedStates[k]!;
    if (bound === 0) return state === 0 ? r : Math.log1p(z / sharedScales[k]!);
    return state === 2 ? r : Math.log((z + sharedScales[k]!) / (max[taskCount + k]! + sharedScales[k]!));
  },
  /** Positive once some of task input j is used. */
  pastUnused: (j: number, logValue: number, scale: number): number => {
    supply(Math.exp(logValue), scale, point);
    if (unserved[0] === 1) return UNSERVED;
    const gross = Math.exp(logValue) * conditions.quality[0]!;
    if (unused[j] === 1) return conditions.residuals[j]!;
    return taskScales[j]! > 0
      ? Math.log1p(point.inputs[j]! / taskScales[j]!)
      : (cost[j]! * point.inputs[j]!) / gross;
  },
});

/** Where f rises through zero between `bottom` and `top`; `refine` betters the place before it is remembered. Undefined where it does not. */
type Crossing = (
  which: number,
  f: (p: number) => number,
  bottom: number,
  top: number,
  tolerance?: number,
  refine?: (rough: number) => number,
) => number | undefined;

/** Crossings move little from scale to scale: the last one's neighbourhood is tried first. */
const crossingMemory = (count: number): Crossing => {
  const lastPlaces = new Float64Array(count).fill(Number.NaN);
  const moves = new Uint8Array(count);
  return (which, f, bottom, top, tolerance = 0, refine = (rough) => rough) => {
    const atTop = f(top);
    if (!(atTop > 0)) return undefined;
    const near = lastPlaces[which]!;
    for (const window of moves[which] === 1 ? WINDOWS.slice(1) : WINDOWS) {
      const low = Math.max(bottom, Number.isNaN(near) ? bottom : near - window);
      const high = Math.min(top, Number.isNaN(near) ? top : near + window);
      if (!(low < high)) continue;
      const atLow = f(low);
      if (!(atLow < 0)) continue;
      const atHigh = high === top ? atTop : f(high);
      if (!(atHigh > 0)) continue;
      const known = (p: number): number => (p === low ? atLow : p === high ? atHigh : f(p));
      const place = refine(root(known, low, high, tolerance));
      moves[which] = Math.abs(place - near) > STILL ? 1 : 0;
      lastPlaces[which] = place;
      return place;
    }
    return undefined;
  };
};
