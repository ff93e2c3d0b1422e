import type { Certificate, Condition, GridBracket, Progress, Totals } from '@menusmith/core';
import type { ProvedMenu } from '../proof/proved-menu.ts';
import type {
  BindingResult,
  Coordinates,
  FiniteResult,
  GoodsItem,
  GridResult,
  ImplementationResult,
  PoolResult,
  PopulationResult,
  Result,
  TwoTypesResult,
  TypeResult,
} from '../result.ts';
import type { ContinuousMenu } from '../solution.ts';
import type { Study } from '../study/study.ts';
import type { InputUse } from './supply/input-use.ts';
import type { StudySupply } from './supply/supply-of.ts';

/** What each kind of problem answers with; `solveStudy` makes the result of it. */
export interface Solved {
  readonly method: Result['method'];
  readonly totals: Totals;
  /** The first best; found when asked for. */
  efficient(): Totals;
  readonly certificate: Certificate;
  /** The largest transfer: violations are judged against it. */
  readonly money: number;
  readonly conditions: readonly Condition[];
  readonly pools: readonly PoolResult[];
  /** All types of finite buyers, in the study's order. */
  readonly types: readonly TypeResult[];
  quote(buyer: Coordinates): TypeResult;
  readonly continuous?: ContinuousMenu;
  readonly implementation?: ImplementationResult;
  readonly twoTypes?: TwoTypesResult;
  readonly binding?: BindingResult;
  readonly finite?: FiniteResult;
  readonly population?: PopulationResult;
  readonly grid?: GridResult;
  /** The grids that were solved for it, coarsest first. */
  readonly refinement?: readonly GridBracket[];
  /** What is sold to continuous buyers of goods. */
  readonly items?: readonly GoodsItem[];
  /** Whether items are lotteries between models, or with what is outside, where there is a choice. */
  readonly lotteries?: boolean;
  /** The best menu that was found without them, where there are some; found when asked for. */
  withoutLotteries?(): WithoutLotteries;
  /** What buyers have whom the seller sells nothing, where that is not 0; found when asked for. */
  elsewhere?(): Elsewhere;
  /** Mean use of the inputs; found when asked for. */
  use(): InputUse;
  /** The same of the grid that stood for continuous buyers. */
  gridUse?(): InputUse;
  /** What a proof is made of, where buyers are listed. */
  readonly proved?: ProvedMenu;
  /** Iterations of a solver, where there was one. */
  readonly iterations?: number;
}

/** What a menu without lotteries makes, and the inputs that it uses. */
export interface WithoutLotteries {
  readonly profit: number;
  /** Profit and the share κ of consumer surplus. */
  readonly attained: number;
  readonly use: InputUse;
}

/** What buyers have whom the seller sells nothing. Money. */
export interface Elsewhere {
  /** Per buyer of the population. */
  readonly mean: number;
  /** Of listed buyers, in the study's order; empty of continuous ones. */
  readonly types: Float64Array;
  /** Of one of continuous buyers. */
  at(buyer: Coordinates): number;
}

/** Where a solve stands; only finite solvers, and solves within capacity, take more than one step. */
export type SolveProgress<Answer = never> = Progress<Answer>;

/** A solve's answer, and how supply was computed. */
export interface Answer {
  readonly solved: Solved;
  readonly supply: Pick<StudySupply, 'path' | 'evaluations'>;
  /** With capacity: the study at costs c + ρ, and its answer before it was counted at the costs c. */
  readonly priced?: { readonly study: Study; readonly solved: Solved };
  readonly capacity?: CapacityUse;
  /** The study on the grid whose menu this is, where the solver refined its own. */
  readonly onGrid?: Study;
}

/** Capacity of inputs by name, what is used of it, and its shadow prices; `isMixed` where the menu is the mean of several. */
export interface CapacityUse {
  readonly most: InputUse;
  readonly used: InputUse;
  readonly prices: Readonly<Record<string, number>>;
  readonly isMixed: boolean;
}
