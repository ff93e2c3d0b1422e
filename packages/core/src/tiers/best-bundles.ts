import { ascendingPlaces, halvedByMass } from '../distributions/places.ts';
import type { FiniteTypes } from '../screening/finite-types.ts';
import type { IronedVirtualValue } from '../screening/ironing.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import { bestPartitions, bestStarts, bestWorth, worthThroughEdges } from './best-partition.ts';
import { type Bundle, type BundleSales, pricedBundles, salesToPopulation, salesToTypes } from './bundles.ts';
import { remembered } from './remembered.ts';
import { type RevenueCells, revenueCells, type Stretch } from './revenue-cells.ts';
import {
  edgesAt,
  edgesOfTypes,
  onRevenueHull,
  type RevenueCurve,
  type RevenueEdges,
  revenueCurve,
} from './revenue-edges.ts';
import { settledStarts } from './settled-starts.ts';
import { surplusLookup } from './surplus-lookup.ts';

/** The best menu of at most `count` bundles, with what free choice makes of it. */
export interface BestBundles extends BundleSales {
  readonly count: number;
  readonly bundles: readonly Bundle[];
  /** No menu of at most `count` items has more of the objective. */
  readonly upperBound: number;
}

/** Best single items of the tiers that start at these edges, priced. */
const bundlesFrom = (
  { type, above, revenue }: RevenueEdges,
  starts: readonly number[],
  supply: EfficientSupply,
  scale: number,
): readonly Bundle[] => {
  const end = type.length - 1;
  const servedValues = starts.map((i, k) => {
    const j = starts[k + 1] ?? end;
    return (revenue[i]! - revenue[j]!) / (above[i]! - above[j]!);
  });
  return pricedBundles(
    starts.map((i) => type[i]!),
    servedValues,
    supply,
    scale,
  );
};

/**
 * The best menus of at most K bundles for finitely many one-dimensional types, one for every K in `counts`: exact, by dynamic programming over the
 * distinct values of the ironed virtual value, for profit and the share κ = `surplusWeight` of consumer surplus. `upperBound` allows for the table of S (1e-12 of its largest value a tier).
 */
export const bestBundlesForTypes = (
  types: FiniteTypes,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
  surplusWeight = 0,
): readonly BestBundles[] => {
  const edges = onRevenueHull(edgesOfTypes(types.value, types.mass, surplusWeight));
  const highest = edges.type[edges.type.length - 1]!;
  const table = surplusLookup(supply, scale, highest);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const partitions = bestPartitions(edges, table.surplus, most);
  return counts.map((count) => {
    const bundles = bundlesFrom(edges, bestStarts(partitions, count), supply, scale);
    const upperBound = bestWorth(partitions, count) + 2 * table.error;
    return { count, bundles, ...salesToTypes(bundles, types, surplusWeight), upperBound };
  });
};

/** Cells to begin with, and the most places. */
const CELLS = 192;
const MOST_PLACES = 20_000;
const MOST_ROUNDS = 100;
/** Relative to profit: what is left to gain inside cells, beyond which they are halved. */
const PRECISION = 1e-9;
/** Relative to the widest cell: those that are halved with it. */
const NEAR = 0.1;
/** Relative to profit: a cell in which more than this could be gained is not taken to be smooth. */
const SEEN = 2e-2;
const ROUNDING = 1e-14;
/** Relative to profit: what differences of revenue lose to rounding. */
const SLACK = 1e-11;

/**
 * The best menus of at most K bundles for a continuous distribution, one for every K in `counts`: global to `upperBound` − `profit`, which is of
 * the order of 1e-9 of the profit.
 *
 * Starts are first chosen among places on the hull of the revenue curve (P, R). For given items profit is Σ R_k Δq_k − P_k ΔC_k over the starts: linear
 * in each (P_k, R_k), and rising in R_k. So a start inside a cell earns at most what it would at an end of the hull's chord over the cell, and h Δq
 * for the height h of the curve above that chord. The steps sum to at most q(max), the best quality for the highest type; and each is at most
 * q(t), t its start, as the mean of φ̄ over all types above t is t. So with g = q(max) h, or else g = K q(t) h,
 *
 *     best of all ≤ best among edges + max g    over the cells in which one of its starts can lie (`revenueCells`).
 *
 * A cell has none if menus with a start at either end of its chord earn less than the best by more than that. The others are halved until the bound is
 * met; few are left around each start. Heights come from F alone: φ̄ and its pools only propose starts. Where a cell is as small as 1e-3 of the
 * profit, and the curve looks concave, it is taken to be concave inside; no cell is left out by that before.
 *
 * Last, starts are settled by their first-order condition to rounding (`settledStarts`). With the share κ = `surplusWeight` of consumer surplus R and φ̄ are
 * those of that objective, which is then meant by profit, and `ironed` is to be its φ̄.
 */
