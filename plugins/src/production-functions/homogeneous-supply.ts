import { type EfficientSupply, type Input, InputError, type InputNames } from '@menusmith/core';
import type { SharedFactors, TaskAggregate } from './homogeneous-factors.ts';

/*
 * v = h(x)·Π (b_k + z_k)^{e_k} with h homogeneous of degree σ. Let y = φq be the gross value. Along x = t·x̂ the first-order
 * conditions of max over x, z of φ·s·v(x, z) − s·c·x − c·z are, with x̂ the bundle of least cost scaled to c·x̂ = σ,
 *
 *     s·x = y·x̂,        b_k + z_k = B_k(y) = min(max(e_k·y/c_k, b_k), b_k + z̄_k),
 *
 * so each shared input leaves zero at y = c_k·b_k/e_k and reaches its cap at y = c_k·(b_k + z̄_k)/e_k, whatever
 * φ and s are. Between two such breakpoints q = s·v gives, with κ = σ + Σ e_k over the free,
 *
 *     (1 − κ)·log y = log τ + K,       τ = φ·s^{1−σ},
 *     K = log h(x̂) + Σ_free e_k·log(e_k/c_k) + Σ_zero e_k·log b_k + Σ_capped e_k·log(b_k + z̄_k).
 *
 * y increases with τ, so the breakpoints in y, sorted once, are breakpoints in τ, and the one that τ has passed
 * last names the active set. Then q = y/φ, S = (1 − κ)·y + Σ_free c_k·b_k − Σ_capped c_k·z̄_k, and from the
 * log-linearity ∂q/∂φ = (q/φ)·κ/(1 − κ), ∂q/∂s = (q/s)·(1 − σ)/(1 − κ).
 *
 * Cobb–Douglas: x̂_j = e_j/c_j, which makes this Lemma 4 and Corollaries 1 and 2.
 */

/** One stretch of τ with the same shared inputs at zero, free and at their caps. */
interface Stretch {
  /** log τ where it begins; −∞ for the first. */
  readonly from: number;
  readonly regime: number;
  /** κ: σ and the exponents of the free shared inputs. */
  readonly exponent: number;
  /** K. */
  readonly constant: number;
  /** S − (1 − κ)·y. */
  readonly surplusOffset: number;
}

/**
 * Efficient supply of v = h(x)·Π (b_k + z_k)^{e_k} in closed form, for any number of inputs, with caps on shared
 * ones. Exact: the active set is looked up, not searched for. `who` stands in front of complaints.
 */
export const homogeneousSupply = (
  who: string,
  inputs: readonly Input[],
  names: InputNames,
  aggregate: TaskAggregate,
  { exponents: shared, bases }: SharedFactors,
): EfficientSupply => {
  const byName = (name: string): Input => inputs.find((input) => input.name === name)!;
  const taskInputs = names.task.map(byName);
  const sharedInputs = names.shared.map(byName);
  requireCosts(who, taskInputs, sharedInputs);
  const taskCosts = Float64Array.from(taskInputs, (input) => input.cost);
  const sharedCosts = Float64Array.from(sharedInputs, (input) => input.cost);
  const caps = Float64Array.from(sharedInputs, (input) => input.max);
  const { degree } = aggregate;
  const bundle = aggregate.bundle(taskCosts);
  const stretches = stretchesOf(degree, aggregate.logValue(bundle), shared, sharedCosts, bases, caps);

  const logTau = (value: number, scale: number): number => Math.log(value) + (1 - degree) * Math.log(scale);
  const stretchAt = (position: number): Stretch => {
    let m = stretches.length - 1;
    while (m > 0 && stretches[m]!.from > position) m--;
    return stretches[m]!;
  };

  const supply: EfficientSupply['supply'] = (value, scale, out) => {
    out.quality = out.cost = out.surplus = out.regime = 0;
    out.inputs.fill(0);
    out.solved = value <= 0 && scale > 0;
    if (!(value > 0 && scale > 0)) return;
    const position = logTau(value, scale);
    const { regime, exponent, constant, surplusOffset } = stretchAt(position);
    const gross = Math.exp((position + constant) / (1 - exponent));
    let cost = 0;
    for (let j = 0; j < bundle.length; j++) {
      out.inputs[j] = (gross / scale) * bundle[j]!;
      cost += taskCosts[j]! * bundle[j]! * gross;
    }
    let digits = regime;
    for (let k = 0; k < shared.length; k++) {
      const digit = digits % 3;
      digits = (digits - digit) / 3;
      const free = (shared[k]! * gross) / sharedCosts[k]! - bases[k]!;
      const amount = digit === 0 ? 0 : digit === 2 ? caps[k]! : Math.min(Math.max(free, 0), caps[k]!);
      out.inputs[bundle.length + k] = amount;
      cost += sharedCosts[k]! * amount;
    }
    out.quality = gross / value;
    out.cost = cost;
    out.surplus = (1 - exponent) * gross + surplusOffset;
    out.regime = regime;
    out.solved = Number.isFinite(out.surplus);
  };

  return {
    inputs: [...taskInputs, ...sharedInputs],
    supply,
    slopes(value, scale, out) {
      supply(value, scale, out);
      out.qualityByValue = out.qualityByScale = 0;
      if (!(value > 0 && scale > 0)) return;
      const { exponent } = stretchAt(logTau(value, scale));
      out.qualityByValue = ((out.quality / value) * exponent) / (1 - exponent);
      out.qualityByScale = ((out.quality / scale) * (1 - degree)) / (1 - exponent);
    },
    kinks: (scale, upTo) =>
      stretches
        .slice(1)
        .map((stretch) => Math.exp(stretch.from - (1 - degree) * Math.log(scale)))
        .filter((kink, m, all) => kink > 0 && kink < upTo && kink !== all[m - 1]),
  };
};

