import type { CertificateResult, Result } from '../result.ts';
import { formatNumber, formatSize } from './numbers.ts';

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
