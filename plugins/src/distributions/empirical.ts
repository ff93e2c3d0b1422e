import { type DistributionEntry, InputError, rounded } from '@menusmith/core';
import { type Cells, cellMoments, type Sample, sampleCells, sampleMoments } from './sample-cells.ts';

/** Moments that differ by more are remarked on. */
const REMARKABLE = 1e-3;
/** So is a value that holds more of the second moment than this, and than this many times its share of the sample. */
const HEAVY = 0.1;
const TIMES_ITS_SHARE = 10;

/**
 * The distribution of a sample: its values are spread evenly between neighbouring ones, and mean and second moment are those of the sample.
 *
 * The support is that of the sample, from the least value to the greatest. A value far from all others is spread over part of the gap only, and the
 * density is 0 in the rest of it. Samples of more than 256 different values are thinned to at most 256 or so knots. Every knot is a breakpoint.
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
  create({ file, column }: { file?: string; column?: readonly number[] }) {
    const sample = sampleOf(column!);
    const cells = sampleCells(sample);
    const { x, density, below, above } = knotsOf(cells);
    const last = x.length - 1;
    const [min, max] = [x[0]!, x[last]!];
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
      remarks: remarksOn(sample, cells, `empirical${file ? ` (${file})` : ''}`, column!.length),
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
  /** Between a knot and the next. */
  readonly density: readonly number[];
  /** F and 1 − F at the knots, each summed from its own end. */
  readonly below: readonly number[];
  readonly above: readonly number[];
}

/** The ends of cells and gaps. */
const knotsOf = ({ from, to, mass }: Cells): Knots => {
  const x = [from[0]!];
  const own: number[] = [];
  mass.forEach((each, k) => {
    if (from[k]! > x.at(-1)!) {
      x.push(from[k]!);
      own.push(0);
    }
    x.push(to[k]!);
    own.push(each);
  });
  const sums = (masses: readonly number[]): number[] => {
    const result = [0];
    for (const each of masses) result.push(result.at(-1)! + each);
    return result.map((sum) => sum / result.at(-1)!);
  };
  const below = sums(own);
  const total = own.reduce((sum, each) => sum + each, 0);
  const density = own.map((each, k) => each / total / (x[k + 1]! - x[k]!));
  return { x, density, below, above: sums(own.toReversed()).toReversed() };
};

const sampleOf = (column: readonly number[]): Sample => {
  const values: number[] = [];
  const shares: number[] = [];
  for (const value of [...column].sort((a, b) => a - b)) {
    if (value === values.at(-1)) shares[shares.length - 1]! += 1 / column.length;
    else {
      values.push(value);
      shares.push(1 / column.length);
    }
  }
  const distinct = values.length;
  if (distinct >= 2 && Number.isFinite(values[distinct - 1]! - values[0]!)) return { values, shares };
  const got = distinct === 1 ? `only ${values[0]}` : distinct;
  const message = `empirical: expected at least 2 different finite values, got ${got}`;
  throw new InputError('sample', message, ['column']);
};

const remarksOn = (sample: Sample, cells: Cells, name: string, count: number): readonly string[] => {
  const remarks: string[] = [];
  const number = (x: number): string => String(rounded(x, 5));
  const [own, spread] = [sampleMoments(sample), cellMoments(cells)];
  ['mean', 'mean square'].forEach((moment, m) => {
    if (Math.abs(spread[m]! - own[m]!) <= REMARKABLE * Math.abs(own[m]!)) return;
    const numbers = `${number(own[m]!)} in the sample and ${number(spread[m]!)} in the distribution`;
    remarks.push(`${name}: the ${moment} is ${numbers}, as values are spread between their neighbours.`);
  });
  const [greatest, share] = [sample.values.at(-1)!, sample.shares.at(-1)!];
  const held = (share * greatest * greatest) / own[1]!;
  if (held > HEAVY && held > TIMES_ITS_SHARE * share) {
    const times = Math.round(share * count);
    remarks.push(
      `${name}: the greatest value, ${number(greatest)}, is ${times} of ${count} rows and holds ${number(100 * held)} % of the sum of squares: a ` +
        'sample says little of such a tail. A family with a tail, such as lognormal or pareto, fitted to the sample, would be safer.',
    );
  }
  return remarks;
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
