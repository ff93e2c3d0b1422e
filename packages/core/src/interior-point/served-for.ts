import { LuDecomposition, Matrix } from 'ml-matrix';
import { type FiniteProblem, supplyFor } from '../finite/finite-problem.ts';
import { mixedSupply } from '../finite/mixed-supply.ts';
import type { WorkingSet } from '../finite/working-set.ts';
import { type CurvedPoint, curvedPoint } from '../supply/profile-supply.ts';

/** Shorter steps than this share of Newton's do not count as progress. */
const LEAST_LENGTH = 1e-3;

const MOST_STEPS = 40;
/** Shares of quality that do not matter. */
const SAME = 1e-14;
/** The most by which a served value moves at once, in logarithms. */
const FAR = 200;

/**
 * The values p to which supply answers with these qualities, item by item: Newton’s method on log q(p) in log p, from `start`. Exact at once for power
 * laws; as near as floating point comes where p would be too small for it. Items may be lotteries with given shares of models.
 */
export const servedFor = (
  problem: Pick<FiniteProblem, 'supply' | 'assigned'>,
  { count, blockOffsets, blockWeights }: Pick<WorkingSet, 'count' | 'blockOffsets' | 'blockWeights'>,
  quality: Float64Array,
  start: Float64Array,
  shares?: Float64Array,
): Float64Array => {
  const served = start.slice();
  const { supply, assigned } = problem;
  const models = shares && !assigned ? supply.models?.map((model) => model.supply) : undefined;
  const blocks = blockWeights.length;
  const mixed = models && mixedSupply(models, count, blocks);
  const given = shares && {
    primal: shares,
    dual: new Float64Array(shares.length).fill(Number.POSITIVE_INFINITY),
  };
  const point = curvedPoint({ tasks: supply.tasks, mostRank: mixed?.mostRank ?? supply.mostRank });
  for (let k = 0; k < count; k++) {
    const [from, to] = [blockOffsets[k]!, blockOffsets[k + 1]!];
    const weights = blockWeights.subarray(from, to);
    const wanted = quality.subarray(from, to);
    let at = served.slice(from, to);
    /** log q − log Q(p), after supplying p; and the largest of them. */
    const missing = (p: Float64Array): { readonly apart: number[]; readonly worst: number } => {
      if (mixed && given) mixed.supply(k, from, p, weights, to - from, given, point);
      else supplyFor(problem, k).supply(p, weights, to - from, point);
      const apart = Array.from(wanted, (q, b) => (weights[b]! > 0 ? Math.log(q / point.quality[b]!) : 0));
      return { apart, worst: apart.reduce((most, each) => Math.max(most, Math.abs(each)), 0) };
    };
    let { apart, worst } = missing(at);
    for (let i = 0; i < MOST_STEPS && worst > SAME; i++) {
      const step = logarithmicStep(point, at, weights, apart);
      if (step === undefined) break;
      const largest = step.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
      let length = Math.min(1, FAR / largest);
      let next = missing(at);
      const before = at;
      do {
        at = before.map((p, b) => p * Math.exp(length * step[b]!));
        next = missing(at);
        length /= 2;
      } while (!(next.worst < worst) && length > LEAST_LENGTH);
      if (!(next.worst < worst)) {
        at = before;
        break;
      }
      ({ apart, worst } = next);
    }
    served.set(at, from);
  }
  return served;
};

/** Δ log p with E Δ log p = `apart`, E the elasticities of qualities in values; undefined where there is none. */
const logarithmicStep = (
  { quality, curvature: { diagonal, rank, factors, coefficients } }: CurvedPoint,
  p: Float64Array,
  weights: Float64Array,
  apart: readonly number[],
): number[] | undefined => {
  const size = p.length;
  if (rank === 0) {
    const step = apart.map((each, b) => (each === 0 ? 0 : (each * quality[b]!) / (diagonal[b]! * p[b]!)));
    return step.every(Number.isFinite) ? step : undefined;
  }
  const elasticities = Matrix.zeros(size, size);
  /** Whether a quality answers to values at all. */
  const answers = (a: number): boolean =>
    diagonal[a]! > 0 || Array.from({ length: rank }, (_, r) => factors[r * size + a]!).some((g) => g !== 0);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      let response = a === b ? diagonal[b]! : 0;
      for (let r = 0; r < rank; r++)
        response += coefficients[r]! * factors[r * size + a]! * weights[b]! * factors[r * size + b]!;
      elasticities.set(
        a,
        b,
        weights[a]! > 0 && answers(a) ? (response * p[b]!) / quality[a]! : a === b ? 1 : 0,
      );
    }
  }
  const decomposition = new LuDecomposition(elasticities);
  if (decomposition.isSingular()) return undefined;
  const step = decomposition.solve(Matrix.columnVector([...apart])).to1DArray();
  return step.every(Number.isFinite) ? step : undefined;
};
