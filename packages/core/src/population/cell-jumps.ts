import type { ContinuousFlow } from './continuous-flow.ts';

/**
 * The jumps of a flow, cell by cell. Into cell c come those numbered from `intoOffsets[c]` on, one for each scale cell `by` of imitators, the smallest first; buyers of the cell are
 * imitated at the rate `rate`, and Σ rate·(w_x − w_y) is `rise + y·tilt` at the place y ∈ [0, 1] of the cell of values. Out of a cell of scales go those from `outOffsets[j]` on, by the cell of
 * scales that they go to: from the cell `outFrom` to the cell `outTo` at `outRate`; out of cell c those of `ownOut` from `ownOffsets[c]` on.
 */
export interface CellJumps {
  readonly intoOffsets: Int32Array;
  readonly by: Int32Array;
  readonly rate: Float64Array;
  readonly rise: Float64Array;
  readonly tilt: Float64Array;
  readonly outOffsets: Int32Array;
  readonly outFrom: Int32Array;
  readonly outTo: Int32Array;
  readonly outRate: Float64Array;
  readonly ownOffsets: Int32Array;
  readonly ownOut: Int32Array;
}

export const jumpsByCell = ({ values, ranks, jumps: { from, to, rate } }: ContinuousFlow): CellJumps => {
  const [n, m] = [values.length - 1, ranks.length - 1];
  const order = Array.from(rate, (_, e) => e);
  const into = order.toSorted((a, b) => to[a]! - to[b]! || (from[a]! % m) - (from[b]! % m));
  const [by, rates, rise, tilt]: [number[], number[], number[], number[]] = [[], [], [], []];
  const counts = new Int32Array(n * m);
  let [lastTo, lastBy] = [-1, -1];
  for (const e of into) {
    const [i1, i0] = [Math.floor(from[e]! / m), Math.floor(to[e]! / m)];
    if (to[e] !== lastTo || from[e]! % m !== lastBy) {
      [lastTo, lastBy] = [to[e]!, from[e]! % m];
      counts[lastTo]!++;
      by.push(lastBy);
      rates.push(0);
      rise.push(0);
      tilt.push(0);
    }
    const k = by.length - 1;
    const low = values[i1]! - values[i0]!;
    rates[k]! += rate[e]!;
    rise[k]! += rate[e]! * low;
    tilt[k]! += rate[e]! * (values[i1 + 1]! - values[i0 + 1]! - low);
  }
  const out = order.toSorted((a, b) => (from[a]! % m) - (from[b]! % m) || (to[a]! % m) - (to[b]! % m));
  const [byScale, byCell] = [new Int32Array(m), new Int32Array(n * m)];
  for (const e of out) {
    byScale[from[e]! % m]!++;
    byCell[from[e]!]!++;
  }
  return {
    intoOffsets: offsetsOf(counts),
    by: Int32Array.from(by),
    rate: Float64Array.from(rates),
    rise: Float64Array.from(rise),
    tilt: Float64Array.from(tilt),
    outOffsets: offsetsOf(byScale),
    outFrom: Int32Array.from(out, (e) => from[e]!),
    outTo: Int32Array.from(out, (e) => to[e]!),
    outRate: Float64Array.from(out, (e) => rate[e]!),
    ownOffsets: offsetsOf(byCell),
    ownOut: Int32Array.from(out.map((_, k) => k).sort((a, b) => from[out[a]!]! - from[out[b]!]!)),
  };
};

const offsetsOf = (counts: Int32Array): Int32Array => {
  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, k) => {
    offsets[k + 1] = offsets[k]! + count;
  });
  return offsets;
};
