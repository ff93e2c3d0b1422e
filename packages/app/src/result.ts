import type { BindingResult, FiniteResult, TwoTypesResult } from './result/finite-result.ts';
import type {
  GoodsItem,
  GridResult,
  Headline,
  PopulationResult,
  RefinementStep,
} from './result/grid-result.ts';
import type { ImplementationResult } from './result/implementation-result.ts';
import type { Coordinates, PoolResult, TypeResult } from './result/type-result.ts';

export * from './result/finite-result.ts';
export * from './result/grid-result.ts';
export * from './result/implementation-result.ts';
export * from './result/type-result.ts';

/** The result of `solve`: everything in the study's units of money, shares in [0, 1], null where a number does not exist. */
export interface Result extends Headline {
  /** Name of the study. */
  readonly name: string;
  /** The problem that the study comes down to, and so how it is solved. */
  readonly method: 'efficient' | 'two-types' | 'one-dimensional' | 'scale-by-scale' | 'finite';
  /**
   * optimal: the relative gap is within the study's tolerance. feasible: the menu attains what it says, and the gap is larger. uncertified: nothing is proven, as its doubts or
   * notes say. Derived from the certificate; no solver sets it.
   */
  readonly status: 'optimal' | 'feasible' | 'uncertified';
  /** Why the status is not `optimal`, what weighs most first; empty where it is. */
  readonly reasons: readonly StatusReason[];
  /** What was maximised. */
  readonly objective: ObjectiveResult;
  /** Share of the buyers who take their outside option; absent where the study has none. */
  readonly outsideShare?: number | null;
  /** Share of the buyers who keep one of today’s plans; absent where the study has none. */
  readonly keptShare?: number | null;
  /** Whether some item is a lottery between models; then also what the best menu found without lotteries makes. */
  readonly lotteries?: boolean;
  /** The best menu found without lotteries, where some item is one. */
  readonly withoutLotteries?: {
    /** Its profit. */
    readonly profit: number | null;
    /** Its objective. */
    readonly objective: number | null;
  };
  /** Whom each model serves, where the study offers several. */
  readonly models?: readonly ModelShare[];
  /** What is attained, and what no menu can pass. */
  readonly certificate: CertificateResult;
  /** Conditions of the propositions, each with its margin. */
  readonly conditions: readonly ConditionResult[];
  /** Intervals of types that are ironed and share an item. */
  readonly pools: readonly PoolResult[];
  /** The buyers: all of a finite list in the study’s order, else those who were asked for. */
  readonly types: readonly TypeResult[];
  /** What the entries of a profile are called, where the study lists its tasks or goods one by one. */
  readonly tasks?: readonly string[];
  /** Where types are the midpoints of cells of goods. */
  readonly goods?: {
    /** Cells of each good. */
    readonly cells: readonly number[];
    /** What is sold to the continuous buyers, and to how many; absent where all numbers are of the midpoints alone. */
    readonly items?: readonly GoodsItem[];
  };
  /** What the menu earns when it is sold as the study’s `implementation` says. */
  readonly implementation?: ImplementationResult;
  /** Which constraints bind, where there are two types. */
  readonly twoTypes?: TwoTypesResult;
  /** What binds among listed types that are solved in closed form; the finite solver's is under `finite`. */
  readonly binding?: BindingResult;
  /** What the finite solver found, beside the menu. */
  readonly finite?: FiniteResult;
  /** Where continuous buyers were solved on a grid; all numbers above then speak of the continuous buyers. */
  readonly population?: PopulationResult;
  /** What the grid itself has: the finite problem that was solved in place of the continuous one. */
  readonly grid?: GridResult;
  /** The grids that were solved, coarsest first, where the study names none; `grid` is the one whose menu attains most. */
  readonly refinement?: readonly RefinementStep[];
  /** The most of each capped input that all buyers together may use, per buyer of the population. */
  readonly capacity?: Readonly<Record<string, number>>;
  /** What all buyers together use of each capped input, per buyer of the population. */
  readonly used?: Readonly<Record<string, number>>;
  /** ρ ≥ 0 of every capped input, money per unit: what one more unit would add to profit, or, per unit of the weight of profit, to the objective; 0 where some is left over. */
  readonly shadowPrices?: Readonly<Record<string, number>>;
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** How supply was computed. */
  readonly supply: 'closed-form' | 'numeric';
  /** Time that the solve took. */
  readonly seconds: number;
  /** Evaluations of the efficient supply. */
  readonly iterations: number;
}

/** A reason why a result is not certified optimal. */
export interface StatusReason {
  /** What kind of reason. */
  readonly code:
    | 'contradiction'
    | 'across-scales'
    | 'interrupted'
    | 'most-iterations'
    | 'stuck'
    | 'numerical'
    | 'unknown-bound'
    | 'not-concave'
    | 'violation'
    | 'grid-alone'
    | 'gap';
  /** What is missing, in sentences. */
  readonly what: string;
  /** What may help, in a sentence. */
  readonly remedy: string;
}

/** Weights of profit and of consumer surplus, and what they make of the menu; under `contract: efficient` welfare. */
export interface ObjectiveResult {
  /** Weight of profit. */
  readonly profit: number;
  /** Weight of consumer surplus. */
  readonly consumerSurplus: number;
  /** What the menu makes of the objective. */
  readonly value: number | null;
}

/** A model, and how many it serves. */
export interface ModelShare {
  /** Name of the model. */
  readonly name: string;
  /** Of all buyers. */
  readonly share: number;
}

/** What the menu attains, an upper bound that no menu can pass, and by how much constraints are violated. */
export interface CertificateResult {
  /** The buyers of whom it speaks: those of a finite list, or the continuous population. */
  readonly of: 'grid' | 'population';
  /** Of the objective; so is the bound. With profit alone as objective `attainedProfit` is the same number. */
  readonly attainedObjective: number | null;
  /** Profit that is attained when buyers choose freely. */
  readonly attainedProfit: number | null;
  /** No menu makes more of the objective. */
  readonly upperBound: number | null;
  /** (upperBound − attainedObjective)/|upperBound|; the difference itself where the bound is 0. */
  readonly relativeGap: number | null;
  /** The most that a type would gain by taking another’s item; money. */
  readonly maxIncentiveViolation: number | null;
  /** The most that a type would gain by taking nothing; money. */
  readonly maxParticipationViolation: number | null;
  /** Why the numbers cannot all be true, in sentences: then the result is uncertified whatever the gap. Absent where nothing speaks against them. */
  readonly doubts?: readonly string[];
}

/** A condition under which a proposition says what is optimal, tried on this study. */
export interface ConditionResult {
  /** Which condition. */
  readonly name:
    | 'increasing-virtual-value'
    | 'bounded-rent'
    | 'bounded-rent-tariff'
    | 'nonincreasing-markup'
    | 'full-extraction';
  /** Whether it holds. */
  readonly holds: boolean;
  /** By how much: negative where it fails; null where there is nothing to measure. */
  readonly margin: number | null;
  /** Where it is tightest. */
  readonly at: Partial<Coordinates>;
}
