import {
  type CertifiedMenu,
  curvedSupplyTaskByTask,
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  profileTypes,
  relativeGap,
  solveFinite,
  statusOf,
} from '@menusmith/core';
import { clarabelSolver, highsSolver, interiorPointSolver, linear, quadratic } from '@menusmith/plugins';
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
  supply: curvedSupplyTaskByTask(supply, weights.length),
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
    profit: menu.certificate.attainedProfit,
    gap: relativeGap(menu.certificate),
    status: statusOf(menu.certificate, TOLERANCE, menu.money),
  };
};

const halfSquare = quadratic.create({});
const goods = linear.create({ rate: 0, max: 1 });

/** Small problems: few and even values, so that types tie and are alike now and then; masses from 1 to 10⁻⁴; uneven weights. */
const problems = (supply: EfficientSupply): fc.Arbitrary<FiniteProblem> =>
  fc
    .tuple(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 4 }))
    .chain(([types, tasks]) =>
      fc.tuple(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: types * tasks, maxLength: types * tasks }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: types, maxLength: types }),
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


test('scan', () => {
  let fails = 0, ti = 0, tc = 0, all = 0, cf = 0, wrong = 0;
  for (const p of fc.sample(problems(halfSquare), { numRuns: 1000, seed: Number(process.env.SEED ?? 20261124) })) {
    const t0 = performance.now(); const I = solved(p, interiorPoint); const t1 = performance.now(); const C = solved(p, clarabel); const t2 = performance.now();
    ti += t1 - t0; tc += t2 - t1; all++;
    if (C.status !== 'optimal') { cf++; console.log('C', C.gap, inWords(p)); }
    if (I.status !== 'optimal') { fails++; console.log('I', I.status, I.gap, I.menu.iterations, C.gap, p.types.count, p.types.weights.length, process.env.FULL ? inWords(p) : ''); }
    else if (Math.abs(I.profit - C.profit) > 1e-6 * C.profit) wrong++;
  }
  console.log({ all, fails, cf, wrong, ti, tc });
}, 100000);
