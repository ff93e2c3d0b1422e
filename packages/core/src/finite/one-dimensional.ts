import { type IronedChain, ironedChain } from '../screening/ironed-chain.ts';
import type { ItemProfiles } from '../types/item-profiles.ts';
import { type TypeSpace, worthOf } from '../types/type-space.ts';
import type { FiniteProblem, Flows, Proposal } from './finite-problem.ts';
import { suppliedItems } from './supplied-items.ts';

const SAME = 1e-13;

/** Types t_n·w₀(m) of one profile: the multiples t_n, and the type whose profile w₀ is. */
export interface ProportionalTypes {
  readonly base: number;
  readonly multiples: Float64Array;
}

/** The types as multiples of one of them; undefined where some profile is not a multiple, or has a value below 0. */
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
      if (valueAt(n, m) < 0) return undefined;
      if (!(Math.abs(valueAt(n, m) - multiples[n]! * valueAt(base, m)) <= SAME * largest)) return undefined;
    }
  }
  return { base, multiples };
};

/**
 * The optimum for types that are multiples of one profile, in closed form (Mussa–Rosen on a grid): the chain's virtual values, ironed, in place
 * of the multiples.
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
  const { ironed, down, up } = ironedChain(values, masses, surplusWeight);
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
    flows: flowsAlong(order, { down, up }),
    rents,
    served: servedValues,
    iterations: 1,
    expectedGap: 0,
  };
};

/** The flows of a chain between the types that stand along it, ascending, in the order of `order`. */
export const flowsAlong = (order: Int32Array, { down, up }: Pick<IronedChain, 'down' | 'up'>): Flows => {
  const links = down.length;
  const flows = {
    from: new Int32Array(2 * links),
    to: new Int32Array(2 * links),
    amount: new Float64Array(2 * links),
  };
  for (let i = 0; i < links; i++) {
    flows.from.set([order[i + 1]!, order[i]!], 2 * i);
    flows.to.set([order[i]!, order[i + 1]!], 2 * i);
    flows.amount.set([down[i]!, up[i]!], 2 * i);
  }
  return flows;
};
