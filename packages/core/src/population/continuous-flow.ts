/**
 * A flow of a continuous population of values w and scales s, on the cells of a grid. A buyer of scale s has the rank v = F(s); the i-th cell of values and the j-th of ranks
 * make the cell i·m + j. The flow has three parts, each of which is a multiplier of something that holds for every menu and free choice U(w, s) = max over items of w·Q(s) − T:
 *
 * - `down`, b ≥ 0: U(w, ·) rises, as larger scales have all the tasks of smaller ones. b(w, v) is even in w in a cell of values and straight in v between two `steps`.
 * - `jumps`, λ ≥ 0: no buyer of a smaller scale gains by the item of one of a larger scale. Who imitates (w, v) stands at the same place of her own cell, and λ = rate · f(w, v).
 * - `convexity`, c ≥ 0: U(·, s) is convex. c is straight between the edges of values and even in v in a cell of ranks.
 *
 * Along the values of one scale U′ = Q is an equality, whose multiplier a may have either sign: it carries whatever is left to lower values (`flowBound`).
 */
export interface ContinuousFlow {
  /** The edges of the n cells of values, ascending. */
  readonly values: Float64Array;
  /** The edges of the m cells of ranks, from 0 to 1, ascending. */
  readonly ranks: Float64Array;
  /** Where b may bend: ranks ascending from 0 to 1, with all of `ranks` among them, M + 1 of them. */
  readonly steps: Float64Array;
  /** Mass that flows down through step e at the values of cell i, at i·(M + 1) + e. */
  readonly down: Float64Array;
  readonly jumps: ScaleJumps;
  /** c at edge i of values, times the width of the cell j of ranks, at i·m + j for i = 0, …, n. */
  readonly convexity: Float64Array;
}

/** Who imitates whom, cell by cell, and how many do for each buyer imitated. */
export interface ScaleJumps {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly rate: Float64Array;
}

/** A flow that any numbers have been made into, and what had to be taken from them. */
export interface FeasibleFlow {
  readonly flow: ContinuousFlow;
  /** The share of all that was to flow down which had to be left out. */
  readonly cut: number;
}

/**
 * A flow that bounds every menu, whatever was proposed. What is no number or has the wrong sign is left out, and so are jumps to scales that are not larger. Convexity has no
 * multiplier at the highest value. Through a step no more flows down than the buyers above it bring, B(v) = ∫ b dw ≤ (1 − κ)(1 − v): both sides are straight between
 * steps, so that this holds between them as well; and for the participation of the lowest values it is enough (`flowBound`). Where more was to flow, all that flows through that step is scaled down.
 */
export const feasibleFlow = (
  { values, ranks, steps, down: proposed, jumps, convexity }: ContinuousFlow,
  surplusWeight = 0,
): FeasibleFlow => {
  const [n, m, M] = [values.length - 1, ranks.length - 1, steps.length - 1];
  const down = Float64Array.from({ length: n * (M + 1) }, (_, p) => amount(proposed[p]));
  let [whole, left] = [0, 0];
  for (let e = 0; e <= M; e++) {
    let through = 0;
    for (let i = 0; i < n; i++) through += down[i * (M + 1) + e]!;
    const most = (1 - surplusWeight) * (1 - steps[e]!);
    const factor = through > most ? most / through : 1;
    whole += through;
    left += factor * through;
    if (factor < 1) for (let i = 0; i < n; i++) down[i * (M + 1) + e]! *= factor;
  }
  const isJump = (e: number): boolean => {
    const [from, to] = [jumps.from[e]!, jumps.to[e]!];
    const isCell = (cell: number): boolean => Number.isInteger(cell) && cell >= 0 && cell < n * m;
    return amount(jumps.rate[e]) > 0 && isCell(from) && isCell(to) && from % m < to % m;
  };
  const kept = Array.from(jumps.rate, (_, e) => e).filter(isJump);
  return {
    flow: {
      values,
      ranks,
      steps,
      down,
      jumps: {
        from: Int32Array.from(kept, (e) => jumps.from[e]!),
        to: Int32Array.from(kept, (e) => jumps.to[e]!),
        rate: Float64Array.from(kept, (e) => jumps.rate[e]!),
      },
      convexity: Float64Array.from({ length: (n + 1) * m }, (_, p) => (p < n * m ? amount(convexity[p]) : 0)),
    },
    cut: whole > 0 ? 1 - left / whole : 0,
  };
};

const amount = (of: number | undefined): number => (of! > 0 && of! < Number.POSITIVE_INFINITY ? of! : 0);
