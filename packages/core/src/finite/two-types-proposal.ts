import type { TwoTypesMenu } from '../screening/two-types.ts';
import { profilesTaskByTask } from '../types/item-profiles.ts';
import type { EssentialTypes } from './essential-types.ts';
import type { Proposal } from './finite-problem.ts';

/**
 * What Prop. 2 proposes for those of two types that matter: λ f_L is the flow from the high type to the low. Where one does not matter, or both are alike,
 * there is no flow.
 */
export const twoTypesProposal = (
  { problem: { types, mass }, representative }: EssentialTypes,
  { high, lambda, rents, virtualValues }: TwoTypesMenu,
): Proposal => {
  const tasks = types.weights.length;
  const served = new Float64Array(types.count * tasks);
  const least = new Float64Array(types.count);
  representative.forEach((i, n) => {
    if (i < 0) return;
    served.set(
      virtualValues[n as 0 | 1].map((value) => Math.max(0, value)),
      i * tasks,
    );
    least[i] = rents[n as 0 | 1];
  });
  const [from, to] = [representative[high]!, representative[1 - high]!];
  const flows = from >= 0 && to >= 0 && from !== to ? [lambda * mass[to]!] : [];
  return {
    flows: {
      from: Int32Array.from(flows, () => from),
      to: Int32Array.from(flows, () => to),
      amount: Float64Array.from(flows),
    },
    rents: least,
    served: profilesTaskByTask(served, tasks),
    iterations: 1,
    expectedGap: 0,
  };
};
