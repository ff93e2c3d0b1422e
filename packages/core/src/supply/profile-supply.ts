import type { Input } from './input.ts';

/**
 * The Hessian of S at a profile, as a diagonal and few more terms:
 *
 *     ∂²S/∂φ(a)∂φ(b) = ω(a) h(a) [a = b] + Σ_r c_r ω(a) g_r(a) ω(b) g_r(b).
 */
export interface Curvature {
  /** h ≥ 0, one a task. */
  readonly diagonal: Float64Array;
  /** Number of terms r. */
  rank: number;
  /** g_r, one after another, as many entries each as there are tasks in the call. */
  readonly factors: Float64Array;
  readonly coefficients: Float64Array;
}

/** The inputs that a profile is made with. */
export interface ProfileInputs {
  /** Task inputs task by task: entry m·(task inputs) + j. */
  readonly task: Float64Array;
  readonly shared: Float64Array;
}

/** What is supplied to a value profile φ. Buffers belong to the caller and are overwritten; curvature and inputs are written where there is room for them. */
export interface ProfilePoint {
  /** q, one a task. */
  readonly quality: Float64Array;
  /** S(φ), money. */
  surplus: number;
  /** C(q), money. */
  cost: number;
  /** The part of the cost that is spent on shared inputs, money. */
  sharedCost: number;
  /** Which of the supply's models serves, where it is a choice of several (Section 8); else 0. */
  model: number;
  solved: boolean;
  readonly curvature?: Curvature;
  readonly inputs?: ProfileInputs;
}

export type CurvedPoint = ProfilePoint & { readonly curvature: Curvature };
export type PointWithInputs = ProfilePoint & { readonly inputs: ProfileInputs };

/**
 * Efficient supply to value profiles, the maximiser of S(φ) = max over q ≥ 0 of Σ ω(m) φ(m) q(m) − C(q) (paper, Section 3), on at most `tasks`
 * tasks, whose number and weights are told with every call.
 */
export interface ProfileSupply {
  /** Task inputs before shared ones. */
  readonly inputs: readonly Input[];
  readonly tasks: number;
  /** Most terms of low rank in the curvature. */
  readonly mostRank: number;
  /** The values up to which nothing is supplied, whatever the others' values, one a task, or one for all of them; 0 where it is left out. */
  readonly starts?: Float64Array;
  /** The models to choose from, where there is a choice: S is the largest of theirs, and quality jumps where the best one changes. */
  readonly models?: readonly ProfileModel[];
  /** Solves for φ = values[0..count) with weights ω. */
  supply(values: Float64Array, weights: Float64Array, count: number, out: ProfilePoint): void;
}

/** A model that the seller can serve a profile with. */
export interface ProfileModel {
  readonly name: string;
  readonly supply: ProfileSupply;
}

/** How many of the inputs are used task by task. */
export const taskInputCount = (inputs: readonly Input[]): number =>
  inputs.filter(({ scope }) => scope === 'task').length;

/** Room for quality, surplus and cost. */
export const profilePoint = ({ tasks }: Pick<ProfileSupply, 'tasks'>): ProfilePoint => ({
  quality: new Float64Array(tasks),
  surplus: 0,
  cost: 0,
  sharedCost: 0,
  model: 0,
  solved: true,
});

/** Room for the curvature of S beside them. */
export const curvedPoint = (supply: Pick<ProfileSupply, 'tasks' | 'mostRank'>): CurvedPoint => ({
  ...profilePoint(supply),
  curvature: {
    diagonal: new Float64Array(supply.tasks),
    rank: 0,
    factors: new Float64Array(supply.tasks * supply.mostRank),
    coefficients: new Float64Array(supply.mostRank),
  },
});

/** Room for inputs beside them. */
export const pointWithInputs = (supply: Pick<ProfileSupply, 'tasks' | 'inputs'>): PointWithInputs => {
  const taskCount = taskInputCount(supply.inputs);
  return {
    ...profilePoint(supply),
    inputs: {
      task: new Float64Array(supply.tasks * taskCount),
      shared: new Float64Array(supply.inputs.length - taskCount),
    },
  };
};

/** Writes that a profile of `count` tasks gets nothing. */
export const supplyNothing = (count: number, out: ProfilePoint): void => {
  const { curvature, inputs } = out;
  out.quality.fill(0, 0, count);
  out.surplus = out.cost = out.sharedCost = 0;
  if (curvature) {
    curvature.diagonal.fill(0, 0, count);
    curvature.rank = 0;
  }
  inputs?.task.fill(0);
  inputs?.shared.fill(0);
};
