import type { CostForm } from './cost/cost-form.ts';
import type { Input } from './input.ts';

/** What is supplied to a buyer of value φ on s identical tasks. Buffers belong to the caller and are overwritten. */
export interface SupplyPoint {
  /** q = ∫ q(i) di, over the tasks. */
  quality: number;
  /** C(q, s), money. */
  cost: number;
  /** S(φ, s) = φ·q − C(q, s), money. */
  surplus: number;
  /** Task inputs per task, then shared inputs. */
  readonly inputs: Float64Array;
  /** Which shared inputs are at zero (0), free (1) or at their cap (2), read as digits in base 3. */
  regime: number;
  /** ∂q/∂φ = 1/C_qq. Set by `slopes` only. */
  qualityByValue: number;
  /** ∂q/∂s at given φ = −C_qs/C_qq. Set by `slopes` only. */
  qualityByScale: number;
  /** Which of the supply's models serves, where it is a choice of several (Section 8); else 0. */
  model: number;
  /** False where the first-order conditions could not be met; the point is then only a best effort. */
  solved: boolean;
}

/**
 * Efficient supply: the maximiser of S(φ, s) = max over q ≥ 0 of φ·q − C(q, s), for s identical tasks of value φ each
 * (paper, Section 3 and eq. (17)–(18)). The seller's problem is this one with virtual values for values.
 *
 * With token packages s = 1 and φ is the (virtual) representative type.
 */
export interface EfficientSupply {
  /** Task inputs before shared ones, model by model; empty where the cost is given outright. */
  readonly inputs: readonly Input[];
  /** The models to choose from, where there is a choice: quality then jumps where the best one changes. */
  readonly models?: readonly string[];
  /** How a task's cost depends on quality, where that is known in pieces that solvers can write down. */
  readonly form?: CostForm;
  /** Pieces near a cost that has no such form, where there are some: for solvers, beside tasks whose cost has. */
  nearForm?(): CostForm | undefined;
  /** c(q) of one task, where it is given outright. */
  readonly taskCost?: (quality: number) => number;
  /** What tells tasks apart, where the cost is given outright. Only profiles can then be supplied: `supply` and `slopes` solve nothing. */
  readonly byTask?: TaskCosts;
  /** Solves for (φ, s), s > 0. φ ≤ 0 supplies nothing. */
  supply(value: number, scale: number, out: SupplyPoint): void;
  /** As `supply`, and the derivatives of q. At a kink they are one-sided, from the right. */
  slopes(value: number, scale: number, out: SupplyPoint): void;
  /**
   * The φ in (0, upTo) at which supply at this scale has a kink, ascending: where it starts, where a shared
   * input leaves zero or reaches its cap. Between them q is smooth in φ.
   */
  kinks(scale: number, upTo: number): readonly number[];
}

/** Costs that are given outright, one a task; and the most quality that all tasks together can have, Σ q ≤ total. */
export interface TaskCosts {
  /** So many tasks have a cost; any number where it is left out. */
  readonly count?: number;
  /** The cost of task m, which lies at `position` in [0, 1]. */
  at(m: number, position: number): EfficientSupply;
  /** Finite where every cost is linear only. */
  readonly total?: number;
}

export const supplyPoint = (inputs: number): SupplyPoint => ({
  quality: 0,
  cost: 0,
  surplus: 0,
  inputs: new Float64Array(inputs),
  regime: 0,
  model: 0,
  qualityByValue: 0,
  qualityByScale: 0,
  solved: true,
});

/** Leaves nothing in a point, not even cost. */
export const clearPoint = (out: SupplyPoint, solved: boolean): void => {
  out.quality = 0;
  out.cost = 0;
  out.surplus = 0;
  out.regime = 0;
  out.inputs.fill(0);
  out.solved = solved;
};
