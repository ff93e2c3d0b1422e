import { integrateTypes } from '../distributions/type-integral.ts';
import type { Piece } from '../integration/quadrature.ts';
import { lastInside } from '../integration/root.ts';
import { supplyPoint } from '../supply/efficient-supply.ts';
import type { ChainGrid } from './chain-grid.ts';
import { type Chain, chainVirtualValue } from './chain-problem.ts';
import type { Served, ServedStretch } from './chain-stretches.ts';

/** The first step away from a value, relative to it, and how much longer each next one is. */
const FIRST_STEP = 1e-9;
const GROWTH = 8;
/** Beyond, she has this quality at any value. */
const ENDLESS = 1e12;

/** An upper bound on the objective of every menu, and the estimated error of quadrature in it; money. */
export interface ChainBound {
  readonly upperBound: number;
  readonly wrong: number;
}

const SAMPLES = 96;
const FLAT_SAMPLES = 400;
/** Qualities this near, relative to them, are one when the virtual values are sought for which they are best. */
const SAME = 1e-11;

/** The lowest and highest φ for which a quality is best for a type. */
const valuesOf = (
  { service }: Chain,
  type: number,
  quality: number,
  near: number,
): readonly [number, number] => {
  const point = supplyPoint(service.inputs);
  const excess = (value: number): number => {
    service.serve(type, value, point);
    return point.quality - quality;
  };
  const slack = SAME * Math.abs(quality);
  const search = (isBeyond: (value: number) => boolean, towards: -1 | 1): number => {
    let step = FIRST_STEP * Math.max(Math.abs(near), Math.abs(type));
    let [inside, outside] = [near, near];
    // The value that came with the quality need not be best for it: she may be left to her own option at another.
    for (; isBeyond(inside); step *= GROWTH) [inside, outside] = [near - towards * step, inside];
    for (; !isBeyond(outside); step *= GROWTH) {
      if (step > ENDLESS) return towards * Number.POSITIVE_INFINITY;
      [inside, outside] = [outside, near + towards * step];
    }
    return lastInside((x) => !isBeyond(x), inside, outside)[0];
  };
  return [search((value) => excess(value) < -slack, -1), search((value) => excess(value) > slack, 1)];
};

/** Types that are served alike along u′, with the γ that makes u′ best: without u′ changing, ironing may add to it what it likes. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly at: (type: number) => Served;
}

const partsOf = ({ participation }: Chain, { stretch: { from, to }, at }: ServedStretch): readonly Part[] => {
  const ends = [from, ...participation.breakpoints.filter((x) => x > from && x < to), to];
  return ends.slice(1).map((end, i) => ({ from: ends[i]!, to: end, at }));
};

/** (1 − κ)F + (θ − φ)f: the γ for which a type is served for φ. */
const levelFor = ({ types, surplusWeight }: Chain, type: number, value: number): number =>
  (1 - surplusWeight) * (1 - types.survival(type)) + (type - value) * types.density(type);

/**
 * Where u′ is one number all types of a part have one item, and γ may be anything nondecreasing whose integral is nowhere above that of the γ that makes u′
 * best, and the same at the end: the slopes of its convex hull. Answers with the last of them if they fit between the levels before and after.
 */
const flatLevel = (
  chain: Chain,
  { from, to, at }: Part,
  before: number,
  after: number,
  isLeast: boolean,
): number | undefined => {
  const width = (to - from) / FLAT_SAMPLES;
  /** Of the γ for which her quality is best the one that she is served for, or the least that is no less than before. */
  const levelOf = (type: number): number => {
    const { quality, value } = at(type);
    if (!isLeast) return levelFor(chain, type, value);
    const [low, high] = valuesOf(chain, type, quality, value);
    return Math.min(levelFor(chain, type, low), Math.max(before, levelFor(chain, type, high)));
  };
  let sum = 0;
  const sums = Float64Array.from({ length: FLAT_SAMPLES }, (_, i) => {
    sum += levelOf(from + (i + 0.5) * width) * width;
    return sum;
  });
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  sums.forEach((reached, i) => {
    first = Math.min(first, reached / ((i + 1) * width));
    if (i + 1 < FLAT_SAMPLES) last = Math.max(last, (sum - reached) / ((FLAT_SAMPLES - 1 - i) * width));
  });
  last = Math.max(last, first);
  const slack = 1e-4 * (1 - chain.surplusWeight);
  return first >= before - slack && last <= after + slack ? Math.min(last, after) : undefined;
};

/** The last of the γ that types of a part are served for, where these do not fall and are between the levels before and after: nothing is then to be repaired. */
const lastInOrder = (
  chain: Chain,
  { from, to, at }: Part,
  before: number,
  after: number,
): number | undefined => {
  const width = (to - from) / SAMPLES;
  let reached = before;
  for (let i = 0; i < SAMPLES; i++) {
    const type = from + (i + 0.5) * width;
    const level = levelFor(chain, type, at(type).value);
    if (!(level >= reached && level <= after)) return undefined;
    reached = level;
  }
  return reached;
};

/**
 * What has to be added to the bound where γ on stretches along u′ cannot be nondecreasing: there γ is any of those for which u′ is best, the least that
 * is no less than before, and no more than the next level. 0 where the stretches are right.
 */
