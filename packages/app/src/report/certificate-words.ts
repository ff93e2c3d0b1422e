import type { CertificateResult, Result } from '../result.ts';
import { moneyUnit, type Units } from '../study/units.ts';
import { formatSize } from './numbers.ts';
import { formatMoney } from './quoted.ts';
import { objectiveName } from './terms-words.ts';

type Certified = Pick<
  Result,
  | 'certificate'
  | 'objective'
  | 'status'
  | 'method'
  | 'profit'
  | 'efficientWelfare'
  | 'grid'
  | 'goods'
  | 'population'
>;

/** The certificate's status: its sign, in a few words, and what it means for the reader. */
export const statusWords: Readonly<
  Record<Result['status'], { readonly sign: string; readonly words: string; readonly meaning: string }>
> = {
  optimal: { sign: '✓', words: 'certified optimal', meaning: 'no menu can make more' },
  feasible: {
    sign: '≈',
    words: 'feasible, not certified optimal',
    meaning: 'the menu earns this; a better one may exist, within the gap',
  },
  uncertified: { sign: '✗', words: 'not certified', meaning: 'do not rely on these numbers' },
};

/** The same for a result; where nothing is hidden from the seller there is no menu that could be optimal. */
export const statusWordsOf = ({
  status,
  method,
}: Pick<Result, 'status' | 'method'>): (typeof statusWords)[Result['status']] =>
  status === 'optimal' && method === 'efficient'
    ? { ...statusWords.optimal, words: 'certified efficient', meaning: 'no allocation can make more' }
    : statusWords[status];

/** How the numbers of a certificate are called, and of what they are, for those who read the words for the first time. */
export const certificateLabels = {
  attained: ['attained', 'by buyers who choose freely'],
  upperBound: ['upper bound', 'on every menu'],
  relativeGap: ['relative gap', 'between the two'],
  incentives: ['incentive violation', 'the most that a buyer gains by another’s item'],
  participation: ['participation violation', 'the most that a buyer loses by taking part'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;

/** The grid that stood for continuous buyers, in a few words: `the grid of 16 × 8`. */
export const gridName = (grid: GridSize): string => `the grid of ${gridSize(grid)}`;

type GridSize = Pick<NonNullable<Result['grid']>, 'values' | 'scales' | 'cells'>;

/** `16 × 8`, of goods `16 × 16 cells`. */
export const gridSize = ({ values, scales, cells }: GridSize): string =>
  cells === undefined ? `${values} × ${scales}` : cellsText(cells);

/** Of whom the certificate speaks, in a few words. */
export const certifiedOver = ({ certificate, goods }: Pick<Result, 'certificate' | 'goods'>): string => {
  if (certificate.of === 'population') return 'the whole population';
  return goods === undefined
    ? 'the list of buyers'
    : `the grid of ${cellsText(goods.cells)}, not the population`;
};

/** `16 × 16 cells`, of more goods than fit a line `32 cells`. */
const cellsText = (cells: readonly number[]): string =>
  `${cells.length > 3 ? cells.reduce((product, each) => product * each, 1) : cells.join(' × ')} cells`;

/** Of what the bound for continuous buyers comes, as `the bound is …`. */
export const boundWords = (population: Result['population']): string =>
  population?.boundBy === 'flow'
    ? 'by weak duality, from multipliers of the incentive constraints of all continuous buyers'
    : 'what a seller would earn who saw their scales';

/** What the certificate proves, in sentences; amounts are quoted ones. */
export const certificateWords = (certified: Certified, units: Units | undefined): readonly string[] => {
  const { certificate, status, method, grid, goods, population } = certified;
  const { attainedObjective: attained, upperBound, relativeGap } = certificate;
  const earned = objectiveName(certified);
  const verdict = {
    optimal: `This menu is certified optimal: its ${earned} and a bound on the ${earned} of every other menu agree within the tolerance.`,
    feasible: `This menu works, but it is not certified optimal: another may make more ${earned}.`,
    uncertified: 'Nothing is certified here, and no number is to be relied on.',
  }[status];
  if (status === 'uncertified') {
    const doubts = certificate.doubts ?? [];
    return [verdict, ...(doubts.length === 0 ? [] : [`The reason: ${doubts.join('; ')}.`])];
  }
  if (method === 'efficient') {
    return [
      status === 'optimal'
        ? 'This allocation is certified efficient: its welfare and a bound on the welfare of every other allocation agree within the tolerance.'
        : 'This allocation can be had, but it is not certified efficient: another may make more welfare.',
      `Nothing is hidden from the seller here. The allocation makes a welfare of ${formatMoney(attained, units)}; none makes more than ` +
        `${formatMoney(upperBound, units)} (relative gap ${formatSize(relativeGap)}).`,
      ...(goods === undefined ? [] : [cellWords(goods)]),
    ];
  }
  if (grid !== undefined) {
    const place = goods === undefined ? `${grid.values} values and ${grid.scales} scales` : gridSize(grid);
    return [
      verdict,
      `With the continuous buyers, who take whatever they like best, its ${earned} is at least ${formatMoney(attained, units)}: what it makes, less what the integration may be off by. No menu of any kind can make more with ` +
        `them than ${formatMoney(upperBound, units)}, which is ${boundWords(population)}: the relative gap is ${formatSize(relativeGap)}.`,
      'This holds for the whole population, to the accuracy of the quadrature.',
      `The menu was sought on a grid of ${place}. Of the grid, not of the buyers, this is certified: its menu ` +
        `earns ${formatMoney(grid.profit, units)}, and its bound ${formatMoney(grid.upperBound, units)} (relative gap ${formatSize(grid.relativeGap)}).`,
    ];
  }
  return [
    verdict,
    earned === 'profit'
      ? `It earns ${formatMoney(attained, units)} from buyers who take whatever they like best. No menu of any kind can earn more than ` +
        `${formatMoney(upperBound, units)}: the relative gap is ${formatSize(relativeGap)}.`
      : `With buyers who take whatever they like best its ${earned} is ${formatMoney(attained, units)}. No menu of any kind can make more of that than ` +
        `${formatMoney(upperBound, units)}: the relative gap is ${formatSize(relativeGap)}.`,
    violationWords(certificate, units),
    certificate.of === 'population'
      ? 'This holds for the whole population, to the accuracy of the quadrature and of the grid of buyers that was audited.'
      : goods === undefined
        ? 'This holds for the types listed, each against every other.'
        : cellWords(goods),
  ];
};

/** Of whom the certificate speaks where cells stand for continuous buyers. */
export const cellWords = ({ cells }: NonNullable<Result['goods']>): string =>
  `This holds for a grid of ${cells.join(' × ')} cells, each with the buyers in it at its midpoint; it is no bound on what a menu earns from the continuous buyers.`;

const violationWords = (
  { maxIncentiveViolation, maxParticipationViolation }: CertificateResult,
  units: Units | undefined,
): string =>
  `Among the buyers audited ${(
    [
      [certificateLabels.incentives, maxIncentiveViolation],
      [certificateLabels.participation, maxParticipationViolation],
    ] as const
  )
    .map(([[label, meaning], size]) => `the ${label} (${meaning}) is ${formatSize(size)}`)
    .join(', and ')}, both in ${moneyUnit(units) || 'money'}.`;
