/** What independent evidence there is for a menu: what it attains of the objective, a bound on every mechanism's, and the worst violations. */
export interface Certificate {
  readonly of: 'grid' | 'population';
  /** The objective, money a buyer: profit, or welfare where nothing is hidden from the seller. */
  readonly attained: number;
  readonly upperBound: number;
  readonly maxIncentiveViolation: number;
  readonly maxParticipationViolation: number;
}

export type Status = 'optimal' | 'feasible' | 'uncertified';

/** (upper bound − attained)/|upper bound|, or the absolute difference where the bound is 0. */
export const relativeGap = ({
  attained,
  upperBound,
}: Pick<Certificate, 'attained' | 'upperBound'>): number => {
  const gap = upperBound - attained;
  return upperBound === 0 ? gap : gap / Math.abs(upperBound);
};

/**
 * Status derived from the certificate alone; NaN anywhere is 'uncertified'.
 *
 * 'optimal': the gap is within `tolerance`, on either side of 0 (a bound below what is attained proves an error), and
 * violations are within `tolerance` times `money`, the size of the transfers at stake. 'feasible': what is attained is a number.
 */
export const statusOf = (certificate: Certificate, tolerance: number, money: number): Status => {
  const { attained, maxIncentiveViolation, maxParticipationViolation } = certificate;
  const isOptimal =
    Math.abs(relativeGap(certificate)) <= tolerance &&
    maxIncentiveViolation <= tolerance * money &&
    maxParticipationViolation <= tolerance * money;
  if (isOptimal) return 'optimal';
  return Number.isFinite(attained) ? 'feasible' : 'uncertified';
};
