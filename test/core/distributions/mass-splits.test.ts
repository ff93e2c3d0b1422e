import {
  type Distribution,
  gaussLegendre,
  integrateTypes,
  massSplits,
  representativeDistribution,
} from '@menusmith/core';
import {
  clayton,
  exponential,
  fgm,
  frank,
  gaussian,
  gumbel,
  lognormal,
  pareto,
  truncatedNormal,
} from '@menusmith/plugins';
import { describe, expect, test } from 'vitest';
import { betaOf, distributionNamed, expectClose, mixture, uniformOn, unit } from '../reference-cases.ts';

const normal = (mean: number, sd: number, max = 1): Distribution =>
  truncatedNormal.create({ mean, sd, min: 0, max });

/** The distribution without a word on its parts. */
const opaque = ({ min, max, breakpoints, density, cdf, survival, quantile }: Distribution): Distribution => ({
  min,
  max,
  breakpoints,
  density,
  cdf,
  survival,
  quantile,
});

const peaks: readonly (readonly [string, Distribution])[] = [
  ...[1e-2, 1e-4, 1e-6, 1e-9].map((sd) => [`one peak of sd ${sd}`, normal(0.70231, sd)] as const),
  ['a peak next to the bottom', normal(1e-5, 1e-6)],
  ['a peak far inside a wide support', normal(0.5, 0.001, 1000)],
  ['an exponential cut very far out', exponential.create({ rate: 2, min: 0, max: 1e13 })],
  ['a log-normal cut very far out', lognormal.create({ mu: 0, sigma: 1, min: 0, max: 1e30 })],
  ['a Pareto cut very far out', pareto.create({ shape: 3, min: 1, max: 1e9 })],
  ...[0.5, 0.02, 5e-4, 1e-6].flatMap((weight) =>
    [1e-3, 1e-6].map(
      (sd) =>
        [
          `a peak of weight ${weight} and sd ${sd} that nobody speaks of`,
          opaque(mixture([1 - weight, unit], [weight, normal(0.31718, sd)])),
        ] as const,
    ),
  ),
  ['two peaks and nothing between them', mixture([0.3, normal(0.2, 1e-5)], [0.7, normal(0.9, 1e-6)])],
];

describe('splits of the mass', () => {
  test('are none where the density varies slowly', () => {
    const spread = [unit, uniformOn(1, 5), betaOf(2, 3), betaOf(4, 10), betaOf(0.5, 0.7), betaOf(2.5, 3.3)];
    for (const types of [...spread, distributionNamed('0.95Beta(6,9)+0.05U')])
      expect(massSplits(types)).toEqual([]);
  });

  test.each(peaks)('%s: between them 20 nodes give the mass that F gives', (_, types) => {
    const ends = [types.min, ...massSplits(types), types.max];
    expect(ends.length).toBeLessThan(20);
    const rule = gaussLegendre(20);
    for (let e = 0; e + 1 < ends.length; e++) {
      const [from, to] = [ends[e]!, ends[e + 1]!];
      const mass = types.survival(from) - types.survival(to);
      /** The nodes as they are, or, next to the bottom, their fourth powers. */
      const missed = (power: number): number => {
        let sum = 0;
        rule.nodes.forEach((t, i) => {
          const length = (to - from) * power * t ** (power - 1);
          sum += rule.weights[i]! * length * types.density(from + (to - from) * t ** power);
        });
        return Math.abs(sum - mass);
      };
      expect(Math.min(missed(1), from === types.min ? missed(4) : 1)).toBeLessThan(
        1e-8 + 1e-16 / (to - from),
      );
    }
  });

  test('end, whatever the density', () => {
    const wrong = { ...unit, density: (x: number) => (x > 0.3 && x < 1 ? 1.01 : x < 0 || x > 1 ? 0 : 1) };
    expect(massSplits(wrong).length).toBeLessThan(500);
    const undefinedThere = { ...unit, density: (x: number) => (x > 0.3 ? Number.NaN : 1) };
    expect(massSplits(undefinedThere).length).toBeLessThan(500);
  });
});

