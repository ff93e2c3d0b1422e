import {
  type Certificate,
  chainBracket,
  distributionFault,
  indexBracket,
  type OptimumBracket,
  scaleByScaleBracket,
  singleItem,
  singleItemBracket,
  type Totals,
} from '@menusmith/core';
import { type NamedBuyers, namedBuyers } from '../problem/named-buyers.ts';
import { type SpaceProblem, screeningProblem } from '../problem/screening-problem.ts';
import { formatNumber } from '../report/numbers.ts';
import type { GridResult, ImplementationResult } from '../result.ts';
import { degreeOf } from '../study/degree.ts';
import type { Study } from '../study/study.ts';
import { surplusWeightOf } from '../study/terms.ts';
import type { Elsewhere } from './solved.ts';
import { problemOf } from './space/finite-problem-of.ts';
import { profileSupplyOf } from './supply/profile-supply-of.ts';
import { type StudySupply, studySupply } from './supply/supply-of.ts';

/** Of shares added up, and of profits by free choice on cells: what quadrature may be off by, relative to the whole. */
const QUADRATURE = 1e-6;

/** Rounding, relative to the first best. */
const ROUNDING = 1e-9;
/** What the coarse numbers may be wrong by, as ranks are: relative to the first best. */
const COARSE = 1e-5;

/** What a solve says, as far as it can be doubted. */
export interface Answer {
  readonly totals: Totals;
  efficient(): Totals;
  readonly certificate: Certificate;
  readonly implementation?: ImplementationResult;
  readonly grid?: Pick<GridResult, 'upperBound'>;
  elsewhere?(): Pick<Elsewhere, 'mean'>;
}

const text = (x: number): string => formatNumber(x, 4);

/**
 * Why the numbers of a solve cannot all be true, in sentences; none where nothing speaks against them.
 *
 * Profit, bound and audit of a continuous problem rest on one distribution, one quadrature and one sample of φ, and what these do not see is missing from all
 * three alike, without a gap. So what they say is held against what must be true of any answer, and against a coarse solve that shares none of the three.
 */
export const doubtsAbout = (study: Study, answer: Answer): string[] => {
  const own = inconsistencies(study, answer);
  return own.length > 0 ? own : disagreements(study, answer);
};

export const doubtNote = (doubt: string): string =>
  `Nothing is certified, and no number here is to be relied on: ${doubt}.`;

/** Where a distribution does not describe one population. */
export const distributionDoubts = (study: Study): string[] =>
  distributionsOf(study).flatMap(({ name, distribution }) => {
    const fault = distributionFault(distribution);
    return fault === undefined ? [] : [`the distribution of ${name} contradicts itself: ${fault}`];
  });

/** What is attained within capacity is below every bound, whichever menus are mixed for it; capacity is looked at in no other doubt. */
export const capacityDoubts = ({
  totals,
  certificate: { attained, upperBound },
}: Answer): readonly string[] => {
  const slack = (QUADRATURE + totals.error) * Math.max(Math.abs(totals.grossValue), Math.abs(attained));
  // A bound that is not known is no doubt.
  return attained > upperBound + slack
    ? [`a profit of ${text(attained)} within capacity is above the bound of ${text(upperBound)}`]
    : [];
};

