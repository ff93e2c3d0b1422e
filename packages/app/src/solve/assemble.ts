import {
  type Audit,
  type Certificate,
  type Condition,
  judged,
  type Pool,
  relativeGap,
  statusOf,
  type Totals,
} from '@menusmith/core';
import { finiteOrNull, shareOrNull } from '../finite-or-null.ts';
import type {
  CertificateResult,
  ConditionResult,
  ObjectiveResult,
  PoolResult,
  Result,
  TypeResult,
} from '../result.ts';
import type { Objective, Study } from '../study/study.ts';
import { plainTerms } from '../study/terms.ts';
import type { Solved, WithoutLotteries } from './solved.ts';

/** What is missing of the efficient welfare by less is quadrature. */
const EXTRACTED = 1e-9;

export const conditionResult = ({ name, holds, margin, at }: Condition): ConditionResult => ({
  name: name as ConditionResult['name'],
  holds,
  margin: finiteOrNull(margin),
  at,
});

export const poolResults = (pools: readonly Pool[], itemOf: (type: number) => TypeResult): PoolResult[] =>
  pools.map(({ from, to, ironedVirtualValue }) => ({
    from,
    to,
    ironedVirtualValue,
    item: itemOf((from + to) / 2),
  }));

/**
 * A certificate as a result has it: bound and attained objective in the study's weights. What `rent` leaves of the objective is profit; without
 * transfers, all of it is welfare.
 */
export const certificateResult = (
  certificate: Certificate,
  { profit, consumerSurplus }: Objective = plainTerms.objective,
  rent = 0,
): CertificateResult => ({
  of: certificate.of,
  attainedObjective: finiteOrNull(profit * certificate.attained),
  attainedProfit: finiteOrNull(
    consumerSurplus > 0 ? certificate.attained - (consumerSurplus / profit) * rent : certificate.attained,
  ),
  upperBound: finiteOrNull(profit * certificate.upperBound),
  relativeGap: finiteOrNull(relativeGap(certificate)),
  maxIncentiveViolation: finiteOrNull(certificate.maxIncentiveViolation),
  maxParticipationViolation: finiteOrNull(certificate.maxParticipationViolation),
});

/** The grids that were solved, as a result has them. */
export const refinementResult = (
  { refinement, grid }: Pick<Solved, 'refinement' | 'grid'>,
  { profit }: Objective,
): Pick<Result, 'refinement'> => {
  const steps = refinement?.map(({ cells, attained, upperBound }) => ({
    ...(grid?.cells ? { cells } : { values: cells[0]!, scales: cells[1]! }),
    attainedObjective: finiteOrNull(profit * attained),
    upperBound: finiteOrNull(profit * upperBound),
    relativeGap: finiteOrNull(relativeGap({ attained, upperBound })),
  }));
  return steps ? { refinement: steps } : {};
};

/** The part of a result that follows from the totals of an optimal menu and of the efficient allocation. */
export type TotalsResult = Pick<
  Result,
  | 'profit'
  | 'revenue'
  | 'cost'
  | 'consumerSurplus'
  | 'welfare'
  | 'efficientWelfare'
  | 'excludedShare'
  | 'fineTunedShare'
>;

/** What was maximised, and how much of it the menu makes. */
export const objectiveResult = (
  { contract, terms }: Study,
  { profit, consumerSurplus, welfare }: Pick<Result, 'profit' | 'consumerSurplus' | 'welfare'>,
): ObjectiveResult => {
  if (contract === 'efficient') return { profit: 1, consumerSurplus: 1, value: welfare };
  const { objective } = terms;
  const value =
    profit === null || consumerSurplus === null
      ? null
      : objective.profit * profit + objective.consumerSurplus * consumerSurplus;
  return { ...objective, value };
};

/** Whether a choice of models makes items lotteries, and what the best menu found without them makes. */
export const lotteriesResult = (
  { lotteries, withoutLotteries }: Pick<Solved, 'lotteries' | 'withoutLotteries'>,
  { profit }: Objective,
): Pick<Result, 'lotteries' | 'withoutLotteries'> => ({
  ...(lotteries === undefined ? {} : { lotteries }),
  ...(withoutLotteries ? { withoutLotteries: withoutLotteriesResult(withoutLotteries(), profit) } : {}),
});

const withoutLotteriesResult = (
  { profit, attained }: WithoutLotteries,
  weight: number,
): NonNullable<Result['withoutLotteries']> => ({
  profit: finiteOrNull(profit),
  objective: finiteOrNull(weight * attained),
});

