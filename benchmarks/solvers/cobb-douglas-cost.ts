import type { ProductionTechnology } from '@menusmith/app';
import type { Input } from '@menusmith/core';

/**
 * C(q) for Cobb–Douglas with one shared input, as other solvers can write it: task m spends t_m on its own inputs in the best mix, which makes
 * q_m = factor · t_m^σ (base + z)^γ, so that C(q) = min over z of Σ ω (q/factor)^{1/σ} (base + z)^{−γ/σ} + sharedCost · z.
 */
export interface CobbDouglasCost {
  readonly kind: 'cobb-douglas';
  readonly factor: number;
  readonly sigma: number;
  readonly base: number;
  readonly gamma: number;
  readonly sharedCost: number;
}

/** Undefined where the technology is another. */
export const cobbDouglasCost = ({
  use,
  parameters,
  inputs,
}: ProductionTechnology): CobbDouglasCost | undefined => {
  const shared = inputs.filter(({ scope }) => scope === 'shared');
  if (
    use !== 'cobb-douglas' ||
    shared.length !== 1 ||
    inputs.some(({ max }) => max < Number.POSITIVE_INFINITY)
  )
    return undefined;
  const { exponents = {}, base = {} } = parameters as Record<string, Record<string, number> | undefined>;
  const task = inputs.filter(({ scope }) => scope === 'task');
  const exponent = ({ name }: Input): number => exponents[name]!;
  const sigma = task.reduce((sum, input) => sum + exponent(input), 0);
  // Of each unit spent, input j gets e_j/σ.
  const factor = task.reduce(
    (product, input) => product * (exponent(input) / (sigma * input.cost)) ** exponent(input),
    1,
  );
  return {
    kind: 'cobb-douglas',
    factor,
    sigma,
    base: base[shared[0]!.name] ?? 0,
    gamma: exponent(shared[0]!),
    sharedCost: shared[0]!.cost,
  };
};

/**
 * Marginal costs ∂C/∂q_m: the values as which the qualities are efficient. Per unit of weight.
 */
export const marginalCosts = (
  { factor, sigma, base, gamma, sharedCost }: CobbDouglasCost,
  quality: Float64Array,
  weights: Float64Array,
): Float64Array => {
  let spent = 0;
  for (let m = 0; m < quality.length; m++)
    spent += weights[m]! * (Math.max(0, quality[m]!) / factor) ** (1 / sigma);
  const stock = Math.max(base, (((gamma / sigma) * spent) / sharedCost) ** (1 / (1 + gamma / sigma)));
  return quality.map(
    (q) => ((Math.max(0, q) / factor) ** (1 / sigma - 1) / (sigma * factor)) * stock ** (-gamma / sigma),
  );
};