export const bestBundlesForPopulation = (
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
  surplusWeight = 0,
): readonly BestBundles[] => {
  const { distribution: types } = ironed;
  const { min, max } = types;
  const above = remembered((x) => (x <= min ? 1 : x >= max ? 0 : types.survival(x)));
  const { surplus, error } = surplusLookup(supply, scale, max);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const point = supplyPoint(supply.inputs.length);
  const quality = remembered((x) => {
    supply.supply(x, scale, point);
    return point.quality;
  });
  let places = firstPlaces(ironed, above, Math.max(CELLS, 8 * most));
  const curve = revenueCurve(types, above, places, surplusWeight);
  let within: readonly Stretch[] | undefined;
  for (let round = 0; ; round++) {
    const cells = revenueCells(edgesAt(places, curve), within);
    const { edges } = cells;
    const partitions = bestPartitions(edges, surplus, most);
    const through = worthThroughEdges(edges, surplus, partitions, counts);
    const halved = new Set<number>();
    const left = new Set<number>();
    const bounds = counts.map((count, c) => {
      const best = bestWorth(partitions, count);
      const isNarrow = quality(max) <= count * quality(edges.type[0]!);
      const gains = cells.highest.map((height, i) => {
        const step = isNarrow ? quality(max) : count * quality(places[cells.place[i]! + 1]!);
        return step * (step * height > SEEN * best ? height : cells.concave[i]!);
      });
      const { open, widest } = possibleCells(cells, through[c]!, gains, best, 4 * error);
      for (const i of open) {
        left.add(i);
        // The widest first: what they could gain keeps others from being left out.
        if (gains[i]! > Math.max(PRECISION * best, NEAR * widest)) halved.add(i);
      }
      return best * (1 + SLACK) + widest + 2 * error;
    });
    if (halved.size === 0 || round === MOST_ROUNDS || places.length + halved.size > MOST_PLACES) {
      return counts.map((count, c) => {
        const starts = bestStarts(partitions, count).map((i) => edges.type[i]!);
        const menu = settledMenu(starts, ironed, supply, scale, curve, surplusWeight);
        const bound = bounds[c]!;
        // Rounding aside, more than the bound is left to be seen: one of the two is wrong.
        const isRounding = menu.objective <= bound * (1 + ROUNDING);
        return { count, ...menu, upperBound: isRounding ? Math.max(menu.objective, bound) : bound };
      });
    }
    within = stretches(cells, places, left);
    places = nextPlaces(cells, places, left, halved);
  }
};

/** The cells in which a start can lie, ascending. */
const stretches = (
  { place }: RevenueCells,
  places: readonly number[],
  left: ReadonlySet<number>,
): Stretch[] =>
  [...left].sort((a, b) => a - b).map((i) => ({ from: places[place[i]!]!, to: places[place[i]! + 1]! }));

/** The ends of these cells, of the chords over them, and of their neighbours, whose slopes are asked for; and the middles of those that are halved. */
const nextPlaces = (
  { edges, place, below, above }: RevenueCells,
  places: readonly number[],
  left: ReadonlySet<number>,
  halved: ReadonlySet<number>,
): number[] => {
  const next = [places[places.length - 1]!];
  for (const i of left) {
    const k = place[i]!;
    next.push(...places.slice(Math.max(0, k - 1), k + 3), edges.type[below[i]!]!, edges.type[above[i]!]!);
    if (halved.has(i)) next.push(places[k]! + (places[k + 1]! - places[k]!) / 2);
  }
  return ascendingPlaces(next);
};

/** Places even in types and in mass, as both R and F may be steep, with those at which the distribution or φ̄ changes its form. */
const firstPlaces = (
  { distribution: { min, max }, breakpoints, cutoff }: IronedVirtualValue,
  survival: (x: number) => number,
  cells: number,
): number[] => {
  const even = Array.from({ length: cells }, (_, i) => min + ((max - min) * i) / cells);
  return halvedByMass(ascendingPlaces([...even, ...breakpoints, cutoff(0), max]), survival, 2 / cells);
};

/** The menu whose tiers start there, or where they settle if that is as good. */
const settledMenu = (
  starts: readonly number[],
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
  curve: RevenueCurve,
  surplusWeight: number,
): BundleSales & Pick<BestBundles, 'bundles'> => {
  const { distribution: types } = ironed;
  const chosen = withItems(starts, types, supply, scale, curve);
  const menuFrom = (at: readonly number[]): BundleSales & Pick<BestBundles, 'bundles'> => {
    const bundles = bundlesAt(at, types, supply, scale, curve);
    return { bundles, ...salesToPopulation(bundles, types, { weight: surplusWeight, left: curve.left }) };
  };
  const first = menuFrom(chosen);
  const settled = menuFrom(settledStarts(chosen, ironed, supply, scale, curve));
  return settled.objective >= first.objective * (1 - ROUNDING) ? settled : first;
};

/**
 * The cells in which a start of a best menu can lie, and the largest gain among them. Leaving cells out lowers what can be gained, which leaves out
 * more of them, until none goes.
 */
const possibleCells = (
  { below, above }: RevenueCells,
  through: Float64Array,
  gains: Float64Array,
  best: number,
  slack: number,
): { open: readonly number[]; widest: number } => {
  let open = Array.from(gains, (_, i) => i);
  for (;;) {
    const widest = open.reduce((most, i) => Math.max(most, gains[i]!), 0);
    const left = open.filter(
      (i) => Math.max(through[below[i]!]!, through[above[i]!]!) + widest + slack >= best,
    );
    if (left.length === open.length) return { open, widest };
    open = left;
  }
};

/** The starts of tiers whose items differ from those below. */
const withItems = (
  starts: readonly number[],
  types: IronedVirtualValue['distribution'],
  supply: EfficientSupply,
  scale: number,
  curve: RevenueCurve,
): number[] => {
  const made = bundlesAt(starts, types, supply, scale, curve);
  if (made.length === starts.length) return [...starts];
  const first = new Map(made.map((bundle) => [bundle.servedValue, bundle]));
  return starts.filter((_, k) => {
    const [own] = bundlesAt(starts.slice(k), types, supply, scale, curve);
    return own !== undefined && first.delete(own.servedValue);
  });
};

/** Best single items of the tiers that start at these types of a population. */
const bundlesAt = (
  starts: readonly number[],
  types: IronedVirtualValue['distribution'],
  supply: EfficientSupply,
  scale: number,
  curve: RevenueCurve,
): readonly Bundle[] =>
  bundlesFrom(
    edgesAt([...starts, types.max], curve),
    starts.map((_, k) => k),
    supply,
    scale,
  );
