import {
  type FiniteProblem,
  type FiniteSolver,
  profileTypes,
  solveFinite,
  statusOf,
  supplyTaskByTask,
  withOutsideOption,
} from '@menusmith/core';
import {
  clarabelSolver,
  cobbDouglas,
  highsSolver,
  linear,
  oneDimensionalSolver,
  quadratic,
} from '@menusmith/plugins';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { conicOptimum, type PowerCost } from './conic-program.ts';
import { allWorths, anyMass, anyNumbers, halfSquares, inWords, solved, sum, suppliedAt } from './examples.ts';

/** v = x^0.4 at 0.1 a token: C(q) = 0.1 q^2.5 a task. */
const tokens = [{ name: 'x', scope: 'task', cost: 0.1, max: Number.POSITIVE_INFINITY }] as const;
const powers = cobbDouglas.create({ exponents: { x: 0.4 }, base: {} }, { task: ['x'], shared: [] })
  .closedForm!(tokens);

interface Drawn {
  readonly problem: FiniteProblem;
  readonly cost: PowerCost;
}

const anyCase = (most: number, least = 0): fc.Arbitrary<Drawn> =>
  fc
    .record({
      count: fc.integer({ min: 2, max: 4 }),
      tasks: fc.integer({ min: 1, max: 3 }),
      isQuadratic: fc.boolean(),
      surplusWeight: fc.constantFrom(0, 0.3, 0.9),
    })
    .chain(({ count, tasks, isQuadratic, surplusWeight }) =>
      fc
        .tuple(
          anyNumbers(count * tasks, 1),
          anyNumbers(tasks, 1, 0.1),
          anyMass(count),
          anyNumbers(count, most, least),
        )
        .map(
          ([values, weights, mass, participation]): Drawn => ({
            problem: {
              types: profileTypes(values, weights),
              mass,
              supply: isQuadratic ? halfSquares(tasks) : supplyTaskByTask(powers, tasks),
              surplusWeight,
              participation,
            },
            cost: isQuadratic ? { factor: 0.5, power: 2 } : { factor: 0.1, power: 2.5 },
          }),
        ),
    );

const described = ({ problem, cost }: Drawn): string =>
  `${inWords(problem)} κ = ${problem.surplusWeight}, u = ${problem.participation}, C = ${cost.factor} q^${cost.power}`;

/** What the certified menu makes of the objective, from its items and choices alone. */
const objectiveOf = (
  { types, mass, surplusWeight = 0 }: FiniteProblem,
  { choices, transfers, costs, rents }: ReturnType<typeof solved>['menu'],
): number =>
  sum(
    Array.from({ length: types.count }, (_, n) => {
      const k = choices[n]!;
      return mass[n]! * ((k < 0 ? 0 : transfers[k]! - costs[k]!) + surplusWeight * rents[n]!);
    }),
  );

