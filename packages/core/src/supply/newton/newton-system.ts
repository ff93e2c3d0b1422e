import type { Technology } from '../technology.ts';
import type { ActiveSet } from './active-set.ts';
import { writeInverse } from './block-inverse.ts';
import type { MarginalConditions } from './marginal-conditions.ts';

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
  /** Whether there is a factored system to solve with, as exact or as old as it may be. */
  isFactored(): boolean;
  /** Leaves the factored system, which is then made anew. */
  discard(): void;
}

/** A factored arrow: A_m⁻¹, A_m⁻¹ B_m and D_m task by task, and the inverse of what is left for the shared inputs. */
interface Arrow {
  readonly tasks: number;
  readonly taskCount: number;
  readonly sharedCount: number;
  /** 1 for shared inputs, tasks, and task inputs that the system is about; the others' steps are 0. */
  readonly free: Uint8Array;
  readonly served: Uint8Array;
  readonly used: Uint8Array;
  readonly blockInverse: Float64Array;
  readonly coupling: Float64Array;
  readonly lower: Float64Array;
  readonly schurInverse: Float64Array;
}

const emptyArrow = (tasks: number, taskCount: number, sharedCount: number): Arrow => ({
  tasks,
  taskCount,
  sharedCount,
  free: new Uint8Array(sharedCount),
  served: new Uint8Array(tasks),
  used: new Uint8Array(tasks * taskCount),
  blockInverse: new Float64Array(tasks * taskCount * taskCount),
  coupling: new Float64Array(tasks * taskCount * sharedCount),
  lower: new Float64Array(tasks * sharedCount * taskCount),
  schurInverse: new Float64Array(sharedCount * sharedCount),
});

/**
 * The matrix is an arrow: each task's block A_m meets the others only through the shared inputs. Tasks are eliminated
 * one by one, which leaves a system no larger than the number of shared inputs:
 *
 *     A_m dx_m + B_m dz = −r_m,    Σ_m D_m dx_m + E dz = −R
 *     (E − Σ D_m A_m⁻¹ B_m) dz = −R + Σ D_m A_m⁻¹ r_m
 *
 * Inverses are kept, so that a solve is a few products of small matrices and allocates nothing.
 */
export const newtonSystem = ({ taskCount, sharedCount }: Technology, tasks: number): NewtonSystem => {
  const arrow = emptyArrow(tasks, taskCount, sharedCount);
  const { free, used } = arrow;
  const schur = new Float64Array(sharedCount * sharedCount);
  const eliminated = new Float64Array(tasks * taskCount); // A_m⁻¹ r_m
  const reduced = new Float64Array(sharedCount);
  // A held input keeps its place with a row of the identity, so that its step is 0.
  const schurEntry = (k: number, l: number): number =>
    free[k] === 1 && free[l] === 1 ? schur[k * sharedCount + l]! : k === l ? 1 : 0;

  const factorArrow: NewtonSystem['factor'] = (
    { elasticities, shares },
    { served, sharedStates, unused },
    isSharp = false,
  ) => {
    for (let i = 0; i < used.length; i++) used[i] = 1 - unused[i]!;
    for (let k = 0; k < sharedCount; k++) free[k] = sharedStates[k] === 1 ? 1 : 0;
    schur.fill(0);
    for (let m = 0; m < tasks; m++) {
      arrow.served[m] = served[m]! > 0 ? 1 : 0;
      if (served[m]! > 0 && !eliminateTask(arrow, m, elasticities, shares, schur, isSharp)) return false;
    }
    return sharedCount === 0 || writeInverse(sharedCount, schurEntry, arrow.schurInverse, 0, isSharp);
  };

  let isFactored = false;
  return {
    factor: (state, active, isSharp) => {
      isFactored = factorArrow(state, active, isSharp);
      return isFactored;
    },
    solve: (rightHandSide, step) => solveArrow(arrow, rightHandSide, eliminated, reduced, step),
    isFactored: () => isFactored,
    discard: () => {
      isFactored = false;
    },
  };
};

/** Inverts the block of task m, and takes D_m A_m⁻¹ B_m from what is left for the shared inputs; false where the block is singular. */
const eliminateTask = (
  { taskCount, sharedCount, used, blockInverse, coupling, lower }: Arrow,
  m: number,
  elasticities: Float64Array,
  shares: Float64Array,
  schur: Float64Array,
  isSharp: boolean,
): boolean => {
  const n = taskCount + sharedCount;
  // An input that is not used keeps its place with a row of the identity, so that its step is 0.
  const isOut = (a: number): boolean => a < taskCount && used[m * taskCount + a] === 0;
  const e = (a: number, b: number): number =>
    isOut(a) || isOut(b) ? (a === b ? 1 : 0) : elasticities[(m * n + a) * n + b]!;
  const blockAt = m * taskCount * taskCount;
  if (taskCount > 0 && !writeInverse(taskCount, e, blockInverse, blockAt, isSharp)) return false;
  for (let k = 0; k < sharedCount; k++) {
    const share = shares[m * sharedCount + k]!;
    for (let a = 0; a < taskCount; a++) {
      let sum = 0;
      for (let b = 0; b < taskCount; b++)
        sum += blockInverse[blockAt + a * taskCount + b]! * e(b, taskCount + k);
      coupling[(m * taskCount + a) * sharedCount + k] = sum;
      lower[(m * sharedCount + k) * taskCount + a] = share * e(taskCount + k, a);
    }
  }
  for (let k = 0; k < sharedCount; k++) {
    for (let l = 0; l < sharedCount; l++) {
      let sum = shares[m * sharedCount + k]! * e(taskCount + k, taskCount + l);
      for (let a = 0; a < taskCount; a++) {
        sum -=
          lower[(m * sharedCount + k) * taskCount + a]! * coupling[(m * taskCount + a) * sharedCount + l]!;
      }
      schur[k * sharedCount + l]! += sum;
    }
  }
  return true;
};

/** `NewtonSystem.solve`; A_m⁻¹ r_m and what is left for the shared inputs are written into `eliminated` and `reduced`. */
const solveArrow = (
  arrow: Arrow,
  rightHandSide: Float64Array,
  eliminated: Float64Array,
  reduced: Float64Array,
  step: Float64Array,
): void => {
  const { tasks, taskCount, sharedCount, free, served, used, blockInverse, coupling, lower, schurInverse } =
    arrow;
  const sharedAt = tasks * taskCount;
  step.fill(0);
  for (let k = 0; k < sharedCount; k++) reduced[k] = free[k] === 1 ? -rightHandSide[sharedAt + k]! : 0;
  for (let m = 0; m < tasks; m++) {
    if (served[m] === 0) continue;
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
    if (served[m] === 0) continue;
    for (let a = 0; a < taskCount; a++) {
      const row = m * taskCount + a;
      let sum = -eliminated[row]!;
      for (let k = 0; k < sharedCount; k++) sum -= coupling[row * sharedCount + k]! * step[sharedAt + k]!;
      step[row] = sum;
    }
  }
};
