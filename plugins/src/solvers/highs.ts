import { hasJumps, isLinear, type SolverEntry } from '@menusmith/core';
import type { Highs } from 'highs';
import type { chordPrograms, leastGoodsFlow, linearPrograms } from './highs-programs.ts';

interface Loaded {
  readonly highs: Highs;
  readonly chordPrograms: typeof chordPrograms;
  readonly linearPrograms: typeof linearPrograms;
  readonly leastGoodsFlow: typeof leastGoodsFlow;
}

let loading: Promise<Loaded> | undefined;
let loaded: Loaded | undefined;

/**
 * The linear program by HiGHS in WebAssembly: goods, and lotteries over them. Incentive constraints are put to work once a type is tempted
 * to break them, and the dual simplex method goes on from the basis before.
 */
export const highsSolver: SolverEntry = {
  name: 'highs',
  doc: 'Linear programming by HiGHS, on a growing set of incentive constraints; for costs that are linear (goods, lotteries), or linear in a part.',
  parameters: {},
  create: () => ({
    refuses: ({ cost }) =>
      cost !== undefined && hasJumps(cost)
        ? undefined
        : 'a cost that is curved throughout, to which no linear program is near (interior-point solves it)',
    prepare: async () => {
      loading ??= load();
      loaded = await loading;
    },
    proposals: (problem, money) => {
      if (loaded === undefined)
        throw new Error(
          'highs is not loaded: await prepareStudy(study) before solveStudy(study), or await solve(study), which does both',
        );
      if (problem.cost === undefined) throw new Error('highs: proposals need a cost in closed form');
      const { cost } = problem;
      const { highs } = loaded;
      // Of several pieces each would be a row beside what types have outside.
      const isOneLine = isLinear(cost) && cost.tasks.every(({ length }) => length === 1);
      return isOneLine
        ? loaded.linearPrograms(highs, problem, cost, money)
        : loaded.chordPrograms(highs, problem, cost, money);
    },
    goodsFlow: (cells, cost, surplusWeight) =>
      loaded?.leastGoodsFlow(loaded.highs, cells, cost, surplusWeight),
  }),
};

const load = async (): Promise<Loaded> => {
  const module = await import('highs');
  // The declarations are read as those of a CommonJS module, which the code is not.
  const start = module.default as unknown as typeof module.default.default;
  const highs = await start();
  const { chordPrograms, linearPrograms, leastGoodsFlow } = await import('./highs-programs.ts');
  return { highs, chordPrograms, linearPrograms, leastGoodsFlow };
};