describe('an integral over all types', () => {
  const moments = (types: Distribution): Float64Array =>
    integrateTypes(
      types,
      (x, mass, length, out) => {
        out[0] = mass;
        out[1] = x * mass;
        out[2] = types.survival(x) * length;
      },
      3,
      [{ from: types.min, to: types.max, singular: 'none' }],
    ).values;

  test.each(peaks)('%s: has their whole mass, and the same mean by F and by its density', (_, types) => {
    const [mass, mean, area] = moments(types);
    expectClose(mass!, 1, 1e-8);
    expectClose(types.min + area!, mean!, 1e-8);
  });

  test('finds a peak next to an infinite density', () => {
    for (const mean of [0.3, 1e-3, 0.99]) {
      const [mass, first, area] = moments(mixture([0.5, betaOf(0.5, 0.5)], [0.5, normal(mean, 1e-5)]));
      expectClose(mass!, 1, 1e-9);
      expectClose(first!, (0.5 + mean) / 2, 1e-9);
      expectClose(area!, first!, 1e-9);
    }
  });

  test('does not move where the support is longer and nobody is there', () => {
    for (const max of [1e3, 1e8, 1e13, 1e30]) {
      const [, mean] = moments(exponential.create({ rate: 2, min: 0, max }));
      expectClose(mean!, 0.5, 1e-10);
    }
  });
});

/*
 * With all values at 1/2 the representative type is s^{1/4}/2: 1 − F(t) = 1 − (2t)⁴ for uniform scales, and E[θ²] = E[s^{1/2}]/4 = 1/6, whatever the
 * dependence. Values of deviation 1e-4 move them by no more than 2e-4 or so.
 */
describe('the representative type of values in a narrow peak has their mass, with scales that depend by', () => {
  test.each([
    ['nothing', undefined],
    ['gaussian', gaussian.create({ rho: 0.6 })],
    ['a negative gaussian', gaussian.create({ rho: -0.5 })],
    ['clayton', clayton.create({ theta: 2 })],
    ['frank', frank.create({ theta: 5 })],
    ['a negative frank', frank.create({ theta: -5 })],
    ['gumbel', gumbel.create({ theta: 1.5 })],
    ['fgm', fgm.create({ theta: 0.5 })],
  ])('%s', (_, copula) => {
    const types = representativeDistribution(normal(0.5, 1e-4), unit, 0.75, copula);
    for (const t of [0.2, 0.3, 0.45]) {
      expect(Math.abs(types.survival(t) - (1 - (2 * t) ** 4))).toBeLessThan(1e-3);
      expect(Math.abs(types.cdf(t) - (2 * t) ** 4)).toBeLessThan(1e-3);
    }
  });

  test.each([
    ['nothing', undefined],
    ['frank', frank.create({ theta: 5 })],
  ])('%s, all of it', (_, copula) => {
    const types = representativeDistribution(normal(0.5, 1e-4), unit, 0.75, copula);
    const { values } = integrateTypes(
      types,
      (x, mass, _length, out) => {
        out[0] = mass;
        out[1] = x * x * mass;
      },
      2,
      [{ from: types.min, to: types.max, singular: 'none' }],
    );
    expectClose(values[0]!, 1, 1e-9);
    expect(Math.abs(values[1]! - 1 / 6)).toBeLessThan(1e-3);
  });
});

test('the representative type of values with infinite densities and scales in a narrow peak has the mass of both', () => {
  // Scales are 0.7 but for 1e-4, and the arcsine distribution is 2/π arcsin √w.
  const types = representativeDistribution(betaOf(0.5, 0.5), normal(0.7, 1e-4), 0.5);
  for (const t of [0.1, 0.4, 0.8]) {
    const below = (2 / Math.PI) * Math.asin(Math.sqrt(t / Math.sqrt(0.7)));
    expect(Math.abs(types.cdf(t) - below)).toBeLessThan(1e-3);
    expect(Math.abs(types.survival(t) - (1 - below))).toBeLessThan(1e-3);
  }
});
