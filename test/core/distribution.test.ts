import { concentration, isSingularAt } from '@menusmith/core';
import { beta, truncatedNormal } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, uniformOn, unit } from './reference-cases.ts';

describe('a distribution is singular at an end', () => {
  test.each([
    [unit, false, false],
    [betaOf(2, 3), false, false],
    [betaOf(2.5, 3.01), true, true],
    [betaOf(4, 10), false, false],
    [beta.create({ a: 0.5, b: 0.7, min: 1, max: 3 }), true, true],
    [betaOf(1, 2), false, false],
    [truncatedNormal.create({ mean: 2, sd: 1, min: 0, max: 3 }), false, false],
  ])('where its density there is ∞, or 0 and not smooth', (distribution, atMin, atMax) => {
    expect(isSingularAt(distribution, distribution.min)).toBe(atMin);
    expect(isSingularAt(distribution, distribution.max)).toBe(atMax);
  });
});

describe('the concentration', () => {
  test('of types that are spread out is none', () => {
    for (const types of [
      unit,
      uniformOn(1, 5),
      betaOf(2, 3),
      betaOf(4, 10),
      distributionNamed('0.95Beta(6,9)+0.05U'),
    ])
      expect(concentration(types)).toEqual([]);
  });

  test.each([
    [0.5, 0.01],
    [0.5, 1e-6],
    [0.123, 1e-4],
    [0.001, 1e-4],
  ])('of types about %f with sd %f closes in on them, in quarters', (mean, sd) => {
    const types = truncatedNormal.create({ mean, sd, min: 0, max: 1 });
    const ends = concentration(types);
    for (let i = 0; i < ends.length; i += 2) {
      expect(types.survival(ends[i]!) - types.survival(ends[i + 1]!)).toBeGreaterThan(0.998);
      expect(ends[i + 1]! - ends[i]!).toBeCloseTo(0.25 ** (i / 2 + 1), 12);
    }
    const narrowest = ends.at(-1)! - ends.at(-2)!;
    expect(narrowest).toBeLessThan(60 * sd);
  });
});
