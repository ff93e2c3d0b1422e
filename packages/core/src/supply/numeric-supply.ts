import { bestEffort } from './best-effort.ts';
import { clearPoint, type EfficientSupply, type SupplyPoint } from './efficient-supply.ts';
import type { Minimizer } from './minimizer.ts';
import { proposeByMinimizer } from './minimizer-fallback.ts';
import { barrierDecision } from './newton/barrier-decision.ts';
import { type EfficientAllocation, efficientAllocator } from './newton/efficient-allocation.ts';
import { unusedInputTrial } from './newton/unused-inputs.ts';
import { supplyKinks } from './supply-kinks.ts';
import { supplySlopes } from './supply-slopes.ts';
import type { Technology } from './technology.ts';
import { worthlessBuyers } from './worthless-buyers.ts';

/** After so many points that no minimizer could mend, v is taken not to meet the conditions at all. */
const MOST_FAILURES = 12;

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
  const allocator = efficientAllocator(technology, 1);
  const { allocation, solve } = allocator;
  const { unserved } = allocation;
  const isBest = unusedInputTrial(technology, allocation);
  const decideByBarrier = barrierDecision(technology, allocator, isBest, isConcave);
  const effort = bestEffort(technology, allocation, isConcave);
  const worthless = worthlessBuyers();
  const writeSlopes = supplySlopes(technology, allocator);
  const weights = new Float64Array(1);
  const values = new Float64Array(1);

  /** By Newton's method, and by the barrier method where that fails or might have found no maximum. */
  const allocate = (value: number, scale: number): void => {
    const isWarm = isConcave || unserved[0] === 0;
    if (isWarm) solve(weights, values);
    const isGood = isWarm && allocation.solved && (isConcave || unserved[0] === 0);
    if (isGood && isBest(value, scale)) return;
    decideByBarrier(values, weights);
    effort.noteSearched();
  };

  let failures = 0;
  /** The last resort: from where a general minimizer leads. */
  const askFallback = (value: number, scale: number): void => {
    const isAsked = fallback !== undefined && failures < MOST_FAILURES;
    if (isAsked && proposeByMinimizer(technology, fallback, allocation, value, scale)) solve(weights, values);
    if (allocation.solved) return;
    failures++;
    effort.noteUnsolved();
  };

  const supply: EfficientSupply['supply'] = (value, scale, out) => {
    out.qualityByValue = 0;
    out.qualityByScale = 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      clearPoint(out, value <= 0);
      return;
    }
    if (effort.isGivenUp()) {
      effort.supply(value, scale, out);
      return;
    }
    weights[0] = scale;
    values[0] = value;
    if (worthless.includes(value, scale)) {
      unserved[0] = 1;
      allocation.solved = true;
    } else {
      allocate(value, scale);
      if (unserved[0] === 1 && (allocation.solved || !isConcave)) worthless.add(value, scale);
    }
    if (!allocation.solved) askFallback(value, scale);
    // Where v is not concave no condition tells that nothing better exists.
    const isSolved = allocation.solved && isConcave;
    if (unserved[0] === 1) {
      clearPoint(out, isSolved);
      return;
    }
    writeSupply(technology, allocation, value, scale, out);
    out.solved = isSolved;
  };

  const slopes: EfficientSupply['slopes'] = (value, scale, out) => {
    supply(value, scale, out);
    if (!(out.quality > 0)) return;
    if (effort.isGivenUp()) out.qualityByScale = out.quality / scale;
    else writeSlopes(value, weights, out);
  };

  const found = supplyKinks(technology, allocation, supply, isConcave);
  const kinks: EfficientSupply['kinks'] = (scale, upTo) => {
    if (!effort.isGivenUp()) return found(scale, upTo);
    const start = effort.startAt(scale);
    return start < upTo ? [start] : [];
  };

  return { inputs: technology.inputs, supply, slopes, kinks };
};

/** What the allocation of one task of value φ supplies to s of them. */
const writeSupply = (
  { taskCount, sharedCount, cost }: Technology,
  { conditions, unused, sharedStates }: EfficientAllocation,
  value: number,
  scale: number,
  out: SupplyPoint,
): void => {
  let spent = 0;
  let regime = 0;
  let digit = 1;
  for (let j = 0; j < taskCount; j++) {
    const amount = Math.exp(conditions.logX[j]!);
    out.inputs[j] = amount;
    spent += scale * cost[j]! * amount;
  }
  for (let k = 0; k < sharedCount; k++, digit *= 3) {
    const amount = conditions.z[k]!;
    out.inputs[taskCount + k] = amount;
    spent += cost[taskCount + k]! * amount;
    regime += digit * sharedStates[k]!;
  }
  for (let j = 0; j < taskCount; j++, digit *= 3) regime += digit * unused[j]!;
  out.quality = scale * conditions.quality[0]!;
  out.cost = spent;
  out.surplus = value * out.quality - spent;
  out.regime = regime;
};
