import type { Distribution } from './distribution.ts';
import { ascendingPlaces, halvedByMass } from './places.ts';

/** Types of one scale in cells, ascending: who stands for each, and how many they are. */
export interface TypeCells {
  /** The lowest type of each cell, and the highest of all. */
  readonly edges: Float64Array;
  /** The mass of types at or above each edge; the last is 0. */
  readonly above: Float64Array;
  readonly value: Float64Array;
  readonly mass: Float64Array;
}

/** What types in cells have who take nothing, u; money. */
export interface CellsOutside {
  /** Of who stands for each cell, and of the type at each edge. */
  readonly types: Float64Array;
  readonly edges: Float64Array;
  /** What the seller earns from who stands for each cell, where she is promised it by him; 0 unless said. */
  readonly margins?: Float64Array;
}

/** Cells of equal width over the support of F; with a mass given, split at its breakpoints, and halved until none has more than that. */
export const typeCells = (
  types: Distribution,
  count: number,
  mostMass = Number.POSITIVE_INFINITY,
): TypeCells => {
  const { min, max } = types;
  const even = Array.from({ length: count + 1 }, (_, i) => min + ((max - min) * i) / count);
  const places = Number.isFinite(mostMass)
    ? halvedByMass(ascendingPlaces([...even, ...types.breakpoints]), types.survival, mostMass)
    : even;
  const edges = Float64Array.from(places);
  const cells = edges.length - 1;
  const above = edges.map((edge) => types.survival(edge));
  const value = new Float64Array(cells);
  const mass = new Float64Array(cells);
  for (let i = 0; i < cells; i++) {
    value[i] = (edges[i]! + edges[i + 1]!) / 2;
    mass[i] = above[i]! - above[i + 1]!;
  }
  return { edges, above, value, mass };
};

/** Each of finitely many types as a cell of its own; `value` ascending. */
export const singleTypeCells = (value: Float64Array, mass: Float64Array): TypeCells => {
  const n = value.length;
  const above = new Float64Array(n + 1);
  for (let i = n - 1; i >= 0; i--) above[i] = above[i + 1]! + mass[i]!;
  return { edges: Float64Array.of(...value, value[n - 1]!), above, value, mass };
};
