import { type Panel, PER } from './panel.ts';

/** How a model's customers divide what they spend, which gives the ratios of its exponents. */
export interface SpendingShares {
  /** Of spending on tasks, by task input; they sum to 1. */
  readonly tasks: readonly number[];
  /** p_z (b + Z) over spending on tasks, among those who fine-tune; 0 where nobody does. */
  readonly shared: number;
  /** Cells with fine-tuning. */
  readonly fineTuning: number;
  readonly mix: MixVariation;
}

/** How far the shares of tasks differ between customers, of the input for which they do most. */
interface MixVariation {
  /** Standard deviation of a customer's lasting share around the mean, without month noise; NaN for less than two customers. */
  readonly between: number;
  /** Of a month's share around the customer's; NaN where nobody has two months. */
  readonly within: number;
  /** How many standard errors the variation between customers is beyond what month noise makes. */
  readonly score: number;
  readonly input: string;
}

/** Sums over the series of one model, for a one-way analysis of variance of each share. */
interface Sums {
  cells: number;
  series: number;
  squaredSizes: number;
  readonly sum: Float64Array;
  /** Σ n m², m being a series' mean. */
  readonly between: Float64Array;
  /** Squared distances from the series' mean. */
  readonly within: Float64Array;
  logRatio: number;
  fineTuning: number;
}

/** By model of the panel: means over customers and months, each of which counts once. `tokens` are by input, at the cells that the panel has as `source`. */
export const spendingShares = (
  panel: Panel,
  tokens: readonly { get(cell: number): number }[],
): readonly SpendingShares[] => {
  const { models, offsets, modelOf, month, source, logSpending } = panel;
  const sums = models.map(({ tasks }): Sums => {
    const zeros = (): Float64Array => new Float64Array(tasks.length);
    return {
      cells: 0,
      series: 0,
      squaredSizes: 0,
      sum: zeros(),
      between: zeros(),
      within: zeros(),
      logRatio: 0,
      fineTuning: 0,
    };
  });
  const mean = new Float64Array(panel.inputs.length);
  const squares = new Float64Array(panel.inputs.length);
  for (let s = 0; s + 1 < offsets.length; s++) {
    const { tasks, shared, prices } = models[modelOf[s]!]!;
    const own = sums[modelOf[s]!]!;
    mean.fill(0);
    squares.fill(0);
    let count = 0;
    for (let i = offsets[s]!; i < offsets[s + 1]!; i++) {
      const price = prices[month[i]!]!;
      const spending = Math.exp(logSpending[i]!);
      count++;
      for (let k = 0; k < tasks.length; k++) {
        const amount = tokens[tasks[k]!]!.get(source[i]!);
        const share = amount > 0 ? (amount * price[tasks[k]!]!) / PER / spending : 0;
        // Welford's update.
        const step = share - mean[k]!;
        mean[k]! += step / count;
        squares[k]! += step * (share - mean[k]!);
      }
      if (shared === undefined) continue;
      const tuned = tokens[shared]!.get(source[i]!);
      if (!(tuned > 0)) continue;
      own.logRatio += Math.log((price[shared]! * (1 + tuned / PER)) / spending);
      own.fineTuning++;
    }
    own.cells += count;
    own.series++;
    own.squaredSizes += count * count;
    for (let k = 0; k < tasks.length; k++) {
      own.sum[k]! += count * mean[k]!;
      own.between[k]! += count * mean[k]! ** 2;
      own.within[k]! += squares[k]!;
    }
  }
  return models.map(({ tasks }, m) => {
    const own = sums[m]!;
    return {
      tasks: [...own.sum].map((sum) => sum / own.cells),
      shared: own.fineTuning === 0 ? 0 : Math.exp(own.logRatio / own.fineTuning),
      fineTuning: own.fineTuning,
      mix: largestVariation(
        own,
        tasks.map((j) => panel.inputs[j]!),
      ),
    };
  });
};

/** Variance components by the method of moments (Searle, Casella and McCulloch 1992, section 3.6), for unequal numbers of months. */
const largestVariation = (
  { cells, series, squaredSizes, sum, between, within }: Sums,
  names: readonly string[],
): MixVariation => {
  const found = names.map((input, k): MixVariation => {
    const spread = (between[k]! - sum[k]! ** 2 / cells) / (series - 1);
    const noise = within[k]! / (cells - series);
    const size = (cells - squaredSizes / cells) / (series - 1);
    // Without a second month of anybody all variation may be noise.
    const known = Number.isFinite(noise) ? noise : 0;
    const error = known * Math.sqrt(2 / (series - 1) + 2 / (cells - series));
    const beyond = spread - known;
    return {
      input,
      between: Math.sqrt(Math.max(0, beyond / size)),
      within: Math.sqrt(noise),
      score: beyond > 0 ? beyond / error : 0,
    };
  });
  return found.reduce((most, one) => (one.between > most.between ? one : most));
};
