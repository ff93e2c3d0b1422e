/** A piece of a task's cost: from where the one before ends, over `length` of quality, marginal cost is `rate` and rises by `curvature` a unit. */
export interface CostPiece {
  readonly rate: number;
  readonly curvature: number;
  readonly length: number;
}

/**
 * A cost that is given outright and that solvers can write down: C(q) = Σ ω c_m(q_m), each c_m of linear and quadratic pieces with marginal costs that
 * do not fall, as ½q² or rate·q with q ≤ max; and Σ q_m ≤ total, where there is one.
 */
export interface CostForm {
  /** Pieces of every task; of one task alone where all are alike. */
  readonly tasks: readonly (readonly CostPiece[])[];
  /** c of every task, or of the one, where its pieces are only near it, as beside a straight stretch one that bends like no parabola. */
  readonly exact?: readonly (((quality: number) => number) | undefined)[];
  readonly total?: number;
  /**
   * A task served in the place of everything else, at quality 0 or 1 and free of cost; only beside linear costs. An item that has the chance π of it has
   * 1 − π of every length, and of the total, left for the others: as a lottery over both its cost is (1 − π) C(q/(1 − π)), linear in (q, π).
   */
  readonly exclusive?: number;
}

/** The form with one more task, the last, that is served in the place of the others. */
export const withExclusiveTask = (form: CostForm, tasks: number): CostForm => ({
  ...form,
  ...(form.exact && { exact: Array.from({ length: tasks + 1 }, (_, m) => exactOn(form, m, tasks)) }),
  tasks: [
    ...Array.from({ length: tasks }, (_, m) => piecesOn(form, m)),
    [{ rate: 0, curvature: 0, length: 1 }],
  ],
  exclusive: tasks,
});

const exactOn = ({ exact, tasks: own }: CostForm, m: number, tasks: number) =>
  m === tasks ? undefined : exact?.[own.length === 1 ? 0 : m];

/** The pieces of task m. */
export const piecesOn = ({ tasks }: CostForm, m: number): readonly CostPiece[] =>
  tasks.length === 1 ? tasks[0]! : tasks[m]!;

/** Whether the cost is linear or of linear pieces, so that the seller's problem is a linear program. */
export const isLinear = ({ tasks }: CostForm): boolean =>
  tasks.every((pieces) => pieces.every(({ curvature }) => curvature === 0));

/** Whether quality jumps somewhere, so that the best item can lie within a jump of supply. */
export const hasJumps = ({ tasks }: CostForm): boolean =>
  tasks.some((pieces) => pieces.some(({ curvature }) => curvature === 0));

/** The most quality that a task can have. */
export const mostOf = (pieces: readonly CostPiece[]): number =>
  pieces.reduce((sum, { length }) => sum + length, 0);

/** c_m(q); ∞ where there is not so much. */
export const taskCost = (form: CostForm, m: number, quality: number): number => {
  const exact = form.exact?.[form.tasks.length === 1 ? 0 : m];
  return exact === undefined ? costOf(piecesOn(form, m), quality) : exact(quality);
};

/** c(q) of pieces; ∞ where there is not so much, up to rounding. */
export const costOf = (pieces: readonly CostPiece[], quality: number): number => {
  let [left, cost] = [quality, 0];
  for (const { rate, curvature, length } of pieces) {
    const amount = Math.min(left, length);
    cost += amount * (rate + (curvature * amount) / 2);
    left -= amount;
  }
  return quality >= 0 && left <= ROUNDING * quality ? cost : Number.POSITIVE_INFINITY;
};
/** What solvers and additions exceed a length by, relative to it. */
const ROUNDING = 1e-12;