describe('weights on rents and promises to types', () => {
  test('the optimum is that of the program with every constraint, by Clarabel, to 1e-6 of the money at stake', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.oneof(anyCase(0.3), anyCase(0.1, -0.1), anyCase(0)), (drawn) => {
        const { problem, cost } = drawn;
        const { menu, essential } = solved(problem);
        const { attained, upperBound, maxParticipationViolation } = menu.certificate;
        const stake = Math.max(essential.firstBest, ...problem.participation!.map(Math.abs), 0.05);
        const exact = conicOptimum(problem, cost);
        if (exact !== undefined) {
          told++;
          expect(Math.abs(attained - exact) / stake, described(drawn)).toBeLessThan(1e-6);
        }
        expect(Math.abs(upperBound - attained) / stake, described(drawn)).toBeLessThan(2e-9);
        expect(maxParticipationViolation).toBeLessThan(1e-9);
        expect(objectiveOf(problem, menu)).toBeCloseTo(attained, 12);
      }),
      { numRuns: 300, seed: 20261130 },
    );
    expect(told).toBeGreaterThan(270);
  });

  test('at κ = 1 everybody is served efficiently, with the least rents that keep all incentives and promises', () => {
    fc.assert(
      fc.property(anyCase(0.3), (drawn) => {
        const problem = { ...drawn.problem, surplusWeight: 1 };
        const { types, mass, supply, participation: u } = problem;
        const { menu, essential } = solved(problem);
        const n = types.count;
        const points = Array.from({ length: n }, (_, k) =>
          suppliedAt(
            supply,
            Float64Array.from(types.weights, (_, m) => types.valueAt(k, m)),
            types.weights,
          ),
        );
        // Least rents by Bellman and Ford: U_n = max(u_n, U_k + ⟨w_n − w_k, q_k⟩), n times over.
        const tasks = types.weights.length;
        const worth = allWorths(types, {
          offsets: Int32Array.from({ length: n + 1 }, (_, k) => k * tasks),
          ends: Int32Array.from({ length: n * tasks }, (_, b) => (b % tasks) + 1),
          quality: Float64Array.from(points.flatMap(({ quality }) => [...quality])),
        });
        const rents = [...u!];
        for (let round = 0; round < n; round++)
          for (let a = 0; a < n; a++)
            for (let k = 0; k < n; k++)
              rents[a] = Math.max(rents[a]!, rents[k]! + worth[a]![k]! - worth[k]![k]!);
        const profit = sum(points.map(({ surplus }, k) => mass[k]! * (surplus - rents[k]!)));
        const own = objectiveOf({ ...problem, surplusWeight: 0 }, menu);
        expect(Math.abs(own - profit), described(drawn)).toBeLessThan(1e-9);
        expect(menu.certificate.attained).toBeCloseTo(essential.firstBest, 10);
        expect(menu.certificate.upperBound).toBeCloseTo(essential.firstBest, 10);
      }),
      { numRuns: 150, seed: 20261130 },
    );
  });

  describe('are what other solvers solve for, too', () => {
    const clarabel = clarabelSolver.create({});
    const highs = highsSolver.create({});
    beforeAll(async () => {
      for (const solver of [clarabel, highs]) await solver.prepare?.();
    });
    const certified = (solver: FiniteSolver, problem: FiniteProblem) => {
      const solve = solveFinite(problem, solver, 1e-7);
      let step = solve.next();
      while (!step.done) step = solve.next();
      return step.value;
    };

    test('Clarabel the quadratic ones', () => {
      fc.assert(
        fc.property(anyCase(0.1), ({ problem, cost }) => {
          fc.pre(cost.power === 2);
          const { menu } = certified(clarabel, { ...problem, cost: quadratic.create({}).form! });
          expect(statusOf(menu.certificate, 1e-5, menu.money + 1)).toBe('optimal');
        }),
        { numRuns: 60, seed: 20261130 },
      );
    });

    test('HiGHS the linear ones', () => {
      const goods = linear.create({ rate: 0.2, max: 1 });
      fc.assert(
        fc.property(anyCase(0.1), ({ problem }) => {
          const tasks = problem.types.weights.length;
          const supply = supplyTaskByTask(goods, tasks);
          const { menu, essential } = certified(highs, { ...problem, supply, cost: goods.form! });
          const { attained, upperBound, maxParticipationViolation } = menu.certificate;
          expect(upperBound - attained, inWords(problem)).toBeLessThan(1e-7 * (essential.firstBest + 1));
          expect(maxParticipationViolation).toBeLessThan(1e-9);
        }),
        { numRuns: 60, seed: 20261130 },
      );
    });

    test('the chain the one-dimensional ones, with weights on rents and without promises', () => {
      fc.assert(
        fc.property(anyCase(0), ({ problem }) => {
          const { types, mass, supply, surplusWeight } = problem;
          const values = Float64Array.from({ length: types.count }, (_, n) => types.valueAt(n, 0));
          fc.pre(types.weights.length === 1 && values.some((value) => value > 0));
          const one = {
            types: profileTypes(values, types.weights),
            mass,
            supply,
            surplusWeight: surplusWeight!,
          };
          const solver = oneDimensionalSolver.create({});
          expect(solver.refuses(one)).toBeUndefined();
          const { menu } = certified(solver, one);
          expect(statusOf(menu.certificate, 1e-9, menu.money)).toBe('optimal');
        }),
        { numRuns: 150, seed: 20261130 },
      );
    });
  });
});

describe('outside options', () => {
  /** The best over all choices of whom to sell to, each by Clarabel; undefined where it does not say of one of them. */
  const enumerated = (problem: FiniteProblem, cost: PowerCost): number | undefined => {
    const { count } = problem.types;
    let best = Number.NEGATIVE_INFINITY;
    for (let chosen = 0; chosen < 2 ** count; chosen++) {
      const served = Array.from({ length: count }, (_, n) => (chosen >> n) % 2 === 1);
      const found = conicOptimum(problem, cost, served);
      if (found === undefined) return undefined;
      best = Math.max(best, found);
    }
    return best;
  };

  test('as one more task: the optimum is that of the best choice of whom to sell to, and more only by lotteries', () => {
    let [told, mixed] = [0, 0];
    fc.assert(
      fc.property(anyCase(0.4), (drawn) => {
        const { problem, cost } = drawn;
        const { participation, ...plain } = problem;
        const { menu } = solved(withOutsideOption(plain, participation!), 1e-7);
        const { attained, upperBound, maxParticipationViolation } = menu.certificate;
        const exact = enumerated(problem, cost);
        expect(maxParticipationViolation).toBeLessThan(1e-9);
        expect(upperBound - attained, described(drawn)).toBeLessThan(1e-6 * Math.max(0.1, upperBound));
        if (exact === undefined) return;
        told++;
        const close = 1e-6 * Math.max(0.1, Math.abs(exact));
        expect(upperBound, described(drawn)).toBeGreaterThan(exact - close);
        expect(attained, described(drawn)).toBeGreaterThan(exact - close);
        const pure = menu.withoutLotteries ?? menu;
        if (menu.withoutLotteries) mixed++;
        expect(pure.certificate.attained, described(drawn)).toBeLessThan(exact + close);
        if (!menu.withoutLotteries) expect(attained, described(drawn)).toBeLessThan(exact + close);
      }),
      { numRuns: 120, seed: 20261130 },
    );
    expect(told).toBeGreaterThan(80);
    expect(mixed).toBeGreaterThan(0);
  });
});
