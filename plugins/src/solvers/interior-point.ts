import { interiorPoint, type SolverEntry } from '@menusmith/core';

/** Menusmith's own solver of finite screening problems; see `interiorPoint` of core. */
export const interiorPointSolver: SolverEntry = {
  name: 'interior-point',
  doc: 'Primal–dual interior-point method on a growing set of incentive constraints; for any strictly convex cost.',
  parameters: {},
  create: () => ({
    refuses: ({ cost }) =>
      cost?.kind === 'linear'
        ? 'a linear cost, which makes the problem a linear program (highs solves it)'
        : undefined,
    proposals: interiorPoint,
  }),
};
