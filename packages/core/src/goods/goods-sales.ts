import { conditionalDistribution } from '../distributions/conditional-distribution.ts';
import type { Distribution } from '../distributions/distribution.ts';
import type { GoodsPopulation } from '../finite/goods-cells.ts';
import { gaussLegendre, legendre } from '../integration/gauss-legendre.ts';
import { survival, survivalIntegral } from '../population/population-totals.ts';
import { upperEnvelope } from '../screening/upper-envelope.ts';

/** Items for buyers of goods: K qualities an item, one after another, what is paid for it and what it costs. Beside them anybody may take nothing. */
export interface GoodsMenu {
  readonly quality: Float64Array;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
}

/** What a menu brings per buyer, in money; `error` is what profit and κ times rents may be off by. `shares` of all buyers take each item. */
export interface GoodsSales {
  readonly revenue: number;
  readonly cost: number;
  readonly rent: number;
  readonly shares: Float64Array;
  readonly error: number;
}

const NODES = 3;
/** Intervals of ranks of a good to start with, by how many goods there are but the first. */
const STARTS = { rough: [1, 32, 10, 3, 2], fine: [1, 53, 17, 5, 3] };
/** An interval is halved whose error is above this share of the dearest item, so often at most. */
const TOLERANCE = { rough: 1e-5, fine: 1e-6 };
const MOST_HALVINGS = { rough: [0, 8, 2, 0, 0], fine: [0, 12, 5, 1, 0] };
/** More goods would take too many lines. */
export const MOST_SOLD_GOODS = STARTS.fine.length;

/** Places of the integral over all goods but the first: a weight and a rank for each of these goods. */
interface Line {
  readonly weight: number;
  readonly ranks: readonly number[];
}

interface Part {
  readonly value: number;
  readonly error: number;
  readonly lines: readonly Line[];
}

/**
 * What a menu brings when every buyer takes what she likes best, or nothing. Along a line on which only the value of the first good varies, utility is the
 * upper envelope of one straight line an item, and the shares of buyers between its corners are exact. Over the ranks of the other goods it is integrated by Gauss points, in
 * intervals that are halved where the objective's Legendre coefficients do not fall.
 */
export const goodsSales = (population: GoodsPopulation, menu: GoodsMenu, surplusWeight = 0): GoodsSales => {
  const { visitLine, lines, error } = sold(population, menu, surplusWeight, 'fine');
  const shares = new Float64Array(menu.transfers.length);
  let rent = 0;
  for (const line of lines)
    visitLine(line.ranks, (item, mass, left) => {
      rent += line.weight * left;
      if (item < shares.length) shares[item]! += line.weight * mass;
    });
  const sum = (of: Float64Array): number => shares.reduce((total, share, k) => total + share * of[k]!, 0);
  return { revenue: sum(menu.transfers), cost: sum(menu.costs), rent, shares, error };
};

/** Profit and κ times rents alone, to compare menus. */
export const goodsObjective = (population: GoodsPopulation, menu: GoodsMenu, surplusWeight = 0): number =>
  sold(population, menu, surplusWeight, 'rough').value;

type VisitItem = (item: number, mass: number, rent: number) => void;

const sold = (
  { values, dependence }: GoodsPopulation,
  { quality, transfers, costs }: GoodsMenu,
  surplusWeight: number,
  accuracy: keyof typeof TOLERANCE,
) => {
  const goods = values.length;
  const items = transfers.length;
  const slopes = new Float64Array(items + 1);
  for (let k = 0; k < items; k++) slopes[k] = quality[k * goods]!;
  const order = Int32Array.from({ length: items + 1 }, (_, k) => k).sort((a, b) => slopes[a]! - slopes[b]!);
  const paid = new Float64Array(items + 1);
  const hull = new Int32Array(items + 1);
  const first = values[0]!;
  const buyersAt = (ranks: readonly number[]): Distribution =>
    dependence.independent ? first : conditionalDistribution(first, dependence, ranks[0]!);
  const visitLine = (ranks: readonly number[], visit: VisitItem, isCounted = true): void => {
    for (let k = 0; k < items; k++) paid[k] = transfers[k]!;
    ranks.forEach((rank, j) => {
      const value = values[j + 1]!.quantile(rank);
      for (let k = 0; k < items; k++) paid[k]! -= quality[k * goods + j + 1]! * value;
    });
    const size = upperEnvelope(order, items + 1, slopes, paid, hull);
    const buyers = buyersAt(ranks);
    let from = first.min;
    let above = 1;
    for (let h = 0; h < size && from < first.max; h++) {
      const item = hull[h]!;
      const next = hull[h + 1]!;
      const corner = h + 1 < size ? (paid[next]! - paid[item]!) / (slopes[next]! - slopes[item]!) : first.max;
      const to = Math.min(first.max, Math.max(from, corner));
      if (!(to > from)) continue;
      const beyond = survival(buyers, to);
      const mass = above - beyond;
      visit(item, mass, isCounted ? rentOf(buyers, slopes[item]!, paid[item]!, from, to, above, beyond) : 0);
      from = to;
      above = beyond;
    }
  };
  const scale = transfers.reduce((most, paid, k) => Math.max(most, Math.abs(paid - costs[k]!)), 0);
  const valueAt = (ranks: readonly number[]): number => {
    let sum = 0;
    visitLine(
      ranks,
      (item, mass, rent) => {
        if (item < items) sum += mass * (transfers[item]! - costs[item]!);
        sum += surplusWeight * rent;
      },
      surplusWeight > 0,
    );
    return sum;
  };
  const cutsAt = Array.from({ length: goods - 1 }, (_, j) => jumpsAlong(j + 1, values, quality, transfers));
  const integral: Integral = {
    valueAt,
    cutsAt: (j, behind) => cutsAt[j - 1]!(behind),
    tolerance: TOLERANCE[accuracy] * scale,
    starts: STARTS[accuracy][goods - 1]!,
    halvings: MOST_HALVINGS[accuracy][goods - 1]!,
  };
  return { visitLine, ...integrated(integral, goods - 1, []) };
};