const repair = (chain: Chain, stretches: readonly ServedStretch[], isLeast = false): number => {
  const { types, surplusWeight, service, participation } = chain;
  const point = supplyPoint(service.inputs);
  const most = 1 - surplusWeight;
  let added = 0;
  let reached = 0;
  const repairPart = (part: Part, limit: number): void => {
    const { from, to, at } = part;
    if (participation.slope(from) === participation.slope(from + (to - from) * (1 - 1e-9))) {
      const last = flatLevel(chain, part, reached, limit, isLeast);
      if (last !== undefined) {
        reached = last;
        return;
      }
    }
    const width = (to - from) / SAMPLES;
    const last = lastInOrder(chain, part, reached, limit);
    if (last !== undefined && !isLeast) {
      reached = last;
      return;
    }
    for (let i = 0; i < SAMPLES; i++) {
      const type = from + (i + 0.5) * width;
      const { quality, cost, value } = at(type);
      const density = types.density(type);
      if (!(density < Number.POSITIVE_INFINITY)) continue;
      const [low, high] = valuesOf(chain, type, quality, value);
      const [least, greatest] = [levelFor(chain, type, high), levelFor(chain, type, low)];
      reached = Math.min(limit, Math.max(reached, least));
      if (reached >= least && reached <= greatest) continue;
      service.serve(type, chainVirtualValue(chain, type, reached), point);
      const bound = density * point.surplus + reached * participation.slope(type);
      const exact = density * (type * quality - cost) + most * (1 - types.survival(type)) * quality;
      added += width * Math.max(0, bound - exact);
    }
  };
  stretches.forEach((served, k) => {
    if (served.stretch.kind === 'level') {
      reached = served.stretch.level;
      return;
    }
    const next = stretches.slice(k + 1).find((later) => later.stretch.kind === 'level')?.stretch;
    const limit = next?.kind === 'level' ? next.level : most;
    for (const part of partsOf(chain, served)) repairPart(part, limit);
  });
  return added;
};

/**
 * D(γ) = ∫ (f S(φ̄) + γ u′) − (1 − κ) u(max), which is ∫ f S(φ̄) − ∫ u dγ, for the levels of the stretches, and for the γ that makes u′ best along the others:
 * there f S(φ) + γ u′ = f (θ u′ − C̃(u′)) + (1 − κ) F u′.
 */
export const stretchBound = (chain: Chain, stretches: readonly ServedStretch[]): ChainBound => {
  const { types, surplusWeight, participation } = chain;
  const most = 1 - surplusWeight;
  let upperBound = -most * participation.utility(types.max);
  let wrong = 0;
  for (const { stretch, at, pieces, ironed } of stretches) {
    // A pool that reaches beyond its stretch has multipliers where there are none.
    const isCut = ironed?.pools.some(
      ({ from, to }) => (from < stretch.from && to > stretch.from) || (from < stretch.to && to > stretch.to),
    );
    if (isCut || stretch.kind === 'fixed') return { upperBound: Number.POSITIVE_INFINITY, wrong: 0 };
    const { values, wrong: own } = integrateTypes(
      types,
      (type, mass, length, out) => {
        const { quality, cost, surplus } = at(type);
        const slope = participation.slope(type);
        if (stretch.kind === 'level') {
          out[0] = mass * surplus;
          out[1] = length * stretch.level * slope;
        } else {
          out[0] = mass * (type * quality - cost);
          out[1] = length * most * (1 - types.survival(type)) * slope;
        }
      },
      2,
      pieces,
    );
    upperBound += values[0]! + values[1]!;
    wrong += own[0]! + own[1]!;
  }
  const added = repair(chain, stretches);
  // Any γ for which u′ is best gives the same: a lower one may leave nothing to repair after it, and takes longer to find.
  upperBound += added > 0 ? Math.min(added, repair(chain, stretches, true)) : added;
  return { upperBound, wrong };
};

/** D of the grid's multipliers, whatever they are: γ jumps at the ends of cells, and ironing shifts φ within them. */
export const gridBound = (chain: Chain, { edges, level, shift, mass, weighted }: ChainGrid): ChainBound => {
  const { types, surplusWeight, service, participation } = chain;
  const most = 1 - surplusWeight;
  const point = supplyPoint(service.inputs);
  let upperBound = 0;
  let before = 0;
  level.forEach((own, i) => {
    upperBound -= (own - before) * participation.utility(edges[i]!);
    before = own;
  });
  upperBound -= (most - before) * participation.utility(types.max);
  // Where the density reaches 0 inside a cell its types are served for their mean φ: at a constant shift φ has no bound.
  const pieces: Piece[] = [];
  mass.forEach((own, i) => {
    const [from, to] = [edges[i]!, edges[i + 1]!];
    if (types.density(from) > 0 && types.density(to) > 0) pieces.push({ from, to, singular: 'none' });
    else if (own > 0) {
      service.serve(from + (to - from) / 2, weighted[i]! / own, point);
      upperBound += own * point.surplus;
    }
  });
  let cell = 0;
  const { values, wrong } = integrateTypes(
    types,
    (type, mass, _, out) => {
      while (cell > 0 && type < edges[cell]!) cell--;
      while (cell + 2 < edges.length && type > edges[cell + 1]!) cell++;
      service.serve(type, chainVirtualValue(chain, type, shift[cell]!), point);
      out[0] = mass * point.surplus;
    },
    1,
    pieces,
    'mass',
  );
  upperBound += values[0]!;
  return { upperBound, wrong: wrong[0]! };
};
