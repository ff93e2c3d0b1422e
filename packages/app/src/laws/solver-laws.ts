import {
  type CertifiedMenu,
  type EfficientSupply,
  type FiniteProblem,
  type FiniteSolver,
  profileTypes,
  relativeGap,
  solveFinite,
  supplyTaskByTask,
} from '@menusmith/core';
import { linear, quadratic } from '@menusmith/plugins';
import { type Law, type LawPoint, notClaimed, Tightest, type Verdict, violated } from './law.ts';
import { haltonPoints } from './sampling.ts';

const TOLERANCE = 1e-8;
/** A solver that has not ended by then is stopped, and judged by what it has. */
const MOST_PROPOSALS = 1000;

/** The laws of a solver of finite screening problems: small ones with known answers, certified by the core. What it refuses is not held against it. */
export const solverLaws: readonly Law<FiniteSolver>[] = [
  {
    name: 'stated-refusals',
    statement: 'What is refused is refused in words, and not everything is.',
    check(solver) {
      const { cost: _cost, ...costly } = mussaRosen();
      const problems = [mussaRosen(), lottery(), goodsOfOneBuyer(), costly];
      const reasons = problems.map((problem) => solver.refuses(problem));
      for (const reason of reasons) {
        const isStated = reason === undefined || (typeof reason === 'string' && /\w/.test(reason));
        if (!isStated)
          return violated(`refuses answers with ${JSON.stringify(reason)} and not with a reason`);
      }
      if (!reasons.includes(undefined))
        return violated(`every problem tried is refused: ${[...new Set(reasons)].join('; ')}`);
      return { holds: true, isClaimed: true };
    },
  },
  {
    // φ_L = 1 − (1/3)/(2/3)·(2 − 1) = ½; T_L = ½, T_H = 2·2 − (2 − 1)·½; Π = (2/3)(½ − ⅛) + (1/3)(3.5 − 2).
    name: 'two-types',
    statement: 'Two types θ = (1, 2), f = (2/3, 1/3), C = q²/2: q = (½, 2), T = (½, 3½), Π = ¾.',
    check: (solver) =>
      onProblems(solver, [mussaRosen()], (tightest, menu) => {
        compareOptimum(tightest, menu, 0.75);
        // Profit is flat at its optimum: q is as good as the square root of the tolerance.
        compareAll(tightest, 'quality', menu.items.quality, [0.5, 2], 1e-4);
        compareAll(tightest, 'transfer', menu.transfers, [0.5, 3.5], 1e-4);
      }),
  },
  {
    // All but the second good goes to (3, 1) with the chance x at 3 + x; (1, 6) is tempted unless 5x ≤ 2. Π = (7 + 3.4)/2, and 5 without lotteries.
    name: 'lottery',
    statement:
      'Two goods for (1, 6) and (3, 1): the second buyer gets the second good by a lottery, with chance 2/5.',
    check: (solver) =>
      onProblems(solver, [lottery()], (tightest, menu) => {
        compareOptimum(tightest, menu, 5.2);
        compareAll(tightest, 'quality', menu.items.quality, [1, 1, 1, 0.4], 1e-6);
        compareAll(tightest, 'transfer', menu.transfers, [7, 3.4], 1e-6);
      }),
  },
  {
    name: 'full-extraction',
    statement: 'A lone buyer pays all that her item is worth to her.',
    check: (solver) =>
      onProblems(solver, [goodsOfOneBuyer(), qualityOfOneBuyer()], (tightest, menu, p) => {
        // (3, 1): goods are worth 4; q = (3, 1) is worth 10 and costs 5.
        compareOptimum(tightest, menu, p === 0 ? 4 : 5);
        compareAll(tightest, 'transfer', menu.transfers, [p === 0 ? 4 : 10], p === 0 ? 1e-7 : 1e-4);
      }),
  },
  {
    name: 'unit-invariance',
    statement: 'Units of money, quality and tasks make no difference to what is found.',
    check: (solver) => {
      const units = [1e-6, 1e6];
      const problems = [...units.map(lottery), ...units.map(mussaRosen)];
      return onProblems(solver, problems, (tightest, menu, p) => {
        const unit = units[p % 2]!;
        compareOptimum(tightest, menu, p < 2 ? 5.2 * unit : 0.75 * unit ** 2, { unit });
      });
    },
  },
  {
    name: 'certified-optimality',
    statement: 'Problems of five types and three tasks are solved to a certified relative gap of 1e-8.',
    check: (solver) =>
      onProblems(solver, drawnProblems(), (tightest, { certificate, money }, p) => {
        const at = { problem: p + 1 };
        tightest.equal('relative gap', relativeGap(certificate), 0, TOLERANCE, at);
        const { maxIncentiveViolation, maxParticipationViolation } = certificate;
        tightest.atMost('incentive violation', maxIncentiveViolation, 0, TOLERANCE * money, at);
        tightest.atMost('participation violation', maxParticipationViolation, 0, TOLERANCE * money, at);
      }),
  },
];

