import {
  type FiniteProblem,
  type FiniteSolver,
  type Proposal,
  profileTypes,
  relativeGap,
  type SolverStop,
  type StopReason,
  solveFinite,
  statusOf,
  valueScaleTypes,
} from '@menusmith/core';
import { describe, expect, test } from 'vitest';
import { allWorths, curvedExample1, halfSquares, ownSolver } from './examples.ts';
import { rochetChone } from './grids.ts';

const TOLERANCE = 1e-9;

test('reports every proposal, and ends once the certified gap is within the tolerance', () => {
  const solve = solveFinite(rochetChone(6), ownSolver, TOLERANCE);
  const progress = [];
  let step = solve.next();
  for (; !step.done; step = solve.next()) progress.push(step.value);
  const { menu } = step.value;
  expect(progress.map(({ iterations }) => iterations)).toEqual(progress.map((_, i) => i));
  expect(progress[0]!.certifiedGap).toBeUndefined();
  const last = progress.at(-1)!;
  expect(last.certifiedGap).toBe(relativeGap(menu.certificate));
  expect(Math.abs(last.certifiedGap!)).toBeLessThanOrEqual(TOLERANCE);
  for (const { certifiedGap } of progress.slice(0, -1))
    expect(certifiedGap === undefined || Math.abs(certifiedGap) > TOLERANCE).toBe(true);
  expect(statusOf(menu.certificate, TOLERANCE, menu.money)).toBe('optimal');
});

describe('told to stop', () => {
  test.each([1, 2, 5, 9])('after %i proposals it asks for no more, and certifies the last', (count) => {
    let asked = 0;
    const counting: FiniteSolver = {
      refuses: () => undefined,
      *proposals(problem, money) {
        for (const proposal of ownSolver.proposals(problem, money)) {
          asked++;
          yield proposal;
        }
      },
    };
    const problem = rochetChone(6);
    const solve = solveFinite(problem, counting, TOLERANCE);
    for (let i = 0; i < count; i++) expect(solve.next().done).toBe(false);
    const end = solve.next(true);
    expect(end.done).toBe(true);
    expect(asked).toBe(count);
    if (!end.done) return;
    const { menu } = end.value;
    const { attained, upperBound, maxIncentiveViolation } = menu.certificate;
    // The optimum on 6 × 6 is between the two; the menu is feasible, if not good.
    expect(statusOf(menu.certificate, TOLERANCE, menu.money)).toBe('feasible');
    expect(attained).toBeLessThan(upperBound);
    expect(maxIncentiveViolation).toBeLessThanOrEqual(1e-12 * menu.money);
    allWorths(problem.types, menu.items).forEach((worths, t) => {
      const best = Math.max(0, ...worths.map((worth, k) => worth - menu.transfers[k]!));
      expect(menu.rents[t]!).toBeGreaterThanOrEqual(best - 2e-12 * menu.money);
    });
  });

  test('later it has more: the gap of what it returns falls with the number of proposals', () => {
    const gaps = [2, 6, 10].map((count) => {
      const solve = solveFinite(rochetChone(6), ownSolver, TOLERANCE);
      for (let i = 0; i < count; i++) solve.next();
      const end = solve.next(true);
      return end.done ? relativeGap(end.value.menu.certificate) : Number.NaN;
    });
    expect(gaps[1]!).toBeLessThan(gaps[0]!);
    expect(gaps[2]!).toBeLessThan(gaps[1]!);
  });
});

describe('a solver that has nothing to say', () => {
  const silent: FiniteSolver = { refuses: () => undefined, proposals: () => [] };

  test('ends uncertified', () => {
    const end = solveFinite(rochetChone(3), silent, TOLERANCE).next();
    expect(end.done).toBe(true);
    if (!end.done) return;
    const { certificate, money } = end.value.menu;
    expect(statusOf(certificate, TOLERANCE, money)).toBe('uncertified');
    // Without flows the bound is the efficient surplus: q = θ, E[|θ|²/2], which midpoints put at 7/3 − 1/12n².
    expect(certificate.upperBound).toBeCloseTo(7 / 3 - 1 / 108, 13);
  });

  test('is not asked about a population that is worth nothing: no menu, no profit, optimal', () => {
    const never: FiniteSolver = {
      refuses: () => undefined,
      proposals: () => {
        throw new Error('asked');
      },
    };
    const types = valueScaleTypes(Float64Array.of(0, 1), Int32Array.of(1, 0), Float64Array.of(1));
    const end = solveFinite(
      { types, mass: Float64Array.of(0.5, 0.5), supply: curvedExample1(1) },
      never,
      TOLERANCE,
    ).next();
    expect(end.done).toBe(true);
    if (!end.done) return;
    const { certificate, money, choices } = end.value.menu;
    expect([certificate.attained, certificate.upperBound]).toEqual([0, 0]);
    expect([...choices]).toEqual([-1, -1]);
    expect(statusOf(certificate, TOLERANCE, money)).toBe('optimal');
  });
});

