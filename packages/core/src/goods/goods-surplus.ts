import { type GoodsCells, placeOf, placesWithin, type SidePlaces } from '../finite/goods-cells.ts';
import { fromAbove, type GoodsFlow } from '../finite/goods-flow.ts';
import { type ProfileSupply, profilePoint } from '../supply/profile-supply.ts';
import { type CellField, cellField, spreadOf } from './goods-field.ts';

/** An integral by a rule, and by the same rule with half as many steps. */
export interface CellSurplus {
  readonly fine: number;
  readonly coarse: number;
}

/** Steps within the cells in the corners of all ranks, where a copula's density can be infinite, and by which power they shorten towards the ends. */
const CORNER_STEPS = 32;
const GRADING = 4;

/**
 * The integral of f S(φ) over a cell: every part of it counts with its exact mass, and the mean of what its corners say. `isDiagonal` says that S∘φ is a sum of
 * functions of one t each, so that places along the diagonal do.
 */
export const cellSurplus = (
  cells: GoodsCells,
  supply: ProfileSupply,
  flow: GoodsFlow,
  steps: number,
  isDiagonal: boolean,
): ((cell: number) => CellSurplus) => {
  const even = ruleAt(cells, supply, flow, evenPlaces(steps), isDiagonal);
  if (cells.dependence.independent) return even;
  const graded = ruleAt(cells, supply, flow, gradedPlaces(CORNER_STEPS), isDiagonal);
  const isOutermost = (n: number, j: number): boolean =>
    [0, cells.sides[j]!.masses.length - 1].includes(placeOf(cells, n, j));
  return (n) => (cells.sides.every((_, j) => isOutermost(n, j)) ? graded(n) : even(n));
};

const evenPlaces = (steps: number): Float64Array =>
  Float64Array.from({ length: steps + 1 }, (_, q) => q / steps);

const gradedPlaces = (steps: number): Float64Array =>
  evenPlaces(steps).map((t) => (t <= 0.5 ? (2 * t) ** GRADING / 2 : 1 - (2 - 2 * t) ** GRADING / 2));

const ruleAt = (
  cells: GoodsCells,
  supply: ProfileSupply,
  { through, pairs }: GoodsFlow,
  ends: Float64Array,
  isDiagonal: boolean,
): ((cell: number) => CellSurplus) => {
  const goods = cells.sides.length;
  const { mass } = cells;
  const steps = ends.length - 1;
  const places = cells.sides.map((side, j) => placesWithin(cells.values[j]!, side, ends));
  const held = pairsOf(cells, pairs);
  const point = profilePoint(supply);
  const ones = new Float64Array(goods).fill(1);
  const φ = new Float64Array(goods);
  const at = new Int32Array(goods);
  const fieldOf = cellField(cells, ends);
  /** a_j. */
  const passingAt = (n: number, j: number, field: CellField | undefined): number => {
    const t = ends[at[j]!]!;
    if (field === undefined) return (1 - t) * through[j]![n]! + t * fromAbove(cells, through, n, j);
    let passing = 0;
    for (let i = 0; i < goods; i++)
      passing +=
        through[i]![n]! * field.share(j, i, 0, at[0]!, at[1]!) +
        fromAbove(cells, through, n, i) * field.share(j, i, 1, at[0]!, at[1]!);
    return passing;
  };
  const virtualAt = (n: number, j: number, ρ: number, field: CellField | undefined): number => {
    const i = placeOf(cells, n, j) * (steps + 1) + at[j]!;
    const { values, slopes } = places[j]!;
    const passing = passingAt(n, j, field);
    let moved = passing === 0 ? 0 : passing * slopes[i]!;
    for (let e = held.offsets[n]!; e < held.offsets[n + 1]!; e++) {
      const other = placeOf(cells, held.other[e]!, j) * (steps + 1) + at[j]!;
      moved += held.amount[e]! * (values[other]! - values[i]!);
    }
    return moved === 0 ? values[i]! : values[i]! - moved / ρ;
  };
  return (n) => {
    if (isInfinite(cells, places, through, n)) return { fine: Infinity, coarse: Infinity };
    if (!(mass[n]! > 0)) return { fine: 0, coarse: 0 };
    const field = fieldOf?.(n);
    /** The rule with every `stride`-th step. */
    const rule = (stride: number): number => {
      let sum = 0;
      const inner = steps / stride;
      const points = isDiagonal ? inner + 1 : (inner + 1) ** goods;
      const spread = field && spreadOf(field, inner, stride);
      for (let p = 0; p < points; p++) {
        let weight = mass[n]!;
        for (let j = 0, rest = p; j < goods; j++) {
          const q = isDiagonal ? p : rest % (inner + 1);
          rest = Math.floor(rest / (inner + 1));
          at[j] = q * stride;
          if (!isDiagonal || j === 0) weight *= (q === 0 || q === inner ? 0.5 : 1) / inner;
        }
        if (spread) weight = spread[p]!;
        const ρ = field ? field.density(at[0]!, at[1]!) : mass[n]!;
        if (!(ρ > 0 && weight > 0)) continue;
        for (let j = 0; j < goods; j++) φ[j] = virtualAt(n, j, ρ, field);
        supply.supply(φ, ones, goods, point);
        sum += weight * (point.solved ? point.surplus : Number.NaN);
      }
      return sum;
    };
    return { fine: rule(1), coarse: rule(2) };
  };
};

/** Where nobody is S grows without bound against a flow upwards: in a cell without buyers, or a part of one. */
const isInfinite = (
  cells: GoodsCells,
  places: readonly SidePlaces[],
  through: GoodsFlow['through'],
  n: number,
): boolean => {
  for (let j = 0; j < places.length; j++) {
    if (cells.mass[n]! > 0 && places[j]!.hasGap[placeOf(cells, n, j)] === 0) continue;
    if (through[j]![n]! < 0 || fromAbove(cells, through, n, j) < 0) return true;
  }
  return false;
};

/** Pairs by cell. */
const pairsOf = ({ mass }: GoodsCells, pairs: GoodsFlow['pairs']) => {
  const offsets = new Int32Array(mass.length + 1);
  for (const { n, k } of pairs) {
    offsets[n + 1]!++;
    offsets[k + 1]!++;
  }
  for (let n = 0; n < mass.length; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice(0, mass.length);
  const other = new Int32Array(2 * pairs.length);
  const amount = new Float64Array(2 * pairs.length);
  const put = (n: number, k: number, each: number): void => {
    other[next[n]!] = k;
    amount[next[n]!++] = each;
  };
  for (const { n, k, amount: each } of pairs) {
    put(n, k, each);
    put(k, n, each);
  }
  return { offsets, other, amount };
};
