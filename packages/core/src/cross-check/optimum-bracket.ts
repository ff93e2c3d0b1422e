import type { Copula } from '../distributions/copula.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { representativeType } from '../distributions/representative-index.ts';
import { chainVirtualValues, poolAdjacentViolators } from '../screening/ironed-chain.ts';
import { type EfficientSupply, supplyPoint } from '../supply/efficient-supply.ts';
import { type RankCells, rankCells } from './rank-cells.ts';

/** Two numbers between which another lies for certain. */
export interface Bracket {
  readonly low: number;
  readonly high: number;
}

/** What an optimal menu earns and what the first best is worth, coarsely, by a way that shares neither quadrature nor virtual values with a solve. */
export interface OptimumBracket {
  /** The objective: profit, and κ times consumer surplus. */
  readonly profit: Bracket;
  readonly welfare: Bracket;
  /** False where some supply could not be solved: then the numbers say nothing. */
  readonly solved: boolean;
}

/** How many even cells of ranks there are, and how often the top one is halved. Scales are at most 1, and have no tail. */
export interface CellCounts {
  readonly values: number;
  readonly tail: number;
  readonly scales: number;
}

/**
 * One-dimensional types from F⁻¹ alone, in cells of equal mass. The optimum rises when types rise: with every type taken for the lowest of her cell
 * the best menu earns less than from the true types, and with every type taken for the highest it earns more.
 *
 * Proof: in the optimal menu for the lower types the margin T − C rises in the type, since she is served for φ̄ ≤ θ. Offered to the true types, each of
 * whom chooses no less than the lower type that stands for her, it earns at least as much, and leaves them at least as much surplus.
 */
export const chainBracket = (
  types: Distribution,
  supply: EfficientSupply,
  { values, tail }: Pick<CellCounts, 'values' | 'tail'>,
  surplusWeight = 0,
): OptimumBracket => {
  const { low, high, mass } = rankCells(types, values, tail);
  return bracketOf(
    [{ weight: 1, below: 1, above: 1 }],
    servedChain(low, mass, surplusWeight),
    servedChain(high, mass, surplusWeight),
    supply,
  );
};

/** Distinct types, ascending, with φ̄. */
interface ServedChain {
  readonly value: Float64Array;
  readonly mass: Float64Array;
  readonly served: Float64Array;
}

/** `value` ascends. Types of equal value are one type: the chain would divide their mass. */
const servedChain = (value: Float64Array, mass: Float64Array, surplusWeight: number): ServedChain => {
  const values: number[] = [];
  const masses: number[] = [];
  for (let k = 0; k < value.length; k++) {
    if (!(mass[k]! > 0)) continue;
    if (value[k] === values.at(-1)) masses[masses.length - 1]! += mass[k]!;
    else {
      values.push(value[k]!);
      masses.push(mass[k]!);
    }
  }
  const distinct = { value: Float64Array.from(values), mass: Float64Array.from(masses) };
  return {
    ...distinct,
    served: poolAdjacentViolators(
      chainVirtualValues(distinct.value, distinct.mass, surplusWeight),
      distinct.mass,
    ),
  };
};

/** A cell of scales: its mass, its smallest and its largest. */
interface ScaleRange {
  readonly weight: number;
  readonly below: number;
  readonly above: number;
}

/** The optimum and the first best over cells of scales, with all values at one end of their cells and all scales as well; +∞ where that end is. */
const bracketOf = (
  scales: readonly ScaleRange[],
  low: ServedChain,
  high: ServedChain,
  supply: EfficientSupply,
): OptimumBracket => {
  const point = supplyPoint(supply.inputs.length);
  let solved = true;
  const total = ({ mass }: ServedChain, served: Float64Array, scale: number): number => {
    if (!(scale > 0)) return 0;
    let sum = 0;
    for (let k = 0; k < served.length; k++) {
      const psi = served[k]!;
      if (psi <= 0) continue;
      if (psi === Number.POSITIVE_INFINITY) return psi;
      supply.supply(psi, scale, point);
      solved &&= point.solved;
      sum += mass[k]! * point.surplus;
    }
    return sum;
  };
  const sum = { profit: { low: 0, high: 0 }, welfare: { low: 0, high: 0 } };
  // With a type at +∞ the chain has no virtual values.
  const isBounded = high.value.at(-1)! < Number.POSITIVE_INFINITY;
  for (const { weight, below, above } of scales) {
    sum.profit.low += weight * total(low, low.served, below);
    sum.welfare.low += weight * total(low, low.value, below);
    sum.profit.high += isBounded ? weight * total(high, high.served, above) : Number.POSITIVE_INFINITY;
    sum.welfare.high += isBounded ? weight * total(high, high.value, above) : Number.POSITIVE_INFINITY;
  }
  return { ...sum, solved };
};

/** Independent values and scales: each scale by itself, a cell of scales counted as its smallest and as its largest, since a larger buyer can leave tasks idle. */
export const scaleByScaleBracket = (
  values: Distribution,
  scales: Distribution,
  supply: EfficientSupply,
  counts: CellCounts,
  surplusWeight = 0,
): OptimumBracket => {
  const { low, high, mass } = rankCells(values, counts.values, counts.tail);
  const cells = rankCells(scales, counts.scales);
  const ranges = Array.from(cells.mass, (weight, l) => ({
    weight,
    below: cells.low[l]!,
    above: cells.high[l]!,
  }));
  const [atLow, atHigh] = [low, high].map((value) => servedChain(value, mass, surplusWeight));
  return bracketOf(ranges, atLow!, atHigh!, supply);
};