/** The stretches of τ in order. Events at y = 0 (a base or a cost of 0) are over before the first begins. */
const stretchesOf = (
  degree: number,
  logBundleValue: number,
  shared: Float64Array,
  sharedCosts: Float64Array,
  bases: Float64Array,
  caps: Float64Array,
): readonly Stretch[] => {
  const state = Array.from(shared, () => 0);
  const breakpoints: { y: number; k: number; becomes: number }[] = [];
  for (let k = 0; k < shared.length; k++) {
    const perUnit = sharedCosts[k]! / shared[k]!;
    if (caps[k] === 0) continue;
    breakpoints.push({ y: perUnit * bases[k]!, k, becomes: 1 });
    if (caps[k]! < Number.POSITIVE_INFINITY) {
      breakpoints.push({ y: perUnit * (bases[k]! + caps[k]!), k, becomes: 2 });
    }
  }
  breakpoints.sort((p, q) => p.y - q.y || p.becomes - q.becomes);

  const stretch = (from: number): Stretch => {
    let exponent = degree;
    let constant = logBundleValue;
    let surplusOffset = 0;
    let regime = 0;
    for (let k = shared.length - 1; k >= 0; k--) {
      regime = 3 * regime + state[k]!;
      const free = state[k] === 1;
      const held = state[k] === 2 ? bases[k]! + caps[k]! : bases[k]!;
      constant += shared[k]! * Math.log(free ? shared[k]! / sharedCosts[k]! : held);
      if (free) {
        exponent += shared[k]!;
        surplusOffset += sharedCosts[k]! * bases[k]!;
      } else if (state[k] === 2) surplusOffset -= sharedCosts[k]! * caps[k]!;
    }
    return { from, regime, exponent, constant, surplusOffset };
  };

  let next = 0;
  while (next < breakpoints.length && breakpoints[next]!.y === 0) {
    state[breakpoints[next]!.k] = breakpoints[next]!.becomes;
    next++;
  }
  const stretches = [stretch(Number.NEGATIVE_INFINITY)];
  for (; next < breakpoints.length; next++) {
    const { y, k, becomes } = breakpoints[next]!;
    const before = stretches[stretches.length - 1]!;
    state[k] = becomes;
    stretches.push(stretch((1 - before.exponent) * Math.log(y) - before.constant));
  }
  return stretches;
};

const requireCosts = (who: string, taskInputs: readonly Input[], sharedInputs: readonly Input[]): void => {
  for (const { name, cost, max } of taskInputs) {
    if (!(cost > 0)) throw new InputError('cost', costMessage(who, name, cost), ['inputs', name, 'cost']);
    if (max < Number.POSITIVE_INFINITY) {
      const message = `${who}: expected caps on shared inputs only, got max = ${max} for task input "${name}"`;
      throw new InputError('task-cap', message, ['inputs', name, 'max']);
    }
  }
  for (const { name, cost, max } of sharedInputs) {
    if (!(cost > 0 || (cost === 0 && max < Number.POSITIVE_INFINITY))) {
      throw new InputError('cost', costMessage(who, name, cost), ['inputs', name, 'cost']);
    }
  }
};

const costMessage = (who: string, name: string, cost: number): string =>
  `${who}: expected a cost above 0 for input "${name}", got ${cost}`;
