import { allPairs, type FiniteSolver, hasJumps } from '@menusmith/core';
import { incentiveRows, objectiveOf, proposalOf, screeningProgram } from '@menusmith/plugins';
import type { Highs } from 'highs';

/** The quadratic program with every incentive constraint, by HiGHS. */
export const highsQuadratic = (mostSeconds: number): FiniteSolver => {
  let highs: Highs | undefined;
  return {
    refuses: ({ cost }) =>
      cost !== undefined && !hasJumps(cost) ? undefined : 'a cost that is not quadratic',
    prepare: async () => {
      const loaded = await import('highs');
      const start = loaded.default as unknown as typeof loaded.default.default;
      highs = await start();
    },
    *proposals(problem, money) {
      const program = screeningProgram(problem, problem.cost!, money);
      const { count, mass, offsets, weights } = program;
      const pairs = allPairs(count);
      const columns = count + weights.length;
      const curvature = new Float64Array(weights.length);
      for (let k = 0; k < count; k++)
        for (let b = offsets[k]!; b < offsets[k + 1]!; b++) curvature[b] = mass[k]! / weights[b]!;
      const model = highs!.createModel({
        numCols: columns,
        numRows: pairs.from.length,
        colCost: objectiveOf(program),
        colLower: new Float64Array(columns),
        colUpper: new Float64Array(columns).fill(highs!.infinity),
        rowLower: new Float64Array(pairs.from.length),
        rowUpper: new Float64Array(pairs.from.length).fill(highs!.infinity),
        matrix: {
          format: 'csr',
          numRows: pairs.from.length,
          numCols: columns,
          ...incentiveRows(program, pairs),
        },
      });
      try {
        model.raw.passHessian({
          format: 'triangular',
          dimension: columns,
          starts: Int32Array.from({ length: columns + 1 }, (_, c) => Math.max(0, c - count)),
          indices: Int32Array.from(weights, (_, b) => count + b),
          values: curvature,
        });
        model.options.set({
          output_flag: false,
          time_limit: mostSeconds,
          primal_feasibility_tolerance: 1e-10,
          dual_feasibility_tolerance: 1e-10,
        });
        model.raw.run();
        const status = model.getModelStatus();
        if (status === highs!.constants.modelStatus.timeLimit) throw new Error(`none in ${mostSeconds} s`);
        if (status !== highs!.constants.modelStatus.optimal)
          throw new Error(`breaks off (model status ${status})`);
        const { colValue, rowDual } = model.getSolution();
        yield { ...proposalOf(program, colValue, pairs, rowDual), iterations: 1, expectedGap: 1e-9 };
      } finally {
        model.dispose();
      }
    },
  };
};
