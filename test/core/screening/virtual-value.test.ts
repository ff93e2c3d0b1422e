import { type Distribution, sampleVirtualValue, virtualValue } from '@menusmith/core';
import { beta } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, expectClose, mixture, uniformOn, unit } from '../reference-cases.ts';

describe('the virtual value φ = x − (1 − F)/f', () => {
  test('of U[a, b] is 2x − b', () => {
    for (const x of [0.01, 0.3, 0.5, 0.99]) expectClose(virtualValue(unit, x), 2 * x - 1, 1e-15, 'U[0,1]', 1);
    for (const x of [2, 3.3, 4]) expectClose(virtualValue(uniformOn(2, 5), x), 2 * x - 5, 1e-14);
  });

  test('of Beta(2, 3) is x − (1 − x)(1 + 3x)/(12x), by hand', () => {
    // 1 − F = (1 − x)³(1 + 3x), f = 12x(1 − x)².
    for (const x of [0.001, 0.2, 1 / 3, 0.7, 0.999, 1 - 1e-9]) {
      expectClose(virtualValue(betaOf(2, 3), x), x - ((1 - x) * (1 + 3 * x)) / (12 * x), 1e-13, `${x}`, 1);
    }
    expectClose(virtualValue(betaOf(2, 3), 1 / 3), 0, 1e-15, 'its zero', 1);
  });

  test('at the top is the top type, even where the density there is 0 or ∞', () => {
    expect(virtualValue(unit, 1)).toBe(1);
    expect(virtualValue(betaOf(2, 12), 1)).toBe(1);
    expect(virtualValue(beta.create({ a: 2, b: 0.5, min: 1, max: 3 }), 3)).toBe(3);
  });

  test('is −∞ where the density is 0, and x where it is ∞', () => {
    const gap = mixture([0.5, uniformOn(0, 0.4)], [0.5, uniformOn(0.6, 1)]);
    expect(virtualValue(gap, 0.5)).toBe(Number.NEGATIVE_INFINITY);
    expect(virtualValue(betaOf(0.5, 2), 0)).toBe(0);
  });
});

const samplesOf: readonly [string, Distribution][] = [
  ['U[0,1]', unit],
  ['Beta(.5, .7) on [1, 3]', beta.create({ a: 0.5, b: 0.7, min: 1, max: 3 })],
  ['Beta(300, 500)', betaOf(300, 500)],
  ['two uniform blocks', mixture([0.3, uniformOn(0, 0.4)], [0.7, uniformOn(0.9, 1)])],
  ['.85Beta(4,10)+.15Beta(8,2)', distributionNamed('0.85Beta(4,10)+0.15Beta(8,2)')],
];

describe.each(samplesOf)('the sample of φ for %s', (_, distribution) => {
  const { x, survival, phi } = sampleVirtualValue(distribution);

  test('ascends from end to end', () => {
    expect(x[0]).toBe(distribution.min);
    expect(x[x.length - 1]).toBe(distribution.max);
    for (let i = 1; i < x.length; i++) expect(x[i]).toBeGreaterThan(x[i - 1]!);
  });

  test('has no step with more than 1/96 of the types', () => {
    for (let i = 1; i < x.length; i++) expect(survival[i - 1]! - survival[i]!).toBeLessThanOrEqual(1 / 96);
  });

  test('holds survival and φ as they are', () => {
    for (let i = 0; i < x.length; i += 7) {
      expect(survival[i]).toBe(distribution.survival(x[i]!));
      expect(phi[i]).toBe(virtualValue(distribution, x[i]!));
    }
  });

  test('shows both sides of each breakpoint', () => {
    for (const point of distribution.breakpoints) {
      const below = x.findLast((type) => type < point)!;
      const above = x.find((type) => type > point)!;
      expect(above - below).toBeLessThan(1e-12);
    }
  });
});
