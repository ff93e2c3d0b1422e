import type { FiniteProblem } from '../finite/finite-problem.ts';
import { budgetsOf, participationOf } from '../finite/participation.ts';
import { writeVirtualValues } from '../finite/virtual-menu.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import type { Iterate } from './iterate.ts';
import type { ServedSupply } from './served-supply.ts';

/** What the conditions that are not complementarities lack at an iterate; see `newtonStep`. */
export interface Residuals {
  /** U_n − U_k − ⟨w_n − w_k, q_k⟩ − s, one a constraint. */
  readonly incentive: Float64Array;
  /** (1 − κ) f − out + in − y, one a type. */
  readonly participation: Float64Array;
  /** φ + ν − start − p, one a block. */
  readonly service: Float64Array;
  /** After the supply was evaluated: writes them at `at`; answers with the largest, or with `worst` where that is larger, money a buyer. */
  evaluate(at: Iterate, worst: number): number;
}

export const residuals = (problem: FiniteProblem, set: WorkingSet, supply: ServedSupply): Residuals => {
  const { mass } = problem;
  const budgets = budgetsOf(problem);
  const { least: promised } = participationOf(problem);
  const { count, from, to } = set;
  const size = from.length;
  const blocks = set.blockWeights.length;
  const virtual = new Float64Array(blocks);
  const incentive = new Float64Array(size);
  const participation = new Float64Array(count);
  const service = new Float64Array(blocks);

  const evaluate: Residuals['evaluate'] = (at, least) => {
    const { primal: slacks, dual: flows } = at.incentive;
    const { primal: rents, dual: rest } = at.participation;
    const { primal: served, dual: floors } = at.service;
    writeVirtualValues(set, mass, flows, virtual);
    let worst = least;
    for (let b = 0; b < blocks; b++) {
      const apart = virtual[b]! - supply.starts[b]! + floors[b]! - served[b]!;
      service[b] = apart;
      const worth = Math.abs(apart) * set.blockWeights[b]! * supply.quality[b]!;
      // NaN becomes the worst, and stays.
      if (!(worth <= worst)) worst = worth;
    }
    for (let k = 0; k < count; k++) participation[k] = budgets[k]! - rest[k]!;
    for (let e = 0; e < size; e++) {
      const n = from[e]!;
      const k = to[e]!;
      participation[n]! -= flows[e]!;
      participation[k]! += flows[e]!;
      const apart = rents[n]! + promised[n]! - (rents[k]! + promised[k]!);
      const broken = apart - supply.advantage[e]! - slacks[e]!;
      incentive[e] = broken;
      if (!(Math.abs(broken) <= worst)) worst = Math.abs(broken);
    }
    return worst;
  };
  return { incentive, participation, service, evaluate };
};
