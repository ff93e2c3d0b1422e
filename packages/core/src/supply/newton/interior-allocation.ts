import type { Technology } from '../technology.ts';
import { type BarrierPoint, type BarrierProblem, barrierProblem } from './barrier-problem.ts';
import { type BarrierStep, barrierStep, downwardCurvature } from './barrier-step.ts';

/** What the barrier method found for one task of a given value and weight. */
export interface InteriorAllocation {
  /** Amounts of task inputs, then of shared ones: all above zero and below their caps. */
  readonly amounts: Float64Array;
  /** s·(φ v(x, z) − c·x) − c·z. */
  readonly profit: number;
  /** What concave v lets any other amounts earn beyond `profit`. */
  readonly gap: number;
  /** The gross value s·φ·v. */
  readonly gross: number;
  /** Money with which the gap is to be compared: the largest gross value on the way. */
  readonly money: number;
  /** v increases at the end, and is not curved upwards: elsewhere a stationary point need not be a maximum. */
  readonly isConcave: boolean;
  /** Marginal products stay above costs however much is used. */
  readonly isUnbounded: boolean;
}

const MOST_STEPS = 200;
const MOST_HALVINGS = 30;
/** A step counts where it rises by this share of what it promises (Armijo's condition), but for rounding. */
const SUFFICIENT = 1e-4;
const ROUNDING = 4e-16;
/** The barrier starts at this share of the money that moves, and falls by this factor. */
const FIRST_BARRIER = 0.1;
const FALL = 30;
/** The barrier's share of the gross value at which to stop: the gap is as many times that as there are inputs. */
const LAST_BARRIER = 1e-16;
/** And of the largest gross value seen, for where there is nothing worth making. */
const NOTHING = 1e-24;
/** At one barrier the search ends where a step promises less than this share of it for each input. */
const CENTRED = 0.01;
/** Amounts this many times the first ones, in logarithms, are tried for diminishing returns. */
const FAR = 60;
/** They are held against amounts further on by this, in logarithms. */
const FURTHER = 20;
/** Returns that exceed cost, or fall, by less than this share do so by rounding. */
const RETURNS = 1e-6;
/** A gain of this share of an input's cost, at amounts without a cap, is rounding. */
const GAIN = 1e-9;

/**
 * argmax over amounts u > 0 of s·(φ v − c·x) − c·z + μ Σ log u_i + μ Σ log(cap_k − z_k), for μ falling to nothing: the slow and sure way to the
 * efficient allocation of one task, whichever inputs are worth using.
 *
 * Newton's method in log u, by the sum of what is certainly curved downwards; every step raises the objective. The bound on what is left comes
 * from the tangent: for concave v no amounts u′ earn more than profit + Σ (∂profit/∂u_i)(u′_i − u_i).
 */
export const interiorAllocator =
  (technology: Technology): ((value: number, scale: number) => InteriorAllocation) =>
  (value, scale) => {
    const problem = barrierProblem(technology, value, scale);
    const { point, money, isConcave, isFar } = centralPathEnd(problem);
    return {
      amounts: point.logs.map(Math.exp),
      profit: point.gross - problem.spending(point.logs),
      gap: tangentGap(problem, point),
      gross: point.gross,
      money,
      isConcave: isConcave && point.worth.some((worth) => worth > 0),
      isUnbounded: isFar && keepsReturns(problem, point),
    };
  };

interface PathEnd {
  readonly point: BarrierPoint;
  readonly money: number;
  readonly isConcave: boolean;
  /** Amounts went on growing. */
  readonly isFar: boolean;
}

/** Follows the maximisers as the barrier falls, to its end or as far as steps lead. */
const centralPathEnd = (problem: BarrierProblem): PathEnd => {
  let [point, trial] = [problem.point(), problem.point()];
  point.logs.set(problem.caps.map((cap) => (cap < 2 ? Math.log(cap / 2) : 0)));
  const first = point.logs.slice();
  problem.evaluate(point);
  let money = moneyAt(point);
  let isConcave = true;
  let barrier = FIRST_BARRIER * (money + problem.spending(point.logs));
  const last = (): number => Math.max(LAST_BARRIER * point.gross, NOTHING * money);

  for (let count = 0; count < MOST_STEPS; count++) {
    const curvature = downwardCurvature(problem, point);
    if (curvature === undefined) break;
    isConcave = curvature.isConcave;
    const step = barrierStep(problem, point, barrier, curvature.matrix);
    if (step === undefined || !(step.rise >= 0)) break;
    const isCentred = step.rise <= CENTRED * first.length * barrier;
    if (isCentred || !climb(problem, point, trial, step, barrier, money)) {
      if (barrier <= last()) break;
      barrier = Math.max(0.99 * last(), barrier / FALL); // just below, so that it counts as the last
      continue;
    }
    [point, trial] = [trial, point];
    money = Math.max(money, moneyAt(point));
    if (point.logs.some((log, i) => log - first[i]! > FAR)) return { point, money, isConcave, isFar: true };
  }
  return { point, money, isConcave, isFar: false };
};

const moneyAt = ({ gross, worth }: BarrierPoint): number =>
  worth.reduce((most, each) => Math.max(most, Math.abs(each)), Math.abs(gross));

/** Moves the trial along the step, shortened until the objective rises enough; false where it does not. */
const climb = (
  problem: BarrierProblem,
  point: BarrierPoint,
  trial: BarrierPoint,
  { direction, rise, longest }: BarrierStep,
  barrier: number,
  money: number,
): boolean => {
  const before = problem.objective(point, barrier);
  let length = longest;
  for (let halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
    for (let a = 0; a < direction.length; a++) trial.logs[a] = point.logs[a]! + length * direction[a]!;
    problem.evaluate(trial);
    const after = problem.objective(trial, barrier);
    if (after >= before + SUFFICIENT * length * rise - ROUNDING * (Math.abs(before) + money)) return true;
  }
  return false;
};

/** Away from the path's end every excess of marginal product over cost counts as far as amounts like these go. */
const tangentGap = ({ price, caps }: BarrierProblem, { logs, worth }: BarrierPoint): number => {
  let gap = 0;
  for (let i = 0; i < logs.length; i++) {
    const amount = Math.exp(logs[i]!);
    const gain = worth[i]! - price[i]! * amount;
    if (gain <= 0) gap -= gain;
    else if (caps[i]! < Number.POSITIVE_INFINITY) gap += gain * (caps[i]! / amount - 1);
    else gap += gain > GAIN * price[i]! * amount ? Number.POSITIVE_INFINITY : gain;
  }
  return Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap;
};

/** Constant returns stay what they are at a multiple of the amounts; diminishing ones fall. */
const keepsReturns = (problem: BarrierProblem, point: BarrierPoint): boolean => {
  const returns = ({ logs, worth }: BarrierPoint): number =>
    worth.reduce((sum, each) => sum + each, 0) / problem.spending(logs);
  const further = problem.point();
  further.logs.set(point.logs.map((log) => log + FURTHER));
  problem.evaluate(further);
  const near = returns(point);
  return near > 1 + RETURNS && returns(further) > near * (1 - RETURNS);
};
