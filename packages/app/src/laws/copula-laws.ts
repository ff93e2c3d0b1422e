import type { Copula } from '@menusmith/core';
import { type Law, Tightest } from './law.ts';
import { numericDerivative } from './numeric-derivative.ts';

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
    name: 'the conditional distribution is ∂C/∂v, and the density is its derivative',
    check(C) {
      const tightest = new Tightest();
      for (const u of interior) {
        for (const v of interior) {
          const byV = numericDerivative((t) => C.cdf(u, t), v, 1e-3);
          tightest.compare(byV - C.conditional(u, v), 1e-7, at(u, v));
          const density = C.density(u, v);
          tightest.compare(
            numericDerivative((t) => C.conditional(t, v), u, 1e-3) - density,
            1e-6 * (1 + density),
            at(u, v),
          );
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

const at =
  (u: number, v: number): (() => string) =>
  () =>
    `(u, v) = (${u}, ${v})`;
