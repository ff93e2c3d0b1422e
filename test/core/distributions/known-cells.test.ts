import { type Distribution, promisedScales, representativeDistribution } from '@menusmith/core';
import { beta, clayton, frank, gaussian, quadratic, uniform } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

/** The same distribution, with a count of what it was asked. */
const counted = (of: Distribution) => {
  const count = { asked: 0 };
  const counting =
    (f: (x: number) => number) =>
    (x: number): number => {
      count.asked++;
      return f(x);
    };
  const { density, cdf, survival, quantile } = of;
  return {
    count,
    distribution: {
      ...of,
      density: counting(density),
      cdf: counting(cdf),
      survival: counting(survival),
      quantile: counting(quantile),
    },
  };
};

describe('F_θ that is read from tables', () => {
  test.each([
    ['independent', undefined],
    ['gaussian', gaussian.create({ rho: -0.4 })],
    ['frank', frank.create({ theta: 3 })],
    ['clayton', clayton.create({ theta: 0.6 })],
  ])('%s: is that of quadrature, at a small part of the work', (_, copula) => {
    const values = beta.create({ a: 2.2, b: 1.6, min: 0.2, max: 1.1 });
    const scales = uniform.create({ min: 0.1, max: 1 });
    const plain = counted(values);
    const tabulated = counted(values);
    const exact = representativeDistribution(plain.distribution, scales, 0.5, copula);
    const read = representativeDistribution(tabulated.distribution, scales, 0.5, copula, true);
    const types = Array.from(
      { length: 400 },
      (__, i) => exact.min + ((exact.max - exact.min) * (i + 0.5)) / 400,
    );
    for (const type of types) {
      expect(Math.abs(read.density(type) / exact.density(type) - 1)).toBeLessThan(1e-8);
      expect(Math.abs(read.cdf(type) - exact.cdf(type))).toBeLessThan(1e-11);
      expect(Math.abs(read.survival(type) - exact.survival(type))).toBeLessThan(1e-11);
    }
    const before = tabulated.count.asked;
    for (const type of types) read.density(type + 1e-5);
    expect(tabulated.count.asked).toBe(before);
    expect(tabulated.count.asked).toBeLessThan(plain.count.asked / 2);
  });
});

test('chains of all scales ask once for the ranks of the values that they share', () => {
  const { distribution, count } = counted(beta.create({ a: 2.2, b: 1.6, min: 0.2, max: 1.1 }));
  let quantiles = 0;
  const values = {
    ...distribution,
    quantile: (u: number) => {
      quantiles++;
      return distribution.quantile(u);
    },
  };
  const menus = promisedScales({
    scales: uniform.create({ min: 0.1, max: 1 }),
    chainAt: (scale) => ({
      types: values,
      supply: quadratic.create({}),
      scale,
      participation: { utility: () => 0.01, slope: () => 0, breakpoints: [] },
    }),
  });
  menus.menuAt(0.5).certificate();
  const first = quantiles;
  const asked = count.asked;
  for (const scale of [0.3, 0.6, 0.8, 0.9]) menus.menuAt(scale).certificate();
  expect(quantiles).toBe(first);
  expect(count.asked - asked).toBeLessThan(4 * asked);
});
