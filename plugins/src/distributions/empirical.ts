import { type DistributionEntry, InputError } from '@menusmith/core';

/** More knots than this resolve nothing but the noise of the sample. */
const MOST_KNOTS = 256;

/**
 * The distribution of a sample: F piecewise linear, with F(x₍ᵢ₎) = (i − 1)/(n − 1) at the order statistics.
 *
 * A value that occurs c times gives half of its c to the interval on either side, and the outer halves of the least and
 * of the greatest value are left out: F rises continuously from 0 at the least value to 1 at the greatest. Samples of more
 * than 256 different values are thinned to 256 knots at even ranks. Every knot is a breakpoint.
 */
export const empirical: DistributionEntry = {
  name: 'empirical',
  doc: 'The distribution of a sample: its values are spread evenly between neighbouring observations.',
  parameters: {
    file: { kind: 'text', doc: 'a CSV file, beside the study' },
    column: { kind: 'column', doc: 'the column of the file that has the sample', file: 'file' },
  },
  examples: [
    { file: '', column: [0.3, 0.1, 0.7, 0.2] },
    { file: '', column: [1, 2, 2, 2, 5] },
    { file: '', column: [4, 0] },
    { file: '', column: Array.from({ length: 900 }, (_, i) => ((i * i * 7919) % 4001) / 4000) },
  ],
  create({ column }: { column?: readonly number[] }) {
    const { x, below, above } = knotsOf(column!);
    const last = x.length - 1;
    const [min, max] = [x[0]!, x[last]!];
    const density = x.slice(1).map((to, k) => (below[k + 1]! - below[k]!) / (to - x[k]!));
    /** The interval [x_k, x_{k+1}) that holds the type; the last one holds max. */
    const intervalOf = (type: number): number => {
      let low = 0;
      let high = last;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (x[middle]! <= type) low = middle;
        else high = middle;
      }
      return low;
    };
    return {
      min,
      max,
      breakpoints: x.slice(1, last),
      density: (type) => (type >= min && type <= max ? density[intervalOf(type)]! : 0),
      cdf(type) {
        if (type <= min) return 0;
        if (type >= max) return 1;
        const k = intervalOf(type);
        return below[k]! + density[k]! * (type - x[k]!);
      },
      survival(type) {
        if (type <= min) return 1;
        if (type >= max) return 0;
        const k = intervalOf(type);
        return above[k + 1]! + density[k]! * (x[k + 1]! - type);
      },
      quantile(u) {
        if (u <= 0) return min;
        if (u >= 1) return max;
        return u < 0.5 ? quantileFrom(x, below, u) : quantileFrom(x.toReversed(), above.toReversed(), 1 - u);
      },
    };
  },
};

interface Knots {
  readonly x: readonly number[];
  /** F and 1 − F at the knots, each summed from its own end. */
  readonly below: readonly number[];
  readonly above: readonly number[];
}

const knotsOf = (sample: readonly number[]): Knots => {
  const values: number[] = [];
  const counts: number[] = [];
  for (const value of [...sample].sort((a, b) => a - b)) {
    if (value === values.at(-1)) counts[counts.length - 1]! += 1;
    else {
      values.push(value);
      counts.push(1);
    }
  }
  const distinct = values.length;
  if (!(distinct >= 2 && Number.isFinite(values[distinct - 1]! - values[0]!))) {
    const got = distinct === 1 ? `only ${values[0]}` : distinct;
    throw new InputError('sample', `empirical: expected at least 2 different finite values, got ${got}`, [
      'column',
    ]);
  }
  // Twice the mass of each interval, so that sums are whole numbers and exact.
  const doubled: number[] = [0];
  for (let k = 1; k < distinct; k++) doubled.push(doubled[k - 1]! + counts[k - 1]! + counts[k]!);
  const total = doubled[distinct - 1]!;
  const all: Knots = {
    x: values,
    below: doubled.map((sum) => sum / total),
    above: doubled.map((sum) => (total - sum) / total),
  };
  if (distinct <= MOST_KNOTS) return all;
  const ranks = Array.from({ length: MOST_KNOTS }, (_, k) => k / (MOST_KNOTS - 1));
  const x = ranks.map((u, k) =>
    k === 0 ? values[0]! : k === MOST_KNOTS - 1 ? values[distinct - 1]! : quantileFrom(all.x, all.below, u),
  );
  return { x, below: ranks, above: ranks.map((_, k) => (MOST_KNOTS - 1 - k) / (MOST_KNOTS - 1)) };
};

/** The x at which the piecewise linear function through (x_k, mass_k), mass rising from 0, is p. */
const quantileFrom = (x: readonly number[], mass: readonly number[], p: number): number => {
  let low = 0;
  let high = mass.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (mass[middle]! <= p) low = middle;
    else high = middle;
  }
  return x[low]! + ((x[high]! - x[low]!) * (p - mass[low]!)) / (mass[high]! - mass[low]!);
};