/** What must be true of any answer. */
const inconsistencies = ({ contract, terms }: Study, answer: Answer): string[] => {
  const { totals, certificate, implementation, grid, elsewhere } = answer;
  const efficient = answer.efficient();
  const doubts: string[] = [];
  const isEfficient = contract === 'efficient';
  const welfare = totals.grossValue - totals.cost;
  const profit = welfare - totals.rent;
  const firstBest = efficient.grossValue - efficient.cost;
  const slack =
    (ROUNDING + totals.error + efficient.error) * Math.max(Math.abs(firstBest), Math.abs(totals.grossValue));
  const numbers = {
    'the value of what is sold': totals.grossValue,
    'the cost': totals.cost,
    'the first best': firstBest,
    'the share of buyers without service': totals.excluded,
    'the share of buyers with shared inputs': totals.fineTuned,
    'the attained profit': certificate.attained,
    'the largest gain from another item': certificate.maxIncentiveViolation,
    ...(isEfficient ? {} : { 'the rent': totals.rent }),
  };
  for (const [name, number] of Object.entries(numbers))
    if (!Number.isFinite(number)) doubts.push(`${name} is not a number`);
  if (doubts.length > 0) return doubts;
  const require = (holds: boolean, otherwise: () => string): void => {
    if (!holds) doubts.push(otherwise());
  };
  for (const [name, share] of [
    ['without service', totals.excluded],
    ['with shared inputs', totals.fineTuned],
  ] as const)
    require(share >= -ROUNDING && share <= 1 + ROUNDING, () =>
      `the share of buyers ${name} is ${text(share)}`);
  require(totals.excluded + totals.fineTuned <= 1 + QUADRATURE, () =>
    `${text(totals.excluded)} of the buyers get nothing and ${text(totals.fineTuned)} have shared inputs, more than there are`);
  require(totals.cost >= -slack, () => `the cost is ${text(totals.cost)}`);
  require(welfare <= firstBest + slack, () =>
    `welfare of ${text(welfare)} is above the first best of ${text(firstBest)}`);
  if (isEfficient) return doubts;
  // No menu leaves buyers less than what they have elsewhere, which may cost them something.
  const least = elsewhere?.().mean ?? 0;
  const room = slack + ROUNDING * Math.abs(least);
  require(totals.rent >= least - room, () =>
    least === 0
      ? `buyers' surplus is ${text(totals.rent)}`
      : `buyers' surplus is ${text(totals.rent)}, less than the ${text(least)} that they have outside`);
  require(profit <= welfare - least + room, () =>
    `profit of ${text(profit)} is above welfare of ${text(welfare)}`);
  const { attained, upperBound } = certificate;
  // What today's plans promise may cost more than it brings.
  require(terms.keep !== undefined || attained >= -slack, () =>
    `a profit of ${text(attained)} is less than selling nothing earns`);
  require(attained <= firstBest - (1 - surplusWeightOf(terms)) * least + room, () =>
    `a profit of ${text(attained)} is above the first best of ${text(firstBest)}`);
  // A grid's types are other buyers than those for whom they stand.
  const offeredBound = implementation?.ofGrid === undefined ? upperBound : (grid?.upperBound ?? Number.NaN);
  if (Number.isFinite(offeredBound) && implementation !== undefined) {
    const offered = [
      implementation.attainedProfit,
      implementation.best?.attainedProfit,
      implementation.maximumSpend?.attainedProfit,
    ];
    for (const earned of offered)
      require(!(typeof earned === 'number' && earned > offeredBound + QUADRATURE * firstBest), () =>
        `other items earn ${text(earned!)}, above the bound of ${text(offeredBound)}`);
  }
  return doubts;
};

/** What a coarse solve, good for certain, says otherwise. */
const disagreements = (study: Study, answer: Answer): string[] => {
  const { certificate } = answer;
  // What buyers have elsewhere counts as welfare, which the coarse solve does not know.
  if (study.terms.outside !== undefined) return [];
  const coarse = coarseSolve(study);
  if (coarse === undefined || !coarse.solved) return [];
  const { welfare } = coarse;
  const efficient = answer.efficient();
  const firstBest = efficient.grossValue - efficient.cost;
  const slack = COARSE * Math.max(firstBest, Math.min(welfare.low, Number.MAX_VALUE));
  if (!(firstBest >= welfare.low - slack && firstBest <= welfare.high + slack))
    return [
      `the first best is given as ${text(firstBest)}, and a coarse sum over quantiles puts it between ${text(welfare.low)} and ${text(welfare.high)}`,
    ];
  return study.contract === 'efficient' ? [] : outsideOf(coarse, certificate, slack);
};

/** Where a menu without a limit on its items contradicts a coarse one. */
export const fullMenuDoubts = (
  study: Study,
  menu: Pick<Certificate, 'attained' | 'upperBound'>,
): string[] => {
  const coarse = coarseSolve(study);
  return coarse === undefined || !coarse.solved
    ? []
    : outsideOf(coarse, menu, COARSE * Math.min(coarse.welfare.low, Number.MAX_VALUE));
};

