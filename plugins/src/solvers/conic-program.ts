import {
  allPairs,
  type CostForm,
  type FiniteProblem,
  type Proposal,
  type SolverStop,
  type TypePairs,
} from '@menusmith/core';
import type { Clarabel } from './load-clarabel.ts';
import {
  capsOf,
  curvaturesOf,
  incentiveRows,
  limitRows,
  objectiveOf,
  type ScreeningProgram,
  screeningProgram,
} from './screening-program.ts';
import { proposalOf } from './screening-proposal.ts';

/** On the gap between primal and dual; that on residuals is Clarabel's own, and follows. */
const TOLERANCE = 1e-11;
/** What a certificate is expected to show of a solve that met the tolerance. */
const USUAL_GAP = 1e-9;
const MOST_ITERATIONS = 200;
/** The proposal of the program with all incentive constraints; loaded with Clarabel, which most studies never ask. */
export function* wholeProgram(
  { solve }: Clarabel,
  problem: FiniteProblem,
  cost: CostForm,
  money: number,
): Generator<Proposal, SolverStop | undefined, void> {
  const program = screeningProgram(problem, cost, money);
  const pairs = allPairs(program.count);
  const { starts, indices, values, bounds } = constraints(program, pairs);
  const objective = objectiveOf(program);
  const curvature = curvatureOf(program);
  const { status, x, z, iterations } = solve(
    curvature.starts,
    curvature.indices,
    curvature.values,
    objective,
    starts,
    indices,
    values,
    bounds,
    objective.length,
    bounds.length,
    JSON.stringify({ zero: 0, nonneg: bounds.length, soc: [], exp: 0, power: [] }),
    JSON.stringify({
      verbose: false,
      max_iter: MOST_ITERATIONS,
      time_limit: 1e10,
      tol_gap_abs: TOLERANCE,
      tol_gap_rel: TOLERANCE,
    }),
  );
  if (x === undefined || z === undefined) return 'numerical';
  yield {
    ...proposalOf(program, Float64Array.from(x), pairs, Float64Array.from(z.slice(0, pairs.from.length))),
    iterations,
    expectedGap: status === 'optimal' ? USUAL_GAP : Number.POSITIVE_INFINITY,
  };
  if (status === 'optimal') return undefined;
  return iterations >= MOST_ITERATIONS ? 'most-iterations' : 'numerical';
}

/** The upper triangle of P in ½ x'Px, by columns: what is not 0 of its diagonal. */
const curvatureOf = (program: ScreeningProgram) => {
  const curvatures = curvaturesOf(program);
  const starts = new Uint32Array(curvatures.length + 1);
  const curved = [...curvatures.keys()].filter((c) => curvatures[c]! > 0);
  for (const c of curved) starts[c + 1] = 1;
  for (let c = 0; c < curvatures.length; c++) starts[c + 1]! += starts[c]!;
  return {
    starts,
    indices: Uint32Array.from(curved),
    values: Float64Array.from(curved, (c) => curvatures[c]!),
  };
};

/** A by columns and b, with Ax ≤ b: incentive constraints, x ≥ 0, p ≤ ω·length where a piece has an end, and what there is of an item. */
const constraints = (program: ScreeningProgram, pairs: TypePairs) => {
  const rows = incentiveRows(program, pairs);
  const limits = limitRows(program);
  const caps = capsOf(program);
  const incentives = pairs.from.length;
  const columns = caps.length;
  const capped = [...caps.keys()].filter((c) => caps[c]! < Number.POSITIVE_INFINITY);
  const starts = new Uint32Array(columns + 1);
  for (const c of [...rows.indices, ...capped, ...limits.indices]) starts[c + 1]!++;
  for (let c = 0; c < columns; c++) starts[c + 1]! += starts[c]! + 1;
  const next = starts.slice(0, columns);
  const indices = new Uint32Array(starts[columns]!);
  const values = new Float64Array(starts[columns]!);
  const put = (row: number, column: number, value: number): void => {
    const place = next[column]!++;
    indices[place] = row;
    values[place] = value;
  };
  for (let e = 0; e < incentives; e++) {
    for (let i = rows.starts[e]!; i < rows.starts[e + 1]!; i++) put(e, rows.indices[i]!, -rows.values[i]!);
  }
  for (let c = 0; c < columns; c++) put(incentives + c, c, -1);
  capped.forEach((c, at) => {
    put(incentives + columns + at, c, 1);
  });
  const firstLimit = incentives + columns + capped.length;
  limits.most.forEach((_, r) => {
    for (let i = limits.starts[r]!; i < limits.starts[r + 1]!; i++)
      put(firstLimit + r, limits.indices[i]!, limits.values[i]!);
  });
  const bounds = new Float64Array(firstLimit + limits.most.length);
  bounds.set(
    capped.map((c) => caps[c]!),
    incentives + columns,
  );
  bounds.set(rows.least.map((least) => -least));
  bounds.set(limits.most, firstLimit);
  return { starts, indices, values, bounds };
};
