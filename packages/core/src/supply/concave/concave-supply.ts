import { clearPoint, type EfficientSupply, type SupplyPoint, supplyPoint } from '../efficient-supply.ts';
import type { Technology } from '../technology.ts';
import type { ConcaveAllocation } from './concave-allocation.ts';
import { ellipsoidAllocator } from './ellipsoid-allocation.ts';
import { singleInputAllocator } from './single-input-allocation.ts';
import { supplyBreaks } from './supply-breaks.ts';

/** A gap this small beside v, or beside the largest v met with on the way, is rounding. */
const GAP = 1e-11;
const NOTHING = 1e-14;
/** Allocations that are remembered. */
const MOST_KNOWN = 20_000;
/** The first step of differences, in log φ and log s; it is divided by ten until half of it says the same to this share. */
const STEP = 1e-3;
const LEAST_STEP = 1e-6;
const AGREEMENT = 1e-6;
/** A slope, in logarithms, below this is as good as none. */
const LEVEL = 1e-3;

/**
 * Efficient supply S(φ, s) by a concave v that may have kinks, straight pieces and a peak, as min, max, abs and saturating utilities have: beyond a
 * peak nobody goes, and where v is straight quality jumps. Every point is proved best to about 1e-13 of its gross value
 * (`singleInputAllocator`, `ellipsoidAllocator`) or marked unsolved.
 *
 * It is slower than `numericSupply`, which solves first-order conditions and needs v to be smooth and to increase.
 */
export const concaveSupply = (technology: Technology): EfficientSupply => {
  const { inputs, taskCount, sharedCount, cost, max } = technology;
  const n = taskCount + sharedCount;
  const allocate = n === 1 ? singleInputAllocator(technology) : ellipsoidAllocator(technology);
  /** Only c/φ counts for task inputs and only c/(sφ) for shared ones. */
  const keyOf = (value: number, scale: number): number | string =>
    sharedCount === 0 ? value : taskCount === 0 ? value * scale : `${value} ${scale}`;
  const known = new Map<number | string, ConcaveAllocation>();
  const allocation = (value: number, scale: number): ConcaveAllocation => {
    const key = keyOf(value, scale);
    let found = known.get(key);
    if (found === undefined) {
      found = allocate(value, scale);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(key, found);
    }
    return found;
  };

  const supply = (value: number, scale: number, out: SupplyPoint): void => {
    out.qualityByValue = out.qualityByScale = 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      clearPoint(out, value <= 0);
      return;
    }
    const { amounts, quality, gap, size } = allocation(value, scale);
    let total = 0;
    for (let i = 0; i < n; i++) total += (i < taskCount ? scale : 1) * cost[i]! * amounts[i]!;
    const gross = scale * value * quality;
    const isSolved = gap <= Math.max(GAP * Math.abs(quality), NOTHING * size);
    // Making nothing costs nothing.
    if (!(gross - total > 0)) {
      clearPoint(out, isSolved);
      return;
    }
    out.inputs.set(amounts);
    out.quality = scale * quality;
    out.cost = total;
    out.surplus = gross - total;
    out.solved = isSolved;
    let regime = 0;
    let digit = 1;
    for (let k = taskCount; k < n; k++, digit *= 3)
      regime += digit * (amounts[k] === 0 ? 0 : amounts[k]! >= max[k]! ? 2 : 1);
    for (let j = 0; j < taskCount; j++, digit *= 3) regime += amounts[j] === 0 ? digit : 0;
    out.regime = regime;
  };

  const trial = supplyPoint(n);
  const slopes = (value: number, scale: number, out: SupplyPoint): void => {
    supply(value, scale, out);
    const { quality } = out;
    if (!(quality > 0)) return;
    const qualityAt = (at: number, on: number): number => {
      supply(at, on, trial);
      return trial.quality;
    };
    out.qualityByValue = slopeOf(quality, (growth) => qualityAt(growth * value, scale)) / value;
    out.qualityByScale =
      sharedCount === 0
        ? quality / scale
        : slopeOf(quality, (growth) => qualityAt(value, growth * scale)) / scale;
  };

  const breaks = new Map<string, readonly number[]>();
  const breaksAt = (scale: number, upTo: number): readonly number[] => {
    const key = `${scale} ${upTo}`;
    let found = breaks.get(key);
    if (found === undefined) {
      found = supplyBreaks((value) => {
        supply(value, scale, trial);
        return trial.quality / scale;
      }, upTo);
      if (breaks.size >= MOST_KNOWN) breaks.clear();
      breaks.set(key, found);
    }
    return found;
  };
  const kinks = (scale: number, upTo: number): readonly number[] => {
    if (!(upTo > 0 && upTo < Number.POSITIVE_INFINITY)) return [];
    if (sharedCount === 0) return breaksAt(1, upTo);
    if (taskCount === 0) return breaksAt(1, scale * upTo).map((value) => value / scale);
    return breaksAt(scale, upTo);
  };

  return { inputs, supply, slopes, kinks };
};

/** dq/dt from the right at t = 0 of the quality at (φeᵗ, s) or (φ, seᵗ), given there. */
const slopeOf = (there: number, qualityAt: (growth: number) => number): number => {
  let slope = 0;
  for (let h = STEP; h >= LEAST_STEP; h /= 10) {
    const [quarter, half, whole] = [h / 4, h / 2, h].map((t) => (qualityAt(Math.exp(t)) - there) / t) as [
      number,
      number,
      number,
    ];
    // Richardson: each halving takes out the next power of h.
    const [first, second] = [2 * quarter - half, 2 * half - whole];
    slope = (4 * first - second) / 3;
    if (Math.abs(first - second) <= AGREEMENT * Math.max(Math.abs(slope), LEVEL * there)) break;
  }
  return Math.max(0, slope);
};
