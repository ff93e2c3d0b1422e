import { describe, expect, it } from 'vitest';
import { shownAmounts } from '../../packages/app/src/tiers/shown-amounts.ts';

describe('amounts that end in 9', () => {
  const { sums, prices } = shownAmounts('ending-9', 1);

  it.each([
    [30, 29.9],
    [29, 29],
    [28.95, 28.9],
    [14.95, 14.9],
    [2.0254, 1.99],
    [1.05, 0.99],
    [0.5, 0.49],
    [0.05, 0.049],
    [147.3, 139],
    [1305, 1299],
    [0, 0],
  ])('of a fee of %d are at most %d', (fee, expected) => {
    expect(sums.atMost(fee)).toBe(expected);
  });

  it.each([
    [1.2, 1.19],
    [4.85, 4.89],
    [0.15, 0.149],
    [0.0751, 0.0749],
    [20, 19.9],
    [1000, 999],
  ])('of a price of %d are nearest at %d', (price, expected) => {
    expect(prices.nearest(price)).toBe(expected);
  });

  it('follow each other without one left out, and end at nothing', () => {
    expect([29, 9.99, 0.99, 99.9, 999].map((amount) => sums.next(amount, 1))).toEqual([
      29.9, 10.9, 1.09, 109, 1009,
    ]);
    expect([29, 10.9, 0.99, 109, 1009].map((amount) => sums.next(amount, -1))).toEqual([
      28.9, 9.99, 0.9, 99.9, 999,
    ]);
    for (const start of [0.0103, 3.7, 812])
      for (const amounts of [sums, prices])
        for (let amount = start, step = 0; step < 200; step++) {
          const next = amounts.next(amount, 1);
          expect(next).toBeGreaterThan(amount);
          // Below a tenth sums have a digit less than next to it.
          if (step > 0 && amount > 0.1) expect(amounts.next(next, -1)).toBe(amount);
          amount = next;
        }
  });
});
