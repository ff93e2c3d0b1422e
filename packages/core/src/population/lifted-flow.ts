import type { ValueScaleTypes } from '../types/value-scale-types.ts';
import type { GridFlows } from './cell-middles.ts';
import type { ContinuousFlow, ScaleJumps } from './continuous-flow.ts';
import type { ValueScalePopulation } from './observable-scale.ts';
import { spreadDown } from './spread-down.ts';

/** A solved grid of values and scales: even cells, value by value, held by their lowest values and middle scales. */
export interface FlowingGrid extends GridFlows {
  readonly types: ValueScaleTypes;
  /** Whether a type is served. */
  isServed(n: number): boolean;
}

/** Masses below this share of the largest: next to nobody is there, and a flow's share of the density may be anything. */
const SPARSE = 1e-6;
/** Imitators for each buyer imitated, and c as a share of what a cell's buyers would bring, that are crumbs of the solver's. */
const [RARE, SLIGHT] = [1e-5, 1e-3];

/**
 * The flow of a grid's multipliers in the continuum for which the grid stands. Imitation of smaller scales flows down at the imitator's value, and then along values; imitation of
 * larger scales jumps; and what goes both ways along values is convexity:
 *
 *     c_{i+1} − c_i = Σ λ (w_n − w_i) − h · (what flows from above the cell i to it and below).
 *
 * Flows to types who are not served move nothing, and are left out. What flows down at a value of the grid, which is where two cells meet, does so in the lower half of the one and the upper half of
 * the other; only so is the bound of second order.
 */
export const liftedFlow = (
  grid: FlowingGrid,
  edges: Pick<ContinuousFlow, 'values' | 'ranks'>,
  population: ValueScalePopulation,
): ContinuousFlow => {
  const [n, m] = [edges.values.length - 1, edges.ranks.length - 1];
  const sorted = sortedFlows(grid, n, m);
  const { mass, surplusWeight, isServed } = grid;
  const flow: ContinuousFlow = {
    ...edges,
    steps: edges.ranks,
    down: centred(sorted.down, n, m + 1),
    jumps: sorted.jumps,
    convexity: convexityOf(sorted, grid, n, m),
  };
  const least = leastOf(mass);
  const budgets = {
    own: mass.map((f) => (1 - surplusWeight) * f),
    jumped: netOfJumps(mass, sorted.jumps),
    isServed: (cell: number) => mass[cell]! > least && isServed(cell),
  };
  return { ...flow, ...spreadDown(flow, budgets, population) };
};

const leastOf = (mass: Float64Array): number => SPARSE * mass.reduce((most, f) => Math.max(most, f), 0);

/** A grid's flows by what becomes of them. */
interface SortedFlows {
  /** Down through the edges of scales, at the grid's values. */
  readonly down: Float64Array;
  readonly jumps: ScaleJumps;
  /** Σ λ (w_n − w_k) of the flows along values, and what they take from a type less what they bring. */
  readonly pull: Float64Array;
  readonly net: Float64Array;
}

const sortedFlows = (
  { types, flows: { from, to, amount }, representative, mass, isServed }: FlowingGrid,
  n: number,
  m: number,
): SortedFlows => {
  const own = new Map<number, number>();
  for (let t = 0; t < types.count; t++)
    if (representative[t]! >= 0 && mass[t]! > 0) own.set(representative[t]!, t);
  const least = leastOf(mass);
  const down = new Float64Array(n * (m + 1));
  const [pull, net] = [new Float64Array(n * m), new Float64Array(n * m)];
  const jumps: { readonly from: number; readonly to: number; readonly rate: number }[] = [];
  for (let e = 0; e < amount.length; e++) {
    const [a, b] = [own.get(from[e]!), own.get(to[e]!)];
    const flow = amount[e]!;
    if (a === undefined || b === undefined || !(mass[a]! > least && mass[b]! > least && isServed(b)))
      continue;
    const [i1, j1, i0, j0] = [Math.floor(a / m), a % m, Math.floor(b / m), b % m];
    if (j1 < j0) {
      const rate = flow / mass[b]!;
      if (rate > RARE) jumps.push({ from: a, to: b, rate });
      continue;
    }
    // What passes down at the lowest value of all moves no virtual value.
    if (i1 > 0) for (let edge = j0 + 1; edge <= j1; edge++) down[i1 * (m + 1) + edge]! += flow;
    if (i1 === i0) continue;
    pull[i0 * m + j0]! += flow * (types.values[a]! - types.values[b]!);
    net[i1 * m + j0]! += flow;
    net[i0 * m + j0]! -= flow;
  }
  return {
    down,
    jumps: {
      from: Int32Array.from(jumps, (each) => each.from),
      to: Int32Array.from(jumps, (each) => each.to),
      rate: Float64Array.from(jumps, ({ rate }) => rate),
    },
    pull,
    net,
  };
};

/** What stands at the lower edges of n cells, in the cells: half of it above the edge and half of it below. */
const centred = (atEdges: Float64Array, n: number, columns: number): Float64Array =>
  atEdges.map((own, p) => (own + (p + columns < n * columns ? atEdges[p + columns]! : 0)) / 2);

const convexityOf = (
  { pull, net }: SortedFlows,
  { types, mass }: FlowingGrid,
  n: number,
  m: number,
): Float64Array => {
  const convexity = new Float64Array((n + 1) * m);
  const width = n > 1 ? types.values[m]! - types.values[0]! : 0;
  for (let j = 0; j < m; j++) {
    let [above, most, crowd] = [0, 0, 0];
    for (let i = n - 1; i > 0; i--) {
      convexity[i * m + j] = convexity[(i + 1) * m + j]! - (pull[i * m + j]! - width * above);
      above += net[i * m + j]!;
      most = Math.max(most, convexity[i * m + j]!);
      crowd = Math.max(crowd, mass[i * m + j]!);
    }
    if (!(most > SLIGHT * width * crowd)) for (let i = 0; i <= n; i++) convexity[i * m + j] = 0;
  }
  return convexity;
};

const netOfJumps = (mass: Float64Array, { from, to, rate }: ScaleJumps): Float64Array => {
  const net = new Float64Array(mass.length);
  for (let e = 0; e < rate.length; e++) {
    net[to[e]!]! += rate[e]! * mass[to[e]!]!;
    net[from[e]!]! -= rate[e]! * mass[to[e]!]!;
  }
  return net;
};
