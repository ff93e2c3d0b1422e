import { gaussLegendre } from '../integration/gauss-legendre.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { jumpsByCell } from './cell-jumps.ts';
import type { ContinuousFlow } from './continuous-flow.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

/** Two rules in a cell of values: the second tells how far off the first may be. */
const [FINE, COARSE] = [gaussLegendre(3), gaussLegendre(2)];
const PLACES = [...FINE.nodes, ...COARSE.nodes];
const NODES = PLACES.length;
const MOST_HALVINGS = 8;

/** ∫ f S(φ) dw over the cells of values, at one rank of scales. */
export interface FlowColumns {
  /** Writes it cell by cell, at the place t ∈ (0, 1) of the j-th cell of ranks, per unit of rank; answers with what all of them may be off by together. */
  at(j: number, t: number, out: Float64Array): number;
  /** Whether all that was asked for could be supplied. */
  solved(): boolean;
}

/**
 * The virtual values of a flow, and the surplus that they are served with. With T(w | v) = P(W > w | v), the field of values is what buyers above bring and jumps carry,
 *
 *     a(w, v) = (1 − κ) T(w | v) + ∫ over values above w of (∂b/∂v + what jumps in − what jumps out),
 *     φ(i) = w − (a + ∂c/∂w)/f + Σ over imitators of: rate · w where they do not have task i, − rate · (w_x − w) where they have it.
 *
 * `tolerance` is what a cell may be off by before it is halved, in money per unit of rank.
 */
