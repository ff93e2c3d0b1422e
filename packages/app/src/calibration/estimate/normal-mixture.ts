import type { MeasuredSample } from './measured-sample.ts';

/** A normal distribution within a mixture, of log θ. */
export interface Component {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

const ROUNDS = 1000;
/** Likelihood, in units of log, below which a round gains nothing. */
const SETTLED = 1e-8;

/**
 * The mixture of `count` normal distributions whose sum with the noise makes the sample most likely, by expectation and maximisation: what is hidden is
 * the component and the value before noise (Bovy, Hogg and Roweis 2011, in one dimension). Deviations stay at `least` or above.
 *
 * It starts from even quantiles of the sample, and so is the same every time; a local maximum.
 */
export const normalMixture = (
  { x, v, weights, size }: MeasuredSample,
  count: number,
  least: number,
): readonly Component[] => {
  const order = Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const [average, spread] = moments({ x, weights, size });
  const weight = new Float64Array(count).fill(1 / count);
  const mean = quantiles(order, x, weights, size, count);
  const variance = new Float64Array(count).fill(Math.max(least ** 2, count === 1 ? spread : spread / count));
  if (count === 1) mean[0] = average;
  const [mass, first, second] = [0, 1, 2].map(() => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const part = new Float64Array(count);
  let before = Number.NEGATIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    for (const sums of [mass, first, second]) sums.fill(0);
    let likelihood = 0;
    for (let i = 0; i < x.length; i++) {
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < count; k++) {
        const total = variance[k]! + v[i]!;
        part[k] = Math.log(weight[k]!) - 0.5 * (Math.log(total) + (x[i]! - mean[k]!) ** 2 / total);
        most = Math.max(most, part[k]!);
      }
      let sum = 0;
      for (let k = 0; k < count; k++) {
        part[k] = Math.exp(part[k]! - most);
        sum += part[k]!;
      }
      likelihood += weights[i]! * (most + Math.log(sum));
      for (let k = 0; k < count; k++) {
        const share = (weights[i]! * part[k]!) / sum;
        const pull = variance[k]! / (variance[k]! + v[i]!);
        const expected = mean[k]! + pull * (x[i]! - mean[k]!);
        mass[k]! += share;
        first[k]! += share * expected;
        second[k]! += share * ((expected - mean[k]!) ** 2 + pull * v[i]!);
      }
    }
    for (let k = 0; k < count; k++) {
      // A component that nobody is in stays where it is.
      if (!(mass[k]! > 1e-9 * size)) continue;
      const moved = first[k]! / mass[k]!;
      variance[k] = Math.max(least ** 2, second[k]! / mass[k]! - (moved - mean[k]!) ** 2);
      mean[k] = moved;
      weight[k] = mass[k]! / size;
    }
    if (Math.abs(likelihood - before) < SETTLED * size) break;
    before = likelihood;
  }
  return Array.from(weight, (w, k) => ({
    weight: w,
    mean: mean[k]!,
    deviation: Math.sqrt(variance[k]!),
  })).sort((a, b) => a.mean - b.mean);
};

/** Mean and variance. */
export const moments = ({
  x,
  weights,
  size,
}: Pick<MeasuredSample, 'x' | 'weights' | 'size'>): readonly [number, number] => {
  const mean = x.reduce((sum, one, i) => sum + weights[i]! * one, 0) / size;
  return [mean, x.reduce((sum, one, i) => sum + weights[i]! * (one - mean) ** 2, 0) / size];
};

/** The values at ranks (k + ½)/count. */
const quantiles = (
  order: readonly number[],
  x: Float64Array,
  weights: Float64Array,
  size: number,
  count: number,
): Float64Array => {
  const found = new Float64Array(count);
  let [below, k] = [0, 0];
  for (const i of order) {
    below += weights[i]!;
    while (k < count && below >= ((k + 0.5) / count) * size) found[k++] = x[i]!;
  }
  while (k < count) found[k++] = x[order.at(-1)!]!;
  return found;
};