const problemOf = (
  values: readonly number[],
  mass: readonly number[],
  supply: EfficientSupply,
  weights: readonly number[],
): FiniteProblem => ({
  types: profileTypes(Float64Array.from(values), Float64Array.from(weights)),
  mass: Float64Array.from(mass),
  supply: supplyTaskByTask(supply, weights.length),
  ...(supply.form === undefined ? {} : { cost: supply.form }),
});

const halfSquare = quadratic.create({});
const goods = (unit = 1): EfficientSupply => linear.create({ rate: 0, max: 1 / unit });

const mussaRosen = (unit = 1): FiniteProblem => problemOf([unit, 2 * unit], [2 / 3, 1 / 3], halfSquare, [1]);

/** Money in units of `unit`, quality in units of 1/unit, tasks in units of `unit`. */
const lottery = (unit = 1): FiniteProblem =>
  problemOf([unit, 6 * unit, 3 * unit, unit], [0.5, 0.5], goods(unit), [unit, unit]);

const goodsOfOneBuyer = (): FiniteProblem => problemOf([3, 1], [1], goods(), [1, 1]);
const qualityOfOneBuyer = (): FiniteProblem => problemOf([3, 1], [1], halfSquare, [1, 1]);

/** Of quadratic and of linear costs: values at random, and values that are multiples of one another. */
const drawnProblems = (): readonly FiniteProblem[] =>
  [halfSquare, linear.create({ rate: 0.4, max: 3 })].flatMap((supply) =>
    haltonPoints(6, 12).map((point, p) => {
      const shares = point.slice(0, 5).map((u) => 10 ** -u);
      const total = shares.reduce((sum, share) => sum + share, 0);
      const tasks = [1, 2.2, 0.4];
      const values = haltonPoints(5 * (p + 1), 3)
        .slice(-5)
        .flatMap((each, n) => (p < 3 ? each.map((u) => 3 * u) : tasks.map((task) => (n + point[n]!) * task)));
      return problemOf(
        values,
        shares.map((share) => share / total),
        supply,
        [0.5, 0.3, 0.2],
      );
    }),
  );

/** Runs `compare` on the certified menu of every problem that the solver takes. */
const onProblems = (
  solver: FiniteSolver,
  problems: readonly FiniteProblem[],
  compare: (tightest: Tightest, menu: CertifiedMenu, problem: number) => void,
): Verdict => {
  const tightest = new Tightest();
  const refusals = problems.map((problem, p) => {
    const reason = solver.refuses(problem);
    if (reason === undefined) compare(tightest, solved(problem, solver), p);
    return reason;
  });
  const [refusal] = refusals;
  return refusals.includes(undefined) ? tightest.verdict() : notClaimed(`it does not take ${refusal}`);
};

const solved = (problem: FiniteProblem, solver: FiniteSolver): CertifiedMenu => {
  const solve = solveFinite(problem, solver, TOLERANCE);
  let step = solve.next();
  for (let n = 1; !step.done; n++) step = solve.next(n >= MOST_PROPOSALS);
  return step.value.menu;
};

/** The profit is known, and the certificate must say so. */
const compareOptimum = (
  tightest: Tightest,
  { certificate, money }: CertifiedMenu,
  profit: number,
  at: LawPoint = {},
): void => {
  tightest.equal('relative gap', relativeGap(certificate), 0, TOLERANCE, at);
  tightest.equal('attained profit', certificate.attained, profit, 2 * TOLERANCE * profit, at);
  const { maxIncentiveViolation } = certificate;
  tightest.atMost('incentive violation', maxIncentiveViolation, 0, TOLERANCE * money, at);
};

const compareAll = (
  tightest: Tightest,
  quantity: string,
  got: ArrayLike<number>,
  expected: readonly number[],
  allowed: number,
): void => {
  expected.forEach((each, item) => {
    tightest.equal(quantity, got[item] ?? Number.NaN, each, allowed, { entry: item + 1 });
  });
};
