import {
  type CostForm,
  type FiniteProblem,
  isLinear,
  type Proposal,
  type SolverEntry,
  type SolverStop,
  type TypePairs,
} from '@menusmith/core';
import type { Highs, Model, Solution } from 'highs';
import {
  capsOf,
  incentiveRows,
  limitRows,
  objectiveOf,
  type ScreeningProgram,
  screeningProgram,
} from './screening-program.ts';
import { proposalOf } from './screening-proposal.ts';
import { temptedPairs } from './tempted-pairs.ts';

/** The tightest that HiGHS takes. */
const TOLERANCE = 1e-10;
/** Gains from another's item that matter, relative to the efficient surplus. */
const TEMPTATION = 1e-11;
/** So many constraints a type can come in at a time: more of them make larger programs, and fewer to solve. */
const SHELVES = 8;
const MOST_ROUNDS = 200;

let loading: Promise<Highs> | undefined;
let highs: Highs | undefined;

/**
 * The linear program by HiGHS in WebAssembly: goods, and lotteries over them. Incentive constraints are put to work once a type is tempted
 * to break them, and the dual simplex method goes on from the basis before.
 */
export const highsSolver: SolverEntry = {
  name: 'highs',
  doc: 'Linear programming by HiGHS, on a growing set of incentive constraints; for linear costs (goods, lotteries).',
  parameters: {},
  create: () => ({
    refuses: ({ cost }) =>
      cost !== undefined && isLinear(cost)
        ? undefined
        : 'a cost that is not linear, with which the problem is no linear program (interior-point solves it)',
    prepare: async () => {
      loading ??= load();
      highs = await loading;
    },
    proposals: (problem, money) => {
      if (highs === undefined)
        throw new Error(
          'highs is not loaded: await prepareStudy(study) before solveStudy(study), or await solve(study), which does both',
        );
      if (problem.cost === undefined) throw new Error('highs: proposals need a cost in closed form');
      return linearPrograms(highs, problem, problem.cost, money);
    },
  }),
};

const load = async (): Promise<Highs> => {
  const loaded = await import('highs');
  // The declarations are read as those of a CommonJS module, which the code is not.
  const start = loaded.default as unknown as typeof loaded.default.default;
  return start();
};

function* linearPrograms(
  highs: Highs,
  problem: FiniteProblem,
  cost: CostForm,
  money: number,
): Generator<Proposal, SolverStop | undefined, void> {
  const { types } = problem;
  const program = screeningProgram(problem, cost, money);
  let pairs = types.neighbours();
  const limits = limitRows(program);
  let model: Model | undefined;
  try {
    model = withLimits(highs, program, limits);
    addRows(highs, model, program, pairs);
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const solution = optimum(highs, model);
      if (solution === undefined) return 'numerical';
      const duals = solution.rowDual.subarray(limits.most.length);
      const proposal = proposalOf(program, solution.colValue, pairs, duals);
      const { tempted, worst } = temptedPairs(
        types,
        proposal.quality,
        proposal.rents,
        pairs,
        TEMPTATION * money,
        SHELVES,
      );
      // At the worst, every type has to be given what the most tempted one gains.
      const expectedGap = Math.max(TOLERANCE, (types.count * worst) / money);
      yield { ...proposal, iterations: round, expectedGap };
      if (tempted.from.length === 0) return undefined;
      addRows(highs, model, program, tempted);
      pairs = { from: join(pairs.from, tempted.from), to: join(pairs.to, tempted.to) };
    }
    return 'most-iterations';
  } catch (error) {
    // It takes no rows with numbers of more than 1e15, say.
    if (error instanceof highs.errors.HighsError) return 'numerical';
    throw error;
  } finally {
    model?.dispose();
  }
}

/** The optimum from the basis at hand, or from scratch where that goes astray. */
const optimum = ({ constants }: Highs, model: Model): Solution | undefined => {
  for (const isLast of [false, true]) {
    const status = model.raw.run().status;
    if (status !== constants.status.error && model.getModelStatus() === constants.modelStatus.optimal)
      return model.getSolution();
    if (!isLast) model.clearSolver();
  }
  return undefined;
};

/** The program without incentive constraints. */
const withLimits = (
  highs: Highs,
  program: ScreeningProgram,
  { most, ...matrix }: ReturnType<typeof limitRows>,
): Model => {
  const caps = capsOf(program);
  const columns = caps.length;
  const rows = most.length;
  const model = highs.createModel({
    numCols: columns,
    numRows: rows,
    colCost: objectiveOf(program),
    colLower: new Float64Array(columns),
    colUpper: caps.map((cap) => Math.min(cap, highs.infinity)),
    rowLower: new Float64Array(rows),
    rowUpper: most,
    matrix: { format: 'csr', numRows: rows, numCols: columns, ...matrix },
  });
  model.options.set({
    output_flag: false,
    solver: 'simplex',
    primal_feasibility_tolerance: TOLERANCE,
    dual_feasibility_tolerance: TOLERANCE,
    small_matrix_value: 1e-12,
  });
  return model;
};

const addRows = (highs: Highs, model: Model, program: ScreeningProgram, pairs: TypePairs): void => {
  const count = pairs.from.length;
  const { least, ...rows } = incentiveRows(program, pairs);
  model.addRows({
    lower: least,
    upper: new Float64Array(count).fill(highs.infinity),
    matrix: {
      format: 'csr',
      numRows: count,
      numCols: program.count + program.pieces.length,
      ...rows,
    },
  });
};

const join = (these: Int32Array, those: Int32Array): Int32Array => {
  const all = new Int32Array(these.length + those.length);
  all.set(these);
  all.set(those, these.length);
  return all;
};
