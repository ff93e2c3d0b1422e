import {
  essentialTypes,
  type FiniteProblem,
  finiteMenu,
  interiorPoint,
  profileTypes,
  statusOf,
  valueScaleTypes,
} from '@menusmith/core';
import { fgm, quadratic } from '@menusmith/plugins';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allWorths,
  anyMass,
  anyProblem,
  cobbDouglasSupply,
  curvedExample1,
  example1,
  halfSquares,
  inWords,
  solved,
  sum,
} from '../finite/examples.ts';
import { rochetChone, valueScaleGrid } from '../finite/grids.ts';

/** Numbers from 0 to 1 (a linear congruential generator), the same in every run. */
const draws = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
};

const expectSolved = (problem: FiniteProblem, tolerance = 1e-9) => {
  const { menu } = solved(problem, tolerance);
  expect(statusOf(menu.certificate, tolerance, menu.money), inWords(problem)).toBe('optimal');
  return menu;
};

test('two types θ = (1, 2), f = (2/3, 1/3), C = q²/2: q = (½, 2), T = (½, 3.5), Π = 3/4', () => {
  // φ = (1 − ½·1, 2): q = φ; the high type's rent is ½, profit 2/3·(½ − ⅛) + 1/3·(3.5 − 2).
  const menu = expectSolved({
    types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
    mass: Float64Array.of(2 / 3, 1 / 3),
    supply: halfSquares(1),
  });
  expect(Math.abs(menu.certificate.attained - 0.75)).toBeLessThan(1e-9);
  expect(Math.abs(menu.certificate.upperBound - 0.75)).toBeLessThan(1e-9);
  // Profit is flat at the optimum: f δ²/2 ≤ 10⁻⁹·3/4 allows qualities to be off by δ = 7·10⁻⁵.
  [0.5, 2].forEach((q, k) => {
    expect(Math.abs(menu.items.quality[k]! - q)).toBeLessThan(7e-5);
  });
  [0.5, 3.5].forEach((transfer, k) => {
    expect(Math.abs(menu.transfers[k]! - transfer)).toBeLessThan(1.5e-4);
  });
  expect([...menu.choices]).toEqual([0, 1]);
});

describe('a chain of one-dimensional types', () => {
  /** Distinct values, in no order, with masses that call for ironing as often as not. */
  const anyChain = fc
    .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 2, maxLength: 14 })
    .chain((values) =>
      fc.tuple(fc.constant(Float64Array.from(values, (value) => value / 100)), anyMass(values.length)),
    );

  test.each([
    ['C = q²/2', quadratic.create({}), halfSquares(1)],
    ['Example 1’s technology', example1.supply, curvedExample1(1)],
  ])('with %s has the profit of the ironed chain (Mussa and Rosen) to 1e-8', (_, supply, curved) => {
    let ironed = 0;
    fc.assert(
      fc.property(anyChain, ([value, mass]) => {
        const exact = finiteMenu({ value, mass }, supply);
        if (exact.virtualValue.some((phi, k) => phi !== exact.ironedVirtualValue[k])) ironed++;
        const { certificate } = expectSolved({
          types: profileTypes(value, Float64Array.of(1)),
          mass,
          supply: curved,
        });
        const profit = sum(mass.map((f, k) => f * (exact.transfer[k]! - exact.cost[k]!)));
        expect(Math.abs(certificate.attained / profit - 1)).toBeLessThan(1e-8);
        expect(Math.abs(certificate.upperBound / exact.upperBound - 1)).toBeLessThan(1e-8);
      }),
      { numRuns: 30, seed: 20261125 },
    );
    expect(ironed).toBeGreaterThan(10);
  });

  test('of 200 uniform types excludes those with φ ≤ 0, and serves the others q = φ', () => {
    // θ_k = k/n, f = 1/n: φ_k = k/n − (n − k)/n = 2k/n − 1.
    const n = 200;
    const value = Float64Array.from({ length: n }, (_, k) => (k + 1) / n);
    const menu = expectSolved({
      types: valueScaleTypes(value, new Int32Array(n).fill(1), Float64Array.of(1)),
      mass: new Float64Array(n).fill(1 / n),
      supply: halfSquares(1),
    });
    const profit = sum(value.map((theta) => Math.max(0, 2 * theta - 1) ** 2 / (2 * n)));
    expect(Math.abs(menu.certificate.attained / profit - 1)).toBeLessThan(1e-9);
    // δ²/2n ≤ 10⁻⁹·Π, as above.
    value.forEach((theta, k) => {
      expect(Math.abs(menu.items.quality[k]! - Math.max(0, 2 * theta - 1))).toBeLessThan(2e-4);
    });
  });
});

describe('Rochet and Choné’s problem on cell midpoints', () => {
  test.each([
    [10, 1.5801454],
    [20, 1.5473689],
  ])('%i a side earn %d', (n, optimum) => {
    const { certificate } = expectSolved(rochetChone(n));
    expect(Math.abs(certificate.attained - optimum)).toBeLessThan(6e-8);
  });
});

