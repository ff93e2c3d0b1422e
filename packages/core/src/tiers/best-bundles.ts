import { type EfficientSupply, supplyPoint } from '../efficient-supply.ts';
import type { FiniteTypes } from '../finite-types.ts';
import type { IronedVirtualValue } from '../ironing.ts';
import { bestPartitions, bestStarts, bestWorth, worthThroughEdges } from './best-partition.ts';
import { type Bundle, type BundleSales, pricedBundles, salesToPopulation, salesToTypes } from './bundles.ts';
import { ascendingPlaces, halvedByMass } from './places.ts';
import { remembered } from './remembered.ts';
import { edgesOfTypes, onRevenueHull, type RevenueEdges } from './revenue-edges.ts';
import { settledStarts } from './settled-starts.ts';
import { surplusLookup } from './surplus-lookup.ts';

/** The best menu of at most `count` bundles, with what free choice makes of it. */
export interface BestBundles extends BundleSales {
  readonly count: number;
  readonly bundles: readonly Bundle[];
  /** No menu of at most `count` items earns more. */
  readonly upperBound: number;
}

/** Best single items of the tiers that start at these edges, priced. */
const bundlesFrom = (
  { type, above }: RevenueEdges,
  starts: readonly number[],
  supply: EfficientSupply,
  scale: number,
): readonly Bundle[] => {
  const end = type.length - 1;
  const servedValues = starts.map((i, k) => {
    const j = starts[k + 1] ?? end;
    return (type[i]! * above[i]! - type[j]! * above[j]!) / (above[i]! - above[j]!);
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
 * distinct values of the ironed virtual value. `upperBound` allows for the table of S (1e-12 of its largest value a tier).
 */
export const bestBundlesForTypes = (
  types: FiniteTypes,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
): readonly BestBundles[] => {
  const edges = onRevenueHull(edgesOfTypes(types.value, types.mass));
  const highest = edges.type[edges.type.length - 1]!;
  const table = surplusLookup(supply, scale, highest);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const partitions = bestPartitions(edges, table.surplus, most);
  return counts.map((count) => {
    const bundles = bundlesFrom(edges, bestStarts(partitions, count), supply, scale);
    const upperBound = bestWorth(partitions, count) + 2 * table.error;
    return { count, bundles, ...salesToTypes(bundles, types), upperBound };
  });
};

/** Cells to begin with, and the most edges. */
const CELLS = 192;
const MOST_EDGES = 20_000;
const MOST_ROUNDS = 40;
/** Relative to profit: what is left to gain between edges, beyond which cells are halved. */
const PRECISION = 1e-9;
const ROUNDING = 1e-14;

/**
 * The best menus of at most K bundles for a continuous distribution, one for every K in `counts`: global to `upperBound` − `profit`, which is of
 * the order of 1e-9 of the profit.
 *
 * Starts are first chosen among edges. With the items of the best menu of all as they are, what it loses by moving a start t inside a cell
 * of mass m, over which φ̄ rises by d, to an end of the cell is ∫ |φ̄ − φ̄(t)| Δq dF (φ̄(t) Δq = ΔC at the best start, Δq the step in quality): at
 * most x y m d Δq to the lower end, if t lies at shares x of m and y of d, and (1 − x)(1 − y) m d Δq to the upper one. The lesser of the two is
 * at most ¼ m d Δq, and going to the lower end where x + y ≤ 1 keeps starts in order. As the steps sum to at most q(max),
 *
 *     best of all ≤ best among edges + ¼ q(max) · max m d    over the cells in which one of its starts can lie.
 *
 * A cell has none if menus with a start at either of its ends earn less than the best by more than that. The others are halved until the bound is met; few
 * are left around each start. Last, starts are settled by their first-order condition to rounding (`settledStarts`).
 */
export const bestBundlesForPopulation = (
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
  counts: readonly number[],
): readonly BestBundles[] => {
  const { distribution: types, pools } = ironed;
  const { min, max } = types;
  const { surplus, error } = surplusLookup(supply, scale, ironed.at(max));
  const survival = remembered((x) => (x <= min ? 1 : x >= max ? 0 : types.survival(x)));
  const level = remembered(ironed.at);
  const isPooled = (x: number): boolean => pools.some(({ from, to }) => x > from && x < to);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const highest = supplyPoint(supply.inputs.length);
  supply.supply(level(max), scale, highest);
  let places = firstPlaces(ironed, survival, isPooled, Math.max(CELLS, 8 * most));
  for (let round = 0; ; round++) {
    const edges = withMass({ type: Float64Array.from(places), above: Float64Array.from(places, survival) });
    const partitions = bestPartitions(edges, surplus, most);
    const through = worthThroughEdges(edges, surplus, partitions, counts);
    // What a start inside a cell can gain, cell by cell; no start lies inside a pool.
    const gains = Float64Array.from({ length: edges.type.length - 1 }, (_, i) => {
      const [from, to] = [edges.type[i]!, edges.type[i + 1]!];
      if (isPooled(from + (to - from) / 2)) return 0;
      const rise = Math.max(0, level(to) - Math.max(0, level(from)));
      return 0.25 * highest.quality * (edges.above[i]! - edges.above[i + 1]!) * rise;
    });
    const halved = new Set<number>();
    const bounds = counts.map((count, c) => {
      const best = bestWorth(partitions, count);
      const { open, widest } = possibleCells(through[c]!, gains, best, 4 * error);
      for (const i of open) if (gains[i]! > PRECISION * best) halved.add(i);
      return best + widest + 2 * error;
    });
    if (halved.size === 0 || round === MOST_ROUNDS || places.length + halved.size > MOST_EDGES) {
      return counts.map((count, c) => {
        const starts = bestStarts(partitions, count).map((i) => edges.type[i]!);
        const menu = settledMenu(starts, ironed, supply, scale);
        return { count, ...menu, upperBound: Math.max(menu.profit, bounds[c]!) };
      });
    }
    const middles = Array.from(halved, (i) => (edges.type[i]! + edges.type[i + 1]!) / 2);
    places = ascendingPlaces([...edges.type, ...middles]);
  }
};

/** Places from the first type with φ̄ > 0 up: even in types and in mass, as both φ̄ and F may be steep. */
const firstPlaces = (
  ironed: IronedVirtualValue,
  survival: (x: number) => number,
  isPooled: (x: number) => boolean,
  cells: number,
): number[] => {
  const { max, breakpoints } = ironed;
  const start = ironed.cutoff(0);
  const even = Array.from({ length: cells }, (_, i) => start + ((max - start) * i) / cells);
  const places = [...even, ...breakpoints.filter((x) => x > start), max].filter((x) => !isPooled(x));
  return halvedByMass(ascendingPlaces(places), survival, 2 / cells, isPooled);
};

/** The menu whose tiers start there, or where they settle if that earns as much. */
const settledMenu = (
  starts: readonly number[],
  ironed: IronedVirtualValue,
  supply: EfficientSupply,
  scale: number,
): BundleSales & Pick<BestBundles, 'bundles'> => {
  const { distribution: types } = ironed;
  const chosen = withItems(starts, types, supply, scale);
  const [first, settled] = [chosen, settledStarts(chosen, ironed, supply, scale)].map((at) => {
    const bundles = bundlesAt(at, types, supply, scale);
    return { bundles, ...salesToPopulation(bundles, types) };
  }) as [BundleSales & { bundles: readonly Bundle[] }, BundleSales & { bundles: readonly Bundle[] }];
  return settled.profit >= first.profit * (1 - ROUNDING) ? settled : first;
};

/**
 * The cells in which a start of a best menu can lie, and the largest gain among them. Leaving cells out lowers what can be gained, which leaves out
 * more of them, until none goes.
 */
const possibleCells = (
  through: Float64Array,
  gains: Float64Array,
  best: number,
  slack: number,
): { open: readonly number[]; widest: number } => {
  let open = Array.from(gains, (_, i) => i);
  for (;;) {
    const widest = open.reduce((most, i) => Math.max(most, gains[i]!), 0);
    const left = open.filter((i) => Math.max(through[i]!, through[i + 1]!) + widest + slack >= best);
    if (left.length === open.length) return { open, widest };
    open = left;
  }
};

/** Edges with less mass above than the one before; of several with the same, the highest. */
const withMass = ({ type, above }: RevenueEdges): RevenueEdges => {
  const isKept = (_: number, i: number): boolean => i === type.length - 1 || above[i]! > above[i + 1]!;
  return { type: type.filter(isKept), above: above.filter(isKept) };
};

/** The starts of tiers whose items differ from those below. */
const withItems = (
  starts: readonly number[],
  types: IronedVirtualValue['distribution'],
  supply: EfficientSupply,
  scale: number,
): number[] => {
  const made = bundlesAt(starts, types, supply, scale);
  if (made.length === starts.length) return [...starts];
  const first = new Map(made.map((bundle) => [bundle.servedValue, bundle]));
  return starts.filter((_, k) => {
    const [own] = bundlesAt(starts.slice(k), types, supply, scale);
    return own !== undefined && first.delete(own.servedValue);
  });
};

/** Best single items of the tiers that start at these types of a population. */
const bundlesAt = (
  starts: readonly number[],
  types: IronedVirtualValue['distribution'],
  supply: EfficientSupply,
  scale: number,
): readonly Bundle[] => {
  const above = starts.map((x) => (x <= types.min ? 1 : types.survival(x)));
  return bundlesFrom(
    { type: Float64Array.from([...starts, types.max]), above: Float64Array.from([...above, 0]) },
    starts.map((_, k) => k),
    supply,
    scale,
  );
};
