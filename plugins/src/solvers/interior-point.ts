import { hasJumps, interiorPoint, type SolverEntry } from '@menusmith/core';
import { isTooFine } from './screening-program.ts';

/** Menusmith's own solver of finite screening problems; see `interiorPoint` of core. */
export const interiorPointSolver: SolverEntry = {
  name: 'interior-point',
  doc: 'Primal–dual interior-point method on a growing set of incentive constraints; for any strictly convex cost.',
  parameters: {},
  create: () => ({
    refuses: ({ cost, types }) =>
      cost !== undefined && hasJumps(cost) && !isTooFine(cost, types)
        ? 'a cost that is linear, or linear in a part, where supply jumps (highs solves linear programs, clarabel quadratic ones)'
        : undefined,
    proposals: interiorPoint,
  }),
};