/**
 * Ranks of good j at which buyers of all goods before it turn at once: items that are alike in these goods, of which one overtakes another there. What the
 * others are worth is told by the ranks of the goods behind.
 */
const jumpsAlong = (
  j: number,
  values: GoodsPopulation['values'],
  quality: Float64Array,
  transfers: Float64Array,
): ((behind: readonly number[]) => readonly number[]) => {
  const goods = values.length;
  const groups = new Map<string, number[]>();
  const items = transfers.length;
  for (let k = 0; k <= items; k++) {
    const key = Array.from({ length: j }, (_, i) => (k < items ? quality[k * goods + i]! : 0)).join(' ');
    const known = groups.get(key);
    if (known) known.push(k);
    else groups.set(key, [k]);
  }
  const slopes = new Float64Array(items + 1);
  for (let k = 0; k < items; k++) slopes[k] = quality[k * goods + j]!;
  const shared = [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((group) => Int32Array.from(group).sort((a, b) => slopes[a]! - slopes[b]!));
  const paid = new Float64Array(items + 1);
  const hull = new Int32Array(items + 1);
  const along = values[j]!;
  return (behind) => {
    const worth = behind.map((rank, i) => values[j + 1 + i]!.quantile(rank));
    const cuts: number[] = [];
    for (const group of shared) {
      for (const k of group)
        if (k < items)
          paid[k] = worth.reduce((sum, w, i) => sum - w * quality[k * goods + j + 1 + i]!, transfers[k]!);
      const size = upperEnvelope(group, group.length, slopes, paid, hull);
      for (let h = 0; h + 1 < size; h++) {
        const [a, b] = [hull[h]!, hull[h + 1]!];
        const rank = along.cdf((paid[b]! - paid[a]!) / (slopes[b]! - slopes[a]!));
        if (rank > 0 && rank < 1) cuts.push(rank);
      }
    }
    return cuts;
  };
};

/** ∫ U f between two values, which is U(from) S(from) − U(to) S(to) + ∫ q S. */
const rentOf = (
  buyers: Distribution,
  slope: number,
  paid: number,
  from: number,
  to: number,
  above: number,
  beyond: number,
): number =>
  (from * slope - paid) * above -
  (to * slope - paid) * beyond +
  (slope === 0 ? 0 : slope * survivalIntegral(buyers, from, to, above - beyond, () => 1));

const { nodes, weights } = gaussLegendre(NODES);

/** What is integrated over ranks, where it jumps, and how well. */
interface Integral {
  valueAt(ranks: readonly number[]): number;
  cutsAt(j: number, behind: readonly number[]): readonly number[];
  readonly tolerance: number;
  readonly starts: number;
  readonly halvings: number;
}

/** The integral over the ranks of the goods 1 to `left`; those of the goods behind are given. */
const integrated = (of: Integral, left: number, behind: readonly number[]): Part => {
  if (left === 0) return { value: of.valueAt(behind), error: 0, lines: [{ weight: 1, ranks: behind }] };
  let [value, error] = [0, 0];
  const lines: Line[] = [];
  const add = (from: number, to: number, halvings: number): void => {
    let [own, slope, bend, within] = [0, 0, 0, 0];
    const parts = Array.from(nodes, (t, i) => {
      const part = integrated(of, left - 1, [from + t * (to - from), ...behind]);
      const weight = weights[i]! * (to - from);
      own += weight * part.value;
      within += weight * part.error;
      slope += 3 * weight * part.value * legendre(1, 2 * t - 1).value;
      bend += 5 * weight * part.value * legendre(2, 2 * t - 1).value;
      return { weight, part };
    });
    const off = Math.abs(bend) * (slope === 0 ? 1 : Math.min(1, Math.abs(bend / slope)));
    if (off > of.tolerance && halvings < of.halvings) {
      add(from, (from + to) / 2, halvings + 1);
      add((from + to) / 2, to, halvings + 1);
      return;
    }
    value += own;
    error += off + within;
    for (const { weight, part } of parts)
      for (const line of part.lines) lines.push({ weight: weight * line.weight, ranks: line.ranks });
  };
  const even = Array.from({ length: of.starts + 1 }, (_, i) => i / of.starts);
  const ends = [...even, ...of.cutsAt(left, behind)].sort((a, b) => a - b);
  for (let i = 0; i + 1 < ends.length; i++) if (ends[i + 1]! > ends[i]!) add(ends[i]!, ends[i + 1]!, 0);
  return { value, error, lines };
};
