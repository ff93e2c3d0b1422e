import type { CostForm, FiniteProblem, Proposal, SolverStop, TypePairs } from '@menusmith/core';
import type { Highs } from 'highs';
import {
  addedConstraints,
  addedPoints,
  type BlockPoint,
  chordProgram,
  chordQuality,
  firstPoints,
  gainfulPoints,
} from './chord-program.ts';
import { MOST_ROUNDS, optimum, SHELVES, simplexModel, TEMPTATION, TOLERANCE } from './highs-model.ts';
import { screeningProgram } from './screening-program.ts';
import { temptedPairs } from './tempted-pairs.ts';

/**
 * A cost that is straight in a part and curved in another, by linear programs with chords in its place: points come in where they gain, as columns, while
 * constraints come in as rows, and the simplex method goes on from the basis before. Chords of width h are above the cost by h² at most, and what an item
 * costs is never taken from them.
 */
export function* chordPrograms(
  highs: Highs,
  problem: FiniteProblem,
  cost: CostForm,
  money: number,
): Generator<Proposal, SolverStop | undefined, void> {
  const { types } = problem;
  const program = screeningProgram(problem, cost, money);
  const { count, promised, massUnit, rentUnit } = program;
  const blocks = program.ends.length;
  const chords = chordProgram(program, cost);
  const model = withoutPoints(highs, program.budgets, blocks);
  const { infinity } = highs;
  const addPoints = (given: readonly BlockPoint[]): void => {
    const { objective, ...columns } = addedPoints(chords, given);
    const [numRows, numCols] = [blocks + chords.pairs.from.length, objective.length];
    model.addCols({
      cost: objective,
      lower: new Float64Array(numCols),
      upper: new Float64Array(numCols).fill(infinity),
      matrix: { format: 'csc', numRows, numCols, ...columns },
    });
  };
  const addConstraints = (pairs: TypePairs): void => {
    const { least, ...rows } = addedConstraints(chords, pairs);
    const [numRows, numCols] = [least.length, count + chords.points.length];
    model.addRows({
      lower: least,
      upper: new Float64Array(numRows).fill(infinity),
      matrix: { format: 'csr', numRows, numCols, ...rows },
    });
  };
  try {
    addPoints(firstPoints(chords));
    addConstraints(types.neighbours());
    for (let round = 1; round <= MOST_ROUNDS; round++) {
      const solution = optimum(highs, model);
      if (solution === undefined) return 'numerical';
      const { colValue, rowDual } = solution;
      const quality = chordQuality(chords, colValue.subarray(count));
      const { from, to } = chords.pairs;
      const pairs = { from: Int32Array.from(from), to: Int32Array.from(to) };
      const rents = colValue.slice(0, count).map((rent, k) => rentUnit * (promised[k]! + Math.max(0, rent)));
      const { tempted, worst } = temptedPairs(types, quality, rents, pairs, TEMPTATION * money, SHELVES);
      const { found, gain } = gainfulPoints(chords, rowDual, quality);
      yield {
        flows: { ...pairs, amount: rowDual.slice(blocks).map((each) => massUnit * each) },
        rents,
        quality,
        iterations: round,
        // At the worst, every type has to be given what the most tempted one gains.
        expectedGap: Math.max(TOLERANCE, (count * worst) / money, gain),
      };
      if (tempted.from.length === 0 && found.length === 0) return undefined;
      if (found.length > 0) addPoints(found);
      if (tempted.from.length > 0) addConstraints(tempted);
    }
    return 'most-iterations';
  } catch (error) {
    // It takes no rows with numbers of more than 1e15, say.
    if (error instanceof highs.errors.HighsError) return 'numerical';
    throw error;
  } finally {
    model.dispose();
  }
}

/** Rents alone, and the rows of blocks, as yet without entries. */
const withoutPoints = (highs: Highs, budgets: Float64Array, blocks: number) =>
  simplexModel(highs, {
    numCols: budgets.length,
    numRows: blocks,
    colCost: budgets,
    colLower: new Float64Array(budgets.length),
    colUpper: new Float64Array(budgets.length).fill(highs.infinity),
    rowLower: new Float64Array(blocks),
    rowUpper: new Float64Array(blocks).fill(1),
    matrix: {
      format: 'csr',
      numRows: blocks,
      numCols: budgets.length,
      starts: new Int32Array(blocks + 1),
      indices: new Int32Array(0),
      values: new Float64Array(0),
    },
  });