const outsideOf = (
  { profit }: OptimumBracket,
  { attained, upperBound }: Pick<Certificate, 'attained' | 'upperBound'>,
  slack: number,
): string[] => {
  // Where no bound is known there is none to be doubted.
  if (upperBound < profit.low - slack)
    return [
      `the upper bound is given as ${text(upperBound)}, and a coarse menu made from quantiles earns at least ${text(profit.low)}`,
    ];
  if (!(attained <= profit.high + slack))
    return [
      `the profit is given as ${text(attained)}, and a coarse solve on quantiles says that no menu earns more than ${text(profit.high)}`,
    ];
  return [];
};

/** The distributions on which a study rests. */
const distributionsOf = (study: Study): NamedBuyers['distributions'] =>
  namedBuyers(study.buyers).distributions;

/** How many cells there are: supply by Newton's method takes a hundred times as long as a closed form. */
const CELLS = {
  'closed-form': { one: 2000, values: 128, scales: 32, tail: 20 },
  numeric: { one: 64, values: 24, scales: 6, tail: 12 },
};

const coarseSolve = (study: Study): OptimumBracket | undefined => {
  const problem = screeningProblem(study);
  // Of continuous buyers of goods nothing coarse is known that is certain.
  if (problem.kind === 'space' && problem.goods !== undefined) return undefined;
  if (problem.kind === 'space' && problem.population === undefined)
    return study.contract === 'efficient' ? undefined : coarseTypes(study, problem);
  if (problem.kind === 'listed-chain') return undefined;
  const buyers = namedBuyers(study.buyers);
  if (buyers.kind === 'plane') return coarseValueScale(study, buyers, studySupply(study));
  if (buyers.kind !== 'line') return undefined;
  const { supply, path } = studySupply(study);
  const { one, tail } = CELLS[path];
  const bracket = chainBracket(buyers.types, supply, { values: one, tail }, surplusWeightOf(study.terms));
  return study.terms.keep === undefined ? bracket : withoutFloor(bracket);
};

/** Coarse menus keep no promises, and may earn more than one that does. */
const withoutFloor = (bracket: OptimumBracket): OptimumBracket => ({
  ...bracket,
  profit: { ...bracket.profit, low: Number.NEGATIVE_INFINITY },
});

const coarseValueScale = (
  study: Study,
  { values: value, scales: scale, dependence }: Extract<NamedBuyers, { kind: 'plane' }>,
  { supply, path }: StudySupply,
): OptimumBracket => {
  const counts = CELLS[path];
  const degree = degreeOf(study.technology);
  const surplusWeight = surplusWeightOf(study.terms);
  const packages = (): OptimumBracket | undefined =>
    degree === undefined
      ? undefined
      : indexBracket(value, scale, degree, dependence, supply, counts, surplusWeight);
  if (study.contract === 'packages')
    return study.terms.keep === undefined ? packages()! : withoutFloor(packages()!);
  if (dependence.independent) {
    const bracket = scaleByScaleBracket(value, scale, supply, counts, surplusWeight);
    return study.terms.keep === undefined ? bracket : withoutFloor(bracket);
  }
  const byIndex = packages();
  const bracket = singleItemBracket(value, scale, dependence, supply, counts);
  // A menu of packages can be offered as allocations, which says more than a single item.
  const low = Math.max(bracket.profit.low, byIndex?.profit.low ?? 0);
  const known = {
    ...bracket,
    profit: { ...bracket.profit, low },
    solved: bracket.solved && (byIndex?.solved ?? true),
  };
  return study.terms.keep === undefined ? known : withoutFloor(known);
};

/** Finitely many types: at least what one item earns, at most the first best, which is known exactly. */
const coarseTypes = (study: Study, finite: SpaceProblem): OptimumBracket => {
  const { attained, upperBound, firstBest, solved } = singleItem(
    problemOf(study, finite, profileSupplyOf(study, finite.tasks).supply),
  );
  return {
    profit: { low: attained, high: upperBound },
    welfare: { low: firstBest, high: firstBest },
    solved,
  };
};
