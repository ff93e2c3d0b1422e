import type { Copula } from '@menusmith/core';
import { adaptiveIntegral } from './adaptive-integral.ts';
import { type Law, Tightest } from './law.ts';

/** The laws of a copula. */
export const copulaLaws: readonly Law<Copula>[] = [
  {
    name: 'each rank is uniform: C(u, 1) = u, C(1, v) = v, and C is 0 where either rank is 0',
    check(C) {
      const tightest = new Tightest();
      for (const u of grid) {
        tightest.compare(C.cdf(u, 1) - u, 1e-13, at(u, 1));
        tightest.compare(C.cdf(1, u) - u, 1e-13, at(1, u));
        tightest.compare(C.cdf(u, 0), 0, at(u, 0));
        tightest.compare(C.cdf(0, u), 0, at(0, u));
      }
      return tightest.verdict();
    },
  },
  {
    name: 'no rectangle has negative mass, and the density is nonnegative',
    check(C) {
      const tightest = new Tightest();
      for (let m = 1; m < grid.length; m++) {
        for (let n = 1; n < grid.length; n++) {
          const [u0, u1, v0, v1] = [grid[m - 1]!, grid[m]!, grid[n - 1]!, grid[n]!];
          const mass = C.cdf(u1, v1) - C.cdf(u0, v1) - C.cdf(u1, v0) + C.cdf(u0, v0);
          tightest.order(0, mass, 1e-13, at(u1, v1));
          tightest.order(0, C.density((u0 + u1) / 2, (v0 + v1) / 2), 0, at(u1, v1));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the conditional distribution rises from 0 to 1 in the value’s rank',
    check(C) {
      const tightest = new Tightest();
      for (const v of interior) {
        tightest.compare(C.conditional(0, v), 1e-13, at(0, v));
        tightest.compare(C.conditional(1, v) - 1, 1e-13, at(1, v));
        for (let m = 1; m < grid.length; m++) {
          tightest.order(C.conditional(grid[m - 1]!, v), C.conditional(grid[m]!, v), 1e-14, at(grid[m]!, v));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the conditional distribution and survival functions sum to 1',
    check(C) {
      const tightest = new Tightest();
      for (const v of interior) {
        for (const u of grid) {
          const sum = C.conditional(u, v) + C.conditionalSurvival(u, v);
          tightest.compare(sum - 1, 1e-13, at(u, v));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'the conditional distribution is ∂C/∂v, and the density is its derivative',
    check(C) {
      const tightest = new Tightest();
      // As integrals, which are exact however steep the copula is.
      for (const p of interior) {
        for (let m = 1; m < interior.length; m++) {
          const [from, to] = [interior[m - 1]!, interior[m]!];
          const mass = adaptiveIntegral((v) => C.conditional(p, v), from, to, 1e-13);
          tightest.compare(mass - (C.cdf(p, to) - C.cdf(p, from)), 1e-11, at(p, to));
          const rise = adaptiveIntegral((u) => C.density(u, p), from, to, 1e-13);
          tightest.compare(rise - (C.conditional(to, p) - C.conditional(from, p)), 1e-11, at(to, p));
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'near a rank of 0 or 1 the conditionals are the integrals of the density, to relative accuracy',
    check(C) {
      const tightest = new Tightest();
      for (const rest of [1e-3, 1e-9, 1e-14]) {
        for (const [v, vRest] of [
          [0.05, 0.95],
          [0.5, 0.5],
          [1 - rest, rest],
          [rest, 1 - rest],
        ] as const) {
          const density = (u: number): number => C.density(1 - u, v, u, vRest);
          const above = (u: number): number => C.conditionalSurvival(1 - u, v, u, vRest);
          compareRise(tightest, above, density, rest, () => `(1 − u, v) = (${rest}, ${v})`);
          const mirrored = (u: number): number => C.density(u, v, 1 - u, vRest);
          const below = (u: number): number => C.conditional(u, v, 1 - u, vRest);
          compareRise(tightest, below, mirrored, rest, () => `(u, v) = (${rest}, ${v})`);
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'it is called independent exactly where C(u, v) = uv',
    check(C) {
      let distance = 0;
      for (const u of interior) {
        for (const v of interior) distance = Math.max(distance, Math.abs(C.cdf(u, v) - u * v));
      }
      const detail = `independent: ${C.independent}, largest |C(u, v) − uv| ${distance.toExponential(2)}`;
      return { holds: C.independent ? distance <= 1e-14 : distance > 0, detail };
    },
  },
];

const grid = Array.from({ length: 17 }, (_, m) => m / 16);
const interior = Array.from({ length: 9 }, (_, m) => 0.05 + 0.1 * m + (m === 4 ? 0.01 : 0));

/** Holds G(t) − G(t/2) against the integral of g, relative to G(t). */
const compareRise = (
  tightest: Tightest,
  G: (t: number) => number,
  g: (t: number) => number,
  t: number,
  where: () => string,
): void => {
  const whole = G(t);
  if (whole < 1e-280) return;
  const error = (adaptiveIntegral(g, t / 2, t, 1e-13 * whole) - (whole - G(t / 2))) / whole;
  tightest.compare(error, 1e-11, where);
};

const at =
  (u: number, v: number): (() => string) =>
  () =>
    `(u, v) = (${u}, ${v})`;
