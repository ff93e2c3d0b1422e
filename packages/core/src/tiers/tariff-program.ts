import type { SurplusLookup } from './surplus-lookup.ts';
import type { TariffCells } from './tariff-cells.ts';

/** A tariff of a menu: the cell at which it starts, and 1/m, the inverse of its markup. */
export interface TariffChoice {
  readonly cell: number;
  readonly discount: number;
}

/** Best menus of exactly 1, 2, … tariffs on a grid, each with its objective: profit, and κ times what buyers have beyond outside. */
export interface TariffMenu {
  readonly objective: number;
  readonly tariffs: readonly TariffChoice[];
}

/** What counts beside profit. */
export interface TariffTerms {
  /** The weight κ of consumer surplus beyond what buyers have outside. */
  readonly surplusWeight: number;
  /** What everybody has who takes no tariff; money. */
  readonly outside: number;
}

/**
 * G(t, m) = P(t) V(t, m) + (m − 1) ∫_t C(S′(x/m)) dF, V(t, m) = m S(t/m): what a tariff of markup m earns from all types above t, its fee taking all
 * that type t has from it. Cells in rows, discounts 1/m in columns. Where C jumps, at x = m κ, the mass above that type is asked for: the
 * few nodes of a cell would be off by a good part of the cell.
 *
 * Of what types have above type t, ∫_t V(x, m) − V(t, m) dF, κ times as much counts as well.
 */
const earningsFromEdges = (
  { edges, above, perCell, nodes, masses, survival }: TariffCells,
  { surplus, cost, continuousCost, jumps }: SurplusLookup,
  discounts: Float64Array,
  κ: number,
): Float64Array => {
  const [n, width] = [edges.length, discounts.length];
  const earnings = new Float64Array(n * width);
  for (let i = 0; i < width; i++) {
    const u = discounts[i]!;
    const jumped = survival && jumps.map((jump) => ({ ...jump, above: survival(jump.value / u) }));
    const smooth = jumped ? continuousCost : cost;
    let [total, worth] = [0, 0];
    for (let j = n - 1; j >= 0; j--) {
      for (let c = perCell * j; c < perCell * (j + 1); c++) {
        total += masses[c]! * smooth(nodes[c]! * u);
        if (κ > 0) worth += masses[c]! * surplus(nodes[c]! * u);
      }
      let costs = total;
      if (jumped) for (const jump of jumped) costs += jump.cost * Math.min(above[j]!, jump.above);
      earnings[j * width + i] =
        ((1 - κ) * above[j]! * surplus(edges[j]! * u) + κ * worth) / u + (1 / u - 1) * costs;
    }
  }
  return earnings;
};

/**
 * The best menus of exactly k = 1 … `count` two-part tariffs whose starts are edges and whose discounts 1/m are among those given, ascending.
 *
 * Where the type at each start t_k is indifferent between tariff k and the one below, the menu earns ∫ φ q − C dF with q = S′(x/m_k) on
 * [t_k, t_{k+1}): by parts,
 *
 *     Σ_k G(t_k, m_k) − G(t_k, m_{k−1}),
 *
 * with φ the true virtual value, not ironed: quality varies within a tier. Higher types want lower markups (∂²V/∂t∂m < 0), so free choice asks for
 * m_1 > m_2 > …, and nothing else; where the optimal markup would rise, that is what binds. Exact on the grid: the best way to have tariff i at
 * edge j after k changes is to keep it, or to come to it from a higher markup, whose best is a running maximum. O(edges × discounts × count).
 * Everybody who takes the first tariff is left what she has outside.
 */
export const tariffProgram = (
  cells: TariffCells,
  table: SurplusLookup,
  discounts: Float64Array,
  count: number,
  { surplusWeight, outside }: TariffTerms,
): TariffMenu[] => {
  const [n, width] = [cells.edges.length, discounts.length];
  const earnings = earningsFromEdges(cells, table, discounts, surplusWeight);
  let before = new Float64Array(0);
  const menus: TariffMenu[] = [];
  // From which discount the change at (j, i) came; −1 where there was none.
  const changes: Int16Array[] = [];
  // Values by edge are needed of the number of tariffs before: held edge by edge.
  let histories = new Float64Array(0);
  for (let k = 1; k <= count; k++) {
    const change = new Int16Array(n * width).fill(-1);
    const value = new Float64Array(width).fill(Number.NEGATIVE_INFINITY);
    const history = k < count ? new Float64Array(n * width) : undefined;
    for (let j = 0; j < n; j++) {
      const row = j * width;
      history?.set(value, row); // what stood before edge j
      let best = Number.NEGATIVE_INFINITY;
      let from = -1;
      for (let i = 0; i < width; i++) {
        const start = k === 1 ? -outside * cells.above[j]! : best;
        const changed = start + earnings[row + i]!;
        if (changed > value[i]!) {
          value[i] = changed;
          change[row + i] = k === 1 ? i : from;
        }
        if (k > 1) {
          const leaving = histories[row + i]! - earnings[row + i]!;
          if (leaving > best) {
            best = leaving;
            from = i;
          }
        }
      }
    }
    changes.push(change);
    before = value;
    if (history !== undefined) histories = history;
    menus.push(traced(before, changes, discounts, n));
  }
  return menus;
};

const traced = (
  value: Float64Array,
  changes: readonly Int16Array[],
  discounts: Float64Array,
  n: number,
): TariffMenu => {
  const width = discounts.length;
  let i = value.reduce((most, v, at) => (v > value[most]! ? at : most), 0);
  const objective = value[i]!;
  const tariffs: TariffChoice[] = [];
  let j = n - 1;
  for (let k = changes.length; k > 0; k--) {
    const change = changes[k - 1]!;
    while (j >= 0 && change[j * width + i]! < 0) j--;
    if (j < 0) break;
    tariffs.unshift({ cell: j, discount: discounts[i]! });
    i = change[j * width + i]!;
    j--;
  }
  return { objective, tariffs };
};
