import type { MinimizationProblem, Minimizer } from './minimizer.ts';

/** What came of a minimization: the best finite point seen, and what is known about it. */
export interface GuardedMinimum {
  readonly x: readonly number[];
  /** objective(x), recomputed; NaN where no finite value was ever seen. */
  readonly value: number;
  /** Calls of the objective and of the gradient by the minimizer. */
  readonly evaluations: number;
  /** max |∂ objective / ∂x_i| at x. */
  readonly gradientNorm: number;
  /**
   * `stationary`: the first-order condition holds at x, however the minimizer ended. Otherwise why it ended:
   * with a point that is not optimal, at the limit, at a point or value that is not finite, or by an exception.
   */
  readonly status: 'stationary' | 'not-stationary' | 'evaluation-limit' | 'not-finite' | 'failed';
}

export interface MinimizationLimits {
  readonly maxEvaluations: number;
  /** The largest partial derivative that still counts as zero. */
  readonly gradientTolerance: number;
}

/**
 * argmin of `problem`, as proposed by a minimizer that is not trusted: none of its claims are used.
 *
 * Never throws for what the minimizer does; an exception of the problem's own functions is passed on. A value
 * that is NaN is shown to the minimizer as +∞. A minimizer that loops without evaluating cannot be stopped.
 */
export const minimizeGuarded = (
  minimizer: Minimizer,
  problem: MinimizationProblem,
  limits: MinimizationLimits,
): GuardedMinimum => {
  const watch = watched(problem, limits.maxEvaluations);
  let proposed: readonly number[] | undefined;
  let ending: GuardedMinimum['status'] = 'not-stationary';
  try {
    proposed = minimizer.propose(watch.problem);
    if (!isPoint(proposed, problem.start.length)) ending = 'not-finite';
  } catch {
    ending = watch.seen.isOver ? 'evaluation-limit' : 'failed';
  }
  if (watch.seen.fault !== undefined) throw watch.seen.fault.thrown;

  const { evaluations } = watch.seen;
  let best: Candidate | undefined;
  for (const x of [watch.seen.x, proposed]) {
    if (!isPoint(x, problem.start.length)) continue;
    const candidate = candidateAt(problem, x);
    if (x === proposed && !Number.isFinite(candidate.value)) ending = 'not-finite';
    if (isBetter(candidate, best, limits.gradientTolerance)) best = candidate;
  }
  if (best === undefined) {
    const start = [...problem.start];
    return { x: start, value: Number.NaN, evaluations, gradientNorm: Number.NaN, status: ending };
  }
  const status = best.gradientNorm <= limits.gradientTolerance ? 'stationary' : ending;
  return { ...best, evaluations, status };
};

interface Candidate {
  readonly x: readonly number[];
  readonly value: number;
  readonly gradientNorm: number;
}

/** The problem with its evaluations counted and its best finite point remembered. */
const watched = (problem: MinimizationProblem, maxEvaluations: number) => {
  const seen = {
    x: undefined as readonly number[] | undefined,
    value: Number.POSITIVE_INFINITY,
    evaluations: 0,
    isOver: false,
    fault: undefined as { readonly thrown: unknown } | undefined,
  };
  const counted = <T>(evaluate: () => T): T => {
    if (seen.evaluations >= maxEvaluations) {
      seen.isOver = true;
      throw new Error(`no more than ${maxEvaluations} evaluations`);
    }
    seen.evaluations++;
    try {
      return evaluate();
    } catch (thrown) {
      seen.fault = { thrown };
      throw thrown;
    }
  };
  const objective = (x: readonly number[]): number => {
    const value = counted(() => problem.objective(x));
    if (value < seen.value && Number.isFinite(value) && isPoint(x, problem.start.length)) {
      seen.x = [...x];
      seen.value = value;
    }
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const gradient = (x: readonly number[]): number[] => counted(() => problem.gradient(x));
  return { seen, problem: { objective, gradient, start: [...problem.start] } satisfies MinimizationProblem };
};

const candidateAt = (problem: MinimizationProblem, x: readonly number[]): Candidate => {
  const copy = [...x];
  let gradientNorm = 0;
  for (const slope of problem.gradient(copy)) gradientNorm = Math.max(gradientNorm, Math.abs(slope));
  return { x: copy, value: problem.objective(copy), gradientNorm };
};

/** The lower value wins; of two values that rounding does not tell apart, the smaller gradient. */
const isBetter = (a: Candidate, b: Candidate | undefined, tolerance: number): boolean => {
  if (!Number.isFinite(a.value)) return false;
  if (b === undefined) return true;
  const rounding = 1e-14 * Math.max(Math.abs(a.value), Math.abs(b.value));
  if (a.value < b.value - rounding) return true;
  return a.value <= b.value + rounding && a.gradientNorm < b.gradientNorm && b.gradientNorm > tolerance;
};

const isPoint = (x: unknown, length: number): x is readonly number[] =>
  Array.isArray(x) && x.length === length && x.every(Number.isFinite);
