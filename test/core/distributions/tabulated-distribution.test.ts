import { type DistributionByDistance, tabulatedDistribution } from '@menusmith/core';
import { describe, expect, test } from 'vitest';

/** F = t^p, of which every part is known at any distance from either end; counts how often it is asked. */
const power = (p: number): DistributionByDistance & { readonly asked: () => number } => {
  let asked = 0;
  const at: DistributionByDistance['at'] = (t, rest) => {
    asked++;
    const log = t < 0.5 ? Math.log(t) : Math.log1p(-rest);
    return { density: p * Math.exp((p - 1) * log), cdf: Math.exp(p * log), survival: -Math.expm1(p * log) };
  };
  return {
    min: 0,
    max: 1,
    breakpoints: [],
    density: (x) => (x < 0 || x > 1 ? 0 : at(x, 1 - x).density),
    cdf: (x) => at(x, 1 - x).cdf,
    survival: (x) => at(x, 1 - x).survival,
    at,
    quantile: (u) => u ** (1 / p),
    asked: () => asked,
  };
};

describe('a tabulated distribution', () => {
  test.each([0.3, 1, 2.5, 12])('keeps the relative accuracy of F = t^%f in both tails', (p) => {
    const exact = power(p);
    const table = tabulatedDistribution(exact);
    for (let k = 1; k < 60; k++) {
      for (const distance of [0.5 * 2 ** -k, 0.37 * 2 ** -k]) {
        for (const [fromMin, fromMax] of [
          [distance, 1 - distance],
          [1 - distance, distance],
        ] as const) {
          const got = table.at(fromMin, fromMax);
          const expected = exact.at(fromMin, fromMax);
          for (const part of ['density', 'cdf', 'survival'] as const)
            expect(Math.abs(got[part] / expected[part] - 1)).toBeLessThan(2e-15 * (10 + k * p));
        }
      }
    }
  });

  test('is the distribution itself at the ends of the support and outside', () => {
    const table = tabulatedDistribution(power(2));
    expect([table.density(-1), table.density(0), table.density(1), table.density(2)]).toEqual([0, 0, 2, 0]);
    expect([table.cdf(0), table.cdf(1), table.survival(0), table.survival(1)]).toEqual([0, 1, 1, 0]);
    expect(table.quantile(0.25)).toBe(0.5);
  });

  test('asks for a few hundred types, however many are looked up', () => {
    const exact = power(2.5);
    const table = tabulatedDistribution(exact);
    for (let i = 1; i < 10_000; i++) table.survival(i / 10_000);
    expect(exact.asked()).toBeLessThan(400);
  });

  test('asks the distribution itself where it has a kink', () => {
    const kinked: DistributionByDistance = {
      ...power(1),
      at: (t, rest) => ({
        density: t < 0.3 ? 2 : 4 / 7,
        cdf: t < 0.3 ? 2 * t : 1 - (4 / 7) * rest,
        survival: t < 0.3 ? 1 - 2 * t : (4 / 7) * rest,
      }),
    };
    const table = tabulatedDistribution(kinked);
    for (let i = 1; i < 1000; i++) {
      const [t, rest] = [i / 1000, 1 - i / 1000];
      expect(Math.abs(table.survival(t) / kinked.at(t, rest).survival - 1)).toBeLessThan(1e-12);
    }
  });
});
