import { type GoodsCells, placeOf, placesWithin } from '../finite/goods-cells.ts';
import { cellField, spreadOf } from './goods-field.ts';

/** A few places of every cell, with weights that integrate over its buyers, and how φ there answers to a flow that is linear within cells. */
export interface CellNodes {
  readonly count: number;
  weight(n: number, p: number): number;
  /** w_j without any flow. */
  value(n: number, j: number, p: number): number;
  /** ∂φ_j/∂ what passes a face of good i, the lower (0) or the upper one (1). */
  ofFace(n: number, j: number, p: number, i: number, end: number): number;
  /** ∂φ_j/∂ the amount of a pair with the buyers of another cell. */
  ofPair(n: number, other: number, j: number, p: number): number;
}

/** Places on [0, 1] and their weights, which sum to 1. */
export interface NodeRule {
  readonly nodes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** Places along the diagonal do where the surplus is a sum over goods that are independent; else all products of places. */
export const cellNodes = (
  cells: GoodsCells,
  isSeparable: boolean,
  { nodes, weights }: NodeRule,
): CellNodes => {
  const { mass, sides, dependence, strides } = cells;
  const goods = sides.length;
  const points = nodes.length;
  const isDiagonal = isSeparable && dependence.independent;
  const count = isDiagonal ? points : points ** goods;
  const at = Int32Array.from({ length: count * goods }, (_, i) => {
    const [p, j] = [Math.floor(i / goods), i % goods];
    return isDiagonal ? p : Math.floor(p / points ** j) % points;
  });
  const share = Float64Array.from({ length: count }, (_, p) => {
    let product = 1;
    for (let j = 0; j < (isDiagonal ? 1 : goods); j++) product *= weights[at[p * goods + j]!]!;
    return product;
  });
  const places = sides.map((side, j) => placesWithin(cells.values[j]!, side, nodes));
  const uneven = unevenNodes(cells, nodes, at, share);
  const indexOf = (n: number, j: number, p: number): number =>
    (Math.floor(n / strides[j]!) % sides[j]!.masses.length) * points + at[p * goods + j]!;
  const densityAt = (n: number, p: number): number => (uneven ? uneven.density[n * count + p]! : mass[n]!);
  return {
    count,
    weight: (n, p) => (uneven ? uneven.weight[n * count + p]! : mass[n]! * share[p]!),
    value: (n, j, p) => places[j]!.values[indexOf(n, j, p)]!,
    ofFace: (n, j, p, i, end) => {
      const t = nodes[at[p * goods + j]!]!;
      const passing = uneven
        ? uneven.shares[(((n * count + p) * goods + j) * goods + i) * 2 + end]!
        : i !== j
          ? 0
          : end === 0
            ? 1 - t
            : t;
      return passing === 0 ? 0 : (-passing * places[j]!.slopes[indexOf(n, j, p)]!) / densityAt(n, p);
    },
    ofPair: (n, other, j, p) => {
      const { values } = places[j]!;
      return (
        (values[indexOf(n, j, p)]! - values[placeOf(cells, other, j) * points + at[p * goods + j]!]!) /
        densityAt(n, p)
      );
    },
  };
};

/** Density, weight and what passes, of two dependent goods. A rule that reaches the ends of intervals counts the buyers of the parts between its places, as density can be infinite there. */
const unevenNodes = (cells: GoodsCells, nodes: NodeRule['nodes'], at: Int32Array, share: Float64Array) => {
  const { mass, sides } = cells;
  const fieldOf = cellField(cells, nodes);
  if (fieldOf === undefined) return undefined;
  const goods = sides.length;
  const count = share.length;
  const isClosed = nodes[0] === 0 && nodes[nodes.length - 1] === 1;
  const density = new Float64Array(mass.length * count);
  const weight = new Float64Array(mass.length * count);
  const shares = new Float64Array(mass.length * count * goods * goods * 2);
  for (let n = 0; n < mass.length; n++) {
    if (!(mass[n]! > 0)) continue;
    const field = fieldOf(n);
    let whole = 0;
    for (let p = 0; p < count; p++) {
      const [q, r] = [at[p * goods]!, at[p * goods + 1]!];
      density[n * count + p] = field.density(q, r);
      weight[n * count + p] = share[p]! * density[n * count + p]!;
      whole += weight[n * count + p]!;
      for (let j = 0; j < goods; j++)
        for (let i = 0; i < goods; i++)
          for (let end = 0; end < 2; end++)
            shares[(((n * count + p) * goods + j) * goods + i) * 2 + end] = field.share(j, i, end, q, r);
    }
    if (isClosed) weight.set(spreadOf(field, nodes.length - 1, 1), n * count);
    else for (let p = 0; p < count; p++) weight[n * count + p]! *= whole > 0 ? mass[n]! / whole : 0;
  }
  return { density, weight, shares };
};
