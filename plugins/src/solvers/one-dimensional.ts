import { hasJumps, oneDimensionalProposal, proportionalTypes, type SolverEntry } from '@menusmith/core';

/** The chain of virtual values, ironed, for types whose profiles are multiples of one another; see `oneDimensionalProposal` of core. */
export const oneDimensionalSolver: SolverEntry = {
  name: 'one-dimensional',
  doc: 'Mussa and Rosen’s chain of virtual values, ironed: types whose value profiles are multiples of one another.',
  parameters: {},
  create: () => ({
    refuses: ({ types, cost, participation, outsideTask }) => {
      if (cost !== undefined && hasJumps(cost))
        return 'a cost that is linear, or linear in a part, whose optimum can lie in a jump of supply';
      if (outsideTask !== undefined || participation?.some((u) => u > 0))
        return 'types that are to have something without the seller';
      return proportionalTypes(types) ? undefined : 'value profiles that are not multiples of one another';
    },
    *proposals(problem) {
      const proportional = proportionalTypes(problem.types);
      if (proportional !== undefined) yield oneDimensionalProposal(problem, proportional);
    },
  }),
};
