import type { Flows } from './finite-problem.ts';
import type { GoodsCells } from './goods-cells.ts';
import { placeOf } from './goods-cells.ts';

/**
 * A flow of imitation among continuous buyers of goods: what passes through the faces of cells, and pairs of cells whose buyers are held from one another's
 * items both ways alike.
 */
export interface GoodsFlow {
  /** By good: the flow down through the lower face of every cell, towards lower values of the good; nothing passes the uppermost faces. */
  readonly through: readonly Float64Array[];
  /** Pairs n < k with the flow of each way. */
  readonly pairs: readonly { readonly n: number; readonly k: number; readonly amount: number }[];
}

export const noGoodsFlow = ({ sides, mass }: GoodsCells): GoodsFlow => ({
  through: sides.map(() => new Float64Array(mass.length)),
  pairs: [],
});

/** What passes down through the upper face of a cell. */
export const fromAbove = (
  { sides, strides }: GoodsCells,
  through: GoodsFlow['through'],
  cell: number,
  j: number,
): number => {
  const side = sides[j]!.masses.length;
  return Math.floor(cell / strides[j]!) % side === side - 1 ? 0 : through[j]![cell + strides[j]!]!;
};

/**
 * The flows of a grid's multipliers as one among the continuous buyers of its cells. What goes both ways between two types is a pair; what is left goes from
 * cell to cell, half of it by the first good's steps first and half by the last good's. `cellOf` says in which cell a type of the flows is.
 */
export const liftedGoodsFlow = (cells: GoodsCells, flows: Flows, cellOf: ArrayLike<number>): GoodsFlow => {
  const { through } = noGoodsFlow(cells);
  const count = cells.mass.length;
  const both = new Map<number, [number, number]>();
  flows.amount.forEach((amount, e) => {
    const [n, k] = [cellOf[flows.from[e]!]!, cellOf[flows.to[e]!]!];
    if (!(amount > 0) || n === k) return;
    const key = Math.min(n, k) * count + Math.max(n, k);
    const known = both.get(key) ?? [0, 0];
    known[n < k ? 0 : 1] += amount;
    both.set(key, known);
  });
  const pairs: { n: number; k: number; amount: number }[] = [];
  const goods = Array.from(cells.sides, (_, j) => j);
  const orders = goods.length === 1 ? [goods] : [goods, [...goods].reverse()];
  for (const [key, [up, down]] of both) {
    const [n, k] = [Math.floor(key / count), key % count];
    const amount = Math.min(up, down);
    if (amount > 0) pairs.push({ n, k, amount });
    for (const order of orders) {
      const rest = Math.abs(up - down) / orders.length;
      if (rest > 0) follow(cells, through, up > down ? n : k, up > down ? k : n, order, rest);
    }
  }
  return { through, pairs };
};

/** Adds a flow from one cell to another, good by good. */
const follow = (
  cells: GoodsCells,
  through: readonly Float64Array[],
  from: number,
  to: number,
  order: readonly number[],
  amount: number,
): void => {
  let cell = from;
  for (const j of order) {
    const steps = placeOf(cells, to, j) - placeOf(cells, from, j);
    const stride = cells.strides[j]!;
    for (let s = 0; s < Math.abs(steps); s++) {
      if (steps < 0) {
        through[j]![cell]! += amount;
        cell -= stride;
      } else {
        cell += stride;
        through[j]![cell]! -= amount;
      }
    }
  }
};

/** What sums of flows are off by; all buyers are 1. */
const ROUNDING = 1e-13;

/**
 * Makes a flow feasible, whatever it was: no cell lets out more than comes in and (1 − κ) times its own buyers, and nothing comes in through the lowest faces. Flows
 * through those faces that would come in are stopped, all others are scaled down as far as it takes, and what a cell has left goes on downwards in all
 * goods alike, which lowers virtual values and so can only lower the bound.
 */
export const feasibleGoodsFlow = (
  cells: GoodsCells,
  { through: given, pairs }: GoodsFlow,
  surplusWeight: number,
): GoodsFlow => {
  const { mass, sides } = cells;
  const through = given.map((each) => each.slice());
  const isLowest = (cell: number, j: number): boolean => placeOf(cells, cell, j) === 0;
  let scale = 1;
  for (let n = 0; n < mass.length; n++) {
    let out = 0;
    through.forEach((each, j) => {
      if (isLowest(n, j) && !(each[n]! >= 0)) each[n] = 0;
      out += each[n]! - fromAbove(cells, through, n, j);
    });
    const budget = (1 - surplusWeight) * mass[n]!;
    if (!(out <= budget + ROUNDING)) scale = Math.min(scale, budget / out);
  }
  if (!(scale >= 0)) return noGoodsFlow(cells);
  if (scale < 1) for (const each of through) for (let n = 0; n < each.length; n++) each[n]! *= scale;
  const goods = sides.length;
  for (let n = mass.length - 1; n >= 0; n--) {
    let left = (1 - surplusWeight) * mass[n]!;
    for (let j = 0; j < goods; j++) left += fromAbove(cells, through, n, j) - through[j]![n]!;
    for (let j = 0; j < goods; j++) through[j]![n]! += Math.max(0, left) / goods;
  }
  return { through, pairs };
};
