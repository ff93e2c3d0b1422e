import type { FiniteProblem } from '../finite/finite-problem.ts';
import { budgetsOf } from '../finite/participation.ts';
import type { WorkingSet } from '../finite/working-set.ts';

/** The weights π of the central path: products end at barrier·π. */
export interface PathWeights {
  readonly incentive: Float64Array;
  readonly participation: Float64Array;
  readonly service: Float64Array;
  /** Σ π over all pairs: the gap is barrier·total. */
  readonly total: number;
}

/**
 * Masses, or budgets (1 − κ) f where flows are concerned, so that the path does not depend on how unequal these are: with equal weights, slacks of types
 * of mass 10⁻¹² would have to be 10¹² times those of others. What is withheld weighs as what is served; of an item's models all together weigh its mass.
 */
export const pathWeights = (
  problem: FiniteProblem,
  { count, from, to, blockOffsets, blockWeights }: WorkingSet,
  free: Uint8Array,
  { isWithholding, isMixed }: { readonly isWithholding: boolean; readonly isMixed: boolean },
): PathWeights => {
  const { mass } = problem;
  const participation = budgetsOf(problem);
  const incentive = Float64Array.from(from, (n, e) => Math.min(participation[n]!, participation[to[e]!]!));
  const service = new Float64Array(blockWeights.length);
  for (let k = 0; k < count; k++) {
    const [first, end] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    let floors = 0;
    for (let b = first; b < end; b++) if (free[b] === 0) floors++;
    for (let b = first; b < end; b++) service[b] = free[b] === 0 ? mass[k]! / floors : 0;
  }
  let total = 0;
  for (const part of [incentive, participation, service]) for (const w of part) total += w;
  if (isWithholding) for (const w of service) total += w;
  if (isMixed) for (const w of mass) total += w;
  return { incentive, participation, service, total };
};
