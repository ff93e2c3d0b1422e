/** Coordinates of a buyer: a representative type θ is `value`. */
export interface Coordinates {
  /** Value of a unit of quality on a task, or θ of a representative type. */
  readonly value: number;
  /** Share of tasks that she has, in [0, 1]. */
  readonly scale?: number;
}

export type Taken = 'menu' | 'outside' | 'kept';

/** A buyer: what she gets, pays and keeps. */
export interface TypeResult {
  /** Her name, where the study gives one. */
  readonly name?: string;
  /** What the table of buyers, in which she was asked for, says of her beside her coordinates: `customer_id`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Absent where the type is a value profile. */
  readonly value?: number;
  /** Share of tasks that she has; absent where buyers have no scale. */
  readonly scale?: number;
  /** What she values each good at: the midpoint of her cell. */
  readonly values?: readonly number[];
  /** Share of the buyers who are of this type. */
  readonly mass?: number;
  /** Whether she gets nothing. */
  readonly excluded: boolean;
  /** Whether she takes an item of the menu, her outside option, or one of today’s plans; absent where the study has neither of these. */
  readonly takes?: Taken;
  /** The model that serves her, where the study offers several. */
  readonly model?: string;
  /** Where a lottery decides which model serves her, or whether it is one from `outside`: their chances. `model` is then the likeliest, and quality, profile and inputs are those expected. */
  readonly lottery?: readonly {
    /** Name of the model. */
    readonly model: string;
    /** Its chance, in [0, 1]. */
    readonly share: number;
  }[];
  /** ∫ q di as delivered to this buyer. */
  readonly quality: number;
  /** q per task node; finite buyers only. */
  readonly profile?: readonly number[];
  /** The values as which this one is served, task by task; null where none says what she gets, as between two items of a lottery. */
  readonly virtualProfile?: readonly (number | null)[];
  /** w·q − C at what is delivered; under `contract: efficient` the most there is. Not given with finite allocations. */
  readonly surplus?: number | null;
  /** What she pays; null under `contract: efficient`. */
  readonly transfer: number | null;
  /** What she keeps: her value of the item less what she pays, beyond nothing. */
  readonly rent: number | null;
  /** φ before ironing. */
  readonly virtualValue: number | null;
  /** φ̄, as which she is served: φ after ironing. */
  readonly ironedVirtualValue: number | null;
  /**
   * Where v = A(z)·h(x) with h homogeneous: the representative type θ (eq. (10), (12)) and the index quality Q(θ) = v(X, Z). Under
   * `contract: efficient` also θ̂ (eq. (11)), where there are shared inputs: types use some if and only if θ > θ̂; null where none does.
   */
  readonly index?: {
    /** θ, the representative type. */
    readonly theta: number;
    /** Q(θ), the quality of the index. */
    readonly quality: number | null;
    /** θ̂: types use shared inputs if θ > θ̂. */
    readonly thetaHat?: number | null;
  };
  /** Totals over the tasks, by input. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Where the tasks end whose inputs `perTask` lists, where a grid of scales was made for continuous buyers. */
  readonly taskEnds?: readonly number[];
  /** Task inputs on each served task. */
  readonly perTask: Readonly<Record<string, number | readonly number[]>>;
  /** The item as a tariff; null where it has no such form. */
  readonly tariff: TariffResult | null;
}

/** An upfront fee, then linear prices at a common markup over cost, for at most `taskCap` tasks: a two-part tariff, or a maximum-spend item. */
export interface TariffResult {
  /** The fee that is paid before anything is used. */
  readonly upfront: number;
  /** Price of a unit of each input. */
  readonly prices: Readonly<Record<string, number>>;
  /** null where tasks are not capped (packages). */
  readonly taskCap: number | null;
  /** Where tasks are listed, and tokens can be used on some of them only: which, counted from 0. */
  readonly tasks?: readonly number[];
  /** Price over cost, the same for every input. */
  readonly markup: number;
  /** Of a maximum-spend item, whose prices are the costs: how much can be spent at them. */
  readonly spendingCap?: number;
}

/** An interval of types that share one item because the virtual value was ironed there. */
export interface PoolResult {
  /** The lowest type of the pool. */
  readonly from: number;
  /** The highest type of the pool. */
  readonly to: number;
  /** φ̄, which they share. */
  readonly ironedVirtualValue: number;
  /** What they all get and pay; in value-scale, at the largest scale. */
  readonly item: TypeResult;
}
