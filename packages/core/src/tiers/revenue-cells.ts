import { onRevenueHull, type RevenueEdges } from './revenue-edges.ts';

/** Types from one to another. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What lies between neighbouring places of a population, on its revenue curve (P, R), R = x P(x). */
export interface RevenueCells {
  /** The places on the upper concave hull, where tiers may start. */
  readonly edges: RevenueEdges;
  /** The place at which each cell begins, ascending; it ends at the next. Cells over which the curve stays below the hull are left out. */
  readonly place: Int32Array;
  /** The edges whose chord passes over each cell. */
  readonly below: Int32Array;
  readonly above: Int32Array;
  /** How far the curve may rise above the chord, whatever the distribution does inside the cell: dR/dP ≤ x, so that R ≤ R_to + x_to (P − P_to). */
  readonly highest: Float64Array;
  /** The same if the curve is concave there, so that it stays below the neighbouring chords; `highest` where it does not look concave. */
  readonly concave: Float64Array;
}

/**
 * Cells between ascending places with the mass above each; the last stands for nobody. With stretches given, ascending, cells outside of them are left
 * out.
 *
 * Needs F alone, neither φ nor its ironing: what those miss, a bound made of cells does not.
 */
export const revenueCells = (places: RevenueEdges, within?: readonly Stretch[]): RevenueCells => {
  const { type, above, revenue: revenues } = places;
  const edges = onRevenueHull(places);
  const last = type.length - 1;
  const position = new Map(Array.from(edges.type, (x, h) => [x, h]));
  const revenue = (i: number): number => revenues[i]!;
  /** dR/dP between two places; undefined where there are none, or nobody between them. */
  const slope = (i: number): number | undefined =>
    i >= 0 && i < last && above[i]! > above[i + 1]!
      ? (revenue(i) - revenue(i + 1)) / (above[i]! - above[i + 1]!)
      : undefined;
  const cells: { place: number; below: number; above: number; highest: number; concave: number }[] = [];
  let h = -1;
  let stretch = 0;
  for (let i = 0; i < last; i++) {
    if (h + 1 < edges.type.length - 1 && type[i]! >= edges.type[h + 1]!) h++;
    if (within !== undefined) {
      while (stretch < within.length && !(type[i]! < within[stretch]!.to)) stretch++;
      if (stretch === within.length) break;
      if (type[i]! < within[stretch]!.from) continue;
    }
    const [low, high] = [Math.max(0, h), h + 1];
    // The chord over the cell, at its lower end; below the first edge no revenue is above that edge's.
    const [p, r] = [edges.above[high]!, edges.revenue[high]!];
    const share = low === high ? 0 : (above[i]! - p) / (edges.above[low]! - p);
    const chord = r + share * (edges.revenue[low]! - r);
    const highest = revenue(i + 1) + type[i + 1]! * (above[i]! - above[i + 1]!) - chord;
    if (!(highest > 0)) continue;
    const [s0, s1, s2] = [slope(i - 1), slope(i), slope(i + 1)];
    const isSmooth =
      position.get(type[i]!) === low &&
      position.get(type[i + 1]!) === high &&
      s0 !== undefined &&
      s1 !== undefined &&
      s2 !== undefined &&
      s0 < s1 &&
      s1 < s2;
    const concave = isSmooth
      ? ((above[i]! - above[i + 1]!) * (s2 - s1) * (s1 - s0)) / (s2 - s0)
      : Number.POSITIVE_INFINITY;
    cells.push({
      place: i,
      below: low,
      above: high,
      highest,
      concave: Math.min(highest, concave),
    });
  }
  return {
    edges,
    place: Int32Array.from(cells, ({ place }) => place),
    below: Int32Array.from(cells, ({ below }) => below),
    above: Int32Array.from(cells, (cell) => cell.above),
    highest: Float64Array.from(cells, (cell) => cell.highest),
    concave: Float64Array.from(cells, (cell) => cell.concave),
  };
};
