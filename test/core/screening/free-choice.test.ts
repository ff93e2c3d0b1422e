import { freeChoice, TIE } from '@menusmith/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const tie = 0.1;
const twentieths = fc.integer({ min: -40, max: 40 }).map((n) => n / 20);
const anyItems = fc.array(fc.tuple(twentieths, twentieths), { maxLength: 6 });

describe('free choice', () => {
  test('takes what is best for the buyer, within the tie best for the seller, and then the first', () => {
    fc.assert(
      fc.property(anyItems, twentieths, (items, nothing) => {
        const taken = freeChoice(
          items.map(([utility]) => utility),
          items.map(([, margin]) => margin),
          tie,
          nothing,
        );
        const best = Math.max(nothing, ...items.map(([utility]) => utility));
        const isLiked = (utility: number): boolean => utility >= best - tie;
        const liked = items.flatMap(([utility, margin]) => (isLiked(utility) ? [margin] : []));
        const most = Math.max(...(isLiked(nothing) ? [0] : []), ...liked);
        const [utility, margin] = items[taken] ?? [nothing, 0];
        expect(isLiked(utility)).toBe(true);
        // Margins within a tie of one another are as good: ties can add up from one item to the next.
        expect(margin).toBeGreaterThanOrEqual(most - tie * (1 + items.length) - 1e-12);
        if (taken < 0) return;
        if (isLiked(nothing)) expect(margin).toBeGreaterThan(tie);
        for (let k = 0; k < taken; k++) if (isLiked(items[k]![0])) expect(items[k]![1]).toBeLessThan(margin);
      }),
      { numRuns: 2000, seed: 20261130 },
    );
  });

  test.each([
    ['nothing where all is worse', [-1, -2], [5, 5], 0, -1],
    ['nothing where an item that is as good earns nothing', [0], [0], 0, -1],
    ['an item that is as good as nothing and earns something', [0], [1], 0, 0],
    ['what she has outside where that is more', [1, 2], [5, 5], 3, -1],
    ['at a loss to the seller, if it is better for her', [1], [-5], 0, 0],
    ['nothing in the place of what is no number', [Number.NaN], [1], 0, -1],
    ['a number beside what is none', [Number.NaN, 1], [1, 1], 0, 1],
  ] as const)('%s', (_, utilities, margins, nothing, expected) => {
    expect(freeChoice(utilities, margins, TIE, nothing)).toBe(expected);
  });
});
