import { isSingularAt } from '@menusmith/core';
import { beta, truncatedNormal } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, unit } from '../reference-cases.ts';

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
