import { entryLaws } from '@menusmith/app';
import {
  type CertifiedMenu,
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  profileTypes,
  relativeGap,
  solveFinite,
  statusOf,
  supplyTaskByTask,
  valueScaleTypes,
} from '@menusmith/core';
import {
  clarabelSolver,
  highsSolver,
  interiorPointSolver,
  linear,
  quadratic,
  standardPlugin,
} from '@menusmith/plugins';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

const TOLERANCE = 1e-8;
const interiorPoint = interiorPointSolver.create({});
const highs = highsSolver.create({});
const clarabel = clarabelSolver.create({});
const solvers: readonly [string, FiniteSolver][] = [
  ['interior-point', interiorPoint],
  ['highs', highs],
  ['clarabel', clarabel],
];

beforeAll(async () => {
  for (const [, solver] of solvers) await solver.prepare?.();
});

const problemOf = (
  values: readonly number[],
  mass: readonly number[],
  supply: EfficientSupply,
  weights: readonly number[],
): FiniteProblem => ({
  types: profileTypes(Float64Array.from(values), Float64Array.from(weights)),
  mass: Float64Array.from(mass),
  supply: supplyTaskByTask(supply, weights.length),
  cost: supply.form!,
});

interface Solved {
  readonly menu: CertifiedMenu;
  readonly profit: number;
  readonly gap: number;
  readonly status: string;
}

const solved = (problem: FiniteProblem, solver: FiniteSolver): Solved => {
  const solve = solveFinite(problem, solver, TOLERANCE);
  let step = solve.next();
  while (!step.done) step = solve.next();
  const { menu } = step.value;
  return {
    menu,
    profit: menu.certificate.attained,
    gap: relativeGap(menu.certificate),
    status: statusOf(menu.certificate, TOLERANCE, menu.money),
  };
};

const halfSquare = quadratic.create({});
const goods = linear.create({ rate: 0, max: 1 });

/** Small problems: even values, so that types tie and are alike now and then; masses down to 10^−orders of the largest; uneven weights. */
const problems = (supply: EfficientSupply, orders: number): fc.Arbitrary<FiniteProblem> =>
  fc
    .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 4 }))
    .chain(([types, tasks]) =>
      fc.tuple(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: types * tasks, maxLength: types * tasks }),
        fc.array(fc.integer({ min: 0, max: 100 * orders }), { minLength: types, maxLength: types }),
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: tasks, maxLength: tasks }),
      ),
    )
    .map(([values, exponents, parts]) => {
      const shares = exponents.map((each) => 10 ** (-each / 100));
      return problemOf(
        values.map((value) => value / 20),
        shares.map((share) => share / sum(shares)),
        supply,
        parts.map((part) => part / sum(parts)),
      );
    });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** As reports of failures show it: values type by type, masses, weights. */
const inWords = ({ types, mass }: FiniteProblem): string => {
  const values = Array.from({ length: types.count }, (_, n) =>
    Array.from(types.weights, (_, m) => types.valueAt(n, m)),
  );
  return JSON.stringify({ values, mass: [...mass], weights: [...types.weights] });
};

const expectOptimal = (problem: FiniteProblem, { gap, status }: Solved, name: string): void => {
  expect(Math.abs(gap), `${name}: gap of ${inWords(problem)}`).toBeLessThanOrEqual(TOLERANCE);
  expect(status, `${name}: ${inWords(problem)}`).toBe('optimal');
};

describe('1,000 random problems with a quadratic cost', () => {
  test('are certified optimal, and interior-point attains what Clarabel does', () => {
    fc.assert(
      fc.property(problems(halfSquare, 1), (problem) => {
        const own = solved(problem, interiorPoint);
        const yardstick = solved(problem, clarabel);
        expectOptimal(problem, own, 'interior-point');
        expectOptimal(problem, yardstick, 'clarabel');
        expect(Math.abs(own.profit - yardstick.profit), inWords(problem)).toBeLessThanOrEqual(
          1e-6 * yardstick.profit,
        );
      }),
      { numRuns: 1000, seed: 20261124 },
    );
  });

  test('whose masses differ by up to 10⁴ end certified or honest', () => {
    let certified = 0;
    fc.assert(
      fc.property(problems(halfSquare, 4), (problem) => {
        const own = solved(problem, interiorPoint);
        const yardstick = solved(problem, clarabel);
        expectOptimal(problem, yardstick, 'clarabel');
        if (own.status === 'optimal') {
          certified++;
          expect(Math.abs(own.profit - yardstick.profit), inWords(problem)).toBeLessThanOrEqual(
            1e-6 * yardstick.profit,
          );
        } else {
          // Nothing is claimed, and what is said is true: the optimum lies between.
          expect(own.profit, inWords(problem)).toBeLessThanOrEqual(yardstick.profit * (1 + 1e-8));
          expect(own.menu.certificate.upperBound, inWords(problem)).toBeGreaterThanOrEqual(
            yardstick.profit * (1 - 1e-8),
          );
        }
      }),
      { numRuns: 1000, seed: 20261124 },
    );
    // Rents cannot be mended where items that belong together differ by rounding, which ends in a lower profit for about 1 in 100.
    expect(certified).toBeGreaterThanOrEqual(985);
  });
});

