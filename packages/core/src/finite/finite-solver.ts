import type { CostForm } from '../supply/cost/cost-form.ts';
import type { FiniteProblem, Proposal } from './finite-problem.ts';
import type { GoodsCells } from './goods-cells.ts';
import type { GoodsFlow } from './goods-flow.ts';
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
  /**
   * A flow among continuous buyers of goods, for the upper bound on what a menu earns from them; undefined where the solver knows none that is better than
   * what a grid's multipliers make. It is made feasible before it counts. `cost` is what the goods cost, `surplusWeight` κ.
   */
  goodsFlow?(cells: GoodsCells, cost: CostForm, surplusWeight: number): GoodsFlow | undefined;
}

/** A grid that was solved for continuous buyers, by its cells a side: what its menu attains of the objective among these, and the bound that its flow makes. */
export interface GridBracket {
  readonly cells: readonly number[];
  readonly attained: number;
  readonly upperBound: number;
}

/** Where a solve stands, after every proposal. */
export interface Progress<Answer = never> {
  readonly iterations: number;
  /** The gap that the solver expects, and the certified one where there is one yet. */
  readonly expectedGap: number;
  readonly certifiedGap?: number;
  /** The grids that were solved so far, where a solve refines its own. */
  readonly refinement?: readonly GridBracket[];
  /** What the solve would answer if it ended here, where it can tell; to find it takes about as long as a step, and changes nothing. */
  readonly incumbent?: () => Answer;
}

/** Runs a generator to its end, without anything in between. */
export const finished = <Result>(solving: Iterator<unknown, Result, undefined>): Result => {
  let step = solving.next();
  while (step.done !== true) step = solving.next();
  return step.value;
};

/** The steps of a part of a solve, with what the whole would answer in the place of what the part would; without it where that is not known. */
export function* asPartOf<Part, Whole = never, Result = unknown>(
  solving: Generator<Progress<Part>, Result, boolean | undefined>,
  whole?: (part: Part) => Whole,
): Generator<Progress<Whole>, Result, boolean | undefined> {
  let step = solving.next();
  while (step.done !== true) {
    const { incumbent, ...progress } = step.value;
    const isKnown = incumbent !== undefined && whole !== undefined;
    step = solving.next(yield isKnown ? { ...progress, incumbent: () => whole(incumbent()) } : progress);
  }
  return step.value;
}

/** The steps of a solve, with an answer of another kind in the place of what it would answer itself, which is not looked at: that can take far longer. */
export function* withStandIn<Answer, Result>(
  solving: Generator<Progress<unknown>, Result, boolean | undefined>,
  incumbent: () => Answer,
): Generator<Progress<Answer>, Result, boolean | undefined> {
  let step = solving.next();
  while (step.done !== true) step = solving.next(yield { ...step.value, incumbent });
  return step.value;
}
