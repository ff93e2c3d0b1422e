import { gradedScales } from '@menusmith/core';
import { uniform } from '@menusmith/plugins';
import { expect, test } from 'vitest';

const unit = uniform.create({ min: 0, max: 1 });
const range = { min: 0, max: 1 };
/** Buyers of scale s bring 2s each, so that those up to s bring s² of all. */
const rising = {
  solved: true,
  byScale: Array.from({ length: 99 }, (_, k) => ({ scale: (k + 1) / 100, profit: (2 * (k + 1)) / 100 })),
};

test('every cell has as much of half its length and half its profit', () => {
  const edges = gradedScales(rising, unit, range, 8);
  expect(edges).toHaveLength(9);
  edges.forEach((s, j) => {
    // The trapezoid of the last hundredth takes the profit of .99 for that of 1.
    expect((s + s * s) / 2).toBeCloseTo(j / 8, 3);
  });
});

test('the edges of half as many cells are among them', () => {
  const [few, many] = [8, 16].map((cells) => gradedScales(rising, unit, range, cells));
  expect(Array.from(few!)).toEqual(Array.from(many!).filter((_, j) => j % 2 === 0));
});

test('cells are even where no profit is known, or none is a number', () => {
  const even = [0, 0.25, 0.5, 0.75, 1];
  const unknown = [
    { solved: false, byScale: rising.byScale },
    { solved: true, byScale: [] },
    { solved: true, byScale: [{ scale: 0.5, profit: Number.NaN }] },
    { solved: true, byScale: [{ scale: 0.5, profit: Number.POSITIVE_INFINITY }] },
  ];
  for (const seen of unknown) expect(Array.from(gradedScales(seen, unit, range, 4))).toEqual(even);
});

test('cells are within a range that is shorter than the support, and ascend', () => {
  const edges = gradedScales(rising, unit, { min: 0.2, max: 0.7 }, 12);
  expect([edges[0], edges[12]]).toEqual([0.2, 0.7]);
  for (let j = 0; j < 12; j++) expect(edges[j + 1]).toBeGreaterThan(edges[j]!);
});
