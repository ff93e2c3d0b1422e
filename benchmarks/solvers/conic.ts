import { allPairs, type FiniteSolver, type ItemProfiles } from '@menusmith/core';
import {
  type Clarabel,
  incentiveRows,
  loadClarabel,
  objectiveOf,
  proposalOf,
  quadratic,
  screeningProgram,
} from '@menusmith/plugins';
import { type CobbDouglasCost, marginalCosts } from './cobb-douglas-cost.ts';

/** Largest number of types whose constraints, N² of them, the 32-bit memory of WebAssembly is asked to hold. */
const MOST_TYPES = 400;
/** Asked for more than it can do with power cones, Clarabel stops without an answer: it is asked for less then. */
const TOLERANCES = [1e-11, 1e-7, 1e-5];

/**
 * The whole problem with Cobb–Douglas costs as a conic program by Clarabel: with t_m the spending on task m's own inputs, u the
 * effect of the shared one,
 *
 *     q_m/factor ≤ t_m^σ u^{1−σ},   u ≤ (base + z)^{γ/(1−σ)} · 1^{1−γ/(1−σ)},   cost Σ ω t + c z,
 *
 * two kinds of power cones, and every incentive constraint.
 */
export const conicSolver = (cost: CobbDouglasCost): FiniteSolver => {
  let clarabel: Clarabel | undefined;
  return {
    refuses: ({ types }) => (types.count <= MOST_TYPES ? undefined : `more than ${MOST_TYPES} types`),
    prepare: async () => {
      clarabel = await loadClarabel();
    },
    *proposals(problem, money) {
      const program = screeningProgram(problem, quadratic.create({}).form!, money);
      const { count, mass, offsets, ends, weights, qualityUnit, rentUnit } = program;
      const blocks = weights.length;
      const columns = count + 2 * blocks + 2 * count;
      const [t0, u0, z0] = [count + blocks, count + 2 * blocks, 2 * count + 2 * blocks];
      const weightUnit = problem.types.weights.reduce((sum, each) => sum + each, 0);
      // Values are in units of the largest, which is the quality unit of a quadratic cost.
      const objective = new Float64Array(columns);
      objective.set(objectiveOf(program));
      for (let k = 0; k < count; k++) {
        for (let b = offsets[k]!; b < offsets[k + 1]!; b++)
          objective[t0 + b] = (mass[k]! * weights[b]! * weightUnit) / rentUnit;
        objective[z0 + k] = (mass[k]! * cost.sharedCost) / rentUnit;
      }
      const entries: { row: number; value: number }[][] = Array.from({ length: columns }, () => []);
      const bounds: number[] = [];
      const put = (column: number, value: number): void => {
        entries[column]!.push({ row: bounds.length, value });
      };
      const pairs = allPairs(count);
      const rows = incentiveRows(program, pairs);
      for (let e = 0; e < pairs.from.length; e++) {
        for (let i = rows.starts[e]!; i < rows.starts[e + 1]!; i++) put(rows.indices[i]!, -rows.values[i]!);
        bounds.push(0);
      }
      for (const column of [
        ...Array(count + blocks).keys(),
        ...Array.from({ length: count }, (_, k) => z0 + k),
      ]) {
        put(column, -1);
        bounds.push(0);
      }
      const nonnegative = bounds.length;
      const power: number[] = [];
      for (let k = 0; k < count; k++) {
        for (let b = offsets[k]!; b < offsets[k + 1]!; b++) {
          put(t0 + b, -1);
          bounds.push(0);
          put(u0 + k, -1);
          bounds.push(0);
          put(count + b, -qualityUnit / (weights[b]! * cost.factor));
          bounds.push(0);
          power.push(cost.sigma);
        }
        put(z0 + k, -1);
        bounds.push(cost.base, 1);
        put(u0 + k, -1);
        bounds.push(0);
        power.push(cost.gamma / (1 - cost.sigma));
      }
      const starts = new Uint32Array(columns + 1);
      entries.forEach((list, c) => {
        starts[c + 1] = starts[c]! + list.length;
      });
      const flat = entries.flat();
      const solve = (tolerance: number) =>
        clarabel!.solve(
          new Uint32Array(columns + 1),
          new Uint32Array(0),
          new Float64Array(0),
          objective,
          starts,
          Uint32Array.from(flat, ({ row }) => row),
          Float64Array.from(flat, ({ value }) => value),
          Float64Array.from(bounds),
          columns,
          bounds.length,
          JSON.stringify({ zero: 0, nonneg: nonnegative, soc: [], exp: 0, power }),
          JSON.stringify({
            verbose: false,
            max_iter: 200,
            time_limit: 1e10,
            tol_gap_abs: tolerance,
            tol_gap_rel: tolerance,
          }),
        );

      let solution = solve(TOLERANCES[0]!);
      for (const tolerance of TOLERANCES.slice(1)) if (solution.x === undefined) solution = solve(tolerance);
      if (solution.x === undefined || solution.z === undefined) return;
      const { quality, ...proposal } = proposalOf(
        program,
        Float64Array.from(solution.x),
        pairs,
        Float64Array.from(solution.z.slice(0, pairs.from.length)),
      );
      const served: ItemProfiles = {
        offsets,
        ends,
        quality: servedValues(cost, quality, weights, weightUnit),
      };
      yield { ...proposal, served, iterations: solution.iterations, expectedGap: 1e-9 };
    },
  };
};

const servedValues = (
  cost: CobbDouglasCost,
  { offsets, quality }: ItemProfiles,
  shares: Float64Array,
  weightUnit: number,
): Float64Array => {
  const served = new Float64Array(quality.length);
  for (let k = 0; k + 1 < offsets.length; k++) {
    const [from, to] = [offsets[k]!, offsets[k + 1]!];
    const weights = shares.slice(from, to).map((share) => share * weightUnit);
    served.set(marginalCosts(cost, quality.slice(from, to), weights), from);
  }
  return served;
};
