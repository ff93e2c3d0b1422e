import { inverse, Matrix, pseudoInverse } from 'ml-matrix';
import type { Technology } from '../technology.ts';
import type { ActiveSet } from './active-set.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

/** Singular values below this share of the largest are differences' rounding. */
const SINGULAR = 1e-9;
/** A determinant that cancels by less leaves the inverse of a pair accurate. */
const REGULAR_PAIR = 1e-2;

/** A⁻¹ by elimination; undefined where ml-matrix throws, as it does on a singular matrix. */
const plainInverse = (matrix: Matrix): Matrix | undefined => {
  try {
    return inverse(matrix);
  } catch {
    return undefined;
  }
};

/**
 * Whether a matrix is far from singular, by its inverse B: with rows of size r its own singular values, rows made even, are n at most and
 * 1/‖B diag(r)‖ at least, so that the pseudo-inverse would leave none out.
 */
const isRegular = (of: Matrix, sizes: readonly number[]): boolean => {
  const n = sizes.length;
  let sum = 0;
  for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) sum += (of.get(a, b) * sizes[b]!) ** 2;
  return n * Math.sqrt(sum) < 0.1 / SINGULAR;
};

/**
 * A⁻¹, and where A is singular to rounding its pseudo-inverse: the conditions of perfect substitutes say the same thing twice, and any split of a
 * change between them is right. Rows are brought to one size first, so that a small elasticity is no sign of singularity.
 */
const sharpInverse = (matrix: Matrix): Matrix => {
  const sizes = matrix.to2DArray().map((row) => Math.max(...row.map(Math.abs)));
  if (!sizes.every((size) => size > 0)) return inverse(matrix);
  const plain = plainInverse(matrix);
  if (plain && isRegular(plain, sizes)) return plain;
  const even = new Matrix(matrix.to2DArray().map((row, i) => row.map((entry) => entry / sizes[i]!)));
  const result = pseudoInverse(even, SINGULAR);
  return new Matrix(result.to2DArray().map((row) => row.map((entry, i) => entry / sizes[i]!)));
};

/** The linear system of Newton's method on the marginal conditions: factored rarely, solved often. */
export interface NewtonSystem {
  /**
   * Takes the elasticities and shares of `state`; false where the system is singular. Served tasks have value > 0. With `isSharp` the elasticities
   * are exact enough to tell a singular system, which then has its least-squares solution.
   */
  factor(
    state: MarginalConditions,
    active: Pick<ActiveSet, 'served' | 'sharedStates' | 'unused'>,
    isSharp?: boolean,
  ): boolean;
  /** Solves (∂ conditions/∂ log inputs)·step = −rightHandSide; entries of unserved tasks and held inputs are 0. */
  solve(rightHandSide: Float64Array, step: Float64Array): void;
}

/**
 * The matrix is an arrow: each task's block A_m meets the others only through the shared inputs. Tasks are eliminated
 * one by one, which leaves a system no larger than the number of shared inputs:
 *
 *     A_m dx_m + B_m dz = −r_m,    Σ_m D_m dx_m + E dz = −R
 *     (E − Σ D_m A_m⁻¹ B_m) dz = −R + Σ D_m A_m⁻¹ r_m
 *
 * Inverses are kept, so that a solve is a few products of small matrices and allocates nothing.
 */
