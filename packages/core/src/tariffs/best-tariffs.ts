import type { CellsOutside, TypeCells } from '../distributions/type-cells.ts';
import type { SurplusTable } from './surplus-table.ts';
import { type TwoPartTariff, tariffProfit, tariffUtility, tariffWelfare } from './two-part-tariffs.ts';

/** Buyers of one scale, for the design of tariffs common in markup to all scales. */
export interface TariffScale {
  readonly weight: number;
  readonly table: SurplusTable;
  /** 0 for all unless said. */
  readonly outside?: CellsOutside;
}

/** Discounts 1/m on the first, even grid of (0, 1]. */
const DISCOUNTS = 160;
/** Rounds in which the grid becomes so many times finer, on windows of so many steps around each cell's discount. */
const ROUNDS = 9;
const FINER = 4;
const WINDOW = 5;

/**
 * The markups of the best menu of two-part tariffs, one a cell, the same at all scales; ∞ for cells best left out, which are the lowest.
 *
 * Higher types want lower markups whatever the production, so the markup must not increase with the type, and that is all that free choice asks.
 * With the type at each edge indifferent between her neighbours' tariffs, profit is separable in the markups,
 *
 *     Σ_cells  E[(m − 1) C(Q(w/m))] + P(edge) V(edge, m) − P(next edge) V(next edge, m),    V(w, m) = m S(w/m),
 *
 * with P the mass of types above: the fee that a cell adds is paid by all above it, and the rent it leaves goes to all above the next edge.
 *
 * With weight κ = `surplusWeight` on consumer surplus each cell earns (1 − κ) times that, and κ times its welfare, which no fee changes.
 *
 * Where who takes nothing has u, the lowest type served is left u in place of nothing: P(edge) u(edge), which is a sum over the cells that are served. That is all
 * where u is the same for all; where it rises, menus are best among those that serve all types from some edge on, if nobody above would rather have u.
 *
 * A cell's term may have several peaks, so that neighbours cannot be pooled by its slope. A dynamic program over 1/m on a grid, of which the best that does
 * not fall is a running maximum, is exact on the grid; then on ever finer ones around each cell's discount. Markups below 1 are never better.
 */
export const bestMarkups = (
  cells: TypeCells,
  scales: readonly TariffScale[],
  surplusWeight = 0,
): Float64Array => {
  const n = cells.value.length;
  let step = 1 / DISCOUNTS;
  const earned = earnings(cells, scales, surplusWeight);
  let chosen = bestSteps(earned, step, new Int32Array(n).fill(1), new Int32Array(n).fill(DISCOUNTS));
  for (let round = 0; round < ROUNDS; round++) {
    step /= FINER;
    const most = Math.round(1 / step);
    // Excluded cells may come in where the first that is served stands.
    const first = chosen.find((k) => k > 0) ?? 1;
    const centre = chosen.map((k) => FINER * (k > 0 ? k : first));
    chosen = bestSteps(
      earned,
      step,
      centre.map((k) => Math.max(1, k - WINDOW)),
      centre.map((k) => Math.min(most, k + WINDOW)),
    );
  }
  return Float64Array.from(chosen, (k) => (k > 0 ? 1 / (k * step) : Number.POSITIVE_INFINITY));
};

/** What the i-th cell adds to the objective at a markup, free choice and all. */
const earnings =
  ({ value, mass, edges, above }: TypeCells, scales: readonly TariffScale[], surplusWeight: number) =>
  (i: number, markup: number): number => {
    let sum = 0;
    for (const { weight, table, outside } of scales) {
      let profit = above[i]! * tariffUtility(table, edges[i]!, markup);
      if (above[i + 1]! > 0) profit -= above[i + 1]! * tariffUtility(table, edges[i + 1]!, markup);
      profit += mass[i]! * tariffProfit(table, value[i]!, { markup, fee: 0 });
      let welfare = surplusWeight > 0 ? mass[i]! * tariffWelfare(table, value[i]!, markup) : 0;
      if (outside !== undefined) {
        profit -= above[i]! * outside.edges[i]!;
        if (above[i + 1]! > 0) profit += above[i + 1]! * outside.edges[i + 1]!;
        welfare -= mass[i]! * outside.types[i]!;
      }
      sum += weight * ((1 - surplusWeight) * profit + surplusWeight * welfare);
    }
    return sum;
  };

/** Best discounts, as numbers of steps that do not fall from cell to cell, within each cell's bounds, which do not fall either; 0 for the excluded. */
const bestSteps = (
  earned: (i: number, markup: number) => number,
  step: number,
  least: Int32Array,
  most: Int32Array,
): Int32Array => {
  const n = least.length;
  // best[k − least]: the most that the cells so far earn if the last has at most k steps; from: her steps there.
  const from: Int32Array[] = [];
  let before = new Float64Array(0);
  for (let i = 0; i < n; i++) {
    const size = most[i]! - least[i]! + 1;
    const best = new Float64Array(size);
    const own = new Int32Array(size);
    for (let c = 0; c < size; c++) {
      const k = least[i]! + c;
      const last = i === 0 ? -1 : Math.min(k, most[i - 1]!) - least[i - 1]!;
      best[c] = (last >= 0 ? before[last]! : 0) + earned(i, 1 / (k * step));
      own[c] = k;
      // Left out, with all below.
      if (c === 0 && !(best[c]! > 0)) [best[c], own[c]] = [0, 0];
      if (c > 0 && !(best[c]! > best[c - 1]!)) [best[c], own[c]] = [best[c - 1]!, own[c - 1]!];
    }
    from.push(own);
    before = best;
  }
  const steps = new Int32Array(n);
  let k = most[n - 1] ?? 0;
  for (let i = n - 1; i >= 0; i--) {
    k = from[i]![Math.min(k, most[i]!) - least[i]!]!;
    if (k === 0) break;
    steps[i] = k;
  }
  return steps;
};

/**
 * Tariffs with the given nonincreasing markups whose fees make the type at each edge between two cells indifferent, and the lowest that is served to what she
 * has outside: free choice then gives every type in a cell the cell's tariff, exactly.
 */
export const tariffsFromMarkups = (
  cells: TypeCells,
  markups: Float64Array,
  table: SurplusTable,
  outside?: CellsOutside,
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
      const least =
        last === undefined ? (outside?.edges[i] ?? 0) : tariffUtility(table, edge, last.markup) - last.fee;
      last = { markup, fee: tariffUtility(table, edge, markup) - least };
    }
    tariffs.push(last);
  });
  return tariffs;
};

/** Expected profit, and consumer surplus, when each cell takes the tariff meant for it, or what is outside. */
export const intendedProfit = (
  { value, mass }: TypeCells,
  table: SurplusTable,
  tariffs: readonly (TwoPartTariff | undefined)[],
  outside?: CellsOutside,
): number =>
  tariffs.reduce((sum, tariff, i) => {
    const profit = tariff ? tariffProfit(table, value[i]!, tariff) : (outside?.margins?.[i] ?? 0);
    return sum + mass[i]! * profit;
  }, 0);

export const intendedSurplus = (
  { value, mass }: TypeCells,
  table: SurplusTable,
  tariffs: readonly (TwoPartTariff | undefined)[],
  outside?: CellsOutside,
): number =>
  tariffs.reduce((sum, tariff, i) => {
    const surplus = tariff
      ? tariffUtility(table, value[i]!, tariff.markup) - tariff.fee
      : (outside?.types[i] ?? 0);
    return sum + mass[i]! * surplus;
  }, 0);
