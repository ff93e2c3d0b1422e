import { bestEffort } from './best-effort.ts';
import type { EfficientSupply, SupplyPoint } from './efficient-supply.ts';
import type { Minimizer } from './minimizer.ts';
import { proposeByMinimizer } from './minimizer-fallback.ts';
import { efficientAllocator } from './newton/efficient-allocation.ts';
import { type InteriorAllocation, interiorAllocator } from './newton/interior-allocation.ts';
import { unusedInputTrial } from './newton/unused-inputs.ts';
import { supplyKinks } from './supply-kinks.ts';
import type { Technology } from './technology.ts';

/** After so many points that no minimizer could mend, v is taken not to meet the conditions at all. */
const MOST_FAILURES = 12;
const MOST_REMEMBERED = 8;

/** A gap this small beside the gross value is rounding. */
const GAP = 1e-11;
/** An input on which this share of the gross value is spent, at the barrier method's end, is not used, unless the conditions say it is. */
const UNUSED = 1e-8;
/** Rounding of v, beside its size at ordinary amounts. */
const ROUNDING = 4e-15;
/** Nothing is worth making where this share of the gross value of ordinary amounts is the most to be had. */
const NOTHING = 1e-20;

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
  const isBest = unusedInputTrial(technology, allocation);
  const effort = bestEffort(technology, allocation, isConcave);
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
    if (effort.isGivenUp()) {
      effort.supply(value, scale, out);
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
        effort.noteSearched();
      }
      if (allocation.unserved[0] === 1 && (allocation.solved || !isConcave)) rememberNothing(value, scale);
    }
    if (!allocation.solved) {
      const isAsked = fallback !== undefined && failures < MOST_FAILURES;
      if (isAsked && proposeByMinimizer(technology, fallback, allocation, value, scale))
        solve(weights, values);
      if (!allocation.solved) failures++;
      if (!allocation.solved) effort.noteUnsolved();
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
    if (effort.isGivenUp()) {
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

  const found = supplyKinks(technology, allocation, supply, isConcave);
  const kinks = (scale: number, upTo: number): readonly number[] => {
    if (!effort.isGivenUp()) return found(scale, upTo);
    const start = effort.startAt(scale);
    return start < upTo ? [start] : [];
  };

  return { inputs: technology.inputs, supply, slopes, kinks };
};