/** Shares of those who take their outside option or keep a plan of today's, where the study has either. */
export const sharesTaken = (
  { terms }: Study,
  { outside, kept }: Totals,
): Pick<Result, 'outsideShare' | 'keptShare'> => ({
  ...(terms.outside === undefined ? {} : { outsideShare: shareOrNull(outside ?? Number.NaN) }),
  ...(terms.keep === undefined ? {} : { keptShare: shareOrNull(kept ?? Number.NaN) }),
});

/** Without transfers there is no profit, revenue or consumer surplus: null. */
export const totalsResult = (totals: Totals, efficient: Totals, isEfficient: boolean): TotalsResult => {
  const welfare = totals.grossValue - totals.cost;
  const revenue = totals.grossValue - totals.rent;
  const money = (value: number): number | null => (isEfficient ? null : finiteOrNull(value));
  return {
    profit: money(revenue - totals.cost),
    revenue: money(revenue),
    cost: finiteOrNull(totals.cost),
    consumerSurplus: money(totals.rent),
    welfare: finiteOrNull(welfare),
    efficientWelfare: finiteOrNull(efficient.grossValue - efficient.cost),
    excludedShare: shareOrNull(totals.excluded),
    fineTunedShare: shareOrNull(totals.fineTuned),
  };
};

/**
 * The certificate of a continuous problem: profit, and `surplusWeight` times what it leaves to buyers, as the menu brings them by its transfers, less
 * what an audited deviation loses of profit; and the dual bound E[S(ψ)] by its own integral, raised by the estimated error of quadrature. NaN where a
 * supply was not solved.
 */
export const populationCertificate = (
  totals: Totals,
  audit: Audit | undefined,
  surplusWeight = 0,
): Certificate => ({
  of: 'population',
  attained: audit
    ? totals.grossValue - totals.cost - (1 - surplusWeight) * totals.rent - audit.loss
    : totals.grossValue - totals.cost,
  upperBound: totals.solved ? totals.servedSurplus * (1 + totals.error) : Number.NaN,
  maxIncentiveViolation: audit?.maxIncentiveViolation ?? 0,
  maxParticipationViolation: audit?.maxParticipationViolation ?? 0,
});

/** No more than this share of what is attained is what a solver leaves of an item for who takes nothing, and what is less than the other is rounding. */
const CRUMB = 1e-6;
const ROUNDING = 1e-13;

/**
 * Totals with the crumbs that a solver leaves for buyers who are said to take nothing: they are worth what is paid for them, so that profit is what the certificate attains. More than a
 * crumb is what other items bring than those that were meant, and stays apart.
 */
export const withCrumbs = <T extends Pick<Totals, 'grossValue' | 'rent' | 'cost'>>(
  totals: T,
  { attained }: Certificate,
  surplusWeight: number,
): T => {
  const { grossValue, cost, rent } = totals;
  const crumb = attained - (grossValue - cost - (1 - surplusWeight) * rent);
  const isCrumb = crumb > ROUNDING * Math.abs(attained) && crumb <= CRUMB * Math.abs(attained);
  return isCrumb ? { ...totals, grossValue: grossValue + crumb } : totals;
};

/** What is left to say of the efficient allocation of continuous types: nobody is paid, and welfare is certified in place of profit. */
export const efficientAnswer = (totals: Totals) => {
  const certificate = populationCertificate(totals, undefined);
  return {
    method: 'efficient' as const,
    certificate,
    money: certificate.attained,
    conditions: [],
    pools: [],
  };
};

/** Full extraction: profit is the whole efficient welfare. The margin is minus the share of it that is lost or left to buyers. */
export const fullExtraction = (profit: number, efficientWelfare: number): Condition => {
  const margin = efficientWelfare > 0 ? profit / efficientWelfare - 1 : 0;
  return judged('full-extraction', margin, {}, EXTRACTED);
};

/**
 * A scale-by-scale menu that Assumption 1 says is not incentive compatible is never optimal, whether or not the audit's grid met a deviation; nor is one that a grid alone certifies where the
 * buyers are continuous.
 */
export const statusResult = (
  {
    method,
    certificate,
    money,
    conditions,
  }: {
    method: Result['method'];
    certificate: Certificate;
    money: number;
    conditions: readonly Condition[];
  },
  tolerance: number,
  isOfGridAlone = false,
): Result['status'] => {
  const status = statusOf(certificate, tolerance, money);
  const isKnownToFail =
    method === 'scale-by-scale' && conditions.some(({ name, holds }) => name === 'bounded-rent' && !holds);
  return status === 'optimal' && (isKnownToFail || isOfGridAlone) ? 'feasible' : status;
};
