import {
  type Copula,
  type Distribution,
  InputError,
  independence,
  limits,
  numberWords,
  requireWithin,
} from '@menusmith/core';
import type { Registry } from '../registry.ts';
import { supportedFrom } from './buyers.ts';
import type { BuyersData } from './buyers-schema.ts';
import { construct } from './construct.ts';
import { gridRange } from './grid-range.ts';
import type { References } from './parameters.ts';
import type { Problems } from './problems.ts';
import type { Buyers, Goods, ProfileBuyers } from './study.ts';
import { readTaskNames } from './task-names.ts';

/** Cells of one good, and of each of two, that a study has unless it says otherwise; of more goods about so many in all. */
const CELLS = { one: 100, two: 24, all: 1000 } as const;
/** Goods of which a message tells the cells one by one. */
const MOST_TOLD = 8;

/**
 * Buyers of K goods whose values are jointly distributed, none below `least`: a grid of even cells, each held by its midpoint, with the exact mass of the cell.
 *
 * A good is a task of weight 1, so that an item with qualities q at the price T is worth Σ w_k q_k − T. A grid of n cells a good has a profit above that
 * of the continuous buyers by O(1/n), as midpoints are half a cell above the values at which the chain's φ would be right; what its menu earns from them, and what no menu
 * can pass, is found afterwards.
 */
export const readGoods = (
  data: BuyersData<'goods'>,
  least: number,
  registry: Registry,
  references: References,
  problems: Problems,
): Buyers | undefined => {
  const before = problems.count();
  const made = data.values.map((call, k) => {
    const own = problems.within('values', k);
    const found = construct(call, registry.distributions, references, own);
    const distribution = found && own.attempt(() => supportedFrom(found.made, least));
    return distribution && { distribution, label: found.label };
  });
  const count = made.length;
  if (count === 0)
    problems.within('values').add(new InputError('goods', 'expected at least one distribution, got none'));
  const dependence = readDependence(data.dependence, count, registry, references, problems);
  const names = readTaskNames(data.names, count, 'good', problems.within('names'));
  const cells = count === 0 ? [] : readCells(data.grid, count, problems.within('grid'));
  if (dependence === undefined || problems.count() > before) return undefined;
  const goods: Goods = {
    values: made.map((good) => good!.distribution),
    dependence: dependence.made,
    cells,
    isGridNamed: data.grid !== undefined,
    labels: { values: made.map((good) => good!.label), dependence: dependence.label },
  };
  const onGrid = problems.attempt(() => goodsOnGrid(goods, names));
  return onGrid && { ...onGrid, remarks: goods.values.flatMap(({ remarks = [] }) => remarks) };
};

/** Buyers of goods as the midpoints of their cells. Throws InputError where no cell has mass. */
export const goodsOnGrid = (goods: Goods, names?: readonly string[]): ProfileBuyers => {
  const count = goods.values.length;
  return {
    kind: 'profiles',
    tasks: {
      weights: new Float64Array(count).fill(1),
      positions: Float64Array.from({ length: count }, (_, k) => (k + 0.5) / count),
      ...(names ? { names } : {}),
    },
    types: cellsOf(goods),
    breaks: [],
    goods,
  };
};

/** A copula joins two; how three and more depend on one another it does not say. */
const readDependence = (
  call: BuyersData<'goods'>['dependence'],
  count: number,
  registry: Registry,
  references: References,
  problems: Problems,
): { readonly made: Copula; readonly label: string } | undefined => {
  if (call === undefined) return { made: independence, label: 'independent' };
  const own = problems.within('dependence');
  const copula = construct(call, registry.copulas, references, own);
  if (copula === undefined || copula.made.independent || count === 2 || count === 0) return copula;
  const message = `a copula joins the values of two goods; expected independent for ${count === 1 ? 'one good' : `${count} goods`}, got ${copula.label}`;
  own.add(new InputError('dependence', message));
  return undefined;
};

