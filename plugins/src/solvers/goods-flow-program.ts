import {
  type CostForm,
  cellNodes,
  coarserGoodsCells,
  type GoodsCells,
  type GoodsFlow,
  isLinear,
  type NodeRule,
  piecesOn,
  placeOf,
  refinedGoodsFlow,
} from '@menusmith/core';
import type { Highs, Model } from 'highs';
import { optimum, simplexModel } from './highs-model.ts';

/** Most variables for S(φ) in one program, more where density is not even, and in how many steps a cell is looked at where that allows it. */
const MOST_DEPENDENT = 11_000;
const MOST_SURPLUSES = 8000;
const STEPS = [4, 2];
/** Simplex takes minutes beyond so many. */
const MOST_FACES = 10_000;

/**
 * The flow among continuous buyers of goods with the least bound, as a linear program: minimise Σ m Σ_p length_p (φ − rate_p)₊ over what passes through the faces of
 * cells, where no cell lets out more than comes in and its own buyers. The surplus is looked at in a few places of every cell, φ being what a flow that is
 * linear between faces makes of it (core's `goodsBound`, which then bounds by this flow exactly). A total of all goods has a multiplier in every place.
 * Undefined where a cost is curved or without a limit, or HiGHS does not say.
 */
export const leastGoodsFlow = (
  highs: Highs,
  cells: GoodsCells,
  cost: CostForm,
  surplusWeight: number,
): GoodsFlow | undefined => {
  const goods = cells.sides.length;
  const isLimited = cost.tasks.every((pieces) => pieces.every(({ length }) => Number.isFinite(length)));
  if (!isLinear(cost) || !isLimited || cost.exclusive !== undefined) return undefined;
  const by = coarseningOf(cells);
  if (by > 1) {
    const coarse = coarserGoodsCells(cells, by);
    const flow = leastGoodsFlow(highs, coarse, cost, surplusWeight);
    return flow && refinedGoodsFlow(cells, coarse, by, flow);
  }
  const program = programOf(cells, cost, surplusWeight);
  let model: Model | undefined;
  try {
    model = simplexModel(highs, dataOf(highs, program));
    const solution = optimum(highs, model);
    if (solution === undefined) return undefined;
    const count = cells.mass.length;
    const through = Array.from({ length: goods }, (_, j) =>
      Float64Array.from(solution.colValue.subarray(j * count, (j + 1) * count)),
    );
    return { through, pairs: [] };
  } catch (error) {
    if (error instanceof highs.errors.HighsError) return undefined;
    throw error;
  } finally {
    model?.dispose();
  }
};

/** How many cells along every good are taken for one, so that there are not too many faces: only the bound is less close then. */
const coarseningOf = ({ sides, dependence }: GoodsCells): number => {
  if (!dependence.independent) return 1;
  const facesAt = (by: number): number =>
    sides.reduce((product, { masses }) => product * Math.ceil(masses.length / by), sides.length);
  let by = 1;
  while (facesAt(by) > MOST_FACES) by++;
  return by;
};

interface Program {
  readonly costs: number[];
  readonly isFree: boolean[];
  readonly starts: number[];
  readonly columns: number[];
  readonly entries: number[];
  /** Every row is to be at least this. */
  readonly least: number[];
}

const programOf = (cells: GoodsCells, cost: CostForm, surplusWeight: number): Program => {
  const { mass, sides, strides } = cells;
  const goods = sides.length;
  const count = mass.length;
  const faces = sides.flatMap((_, i) => [0, 1].map((end) => ({ i, end })));
  const nodes = cellNodes(cells, cost.total === undefined, ruleOf(cells, cost));
  const costs: number[] = new Array<number>(goods * count).fill(0);
  const isFree: boolean[] = Array.from(
    costs,
    (_, column) => placeOf(cells, column % count, Math.floor(column / count)) > 0,
  );
  const program: Program = { costs, isFree, starts: [0], columns: [], entries: [], least: [] };
  const put = (column: number, entry: number): void => {
    if (entry === 0) return;
    program.columns.push(column);
    program.entries.push(entry);
  };
  const end = (least: number): void => {
    program.starts.push(program.columns.length);
    program.least.push(least);
  };
  const upper = (n: number, j: number): number | undefined =>
    placeOf(cells, n, j) === sides[j]!.masses.length - 1 ? undefined : j * count + n + strides[j]!;
  const variable = (price: number): number => {
    isFree.push(false);
    return costs.push(price) - 1;
  };
  for (let n = 0; n < count; n++) {
    for (let j = 0; j < goods; j++) {
      put(j * count + n, -1);
      const above = upper(n, j);
      if (above !== undefined) put(above, 1);
    }
    end(-(1 - surplusWeight) * mass[n]!);
    if (!(mass[n]! > 0)) continue;
    for (let p = 0; p < nodes.count; p++) {
      const weight = nodes.weight(n, p);
      if (!(weight > 0)) continue;
      const multiplier = cost.total === undefined ? undefined : variable(weight * cost.total);
      for (let j = 0; j < goods; j++) {
        const slopes = faces.map(({ i, end }) => nodes.ofFace(n, j, p, i, end));
        // Where next to nobody is, a flow counts without bound: nothing to be said in numbers.
        if (!slopes.every((slope) => Math.abs(slope) * mass[n]! <= MOST_SLOPE)) continue;
        for (const { rate, length } of piecesOn(cost, j)) {
          put(variable(weight * length), 1);
          if (multiplier !== undefined) put(multiplier, 1);
          faces.forEach(({ i, end }, f) => {
            const column = end === 0 ? i * count + n : upper(n, i);
            if (column !== undefined) put(column, -slopes[f]!);
          });
          end(nodes.value(n, j, p) - rate);
        }
      }
    }
  }
  return program;
};

const MOST_SLOPE = 1e9;

/** Ends of a cell and what is between them, if that is not too many places: as the surplus is convex, their mean is not below what is between. */
const ruleOf = ({ mass, sides, dependence }: GoodsCells, cost: CostForm): NodeRule => {
  const countOf = (places: number): number => mass.length * sides.length * places;
  if (cost.total !== undefined) return trapezoid(1);
  if (!dependence.independent) return trapezoid(countOf(9) <= MOST_DEPENDENT ? 2 : 1);
  return trapezoid(STEPS.find((steps) => countOf(steps + 1) <= MOST_SURPLUSES) ?? 1);
};

const trapezoid = (steps: number): NodeRule => ({
  nodes: Array.from({ length: steps + 1 }, (_, q) => q / steps),
  weights: Array.from({ length: steps + 1 }, (_, q) => (q === 0 || q === steps ? 0.5 : 1) / steps),
});

const dataOf = (
  highs: Highs,
  { costs, isFree, starts, columns, entries, least }: Program,
): Parameters<Highs['createModel']>[0] => ({
  numCols: costs.length,
  numRows: least.length,
  colCost: Float64Array.from(costs),
  colLower: Float64Array.from(isFree, (free) => (free ? -highs.infinity : 0)),
  colUpper: new Float64Array(costs.length).fill(highs.infinity),
  rowLower: Float64Array.from(least),
  rowUpper: new Float64Array(least.length).fill(highs.infinity),
  matrix: {
    format: 'csr',
    numRows: least.length,
    numCols: costs.length,
    starts,
    indices: columns,
    values: entries,
  },
});