export const flowColumns = (
  { values: distribution, scales, copula }: ValueScalePopulation,
  flow: ContinuousFlow,
  supply: ProfileSupply,
  surplusWeight: number,
  tolerance: number,
): FlowColumns => {
  const { values: w, ranks, down, convexity } = flow;
  const [n, m] = [w.length - 1, ranks.length - 1];
  const jumps = jumpsByCell(flow);
  const own = 1 - surplusWeight;
  /** F, 1 − F and f at the edges of cells, and at the places of each. */
  const edges = valueTable(distribution, w);
  const places = valueTable(
    distribution,
    Float64Array.from({ length: n * NODES }, (_, p) => {
      const i = Math.floor(p / NODES);
      return w[i]! + PLACES[p % NODES]! * (w[i + 1]! - w[i]!);
    }),
  );
  const tailAt = (u: number, uRest: number, v: number, vRest: number): number =>
    u <= 0 ? 1 : uRest <= 0 ? 0 : copula.conditionalSurvival(u, v, uRest, vRest);
  const writeTails = ({ u, rest }: ValueTable, v: number, vRest: number, out: Float64Array): void => {
    for (let p = 0; p < u.length; p++) out[p] = tailAt(u[p]!, rest[p]!, v, vRest);
  };
  const [edgeTails, placeTails, densities] = [
    new Float64Array(n + 1),
    new Float64Array(n * NODES),
    new Float64Array(n * NODES),
  ];
  const [outMass, outAbove] = [new Float64Array(n), new Float64Array(n * NODES)];
  const [otherEdges, otherPlaces] = [new Float64Array(n + 1), new Float64Array(n * NODES)];
  const scaleAt = new Float64Array(m);
  const point = profilePoint(supply);
  const [phi, weights] = [new Float64Array(supply.tasks), new Float64Array(supply.tasks)];
  let isSolved = true;
  // Of the column and the cell at hand.
  let [j, t, v, vRest, i, above, gain, bend] = [0, 0, 0, 0, 0, 0, 0, 0];

  const rankOf = (cell: number): number => ranks[cell]! + t * (ranks[cell + 1]! - ranks[cell]!);
  const restOf = (cell: number): number => 1 - ranks[cell + 1]! + (1 - t) * (ranks[cell + 1]! - ranks[cell]!);

  /** What jumps out of this cell of scales, by the values from whom it does: of whole cells, and of values above a place. */
  const writeOut = (): void => {
    outMass.fill(0);
    outAbove.fill(0);
    let known = -1;
    for (let e = jumps.outOffsets[j]!; e < jumps.outOffsets[j + 1]!; e++) {
      const to = jumps.outTo[e]!;
      const [i1, i0, j0] = [Math.floor(jumps.outFrom[e]! / m), Math.floor(to / m), to % m];
      if (j0 !== known) {
        known = j0;
        writeTails(edges, rankOf(j0), restOf(j0), otherEdges);
        writeTails(places, rankOf(j0), restOf(j0), otherPlaces);
      }
      const rate = (jumps.outRate[e]! * (ranks[j0 + 1]! - ranks[j0]!)) / (ranks[j + 1]! - ranks[j]!);
      const beyond = otherEdges[i0 + 1]!;
      outMass[i1]! += rate * (otherEdges[i0]! - beyond);
      for (let k = 0; k < NODES; k++)
        outAbove[i1 * NODES + k]! += rate * (otherPlaces[i0 * NODES + k]! - beyond);
    }
  };
  const outAboveAt = (y: number): number => {
    const cell = i * m + j;
    let sum = 0;
    for (let o = jumps.ownOffsets[cell]!; o < jumps.ownOffsets[cell + 1]!; o++) {
      const e = jumps.ownOut[o]!;
      const to = jumps.outTo[e]!;
      const [i0, j0] = [Math.floor(to / m), to % m];
      const value = w[i0]! + y * (w[i0 + 1]! - w[i0]!);
      const rate = (jumps.outRate[e]! * (ranks[j0 + 1]! - ranks[j0]!)) / (ranks[j + 1]! - ranks[j]!);
      const [u, rest] = [distribution.cdf(value), distribution.survival(value)];
      const beyond = tailAt(edges.u[i0 + 1]!, edges.rest[i0 + 1]!, rankOf(j0), restOf(j0));
      sum += rate * (tailAt(u, rest, rankOf(j0), restOf(j0)) - beyond);
    }
    return sum;
  };

  /** f S(φ) at a place y of the cell i of values. */
  const servedAt = (y: number, value: number, tail: number, density: number, out: number): number => {
    if (!(density > 0)) return density === 0 ? 0 : Number.NaN;
    const cell = i * m + j;
    const [first, end] = [jumps.intoOffsets[cell]!, jumps.intoOffsets[cell + 1]!];
    let [rate, moved] = [0, 0];
    for (let e = first; e < end; e++) {
      rate += jumps.rate[e]!;
      moved += jumps.rise[e]! + y * jumps.tilt[e]!;
    }
    const a = above + (own + rate) * (tail - edgeTails[i + 1]!) + (1 - y) * gain - out;
    let value0 = value - (a + bend) / density - moved;
    let largest = 0;
    let start = 0;
    let blocks = 0;
    for (let e = first; e <= end; e++) {
      const to = e < end ? scaleAt[jumps.by[e]!]! : scaleAt[j]!;
      phi[blocks] = value0 > 0 ? value0 : 0;
      weights[blocks] = to > start ? to - start : 0;
      if (value0 > largest) largest = value0;
      blocks++;
      start = to;
      if (e < end) value0 += jumps.rate[e]! * value + jumps.rise[e]! + y * jumps.tilt[e]!;
    }
    if (largest === 0 && value0 <= 0) return 0;
    supply.supply(phi, weights, blocks, point);
    isSolved &&= point.solved;
    return density * point.surplus;
  };

  let off = 0;
  /** Adaptive in a part of the cell, whose places are not those of the tables. */
  const part = (from: number, to: number, halvings: number): number => {
    const width = w[i + 1]! - w[i]!;
    let [fine, coarse] = [0, 0];
    for (let k = 0; k < NODES; k++) {
      const y = from + PLACES[k]! * (to - from);
      const value = w[i]! + y * width;
      const [u, rest] = [distribution.cdf(value), distribution.survival(value)];
      const f = distribution.density(value) * copula.density(u, v, rest, vRest);
      const found = servedAt(y, value, tailAt(u, rest, v, vRest), f, outAboveAt(y));
      if (k < FINE.nodes.length) fine += FINE.weights[k]! * found;
      else coarse += COARSE.weights[k - FINE.nodes.length]! * found;
    }
    const scale = width * (to - from);
    if (Math.abs(fine - coarse) * scale > tolerance && halvings < MOST_HALVINGS) {
      const half = (from + to) / 2;
      return part(from, half, halvings + 1) + part(half, to, halvings + 1);
    }
    off += Math.abs(fine - coarse) * scale;
    return fine * scale;
  };
  const cellSum = (): number => {
    const width = w[i + 1]! - w[i]!;
    let [fine, coarse] = [0, 0];
    for (let k = 0; k < NODES; k++) {
      const p = i * NODES + k;
      const found = servedAt(PLACES[k]!, places.at[p]!, placeTails[p]!, densities[p]!, outAbove[p]!);
      if (k < FINE.nodes.length) fine += FINE.weights[k]! * found;
      else coarse += COARSE.weights[k - FINE.nodes.length]! * found;
    }
    const wrong = Math.abs(fine - coarse) * width;
    if (wrong > tolerance) return part(0, 0.5, 1) + part(0.5, 1, 1);
    off += wrong;
    return fine * width;
  };

  const at = (column: number, place: number, out: Float64Array): number => {
    [j, t, off] = [column, place, 0];
    [v, vRest] = [rankOf(j), restOf(j)];
    for (let l = 0; l <= j; l++) scaleAt[l] = l === j || needed[l] ? scales.quantile(rankOf(l)) : 0;
    writeTails(edges, v, vRest, edgeTails);
    for (let p = 0; p < densities.length; p++) {
      placeTails[p] = tailAt(places.u[p]!, places.rest[p]!, v, vRest);
      const f = places.density[p]!;
      densities[p] = f === 0 ? 0 : f * copula.density(places.u[p]!, v, places.rest[p]!, vRest);
    }
    writeOut();
    above = 0;
    const width = ranks[j + 1]! - ranks[j]!;
    for (i = n - 1; i >= 0; i--) {
      gain = (down[i * (m + 1) + j + 1]! - down[i * (m + 1) + j]!) / width;
      bend = (convexity[(i + 1) * m + j]! - convexity[i * m + j]!) / (width * (w[i + 1]! - w[i]!));
      out[i] = cellSum();
      const mass = edgeTails[i]! - edgeTails[i + 1]!;
      let rate = own;
      for (let e = jumps.intoOffsets[i * m + j]!; e < jumps.intoOffsets[i * m + j + 1]!; e++)
        rate += jumps.rate[e]!;
      above += rate * mass + gain - outMass[i]!;
    }
    return off;
  };
  /** Scales of whom somebody imitates another. */
  const needed = new Uint8Array(m);
  for (const l of jumps.by) needed[l] = 1;
  return { at, solved: () => isSolved };
};

interface ValueTable {
  readonly at: Float64Array;
  readonly u: Float64Array;
  readonly rest: Float64Array;
  readonly density: Float64Array;
}

const valueTable = (values: ValueScalePopulation['values'], at: Float64Array): ValueTable => ({
  at,
  u: at.map((value) => values.cdf(value)),
  rest: at.map((value) => values.survival(value)),
  density: at.map((value) => values.density(value)),
});