const readCells = (
  given: BuyersData<'goods'>['grid'],
  count: number,
  problems: Problems,
): readonly number[] => {
  const cells = given ?? Array.from({ length: count }, () => defaultCells(count));
  if (cells.length !== count) {
    const message = `expected ${count} ${count === 1 ? 'number' : 'numbers'} of cells, one a good, got ${cells.length}`;
    problems.add(new InputError('grid', message));
    return cells;
  }
  const before = problems.count();
  cells.forEach((cell, k) => {
    if (!(Number.isInteger(cell) && cell >= 2))
      problems.within(k).add(new InputError('grid', `expected a whole number of at least 2, got ${cell}`));
  });
  const all = cells.reduce((product, cell) => product * cell, 1);
  const note = cells.length > MOST_TOLD ? '' : ` (${cells.join(' × ')})`;
  if (problems.count() === before) problems.attempt(() => requireWithin(limits.goodsCells, all, [], note));
  return cells;
};

const defaultCells = (count: number): number =>
  count === 1
    ? CELLS.one
    : count === 2
      ? CELLS.two
      : Math.max(2, Math.floor(CELLS.all ** (1 / count) + 1e-9));

/** The same buyers of goods on other cells. */
export const onGoodsCells = (
  buyers: ProfileBuyers,
  { goods, cells }: { readonly goods: Goods; readonly cells: readonly number[] },
): ProfileBuyers => {
  const finer = { ...goods, cells };
  return { ...buyers, goods: finer, types: cellsOf(finer) };
};

/** Every cell as a type, the last good's cell changing fastest; masses sum to 1. */
const cellsOf = ({ values, dependence, cells }: Goods): ProfileBuyers['types'] => {
  const sides = values.map((distribution, k) => goodsSide(distribution, cells[k]!));
  const all = cells.reduce((product, cell) => product * cell, 1);
  const place = new Int32Array(cells.length);
  let total = 0;
  const types = Array.from({ length: all }, (_, n) => {
    for (let k = cells.length - 1, rest = n; k >= 0; k--) {
      place[k] = rest % cells[k]!;
      rest = Math.floor(rest / cells[k]!);
    }
    const mass = dependence.independent
      ? sides.reduce((product, { masses }, k) => product * masses[place[k]!]!, 1)
      : rectangleMass(dependence, sides[0]!.ranks, sides[1]!.ranks, place[0]!, place[1]!);
    total += mass;
    return { mass, values: Float64Array.from(sides, ({ midpoints }, k) => midpoints[place[k]!]!) };
  });
  if (!(total > 0 && Number.isFinite(total)))
    throw new InputError(
      'masses',
      `expected values that have mass, got ${numberWords(total)} in all cells of the grid`,
    );
  return types.map((type) => ({ ...type, mass: type.mass / total }));
};

/** The cells of one good: their midpoints, the mass of each, F at their ends, and how wide they are. */
export interface GoodsSide {
  readonly midpoints: Float64Array;
  readonly masses: Float64Array;
  readonly ranks: Float64Array;
  readonly width: number;
}

export const goodsSide = (distribution: Distribution, cells: number): GoodsSide => {
  const { min, max } = gridRange(distribution);
  const width = (max - min) / cells;
  const end = (i: number): number => min + i * width;
  // Who is beyond the ends of the grid counts for its outermost cells.
  const ranks = Float64Array.from({ length: cells + 1 }, (_, i) =>
    i === 0 ? 0 : i === cells ? 1 : distribution.cdf(end(i)),
  );
  const rests = Float64Array.from({ length: cells + 1 }, (_, i) =>
    i === 0 ? 1 : i === cells ? 0 : distribution.survival(end(i)),
  );
  return {
    midpoints: Float64Array.from({ length: cells }, (_, i) => min + (i + 0.5) * width),
    // Of 1 − F in the upper half, where F rounds.
    masses: Float64Array.from({ length: cells }, (_, i) =>
      Math.max(0, ranks[i]! > 0.5 ? rests[i]! - rests[i + 1]! : ranks[i + 1]! - ranks[i]!),
    ),
    ranks,
    width,
  };
};

/** C over the rectangle of ranks of cell (i, j). */
const rectangleMass = (
  copula: Copula,
  first: Float64Array,
  second: Float64Array,
  i: number,
  j: number,
): number => {
  const [u, v] = [first[i]!, second[j]!];
  const [above, right] = [first[i + 1]!, second[j + 1]!];
  const within = copula.cdf(above, right) - copula.cdf(u, right) - copula.cdf(above, v) + copula.cdf(u, v);
  return Math.max(0, within);
};
