import type { FiniteProblem } from '@menusmith/core';
import { loadClarabel } from '../../../plugins/src/solvers/load-clarabel.ts';
import { sum } from './examples.ts';

/** A cost Σ ω c q^p of a profile, p ≥ 1; and which types the seller sells to, where those left get what they have outside and earn her nothing. */
export interface PowerCost {
  readonly factor: number;
  readonly power: number;
}

const clarabel = await loadClarabel();

/**
 * The seller's problem written down once more, as a conic program in T, q and t ≥ q^p for Clarabel, all constraints at once:
 *
 *     maximise Σ f (T_n − Σ ω c t + κ U_n),   U_n = ⟨w_n, q_n⟩ − T_n ≥ u_n,   U_n ≥ ⟨w_n, q_k⟩ − T_k,   q ≥ 0.
 *
 * Of types that are not `served` there is no item: they have u_n, u_n ≥ ⟨w_n, q_k⟩ − T_k, and the seller nothing. −∞ where that cannot be, undefined where
 * Clarabel does not say.
 */
export const conicOptimum = (
  { types, mass, surplusWeight = 0, participation }: FiniteProblem,
  { factor, power }: PowerCost,
  served: readonly boolean[] = new Array(types.count).fill(true),
): number | undefined => {
  const items = [...served.keys()].filter((n) => served[n]);
  const { count, weights } = types;
  const tasks = weights.length;
  const u = participation ?? new Float64Array(count);
  const outside = sum([...served.keys()].map((n) => (served[n] ? 0 : mass[n]! * surplusWeight * u[n]!)));
  if (items.length === 0) return outside;
  const size = 1 + 2 * tasks;
  const transfer = (i: number): number => i * size;
  const quality = (i: number, m: number): number => i * size + 1 + m;
  const amount = (i: number, m: number): number => i * size + 1 + tasks + m;
  const columns = items.length * size;
  const objective = new Float64Array(columns);
  items.forEach((n, i) => {
    objective[transfer(i)] = -mass[n]! * (1 - surplusWeight);
    for (let m = 0; m < tasks; m++) {
      objective[quality(i, m)] = -mass[n]! * surplusWeight * weights[m]! * types.valueAt(n, m);
      objective[amount(i, m)] = mass[n]! * weights[m]! * factor;
    }
  });
  // Rows: Ax ≤ b first, then (t, 1, q) in power cones.
  const rows: ConicRow[] = [];
  const utility = (n: number, i: number, sign: number, row: Map<number, number>): void => {
    const add = (column: number, value: number): void => {
      row.set(column, (row.get(column) ?? 0) + sign * value);
    };
    add(transfer(i), -1);
    for (let m = 0; m < tasks; m++) add(quality(i, m), weights[m]! * types.valueAt(n, m));
  };
  for (let n = 0; n < count; n++) {
    const own = items.indexOf(n);
    items.forEach((_, i) => {
      if (i === own) return;
      const row = new Map<number, number>();
      utility(n, i, 1, row);
      if (own >= 0) utility(n, own, -1, row);
      rows.push({ row, bound: own >= 0 ? 0 : u[n]! });
    });
    if (own < 0) continue;
    const row = new Map<number, number>();
    utility(n, own, -1, row);
    rows.push({ row, bound: -u[n]! });
  }
  items.forEach((_, i) => {
    for (let m = 0; m < tasks; m++) rows.push({ row: new Map([[quality(i, m), -1]]), bound: 0 });
  });
  const linear = rows.length;
  items.forEach((_, i) => {
    for (let m = 0; m < tasks; m++) {
      rows.push({ row: new Map([[amount(i, m), -1]]), bound: 0 });
      rows.push({ row: new Map(), bound: 1 });
      rows.push({ row: new Map([[quality(i, m), -1]]), bound: 0 });
    }
  });
  const value = conicMinimum(objective, rows, linear, new Array((rows.length - linear) / 3).fill(1 / power));
  return value === undefined ? undefined : outside - value;
};

/** A row a·x, with s = b − a·x in its cone. */
export interface ConicRow {
  readonly row: ReadonlyMap<number, number>;
  readonly bound: number;
}

/**
 * The least c·x where the first `linear` rows have s ≥ 0, and the others, three by three, s in power cones of these exponents. ∞ where the rows cannot be
 * met, undefined where Clarabel does not say.
 */
export const conicMinimum = (
  objective: Float64Array,
  rows: readonly ConicRow[],
  linear: number,
  powers: readonly number[],
): number | undefined => {
  const columns = objective.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let column = 0; column < columns; column++) {
    rows.forEach(({ row }, r) => {
      const value = row.get(column);
      if (value === undefined || value === 0) return;
      indices.push(r);
      values.push(value);
    });
    starts.push(indices.length);
  }
  const { status, x } = clarabel.solve(
    new Uint32Array(columns + 1),
    new Uint32Array(0),
    new Float64Array(0),
    objective,
    Uint32Array.from(starts),
    Uint32Array.from(indices),
    Float64Array.from(values),
    Float64Array.from(rows, ({ bound }) => bound),
    columns,
    rows.length,
    JSON.stringify({ zero: 0, nonneg: linear, soc: [], exp: 0, power: powers }),
    JSON.stringify({ verbose: false, max_iter: 300, tol_gap_abs: 1e-8, tol_gap_rel: 1e-8, tol_feas: 1e-9 }),
  );
  if (/infeasible/i.test(status)) return Number.POSITIVE_INFINITY;
  if (x === undefined || status !== 'optimal') return undefined;
  return sum(objective.map((each, c) => each * x[c]!));
};
