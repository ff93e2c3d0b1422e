import { type CostForm, type FiniteProblem, isLinear, type SolverEntry } from '@menusmith/core';
import type { wholeProgram } from './conic-program.ts';
import { type Clarabel, loadClarabel } from './load-clarabel.ts';

/** Numbers in the rows of constraints for which there is time and memory. */
const MOST_NUMBERS = 4e6;

/** Whether pieces that stand for a cost that bends like no parabola are too many for a program: every pair of types has each of them on each task. */
const isTooFine = (
  { exact, tasks }: CostForm,
  { count, weights }: Pick<FiniteProblem['types'], 'count' | 'weights'>,
): boolean =>
  exact !== undefined &&
  count ** 2 * weights.length * Math.max(...tasks.map(({ length }) => length)) > MOST_NUMBERS;

const MOST_TYPES = 400;

let loaded: { readonly clarabel: Clarabel; readonly wholeProgram: typeof wholeProgram } | undefined;

/**
 * The quadratic or linear program with every incentive constraint, by Clarabel (Goulart and Chen 2024) in WebAssembly: a yardstick from
 * outside for small problems, which knows nothing of screening.
 */
export const clarabelSolver: SolverEntry = {
  name: 'clarabel',
  doc: `Conic programming by Clarabel with all incentive constraints at once; a yardstick for up to ${MOST_TYPES} types.`,
  parameters: {},
  create: () => ({
    refuses: ({ cost, types }) => {
      if (cost === undefined)
        return 'production and inputs, but a cost given outright (interior-point takes both)';
      if (isTooFine(cost, types))
        return 'a cost that is straight in a part and bends like no parabola elsewhere, of so many types and tasks (highs solves it)';
      if (cost.exclusive !== undefined && !isLinear(cost))
        return 'a curved cost beside what types have outside, where items are lotteries of both';
      return types.count <= MOST_TYPES
        ? undefined
        : `${types.count} types, of which every pair is a constraint (it takes ${MOST_TYPES})`;
    },
    prepare: async () => {
      const clarabel = await loadClarabel();
      const { wholeProgram } = await import('./conic-program.ts');
      loaded = { clarabel, wholeProgram };
    },
    proposals: (problem, money) => {
      if (loaded === undefined)
        throw new Error(
          'clarabel is not loaded: await prepareStudy(study) before solveStudy(study), or await solve(study), which does both',
        );
      if (problem.cost === undefined) throw new Error('clarabel: proposals need a cost in closed form');
      return loaded.wholeProgram(loaded.clarabel, problem, problem.cost, money);
    },
  }),
};