export const newtonSystem = (technology: Technology, tasks: number): NewtonSystem => {
  const { taskCount, sharedCount } = technology;
  const n = taskCount + sharedCount;
  const sharedAt = tasks * taskCount;
  const free = new Uint8Array(sharedCount);
  const isServed = new Uint8Array(tasks);
  const used = new Uint8Array(tasks * taskCount);
  const blockInverse = new Float64Array(tasks * taskCount * taskCount);
  const coupling = new Float64Array(tasks * taskCount * sharedCount); // A_m⁻¹ B_m
  const lower = new Float64Array(tasks * sharedCount * taskCount); // D_m
  const schurInverse = new Float64Array(sharedCount * sharedCount);
  const eliminated = new Float64Array(tasks * taskCount); // A_m⁻¹ r_m
  const reduced = new Float64Array(sharedCount);
  let isSharp = false;

  /** The same for 2×2 by its determinant, at no cost of memory; false where it is close to singular. */
  const invertPair = (entry: (a: number, b: number) => number, out: Float64Array, at: number): boolean => {
    const [a, b, c, d] = [entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)];
    const determinant = a * d - b * c;
    if (!(Math.abs(determinant) > REGULAR_PAIR * (Math.abs(a * d) + Math.abs(b * c)))) return false;
    out[at] = d / determinant;
    out[at + 1] = -b / determinant;
    out[at + 2] = -c / determinant;
    out[at + 3] = a / determinant;
    return Number.isFinite(out[at]! + out[at + 1]! + out[at + 2]! + out[at + 3]!);
  };

  /** Writes the inverse of an n×n matrix, read by `entry`, into `out` at `at`. */
  const invert = (
    size: number,
    entry: (a: number, b: number) => number,
    out: Float64Array,
    at: number,
  ): boolean => {
    if (size === 1) {
      out[at] = 1 / entry(0, 0);
      return Number.isFinite(out[at]!);
    }
    if (size === 2 && invertPair(entry, out, at)) return true;
    const matrix = new Matrix(size, size);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) matrix.set(a, b, entry(a, b));
    try {
      const result = isSharp ? sharpInverse(matrix) : inverse(matrix);
      for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) out[at + a * size + b] = result.get(a, b);
    } catch {
      return false; // ml-matrix throws on a singular matrix
    }
    for (let i = 0; i < size * size; i++) if (!Number.isFinite(out[at + i]!)) return false;
    return true;
  };

  const factor: NewtonSystem['factor'] = (state, { served, sharedStates, unused }, asSharp = false) => {
    isSharp = asSharp;
    const { elasticities, shares } = state;
    used.set(unused.map((flag) => 1 - flag));
    for (let k = 0; k < sharedCount; k++) free[k] = sharedStates[k] === 1 ? 1 : 0;
    const schur = new Float64Array(sharedCount * sharedCount);
    for (let m = 0; m < tasks; m++) {
      isServed[m] = served[m]! > 0 ? 1 : 0;
      if (isServed[m] === 0) continue;
      // An input that is not used keeps its place with a row of the identity, so that its step is 0.
      const isOut = (a: number): boolean => a < taskCount && used[m * taskCount + a] === 0;
      const e = (a: number, b: number): number =>
        isOut(a) || isOut(b) ? (a === b ? 1 : 0) : elasticities[(m * n + a) * n + b]!;
      const blockAt = m * taskCount * taskCount;
      if (taskCount > 0 && !invert(taskCount, e, blockInverse, blockAt)) return false;
      for (let k = 0; k < sharedCount; k++) {
        for (let a = 0; a < taskCount; a++) {
          let sum = 0;
          for (let b = 0; b < taskCount; b++)
            sum += blockInverse[blockAt + a * taskCount + b]! * e(b, taskCount + k);
          coupling[(m * taskCount + a) * sharedCount + k] = sum;
          lower[(m * sharedCount + k) * taskCount + a] = shares[m * sharedCount + k]! * e(taskCount + k, a);
        }
      }
      for (let k = 0; k < sharedCount; k++) {
        for (let l = 0; l < sharedCount; l++) {
          let sum = shares[m * sharedCount + k]! * e(taskCount + k, taskCount + l);
          for (let a = 0; a < taskCount; a++) {
            sum -=
              lower[(m * sharedCount + k) * taskCount + a]! *
              coupling[(m * taskCount + a) * sharedCount + l]!;
          }
          schur[k * sharedCount + l]! += sum;
        }
      }
    }
    // A held input keeps its place with a row of the identity, so that its step is 0.
    const entry = (k: number, l: number): number =>
      free[k] === 1 && free[l] === 1 ? schur[k * sharedCount + l]! : k === l ? 1 : 0;
    return sharedCount === 0 || invert(sharedCount, entry, schurInverse, 0);
  };

  const solve = (rightHandSide: Float64Array, step: Float64Array): void => {
    step.fill(0);
    for (let k = 0; k < sharedCount; k++) reduced[k] = free[k] === 1 ? -rightHandSide[sharedAt + k]! : 0;
    for (let m = 0; m < tasks; m++) {
      if (isServed[m] === 0) continue;
      for (let a = 0; a < taskCount; a++) {
        const row = m * taskCount + a;
        let sum = 0;
        for (let b = 0; b < taskCount; b++)
          sum +=
            blockInverse[row * taskCount + b]! * used[m * taskCount + b]! * rightHandSide[m * taskCount + b]!;
        eliminated[row] = sum;
        for (let k = 0; k < sharedCount; k++) {
          if (free[k] === 1) reduced[k]! += lower[(m * sharedCount + k) * taskCount + a]! * sum;
        }
      }
    }
    for (let k = 0; k < sharedCount; k++) {
      let sum = 0;
      for (let l = 0; l < sharedCount; l++) sum += schurInverse[k * sharedCount + l]! * reduced[l]!;
      step[sharedAt + k] = sum;
    }
    for (let m = 0; m < tasks; m++) {
      if (isServed[m] === 0) continue;
      for (let a = 0; a < taskCount; a++) {
        const row = m * taskCount + a;
        let sum = -eliminated[row]!;
        for (let k = 0; k < sharedCount; k++) sum -= coupling[row * sharedCount + k]! * step[sharedAt + k]!;
        step[row] = sum;
      }
    }
  };

  return { factor, solve };
};
