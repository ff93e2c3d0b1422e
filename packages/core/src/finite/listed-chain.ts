import type { FiniteMenu, FiniteTypes } from '../screening/finite-types.ts';
import { ironedChain } from '../screening/ironed-chain.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import { valueScaleTypes } from '../types/value-scale-types.ts';
import type { EssentialTypes } from './essential-types.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import { flowsAlong } from './one-dimensional.ts';

/** Types along a line as a finite problem: one task, of the weight `scale`. */
export const chainProblem = (
  { value, mass }: FiniteTypes,
  supply: EfficientSupply,
  scale = 1,
): FiniteProblem => ({
  types: valueScaleTypes(value, new Int32Array(value.length).fill(1), Float64Array.of(scale)),
  mass,
  supply: supplyToOneTask(supply),
});

/** Supply to profiles of one task, whatever inputs it is made with. */
export const supplyToOneTask = (supply: EfficientSupply): ProfileSupply => {
  const { inputs } = supply;
  const point = supplyPoint(inputs.length);
  return {
    inputs,
    tasks: 1,
    mostRank: 0,
    supply: (values, weights, count, out) => {
      const { curvature, inputs: amounts } = out;
      // No value at all, −∞, is served nothing; of a task without weight nothing can be served.
      const value = Math.max(values[0] ?? 0, -Number.MAX_VALUE);
      const weight = count > 0 ? weights[0]! : 0;
      if (curvature) supply.slopes(value, weight, point);
      else supply.supply(value, weight, point);
      out.quality[0] = weight > 0 ? point.quality / weight : 0;
      out.surplus = point.surplus;
      out.cost = point.cost;
      out.solved = point.solved;
      out.sharedCost = 0;
      let task = 0;
      let shared = 0;
      inputs.forEach(({ scope, cost }, j) => {
        if (scope === 'shared') out.sharedCost += cost * point.inputs[j]!;
        if (amounts && scope === 'task') amounts.task[task++] = point.inputs[j]!;
        if (amounts && scope === 'shared') amounts.shared[shared++] = point.inputs[j]!;
      });
      if (!curvature) return;
      curvature.rank = 0;
      curvature.diagonal[0] = weight > 0 ? point.qualityByValue / weight : 0;
    },
  };
};

/** What the chain's menu proposes for the types that matter: its ironed values, its rents, and its flows along these types. */
export const chainProposal = (
  { problem, representative }: EssentialTypes,
  { value }: FiniteTypes,
  { ironedVirtualValue, rent }: FiniteMenu,
): Proposal => {
  const { types, mass, surplusWeight } = problem;
  const count = types.count;
  const own = new Float64Array(count);
  const served = new Float64Array(count);
  const rents = new Float64Array(count);
  representative.forEach((i, t) => {
    if (i < 0) return;
    own[i] = value[t]!;
    served[i] = Math.max(0, ironedVirtualValue[t]!);
    rents[i] = rent[t]!;
  });
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => own[a]! - own[b]!);
  const along = (column: Float64Array): Float64Array => Float64Array.from(order, (i) => column[i]!);
  return {
    flows: flowsAlong(order, ironedChain(along(own), along(mass), surplusWeight)),
    rents,
    served: {
      offsets: Int32Array.from({ length: count + 1 }, (_, i) => i),
      ends: new Int32Array(count).fill(1),
      quality: served,
    },
    iterations: 1,
    expectedGap: 0,
  };
};
