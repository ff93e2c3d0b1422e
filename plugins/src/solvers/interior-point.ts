import { hasJumps, interiorPoint, type SolverEntry } from '@menusmith/core';

/** Menusmith's own solver of finite screening problems; see `interiorPoint` of core. */
export const interiorPointSolver: SolverEntry = {
  name: 'interior-point',
  doc: 'Primal–dual interior-point method on a growing set of incentive constraints; for any strictly convex cost.',
  parameters: {},
  create: () => ({
    refuses: ({ cost }) =>
      cost !== undefined && hasJumps(cost)
        ? 'a cost that is linear, or linear in a part, where supply jumps (highs solves it)'
        : undefined,
    proposals: interiorPoint,
  }),
};
