import { type GoodsCells, placeOf } from '../finite/goods-cells.ts';
import type { GoodsFlow } from '../finite/goods-flow.ts';

/**
 * What can be chosen of a flow among continuous buyers of goods: what passes the lower face of every cell with buyers that has such a cell, or the end of all values, below it, and the
 * amounts of pairs. Nothing passes other faces.
 */
export interface FlowUnknowns {
  readonly size: number;
  /** Cells with buyers that matter. */
  readonly active: Int32Array;
  /** By good, the unknown of the lower face of every cell; −1 where it is none. */
  readonly faces: readonly Int32Array[];
  readonly pairs: GoodsFlow['pairs'];
  readonly firstPair: number;
  /** Those that are not negative: lowest faces and pairs. */
  readonly bounded: Int32Array;
  /** Where among the cells each lies, one array a good. */
  readonly coordinates: readonly Float64Array[];
}

/** Cells with fewer buyers are left alone: sums of flows are off by rounding. */
const HARDLY_ANYBODY = 1e-10;
/**
 * Pairs further apart, in cells a good, with less than this, in buyers of a mean cell, are left out. A solver's last step leaves some to every pair that it looked at, which on a small
 * grid are all: each step would be dense. Pairs nearby bound better with more than the grid gives them.
 */
const HARDLY_ANYTHING = 1e-6;
const NEAR = 2;

export const flowUnknowns = (cells: GoodsCells, { pairs: given }: GoodsFlow): FlowUnknowns => {
  const { mass, sides, strides } = cells;
  const goods = sides.length;
  const isActive = (n: number): boolean => mass[n]! > HARDLY_ANYBODY;
  const active = Int32Array.from([...mass.keys()].filter(isActive));
  const coordinates = sides.map((): number[] => []);
  const bounded: number[] = [];
  let size = 0;
  const faces = sides.map((_, j) => {
    const own = new Int32Array(mass.length).fill(-1);
    for (const n of active) {
      const isLowest = placeOf(cells, n, j) === 0;
      if (!isLowest && !isActive(n - strides[j]!)) continue;
      if (isLowest) bounded.push(size);
      own[n] = size++;
      for (let i = 0; i < goods; i++) coordinates[i]!.push(placeOf(cells, n, i) - (i === j ? 0.5 : 0));
    }
    return own;
  });
  const firstPair = size;
  const isNear = (n: number, k: number): boolean =>
    sides.every((_, j) => Math.abs(placeOf(cells, n, j) - placeOf(cells, k, j)) <= NEAR);
  const pairs = given.filter(
    ({ n, k, amount }) =>
      n !== k && isActive(n) && isActive(k) && (isNear(n, k) || amount * mass.length > HARDLY_ANYTHING),
  );
  for (const { n, k } of pairs) {
    bounded.push(size++);
    for (let i = 0; i < goods; i++) coordinates[i]!.push((placeOf(cells, n, i) + placeOf(cells, k, i)) / 2);
  }
  return {
    size,
    active,
    faces,
    pairs,
    firstPair,
    bounded: Int32Array.from(bounded),
    coordinates: coordinates.map((each) => Float64Array.from(each)),
  };
};

/** The share of a flow that a start keeps, what it has of a cell's buyers pass the lowest faces, and the least amount of a pair, in buyers of a mean cell. */
const KEPT = 0.9;
const PASSED = 0.02;
const LEAST_AMOUNT = 1e-3;

/** A flow as unknowns, away from all bounds if it was feasible. */
export const startOf = (
  cells: GoodsCells,
  { size, faces, pairs, firstPair }: FlowUnknowns,
  { through }: GoodsFlow,
  surplusWeight: number,
): Float64Array => {
  const { mass, sides } = cells;
  const x = new Float64Array(size);
  faces.forEach((own, j) => {
    own.forEach((unknown, n) => {
      if (unknown < 0) return;
      const amount = KEPT * through[j]![n]!;
      const least = ((1 - surplusWeight) * PASSED * mass[n]!) / sides.length;
      x[unknown] = placeOf(cells, n, j) === 0 ? Math.max(amount, least) : amount;
    });
  });
  const least = (LEAST_AMOUNT * (1 - surplusWeight)) / mass.length;
  pairs.forEach(({ amount }, p) => {
    x[firstPair + p] = Math.max(amount, least);
  });
  return x;
};

export const flowOf = ({ faces, pairs, firstPair }: FlowUnknowns, x: Float64Array): GoodsFlow => ({
  through: faces.map((own) => Float64Array.from(own, (unknown) => (unknown < 0 ? 0 : x[unknown]!))),
  pairs: pairs.map(({ n, k }, p) => ({ n, k, amount: x[firstPair + p]! })),
});
