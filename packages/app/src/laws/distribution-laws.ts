import type { Distribution } from '@menusmith/core';
import { adaptiveIntegral } from './adaptive-integral.ts';
import { type Law, Tightest } from './law.ts';

/** The laws of a distribution on [min, max]. */
export const distributionLaws: readonly Law<Distribution>[] = [
  {
    name: 'the distribution and survival functions sum to 1',
    check(F) {
      const tightest = new Tightest();
      for (const x of points(F)) tightest.compare(F.cdf(x) + F.survival(x) - 1, 1e-13, at('x', x));
      return tightest.verdict();
    },
  },
  {
    name: 'the distribution function rises from 0 to 1, and the survival function falls from 1 to 0',
    check(F) {
      const tightest = new Tightest();
      tightest.compare(F.cdf(F.min), 0, at('x', F.min));
      tightest.compare(F.survival(F.min) - 1, 0, at('x', F.min));
      tightest.compare(F.cdf(F.max) - 1, 0, at('x', F.max));
      tightest.compare(F.survival(F.max), 0, at('x', F.max));
      const all = points(F);
      for (let m = 1; m < all.length; m++) {
        tightest.order(F.cdf(all[m - 1]!), F.cdf(all[m]!), 1e-14, at('x', all[m]!));
        tightest.order(F.survival(all[m]!), F.survival(all[m - 1]!), 1e-14, at('x', all[m]!));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the quantile function inverts the distribution function',
    check(F) {
      const tightest = new Tightest();
      tightest.compare(F.quantile(0) - F.min, 0, at('u', 0));
      tightest.compare(F.quantile(1) - F.max, 0, at('u', 1));
      for (const u of ranks()) {
        const x = F.quantile(u);
        // x is rounded: u need only lie between F of the neighbouring numbers.
        const rounding = 2 ** -52 * Math.max(Math.abs(x), Number.MIN_VALUE);
        tightest.order(F.cdf(x - rounding), u, 1e-13, at('u', u));
        tightest.order(u, F.cdf(x + rounding), 1e-13, at('u', u));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the density is nonnegative inside the support and zero outside',
    check(F) {
      const tightest = new Tightest();
      for (const x of points(F)) tightest.order(0, F.density(x), 0, at('x', x));
      const width = F.max - F.min;
      for (const distance of [1e-9, 0.5, 1, 100]) {
        for (const x of [F.min - distance * width, F.max + distance * width]) {
          if (x === F.min || x === F.max) continue;
          tightest.compare(F.density(x), 0, at('x', x));
          tightest.compare(F.cdf(x) - (x > F.max ? 1 : 0), 0, at('x', x));
          tightest.compare(F.survival(x) - (x > F.max ? 0 : 1), 0, at('x', x));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the density integrates to the increments of the distribution function',
    check(F) {
      const tightest = new Tightest();
      // Nearer to an end than this the rounding of x hides a density that is infinite there.
      const nearest = Math.max(2 ** -20 * (F.max - F.min), 2 ** 34 * ulp(F));
      const all = points(F).filter((x) => x - F.min >= nearest && F.max - x >= nearest);
      for (let m = 1; m < all.length; m++) {
        const [from, to] = [all[m - 1]!, all[m]!];
        const error = adaptiveIntegral(F.density, from, to, 1e-14) - (F.cdf(to) - F.cdf(from));
        // The nodes are rounded, which matters where the density is steep.
        const rounding = 16 * ulp(F) * Math.max(F.density(from), F.density(to));
        tightest.compare(error, 1e-11 + rounding, at('x', from));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'survival in the upper tail is the integral of the density, to relative accuracy',
    check(F) {
      const tightest = new Tightest();
      const width = F.max - F.min;
      const last = F.breakpoints.at(-1) ?? F.min;
      for (let distance = 0.618 * width; distance > width / 4096; distance /= 2) {
        const [from, to] = [F.max - distance, F.max - distance / 2];
        if (from < last || !(F.survival(from) > 1e-280)) continue;
        // The nodes are rounded, which matters in proportion to their distance from the end.
        const allowed = (1e-11 + (50 * ulp(F)) / distance) * F.survival(from);
        const error =
          F.survival(from) - F.survival(to) - adaptiveIntegral(F.density, from, to, 1e-14 * F.survival(from));
        tightest.compare(error / F.survival(from), allowed / F.survival(from), at('x', from));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'breakpoints are ascending and inside the support',
    check(F) {
      const ends = [F.min, ...F.breakpoints, F.max];
      const sorted = ends.every((x, m) => m === 0 || ends[m - 1]! < x);
      return { holds: sorted, detail: `min, breakpoints, max: ${ends.join(', ')}` };
    },
  },
];

const at =
  (name: string, x: number): (() => string) =>
  () =>
    `${name} = ${x}`;

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
