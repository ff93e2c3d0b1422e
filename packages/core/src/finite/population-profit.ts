import { conditionalDistribution } from '../conditional-distribution.ts';
import { upperEnvelope } from '../upper-envelope.ts';
import type { CertifiedMenu } from './certified-menu.ts';
import { type CurvedSupply, curvedPoint } from './curved-supply.ts';
import type { ValueScalePopulation } from './observable-scale.ts';
import { payTempted } from './rebate.ts';
import { type ValueScaleTypes, valueScaleTypes } from './value-scale-types.ts';

/** A menu for a continuous population of values and scales. */
export interface PopulationMenu {
  /** Scales for which items are made, ascending. */
  readonly scales: Float64Array;
  /** Quality of every item on the first task blocks, between consecutive scales: `scales.length` numbers an item. */
  readonly quality: Float64Array;
  readonly transfers: Float64Array;
  readonly costs: Float64Array;
  /** Served values on the same blocks. */
  readonly served: Float64Array;
}

/** Scales of the completed menu to one of the grid's; odd, so that the grid's are among them. A fine grid is left as it is. */
export const refinementOf = (gridScales: number): number => (gridScales <= 64 ? 3 : 1);

/**
 * A grid's own menu, and the same completed between its scales, so that buyers of every scale find an item of theirs: served values and
 * rents are interpolated linearly in the scale, and items are made efficiently for them. Then rents are raised until every type on the
 * grid's values and the new scales likes her own item best. Even cells of scales are taken for granted.
 */
export const completedMenu = (
  grid: ValueScaleTypes,
  gridScales: Float64Array,
  { items, served: gridServed, choices, rents }: CertifiedMenu,
  representative: Int32Array,
  range: { readonly min: number; readonly max: number },
  supply: CurvedSupply,
): { readonly completed: PopulationMenu; readonly own: PopulationMenu } => {
  const coarse = gridScales.length;
  const refinement = refinementOf(coarse);
  const fine = coarse * refinement;
  const scales = Float64Array.from(
    { length: fine },
    (_, j) => range.min + ((range.max - range.min) * (j + 0.5)) / fine,
  );
  const weights = scales.map((s, j) => (j === 0 ? s : s - scales[j - 1]!));
  const distinct = [...new Set(grid.values)].sort((a, b) => a - b);
  /** Served value of the type (value index a, scale index l) on task block m, and her rent. */
  const place = new Map<string, number>();
  for (let n = 0; n < grid.count; n++) place.set(`${grid.values[n]} ${grid.reach[n]}`, n);
  const typeAt = (a: number, l: number): number => place.get(`${distinct[a]} ${l + 1}`) ?? -1;
  const servedAt = (n: number, s: number): number => {
    const item =
      n < 0
        ? -1
        : Math.max(choices[n]!, representative[n]! >= 0 && choices[n]! < 0 ? representative[n]! : -1);
    if (item < 0) return Number.NEGATIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (let b = items.offsets[item]!; b < items.offsets[item + 1]!; b++) {
      last = gridServed[b]!;
      if (s <= gridScales[items.ends[b]! - 1]!) return last;
    }
    return last;
  };
  const count = distinct.length * fine;
  const values = new Float64Array(count);
  const reach = new Int32Array(count);
  const served = new Float64Array(count * fine);
  const quality = new Float64Array(count * fine);
  const transfers = new Float64Array(count);
  const costs = new Float64Array(count);
  const point = curvedPoint(supply);
  const ends: number[] = [];
  const runs: number[] = [];
  const offsets = new Int32Array(count + 1);
  for (let a = 0; a < distinct.length; a++) {
    for (let j = 0; j < fine; j++) {
      const k = a * fine + j;
      const s = scales[j]!;
      let l = 0;
      while (l + 1 < coarse && gridScales[l + 1]! <= s) l++;
      const [low, high] = [typeAt(a, l), typeAt(a, Math.min(l + 1, coarse - 1))];
      const isInside = s >= gridScales[0]! && l + 1 < coarse;
      const t = isInside ? (s - gridScales[l]!) / (gridScales[l + 1]! - gridScales[l]!) : 0;
      values[k] = distinct[a]!;
      reach[k] = j + 1;
      for (let m = 0; m <= j; m++) {
        const middle = scales[m]! - weights[m]! / 2;
        const lower = servedAt(low, middle);
        const upper = servedAt(high, middle);
        // Beyond the lower scale only the upper type has these tasks.
        const p = t === 0 ? lower : middle > gridScales[l]! ? upper : (1 - t) * lower + t * upper;
        served[k * fine + m] = Number.isNaN(p) ? Number.NEGATIVE_INFINITY : p;
      }
      const own = served.subarray(k * fine, k * fine + j + 1);
      supply.supply(
        own.map((p) => Math.max(p, 0)),
        weights,
        j + 1,
        point,
      );
      let worth = 0;
      for (let m = 0; m <= j; m++) {
        quality[k * fine + m] = point.quality[m]!;
        worth += weights[m]! * values[k]! * point.quality[m]!;
      }
      costs[k] = point.cost;
      const rentOf = (n: number): number => (n < 0 ? 0 : Math.max(0, rents[n]!));
      const rent =
        s < gridScales[0]! ? (rentOf(low) * s) / gridScales[0]! : (1 - t) * rentOf(low) + t * rentOf(high);
      transfers[k] = worth - rent;
      // Runs of tasks with one quality: most items have one or two.
      for (let m = 0; m <= j; m++) {
        const q = quality[k * fine + m]!;
        if (m > 0 && q === runs.at(-1)) ends[ends.length - 1] = m + 1;
        else {
          ends.push(m + 1);
          runs.push(q);
        }
      }
      offsets[k + 1] = ends.length;
    }
  }
  const types = valueScaleTypes(values, reach, weights);
  const own = itemsOf({ scales, quality, transfers: transfers.slice(), costs, served }, (j) => {
    return j % refinement === (refinement - 1) / 2;
  });
  const money = transfers.reduce((most, transfer) => Math.max(most, transfer), 0);
  payTempted(
    { types, mass: new Float64Array(count).fill(1 / count), supply },
    { offsets, ends: Int32Array.from(ends), quality: Float64Array.from(runs) },
    transfers,
    { from: new Int32Array(0), to: new Int32Array(0) },
    1e-10 * money,
  );
  return { completed: { scales, quality, transfers, costs, served }, own };
};

