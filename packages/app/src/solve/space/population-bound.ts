import {
  type ChainProblem,
  type ContinuousFlow,
  type Distribution,
  type EfficientSupply,
  type FiniteSolution,
  flowBound,
  liftedFlow,
  type ObservableScale,
  observableScale,
  type Progress,
  polishedFlow,
} from '@menusmith/core';
import type { FiniteBuyers } from '../../problem/finite-buyers.ts';
import type { PopulationResult } from '../../result.ts';
import { gridRange } from '../../study/grid-range.ts';
import type { Study, ValueScaleBuyers } from '../../study/study.ts';
import { surplusWeightOf } from '../../study/terms.ts';
import { promising } from '../outside/outside-along.ts';
import { profileSupplyOf } from '../supply/profile-supply-of.ts';
import { studySupply } from '../supply/supply-of.ts';

/** What is known of continuous buyers before a grid of theirs is solved. */
export interface KnownBuyers {
  /** What they would bring if their scales were seen. */
  readonly seen: () => ObservableScale;
  /** The profit of half the grid, where that was solved. */
  readonly coarserProfit?: number;
}

/** A bound on the objective of every menu for continuous buyers, and of what it comes. */
export interface PopulationBound {
  /** NaN where nothing is known. */
  readonly profit: number;
  readonly by: PopulationResult['boundBy'];
}

export const seenBound = ({ profit, solved }: ObservableScale): PopulationBound => ({
  profit: solved ? profit : Number.NaN,
  by: 'observable-scale',
});

/** A bound so near to what a menu attains, as a share of the tolerance, is good enough. */
const NEAR = 0.1;
const NO_JUMPS = { from: new Int32Array(0), to: new Int32Array(0), rate: new Float64Array(0) };
/** Quality up to which a type of a grid is not served. */
const UNSERVED = 1e-7;

/**
 * The least of what seen scales would bring and of the bounds by the flow of the solved grid, with its jumps to larger scales and without them, and, unless that is near to what a menu attains, of a better flow. A menu beside plans that are kept is a menu all
 * the same, so that the flow bounds it, without regard to what is promised. Beside something outside only the former is known: a seller who resells a rival's product has another cost.
 */
export function* tightBound(
  study: Study,
  { value: values, scale: scales, dependence: copula }: ValueScaleBuyers,
  { grid, mass }: Pick<FiniteBuyers, 'grid' | 'mass'>,
  { menu, essential }: Pick<FiniteSolution, 'menu' | 'essential'>,
  seen: ObservableScale,
  attained: number,
): Generator<Progress, PopulationBound, boolean | undefined> {
  const { outside } = study.terms;
  let least = seenBound(seen);
  if (outside !== undefined || grid === undefined || !(least.profit > 0)) return least;
  const { types, scales: middles, scaleEdges } = grid;
  const blocks = new Float64Array(middles.length + 1);
  const { supply, path } = profileSupplyOf(study, { weights: blocks, positions: blocks });
  const population = { values, scales, copula };
  const surplusWeight = surplusWeightOf(study.terms);
  const { items, choices, flows, iterations } = menu;
  const flow = liftedFlow(
    {
      types,
      flows,
      representative: essential.representative,
      mass,
      surplusWeight,
      isServed: (n) => {
        const k = choices[n]!;
        return (
          k >= 0 && items.quality.subarray(items.offsets[k]!, items.offsets[k + 1]!).some((q) => q > UNSERVED)
        );
      },
    },
    { values: cellEdges(values, types.count / middles.length), ranks: rankEdges(scales, scaleEdges!) },
    population,
  );
  function* stepping<T>(
    steps: Generator<undefined, T, unknown>,
  ): Generator<Progress, T, boolean | undefined> {
    let step = steps.next();
    while (!step.done) {
      yield { iterations, expectedGap: Number.NaN };
      step = steps.next();
    }
    return step.value;
  }
  function* tryFlow(each: ContinuousFlow): Generator<Progress, void, boolean | undefined> {
    const { profit, solved } = yield* stepping(
      flowBound(population, each, supply, least.profit, surplusWeight),
    );
    if (solved && profit < least.profit) least = { profit, by: 'flow' };
  }
  yield* tryFlow(flow);
  if (flow.jumps.rate.length > 0) yield* tryFlow({ ...flow, jumps: NO_JUMPS });
  const isNear = attained > (1 - NEAR * study.solver.tolerance) * least.profit;
  // A better flow takes many supplies.
  if (path === 'closed-form' && !isNear)
    yield* tryFlow(yield* stepping(polishedFlow(population, flow, supply, surplusWeight)));
  return least;
}

/** The edges of even cells of values; who is beyond the range that they divide is in the outermost ones. */
const cellEdges = (values: Distribution, cells: number): Float64Array => {
  const { min, max } = gridRange(values);
  const edges = Float64Array.from({ length: cells + 1 }, (_, i) => min + (i * (max - min)) / cells);
  edges[0] = values.min;
  edges[cells] = values.max;
  return edges;
};

const rankEdges = ({ cdf }: Distribution, edges: Float64Array): Float64Array =>
  edges.map((scale, j) => (j === 0 ? 0 : j === edges.length - 1 ? 1 : cdf(scale)));

/** What continuous buyers would bring if their scales were seen. */
export const seenScales = (study: Study, buyers: ValueScaleBuyers): ObservableScale => {
  const { supply } = studySupply(study);
  return observableScale(
    { values: buyers.value, scales: buyers.scale, copula: buyers.dependence },
    supply,
    surplusWeightOf(study.terms),
    promisesTo(study, buyers, supply),
  );
};

/** The chain of each scale's values, with what they have outside or are promised; undefined where that is nothing. */
const promisesTo = (study: Study, { value, scale: scales }: ValueScaleBuyers, supply: EfficientSupply) => {
  const { outside, keep } = study.terms;
  if (outside === undefined && keep === undefined) return undefined;
  const line = { kind: 'continuous-chain', coordinate: 'value', isScaleFixed: true } as const;
  const promised = promising(study, { ...line, types: value, scale: scales.max });
  return (types: Distribution, scale: number): ChainProblem =>
    promised({ ...line, types, scale }, supply).problem;
};
