import type { FiniteProblem, Proposal } from '../finite/finite-problem.ts';
import { servedFor } from './served-for.ts';
import { rentsAt, type Workbench } from './workbench.ts';

/**
 * What an iterate proposes. Served values are its own, which make a strictly incentive compatible menu; where the multiplier of q ≥ 0 prevails nothing is to be
 * served.
 */
export const iterateProposal = (
  problem: FiniteProblem,
  { set, at, supply }: Workbench,
  iterations: number,
  expectedGap: number,
): Proposal => {
  const { primal, dual: floors } = at.service;
  const { held } = at;
  const common = {
    flows: { from: set.from, to: set.to, amount: at.incentive.dual.slice() },
    rents: rentsAt(problem, at),
    iterations,
    expectedGap,
    ...(at.lotteries ? { shares: at.lotteries.primal.slice() } : {}),
  };
  const items = (quality: Float64Array) => ({ offsets: set.blockOffsets, ends: set.blockEnds, quality });
  if (held === undefined) {
    return {
      ...common,
      served: items(primal.map((p, b) => supply.starts[b]! + p)),
      // Where the multiplier prevails over what a served value has beyond the start, in the terms of the whole value.
      floors: floors.map((floor, b) => (floor * (supply.starts[b]! + primal[b]!)) / primal[b]!),
    };
  }
  const served = servedFor(problem, set, supply.quality, primal, common.shares);
  const largest = set.ownValues.reduce((most, value) => Math.max(most, value), 0);
  // As shares of what there is at most: p is tiny wherever a quality is sold in part.
  const prevailing = served.map((p, b) => {
    const sold = supply.quality[b]! / (supply.quality[b]! + held.withheld[b]!);
    return (p * (floors[b]! / largest)) / sold;
  });
  return { ...common, served: items(served), floors: prevailing };
};
