import { type CellSide, type GoodsCells, goodsCells, placeOf } from '../finite/goods-cells.ts';
import { fromAbove, type GoodsFlow } from '../finite/goods-flow.ts';

/** Cells of independent goods of which each is `by` of the given ones along every good, or what is left at the upper end. */
export const coarserGoodsCells = ({ sides, ...population }: GoodsCells, by: number): GoodsCells => {
  const coarse = sides.map(({ ranks, masses }): CellSide => {
    const count = Math.ceil(masses.length / by);
    const sum = (from: number): number =>
      masses.subarray(from, from + by).reduce((all, each) => all + each, 0);
    return {
      ranks: Float64Array.from({ length: count + 1 }, (_, i) => ranks[Math.min(i * by, masses.length)]!),
      masses: Float64Array.from({ length: count }, (_, i) => sum(i * by)),
    };
  });
  const all = coarse.reduce((product, { masses }) => product * masses.length, 1);
  const cells = goodsCells(population, coarse, new Float64Array(all));
  const mass = Float64Array.from({ length: all }, (_, n) =>
    coarse.reduce((product, { masses }, j) => product * masses[placeOf(cells, n, j)]!, 1),
  );
  return { ...cells, mass };
};

/** A flow on coarser cells of independent goods as one on the cells that they are made of: the same field, as that is linear between faces and even on them. */
export const refinedGoodsFlow = (
  cells: GoodsCells,
  coarse: GoodsCells,
  by: number,
  { through }: Pick<GoodsFlow, 'through'>,
): GoodsFlow => {
  const goods = cells.sides.length;
  const share = new Float64Array(goods);
  const refined = through.map(() => new Float64Array(cells.mass.length));
  for (let n = 0; n < cells.mass.length; n++) {
    let whole = 0;
    for (let j = 0; j < goods; j++) whole += Math.floor(placeOf(cells, n, j) / by) * coarse.strides[j]!;
    for (let j = 0; j < goods; j++) {
      const mass = coarse.sides[j]!.masses[placeOf(coarse, whole, j)]!;
      share[j] = mass > 0 ? cells.sides[j]!.masses[placeOf(cells, n, j)]! / mass : 0;
    }
    for (let j = 0; j < goods; j++) {
      const { masses } = cells.sides[j]!;
      const place = placeOf(cells, n, j);
      const mass = coarse.sides[j]!.masses[placeOf(coarse, whole, j)]!;
      const below = masses.subarray(place - (place % by), place).reduce((all, each) => all + each, 0);
      const t = mass > 0 ? below / mass : 0;
      let part = (1 - t) * through[j]![whole]! + t * fromAbove(coarse, through, whole, j);
      for (let i = 0; i < goods; i++) if (i !== j) part *= share[i]!;
      refined[j]![n] = part;
    }
  }
  return { through: refined, pairs: [] };
};