describe('a 12 × 12 grid of values and scales', () => {
  const technologies = {
    'Example 1’s': example1,
    'a steep (σ = 0.35 + 0.35, γ = 0.25)': cobbDouglasSupply({ alpha: 0.35, beta: 0.35, gamma: 0.25 }),
    'a flat (σ = 0.1 + 0.1, γ = 0.1)': cobbDouglasSupply({ alpha: 0.1, beta: 0.1, gamma: 0.1 }),
  };
  test.each(
    Object.entries(technologies).flatMap(([name, made]) =>
      [-0.9, 0.9].map((theta) => [name, theta, made] as const),
    ),
  )(
    'with %s technology and FGM dependence of %f is certified, and nobody gains by another item',
    (_, theta, made) => {
      const { types, mass, supply } = valueScaleGrid(12, fgm.create({ theta }), made);
      const menu = expectSolved({ types, mass, supply }, 1e-8);
      allWorths(types, menu.items).forEach((worths, t) => {
        worths.forEach((worth, k) => {
          if (menu.costs[k]! > 0)
            expect(worth - menu.transfers[k]! - menu.rents[t]!).toBeLessThan(1e-11 * menu.money);
        });
      });
    },
  );
});

describe('many types of unequal mass', () => {
  // Constraints that only come in once the others are nearly met are then broken by as much as there is to earn: before the method began anew with
  // them, it crept on from there, and ended up to 100 % below the bound.
  const tasks = 12;
  type Profile = (draw: () => number) => (i: number) => number;
  const profiles: Readonly<Record<string, Profile>> = {
    lines: (draw) => {
      const [a, b] = [draw(), draw()];
      return (i) => a + (b - a) * i;
    },
    powers: (draw) => {
      const [a, e] = [0.3 + draw(), 3 * draw()];
      return (i) => a * (i + 1 / tasks) ** e;
    },
    waves: (draw) => {
      const [a, b, c] = [draw(), draw() - 0.5, 0.3 * draw()];
      return (i) => Math.max(0, a + b * i + c * Math.sin(6 * i));
    },
  };

  test.each([
    ['lines', [5, 8, 9]],
    ['powers', [4, 5, 12]],
    ['waves', [3, 7, 9]],
  ])('whose values are %s over the tasks are certified', (name, seeds) => {
    for (const seed of seeds) {
      const draw = draws(1000 * seed + 120);
      const values: number[] = [];
      const mass = Float64Array.from({ length: 120 }, () => {
        const value = profiles[name]!(draw);
        for (let m = 0; m < tasks; m++) values.push(value(m / tasks));
        return 0.05 + draw() ** 3;
      });
      const total = sum(mass);
      expectSolved(
        {
          types: profileTypes(Float64Array.from(values), new Float64Array(tasks).fill(1 / tasks)),
          mass: mass.map((f) => f / total),
          supply: halfSquares(tasks),
        },
        1e-8,
      );
    }
  });
});

describe('proposals', () => {
  interface Taken {
    readonly gap: number;
    /** The largest (out − in)/f − 1. */
    readonly excess: number;
    readonly isPositive: boolean;
  }
  /** Up to the first that expects a gap of 10⁻⁹. */
  const run = (problem: FiniteProblem): Taken[] => {
    const essential = essentialTypes(problem, 0);
    const { mass } = essential.problem;
    const all: Taken[] = [];
    for (const { flows, rents, expectedGap: gap } of interiorPoint(essential.problem, essential.firstBest)) {
      const net = new Float64Array(mass.length);
      flows.amount.forEach((flow, e) => {
        net[flows.from[e]!]! += flow;
        net[flows.to[e]!]! -= flow;
      });
      all.push({
        gap,
        excess: Math.max(...net.map((each, k) => each / mass[k]! - 1)),
        isPositive: [...flows.amount, ...rents].every((each) => each > 0),
      });
      if (gap <= 1e-9) break;
    }
    return all;
  };
  const runs = fc
    .sample(
      anyProblem.filter((problem) => essentialTypes(problem, 0).problem.types.count > 1),
      { numRuns: 30, seed: 20261125 },
    )
    .map((problem) => ({ name: inWords(problem), proposals: run(problem) }));

  test('have positive flows and rents, and out − in ≤ f where the gap is small', () => {
    for (const { name, proposals } of runs) {
      for (const { isPositive, gap, excess } of proposals) {
        expect(isPositive, name).toBe(true);
        // Constraints that come in do so with a flow that is not out of the first types' rest.
        expect(excess, name).toBeLessThanOrEqual(gap + 1e-12);
      }
    }
  });

  test('come closer: the expected gap falls by nine orders in fifty steps, and seldom rises', () => {
    let [steps, rises] = [0, 0];
    for (const { name, proposals } of runs) {
      expect(proposals.at(-1)!.gap, name).toBeLessThanOrEqual(1e-9);
      expect(proposals.length, name).toBeLessThanOrEqual(50);
      for (let i = 1; i < proposals.length; i++) {
        steps++;
        if (proposals[i]!.gap > proposals[i - 1]!.gap) rises++;
      }
    }
    expect(rises).toBeLessThan(0.05 * steps);
  });
});
