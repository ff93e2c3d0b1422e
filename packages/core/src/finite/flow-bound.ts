import { gaussLegendre } from '../integration/gauss-legendre.ts';
import type { ProfileSupply } from '../supply/profile-supply.ts';
import { type ContinuousFlow, feasibleFlow } from './continuous-flow.ts';
import { flowColumns } from './flow-columns.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

/** What a flow says of every menu. */
export interface FlowBound {
  /** D = ∫ f S(φ), raised by its estimated error. */
  readonly profit: number;
  /** What it was raised by. */
  readonly error: number;
  /** The share of the flow to smaller scales that was left out, as it was not feasible. */
  readonly cut: number;
  readonly solved: boolean;
}

const [FINE, COARSE] = [gaussLegendre(3), gaussLegendre(2)];
/** What all may be off by together, as a share of the money at stake. */
const TOLERANCE = 2e-6;
const MOST_HALVINGS = 8;

export const flowBound = (
  population: ValueScalePopulation,
  proposed: ContinuousFlow,
  supply: ProfileSupply,
  money: number,
  surplusWeight = 0,
): FlowBound => {
  const { flow, cut } = feasibleFlow(proposed, surplusWeight);
  const { values, ranks } = flow;
  const [n, m] = [values.length - 1, ranks.length - 1];
  const columns = flowColumns(population, flow, supply, surplusWeight, (TOLERANCE * money) / n);
  const at = new Float64Array(n);
  const [fine, coarse] = [new Float64Array(n), new Float64Array(n)];
  let [profit, error] = [0, 0];
  const add = (j: number, from: number, to: number, halvings: number): void => {
    const width = (to - from) * (ranks[j + 1]! - ranks[j]!);
    fine.fill(0);
    coarse.fill(0);
    let off = 0;
    for (const [rule, sums] of [
      [FINE, fine],
      [COARSE, coarse],
    ] as const)
      for (let k = 0; k < rule.nodes.length; k++) {
        const weight = rule.weights[k]! * width;
        const wrong = columns.at(j, from + rule.nodes[k]! * (to - from), at);
        if (sums === fine) off += weight * wrong;
        for (let i = 0; i < n; i++) sums[i]! += weight * at[i]!;
      }
    let [sum, differ] = [0, 0];
    for (let i = 0; i < n; i++) {
      sum += fine[i]!;
      differ += Math.abs(fine[i]! - coarse[i]!);
    }
    if (differ > (TOLERANCE * money) / m && halvings < MOST_HALVINGS) {
      add(j, from, (from + to) / 2, halvings + 1);
      add(j, (from + to) / 2, to, halvings + 1);
      return;
    }
    profit += sum;
    error += off + differ;
  };
  for (let j = 0; j < m; j++) if (ranks[j + 1]! > ranks[j]!) add(j, 0, 1, 0);
  return { profit: profit + error, error, cut, solved: columns.solved() };
};
