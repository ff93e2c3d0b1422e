import { maximizer } from './root.ts';
import type { SurplusTable } from './surplus-table.ts';
import { type TwoPartTariff, type TypeCells, tariffProfit, tariffUtility } from './two-part-tariffs.ts';

/** Buyers of one scale, for the design of tariffs common in markup to all scales. */
export interface TariffScale {
  readonly weight: number;
  readonly table: SurplusTable;
}

/** Beyond this a tariff sells nothing worth counting. */
const HIGHEST_MARKUP = 1e4;

interface Block {
  from: number;
  to: number;
  markup: number;
}

/**
 * The markups of the best menu of two-part tariffs, one a cell, the same at all scales; ∞ for cells best left out.
 *
 * Higher types want lower markups, so the markup must not increase with the type: where the optimal one does, it is ironed. With the type
 * at each edge indifferent between her neighbours' tariffs, profit is separable in the markups,
 *
 *     Σ_cells  E[(m − 1) C(Q(w/m))] + P(edge) V(edge, m) − P(next edge) V(next edge, m),    V(w, m) = m S(w/m),
 *
 * with P the mass of types above: the fee that a cell adds is paid by all above it, and the rent it leaves goes to all above the next edge. Pool
 * adjacent violators, each block with its own best markup (each cell's term is single-peaked in m).
 */
export const ironedMarkups = (cells: TypeCells, scales: readonly TariffScale[]): Float64Array => {
  const { value, mass, edges, above } = cells;
  const n = value.length;
  const blockProfit = (from: number, to: number, markup: number): number => {
    let sum = 0;
    for (const { weight, table } of scales) {
      let profit = above[from]! * tariffUtility(table, edges[from]!, markup);
      if (above[to]! > 0) profit -= above[to]! * tariffUtility(table, edges[to]!, markup);
      for (let i = from; i < to; i++) profit += mass[i]! * tariffProfit(table, value[i]!, { markup, fee: 0 });
      sum += weight * profit;
    }
    return sum;
  };
  const best = (from: number, to: number, low: number, high: number): number => {
    const logMarkup = maximizer((l) => blockProfit(from, to, Math.exp(l)), Math.log(low), Math.log(high), 45);
    const markup = Math.exp(logMarkup);
    return blockProfit(from, to, markup) > 0 ? markup : Number.POSITIVE_INFINITY;
  };
  const blocks: Block[] = [];
  for (let i = 0; i < n; i++) {
    blocks.push({ from: i, to: i + 1, markup: best(i, i + 1, 1, HIGHEST_MARKUP) });
    while (blocks.length >= 2) {
      const last = blocks[blocks.length - 1]!;
      const before = blocks[blocks.length - 2]!;
      if (last.markup <= before.markup) break;
      const high = Number.isFinite(last.markup) ? last.markup : HIGHEST_MARKUP;
      blocks.splice(-2, 2, {
        from: before.from,
        to: last.to,
        markup: best(before.from, last.to, before.markup, high),
      });
    }
  }
  const markups = new Float64Array(n);
  for (const block of blocks) markups.fill(block.markup, block.from, block.to);
  return markups;
};

/**
 * Tariffs with the given nonincreasing markups whose fees make the type at each edge between two cells indifferent: free choice then
 * gives every type in a cell the cell's tariff, exactly.
 */
export const tariffsFromMarkups = (
  cells: TypeCells,
  markups: Float64Array,
  table: SurplusTable,
): (TwoPartTariff | undefined)[] => {
  const tariffs: (TwoPartTariff | undefined)[] = [];
  let last: TwoPartTariff | undefined;
  markups.forEach((markup, i) => {
    if (markup === Number.POSITIVE_INFINITY) {
      tariffs.push(undefined);
      return;
    }
    if (last?.markup !== markup) {
      const edge = cells.edges[i]!;
      const outside = last === undefined ? 0 : tariffUtility(table, edge, last.markup) - last.fee;
      last = { markup, fee: tariffUtility(table, edge, markup) - outside };
    }
    tariffs.push(last);
  });
  return tariffs;
};

/** Expected profit when each cell takes the tariff meant for it. */
export const intendedProfit = (
  cells: TypeCells,
  table: SurplusTable,
  tariffs: readonly (TwoPartTariff | undefined)[],
): number => {
  let sum = 0;
  tariffs.forEach((tariff, i) => {
    if (tariff) sum += cells.mass[i]! * tariffProfit(table, cells.value[i]!, tariff);
  });
  return sum;
};
