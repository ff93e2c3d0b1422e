import type { IndirectImplementation } from './study/study.ts';

/** What a menu makes of all buyers, in money per buyer, and the shares of those who get nothing, and of those with a shared input. */
export interface Headline {
  readonly profit: number | null;
  readonly revenue: number | null;
  readonly cost: number | null;
  readonly consumerSurplus: number | null;
  readonly welfare: number | null;
  readonly efficientWelfare: number | null;
  readonly excludedShare: number | null;
  readonly fineTunedShare: number | null;
}

/** The result of `solve`, as CONTRACT has it: everything in the study's units of money, shares in [0, 1], null where a number does not exist. */
export interface Result extends Headline {
  readonly name: string;
  readonly method: 'efficient' | 'two-types' | 'one-dimensional' | 'scale-by-scale' | 'finite';
  /** Derived from the certificate; no solver sets it. */
  readonly status: 'optimal' | 'feasible' | 'uncertified';
  /** What was maximised. */
  readonly objective: ObjectiveResult;
  /** Shares of the buyers who take their outside option, or one of today’s plans; absent where the study has none. */
  readonly outsideShare?: number | null;
  readonly keptShare?: number | null;
  /** Whether some item is a lottery between models; then also what the best menu found without lotteries makes. */
  readonly lotteries?: boolean;
  readonly withoutLotteries?: { readonly profit: number | null; readonly objective: number | null };
  /** Whom each model serves, where the study offers several. */
  readonly models?: readonly ModelShare[];
  readonly certificate: CertificateResult;
  readonly conditions: readonly ConditionResult[];
  readonly pools: readonly PoolResult[];
  readonly types: readonly TypeResult[];
  /** What the entries of a profile are called, where the study lists its tasks or goods one by one. */
  readonly tasks?: readonly string[];
  /** Where types are the cells of a grid of goods: how many cells a good. No number here bounds what a menu earns from the continuous buyers. */
  readonly goods?: { readonly cells: readonly number[] };
  readonly implementation?: ImplementationResult;
  readonly twoTypes?: TwoTypesResult;
  /** What binds among listed types that are solved in closed form; the finite solver's is under `finite`. */
  readonly binding?: BindingResult;
  /** What the finite solver found, beside the menu. */
  readonly finite?: FiniteResult;
  /** Where continuous buyers were solved on a grid; all numbers above then speak of the continuous buyers. */
  readonly population?: PopulationResult;
  /** What the grid itself has: the finite problem that was solved in place of the continuous one. */
  readonly grid?: GridResult;
  /** The most of each input named that all buyers together may use, and what they do use, per buyer of the population. */
  readonly capacity?: Readonly<Record<string, number>>;
  readonly used?: Readonly<Record<string, number>>;
  /** ρ ≥ 0 of every capped input, money per unit: what one more unit would add to profit, or, per unit of the weight of profit, to the objective; 0 where some is left over. */
  readonly shadowPrices?: Readonly<Record<string, number>>;
  /** What a reader must know beside the numbers, in sentences. */
  readonly notes: readonly string[];
  /** How supply was computed: 'closed-form' or 'numeric'. */
  readonly supply: 'closed-form' | 'numeric';
  readonly seconds: number;
  /** Evaluations of the efficient supply. */
  readonly iterations: number;
}

/** Weights of profit and of consumer surplus, and what they make of the menu; under `contract: efficient` welfare. */
export interface ObjectiveResult {
  readonly profit: number;
  readonly consumerSurplus: number;
  readonly value: number | null;
}

export interface ModelShare {
  readonly name: string;
  /** Of all buyers. */
  readonly share: number;
}

export interface CertificateResult {
  readonly of: 'grid' | 'population';
  /** Of the objective; so is the bound. With profit alone as objective `attainedProfit` is the same number. */
  readonly attainedObjective: number | null;
  readonly attainedProfit: number | null;
  readonly upperBound: number | null;
  readonly relativeGap: number | null;
  readonly maxIncentiveViolation: number | null;
  readonly maxParticipationViolation: number | null;
  /** Why the numbers cannot all be true, in sentences: then the result is uncertified whatever the gap. Absent where nothing speaks against them. */
  readonly doubts?: readonly string[];
}

