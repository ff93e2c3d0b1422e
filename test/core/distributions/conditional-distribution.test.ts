import { type Copula, conditionalDistribution, type Distribution, integrate } from '@menusmith/core';
import { beta, clayton, fgm, frank, gaussian, gumbel, uniform } from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';

const distributions: readonly [string, Distribution][] = [
  ['uniform', uniform.create({ min: 0.5, max: 2 })],
  ['beta', beta.create({ a: 2, b: 3, min: 0, max: 1 })],
];
const copulas: readonly [string, Copula][] = [
  ['FGM, 0.9', fgm.create({ theta: 0.9 })],
  ['FGM, −0.9', fgm.create({ theta: -0.9 })],
  ['Clayton', clayton.create({ theta: 1.5 })],
  ['Frank', frank.create({ theta: -4 })],
  ['Gaussian', gaussian.create({ rho: 0.6 })],
  ['Gumbel', gumbel.create({ theta: 1.7 })],
];
const ranks = [0.02, 0.3, 0.5, 0.77, 0.99];

const integral = (of: (x: number) => number, from: number, to: number): number =>
  integrate(
    (x, out) => {
      out[0] = of(x);
    },
    1,
    [{ from, to, singular: 'both' }],
    1e-12,
  ).values[0]!;

describe.each(
  distributions.flatMap(([of, values]) => copulas.map(([by, copula]) => [of, by, values, copula] as const)),
)('a %s value given the rank of the scale by %s', (_, __, values, copula) => {
  const { min, max } = values;
  const points = [0.1, 0.35, 0.6, 0.9].map((share) => min + share * (max - min));

  test('has a cdf that is the integral of its density', () => {
    for (const v of ranks) {
      const given = conditionalDistribution(values, copula, v);
      let past = 0;
      let from = min;
      for (const x of [...points, max]) {
        past += integral(given.density, from, x);
        from = x;
        expect(Math.abs(given.cdf(x) - past)).toBeLessThan(1e-10);
      }
    }
  });

  test('goes from 0 to 1, with a survival and a quantile that fit its cdf', () => {
    for (const v of ranks) {
      const given = conditionalDistribution(values, copula, v);
      expect([given.cdf(min), given.survival(min), given.survival(max), given.cdf(max)]).toEqual([
        0, 1, 0, 1,
      ]);
      for (const x of points) {
        expect(given.cdf(x) + given.survival(x)).toBeCloseTo(1, 14);
        expect(given.quantile(given.cdf(x))).toBeCloseTo(x, 9);
      }
      expect([given.quantile(0), given.quantile(1)]).toEqual([min, max]);
    }
  });

  test('has the marginal distribution as its mean over all ranks', () => {
    for (const x of points) {
      const mean = integral((v) => conditionalDistribution(values, copula, v, 1 - v).cdf(x), 0, 1);
      expect(Math.abs(mean - values.cdf(x))).toBeLessThan(1e-9);
    }
  });
});
