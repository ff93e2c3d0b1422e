import { createRegistry, type ProfileBuyers, parseStudy, standardPlugin } from '@menusmith/app';
import { describe, expect, it } from 'vitest';
import {
  goodsCells,
  isFast,
  withGood,
  withoutGood,
} from '../../packages/explorer/src/controls/changed-goods.ts';

const registry = createRegistry([standardPlugin]);
const cellsOf = (buyers: object): readonly number[] =>
  (
    parseStudy(JSON.stringify({ cost: { use: 'linear', rate: 0, max: 1 }, buyers }), {
      file: 'study',
      registry,
    }).buyers as ProfileBuyers
  ).goods!.cells;

const uniform = { use: 'uniform', min: 0, max: 1 };
const beta = { use: 'beta', a: 2, b: 3 };
const buyers = {
  kind: 'goods',
  names: ['good 3', 'b'],
  values: [uniform, beta],
  dependence: { use: 'gaussian', rho: 0.4 },
  grid: [24, 10],
};

describe('goods in the page', () => {
  it('one more is like the last one, with a name of its own, no copula, and a grid that is solved while one waits', () => {
    const more = withGood(buyers);
    expect(more).toEqual({
      kind: 'goods',
      names: ['good 3', 'b', 'good 4'],
      values: [uniform, beta, beta],
      grid: [12, 12, 12],
    });
    expect(cellsOf(more)).toEqual([12, 12, 12]);
    expect(withGood({ kind: 'goods', values: [uniform] })).toEqual({
      kind: 'goods',
      values: [uniform, uniform],
    });
  });

  it('one less takes its name and its cells with it', () => {
    const less = withoutGood(buyers, 0);
    expect(less).toEqual({ kind: 'goods', names: ['b'], values: [beta], grid: [10] });
    expect(cellsOf(less)).toEqual([10]);
    const two = withoutGood(
      { ...buyers, values: [uniform, beta, beta], names: undefined, grid: undefined },
      2,
    );
    expect(two.dependence).toEqual(buyers.dependence);
  });

  it('every number of cells on offer is accepted', () => {
    for (const goods of [1, 2, 3, 4]) {
      const offered = goodsCells.filter((cells) => isFast(cells, goods));
      expect(offered.length).toBeGreaterThan(1);
      for (const cells of offered) {
        const grid = Array.from({ length: goods }, () => cells);
        expect(cellsOf({ kind: 'goods', values: grid.map(() => uniform), grid })).toEqual(grid);
      }
    }
  });
});
