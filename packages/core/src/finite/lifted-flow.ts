import type { ContinuousFlow } from './continuous-flow.ts';
import type { GridFlows } from './cell-middles.ts';
import type { ValueScaleTypes } from './value-scale-types.ts';

/** Masses below this share of the largest: next to nobody is there, and a flow's share of the density may be anything. */
const SPARSE = 1e-6;

/** A solved grid of values and scales: even cells, value by value. */
export interface FlowingGrid extends GridFlows {
  readonly types: ValueScaleTypes;
  /** Whether a type is served. */
  isServed(n: number): boolean;
}

/**
 * The flow of a grid's multipliers in the continuum for which the grid stands. Imitation of smaller scales flows down at the imitator's value, and then along values; imitation of
 * larger scales jumps; and along values what the grid's one-way chain does not tell is convexity:
 *
 *     c_{i+1} − c_i = Σ λ (w_n − w_i) − h · (what flows from above the cell i to below).
 *
 * Flows to types who are not served move nothing, and are left out.
 */
export const liftedFlow = (
  { types, flows: { from, to, amount }, representative, mass, isServed }: FlowingGrid,
  edges: { readonly values: Float64Array; readonly ranks: Float64Array },
): ContinuousFlow => {
  const [n, m] = [edges.values.length - 1, edges.ranks.length - 1];
  const own = new Map<number, number>();
  for (let t = 0; t < types.count; t++) if (representative[t]! >= 0 && mass[t]! > 0) own.set(representative[t]!, t);
  const least = SPARSE * mass.reduce((most, f) => Math.max(most, f), 0);
  const down = new Float64Array(n * (m + 1));
  const pull = new Float64Array(n * m);
  const net = new Float64Array(n * m);
  const jumps: { from: number; to: number; rate: number }[] = [];
  for (let e = 0; e < amount.length; e++) {
    const [a, b] = [own.get(from[e]!), own.get(to[e]!)];
    const flow = amount[e]!;
    if (a === undefined || b === undefined || !(mass[a]! > least && mass[b]! > least) || !isServed(b)) continue;
    const [i1, j1, i0, j0] = [Math.floor(a / m), a % m, Math.floor(b / m), b % m];
    if (j1 < j0) {
      jumps.push({ from: a, to: b, rate: flow / mass[b]! });
      continue;
    }
    // What passes down at the lowest value of all moves no virtual value.
    if (i1 > 0) for (let edge = j0 + 1; edge <= j1; edge++) down[i1 * (m + 1) + edge]! += flow;
    if (i1 === i0) continue;
    pull[i0 * m + j0]! += flow * (types.values[a]! - types.values[b]!);
    net[i1 * m + j0]! += flow;
    net[i0 * m + j0]! -= flow;
  }
  const convexity = new Float64Array((n + 1) * m);
  const width = n > 1 ? types.values[m]! - types.values[0]! : 0;
  for (let j = 0; j < m; j++) {
    let above = 0;
    for (let i = n - 1; i > 0; i--) {
      // c_i = c_{i+1} − (pull − h · above)
      convexity[i * m + j] = convexity[(i + 1) * m + j]! - (pull[i * m + j]! - width * above);
      above += net[i * m + j]!;
    }
  }
  return {
    ...edges,
    down,
    jumps: {
      from: Int32Array.from(jumps, (each) => each.from),
      to: Int32Array.from(jumps, (each) => each.to),
      rate: Float64Array.from(jumps, ({ rate }) => rate),
    },
    convexity,
  };
};
