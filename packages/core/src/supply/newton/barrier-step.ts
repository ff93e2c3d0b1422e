import { Matrix, solve } from 'ml-matrix';
import { symmetricEigen } from '../../linear-algebra/symmetric-eigen.ts';
import type { BarrierPoint, BarrierProblem } from './barrier-problem.ts';

/** Difference in log u from which curvature is taken, near the root of rounding. */
const DIFFERENCE = 1e-5;
/** Upward curvature of less than this share of all inputs' worth is an error of differences. */
const FLAT = 1e-4;
/** The curvature of an input's own coordinate is no less than this share of the barrier, so that a step has an end. */
const LEAST_CURVATURE = 1e-3;
/** The longest step of one input, in logarithms. */
const LONGEST_STEP = 4;
/** So much of the way to a cap one step may go. */
const TO_THE_CAP = 0.95;

/** The curvature of the gross value in log u, as far as it goes down for certain, and whether it goes up nowhere. */
export interface DownwardCurvature {
  readonly matrix: Matrix;
  readonly isConcave: boolean;
}

/** The curvature at a point by differences of worth, u_a u_b v_ab, with every eigenvalue taken as downward; undefined where it is no number. */
export const downwardCurvature = (
  problem: BarrierProblem,
  { logs, worth }: BarrierPoint,
): DownwardCurvature | undefined => {
  const n = logs.length;
  const beside = problem.point();
  const curvature = Matrix.zeros(n, n);
  for (let b = 0; b < n; b++) {
    beside.logs.set(logs);
    beside.logs[b]! += DIFFERENCE;
    problem.evaluate(beside);
    // ∂(u_a v_a)/∂log u_b less u_a v_a on the diagonal leaves u_a u_b v_ab.
    for (let a = 0; a < n; a++) {
      const change = (beside.worth[a]! - worth[a]!) / DIFFERENCE - (a === b ? worth[a]! : 0);
      curvature.set(a, b, change);
    }
  }
  const eigen = symmetricEigen(curvature);
  if (eigen === undefined) return undefined;
  const { eigenvalues, eigenvectors } = eigen;
  const total = worth.reduce((sum, each) => sum + Math.abs(each), 0);
  const matrix = Matrix.zeros(n, n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      let sum = 0;
      for (let e = 0; e < n; e++)
        sum += eigenvectors.get(a, e) * Math.abs(eigenvalues[e]!) * eigenvectors.get(b, e);
      matrix.set(a, b, sum);
    }
  }
  return { matrix, isConcave: eigenvalues.every((eigenvalue) => eigenvalue <= FLAT * total) };
};

/** A step in log u. */
export interface BarrierStep {
  readonly direction: Float64Array;
  /** By how much the objective rises along it at first. */
  readonly rise: number;
  /** The share of it that stays within reach and below the caps. */
  readonly longest: number;
}

/** Newton's step on the barrier's objective; undefined where its system is singular. */
export const barrierStep = (
  { price, caps }: BarrierProblem,
  { logs, worth }: BarrierPoint,
  barrier: number,
  curvature: Matrix,
): BarrierStep | undefined => {
  const n = logs.length;
  const push = new Float64Array(n);
  const system = curvature.clone();
  for (let a = 0; a < n; a++) {
    const amount = Math.exp(logs[a]!);
    const gain = worth[a]! - price[a]! * amount;
    const wall = caps[a]! < Number.POSITIVE_INFINITY ? amount / (caps[a]! - amount) : 0;
    push[a] = gain + barrier * (1 - wall);
    const own = Math.max(Math.abs(gain - barrier * wall), LEAST_CURVATURE * barrier);
    system.set(a, a, system.get(a, a) + own + barrier * wall * (1 + wall));
  }
  let direction: Float64Array;
  try {
    direction = Float64Array.from(solve(system, Matrix.columnVector([...push])).to1DArray());
  } catch {
    return undefined; // ml-matrix throws on a singular matrix
  }
  let rise = 0;
  let longest = 1;
  for (let a = 0; a < n; a++) {
    const change = direction[a]!;
    rise += push[a]! * change;
    longest = Math.min(longest, LONGEST_STEP / Math.abs(change));
    const room = caps[a]! / Math.exp(logs[a]!);
    if (change > 0 && room < Number.POSITIVE_INFINITY)
      longest = Math.min(longest, Math.log(1 + TO_THE_CAP * (room - 1)) / change);
  }
  return { direction, rise, longest };
};
