import type {
  Copula,
  Distribution,
  EfficientSupply,
  FiniteSolver,
  Formula,
  Input,
  InputNames,
  Minimizer,
  ParameterValues,
  Plan,
  ProductionFunction,
} from '@menusmith/core';
import type { Units } from './units.ts';

/** A study file after validation: everything constructed, defaults filled in. */
export interface Study {
  readonly name: string;
  readonly technology: Technology;
  readonly buyers: Buyers;
  readonly contract: Contract;
  readonly implementation: Implementation;
  /** Objective, outside options, today's plans, capacity. */
  readonly terms: Terms;
  /** What its units of money and inputs stand for, where it says so. */
  readonly units?: Units;
  readonly solver: SolverSettings;
}

export const contracts = ['efficient', 'allocations', 'packages'] as const;
export type Contract = (typeof contracts)[number];

export const implementations = ['direct', 'two-part-tariff', 'maximum-spend'] as const;
export type Implementation = (typeof implementations)[number];
/** Ways to sell a menu otherwise than at a price for every item. */
export type IndirectImplementation = Exclude<Implementation, 'direct'>;

export const supplyChoices = ['auto', 'closed-form', 'numeric'] as const;
export type SupplyChoice = (typeof supplyChoices)[number];

export interface SolverSettings {
  readonly use: string;
  readonly tolerance: number;
  /** Whether the study says it itself: grids are then refined as far as it takes, else as far as is quick. */
  readonly isToleranceNamed?: boolean;
  readonly supply: SupplyChoice;
  /** Asked for a better start where Newton's method fails to solve for supply. */
  readonly minimizer?: Minimizer;
  /** Solvers of finite problems that may be used, in order of preference; the one that is asked for alone. */
  readonly finite: readonly { readonly name: string; readonly solver: FiniteSolver }[];
}

/** How quality is made: from inputs by a production function, or at a cost given outright. */
export type Technology = ProductionTechnology | ModelsTechnology | CostTechnology;

export interface ProductionTechnology {
  readonly kind: 'production';
  readonly use: string;
  readonly parameters: ParameterValues;
  readonly production: ProductionFunction;
  /** Task inputs in file order, then shared inputs in file order: the order of x and then z. */
  readonly inputs: readonly Input[];
  readonly names: InputNames;
}

/** A choice of base models (Section 8): each item of the menu uses the one that serves it best. */
export interface ModelsTechnology {
  readonly kind: 'models';
  /** The names, for people. */
  readonly use: string;
  readonly models: readonly (ProductionTechnology & { readonly name: string })[];
}

export interface CostTechnology {
  readonly kind: 'cost';
  readonly use: string;
  readonly parameters: ParameterValues;
  readonly supply: EfficientSupply;
}

export type Buyers = (ValueScaleBuyers | RepresentativeBuyers | ValueScaleSample | ProfileBuyers) & {
  /** What the study does not say itself of how they were read, in sentences. */
  readonly remarks?: readonly string[];
};

/** Cells of values, which are even, and of scales, which are even unless their edges are told, ascending. */
export interface ValueScaleCells {
  readonly values: number;
  readonly scales: number;
  readonly scaleEdges?: Float64Array;
}

/** Buyers (w, s): a value w for each of the tasks in [0, s]. */
export interface ValueScaleBuyers {
  readonly kind: 'value-scale';
  readonly value: Distribution;
  readonly scale: Distribution;
  readonly dependence: Copula;
  /** Points a side, where a grid is needed. Without one the solver refines its own. */
  readonly grid?: ValueScaleCells;
  /** For people: 'uniform on [0, 1]'. */
  readonly labels: { readonly value: string; readonly scale: string; readonly dependence: string };
}

/** Buyers of representative type θ, from a distribution or from a list. */
export type RepresentativeBuyers = ContinuousRepresentativeBuyers | FiniteRepresentativeBuyers;

export interface ContinuousRepresentativeBuyers {
  readonly kind: 'representative';
  readonly type: Distribution;
  readonly labels: { readonly type: string };
}

