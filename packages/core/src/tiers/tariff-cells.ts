import type { Distribution } from '../distributions/distribution.ts';
import { gaussLegendre } from '../integration/gauss-legendre.ts';

/** Types in ascending cells: a tariff may start at each cell's lowest type, and its buyers are a few weighted types. */
export interface TariffCells {
  /** The lowest type of each cell. */
  readonly edges: Float64Array;
  /** The mass of types at or above each edge. */
  readonly above: Float64Array;
  /** Types that stand for a cell's buyers, `perCell` each, and their masses. */
  readonly perCell: number;
  readonly nodes: Float64Array;
  readonly masses: Float64Array;
  /** The mass of types at or above x, where a cell's types are more than its nodes. */
  survival?(x: number): number;
}

/** Each distinct value as a cell of its own. */
export const cellsOfTypes = (value: Float64Array, mass: Float64Array): TariffCells => {
  const sums = new Map<number, number>();
  value.forEach((x, k) => {
    sums.set(x, (sums.get(x) ?? 0) + mass[k]!);
  });
  const edges = Float64Array.from(sums.keys()).sort();
  const masses = edges.map((x) => sums.get(x)!);
  const above = new Float64Array(edges.length);
  for (let i = edges.length - 1; i >= 0; i--) above[i] = (above[i + 1] ?? 0) + masses[i]!;
  return { edges, above, perCell: 1, nodes: edges, masses };
};

const POINTS = 3;

/**
 * The types of F between ascending `places`, the last of which is the highest type. A cell's two nodes are those of the Gauss rule for F itself: they
 * have its mass, mean, variance and skewness, so that ∫ g dF is right for cubic g and off by O(h⁴) a unit of mass elsewhere. The moments come from
 * 1 − F alone, by parts, so that a density may be infinite or zero:
 *
 *     ∫_a^b (x − a)^k dF = k ∫_a^b (x − a)^{k−1} P dx − (b − a)^k P(b),    P = 1 − F.
 */
export const cellsOfPopulation = (
  types: Pick<Distribution, 'min' | 'max' | 'survival'>,
  places: readonly number[],
): TariffCells => {
  const rule = gaussLegendre(POINTS);
  const survival = (x: number): number => (x <= types.min ? 1 : x >= types.max ? 0 : types.survival(x));
  const above = Float64Array.from(places, survival);
  const cells = places.length - 1;
  const nodes = new Float64Array(2 * cells);
  const masses = new Float64Array(2 * cells);
  for (let i = 0; i < cells; i++) {
    const [a, b] = [places[i]!, places[i + 1]!];
    const width = b - a;
    // In units of the width: ∫ t^{k−1} P dt.
    const sums = [0, 0, 0];
    for (let g = 0; g < POINTS; g++) {
      const t = rule.nodes[g]!;
      const p = rule.weights[g]! * (survival(a + width * t) - above[i + 1]!);
      sums[0]! += p;
      sums[1]! += p * t;
      sums[2]! += p * t * t;
    }
    const mass = above[i]! - above[i + 1]!;
    const mean = mass > 0 ? sums[0]! / mass : 0.5;
    const square = (2 * sums[1]!) / mass;
    const cube = (3 * sums[2]!) / mass;
    const variance = square - mean * mean;
    const skewness = (cube - 3 * mean * variance - mean * mean * mean) / variance ** 1.5;
    const root = Math.sqrt(skewness * skewness + 4);
    const low = mean + (Math.sqrt(variance) * (skewness - root)) / 2;
    const high = mean + (Math.sqrt(variance) * (skewness + root)) / 2;
    const isProper = mass > 0 && low >= 0 && high <= 1;
    nodes[2 * i] = a + width * (isProper ? low : mean);
    nodes[2 * i + 1] = a + width * (isProper ? high : mean);
    const lower = isProper ? (1 + skewness / root) / 2 : 0.5;
    masses[2 * i] = Math.max(0, mass) * lower;
    masses[2 * i + 1] = Math.max(0, mass) * (1 - lower);
  }
  return {
    edges: Float64Array.from(places.slice(0, cells)),
    above: above.slice(0, cells),
    perCell: 2,
    nodes,
    masses,
    survival,
  };
};
