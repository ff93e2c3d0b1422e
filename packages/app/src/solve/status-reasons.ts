import type { Certificate, ProductionAssumption } from '@menusmith/core';
import { midpointRemark } from '../problem/named-buyers.ts';
import { gridSize } from '../report/certificate-words.ts';
import { formatNumber, formatPercent, formatSize } from '../report/numbers.ts';
import { formatMoney, quoted } from '../report/quoted.ts';
import type { Result, StatusReason } from '../result.ts';
import type { Study } from '../study/study.ts';
import { doubtNote } from './doubts.ts';
import { nonconcavity } from './supply/supply-of.ts';

/** What of a result decides its status. */
type Judged = Pick<
  Result,
  | 'status'
  | 'method'
  | 'certificate'
  | 'conditions'
  | 'finite'
  | 'grid'
  | 'refinement'
  | 'goods'
  | 'population'
  | 'profit'
  | 'welfare'
>;

const number = (x: number | null | undefined): string => formatNumber(x, 4);

/** Why the status is not `optimal`, what weighs most first; empty where it is. */
export const statusReasons = (
  judged: Judged,
  { buyers, technology, solver, units }: Pick<Study, 'buyers' | 'technology' | 'solver' | 'units'>,
): readonly StatusReason[] => {
  if (judged.status === 'optimal') return [];
  const { certificate, finite } = quoted(judged as Result, units);
  // All else that could be said rests on the same numbers.
  if (certificate.doubts !== undefined) return certificate.doubts.map(contradiction);
  const reasons = [
    acrossScales(quoted(judged as Result, units), units),
    refinedSoFar(judged, solver.tolerance) ??
      (finite === undefined || finite.stopped === 'converged' ? undefined : stops[finite.stopped]),
    certificate.upperBound === null ? unbounded(nonconcavity(technology)) : undefined,
    violation(certificate, units),
    ofGridAlone(judged, buyers),
  ].filter((reason) => reason !== undefined);
  return reasons.length > 0 ? reasons : [gap(judged, solver)];
};

const contradiction = (doubt: string): StatusReason => ({
  code: 'contradiction',
  what: doubtNote(doubt),
  remedy:
    'Where plugins are in use, menusmith laws says whether they are right; else try numbers near these.',
});

/** Where supply was not solved its slopes say nothing of Assumption 1. */
const acrossScales = (
  { method, conditions, certificate }: Pick<Result, 'method' | 'conditions' | 'certificate'>,
  units: Study['units'],
): StatusReason | undefined => {
  const rent = conditions.find(({ name, holds }) => name === 'bounded-rent' && !holds);
  if (rent === undefined || method !== 'scale-by-scale' || certificate.upperBound === null) return undefined;
  return {
    code: 'across-scales',
    what:
      `Assumption 1 fails at value ${number(rent.at.value)}, scale ${number(rent.at.scale)}: the scale-by-scale menu is not incentive ` +
      `compatible, and a buyer gains up to ${formatMoney(certificate.maxIncentiveViolation, units, 4)} by taking an item made for another scale.`,
    remedy:
      'The optimum needs flow across scales: buyers.grid: { values: 48, scales: 48 } has it found on a grid of values and scales.',
  };
};

/** Why a finite solver ended before the gap of what it solved was within the tolerance. */
const stops: Readonly<Record<Exclude<NonNullable<Result['finite']>['stopped'], 'converged'>, StatusReason>> =
  {
    interrupted: {
      code: 'interrupted',
      what: 'The solve was ended before its tolerance was met: the menu is the best that was certified by then.',
      remedy: 'More time, or fewer types, lets it end by itself.',
    },
    'most-iterations': {
      code: 'most-iterations',
      what: 'The solver ended after as many iterations as it may do, before its tolerance was met: the menu is the best that was certified.',
      remedy: 'solver.use names another solver; fewer types, or tasks that are alike, need fewer iterations.',
    },
    stuck: {
      code: 'stuck',
      what: 'The solver came no nearer to its tolerance, and ended: the menu is the best that was certified, to the relative gap above.',
      remedy: 'solver.use names another solver; solver.tolerance says which gap is near enough.',
    },
    numerical: {
      code: 'numerical',
      what: 'The solver ended before its tolerance was met, as rounding left it without a way on: the menu is the best that was certified.',
      remedy:
        'Types or masses that differ by many orders of magnitude do that: leave out those that do not count.',
    },
  };