/** Which constraints bind for two types (Prop. 2, with the regime it missed), and Prop. 3's tests where there is a representative type. */
export interface TwoTypesResult {
  readonly regime: 'full-surplus' | 'high-incentive' | 'high-participation';
  /** Index and name of the high type, in the study's order. */
  readonly high: number;
  readonly highName: string | null;
  /** λ of φ_L = w_L − λ(w_H − w_L), at most f_H/f_L. */
  readonly lambda: number;
  readonly massRatio: number;
  /** ∫ (w_H − w_L) q_L at the low type's first best: full surplus is extracted where it is not positive. */
  readonly temptation: number;
  /** Prop. 3: θ of both types, and the corrected test ∫ (w_H − w_L) w_L^{σ/(1−σ)} ≤ 0 (ERRATA F5). */
  readonly ranking?: { readonly thetas: readonly [number, number]; readonly test: number };
}

/** Incentive constraints with a positive multiplier that matters. */
export interface BindingResult {
  readonly count: number;
  /** The largest, at most 200 of them; `from` would take the item of `to`. Positions in `types`. */
  readonly largest: readonly { readonly from: number; readonly to: number; readonly flow: number }[];
}

/** Of a finite problem: its size, how it was solved, and what binds. */
export interface FiniteResult {
  readonly solver: string;
  /** Why the solver ended: `converged` where the certified gap of what it solved is within the tolerance. */
  readonly stopped: 'converged' | 'stuck' | 'most-iterations' | 'numerical' | 'interrupted';
  readonly types: number;
  readonly tasks: number;
  /** Buyers are paid so much, per buyer, beyond what the solver proposed, so that all prefer their own items. */
  readonly rebate: number | null;
  /** What binds; of values and scales, also by the kind of the step. */
  readonly binding: BindingResult & {
    readonly withinScale?: number;
    readonly acrossScales?: number;
    /** Σ λ over constraints across scales. */
    readonly flowAcrossScales?: number;
  };
  /**
   * Whether the optimum treats identical tasks differently: the largest spread of quality among tasks on which a type has one value, and the
   * type (position in `types`).
   */
  readonly uniformity?: {
    readonly isUniform: boolean;
    readonly spread: number;
    readonly type: number | null;
  };
  readonly comparison?: ComparisonResult;
}

/** Three numbers side by side: seen scales (a bound), hidden scales at their best, and the scale-by-scale menu offered to all. */
export interface ComparisonResult {
  readonly observableScale: number;
  readonly optimum: number;
  readonly scaleByScale: {
    readonly attainedProfit: number;
    readonly deviatingShare: number;
    readonly worst?: Coordinates & { readonly gain: number };
  };
}

/** A finite problem that stands for continuous buyers. Its numbers are near theirs, and none of them bounds theirs. */
export interface GridResult extends Headline {
  /** Points of value and of scale. */
  readonly values: number;
  readonly scales: number;
  /** No menu earns more from the grid's types; from the continuous buyers one may. */
  readonly upperBound: number | null;
  readonly relativeGap: number | null;
  readonly maxIncentiveViolation: number | null;
  readonly maxParticipationViolation: number | null;
  /** As in `population`. */
  readonly extrapolatedProfit: number | null;
}

/** What the menu of a grid is worth in the continuous population that the grid stands for. */
export interface PopulationResult {
  /** E[T − C] under free choice from the grid's menu, made finer between its types, less the estimated error of quadrature. */
  readonly attainedProfit: number | null;
  /** The observable-scale profit in the continuum, which no menu can pass. */
  readonly upperBound: number | null;
  /** Points of value and of scale. */
  readonly grid: { readonly values: number; readonly scales: number };
  /**
   * The optimum of ever finer grids, by Richardson extrapolation from half the grid; null where there is no half, or where it would stand above the
   * upper bound or below what is attained, and so be wrong.
   */
  readonly extrapolatedProfit: number | null;
}

/** Coordinates of a buyer: a representative type θ is `value`. */
export interface Coordinates {
  readonly value: number;
  readonly scale?: number;
}

export interface ConditionResult {
  readonly name:
    | 'increasing-virtual-value'
    | 'bounded-rent'
    | 'bounded-rent-tariff'
    | 'nonincreasing-markup'
    | 'full-extraction';
  readonly holds: boolean;
  readonly margin: number | null;
  readonly at: Partial<Coordinates>;
}

/** An interval of types that share one item because the virtual value was ironed there. */
export interface PoolResult {
  readonly from: number;
  readonly to: number;
  readonly ironedVirtualValue: number;
  /** What they all get and pay; in value-scale, at the largest scale. */
  readonly item: TypeResult;
}

export type Taken = 'menu' | 'outside' | 'kept';

