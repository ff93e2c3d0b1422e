import {
  budgetsOf,
  type CostForm,
  type FiniteProblem,
  type ItemProfiles,
  type Proposal,
  participationOf,
  type TypePairs,
} from '@menusmith/core';

/**
 * The finite screening problem with a cost that is given outright, as solvers of mathematical programs want it:
 *
 *     minimise Σ f_k ((1 − κ) U_k + C(q_k) − ⟨w_k, q_k⟩)   subject to   U_n − U_k − ⟨w_n − w_k, q_k⟩ ≥ 0,   U ≥ u,   0 ≤ q ≤ max.
 *
 * Columns are the rents U_k − u_k beyond what types are to have, then block by block p = ω q, the quality of a block of tasks that are alike to all types. Tolerances of solvers
 * are absolute, so that units are chosen here: the largest value is 1, the sum of weights, the most quality that is efficient and the
 * efficient surplus.
 */
export interface ScreeningProgram {
  readonly count: number;
  readonly mass: Float64Array;
  /** (1 − κ) f, and u. */
  readonly budgets: Float64Array;
  readonly promised: Float64Array;
  readonly cost: CostForm;
  /** Blocks of item k, from offsets[k] to offsets[k + 1]: where they end, their weights ω, and what k has on them. */
  readonly offsets: Int32Array;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
  readonly ownValues: Float64Array;
  /** w_n on block b. */
  valueOn(n: number, b: number): number;
  /** One unit of quality, of rents, and of mass. */
  readonly qualityUnit: number;
  readonly rentUnit: number;
  readonly massUnit: number;
}

/** `money` is what is at stake. */
export const screeningProgram = (problem: FiniteProblem, cost: CostForm, money: number): ScreeningProgram => {
  const { types, mass } = problem;
  const { count, weights: taskWeights } = types;
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
      ends.push(m);
      weights.push(weight);
      ownValues.push(value);
      if (value > largest) largest = value;
    }
    offsets[k + 1] = ends.length;
  }
  const qualityUnit = cost.kind === 'linear' ? cost.max : largest;
  const weightUnit = taskWeights.reduce((sum, weight) => sum + weight, 0);
  const rentUnit = largest * qualityUnit * weightUnit;
  const massUnit = money / rentUnit;
  return {
    count,
    mass: mass.map((f) => f / massUnit),
    budgets: budgetsOf(problem).map((f) => f / massUnit),
    promised: participationOf(problem).least.map((u) => u / rentUnit),
    cost: cost.kind === 'linear' ? { kind: 'linear', rate: cost.rate / largest, max: 1 } : cost,
    offsets,
    ends: Int32Array.from(ends),
    weights: Float64Array.from(weights, (weight) => weight / weightUnit),
    ownValues: Float64Array.from(ownValues, (value) => value / largest),
    valueOn: (n, b) => types.valueAt(n, ends[b]! - 1) / largest,
    qualityUnit,
    rentUnit,
    massUnit,
  };
};

/** What the objective has on the columns, to be minimised, beside ½ f q² ω where cost is quadratic. */
export const objectiveOf = ({
  count,
  mass,
  budgets,
  cost,
  offsets,
  ownValues,
}: ScreeningProgram): Float64Array => {
  const rate = cost.kind === 'linear' ? cost.rate : 0;
  const objective = new Float64Array(count + ownValues.length);
  objective.set(budgets);
  for (let k = 0; k < count; k++) {
    for (let b = offsets[k]!; b < offsets[k + 1]!; b++)
      objective[count + b] = mass[k]! * (rate - ownValues[b]!);
  }
  return objective;
};

/** Rows U_n − U_k − (w_n − w_k)·p_k of pairs (n, k), row by row, and what they are at least: with rents beyond u, u_k − u_n. */
export interface SparseRows {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  readonly least: Float64Array;
}

export const incentiveRows = (
  { count, offsets, ownValues, promised, valueOn }: ScreeningProgram,
  { from, to }: TypePairs,
): SparseRows => {
  let most = 0;
  for (const k of to) most += 2 + offsets[k + 1]! - offsets[k]!;
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
      if (difference !== 0) put(count + b, -difference);
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

/** What columns and multipliers of incentive rows propose, in the problem's own units. */
export const proposalOf = (
  { count, cost, offsets, ends, weights, promised, qualityUnit, rentUnit, massUnit }: ScreeningProgram,
  columns: Float64Array,
  pairs: TypePairs,
  multipliers: Float64Array,
): Pick<Proposal, 'flows' | 'rents'> & { readonly quality: ItemProfiles } => {
  const qualityOf = cost.kind === 'linear' ? withinEnds(cost.max) : (q: number) => Math.max(0, q);
  return {
    flows: { ...pairs, amount: multipliers.map((each) => massUnit * each) },
    rents: columns.slice(0, count).map((rent, k) => rentUnit * (promised[k]! + Math.max(0, rent))),
    quality: {
      offsets,
      ends,
      quality: weights.map((weight, b) => qualityUnit * qualityOf(columns[count + b]! / weight)),
    },
  };
};

/** Of the most there is: a program's solution is known no better. */
const ROUNDING = 1e-9;

/** A good that is all but not, or all but wholly, in an item: what is left of it would be an item of its own, and its buyers would count as served. */
const withinEnds =
  (most: number) =>
  (q: number): number =>
    q <= ROUNDING * most ? 0 : q >= (1 - ROUNDING) * most ? most : q;
