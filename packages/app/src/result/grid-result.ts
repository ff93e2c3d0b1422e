/** What a menu makes of all buyers, in money per buyer, and the shares of those who get nothing, and of those with a shared input. */
export interface Headline {
  /** Π: revenue less cost. */
  readonly profit: number | null;
  /** What buyers pay. */
  readonly revenue: number | null;
  /** Cost of the inputs that they use. */
  readonly cost: number | null;
  /** Mean utility of all buyers, what they have outside included. */
  readonly consumerSurplus: number | null;
  /** Profit and consumer surplus together; a rival’s profit is not counted. */
  readonly welfare: number | null;
  /** Welfare of the efficient allocation: what there would be without private information. */
  readonly efficientWelfare: number | null;
  /** Share of the buyers who get nothing. */
  readonly excludedShare: number | null;
  /** Share of the buyers who get some of a shared input. */
  readonly fineTunedShare: number | null;
}

/** A finite problem that stands for continuous buyers. Its numbers are near theirs, and none of them bounds theirs. */
export interface GridResult extends Headline {
  /** How many values, where it is of values and scales. */
  readonly values?: number;
  /** How many scales, likewise. */
  readonly scales?: number;
  /** Cells of each good, where it is of goods. */
  readonly cells?: readonly number[];
  /** No menu earns more from the grid's types; from the continuous buyers one may. */
  readonly upperBound: number | null;
  /** The gap between the grid’s profit and its upper bound, over the bound. */
  readonly relativeGap: number | null;
  /** The most that a type of the grid would gain by another’s item; money. */
  readonly maxIncentiveViolation: number | null;
  /** The most that a type of the grid would gain by taking nothing; money. */
  readonly maxParticipationViolation: number | null;
  /** As in `population`. */
  readonly extrapolatedProfit: number | null;
}

/** A grid that the solver made for continuous buyers, and the bracket that it left: each side holds on its own, and the certificate has the best of all grids. */
export interface RefinementStep {
  /** Cells of values, where it is of values and scales. */
  readonly values?: number;
  /** Cells of scales, likewise. */
  readonly scales?: number;
  /** Cells of each good, where it is of goods. */
  readonly cells?: readonly number[];
  /** What its menu attains of the objective among the continuous buyers. */
  readonly attainedObjective: number | null;
  /** No menu has more of it; by this grid’s flow. */
  readonly upperBound: number | null;
  /** The gap between these two, over the bound. */
  readonly relativeGap: number | null;
}

/** What the menu of a grid is worth in the continuous population that the grid stands for. */
export interface PopulationResult {
  /** E[T − C] under free choice from the grid's menu, made finer between its types or priced anew for goods, less the estimated error of quadrature. */
  readonly attainedProfit: number | null;
  /** No menu for hidden scales makes more of the continuous buyers. */
  readonly upperBound: number | null;
  /** Of what the bound comes: of a feasible flow of the continuum, or of what seen scales would make, where that is less or the other is not known. */
  readonly boundBy: 'flow' | 'observable-scale';
  /** What a seller would make of the continuous buyers who saw their scales; null of goods. */
  readonly observableScale: number | null;
  /** Points of value and of scale; absent of goods. */
  readonly grid?: {
    /** How many values. */
    readonly values: number;
    /** How many scales. */
    readonly scales: number;
  };
  /**
   * The optimum of ever finer grids, by Richardson extrapolation from half the grid; null where there is no half, or where it would stand above the
   * upper bound or below what is attained, and so be wrong. Null of goods.
   */
  readonly extrapolatedProfit: number | null;
}

/** An item that is sold to continuous buyers of goods. */
export interface GoodsItem {
  /** Of all goods together. */
  readonly quality: number;
  /** Of each good. */
  readonly profile: readonly number[];
  /** Its price. */
  readonly transfer: number;
  /** What it is made with. */
  readonly inputs: Readonly<Record<string, number>>;
  /** The share of all continuous buyers who take it. */
  readonly share: number;
}
