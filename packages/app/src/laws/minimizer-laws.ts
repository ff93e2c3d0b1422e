import {
  type GuardedMinimum,
  type MinimizationProblem,
  type Minimizer,
  minimizeGuarded,
} from '@menusmith/core';
import { type Law, type LawPoint, Tightest } from './law.ts';

/** A minimizer, and the largest partial derivative that counts as zero where it stops. */
export interface MinimizerSubject {
  readonly minimizer: Minimizer;
  readonly gradientTolerance: number;
}

/** What any minimizer must come down to; supply is only started from its point, and settled by Newton's method. */
export const LOOSEST_GRADIENT = 1e-2;

const MOST_EVALUATIONS = 50_000;

/** The laws of a minimizer: small convex functions with known minima. It gets the same guard as in a solve. */
export const minimizerLaws: readonly Law<MinimizerSubject>[] = [
  {
    name: 'convex-quadratic',
    statement:
      'The minimum of a strictly convex quadratic function of one, two and three variables is found.',
    check(subject) {
      const tightest = new Tightest();
      // The smallest eigenvalue of the Hessian is at least 2.
      for (const centre of [[1], [1, -2], [0.5, 1.5, -1]])
        compareMinimum(tightest, subject, quadratic(centre), centre, centre.length);
      return tightest.verdict();
    },
  },
  {
    name: 'smooth-convex',
    statement: 'The minimum of a smooth convex function that is not quadratic is found: Σ exp(x) − c·x.',
    check(subject) {
      const tightest = new Tightest();
      // The Hessian at the minimum is c.
      compareMinimum(tightest, subject, exponential([2, 0.5]), [Math.log(2), Math.log(0.5)], 4);
      return tightest.verdict();
    },
  },
  {
    name: 'unbounded-below',
    statement:
      'No minimum of a linear function, which has none, is claimed; it ends within 5,000 evaluations.',
    check({ minimizer, gradientTolerance }) {
      const tightest = new Tightest();
      const linear = { objective: (x: readonly number[]) => x[0]!, gradient: () => [1], start: [1] };
      const found = minimized(minimizer, linear, { maxEvaluations: 5000, gradientTolerance });
      tightest.equal('stationary', Number(found.status === 'stationary'), 0, 0, coordinates(found.x));
      tightest.atMost('evaluations', found.evaluations, 5000, 0, {});
      return tightest.verdict();
    },
  },
  {
    name: 'finite-proposal',
    statement: 'It proposes a point of as many finite numbers as it was given, no worse than the start.',
    check({ minimizer }) {
      const tightest = new Tightest();
      const problem = quadratic([1, -2]);
      const proposed = minimizer.propose(limited(problem).problem);
      tightest.equal('coordinates', proposed.length, problem.start.length, 0, {});
      for (const [i, x] of proposed.entries())
        tightest.atLeast('−|coordinate|', -Math.abs(x), -Number.MAX_VALUE, 0, { i });
      const [value, first] = [problem.objective(proposed), problem.objective(problem.start)];
      tightest.atMost('objective', value, first, 0, coordinates(proposed));
      return tightest.verdict();
    },
  },
  {
    name: 'start-unchanged',
    statement: 'The start is left as it was.',
    check({ minimizer }) {
      const tightest = new Tightest();
      const problem = quadratic([1, 2]);
      const before = [...problem.start];
      minimizer.propose(limited(problem).problem);
      tightest.equal('coordinates', problem.start.length, before.length, 0, {});
      for (const [i, x] of before.entries()) tightest.equal('start', problem.start[i]!, x, 0, { i });
      return tightest.verdict();
    },
  },
  {
    name: 'gradient-use',
    statement: 'usesGradient says whether the gradient is called.',
    check({ minimizer }) {
      const tightest = new Tightest();
      const { problem, calls } = limited(quadratic([1, -2]));
      minimizer.propose(problem);
      const gradients = 'calls of the gradient';
      if (minimizer.usesGradient) tightest.above(gradients, calls.gradient, 0, {});
      else tightest.equal(gradients, calls.gradient, 0, 0, {});
      return tightest.verdict();
    },
  },
];

/** f(x) = Σ a_i·(x_i − c_i)² + (Σ (x_i − c_i))²/2, strictly convex with its minimum 0 at c. */
const quadratic = (centre: readonly number[]): MinimizationProblem => {
  const weight = (i: number): number => 1 + i / 2;
  const total = (x: readonly number[]): number => x.reduce((sum, each, i) => sum + each - centre[i]!, 0);
  return {
    objective: (x) =>
      x.reduce((sum, each, i) => sum + weight(i) * (each - centre[i]!) ** 2, total(x) ** 2 / 2),
    gradient: (x) => x.map((each, i) => 2 * weight(i) * (each - centre[i]!) + total(x)),
    start: centre.map((_, i) => (i % 2 === 0 ? 0.3 : -0.4)),
  };
};

/** f(x) = Σ exp(x_i) − c_i·x_i, smooth and convex, not quadratic, with its minimum at log c. */
const exponential = (c: readonly number[]): MinimizationProblem => ({
  objective: (x) => x.reduce((sum, each, i) => sum + Math.exp(each) - c[i]! * each, 0),
  gradient: (x) => x.map((each, i) => Math.exp(each) - c[i]!),
  start: c.map(() => 0),
});

/** Holds what is found against the minimum; a partial derivative of g leaves a coordinate at most `stiffness`·g away from it. */
const compareMinimum = (
  tightest: Tightest,
  { minimizer, gradientTolerance }: MinimizerSubject,
  problem: MinimizationProblem,
  minimum: readonly number[],
  stiffness: number,
): void => {
  const found = minimized(minimizer, problem, { maxEvaluations: MOST_EVALUATIONS, gradientTolerance });
  const at = coordinates(found.x);
  tightest.equal('largest partial derivative', found.gradientNorm, 0, gradientTolerance, at);
  minimum.forEach((expected, i) => {
    tightest.equal(`x${i + 1}`, found.x[i]!, expected, stiffness * gradientTolerance, at);
  });
};

/** `minimizeGuarded`, but what the minimizer throws of itself is thrown. */
const minimized = (
  minimizer: Minimizer,
  problem: MinimizationProblem,
  limits: Parameters<typeof minimizeGuarded>[2],
): GuardedMinimum => {
  let thrown: unknown;
  const watched: Minimizer = {
    usesGradient: minimizer.usesGradient,
    propose(given) {
      try {
        return minimizer.propose(given);
      } catch (error) {
        thrown = error;
        throw error;
      }
    },
  };
  const found = minimizeGuarded(watched, problem, limits);
  if (found.status === 'failed') throw thrown;
  return found;
};

/** The problem with its calls counted, and too many of them refused. */
const limited = (problem: MinimizationProblem) => {
  const calls = { objective: 0, gradient: 0 };
  const count = (which: 'objective' | 'gradient'): void => {
    calls[which]++;
    if (calls.objective + calls.gradient > MOST_EVALUATIONS)
      throw new Error(`no end after ${MOST_EVALUATIONS} evaluations`);
  };
  const watched: MinimizationProblem = {
    start: problem.start,
    objective(x) {
      count('objective');
      return problem.objective(x);
    },
    gradient(x) {
      count('gradient');
      return problem.gradient(x);
    },
  };
  return { problem: watched, calls };
};

const coordinates = (x: readonly number[]): LawPoint =>
  Object.fromEntries(x.map((each, i) => [`x${i + 1}`, each]));
