import { nelderMead } from 'fmin';
import type { MeasuredSample } from './measured-sample.ts';
import { type Component, moments, normalMixture } from './normal-mixture.ts';
import { noisyDensityAt, type PreparedDensity, prepared, type TypeDensity } from './type-density.ts';

/** A distribution that was tried. */
interface FittedDensity {
  readonly density: PreparedDensity;
  readonly logLikelihood: number;
  readonly parameters: number;
  /** −2 log L + parameters · log n: less is better. */
  readonly criterion: number;
}

export interface FittedTypes {
  readonly chosen: FittedDensity;
  /** All that were tried, the chosen one among them. */
  readonly candidates: readonly FittedDensity[];
}

const MOST_COMPONENTS = 4;
const MOST_BEFORE_TAIL = 2;
/** Measurements to a component, and in a tail: fewer tell nothing of it. */
const LEAST_MEMBERS = 25;
const LEAST_IN_TAIL = 10;
/** Of the criterion. */
const WORSE = 6;
/** No component is narrower than this share of the sample's deviation, or of a measurement's noise: F is to be smooth. */
const NARROWEST = 0.15;

/** The distribution of log θ by Schwarz's criterion, of mixtures of normal distributions, with a tail that falls exponentially or without. */
export const fittedTypes = (sample: MeasuredSample): FittedTypes => {
  const least = narrowest(sample);
  const candidates: FittedDensity[] = [];
  let simpler = Number.POSITIVE_INFINITY;
  for (let count = 1; count <= MOST_COMPONENTS; count++) {
    if (count > 1 && sample.size < LEAST_MEMBERS * count) break;
    const components = normalMixture(sample, count, least);
    const own = fitted({ components }, sample);
    candidates.push(own);
    // One more component that is not worth its parameters is not followed by others.
    if (own.criterion > simpler + WORSE) break;
    simpler = own.criterion;
    if (count <= MOST_BEFORE_TAIL) {
      const tailed = withTail(components, sample, least);
      if (tailed !== undefined) candidates.push(tailed);
    }
  }
  return { chosen: best(candidates), candidates };
};

/** The least deviation of a component. */
const narrowest = (sample: MeasuredSample): number => {
  const [, variance] = moments(sample);
  const noise = sample.v.reduce((sum, v, i) => sum + sample.weights[i]! * v, 0) / sample.size;
  return Math.max(NARROWEST * Math.sqrt(variance), 0.5 * Math.sqrt(noise), 1e-3);
};

/** Forms whose criterion is so much worse than the best one's are hardly ever the best of a draw: of a difference d, a draw moves about 2√d. */
const HOPELESS = 25;

/** The densities that another sample of the same customers may lead to, by the criterion. */
export const likelyForms = ({ chosen, candidates }: FittedTypes): readonly TypeDensity[] =>
  candidates
    .filter(({ criterion }) => criterion <= chosen.criterion + HOPELESS)
    .map(({ density: { components, tail } }) => ({ components, ...(tail === undefined ? {} : { tail }) }));

/** The distribution of log θ for another sample, of these forms: as many components as each has, with a tail that is looked for from the given one where that has one. */
export const refittedTypes = (sample: MeasuredSample, forms: readonly TypeDensity[]): FittedTypes => {
  const least = narrowest(sample);
  const [lowest, highest] = tailRange(sample);
  const candidates = forms.map(({ components, tail }) =>
    tail === undefined
      ? fitted({ components: normalMixture(sample, components.length, least) }, sample)
      : settled({ components, tail }, sample, { least, lowest, highest }),
  );
  return { chosen: best(candidates), candidates };
};

const best = (candidates: readonly FittedDensity[]): FittedDensity =>
  candidates.reduce((so, one) => (one.criterion < so.criterion ? one : so));

const fitted = (density: TypeDensity, sample: MeasuredSample): FittedDensity => {
  const ready = prepared(density);
  const logLikelihood = likelihoodOf(ready, sample);
  const parameters = 3 * density.components.length - 1 + (density.tail === undefined ? 0 : 2);
  return {
    density: ready,
    logLikelihood,
    parameters,
    criterion: -2 * logLikelihood + parameters * Math.log(sample.size),
  };
};

const likelihoodOf = (density: PreparedDensity, { x, v, weights }: MeasuredSample): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += weights[i]! * Math.log(noisyDensityAt(density, x[i]!, v[i]!));
  return sum;
};