/** Values and scales in rectangles of ranks, whose masses C gives exactly whatever the dependence. */
interface Rectangles {
  readonly values: RankCells;
  readonly scales: RankCells;
  /** Value by value. */
  readonly mass: Float64Array;
}

const rectangles = (
  values: Distribution,
  scales: Distribution,
  copula: Copula,
  counts: CellCounts,
): Rectangles => {
  const last = latest.get(copula);
  if (last?.of === values && last.and === scales && last.counts === counts) return last.made;
  const made = cutInRectangles(values, scales, copula, counts);
  latest.set(copula, { of: values, and: scales, counts, made });
  return made;
};

/** The last rectangles of each copula: a Gaussian one takes longer to integrate than all the rest, and costs change more often. */
const latest = new WeakMap<
  Copula,
  {
    readonly of: Distribution;
    readonly and: Distribution;
    readonly counts: CellCounts;
    readonly made: Rectangles;
  }
>();

const cutInRectangles = (
  values: Distribution,
  scales: Distribution,
  copula: Copula,
  counts: CellCounts,
): Rectangles => {
  const own = rankCells(values, counts.values, counts.tail);
  const other = rankCells(scales, counts.scales);
  const below = Array.from(own.ranks, (u) => other.ranks.map((v) => copula.cdf(u, v)));
  const [rows, columns] = [own.mass.length, other.mass.length];
  const mass = Float64Array.from({ length: rows * columns }, (_, n) => {
    const [i, j] = [Math.floor(n / columns), n % columns];
    return Math.max(0, below[i + 1]![j + 1]! - below[i]![j + 1]! - below[i + 1]![j]! + below[i]![j]!);
  });
  const total = mass.reduce((sum, f) => sum + f, 0);
  return { values: own, scales: other, mass: mass.map((f) => f / total) };
};

/** Token packages through θ = w s^{1−σ}: θ rises in value and scale, so that a rectangle's corners are the ends of its θ. */
export const indexBracket = (
  values: Distribution,
  scales: Distribution,
  degree: number,
  copula: Copula,
  supply: EfficientSupply,
  counts: CellCounts,
  surplusWeight = 0,
): OptimumBracket => {
  const { values: own, scales: other, mass } = rectangles(values, scales, copula, counts);
  const columns = other.mass.length;
  const corners = (value: Float64Array, scale: Float64Array): Float64Array => {
    const shrunk = scale.map((s) => representativeType(1, s, degree));
    return mass.map((_, n) => value[Math.floor(n / columns)]! * shrunk[n % columns]!);
  };
  const [low, high] = [corners(own.low, other.low), corners(own.high, other.high)];
  return bracketOf(
    [{ weight: 1, below: 1, above: 1 }],
    servedChain(...sortedInto(low, mass, 'down'), surplusWeight),
    servedChain(...sortedInto(high, mass, 'up'), surplusWeight),
    supply,
  );
};

/** So many places, of the types' own, that many types are counted at: the chain takes as long as it has types. */
const PLACES = 800;

/** Types in ascending order at few places, each moved down, or up, to the next one: what is certain stays so. */
const sortedInto = (
  types: Float64Array,
  mass: Float64Array,
  way: 'down' | 'up',
): [Float64Array, Float64Array] => {
  const sorted = types.slice().sort();
  const stride = Math.max(1, Math.floor(sorted.length / PLACES));
  const places = sorted.filter((_, k) => k % stride === 0 || k === sorted.length - 1);
  const masses = new Float64Array(places.length);
  for (let n = 0; n < types.length; n++) {
    const type = types[n]!;
    // The last place at or below the type.
    let from = 0;
    let to = places.length - 1;
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (places[middle]! <= type) from = middle;
      else to = middle - 1;
    }
    const isHere = way === 'down' || places[from] === type;
    masses[isHere ? from : from + 1]! += mass[n]!;
  }
  return [places, masses];
};

/**
 * Allocations for values and scales that depend on each other: at least what the best single item earns, and no more than the first best.
 *
 * An item made for (w, s) and sold at her whole surplus is bought by everybody of at least her value and scale: it earns S(w, s) from each.
 */
export const singleItemBracket = (
  values: Distribution,
  scales: Distribution,
  copula: Copula,
  supply: EfficientSupply,
  counts: CellCounts,
): OptimumBracket => {
  const { values: own, scales: other, mass } = rectangles(values, scales, copula, counts);
  const [rows, columns] = [own.mass.length, other.mass.length];
  const point = supplyPoint(supply.inputs.length);
  let solved = true;
  const surplus = (value: number, scale: number): number => {
    if (!(scale > 0 && value > 0)) return 0;
    if (!(value < Number.POSITIVE_INFINITY && scale < Number.POSITIVE_INFINITY))
      return Number.POSITIVE_INFINITY;
    supply.supply(value, scale, point);
    solved &&= point.solved;
    return point.surplus;
  };
  const above = new Float64Array(columns + 1);
  const welfare = { low: 0, high: 0 };
  let profit = 0;
  for (let i = rows - 1; i >= 0; i--) {
    let row = 0;
    for (let j = columns - 1; j >= 0; j--) {
      const f = mass[i * columns + j]!;
      row += f;
      above[j]! += row;
      const lowest = surplus(own.low[i]!, other.low[j]!);
      profit = Math.max(profit, above[j]! * lowest);
      welfare.low += f * lowest;
      if (f > 0) welfare.high += f * surplus(own.high[i]!, other.high[j]!);
    }
  }
  return { profit: { low: profit, high: welfare.high }, welfare, solved };
};