export interface TypeResult {
  readonly name?: string;
  /** What the table of buyers, in which she was asked for, says of her beside her coordinates: `customer_id`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Absent where the type is a value profile. */
  readonly value?: number;
  readonly scale?: number;
  /** What she values each good at: the midpoint of her cell. */
  readonly values?: readonly number[];
  readonly mass?: number;
  readonly excluded: boolean;
  /** Whether she takes an item of the menu, her outside option, or one of today’s plans; absent where the study has neither of these. */
  readonly takes?: Taken;
  /** The model that serves her, where the study offers several. */
  readonly model?: string;
  /** Where a lottery decides which model serves her, or whether it is one from `outside`: their chances. `model` is then the likeliest, and quality, profile and inputs are those expected. */
  readonly lottery?: readonly { readonly model: string; readonly share: number }[];
  /** ∫ q di as delivered to this buyer. */
  readonly quality: number;
  /** q per task node; finite buyers only. */
  readonly profile?: readonly number[];
  /** The values as which this one is served, task by task; null where none says what she gets, as between two items of a lottery. */
  readonly virtualProfile?: readonly (number | null)[];
  /** w·q − C at what is delivered; under `contract: efficient` the most there is. Not given with finite allocations. */
  readonly surplus?: number | null;
  readonly transfer: number | null;
  readonly rent: number | null;
  /** φ before ironing. */
  readonly virtualValue: number | null;
  readonly ironedVirtualValue: number | null;
  /**
   * Where v = A(z)·h(x) with h homogeneous: the representative type θ (eq. (10), (12)) and the index quality Q(θ) = v(X, Z). Under
   * `contract: efficient` also θ̂ (eq. (11)), where there are shared inputs: types use some if and only if θ > θ̂; null where none does.
   */
  readonly index?: {
    readonly theta: number;
    readonly quality: number | null;
    readonly thetaHat?: number | null;
  };
  /** Totals over the tasks, by input. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Where the tasks end whose inputs `perTask` lists, where a grid of scales was made for continuous buyers. */
  readonly taskEnds?: readonly number[];
  /** Task inputs on each served task. */
  readonly perTask: Readonly<Record<string, number | readonly number[]>>;
  readonly tariff: TariffResult | null;
}

/** An upfront fee, then linear prices at a common markup over cost, for at most `taskCap` tasks: a two-part tariff, or a maximum-spend item. */
export interface TariffResult {
  readonly upfront: number;
  readonly prices: Readonly<Record<string, number>>;
  /** null where tasks are not capped (packages). */
  readonly taskCap: number | null;
  /** Where tasks are listed, and tokens can be used on some of them only: which, counted from 0. */
  readonly tasks?: readonly number[];
  readonly markup: number;
  /** Of a maximum-spend item, whose prices are the costs: how much can be spent at them. */
  readonly spendingCap?: number;
}

export interface ImplementationResult {
  readonly kind: IndirectImplementation;
  readonly attainedProfit: number | null;
  /** What it leaves to buyers; absent where the objective is profit. */
  readonly consumerSurplus?: number | null;
  readonly maxDeviationGain: number | null;
  /** Where no proposition has offers for these types, and each type’s own is made of her item alone. */
  readonly isByType?: boolean;
  /** Where the buyers are a grid’s types that stand for continuous ones: what the direct menu earns from these types. */
  readonly ofGrid?: { readonly profit: number };
  /** Share of the buyers who do not take the tariff meant for them. */
  readonly deviatingShare: number | null;
  /** Who gains most by not taking hers, and which one she takes: by its markup, or by its cap on spending; none where what she has outside is better. */
  readonly worst?: Partial<Coordinates> & {
    /** Of a type without coordinates: her name, or her place in the list, counted from 1. */
    readonly name?: string;
    readonly gain: number;
    readonly markup?: number;
    readonly spendingCap?: number;
    readonly upfront?: number;
  };
  /** The best menu of this kind, where the first loses something; `isBest` is false where only the best that was found is known. */
  readonly best?: {
    readonly attainedProfit: number | null;
    readonly consumerSurplus?: number | null;
    readonly maxDeviationGain: number | null;
    readonly isBest: boolean;
  };
  /** The same menu as maximum-spend items, where two-part tariffs lose something. */
  readonly maximumSpend?: {
    readonly attainedProfit: number | null;
    readonly consumerSurplus?: number | null;
    readonly maxDeviationGain: number | null;
  };
}
