import { chainVirtualValues, poolAdjacentViolators } from '../screening/finite-types.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import type { ItemProfiles } from './item-profiles.ts';
import { suppliedItems } from './supplied-items.ts';
import { type TypeSpace, worthOf } from './type-space.ts';

const SAME = 1e-13;

/** Types t_n·w₀(m) of one profile: the multiples t_n, and the type whose profile w₀ is. */
export interface ProportionalTypes {
  readonly base: number;
  readonly multiples: Float64Array;
}

/** The types as multiples of one of them; undefined where some profile is not a multiple. */
export const proportionalTypes = ({ count, weights, valueAt }: TypeSpace): ProportionalTypes | undefined => {
  const tasks = weights.length;
  let base = 0;
  let task = 0;
  for (let n = 0; n < count; n++) {
    for (let m = 0; m < tasks; m++) if (valueAt(n, m) > valueAt(base, task)) [base, task] = [n, m];
  }
  const largest = valueAt(base, task);
  if (!(largest > 0)) return undefined;
  const multiples = Float64Array.from({ length: count }, (_, n) => valueAt(n, task) / largest);
  for (let n = 0; n < count; n++) {
    for (let m = 0; m < tasks; m++) {
      if (!(Math.abs(valueAt(n, m) - multiples[n]! * valueAt(base, m)) <= SAME * largest)) return undefined;
    }
  }
  return { base, multiples };
};

/**
 * The optimum for types that are multiples of one profile, in closed form (Mussa–Rosen on a grid): the chain's virtual values, ironed, in place
 * of the multiples.
 *
 * Down the chain flows 1 − F; inside a pool a flow u in both directions is added, with u_k (t_{k+1} − t_k) = Σ_{j ≤ k} f_j (φ_j − φ̄_j), which makes
 * every virtual value of the pool its mean.
 */
export const oneDimensionalProposal = (
  { types, mass, supply, surplusWeight = 0 }: FiniteProblem,
  { base, multiples }: ProportionalTypes,
): Proposal => {
  const n = types.count;
  const tasks = types.weights.length;
  const order = Int32Array.from({ length: n }, (_, k) => k).sort((a, b) => multiples[a]! - multiples[b]!);
  const values = Float64Array.from(order, (k) => multiples[k]!);
  const masses = Float64Array.from(order, (k) => mass[k]!);
  const chain = chainVirtualValues(values, masses, surplusWeight);
  const ironed = poolAdjacentViolators(chain, masses);
  const from: number[] = [];
  const to: number[] = [];
  const amount: number[] = [];
  let above = masses.reduce((sum, f) => sum + f, 0);
  let lifted = 0;
  for (let i = 0; i + 1 < n; i++) {
    above -= masses[i]!;
    const isPooled = ironed[i + 1] === ironed[i];
    lifted = isPooled ? lifted + masses[i]! * (chain.phi[i]! - ironed[i]!) : 0;
    const both = Math.max(0, lifted) / (values[i + 1]! - values[i]!);
    from.push(order[i + 1]!, order[i]!);
    to.push(order[i]!, order[i + 1]!);
    amount.push((1 - surplusWeight) * Math.max(0, above) + both, both);
  }
  const served = new Float64Array(n * tasks);
  order.forEach((k, i) => {
    for (let m = 0; m < tasks; m++) served[k * tasks + m] = Math.max(0, ironed[i]!) * types.valueAt(base, m);
  });
  const servedValues: ItemProfiles = {
    offsets: Int32Array.from({ length: n + 1 }, (_, k) => k * tasks),
    ends: Int32Array.from({ length: n * tasks }, (_, b) => (b % tasks) + 1),
    quality: served,
  };
  const { items } = suppliedItems(servedValues, types.weights, supply);
  const rents = new Float64Array(n);
  for (let i = 0; i + 1 < n; i++) {
    const step = (values[i + 1]! - values[i]!) * worthOf(types, base, items, order[i]!);
    rents[order[i + 1]!] = rents[order[i]!]! + step;
  }
  return {
    flows: { from: Int32Array.from(from), to: Int32Array.from(to), amount: Float64Array.from(amount) },
    rents,
    served: servedValues,
    iterations: 1,
    expectedGap: 0,
  };
};