/** Where tails may begin, from below: ranks of the sample. */
const BEGINNINGS = [0.75, 0.92];

/**
 * The most likely density with a tail, by Nelder and Mead's simplex from several beginnings, where the slope starts at Hill's estimate; undefined where the
 * sample is too small.
 */
const withTail = (
  components: readonly Component[],
  sample: MeasuredSample,
  least: number,
): FittedDensity | undefined => {
  if (sample.size < 4 * LEAST_IN_TAIL) return undefined;
  const rank = ranksOf(sample);
  const [lowest, highest] = tailRange(sample);
  const starts = BEGINNINGS.map(rank).filter((from) => from < highest);
  const found = starts.map((from) => {
    const start = { components, tail: { from, shape: hill(sample, from) } };
    return settled(start, sample, { least, lowest, highest });
  });
  const known = found.filter(({ logLikelihood }) => Number.isFinite(logLikelihood));
  if (known.length === 0) return undefined;
  return known.reduce((so, one) => (one.logLikelihood > so.logLikelihood ? one : so));
};

/** The measurement below which a share of the sample is. */
const ranksOf = (sample: MeasuredSample): ((share: number) => number) => {
  const order = Array.from(sample.x.keys()).sort((a, b) => sample.x[a]! - sample.x[b]!);
  return (share) => {
    let below = 0;
    for (const i of order) {
      below += sample.weights[i]!;
      if (below >= share * sample.size) return sample.x[i]!;
    }
    return sample.x[order.at(-1)!]!;
  };
};

/** Where a tail may begin. */
const tailRange = (sample: MeasuredSample): readonly [number, number] => {
  const rank = ranksOf(sample);
  return [rank(0.5), rank(1 - LEAST_IN_TAIL / sample.size)];
};

/** Hill's estimate (1975) of a tail's slope: one over the mean distance of what is beyond. */
const hill = ({ x, weights }: MeasuredSample, from: number): number => {
  let [count, distance] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (!(x[i]! > from)) continue;
    count += weights[i]!;
    distance += weights[i]! * (x[i]! - from);
  }
  return distance > 0 ? count / distance : 1;
};

interface Bounds {
  readonly least: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Coordinates in which every density is allowed: log odds of weights, means, logs of deviations and slope, and where the tail begins. */
const settled = (start: Required<TypeDensity>, sample: MeasuredSample, bounds: Bounds): FittedDensity => {
  const { components, tail } = start;
  const count = components.length;
  const deviation = Math.sqrt(moments(sample)[1]);
  const origin = [
    ...components.slice(1).map(({ weight }) => Math.log(weight / components[0]!.weight)),
    ...components.map(({ mean }) => mean),
    ...components.map((one) => Math.log(one.deviation)),
    tail.from,
    Math.log(tail.shape),
  ];
  const steps = [
    ...components.slice(1).map(() => 0.5),
    ...components.map(() => 0.2 * deviation),
    ...components.map(() => -0.2),
    0.2 * deviation,
    0.2,
  ];
  const densityOf = (p: readonly number[]): Required<TypeDensity> => {
    const at = p.map((own, k) => origin[k]! + (own - 1) * STEPS * steps[k]!);
    const odds = [1, ...at.slice(0, count - 1).map(Math.exp)];
    const total = odds.reduce((a, b) => a + b, 0);
    return {
      components: odds.map((own, k) => ({
        weight: own / total,
        mean: at[count - 1 + k]!,
        deviation: Math.exp(at[2 * count - 1 + k]!),
      })),
      tail: { from: at[3 * count - 1]!, shape: Math.exp(at[3 * count]!) },
    };
  };
  const objective = (p: readonly number[]): number => {
    const density = densityOf(p);
    const isAllowed =
      density.tail.from >= bounds.lowest &&
      density.tail.from <= bounds.highest &&
      density.components.every((one) => one.deviation >= bounds.least);
    if (!isAllowed) return REFUSED;
    const minus = -likelihoodOf(prepared(density), sample);
    return Number.isFinite(minus) ? minus : REFUSED;
  };
  const { x } = nelderMead(
    objective,
    origin.map(() => 1),
    {
      maxIterations: 150 * origin.length,
      minErrorDelta: 1e-4,
    },
  );
  return fitted(objective(x) < REFUSED ? densityOf(x) : start, sample);
};

/** The simplex starts with steps of a twentieth of the coordinates, which stand at 1. */
const STEPS = 20;
const REFUSED = 1e300;
