import type { CostForm, FiniteProblem, Proposal, SolverStop, TypePairs } from '@menusmith/core';
import type { Highs, Model } from 'highs';
import { MOST_ROUNDS, optimum, SHELVES, simplexModel, TEMPTATION, TOLERANCE } from './highs-model.ts';
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

/** Proposals from the linear program of a cost in lines, one a task: constraints come in once a type is tempted to break them. */
export function* linearPrograms(
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

/** The program without incentive constraints. */
const withLimits = (
  highs: Highs,
  program: ScreeningProgram,
  { most, ...matrix }: ReturnType<typeof limitRows>,
): Model => {
  const caps = capsOf(program);
  const columns = caps.length;
  const rows = most.length;
  return simplexModel(highs, {
    numCols: columns,
    numRows: rows,
    colCost: objectiveOf(program),
    colLower: new Float64Array(columns),
    colUpper: caps.map((cap) => Math.min(cap, highs.infinity)),
    rowLower: new Float64Array(rows),
    rowUpper: most,
    matrix: { format: 'csr', numRows: rows, numCols: columns, ...matrix },
  });
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
