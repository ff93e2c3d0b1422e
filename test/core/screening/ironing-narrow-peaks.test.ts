import { type Distribution, integrateTypes, iron, representativeDistribution } from '@menusmith/core';
import { frank, truncatedNormal, uniform } from '@menusmith/plugins';
import erfc from '@stdlib/math-base-special-erfc';
import { describe, expect, test } from 'vitest';
import { expectClose, mixture, unit } from '../reference-cases.ts';

const weights = [0.5, 0.1, 0.02, 0.008, 0.002, 5e-4];
const deviations = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

/*
 * E[φ̄²/2 | φ̄ > 0] without the program: chords of the upper concave hull of revenue x(1 − F) over 1 − F = (1 − w)(1 − x) + w Φ((m − x)/sd), on a grid
 * that is fine everywhere and finer about the peak. A chord's slope is a mean of φ̄, so that the chords earn a little less, by the square of the step.
 */
const hullOfPeak = (weight: number, mean: number, sd: number): number => {
  const grid = new Set<number>();
  for (let i = 0; i <= 4000; i++) grid.add(i / 4000);
  for (let i = -1000; i <= 1000; i++) grid.add(mean + (sd * i) / 100);
  const x = [...grid].filter((at) => at >= 0 && at <= 1).sort((a, b) => a - b);
  const above = (at: number): number =>
    (1 - weight) * (1 - at) + (weight * erfc((at - mean) / (sd * Math.SQRT2))) / 2;
  return hullProfit(x, above);
};

const hullProfit = (x: readonly number[], above: (x: number) => number): number => {
  const points = x.map((at) => ({ sold: at < 1 ? above(at) : 0, revenue: at < 1 ? at * above(at) : 0 }));
  type Point = (typeof points)[number];
  const slope = (from: Point, to: Point): number => (to.revenue - from.revenue) / (to.sold - from.sold);
  const hull: Point[] = [];
  for (const point of points.reverse()) {
    if (point.sold === hull.at(-1)?.sold) continue;
    while (hull.length >= 2 && slope(hull.at(-2)!, hull.at(-1)!) <= slope(hull.at(-1)!, point)) hull.pop();
    hull.push(point);
  }
  let profit = 0;
  for (let h = 1; h < hull.length; h++)
    profit += ((hull[h]!.sold - hull[h - 1]!.sold) * Math.max(0, slope(hull[h - 1]!, hull[h]!)) ** 2) / 2;
  return profit;
};

const peakOf = (weight: number, mean: number, sd: number): Distribution =>
  mixture([1 - weight, unit], [weight, truncatedNormal.create({ mean, sd, min: 0, max: 1 })]);

const ironedProfit = (types: Distribution): number => {
  const ironed = iron(types);
  const start = ironed.cutoff(0);
  const ends = [start, ...ironed.breakpoints.filter((x) => x > start), 1];
  const { values } = integrateTypes(
    types,
    (x, mass, _length, out) => {
      out[0] = (ironed.at(x) ** 2 / 2) * mass;
    },
    1,
    ends.slice(1).map((to, i) => ({ from: ends[i]!, to, singular: 'none' as const })),
  );
  return values[0]!;
};

describe.each(weights)('a peak of weight %f on uniform types', (weight) => {
  test.each(deviations)('and deviation %f is ironed as the hull of revenue is, wherever it is', (sd) => {
    for (const mean of [0.70231, 0.31718, 0.93337])
      expectClose(
        ironedProfit(peakOf(weight, mean, sd)),
        hullOfPeak(weight, mean, sd),
        5e-7,
        `about ${mean}`,
      );
  });
});

test('the ironing of a narrow peak is worth a quarter of a percent', () => {
  // 0.0840856 ironed, by convex programs on grids; 0.0842958 is what φ itself would promise.
  expect(Math.abs(ironedProfit(peakOf(0.008, 0.7023, 1e-4)) - 0.0840856)).toBeLessThan(1e-7);
});

test('a peak below a gap is pooled with it, however far φ falls in between', () => {
  const types = mixture(
    [1 / 1.917, uniform.create({ min: 0.5, max: 0.6 })],
    [0.917 / 1.917, truncatedNormal.create({ mean: 0.370135, sd: 0.00557, min: 0, max: 1 })],
  );
  // 0.07560400842 by the hull of 100,000 points a part.
  expectClose(ironedProfit(types), 0.07560400842, 1e-9);
  expect(iron(types).pools).toMatchObject([{ to: 0.5 }]);
});

/* 1 − F_θ(t) is the mean over ranks v of 1 − C(Φ((t v^{−1/4} − m)/sd) | v): here on 1000 scales, for 500 indices. */
test('values in a narrow peak that depend on scale are ironed as the hull of revenue is', () => {
  const copula = frank.create({ theta: -4 });
  const [mean, sd] = [0.7, 0.005];
  const ranks = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
  const above = (t: number): number => {
    let sum = 0;
    for (const v of ranks) {
      const score = (t * v ** -0.25 - mean) / (sd * Math.SQRT2);
      sum += copula.conditionalSurvival(erfc(-score) / 2, v, erfc(score) / 2, 1 - v);
    }
    return sum / ranks.length;
  };
  const x = Array.from({ length: 501 }, (_, i) => i / 500);
  const values = truncatedNormal.create({ mean, sd, min: 0, max: 1 });
  const profit = ironedProfit(representativeDistribution(values, unit, 0.75, copula));
  expectClose(profit, hullProfit(x, above), 3e-4);
});
