import type { FiniteProblem, Proposal } from './finite-problem.ts';
import type { SolverStop } from './stop-reason.ts';

/** A way of solving finite screening problems: it proposes, and nothing that it says is taken on trust. */
export interface FiniteSolver {
  /** What of the problem this solver cannot do, in words; undefined where it can. */
  refuses(problem: FiniteProblem): string | undefined;
  /** Loads what the solver needs before `proposals` is called. */
  prepare?(): Promise<void>;
  /**
   * Ever better proposals for a problem without types that do not matter, of κ < 1, and why there are no more. `money` is what is at stake: its
   * efficient surplus, less what nothing is worth.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: a generator that returns nothing returns void.
  proposals(problem: FiniteProblem, money: number): Iterable<Proposal, SolverStop | undefined | void>;
}

/** Where a solve stands, after every proposal. */
export interface Progress {
  readonly iterations: number;
  /** The gap that the solver expects, and the certified one where there is one yet. */
  readonly expectedGap: number;
  readonly certifiedGap?: number;
}