describe.each([
  ['goods without cost', goods],
  ['lotteries over costly goods', linear.create({ rate: 0.4, max: 3 })],
])('random problems of %s', (_, supply) => {
  test('are certified optimal, and HiGHS and Clarabel agree', () => {
    fc.assert(
      fc.property(problems(supply, 4), (problem) => {
        const own = solved(problem, highs);
        const yardstick = solved(problem, clarabel);
        expectOptimal(problem, own, 'highs');
        expectOptimal(problem, yardstick, 'clarabel');
        expect(Math.abs(own.profit - yardstick.profit), inWords(problem)).toBeLessThanOrEqual(
          1e-7 * yardstick.profit,
        );
      }),
      { numRuns: 200, seed: 20261124 },
    );
  });
});

const expectNear = (got: ArrayLike<number>, expected: readonly number[], within: number): void =>
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value), `entry ${i}: ${got[i]}`).toBeLessThanOrEqual(within);
  });

test.each(standardPlugin.solvers ?? [])('$name obeys the laws', async (entry) => {
  const { laws } = await entryLaws('solvers', entry);
  expect(laws.filter(({ holds }) => !holds)).toEqual([]);
});

describe('two goods U[0,1]² without cost (Manelli and Vincent 2006)', () => {
  /** Midpoints of n × n cells. */
  const goodsOnGrid = (n: number): FiniteProblem => {
    const values = Array.from({ length: 2 * n * n }, (_, i) => {
      const type = i >> 1;
      return ((i % 2 === 0 ? Math.floor(type / n) : type % n) + 0.5) / n;
    });
    return problemOf(values, new Array(n * n).fill(1 / (n * n)), goods, [1, 1]);
  };
  const continuum = (12 + 2 * Math.SQRT2) / 27;

  test('HiGHS is certified to 1e-8 and comes down to (12 + 2√2)/27 as the grid is refined', () => {
    const profits = [6, 10, 20].map((n) => {
      const { profit, gap } = solved(goodsOnGrid(n), highs);
      expect(Math.abs(gap)).toBeLessThanOrEqual(1e-8);
      return profit;
    });
    const [coarse, finer, finest] = profits.map((profit) => profit - continuum);
    expect(coarse).toBeGreaterThan(finer!);
    expect(finer).toBeGreaterThan(finest!);
    // Order 1: midpoints bias profit upward by O(1/n).
    expect(finest).toBeGreaterThan(0);
    expect(finest).toBeLessThan(0.5 / 20);
  });

  test('Clarabel finds the same on 6 × 6 cells', () => {
    const problem = goodsOnGrid(6);
    expectNear([solved(problem, clarabel).profit], [solved(problem, highs).profit], 1e-8);
  });
});

test('HiGHS brings in constraints until nobody is tempted, where neighbours are not enough', () => {
  const types = 90;
  const values = Array.from({ length: 2 * types }, (_, i) => ((i * 37) % 101) / 50 + ((i * i) % 17) / 100);
  const problem = problemOf(values, new Array(types).fill(1 / types), goods, [1, 1]);
  const { menu, status } = solved(problem, highs);
  expect(status).toBe('optimal');
  expect(menu.iterations).toBeGreaterThan(1);
  expect(menu.flows.from.length).toBeGreaterThan(0);
});

test.each([
  ['a linear cost', linear.create({ rate: 0.2, max: 1 })],
  ['a quadratic cost', halfSquare],
])('on types that differ by value and scale, with %s, solvers agree block by block', (_, supply) => {
  const values = Float64Array.from({ length: 30 }, (_, n) => 0.3 + ((n * 7) % 30) / 15);
  const reach = Int32Array.from({ length: 30 }, (_, n) => 1 + ((n * n) % 5) * 2);
  const weights = new Float64Array(10).fill(0.1);
  const problem: FiniteProblem = {
    types: valueScaleTypes(values, reach, weights),
    mass: new Float64Array(30).fill(1 / 30),
    supply: supplyTaskByTask(supply, 10),
    cost: supply.form!,
  };
  const profits = solvers
    .filter(([, solver]) => solver.refuses(problem) === undefined)
    .map(([, solver]) => {
      const { profit, status } = solved(problem, solver);
      expect(status).toBe('optimal');
      return profit;
    });
  expect(profits.length).toBe(2);
  expectNear(profits, [profits[1]!, profits[0]!], 1e-7);
});
