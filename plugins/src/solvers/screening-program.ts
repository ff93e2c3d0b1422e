import {
  budgetsOf,
  type CostForm,
  type CostPiece,
  type FiniteProblem,
  participationOf,
  piecesOn,
  type TypePairs,
} from '@menusmith/core';

/**
 * The finite screening problem with a cost that is given outright, as solvers of mathematical programs want it:
 *
 *     minimise Σ f_k ((1 − κ) U_k + C(q_k) − ⟨w_k, q_k⟩)   subject to   U_n − U_k − ⟨w_n − w_k, q_k⟩ ≥ 0,   U ≥ u,   q ≥ 0,   Σ q_k ≤ total.
 *
 * Columns are the rents U_k − u_k beyond what types are to have, then block by block, a block being tasks that are alike to all types, p = ω x for every
 * piece of the block's cost: x is how much of the piece is used, from 0 to its length, and the q of a block is the sum. A task may be served in the place of
 * all others: of an item that has the chance π of it, lengths and the total are 1 − π of what they are (`limitRows`). Tolerances of solvers are absolute,
 * so that units are chosen here: the largest value is 1, the sum of weights, the most quality that is efficient on a task and the efficient surplus.
 */
export interface ScreeningProgram {
  readonly count: number;
  readonly mass: Float64Array;
  /** (1 − κ) f, and u. */
  readonly budgets: Float64Array;
  readonly promised: Float64Array;
  /** Blocks of item k, from offsets[k] to offsets[k + 1]: where they end, their weights ω, and what k has on them. */
  readonly offsets: Int32Array;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
  readonly ownValues: Float64Array;
  /** Pieces of block b, from pieceOffsets[b] to pieceOffsets[b + 1]: the block of each, and rate, curvature and length of its cost. */
  readonly pieceOffsets: Int32Array;
  readonly blockOf: Int32Array;
  readonly pieces: readonly CostPiece[];
  /** What Σ q may be of an item, where there is a total: the sum over tasks without their weights. */
  readonly total?: number;
  /** The block of item k that is served in the place of the others, from exclusive[k], where there are such; its quality is 1 at most. */
  readonly exclusive?: Int32Array;
  /** w_n on block b. */
  valueOn(n: number, b: number): number;
  /** One unit of value, of quality, of rents, and of mass. */
  readonly valueUnit: number;
  readonly qualityUnit: number;
  readonly rentUnit: number;
  readonly massUnit: number;
}

/** `money` is what is at stake. */
export const screeningProgram = (problem: FiniteProblem, cost: CostForm, money: number): ScreeningProgram => {
  const { types, mass, assigned, supply } = problem;
  const { count, weights: taskWeights } = types;
  const ending = cost.exclusive === undefined ? Number.NaN : cost.exclusive + 1;
  const exclusive = new Int32Array(count);
  /** Whether item k may be made of what ends there, where it is assigned to the one or the other. */
  const isAllowed = (k: number, end: number): boolean =>
    assigned === undefined || (assigned[k] === supply.models!.length - 1) === (end === ending);
  const mayHave: boolean[] = [];
  const everyone = Int32Array.from({ length: count }, (_, n) => n);
  const buffer = new Int32Array(taskWeights.length + 1);
  const offsets = new Int32Array(count + 1);
  const ends: number[] = [];
  const weights: number[] = [];
  const ownValues: number[] = [];
  let largest = 0;
  for (let k = 0; k < count; k++) {
    const blocks = types.blockEnds(k, everyone, 0, count, buffer);
    let m = 0;
    for (let b = 0; b < blocks; b++) {
      let weight = 0;
      for (; m < buffer[b]!; m++) weight += taskWeights[m]!;
      const value = types.valueAt(k, m - 1);
      if (m === ending) exclusive[k] = ends.length;
      mayHave.push(isAllowed(k, m));
      ends.push(m);
      weights.push(weight);
      ownValues.push(value);
      if (value > largest) largest = value;
    }
    offsets[k + 1] = ends.length;
  }
  const qualityUnit =
    cost.tasks.reduce((most, pieces) => Math.max(most, mostEfficient(pieces, largest)), 0) || 1;
  const weightUnit = taskWeights.reduce((sum, weight) => sum + weight, 0);
  const rentUnit = largest * qualityUnit * weightUnit;
  const pieceOffsets = [0];
  const blockOf: number[] = [];
  const pieces: CostPiece[] = [];
  ends.forEach((end, b) => {
    for (const { rate, curvature, length } of piecesOn(cost, end - 1)) {
      blockOf.push(b);
      pieces.push({
        rate: rate / largest,
        curvature: (curvature * qualityUnit) / largest,
        length: mayHave[b] ? length / qualityUnit : 0,
      });
    }
    pieceOffsets.push(pieces.length);
  });
  const massUnit = money / rentUnit;
  return {
    count,
    mass: mass.map((f) => f / massUnit),
    budgets: budgetsOf(problem).map((f) => f / massUnit),
    promised: participationOf(problem).least.map((u) => u / rentUnit),
    offsets,
    ends: Int32Array.from(ends),
    weights: Float64Array.from(weights, (weight) => weight / weightUnit),
    ownValues: Float64Array.from(ownValues, (value) => value / largest),
    valueOn: (n, b) => types.valueAt(n, ends[b]! - 1) / largest,
    pieceOffsets: Int32Array.from(pieceOffsets),
    blockOf: Int32Array.from(blockOf),
    pieces,
    ...(cost.total === undefined ? {} : { total: cost.total / qualityUnit }),
    ...(cost.exclusive === undefined ? {} : { exclusive }),
    valueUnit: largest,
    qualityUnit,
    rentUnit,
    massUnit,
  };
};

