import type { Copula } from '../distributions/copula.ts';
import type { Distribution } from '../distributions/distribution.ts';

/** Buyers whose values of K goods are jointly distributed: of two by a copula, of more independently. */
export interface GoodsPopulation {
  readonly values: readonly Distribution[];
  readonly dependence: Copula;
}

/**
 * Cells that part such buyers: all products of one interval a good, the last good's changing fastest. Intervals are told by ranks, so that the outermost
 * reach to the ends of the support.
 */
export interface GoodsCells extends GoodsPopulation {
  readonly sides: readonly CellSide[];
  /** The share of the buyers in every cell. */
  readonly mass: Float64Array;
  /** By how many cells one step in a good's values moves. */
  readonly strides: Int32Array;
}

/** The intervals of one good: F at their ends, and the share of the buyers in each. */
export interface CellSide {
  readonly ranks: Float64Array;
  readonly masses: Float64Array;
}

export const goodsCells = (
  population: GoodsPopulation,
  sides: readonly CellSide[],
  mass: Float64Array,
): GoodsCells => {
  const strides = new Int32Array(sides.length);
  for (let j = sides.length - 1, step = 1; j >= 0; j--) {
    strides[j] = step;
    step *= sides[j]!.masses.length;
  }
  return { ...population, sides, mass, strides };
};

/** In which interval of good j a cell is. */
export const placeOf = ({ sides, strides }: GoodsCells, cell: number, j: number): number =>
  Math.floor(cell / strides[j]!) % sides[j]!.masses.length;

/**
 * What is needed of the values within a good's intervals, at places t of [0, 1] in each: a place is a share of the interval's own buyers who are
 * below. `values` w(t), and `slopes` dw/dt = mass/f(w); ends are moved in by a hair, as a density may be 0 or infinite there. `hasGap` says where
 * nobody is in a part of the interval.
 */
export interface SidePlaces {
  readonly values: Float64Array;
  readonly slopes: Float64Array;
  readonly hasGap: Uint8Array;
}

const HAIR = 1e-9;
export const withinHair = (t: number): number => Math.min(1 - HAIR, Math.max(HAIR, t));

export const placesWithin = (
  { breakpoints, quantile, density, cdf, min, max }: Distribution,
  { ranks, masses }: CellSide,
  at: ArrayLike<number>,
): SidePlaces => {
  const cells = masses.length;
  const count = at.length;
  const values = new Float64Array(cells * count);
  const slopes = new Float64Array(cells * count);
  const hasGap = new Uint8Array(cells);
  for (let i = 0; i < cells; i++)
    for (let q = 0; q < count; q++) {
      const t = withinHair(at[q]!);
      const value = quantile(Math.min(1, ranks[i]! + t * masses[i]!));
      values[i * count + q] = value;
      slopes[i * count + q] = masses[i]! / density(value);
    }
  const ends = [min, ...breakpoints, max];
  for (let b = 0; b + 1 < ends.length; b++) {
    const [low, high] = [cdf(ends[b]!), cdf(ends[b + 1]!)];
    if (high > low) continue;
    for (let i = 0; i < cells; i++) if (ranks[i]! <= low && ranks[i + 1]! >= high) hasGap[i] = 1;
  }
  return { values, slopes, hasGap };
};
