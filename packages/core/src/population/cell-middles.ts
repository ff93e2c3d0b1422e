import { leftOfBudgets } from '../finite/feasible-flows.ts';
import type { Flows } from '../finite/finite-problem.ts';
import type { ValueScaleTypes } from '../types/value-scale-types.ts';

/** The flows between the types of a grid, who stand at the lowest values of cells. */
export interface GridFlows {
  readonly flows: Flows;
  /** Which of the types between whom flows are told each type of the grid is, or −1. */
  readonly representative: Int32Array;
  readonly mass: Float64Array;
  /** κ, the weight of rents beside that of profit. */
  readonly surplusWeight: number;
}

/** Where φ of a type of a grid stands in her cell. */
export interface CellFlow {
  /** Whether more flows into the type from lower values than from higher ones: the rents of lower values are what is to be kept from rising. */
  readonly isUp: boolean;
  /** Whether U = u there: her cell has no more than is promised. */
  readonly isHeld: boolean;
}

/** Flows and multipliers below this share of a type's own budget are rounding. */
const SLIGHT = 0.01;

/**
 * How φ of the types of a grid, who stand at the lowest values of cells of width h, lies beside φ at the middles of the cells, by their flows.
 *
 * In the continuum f φ = f w − a, a being what flows down past w less what flows up; a type's φ takes what comes in. From above that is a at the upper end of her cell, and half of the
 * cell's own (1 − κ) f more passes the middle: φ there is κh/2 higher. From below it is a at the lower end: φ is (1 − κ/2)h higher. Where U = u, it is the rents that are exact: q is their rise over the cell
 * from whose other end the flow comes, her own where it comes from above and the next lower one where it comes from below.
 */
export const cellFlows = (
  { values, count }: Pick<ValueScaleTypes, 'values' | 'count'>,
  { flows: { from, to, amount }, representative, mass, surplusWeight }: GridFlows,
  width: number,
): ((n: number) => CellFlow) => {
  const own = new Map<number, number>();
  for (let n = 0; n < count; n++) if (representative[n]! >= 0 && mass[n]! > 0) own.set(representative[n]!, n);
  const [starts, ends] = [from.map((k) => own.get(k)!), to.map((k) => own.get(k)!)];
  const net = new Float64Array(count);
  amount.forEach((flow, e) => {
    net[ends[e]!]! += flow * (values[starts[e]!]! - values[ends[e]!]!);
  });
  const budgets = mass.map((f) => (1 - surplusWeight) * f);
  const left = leftOfBudgets({ from: starts, to: ends, amount }, budgets);
  return (n) => ({
    isUp: net[n]! < -SLIGHT * budgets[n]! * width,
    // More than her own ends at an end of the support, or of what is served.
    isHeld: left[n]! > SLIGHT * budgets[n]! && left[n]! <= budgets[n]!,
  });
};
