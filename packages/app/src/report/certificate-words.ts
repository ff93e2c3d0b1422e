import type { CertificateResult, ConditionResult, Result } from '../result.ts';
import { formatNumber, formatPercent, formatSize } from './numbers.ts';

type Certified = Pick<Result, 'certificate' | 'status' | 'method' | 'profit' | 'efficientWelfare'>;

/** What the certificate proves, in sentences. */
export const certificateWords = ({ certificate, status, method }: Certified): readonly string[] => {
  const { attainedProfit, upperBound, relativeGap } = certificate;
  const earned = method === 'efficient' ? 'welfare' : 'profit';
  const verdict = {
    optimal: `This menu is certified optimal: its ${earned} and a bound on the ${earned} of every other menu agree within the tolerance.`,
    feasible: `This menu works, but it is not certified optimal: another may make more ${earned}.`,
    uncertified: 'This result is not certified: the numbers below could not be established.',
  }[status];
  if (method === 'efficient') {
    return [
      verdict,
      `Nothing is hidden from the seller here. The allocation makes a welfare of ${formatNumber(attainedProfit)}; none makes more than ` +
        `${formatNumber(upperBound)} (relative gap ${formatSize(relativeGap)}).`,
    ];
  }
  return [
    verdict,
    `It earns ${formatNumber(attainedProfit)} from buyers who take whatever they like best. No menu of any kind can earn more than ` +
      `${formatNumber(upperBound)}: the relative gap is ${formatSize(relativeGap)}.`,
    violationWords(certificate),
    certificate.of === 'population'
      ? 'This holds for the whole population, to the accuracy of the quadrature and of the grid of buyers that was audited.'
      : 'This holds for the types listed, each against every other.',
  ];
};

const violationWords = ({ maxIncentiveViolation, maxParticipationViolation }: CertificateResult): string =>
  `The most that any buyer audited gains by taking an item made for another is ${formatSize(maxIncentiveViolation)}, and by taking none ` +
  `${formatSize(maxParticipationViolation)}, in money.`;

const names: Readonly<Record<ConditionResult['name'], string>> = {
  'increasing-virtual-value': 'Increasing virtual value',
  'bounded-rent': 'Bounded rent (Assumption 1)',
  'bounded-rent-tariff': 'Bounded rent of tariffs (Assumption 2)',
  'nonincreasing-markup': 'Nonincreasing markup',
  'full-extraction': 'Full extraction',
};

export const conditionName = (name: ConditionResult['name']): string => names[name];

const meanings: Readonly<Record<ConditionResult['name'], readonly [holds: string, fails: string]>> = {
  'increasing-virtual-value': [
    'The virtual value rises with the type wherever buyers are served: no types have to be pooled.',
    'The virtual value falls somewhere among the buyers who are served: types around there are pooled, and get one item.',
  ],
  'bounded-rent': [
    'Rents do not grow too fast with the scale: nobody gains by taking an item made for another scale, and the best menu is found scale by scale.',
    'Rents grow too fast with the scale: somebody gains by taking an item made for another scale, and the menu that is best scale by scale does not work.',
  ],
  'bounded-rent-tariff': [
    'The stronger condition of the paper for two-part tariffs that depend on the scale.',
    'The paper’s condition for two-part tariffs that depend on the scale fails; its propositions on them do not apply.',
  ],
  'nonincreasing-markup': [
    'The markup does not rise with the type: two-part tariffs can do all that the menu does.',
    'The markup rises with the type somewhere: buyers there would take a neighbour’s tariff, and two-part tariffs cannot do what the menu does.',
  ],
  'full-extraction': [
    'Every type pays all that her efficient item is worth to her: hidden types cost the seller nothing.',
    'The seller does not get all of the efficient surplus: part of it is left to buyers, part is not made.',
  ],
};

/** What it means that a condition holds or fails. */
export const conditionWords = ({ name, holds }: ConditionResult): string => meanings[name][holds ? 0 : 1];

/** By how much it holds or fails. */
export const marginWords = ({ name, margin }: ConditionResult): string => {
  if (margin === null) return 'no types to compare';
  return name === 'full-extraction'
    ? `${formatPercent(-margin)} of the efficient surplus is not the seller’s`
    : `margin ${formatNumber(margin, 4)}`;
};

export const placeWords = ({ at }: ConditionResult): string =>
  (['value', 'scale'] as const)
    .filter((key) => at[key] !== undefined)
    .map((key) => `${key} ${formatNumber(at[key], 4)}`)
    .join(', ');
