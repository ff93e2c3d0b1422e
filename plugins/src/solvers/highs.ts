import type { FiniteProblem, Proposal, SolverEntry, TypePairs } from '@menusmith/core';
import type { Highs, Model } from 'highs';
import { incentiveRows, objectiveOf, proposalOf, type ScreeningProgram, screeningProgram } from './screening-program.ts';
import { temptedPairs } from './tempted-pairs.ts';

/** The tightest that HiGHS takes. */
const TOLERANCE = 1e-10;
/** Gains from another's item that matter, relative to the efficient surplus. */
const TEMPTATION = 1e-11;
const MOST_ROUNDS = 200;

let loading: Promise<Highs> | undefined;
let highs: Highs | undefined;

/**
 * Linear programs, by HiGHS in WebAssembly: goods and lotteries over them. Constraints are put to work once a type is tempted to break
 * them; the dual simplex method goes on from the basis before.
 */
export const highsSolver: SolverEntry = {
  name: 'highs',
  doc: 'Linear programming by HiGHS, on a growing set of incentive constraints; for linear costs with a cap (goods, lotteries).',
  parameters: {},
  create: () => ({
    refuses: ({ cost }) =>
      cost?.kind === 'linear' ? undefined : 'a cost that is not linear, so that the problem is no linear program',
    prepare: async () => {
      loading ??= import('highs').then(({ default: load }) => load());
      highs = await loading;
    },
    proposals: linearPrograms,
  }),
};

function* linearPrograms(problem: FiniteProblem, money: number): Generator<Proposal, void, void> {
  if (highs === undefined) throw new Error('highs: prepare() has not been awaited');
  const { types, cost } = problem;
  if (cost === undefined) return;
  const program = screeningProgram(problem, cost);
  let pairs = types.neighbours();
  const model = linearProgram(highs, program);
  try {
    addRows(highs, model, program, pairs);
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const { modelStatus } = model.run();
      const isOptimal = modelStatus === highs.constants.modelStatus.optimal;
      const { colValue, rowDual } = model.getSolution();
      const proposal = proposalOf(program, colValue, pairs, rowDual);
      const { tempted, worst } = temptedPairs(types, proposal.quality, proposal.rents, pairs, TEMPTATION * money, Number(process.env.SH ?? 1));
      if (process.env.LOG) console.log(round, performance.now().toFixed(0), pairs.from.length, tempted.from.length, worst / money, modelStatus, model.info.get('simplex_iteration_count'));
      yield {
        ...proposal,
        iterations: round,
        expectedGap: isOptimal ? Math.max(TOLERANCE, (types.count * worst) / money) : Number.POSITIVE_INFINITY,
      };
      if (!isOptimal || tempted.from.length === 0) return;
      addRows(highs, model, program, tempted);
      pairs = { from: concat(pairs.from, tempted.from), to: concat(pairs.to, tempted.to) };
    }
  } finally {
    model.dispose();
  }
}

const linearProgram = ({ createModel, infinity }: Highs, program: ScreeningProgram): Model => {
  const { count, weights } = program;
  const columns = count + weights.length;
  const model = createModel({
    numCols: columns,
    numRows: 0,
    colCost: objectiveOf(program),
    colLower: new Float64Array(columns),
    colUpper: Float64Array.from({ length: columns }, (_, c) => (c < count ? infinity : weights[c - count]!)),
    rowLower: [],
    rowUpper: [],
    matrix: { format: 'csr', numRows: 0, numCols: columns, starts: [0], indices: [], values: [] },
  });
  model.options.set({
    output_flag: false,
    solver: process.env.SOLVER ?? 'simplex',
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
    ipm_optimality_tolerance: 1e-12,
    small_matrix_value: 1e-12,
  });
  return model;
};

const addRows = ({ infinity }: Highs, model: Model, program: ScreeningProgram, pairs: TypePairs): void => {
  const rows = pairs.from.length;
  model.addRows({
    lower: new Float64Array(rows),
    upper: new Float64Array(rows).fill(infinity),
    matrix: {
      format: 'csr',
      numRows: rows,
      numCols: program.count + program.weights.length,
      ...incentiveRows(program, pairs),
    },
  });
};

const concat = (a: Int32Array, b: Int32Array): Int32Array => {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
};
