import type { ProfileSupply } from '../supply/profile-supply.ts';
import { type ContinuousFlow, feasibleFlow } from './continuous-flow.ts';
import { MIDDLE, OTHER_WEIGHTS, PLACES, ruleError, WEIGHTS } from './embedded-rule.ts';
import { FlowColumns } from './flow-columns.ts';
import type { ValueScalePopulation } from './observable-scale.ts';

/** What a flow says of every menu. */
export interface FlowBound {
  /** D = ∫ f S(φ), raised by its estimated error: no menu brings more, in profit and κ times rents. */
  readonly profit: number;
  /** What it was raised by. */
  readonly error: number;
  /** The share of the flow to smaller scales that was left out, as it was not feasible. */
  readonly cut: number;
  readonly solved: boolean;
}

/** What all cells may be off by together in values, and in ranks, as a share of the money at stake: where it is more they are halved, */
const TOLERANCE = 2e-6;
/** but so often at most. */
const MOST_HALVINGS = 8;

/**
 * Weak duality in the continuum: an upper bound on what every menu brings from a population whose scales are hidden, by any flow at all. U(w, s) is what free choice leaves a buyer, q(w, s) her
 * profile and Q = ∫₀ˢ q. To the objective E[w Q − C(q) − (1 − κ) U] we add what is never negative,
 *
 *     ∫∫ b dU(w, ·) dw ≥ 0,   Σ ∫∫ λ (U(x) − U(y) − ⟨w_x − w_y, q(y)⟩) ≥ 0,   ∫∫ c dQ(·, s) dv ≥ 0,   ∫∫ a (Q − U′) dw dv = 0,
 *
 * and integrate by parts. With −∂a/∂w = (1 − κ) f + ∂b/∂v + (what jumps bring) − (what they take), and a = 0 at the highest value, U drops out but at the lowest value, where −∫ a U dv is left.
 * That is no more than 0: U ≥ 0 rises in v, and ∫ a dv over the ranks above any v is (1 − κ)(1 − v) − B(v) + (what jumps from below v to above it) ≥ 0, as `feasibleFlow` sees to.
 * What is left is E[⟨φ, q⟩ − C(q)] ≤ E[S(φ)], with φ of `flowColumns`. Nothing here asks how a came to be, so that any flow bounds any menu; and each cell of ranks takes c or leaves it, whichever bounds it better.
 *
 * The integral is a Gauss rule in cells that are halved until a smaller rule says the same; the differences that remain, cell by cell and whatever their signs, are added.
 * `money` is about what is at stake. Yields between cells of ranks, so that it can be left.
 */
export function* flowBound(
  population: ValueScalePopulation,
  proposed: ContinuousFlow,
  supply: ProfileSupply,
  money: number,
  surplusWeight = 0,
): Generator<undefined, FlowBound, unknown> {
  const { flow, cut } = feasibleFlow(proposed, surplusWeight);
  const { values, ranks, steps, convexity } = flow;
  const [n, m] = [values.length - 1, ranks.length - 1];
  const columns = new FlowColumns(population, flow, supply, surplusWeight, (TOLERANCE * money) / n);
  const sumBetween = rankSums(columns, n, (TOLERANCE * money) / m);
  let [profit, error] = [0, 0];
  for (let j = 0; j < m; j++) {
    const [low, high] = [ranks[j]!, ranks[j + 1]!];
    if (!(high > low)) continue;
    yield;
    const within = steps.filter((v) => v > low && v < high);
    const ends = [0, ...Array.from(within, (v) => (v - low) / (high - low)), 1];
    const isBent = values.some((_, i) => convexity[i * m + j]! > 0);
    for (let k = 0; k + 1 < ends.length; k++) {
      const part = { j, from: ends[k]!, to: ends[k + 1]!, width: high - low };
      const straight = sumBetween({ ...part, isBent: false });
      const bent = isBent ? sumBetween({ ...part, isBent: true }) : straight;
      const least = bent.sum + bent.off < straight.sum + straight.off ? bent : straight;
      profit += least.sum;
      error += least.off;
    }
  }
  return { profit: profit + error, error, cut, solved: columns.isSolved && Number.isFinite(profit + error) };
}

/** A part of the j-th cell of ranks, which is `width` wide. */
interface RankPart {
  readonly j: number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly isBent: boolean;
}

interface RankSum {
  readonly sum: number;
  readonly off: number;
}

/** Integrals over parts of cells of ranks. */
const rankSums = (columns: FlowColumns, n: number, tolerance: number): ((part: RankPart) => RankSum) => {
  const column = new Float64Array(n);
  const [three, two, one] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const sumBetween = (part: RankPart, halvings: number): RankSum => {
    const { j, from, to, width, isBent } = part;
    three.fill(0);
    two.fill(0);
    let [sum, off, differ] = [0, 0, 0];
    for (let k = 0; k < PLACES.length; k++) {
      off += WEIGHTS[k]! * columns.write(j, from + PLACES[k]! * (to - from), isBent, column);
      for (let i = 0; i < n; i++) {
        three[i]! += WEIGHTS[k]! * column[i]!;
        two[i]! += OTHER_WEIGHTS[k]! * column[i]!;
      }
      if (k === MIDDLE) one.set(column);
    }
    for (let i = 0; i < n; i++) {
      sum += three[i]!;
      differ += ruleError(three[i]!, two[i]!, one[i]!);
    }
    const scale = (to - from) * width;
    [sum, off, differ] = [scale * sum, scale * off, scale * differ];
    if (!(differ > tolerance && halvings < MOST_HALVINGS)) return { sum, off: off + differ };
    const half = (from + to) / 2;
    const low = sumBetween({ ...part, to: half }, halvings + 1);
    const high = sumBetween({ ...part, from: half }, halvings + 1);
    return { sum: low.sum + high.sum, off: low.off + high.off };
  };
  return (part) => sumBetween(part, 0);
};
