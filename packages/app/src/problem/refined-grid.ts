import { gradedScales, limits, type ObservableScale } from '@menusmith/core';
import { onGoodsCells } from '../study/goods.ts';
import { gridRange } from '../study/grid-range.ts';
import { isSoldBeyondGrid, isSolvedOnGrid } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import { DEFAULT_GRID } from './finite-buyers.ts';

/** Values and scales of the coarsest grid that a solver makes. */
const COARSEST = [8, 8] as const;
/** Cells of each of so many goods to begin with. */
const GOODS = [0, 50, 12, 10, 5, 3] as const;

/** Most types of a grid where the study names no tolerance: some seconds, and as fine as any that it could expect. */
const QUICK = { scales: 4096, goods: 1000 } as const;

/** Whether the solver refines a grid of its own: for continuous buyers who need one, and whose study names none. */
export const refinesGrid = (study: Study): boolean => {
  const { buyers } = study;
  if (buyers.kind === 'value-scale') return isSolvedOnGrid(study) && buyers.grid === undefined;
  return isSoldBeyondGrid(study) && buyers.kind === 'profiles' && !buyers.goods!.isGridNamed;
};

/** The cells a side of the grids that the solver makes one after the other: each has twice as many as the last, up to the most that are solved, or that are quick where no tolerance is named. */
export function* refinedCells({
  buyers,
  implementation,
  solver,
}: Study): Generator<readonly number[], void, void> {
  const goods = buyers.kind === 'profiles' ? buyers.goods!.values.length : 0;
  const quick = goods > 0 ? QUICK.goods : QUICK.scales;
  const whole = goods > 0 ? limits.goodsCells.most : limits.gridCells.most;
  const largest = solver.isToleranceNamed ? whole : quick;
  // What buyers make of each other's tariffs is simulated for so many types.
  const most = implementation === 'direct' ? largest : Math.min(largest, limits.simulatedTypes.most);
  let cells: readonly number[] = goods > 0 ? Array.from({ length: goods }, () => GOODS[goods]!) : COARSEST;
  while (cells.reduce((product, n) => product * n, 1) <= most) {
    yield cells;
    cells = cells.map((n) => 2 * n);
  }
}

/** The study on a grid of these cells. Those of scales are narrower where seen ones would bring more. */
export const onCells = (study: Study, cells: readonly number[], seen: () => ObservableScale): Study => {
  const { buyers } = study;
  if (buyers.kind === 'profiles')
    return { ...study, buyers: onGoodsCells(buyers, { goods: buyers.goods!, cells }) };
  if (buyers.kind !== 'value-scale') return study;
  const [values, scales] = cells as readonly [number, number];
  const scaleEdges = gradedScales(seen(), buyers.scale, gridRange(buyers.scale), scales);
  return { ...study, buyers: { ...buyers, grid: { values, scales, scaleEdges } } };
};

/** The study on the grid that it names, or else on one of the usual size: where it is solved again and again, at other prices, grids must not differ. */
export const onDefaultGrid = (study: Study): Study => {
  const { buyers } = study;
  if (!refinesGrid(study)) return study;
  if (buyers.kind === 'profiles')
    return { ...study, buyers: { ...buyers, goods: { ...buyers.goods!, isGridNamed: true } } };
  return buyers.kind === 'value-scale' ? { ...study, buyers: { ...buyers, grid: DEFAULT_GRID } } : study;
};
