import { profileTypes } from '@menusmith/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyItems, anyNumber, anyNumbers, temptedPairs } from '../finite/examples.ts';

/** Types on a grid of two tasks, in an order of their own, some left out; at least as many as make rows worth while. */
const anyGrid = fc
  .record({
    columns: fc.integer({ min: 6, max: 9 }),
    rows: fc.integer({ min: 1, max: 2 }),
    isTurned: fc.boolean(),
    order: fc.array(fc.nat(), { minLength: 18, maxLength: 18 }),
    weights: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  })
  .map(({ columns, rows, isTurned, order, weights }) => {
    const cells = Array.from({ length: columns * rows }, (_, k) => {
      const along = 0.2 + (k % columns) / columns;
      const across = 0.3 + Math.floor(k / columns) / 3;
      return { key: order[k]!, pair: isTurned ? [across, along] : [along, across] };
    });
    const values = cells.sort((a, b) => a.key - b.key).flatMap(({ pair }) => pair);
    return profileTypes(
      Float64Array.from(values),
      Float64Array.from(weights, (weight) => weight / 4),
    );
  });

test('types in rows are visited with what tempts them most, and with nothing that does not', () => {
  fc.assert(
    fc.property(
      anyGrid.chain((types) =>
        fc.tuple(fc.constant(types), anyItems(types.count, 2), anyNumbers(types.count, 0.5), anyNumber(0.2)),
      ),
      ([types, items, rents, least]) => {
        const { visited, tempting } = temptedPairs(types, items, rents, least);
        tempting.forEach((all, n) => {
          for (const [k, gain] of visited[n]!) expect(Math.abs(gain - all.get(k)!)).toBeLessThan(1e-14);
          if (all.size === 0) return;
          expect(Math.abs(Math.max(...visited[n]!.values()) - Math.max(...all.values()))).toBeLessThan(1e-14);
        });
      },
    ),
    { numRuns: 300, seed: 20261126 },
  );
});
