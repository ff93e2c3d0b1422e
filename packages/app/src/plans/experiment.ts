import type { Plan } from '@menusmith/core';
import { buyerCoordinates } from '../problem/plan-buyers.ts';
import type { Study } from '../study/study.ts';
import { planLine } from '../tiers/plan-line.ts';
import { choicesAlongLine } from './plan-choices.ts';

/** How many customers an experiment needs, who are given one of two menus by chance, to see the change of profit. */
export interface ExperimentSize {
  /** In each of the two groups. */
  readonly perArm: number;
  /** The same where each customer's profit before the experiment is taken into account. */
  readonly perArmWithBefore: number;
}

/** (z₀.₉₇₅ + z₀.₈)²: a two-sided test at 5 % finds the change in 80 of 100 experiments. */
const POWER = (1.959963984540054 + 0.8416212335729143) ** 2;
/** Changes below this share of the profit need more customers than there are. */
const NOTHING = 1e-9;

/**
 * 2 z² σ²/δ² customers in each group, δ being the mean change of a customer's profit and σ² its variance among customers; with her profit before as a covariate 1 − ρ² as many, ρ being its correlation
 * with that after (Cohen 1988, section 2.4; Deng, Xu, Kohavi and Walker 2013). Types last, and months differ in nothing else; undefined where profit does not change, or buyers have no index.
 */
export const experimentSize = (
  study: Study,
  before: readonly Plan[],
  after: readonly Plan[],
  scale?: number,
): ExperimentSize | undefined => {
  const line = planLine(study, scale);
  const { value, mass, outside } = line;
  const profits = [before, after].map((plans) =>
    Float64Array.from(
      choicesAlongLine(plans, study, line, value, outside),
      ({ payment, cost }) => payment - cost,
    ),
  );
  const [old, now] = profits as [Float64Array, Float64Array];
  const total = mass.reduce((a, b) => a + b, 0);
  const mean = (of: (n: number) => number): number =>
    mass.reduce((sum, own, n) => sum + own * of(n), 0) / total;
  const [meanOld, meanNow] = [mean((n) => old[n]!), mean((n) => now[n]!)];
  const change = meanNow - meanOld;
  if (!(Math.abs(change) > NOTHING * Math.max(Math.abs(meanOld), Math.abs(meanNow)))) return undefined;
  const variance = (of: Float64Array, around: number): number => mean((n) => (of[n]! - around) ** 2);
  const [varOld, varNow] = [variance(old, meanOld), variance(now, meanNow)];
  const covariance = mean((n) => (old[n]! - meanOld) * (now[n]! - meanNow));
  const explained = varOld > 0 && varNow > 0 ? covariance ** 2 / (varOld * varNow) : 0;
  const perArm = (2 * POWER * Math.max(varOld, varNow)) / change ** 2;
  return {
    perArm: Math.ceil(perArm),
    perArmWithBefore: Math.ceil(perArm * Math.max(0, 1 - explained)),
  };
};

/** Whether one number stands for each of the study's buyers. */
export const hasIndex = (study: Study): boolean => buyerCoordinates(study).hasTheta;
