import type { Calibration } from './calibration.ts';
import { PER } from './estimate/panel.ts';
import type { FittedModel } from './fitted-model.ts';
import { monthName } from './usage/delimited-bytes.ts';

/** Tokens of a model's tasks as they were and as the fit has them, in millions. */
export interface PredictedTokens {
  /** All customers together, by month and input. */
  readonly months: readonly {
    readonly month: string;
    readonly input: string;
    readonly observed: number;
    readonly predicted: number;
  }[];
  /** Means a month of some customers, all inputs together: at most a thousand, evenly from all. */
  readonly customers: readonly { readonly observed: number; readonly predicted: number }[];
  /** Of the variance of log spending, the share that lasting types, prices and months in common explain; NaN where all spend the same. */
  readonly explained: number;
}

const MOST_POINTS = 1000;

/**
 * What a customer's lasting type makes of the prices of a month, with the effects of months and the mean of e^noise, beside what she used. Fine-tuning is
 * taken as it was.
 */
export const predictedTokens = (
  { usage, panel, shares, index, y }: Calibration,
  fit: FittedModel,
): PredictedTokens => {
  const { degree, model, theta } = fit;
  const { tasks, prices } = panel.models[model]!;
  const own = shares[model]!;
  const { lasting, expected } = theta;
  const noise = lasting.noise > 0 ? lasting.noise : 0;
  // E ∝ θ^{1/(1−σ)}: the mean of a lognormal.
  const mean = noise / (2 * (1 - degree) ** 2);
  const constant = Math.log(degree) - degree * Math.log(degree);
  const exponents = own.tasks.reduce((sum, s) => sum + (s > 0 ? degree * s * Math.log(degree * s) : 0), 0);
  const months = tasks.map(() => ({
    observed: new Float64Array(panel.months),
    predicted: new Float64Array(panel.months),
  }));
  const customers: { observed: number; predicted: number }[] = [];
  const step = Math.ceil(expected.length / MOST_POINTS);
  let [total, rest, average, cells] = [0, 0, 0, 0];
  for (let k = 0; k < expected.length; k++) {
    const s = lasting.series[k]!;
    const [from, to] = [panel.offsets[s]!, panel.offsets[s + 1]!];
    let [observed, predicted] = [0, 0];
    for (let i = from; i < to; i++) {
      const t = panel.month[i]!;
      const price = prices[t]!;
      const type = expected[k]! + lasting.monthEffects[t]!;
      // y without log E: what prices and fine-tuning add.
      const given = y(i, s) - panel.logSpending[i]!;
      const logSpending = (type + constant + exponents + degree * given) / (1 - degree);
      const spending = Math.exp(logSpending + mean);
      for (let n = 0; n < tasks.length; n++) {
        const j = tasks[n]!;
        const used = usage.log.tokens[j]!.get(panel.source[i]!) / PER;
        const expectedUse = (own.tasks[n]! * spending) / price[j]!;
        months[n]!.observed[t]! += used;
        months[n]!.predicted[t]! += expectedUse;
        observed += used;
        predicted += expectedUse;
      }
      const off = panel.logSpending[i]! - logSpending;
      rest += off * off;
      cells++;
      const distance = panel.logSpending[i]! - average;
      average += distance / cells;
      total += distance * (panel.logSpending[i]! - average);
    }
    if (k % step === 0)
      customers.push({ observed: observed / (to - from), predicted: predicted / (to - from) });
  }
  const used = (t: number): boolean => !Number.isNaN(index.log[model]![t]!);
  return {
    months: tasks.flatMap((j, n) =>
      Array.from({ length: panel.months }, (_, t) => ({
        month: monthName(panel.firstMonth + t),
        input: panel.inputs[j]!,
        observed: months[n]!.observed[t]!,
        predicted: months[n]!.predicted[t]!,
      })).filter((_, t) => used(t)),
    ),
    customers,
    explained: total > 0 ? 1 - rest / total : Number.NaN,
  };
};