/** The quality at which marginal cost passes a value. */
export const mostEfficient = (pieces: readonly CostPiece[], value: number): number =>
  pieces.reduce((sum, { rate, curvature, length }) => {
    if (!(value > rate)) return sum;
    return sum + (curvature > 0 ? Math.min(length, (value - rate) / curvature) : length);
  }, 0);

/** The first and the last but one piece of item k. */
const piecesIn = (
  { offsets, pieceOffsets }: ScreeningProgram,
  k: number,
): readonly [from: number, to: number] => [pieceOffsets[offsets[k]!]!, pieceOffsets[offsets[k + 1]!]!];

/** What the objective has on the columns, to be minimised, beside ½ f a x² ω on pieces of curvature a. */
export const objectiveOf = (program: ScreeningProgram): Float64Array => {
  const { count, mass, budgets, pieces, blockOf, ownValues } = program;
  const objective = new Float64Array(count + pieces.length);
  objective.set(budgets);
  for (let k = 0; k < count; k++) {
    const [from, to] = piecesIn(program, k);
    for (let j = from; j < to; j++)
      objective[count + j] = mass[k]! * (pieces[j]!.rate - ownValues[blockOf[j]!]!);
  }
  return objective;
};

/** The diagonal of P in ½ x'Px: f_k a/ω on p of a piece of curvature a, as ω a x² = a p²/ω. */
export const curvaturesOf = (program: ScreeningProgram): Float64Array => {
  const { count, mass, pieces, blockOf, weights } = program;
  const curvatures = new Float64Array(count + pieces.length);
  for (let k = 0; k < count; k++) {
    const [from, to] = piecesIn(program, k);
    for (let j = from; j < to; j++)
      curvatures[count + j] = (mass[k]! * pieces[j]!.curvature) / weights[blockOf[j]!]!;
  }
  return curvatures;
};

/** The most that columns can be: ∞ on rents and on pieces without an end. */
export const capsOf = ({ count, pieces, blockOf, weights }: ScreeningProgram): Float64Array =>
  Float64Array.from({ length: count + pieces.length }, (_, c) =>
    c < count ? Number.POSITIVE_INFINITY : pieces[c - count]!.length * weights[blockOf[c - count]!]!,
  );

/**
 * Rows of what there is of an item, Σ a x ≤ most: Σ q ≤ total, where there is a total; and where a task is served in the place of the others, Σ q + π total ≤
 * total and x + π length ≤ length for every other piece.
 */
export const limitRows = (program: ScreeningProgram): SparseRows & { readonly most: Float64Array } => {
  const { count, offsets, ends, weights, pieceOffsets, blockOf, pieces, total, exclusive, qualityUnit } =
    program;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const most: number[] = [];
  for (let k = 0; k < count; k++) {
    const taken = exclusive?.[k];
    const [from, to] = piecesIn(program, k);
    const own = Array.from({ length: to - from }, (_, i) => from + i).filter((j) => blockOf[j] !== taken);
    const put = (row: readonly (readonly [piece: number, value: number])[], limit: number): void => {
      for (const [j, value] of row) {
        indices.push(count + j);
        values.push(value);
      }
      if (taken !== undefined) {
        indices.push(count + pieceOffsets[taken]!);
        values.push((limit * qualityUnit) / weights[taken]!);
      }
      starts.push(indices.length);
      most.push(limit);
    };
    const tasksIn = (b: number): number => ends[b]! - (b === offsets[k] ? 0 : ends[b - 1]!);
    if (total !== undefined)
      put(
        own.map((j) => [j, tasksIn(blockOf[j]!) / weights[blockOf[j]!]!]),
        total,
      );
    if (taken === undefined) continue;
    for (const j of own) {
      const limit = pieces[j]!.length * weights[blockOf[j]!]!;
      if (limit > 0 && limit < Number.POSITIVE_INFINITY) put([[j, 1]], limit);
    }
  }
  return {
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    most: Float64Array.from(most),
  };
};

/** Rows of numbers on columns, row by row. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Rows U_n − U_k − (w_n − w_k)·p_k of pairs (n, k), and what they are at least: with rents beyond u, u_k − u_n. */
export const incentiveRows = (
  program: ScreeningProgram,
  { from, to }: TypePairs,
): SparseRows & { readonly least: Float64Array } => {
  const { count, offsets, pieceOffsets, ownValues, promised, valueOn } = program;
  let most = 0;
  for (const k of to) {
    const [first, end] = piecesIn(program, k);
    most += 2 + end - first;
  }
  const starts = new Int32Array(from.length + 1);
  const indices = new Int32Array(most);
  const values = new Float64Array(most);
  let end = 0;
  const put = (column: number, value: number): void => {
    indices[end] = column;
    values[end++] = value;
  };
  for (let e = 0; e < from.length; e++) {
    const n = from[e]!;
    const k = to[e]!;
    put(n, 1);
    put(k, -1);
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
      const difference = valueOn(n, b) - ownValues[b]!;
      if (difference === 0) continue;
      for (let j = pieceOffsets[b]!; j < pieceOffsets[b + 1]!; j++) put(count + j, -difference);
    }
    starts[e + 1] = end;
  }
  return {
    starts,
    indices: indices.slice(0, end),
    values: values.slice(0, end),
    least: Float64Array.from(from, (n, e) => promised[to[e]!]! - promised[n]!),
  };
};
