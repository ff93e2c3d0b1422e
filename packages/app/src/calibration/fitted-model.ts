import type { CopulaEntry } from '@menusmith/core';
import { type FittedCopula, fittedCopulas } from './estimate/fitted-copula.ts';
import { type FittedTypes, fittedTypes, refittedTypes } from './estimate/fitted-types.ts';
import { type LastingPart, lastingPart } from './estimate/lasting-part.ts';
import { measuredSample } from './estimate/measured-sample.ts';
import type { Panel } from './estimate/panel.ts';
import type { SpendingShares } from './estimate/spending-shares.ts';
import { expectedType, type TypeDensity } from './estimate/type-density.ts';
import { shareBeyond, type TypeDistribution, typeDistribution } from './estimate/type-distribution.ts';

/** The lasting part of one quantity, and how it is distributed; in logarithms. */
export interface FittedQuantity {
  readonly lasting: LastingPart;
  readonly types: FittedTypes;
  /** What is expected of each series, shrunk towards where the others are, and its standard deviation. */
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
  readonly highest: number;
}

/** Value and scale apart, for customers whose requests are known. */
interface ValueAndScale {
  readonly value: FittedQuantity;
  readonly scale: FittedQuantity;
  /** log of the requests a month that are scale 1. */
  readonly unit: number;
  readonly valueDistribution: TypeDistribution;
  readonly scaleDistribution: TypeDistribution;
  readonly copulas: readonly FittedCopula[];
}

/** One model's part of a calibration. */
export interface FittedModel {
  readonly model: number;
  readonly degree: number;
  /** Of task inputs in the panel's order, and of fine-tuning where it is used. */
  readonly exponents: Readonly<Record<string, number>>;
  readonly theta: FittedQuantity;
  readonly distribution: TypeDistribution;
  /** Of spending at linear prices, what comes from types beyond the largest customer. */
  readonly beyondSample: number;
  readonly valueAndScale?: ValueAndScale;
}

/** log θ of a cell, by the first-order condition E = σ θ Q at the prices that it faced. */
export const logTheta = (
  panel: Panel,
  y: (cell: number, series: number) => number,
  degree: number,
  shares: readonly number[],
): ((cell: number, series: number) => number) => {
  const constant =
    degree * Math.log(degree) -
    Math.log(degree) -
    shares.reduce((sum, s) => sum + (s > 0 ? degree * s * Math.log(degree * s) : 0), 0);
  return (i, s) => panel.logSpending[i]! - degree * y(i, s) + constant;
};

/** Of task inputs, in proportion to their shares of spending, and of fine-tuning. */
export const exponentsOf = (
  { models, inputs }: Panel,
  model: number,
  degree: number,
  shares: SpendingShares,
): Readonly<Record<string, number>> => {
  const { tasks, shared } = models[model]!;
  const exponents: Record<string, number> = {};
  tasks.forEach((j, k) => {
    exponents[inputs[j]!] = degree * shares.tasks[k]!;
  });
  if (shared !== undefined) exponents[inputs[shared]!] = degree * shares.shared;
  return exponents;
};

/** Least customers with requests for value and scale to be told apart. */
const LEAST_WITH_REQUESTS = 20;

export const fittedModel = (
  panel: Panel,
  model: number,
  degree: number,
  {
    shares,
    y,
    copulas,
  }: {
    readonly shares: SpendingShares;
    readonly y: (cell: number, series: number) => number;
    readonly copulas: readonly CopulaEntry[];
  },
): FittedModel => {
  const exponents = exponentsOf(panel, model, degree, shares);
  const read = logTheta(panel, y, degree, shares.tasks);
  const theta = fittedQuantity(panel, model, read);
  const size = theta.expected.length;
  const { density } = theta.types.chosen;
  const valueAndScale = fittedValueAndScale(panel, model, degree, read, copulas);
  return {
    model,
    degree,
    exponents,
    theta,
    distribution: typeDistribution(density, size, theta.highest),
    beyondSample: shareBeyond(density, size, theta.highest, 1 / (1 - degree)),
    ...(valueAndScale === undefined ? {} : { valueAndScale }),
  };
};

/** The distribution of what `read` reads; of one of `forms` where they are given. */
export const fittedQuantity = (
  panel: Panel,
  model: number,
  read: (cell: number, series: number) => number,
  forms?: readonly TypeDensity[],
): FittedQuantity => {
  const lasting = lastingPart(panel, model, read);
  const { mean, counts, noise } = lasting;
  const sample = measuredSample(mean, counts, noise);
  const types = forms === undefined ? fittedTypes(sample) : refittedTypes(sample, forms);
  const expected = new Float64Array(mean.length);
  const deviation = new Float64Array(mean.length);
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < mean.length; k++) {
    const own = expectedType(types.chosen.density, mean[k]!, noise > 0 ? noise / counts[k]! : 0);
    expected[k] = own.mean;
    deviation[k] = own.deviation;
    if (own.mean > highest) highest = own.mean;
  }
  return { lasting, types, expected, deviation, highest };
};

/** Scale is the number of requests, and value what θ = w s^{1 − σ} leaves for tokens a request. */
const fittedValueAndScale = (
  panel: Panel,
  model: number,
  degree: number,
  theta: (cell: number, series: number) => number,
  copulas: readonly CopulaEntry[],
): ValueAndScale | undefined => {
  const { logRequests } = panel;
  if (logRequests === undefined) return undefined;
  const scale = (i: number): number => logRequests[i]!;
  const some = lastingPart(panel, model, scale).series.length;
  if (some < LEAST_WITH_REQUESTS) return undefined;
  const fittedScale = fittedQuantity(panel, model, scale);
  const scaleDistribution = typeDistribution(
    fittedScale.types.chosen.density,
    some,
    fittedScale.highest,
    'end',
  );
  const unit = endOf(fittedScale, some);
  const value = (i: number, s: number): number => theta(i, s) - (1 - degree) * (logRequests[i]! - unit);
  const fittedValue = fittedQuantity(panel, model, value);
  return {
    value: fittedValue,
    scale: fittedScale,
    unit,
    valueDistribution: typeDistribution(fittedValue.types.chosen.density, some, fittedValue.highest),
    scaleDistribution,
    copulas: fittedCopulas(fittedValue.expected, fittedScale.expected, copulas),
  };
};

/** log of the scale at which its distribution ends. */
const endOf = ({ types, highest }: FittedQuantity, size: number): number =>
  Math.log(typeDistribution(types.chosen.density, size, highest).max);