export interface FiniteRepresentativeBuyers {
  readonly kind: 'representative';
  /** In file order; masses sum to 1. */
  readonly types: readonly RepresentativeType[];
}

/** Finitely many buyers (w, s), as a file lists them or as a grid. */
export interface ValueScaleSample {
  readonly kind: 'file' | 'value-scale-grid';
  /** In file order, of a grid value by value; masses sum to 1. */
  readonly types: readonly ValueScaleType[];
  /** All scales, ascending: the tasks of an allocation are the blocks between them. */
  readonly scales: Float64Array;
}

export interface ValueScaleType extends RepresentativeType {
  readonly scale: number;
}

export interface RepresentativeType {
  readonly name?: string;
  readonly value: number;
  readonly mass: number;
}

/** Buyers with a value of their own for every task. */
export interface ProfileBuyers {
  readonly kind: 'profiles';
  readonly tasks: ProfileTasks;
  /** In file order; masses sum to 1. */
  readonly types: readonly ProfileType[];
  /**
   * The same buyers on nodes that are split at more places, and crowd towards them: where something that the menu serves starts like a
   * fractional power. Absent where the study lists its tasks.
   */
  refined?(places: readonly number[]): ProfileBuyers;
  /** Where the profiles jump or kink; nodes are split there. */
  readonly breaks: readonly number[];
  /** The continuous buyers for whom these types stand, each for those of a cell; absent where the study lists its types. */
  readonly goods?: Goods;
}

/** A continuous population with a value for each of K goods. */
export interface Goods {
  /** One a good. */
  readonly values: readonly Distribution[];
  readonly dependence: Copula;
  /** Cells a good, into which the types cut it. */
  readonly cells: readonly number[];
  /** Whether the study asks for these cells; else the solver refines its own. */
  readonly isGridNamed: boolean;
  /** For people: 'uniform on [0, 1]'. */
  readonly labels: { readonly values: readonly string[]; readonly dependence: string };
}

/** Tasks, or the nodes of a quadrature over tasks, ascending: how much each counts, and where it is in [0, 1]. */
export interface ProfileTasks {
  readonly weights: Float64Array;
  readonly positions: Float64Array;
  /** What each is called, where the tasks are listed one by one, as goods are; absent for the nodes of a quadrature. */
  readonly names?: readonly string[];
}

export interface ProfileType {
  readonly name?: string;
  readonly mass: number;
  /** w(i), one a task. */
  readonly values: Float64Array;
}

/** What the seller's problem has beside buyers, technology and contract (DESIGN §6). */
export interface Terms {
  readonly objective: Objective;
  readonly outside?: OutsideOption;
  readonly keep?: Kept;
  /** The most of each input named that all buyers together may use, per buyer of the population. */
  readonly capacity?: Readonly<Record<string, number>>;
}

/** Weights of profit and of consumer surplus in what is maximised; 0 ≤ consumerSurplus ≤ profit, profit > 0. */
export interface Objective {
  readonly profit: number;
  readonly consumerSurplus: number;
}

/** What a buyer has who takes nothing from this seller. */
export type OutsideOption =
  | OutsideUtility
  /** Utilities of listed types, in the study's order; money. */
  | { readonly kind: 'listed'; readonly utilities: Float64Array }
  /** Somebody else's tokens at linear prices, which stand for the costs of these inputs. */
  | { readonly kind: 'rival'; readonly technology: ProductionTechnology };

/** A utility by formula; a number is one that names nothing. */
export interface OutsideUtility {
  readonly kind: 'utility';
  readonly text: string;
  /** The variables of the formula: `theta`, or `value` and `scale`. */
  readonly names: readonly string[];
  readonly formula: Formula;
  /** u at the variables' values, in the order of `names`; money. */
  at(values: readonly number[]): number;
  /** ∂u/∂ the first variable. */
  slope(values: readonly number[]): number;
}

/** Today's plans, and the share of what they give her below which no buyer's surplus falls; at 1 they stay on sale. */
export interface Kept {
  readonly plans: readonly Plan[];
  readonly share: number;
}