/** How far a refinement came that was ended. */
const refinedSoFar = (
  { certificate, finite, refinement }: Pick<Result, 'certificate' | 'finite' | 'refinement'>,
  tolerance: number,
): StatusReason | undefined => {
  const last = refinement?.at(-1);
  if (last === undefined || finite?.stopped !== 'interrupted' || certificate.relativeGap === null)
    return undefined;
  return {
    code: 'interrupted',
    what:
      `The solve was ended while its grid was refined: with ${gridSize(last)} the gap is ${formatPercent(certificate.relativeGap, 2)}, ` +
      `above the tolerance of ${formatSize(tolerance)}. The menu is the best until then.`,
    remedy: 'More time lets it go on to finer grids; solver.tolerance says which gap is near enough.',
  };
};

/** Why there is no upper bound. */
const unbounded = (nonconcave: ProductionAssumption | undefined): StatusReason => {
  const unreliable = 'Conditions that rest on supply are not to be relied on.';
  if (nonconcave === undefined)
    return {
      code: 'unknown-bound',
      what: `No upper bound is known, since supply could not be solved to rounding for all buyers: what is sold to some may not be best. ${unreliable}`,
      remedy: 'Inputs in other units, or a smoother production function, are easier to solve for.',
    };
  const place = Object.entries(nonconcave.at).map(([name, amount]) => `${name} = ${number(amount)}`);
  return {
    code: 'not-concave',
    what:
      `No upper bound is known, since supply is not certain to be best for all buyers: the production function is not concave around ${place.join(', ')}, ` +
      `and then no condition tells the best inputs from others. ${unreliable}`,
    remedy: 'A production function that is concave there has a bound.',
  };
};

/** Money that is rounding, relative to what is attained. */
const ROUNDING = 1e-9;

const violation = (
  { attainedObjective, maxIncentiveViolation, maxParticipationViolation }: Result['certificate'],
  units: Study['units'],
): StatusReason | undefined => {
  const [incentive, participation] = [maxIncentiveViolation ?? 0, maxParticipationViolation ?? 0];
  if (Math.max(incentive, participation) <= ROUNDING * Math.abs(attainedObjective ?? 0)) return undefined;
  const what =
    incentive >= participation
      ? `A buyer gains up to ${formatMoney(incentive, units, 4)} by another’s item`
      : `A buyer loses up to ${formatMoney(participation, units, 4)} by taking part`;
  return {
    code: 'violation',
    what: `${what}, and so the items are not taken as they are meant; what is attained counts what buyers take.`,
    remedy: 'A smaller solver.tolerance asks for items that are chosen as meant.',
  };
};

/** Whatever a grid of midpoints certifies, it is nothing of the continuous buyers for whom they stand. */
export const isOfGridAlone = (buyers: Study['buyers'], { of }: Pick<Certificate, 'of'>): boolean =>
  of === 'grid' && midpointRemark(buyers) !== undefined;

const ofGridAlone = (
  { certificate }: Pick<Result, 'certificate'>,
  buyers: Study['buyers'],
): StatusReason | undefined => {
  const remark = certificate.of === 'grid' ? midpointRemark(buyers) : undefined;
  return remark && { code: 'grid-alone', ...remark };
};

/** Nothing went wrong, and the bound is further away than the tolerance. */
const gap = (
  {
    certificate: { relativeGap },
    population,
    refinement,
  }: Pick<Result, 'certificate' | 'population' | 'refinement'>,
  { tolerance, isToleranceNamed }: Study['solver'],
): StatusReason => {
  const last = refinement?.at(-1);
  const isByFlow = population?.boundBy === 'flow';
  const enough = 'solver.tolerance says which gap is near enough';
  const finer = isByFlow ? 'narrows it from both sides' : 'betters the menu, and does not lower the bound';
  return {
    code: 'gap',
    what:
      `The gap of ${formatPercent(relativeGap, 2)} between what the menu attains and the bound is above the tolerance of ${formatSize(tolerance)}: ` +
      (population === undefined
        ? 'a better menu may exist, within the gap.'
        : isByFlow
          ? 'it is as much the bound’s as the menu’s, and the best menu may lie anywhere within it.'
          : 'the bound is what a seller would earn who saw the scales of all buyers, and the best menu for hidden scales may lie anywhere below it.') +
      (last === undefined
        ? ''
        : ` The grid was refined up to ${gridSize(last)}: finer ones take long, or promise too little.`),
    remedy:
      population === undefined
        ? `${enough}; solver.use names another solver.`
        : last === undefined
          ? `Without buyers.grid the solver refines its own; a finer one ${finer}; ${enough}.`
          : `${isToleranceNamed ? '' : 'Where the study names solver.tolerance the solver refines further. '}A finer buyers.grid ${finer}; ${enough}.`,
  };
};
