import {
  type Distribution,
  type DistributionEntry,
  distributionFault,
  type ParameterValues,
} from '@menusmith/core';
import { adaptiveIntegral } from './adaptive-integral.ts';
import { type Law, notClaimed, Tightest, violated } from './law.ts';

/** The laws of a distribution on [min, max]. */
export const distributionLaws: readonly Law<Distribution>[] = [
  {
    name: 'one-population',
    statement:
      'Density, distribution function, survival function and quantiles describe the same types, wherever they are.',
    check(F) {
      const fault = distributionFault(F);
      return fault === undefined ? { holds: true, isClaimed: true } : violated(fault);
    },
  },
  {
    name: 'survival-function',
    statement: 'The distribution and survival functions sum to 1.',
    check(F) {
      const tightest = new Tightest();
      for (const x of points(F)) tightest.equal('cdf + survival', F.cdf(x) + F.survival(x), 1, 1e-13, { x });
      return tightest.verdict();
    },
  },
  {
    name: 'distribution-function',
    statement: 'The distribution function rises from 0 to 1, and the survival function falls from 1 to 0.',
    check(F) {
      const tightest = new Tightest();
      const { min, max } = F;
      tightest.equal('cdf', F.cdf(min), 0, 0, { x: min });
      tightest.equal('survival', F.survival(min), 1, 0, { x: min });
      tightest.equal('cdf', F.cdf(max), 1, 0, { x: max });
      tightest.equal('survival', F.survival(max), 0, 0, { x: max });
      const all = points(F);
      for (let m = 1; m < all.length; m++) {
        const [before, x] = [all[m - 1]!, all[m]!];
        tightest.atLeast('cdf', F.cdf(x), F.cdf(before), 1e-14, { x });
        tightest.atMost('survival', F.survival(x), F.survival(before), 1e-14, { x });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'quantile-function',
    statement: 'The quantile function inverts the distribution function.',
    check(F) {
      const tightest = new Tightest();
      tightest.equal('quantile', F.quantile(0), F.min, 0, { u: 0 });
      tightest.equal('quantile', F.quantile(1), F.max, 0, { u: 1 });
      for (const u of ranks()) {
        const x = F.quantile(u);
        // x is rounded: u need only lie between F of the neighbouring numbers.
        const rounding = 2 ** -52 * Math.max(Math.abs(x), Number.MIN_VALUE);
        tightest.atMost('cdf(quantile)', F.cdf(x - rounding), u, 1e-13, { u });
        tightest.atLeast('cdf(quantile)', F.cdf(x + rounding), u, 1e-13, { u });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'small-quantiles',
    statement: 'Quantiles of tiny ranks are accurate relative to the rank, where the support begins at 0.',
    check(F) {
      // Elsewhere x itself is rounded relative to min.
      if (F.min !== 0) return notClaimed('the support does not begin at 0');
      const tightest = new Tightest();
      for (const u of [1e-12, 1e-9, 1e-5, 0.01, 0.3])
        tightest.equal('cdf(quantile)', F.cdf(F.quantile(u)), u, 1e-12 * u, { u });
      return tightest.verdict();
    },
  },
  {
    name: 'support',
    statement: 'The density is nonnegative inside the support and zero outside.',
    check(F) {
      const tightest = new Tightest();
      for (const x of points(F)) tightest.atLeast('density', F.density(x), 0, 0, { x });
      const width = F.max - F.min;
      for (const distance of [1e-9, 0.5, 1, 100]) {
        for (const x of [F.min - distance * width, F.max + distance * width]) {
          if (x === F.min || x === F.max) continue;
          tightest.equal('density', F.density(x), 0, 0, { x });
          tightest.equal('cdf', F.cdf(x), x > F.max ? 1 : 0, 0, { x });
          tightest.equal('survival', F.survival(x), x > F.max ? 0 : 1, 0, { x });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'density',
    statement: 'The density integrates to the increments of the distribution function.',
    check(F) {
      const tightest = new Tightest();
      // Nearer to an end than this the rounding of x hides a density that is infinite there.
      const nearest = Math.max(2 ** -20 * (F.max - F.min), 2 ** 34 * ulp(F));
      const all = points(F).filter((x) => x - F.min >= nearest && F.max - x >= nearest);
      for (let m = 1; m < all.length; m++) {
        const [from, to] = [all[m - 1]!, all[m]!];
        const mass = adaptiveIntegral((x) => F.density(x), from, to, 1e-14);
        // The nodes are rounded, which matters where the density is steep.
        const rounding = 16 * ulp(F) * Math.max(F.density(from), F.density(to));
        tightest.equal('∫ density', mass, F.cdf(to) - F.cdf(from), 1e-11 + rounding, { from, to });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'upper-tail',
    statement: 'Survival in the upper tail is the integral of the density, to relative accuracy.',
    check(F) {
      const tightest = new Tightest();
      const width = F.max - F.min;
      const last = F.breakpoints.at(-1) ?? F.min;
      for (let distance = 0.618 * width; distance > width / 4096; distance /= 2) {
        const [from, to] = [F.max - distance, F.max - distance / 2];
        const above = F.survival(from);
        if (from < last || above <= 1e-280) continue;
        const mass = adaptiveIntegral((x) => F.density(x), from, to, 1e-14 * above);
        // The nodes are rounded, which matters in proportion to their distance from the end.
        const allowed = (1e-11 + (50 * ulp(F)) / distance) * above;
        tightest.equal('∫ density', mass, above - F.survival(to), allowed, { from, to });
      }
      return tightest.verdict();
    },
  },
  {
    name: 'breakpoints',
    statement: 'Breakpoints are ascending and inside the support.',
    check(F) {
      const tightest = new Tightest();
      const ends = [F.min, ...F.breakpoints, F.max];
      for (let m = 1; m < ends.length; m++) {
        const what = m < ends.length - 1 ? 'breakpoint' : 'max';
        tightest.above(what, ends[m]!, ends[m - 1]!, { x: ends[m]! });
      }
      return tightest.verdict();
    },
  },
];

/** The laws of what a distribution's `create` refuses. */
export const distributionEntryLaws: readonly Law<{
  readonly entry: DistributionEntry;
  readonly parameters: ParameterValues;
}>[] = [
  {
    name: 'empty-support',
    statement: 'An empty support is refused: create throws unless min < max.',
    check({ entry, parameters }) {
      const { min, max } = parameters;
      if (typeof min !== 'number' || typeof max !== 'number')
        return notClaimed('it has no parameters min and max');
      for (const [low, high] of [
        [max, min],
        [max, max],
        [min, Number.NaN],
      ] as const) {
        const isRefused = throws(() => entry.create({ ...parameters, min: low, max: high }));
        if (!isRefused) return violated(`create accepts min = ${low}, max = ${high}`);
      }
      return { holds: true, isClaimed: true };
    },
  },
];

const throws = (run: () => unknown): boolean => {
  try {
    run();
    return false;
  } catch {
    return true;
  }
};

/** The spacing of numbers at the larger end of the support. */
const ulp = (F: Distribution): number => 2 ** -52 * Math.max(Math.abs(F.min), Math.abs(F.max));

/** Ranks in (0, 1), crowded towards both ends. */
const ranks = (): readonly number[] => {
  const all: number[] = [];
  for (let exponent = -40; exponent <= -5; exponent += 5) all.push(2 ** exponent);
  for (let m = 1; m < 32; m++) all.push(m / 32);
  for (let exponent = -5; exponent >= -40; exponent -= 5) all.push(1 - 2 ** exponent);
  return all;
};

/** Points of [min, max], ascending and distinct: quantiles, an even grid, and the breakpoints. */
const points = (F: Distribution): readonly number[] => {
  const all = [F.min, F.max, ...F.breakpoints, ...ranks().map((u) => F.quantile(u))];
  for (let m = 1; m < 32; m++) all.push(F.min + ((F.max - F.min) * m) / 32);
  return [...new Set(all)].sort((a, b) => a - b);
};
