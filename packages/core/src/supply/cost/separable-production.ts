import { compileFormula } from '../../formula/compile-formula.ts';
import { type Formula, namesIn } from '../../formula/formula.ts';
import { substitute } from '../../formula/formula-algebra.ts';
import { derivative } from '../../formula/formula-derivative.ts';
import { formulaKinks } from '../../formula/formula-kinks.ts';
import { clearPoint, type EfficientSupply } from '../efficient-supply.ts';
import type { Input } from '../input.ts';
import { conjugate } from './conjugate.ts';
import { BESIDE, type ConvexCost, convexityFault, triedQualities } from './convex-cost.ts';
import { hasJumps } from './cost-form.ts';
import { costForm } from './cost-pieces.ts';

/** What one input adds to v, with its first two derivatives. */
interface Part {
  /** Beyond this amount nothing is added: a peak, where v saturates, or the end of its domain; ∞ where there is none. */
  readonly peak: number;
  readonly kinks: readonly number[];
  added(amount: number): number;
  slope(amount: number): number;
  curvature(amount: number): number;
}

/**
 * Efficient supply by v = v(0) + Σ_i f_i(u_i), a formula that is a sum of concave functions of one input each, as any concave v of a single input is.
 * At a cost c quality of f is made at C(q) = c·f⁻¹(q), so that along the input C′ = c/f′ and C″ = −c f″/f′³, and its supply is the conjugate of C: at
 * φ a task input is used up to f′ = c/φ, and a shared one at sφ. Beyond a peak nobody goes.
 *
 * Undefined where v is no such sum, or below zero without inputs. Inputs must be given in the names' order.
 */
export const separableProduction = (
  formula: Formula,
  names: readonly string[],
): ((inputs: readonly Input[]) => EfficientSupply) | undefined => {
  const nothing = Object.fromEntries(names.map((name) => [name, 0]));
  const atNothing = compileFormula(substitute(formula, nothing), [])([]);
  if (!(atNothing >= 0 && atNothing < Number.POSITIVE_INFINITY)) return undefined;
  const parts: Part[] = [];
  for (const name of names) {
    const slope = derivative(formula, name);
    if ([...namesIn(slope)].some((own) => own !== name)) return undefined;
    const alone = substitute(
      formula,
      Object.fromEntries(names.flatMap((own) => (own === name ? [] : [[own, 0]]))),
    );
    const part = partOf(alone, name, atNothing);
    if (convexityFault(costWith(part, 1)) !== undefined) return undefined;
    parts.push(part);
  }
  return (inputs) => suppliedBy(parts, atNothing, inputs);
};

const partOf = (formula: Formula, name: string, atNothing: number): Part => {
  const slopeFormula = derivative(formula, name);
  const [value, slope, curvature] = [formula, slopeFormula, derivative(slopeFormula, name)].map((own) => {
    const evaluate = compileFormula(own, [name]);
    const at = new Float64Array(1);
    return (amount: number): number => {
      at[0] = amount;
      return evaluate(at);
    };
  });
  const places = [0, ...triedQualities(Number.POSITIVE_INFINITY)];
  const kinks = formulaKinks(formula, name, places);
  const added = (amount: number): number => value!(amount) - atNothing;
  const end = peakOf(added, slope!, places);
  // A peak that is a kink is one place, whatever rounding says of either.
  const peak = kinks.find((kink) => Math.abs(kink - end) <= 2 * BESIDE * kink) ?? end;
  return { peak, kinks: kinks.filter((kink) => kink < peak), added, slope: slope!, curvature: curvature! };
};

/** The least amount from which v rises no more, to rounding; ∞ where it rises at all places. */
const peakOf = (
  added: (amount: number) => number,
  slope: (amount: number) => number,
  places: readonly number[],
): number => {
  const isRising = (amount: number): boolean => slope(amount) > 0 && Number.isFinite(added(amount));
  const first = places.findIndex((place, n) => n > 0 && !isRising(place));
  if (first < 0) return Number.POSITIVE_INFINITY;
  let [low, high] = [places[first - 1]!, places[first]!];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) return added(high) >= added(low) ? high : low;
    if (isRising(middle)) low = middle;
    else high = middle;
  }
};

const costWith = ({ peak, kinks, added, slope, curvature }: Part, cost: number, cap = peak): ConvexCost => ({
  max: Math.min(peak, cap),
  kinks,
  quality: added,
  cost: (amount) => cost * amount,
  slope: (amount) => {
    const rise = slope(amount);
    return rise > 0 ? cost / rise : Number.isNaN(rise) ? Number.NaN : Number.POSITIVE_INFINITY;
  },
  curvature: (amount) => {
    const rise = slope(amount);
    return rise > 0 ? (-cost * curvature(amount)) / rise ** 3 : 0;
  },
});

const suppliedBy = (parts: readonly Part[], atNothing: number, inputs: readonly Input[]): EfficientSupply => {
  const taskCount = inputs.filter(({ scope }) => scope === 'task').length;
  const costs = parts.map((part, i): ConvexCost => {
    const { cost, max } = inputs[i]!;
    return costWith(part, cost, i < taskCount ? Number.POSITIVE_INFINITY : max);
  });
  const conjugates = costs.map(conjugate);
  // Of one task input cost is known outright; a solver must know it where some of it is straight.
  const known = taskCount === 1 && parts.length === 1 && atNothing === 0 ? costForm(costs[0]!) : undefined;
  const form = known !== undefined && hasJumps(known) ? known : undefined;
  const slopes: EfficientSupply['slopes'] = (value, scale, out) => {
    out.qualityByValue = out.qualityByScale = 0;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY && scale > 0)) {
      clearPoint(out, value <= 0);
      return;
    }
    let quality = atNothing;
    let taskCost = 0;
    let sharedCost = 0;
    let isBounded = true;
    let regime = 0;
    // Whether shared inputs are at zero, free or at their caps comes first.
    let digit = 1;
    let pieces = 3 ** (inputs.length - taskCount);
    conjugates.forEach((own, i) => {
      const isTask = i < taskCount;
      const at = own.at(isTask ? value : scale * value);
      out.inputs[i] = at.amount;
      quality += at.quality;
      out.qualityByValue += (isTask ? scale : scale * scale) * at.rise;
      if (isTask) taskCost += at.cost;
      else {
        sharedCost += at.cost;
        out.qualityByScale += scale * value * at.rise;
        regime += digit * (at.amount === 0 ? 0 : at.amount >= inputs[i]!.max ? 2 : 1);
        digit *= 3;
      }
      regime += pieces * at.piece;
      pieces *= own.pieces;
      isBounded &&= at.isBounded;
    });
    out.quality = scale * quality;
    out.qualityByScale += quality;
    out.cost = scale * taskCost + sharedCost;
    out.surplus = isBounded ? Math.max(0, value * out.quality - out.cost) : Number.POSITIVE_INFINITY;
    out.regime = regime;
    out.solved = isBounded && Number.isFinite(out.surplus);
  };
  return {
    inputs,
    ...(form && { form }),
    supply: slopes,
    slopes,
    kinks: (scale, upTo) =>
      [
        ...new Set(
          conjugates.flatMap(({ marks }, i) => (i < taskCount ? marks : marks.map((mark) => mark / scale))),
        ),
      ]
        .filter((mark) => mark < upTo)
        .sort((a, b) => a - b),
  };
};
