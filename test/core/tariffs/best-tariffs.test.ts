import {
  bestMarkups,
  intendedProfit,
  simulateTariffs,
  singleTypeCells,
  surplusTable,
  tariffsFromMarkups,
  typeCells,
} from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, technologyNamed } from '../reference-cases.ts';

const table = surplusTable(technologyNamed('EX1').closedForm, 1, 1);
const smallTable = surplusTable(technologyNamed('EX1').closedForm, 0.4, 1);

/** A few cells: ascending values and masses. */
const cellsOf = fc
  .array(fc.tuple(fc.integer({ min: 10, max: 100 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) => {
    const distinct = [...new Map(rows).entries()].sort(([a], [b]) => a - b);
    const total = distinct.reduce((sum, [, n]) => sum + n, 0);
    return singleTypeCells(
      Float64Array.from(distinct, ([v]) => v / 100),
      Float64Array.from(distinct, ([, n]) => n / total),
    );
  });

describe('the best menu of two-part tariffs on few cells', () => {
  test('earns at least what any nonincreasing markups on a grid earn', () => {
    const grid = [1, 1.03, 1.1, 1.2, 1.35, 1.6, 2, 3, 6, Number.POSITIVE_INFINITY];
    fc.assert(
      fc.property(cellsOf, (cells) => {
        const n = cells.value.length;
        const earned = (markups: Float64Array): number =>
          intendedProfit(cells, table, tariffsFromMarkups(cells, markups, table));
        const found = earned(bestMarkups(cells, [{ weight: 1, table }]));
        const markups = new Float64Array(n);
        const tryAll = (k: number, highest: number): number => {
          if (k === n) return earned(markups);
          let best = 0;
          for (let g = 0; g <= highest; g++) {
            markups[k] = grid[g]!;
            best = Math.max(best, tryAll(k + 1, g));
          }
          return best;
        };
        expect(found).toBeGreaterThanOrEqual(tryAll(0, grid.length - 1) * (1 - 1e-7) - 1e-12);
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });

  test('has nonincreasing markups from 1 up, and 1 for the highest type', () => {
    fc.assert(
      fc.property(cellsOf, (cells) => {
        const markups = bestMarkups(cells, [{ weight: 1, table }]);
        markups.forEach((markup, i) => {
          expect(markup).toBeGreaterThanOrEqual(1);
          if (i > 0) expect(markup).toBeLessThanOrEqual(markups[i - 1]!);
        });
        expect(markups[markups.length - 1]).toBeLessThan(1 + 1e-6);
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  test('is such that free choice gives every cell its own tariff, or one as good', () => {
    fc.assert(
      fc.property(cellsOf, (cells) => {
        const intended = tariffsFromMarkups(cells, bestMarkups(cells, [{ weight: 1, table }]), table);
        const { maxDeviationGain } = simulateTariffs([{ scale: 1, weight: 1, cells, table, intended }], 1e-9);
        expect(maxDeviationGain).toBeLessThan(1e-10);
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});

test('markups common to two scales earn at least what those best for one of them do', () => {
  const cells = typeCells(distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)'), 30);
  const scales = [
    { weight: 0.4, table: smallTable },
    { weight: 0.6, table },
  ];
  const earned = (markups: Float64Array): number =>
    scales.reduce(
      (sum, { weight, table: of }) =>
        sum + weight * intendedProfit(cells, of, tariffsFromMarkups(cells, markups, of)),
      0,
    );
  const common = earned(bestMarkups(cells, scales));
  for (const scale of scales)
    expect(common).toBeGreaterThanOrEqual(earned(bestMarkups(cells, [scale])) - 1e-10);
});

test('tariffs from markups leave the type at each edge indifferent and the excluded without one', () => {
  const cells = typeCells(betaOf(2, 3), 8);
  const markups = Float64Array.of(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 4, 4, 2, 1.5, 1.5, 1);
  const tariffs = tariffsFromMarkups(cells, markups, table);
  expect(tariffs.slice(0, 2)).toEqual([undefined, undefined]);
  expect(tariffs[2]).toBe(tariffs[3]);
  const worth = (k: number, edge: number): number =>
    tariffs[k]!.markup * table.surplus(edge / tariffs[k]!.markup) - tariffs[k]!.fee;
  expect(Math.abs(worth(2, cells.edges[2]!))).toBeLessThan(1e-15);
  for (const k of [4, 5, 7])
    expect(Math.abs(worth(k, cells.edges[k]!) - worth(k - 1, cells.edges[k]!))).toBeLessThan(1e-15);
});