/** The items of a menu that are made for these scales, by position. */
const itemsOf = (menu: PopulationMenu, isKept: (scale: number) => boolean): PopulationMenu => {
  const fine = menu.scales.length;
  const kept: number[] = [];
  for (let k = 0; k < menu.transfers.length; k++) if (isKept(k % fine)) kept.push(k);
  const rows = (of: Float64Array): Float64Array => {
    const out = new Float64Array(kept.length * fine);
    kept.forEach((k, i) => {
      out.set(of.subarray(k * fine, (k + 1) * fine), i * fine);
    });
    return out;
  };
  const column = (of: Float64Array): Float64Array => Float64Array.from(kept, (k) => of[k]!);
  return {
    ...menu,
    quality: rows(menu.quality),
    served: rows(menu.served),
    transfers: column(menu.transfers),
    costs: column(menu.costs),
  };
};

/**
 * E[T − C] when every buyer of a continuous population takes the item of the menu that she likes best, or none.
 *
 * At each scale utilities are lines in the value, so that buyers between two kinks of their upper envelope take one item: exact in the value.
 * Over scales it is the midpoint rule on the menu's own cells, of order 2.
 */
export const populationProfit = (
  { values, scales, copula }: ValueScalePopulation,
  { scales: points, quality, transfers, costs }: PopulationMenu,
): number => {
  const fine = points.length;
  const count = transfers.length;
  const width = fine > 1 ? points[1]! - points[0]! : scales.max - scales.min;
  const slopes = new Float64Array(count + 1);
  const prices = new Float64Array(count + 1);
  const hull = new Int32Array(count + 1);
  // The item after the last is none.
  prices.set(transfers);
  let profit = 0;
  let past = 0;
  for (let j = 0; j < fine; j++) {
    const weight = points[j]! - past;
    past = points[j]!;
    for (let k = 0; k < count; k++) slopes[k]! += weight * quality[k * fine + j]!;
    const mass = scales.cdf(points[j]! + width / 2) - scales.cdf(points[j]! - width / 2);
    if (!(mass > 0)) continue;
    const order = Int32Array.from({ length: count + 1 }, (_, k) => k).sort((a, b) => slopes[a]! - slopes[b]!);
    const size = upperEnvelope(order, count + 1, slopes, prices, hull);
    const { survival } = conditionalDistribution(
      values,
      copula,
      scales.cdf(points[j]!),
      scales.survival(points[j]!),
    );
    let above = 1;
    for (let h = 0; h < size; h++) {
      const k = hull[h]!;
      const next = hull[h + 1]!;
      const kink =
        h + 1 < size ? (prices[next]! - prices[k]!) / (slopes[next]! - slopes[k]!) : Number.POSITIVE_INFINITY;
      const beyond = kink <= values.min ? 1 : kink >= values.max ? 0 : survival(kink);
      if (k < count && above > beyond) profit += mass * (above - beyond) * (transfers[k]! - costs[k]!);
      above = Math.min(above, beyond);
    }
  }
  return profit;
};
