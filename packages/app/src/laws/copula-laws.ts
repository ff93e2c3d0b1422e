import type { Copula } from '@menusmith/core';
import { adaptiveIntegral } from './adaptive-integral.ts';
import { type Law, type LawPoint, Tightest } from './law.ts';

/** The laws of a copula C(u, v) of the value's rank u and the scale's rank v. */
export const copulaLaws: readonly Law<Copula>[] = [
  {
    name: 'uniform-margins',
    statement: 'Each rank is uniform: C(u, 1) = u, C(1, v) = v, and C is 0 where either rank is 0.',
    check(C) {
      const tightest = new Tightest();
      for (const rank of grid) {
        tightest.equal('cdf', C.cdf(rank, 1), rank, 1e-13, { u: rank, v: 1 });
        tightest.equal('cdf', C.cdf(1, rank), rank, 1e-13, { u: 1, v: rank });
        tightest.equal('cdf', C.cdf(rank, 0), 0, 0, { u: rank, v: 0 });
        tightest.equal('cdf', C.cdf(0, rank), 0, 0, { u: 0, v: rank });
      }
      return tightest.verdict();
    },
  },
  {
    name: '2-increasing',
    statement: 'No rectangle has negative mass, and the density is nonnegative.',
    check(C) {
      const tightest = new Tightest();
      for (let m = 1; m < grid.length; m++) {
        for (let n = 1; n < grid.length; n++) {
          const [u0, u1, v0, v1] = [grid[m - 1]!, grid[m]!, grid[n - 1]!, grid[n]!];
          const mass = C.cdf(u1, v1) - C.cdf(u0, v1) - C.cdf(u1, v0) + C.cdf(u0, v0);
          tightest.atLeast('mass of the cell below', mass, 0, 1e-13, { u: u1, v: v1 });
          const middle = { u: (u0 + u1) / 2, v: (v0 + v1) / 2 };
          tightest.atLeast('density', C.density(middle.u, middle.v), 0, 0, middle);
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'conditional-distribution',
    statement: 'The conditional distribution ∂C/∂v rises from 0 to 1 in the value’s rank.',
    check(C) {
      const tightest = new Tightest();
      for (const v of interior) {
        tightest.equal('conditional', C.conditional(0, v), 0, 1e-13, { u: 0, v });
        tightest.equal('conditional', C.conditional(1, v), 1, 1e-13, { u: 1, v });
        for (let m = 1; m < grid.length; m++) {
          const u = grid[m]!;
          tightest.atLeast('conditional', C.conditional(u, v), C.conditional(grid[m - 1]!, v), 1e-14, {
            u,
            v,
          });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'conditional-survival',
    statement: 'The conditional distribution and survival functions sum to 1.',
    check(C) {
      const tightest = new Tightest();
      for (const v of interior) {
        for (const u of grid) {
          const sum = C.conditional(u, v) + C.conditionalSurvival(u, v);
          tightest.equal('conditional + conditionalSurvival', sum, 1, 1e-13, { u, v });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'partial-derivatives',
    statement: 'The conditional distribution is ∂C/∂v, and the density is its derivative.',
    check(C) {
      const tightest = new Tightest();
      // As integrals, which are exact however steep the copula is.
      for (const p of interior) {
        for (let m = 1; m < interior.length; m++) {
          const [from, to] = [interior[m - 1]!, interior[m]!];
          const mass = adaptiveIntegral((v) => C.conditional(p, v), from, to, 1e-13);
          const added = C.cdf(p, to) - C.cdf(p, from);
          tightest.equal('∫ conditional dv', mass, added, 1e-11, { u: p, fromV: from, toV: to });
          const rise = adaptiveIntegral((u) => C.density(u, p), from, to, 1e-13);
          const risen = C.conditional(to, p) - C.conditional(from, p);
          tightest.equal('∫ density du', rise, risen, 1e-11, { fromU: from, toU: to, v: p });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'tail-accuracy',
    statement:
      'Near a rank of 0 or 1 the conditionals are the integrals of the density, to relative accuracy.',
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
          compareRise(tightest, 'conditionalSurvival', above, density, rest, { uRest: rest, v, vRest });
          const mirrored = (u: number): number => C.density(u, v, 1 - u, vRest);
          const below = (u: number): number => C.conditional(u, v, 1 - u, vRest);
          compareRise(tightest, 'conditional', below, mirrored, rest, { u: rest, v, vRest });
        }
      }
      return tightest.verdict();
    },
  },
  {
    name: 'independence',
    statement: 'It is called independent exactly where C(u, v) = uv.',
    check(C) {
      const tightest = new Tightest();
      let most = -1;
      let at = { u: 0, v: 0 };
      for (const u of interior) {
        for (const v of interior) {
          const distance = Math.abs(C.cdf(u, v) - u * v);
          if (C.independent) tightest.equal('cdf', C.cdf(u, v), u * v, 1e-14, { u, v });
          else if (!(distance <= most)) [most, at] = [distance, { u, v }];
        }
      }
      if (!C.independent) tightest.above('largest |cdf − uv|', most, 0, at);
      return tightest.verdict();
    },
  },
];

const grid = Array.from({ length: 17 }, (_, m) => m / 16);
const interior = Array.from({ length: 9 }, (_, m) => 0.05 + 0.1 * m + (m === 4 ? 0.01 : 0));

/** Holds G(t) − G(t/2) against the integral of g, relative to G(t). */
const compareRise = (
  tightest: Tightest,
  name: string,
  G: (t: number) => number,
  g: (t: number) => number,
  t: number,
  at: LawPoint,
): void => {
  const whole = G(t);
  if (whole < 1e-280) return;
  const mass = adaptiveIntegral(g, t / 2, t, 1e-13 * whole);
  tightest.equal(`rise of ${name}`, whole - G(t / 2), mass, 1e-11 * whole, at);
};
