import type { Formula } from './formula.ts';
import type { Interval } from './interval.ts';

/** A screening problem with listed types, as the verifier reads it from a study: DESIGN's one problem, in exact numbers. */
export interface Problem {
  /** ω, one a task. */
  readonly weights: readonly Interval[];
  readonly types: readonly BuyerType[];
  readonly technology: Technology;
  /** Weights of profit and of consumer surplus in the objective. */
  readonly objective: { readonly profit: Interval; readonly consumerSurplus: Interval };
}

export interface BuyerType {
  readonly name: string;
  /** w, one a task. */
  readonly values: readonly Interval[];
  /** Share of all buyers. */
  readonly mass: Interval;
}

/** How quality is made; what the proof takes for granted of a formula that the study gives is under `assumes`. */
export type Technology = (Production | Cost) & { readonly assumes?: string };

/** q(i) = v(x(i), z), with what a unit of each input costs. */
export interface Production {
  readonly kind: 'production';
  readonly task: readonly Input[];
  readonly shared: readonly Input[];
  readonly quality: Formula;
}

export interface Input {
  readonly name: string;
  readonly cost: Interval;
  /** The most of a shared input that a buyer can use; undefined where there is no end. */
  readonly max: Interval | undefined;
}

/** C(q) = Σ ω C_m(q), each convex with C_m(0) = 0. */
export interface Cost {
  readonly kind: 'cost';
  /** One a task. */
  readonly tasks: readonly TaskCost[];
  /** The most of Σ q over the tasks, without weights; only where every cost is linear. */
  readonly total: Interval | undefined;
}

export interface TaskCost {
  /** C(q), in the name q. */
  readonly formula: Formula;
  /** Where C(q) = rate·q. */
  readonly rate: Interval | undefined;
  /** The most quality of the task; undefined where there is no end. */
  readonly max: Interval | undefined;
}