test('types that were left out choose from the menu made for the others', () => {
  // A type of value 3 and mass 10⁻¹⁴ does not count; she takes the best item that there is.
  const problem = {
    types: profileTypes(Float64Array.of(1, 3, 2), Float64Array.of(1)),
    mass: Float64Array.of(2 / 3, 1e-14, 1 / 3 - 1e-14),
    supply: halfSquares(1),
  };
  const solve = solveFinite(problem, ownSolver, TOLERANCE);
  let step = solve.next();
  while (!step.done) step = solve.next();
  const { menu, essential } = step.value;
  expect([...essential.representative]).toEqual([0, -1, 1]);
  expect([...menu.choices]).toEqual([0, 1, 1]);
  // q = 2 at T = 3.5.
  expect(menu.rents[1]!).toBeCloseTo(3 * 2 - 3.5, 5);
  expect(Math.abs(menu.certificate.attained - 0.75)).toBeLessThan(1e-8);
});

describe('why it ended', () => {
  const problem = rochetChone(3);
  const reasonOf = (solver: FiniteSolver, stopAfter = Number.POSITIVE_INFINITY): StopReason => {
    const solve = solveFinite(problem, solver, TOLERANCE);
    let step = solve.next();
    for (let i = 1; step.done !== true; i++) step = solve.next(i >= stopAfter);
    return step.value.stopReason;
  };
  /** The first `count` proposals of our own solver, and what is said after them. */
  const firstOf = (count: number, said: SolverStop | undefined): FiniteSolver => ({
    refuses: () => undefined,
    *proposals(whole, money) {
      let left = count;
      for (const proposal of ownSolver.proposals(whole, money)) {
        if (left-- === 0) return said;
        yield proposal;
      }
      return said;
    },
  });

  test('converged within the tolerance, whatever the solver says', () => {
    expect(reasonOf(ownSolver)).toBe('converged');
    expect(reasonOf(firstOf(200, 'numerical'))).toBe('converged');
  });
  test('asked to end', () => {
    expect(reasonOf(ownSolver, 2)).toBe('interrupted');
  });
  test.each(['stuck', 'most-iterations', 'numerical'] as const)('the solver says %s', (said) => {
    expect(reasonOf(firstOf(2, said))).toBe(said);
  });
  test('a solver without more to say, or without anything, is stuck', () => {
    expect(reasonOf(firstOf(2, undefined))).toBe('stuck');
    expect(reasonOf({ refuses: () => undefined, proposals: () => [] })).toBe('stuck');
  });
  test('one that says the same again and again is stuck, and is told to end', () => {
    let isEnded = false;
    const repeating: FiniteSolver = {
      refuses: () => undefined,
      *proposals(whole, money) {
        const [first] = ownSolver.proposals(whole, money);
        try {
          for (;;) yield { ...first!, expectedGap: 0 };
        } finally {
          isEnded = true;
        }
      },
    };
    expect(reasonOf(repeating)).toBe('stuck');
    expect(isEnded).toBe(true);
  });
});

describe('a bound below what is attained', () => {
  /** Half of the surplus that there is: what proves it is wrong. */
  const wrong = halfSquares(1);
  const halved: FiniteProblem['supply'] = {
    ...wrong,
    supply: (values, weights, count, out) => {
      wrong.supply(values, weights, count, out);
      out.surplus /= 2;
    },
  };
  const problem: FiniteProblem = {
    types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
    mass: Float64Array.of(2 / 3, 1 / 3),
    supply: halved,
  };
  const proposal: Proposal = {
    flows: { from: Int32Array.of(1), to: Int32Array.of(0), amount: Float64Array.of(1 / 3) },
    rents: Float64Array.of(0, 0.5),
    iterations: 1,
    expectedGap: 0,
  };

  test('ends no solve: the solver is asked on, and has not converged', () => {
    let asked = 0;
    const solver: FiniteSolver = {
      refuses: () => undefined,
      *proposals() {
        for (; asked < 5; asked++) yield proposal;
        return 'numerical';
      },
    };
    const solve = solveFinite(problem, solver, TOLERANCE);
    let step = solve.next();
    while (!step.done) step = solve.next();
    const { menu, stopReason } = step.value;
    expect(asked).toBe(5);
    expect(stopReason).toBe('numerical');
    // Of ¾ that are attained (q = ½ and 2, T = ½ and 3½).
    expect(menu.certificate.attained).toBeCloseTo(0.75, 12);
    expect(menu.certificate.upperBound).toBeCloseTo(0.375, 12);
    expect(statusOf(menu.certificate, TOLERANCE, menu.money)).toBe('feasible');
  });
});

test('a supply that was not solved bounds nothing, and what is made of it is not counted', () => {
  const right = halfSquares(1);
  const unsolved: FiniteProblem['supply'] = {
    ...right,
    supply: (values, weights, count, out) => {
      right.supply(values, weights, count, out);
      out.solved = false;
    },
  };
  const solve = solveFinite(
    {
      types: profileTypes(Float64Array.of(1, 2), Float64Array.of(1)),
      mass: Float64Array.of(2 / 3, 1 / 3),
      supply: unsolved,
    },
    ownSolver,
    TOLERANCE,
  );
  let step = solve.next();
  while (!step.done) step = solve.next();
  const { menu, stopReason } = step.value;
  expect(menu.certificate.upperBound).toBeNaN();
  expect(menu.certificate.attained).toBeNaN();
  expect(stopReason).not.toBe('converged');
  expect(statusOf(menu.certificate, TOLERANCE, menu.money)).toBe('uncertified');
});
