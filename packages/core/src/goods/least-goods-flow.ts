import type { GoodsCells } from '../finite/goods-cells.ts';
import { type GoodsFlow, noGoodsFlow } from '../finite/goods-flow.ts';
import type { GoodsSupply } from './goods-bound.ts';
import { type FlowNewton, flowNewton } from './goods-flow-newton.ts';
import { type FlowUnknowns, flowOf, flowUnknowns, startOf } from './goods-flow-unknowns.ts';

const MOST_STEPS = 60;
/** What may be left between a flow and the rents that go with it, relative to the bound. */
const TOLERANCE = 1e-6;
/** Of what is at stake, how far from the bounds the method starts. */
const FIRST_GAP = 1e-2;
/** The largest share of the way to a bound, and the least step that is worth another. */
const TO_BOUNDARY = 0.98;
const LEAST_STEP = 1e-6;
const MOST_HALVINGS = 10;
/** What the gap is to fall to, by how long a step could be. */
const CAUTION = [
  { length: 0.9, gap: 0.1 },
  { length: 0.5, gap: 0.3 },
  { length: 0, gap: 0.8 },
] as const;

/**
 * From a feasible flow among continuous buyers of goods one with a smaller bound D = ∫ f S(φ), for smooth supplies: what passes faces and the amounts of its pairs are moved by a
 * primal–dual interior-point method, with the surplus looked at in a few places of every cell. Conditions are those of a feasible flow, with a rent U for each cell:
 *
 *     s_n = (1 − κ) m_n − out_n ≥ 0,  U_n ≥ 0,  s_n U_n → 0.
 *
 * It is made feasible before it counts, and bounds whatever came of the method; where that fails it is the last flow that could be told.
 */
export const leastGoodsFlow = (
  cells: GoodsCells,
  seller: GoodsSupply,
  start: GoodsFlow,
  surplusWeight: number,
): GoodsFlow => {
  const unknowns = flowUnknowns(cells, start);
  const newton = flowNewton(cells, seller, unknowns, surplusWeight);
  const isInside = (): boolean => unknowns.active.every((n) => newton.left[n]! > 0);
  let x = startOf(cells, unknowns, start, surplusWeight);
  let value = newton.evaluate(x);
  if (!isInside()) {
    x = startOf(cells, unknowns, noGoodsFlow(cells), surplusWeight);
    value = newton.evaluate(x);
  }
  if (!isInside() || !(value > 0 && Number.isFinite(value))) return start;
  const path = centralPath(unknowns, newton, x, (FIRST_GAP * value) / conditionsOf(unknowns));
  const step = new Float64Array(unknowns.size);
  for (let iteration = 0; iteration < MOST_STEPS && path.gap(x) > TOLERANCE * value; iteration++) {
    if (!newton.direct(x, path.rents, path.prices, path.barrier, step)) break;
    const { primal, dual } = path.aim(x, step);
    const before = value + path.penalty(x);
    const from = x.slice();
    let length = primal;
    for (let halving = 0; halving <= MOST_HALVINGS; halving++, length /= 2) {
      for (let i = 0; i < x.length; i++) x[i] = from[i]! + length * step[i]!;
      value = newton.evaluate(x);
      if (value + path.penalty(x) <= before) break;
    }
    if (!Number.isFinite(value)) return flowOf(unknowns, from);
    path.follow(x, dual, Math.min(length, dual));
    if (!(length > LEAST_STEP)) break;
  }
  return flowOf(unknowns, x);
};

const conditionsOf = ({ active, bounded }: FlowUnknowns): number => active.length + bounded.length;

/** Rents of cells and prices of unknowns that are not negative, and the product with what they belong to that is aimed at. */
const centralPath = (
  unknowns: FlowUnknowns,
  { left, leftAfter }: FlowNewton,
  start: Float64Array,
  first: number,
) => {
  const { active, bounded, size } = unknowns;
  const rents = new Float64Array(left.length);
  const prices = new Float64Array(size);
  const rentStep = new Float64Array(left.length);
  const priceStep = new Float64Array(size);
  for (const n of active) rents[n] = first / left[n]!;
  for (const i of bounded) prices[i] = first / start[i]!;
  const path = {
    rents,
    prices,
    barrier: first,
    gap: (x: Float64Array): number => {
      let sum = 0;
      for (const n of active) sum += rents[n]! * left[n]!;
      for (const i of bounded) sum += prices[i]! * x[i]!;
      return sum;
    },
    /** −barrier Σ log of all that is not to be negative. */
    penalty: (x: Float64Array): number => {
      let sum = 0;
      for (const n of active) sum -= Math.log(left[n]!);
      for (const i of bounded) sum -= Math.log(x[i]!);
      return path.barrier * sum;
    },
    /** Steps of rents and prices beside that of x, and how far both may go. */
    aim: (x: Float64Array, step: Float64Array): { readonly primal: number; readonly dual: number } => {
      let [primal, dual] = [1, 1];
      const change = leftAfter(step);
      const reach = (of: number, by: number): number => (by < 0 ? (-TO_BOUNDARY * of) / by : 1);
      for (const n of active) {
        rentStep[n] = path.barrier / left[n]! - rents[n]! - (rents[n]! / left[n]!) * change[n]!;
        primal = Math.min(primal, reach(left[n]!, change[n]!));
        dual = Math.min(dual, reach(rents[n]!, rentStep[n]!));
      }
      for (const i of bounded) {
        priceStep[i] = path.barrier / x[i]! - prices[i]! - (prices[i]! / x[i]!) * step[i]!;
        primal = Math.min(primal, reach(x[i]!, step[i]!));
        dual = Math.min(dual, reach(prices[i]!, priceStep[i]!));
      }
      return { primal, dual };
    },
    follow: (x: Float64Array, dual: number, length: number): void => {
      for (const n of active) rents[n]! += dual * rentStep[n]!;
      for (const i of bounded) prices[i]! += dual * priceStep[i]!;
      const { gap } = CAUTION.find((each) => length >= each.length)!;
      path.barrier = (gap * path.gap(x)) / conditionsOf(unknowns);
    },
  };
  return path;
};
