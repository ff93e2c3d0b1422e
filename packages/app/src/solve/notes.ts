import { gridName } from '../report/certificate-words.ts';
import { implementationWords } from '../report/implementation-words.ts';
import { lossPercent } from '../report/loss.ts';
import { formatNumber, formatPercent, formatSize } from '../report/numbers.ts';
import { formatMoney, quoted } from '../report/quoted.ts';
import { isFound } from '../report/side-by-side.ts';
import { termsWords } from '../report/terms-words.ts';
import type { ModelShare, Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import type { Units } from '../study/units.ts';

const number = (x: number | null | undefined): string => formatNumber(x, 4);

/** What a reader of the numbers must know beside them, in sentences. */
export const notesOn = (
  solved: Omit<Result, 'notes'>,
  {
    buyers,
    contract,
    implementation: asked,
    terms,
    units,
  }: Pick<Study, 'buyers' | 'contract' | 'implementation' | 'terms' | 'units'>,
): string[] => {
  const result = quoted(solved, units);
  const { certificate, implementation, profit, twoTypes } = result;
  const notes: string[] = [...(buyers.remarks ?? [])];
  for (const { code, what, remedy } of result.reasons) {
    // The gap is told with the certificate.
    if (code !== 'gap') notes.push(`${what} ${remedy}`);
  }
  // All else that could be said rests on the same numbers.
  if (certificate.doubts !== undefined) return notes;
  if (contract === 'efficient' && asked !== 'direct')
    notes.push(`Nothing is sold under the contract efficient: the implementation ${asked} is left aside.`);
  notes.push(...termsWords(result, { terms, ...(units && { units }) }));
  if (result.models) notes.push(modelsNote(result.models, result.lotteries === true));
  if (implementation !== undefined && (implementation.deviatingShare ?? 0) > 0 && profit !== null)
    notes.push(implementationWords[implementation.kind].deviations(implementation, result, units));
  if (twoTypes?.regime === 'high-participation') {
    notes.push(
      'The high type’s participation binds beside her incentive constraint, a regime that Prop. 2 of the paper leaves out: ' +
        `λ = ${number(twoTypes.lambda)} is below f_H/f_L = ${number(twoTypes.massRatio)}, and no type has a rent.`,
    );
  }
  notes.push(...finiteNotes(result, units));
  return notes;
};

/** Who serves whom, and who nobody. */
const modelsNote = (models: readonly ModelShare[], hasLotteries: boolean): string =>
  `Every buyer has the model that is best for her${hasLotteries ? ', or a lottery between models that are as good, which counts by its chances' : ''}: ${models
    .map(({ name, share }) =>
      share > NOBODY ? `${name} serves ${formatPercent(share)} of all buyers` : `${name} serves nobody`,
    )
    .join('; ')}.`;
/** A share that is rounding. */
const NOBODY = 1e-9;

/** What binds across scales, and whether identical tasks are treated alike. */
const finiteNotes = (result: Omit<Result, 'notes'>, units: Units | undefined): string[] => {
  const { finite, grid } = result;
  const notes: string[] = [];
  const { comparison, uniformity, binding } = finite ?? {};
  if (comparison !== undefined) {
    const { observableScale, optimum, scaleByScale } = comparison;
    const start =
      grid === undefined
        ? 'Hidden scales cost'
        : `In the grid of ${grid.values} × ${grid.scales} types hidden scales cost`;
    notes.push(
      `${start} the seller ${lossPercent(optimum, observableScale)} of what seen ones would earn. Offering the scale-by-scale menu to all ` +
        `would cost ${lossPercent(scaleByScale.attainedProfit, observableScale)}, as ${number(100 * scaleByScale.deviatingShare)} % of the buyers ` +
        `gain by another item. ${binding?.acrossScales ?? 0} of the ${binding?.count ?? 0} binding incentive constraints are across scales.`,
    );
  }
  if (uniformity !== undefined && !uniformity.isUniform) {
    notes.push(
      `The ${grid === undefined ? 'optimum' : 'grid’s optimum'} treats identical tasks differently: quality is loaded on the tasks that only ` +
        `buyers of larger scale have, by up to ${number(uniformity.spread)} within one item.`,
    );
  }
  return [...notes, ...populationNotes(result, units)];
};

/** Of whom the numbers speak where a grid stood for continuous buyers. */
const populationNotes = ({ population, grid }: Omit<Result, 'notes'>, units: Units | undefined): string[] => {
  if (population === undefined || grid === undefined) return [];
  if (grid.cells !== undefined)
    return [
      `All numbers speak of the continuous buyers, who take what they like best. The menu was sought on ${gridName(grid)}, each held by its midpoint, and its prices were then ` +
        `set anew for all buyers; of the grid, whose ${isFound(grid) ? 'optimum' : 'best menu so far'} earns ${formatMoney(grid.profit, units, 4)}, speak only numbers that are said to be of it. ` +
        'Types listed are the midpoints, with what they take of this menu.',
    ];
  const { values, scales, extrapolatedProfit } = grid;
  const notes = [
    `All numbers speak of the continuous buyers, who take what they like best. Only those said to be of the grid speak of the ${values} values and ` +
      `${scales} scales that stood for them while the menu was sought: ${isFound(grid) ? 'the optimum' : 'the best menu so far'} of the grid ${isFound(grid) ? 'is' : 'earns'} ${formatMoney(grid.profit, units, 4)}, with a relative gap of ` +
      `${formatSize(grid.relativeGap)} of the grid, and another menu may earn more than that from the continuous buyers.`,
  ];
  if (extrapolatedProfit !== null)
    notes.push(
      `The optimum of ever finer grids tends to ${formatMoney(extrapolatedProfit, units, 4)}, extrapolated from this grid and half of it: an estimate of what the ` +
        'best menu earns.',
    );
  else if (isHalved(values ?? 0) && isHalved(scales ?? 0))
    notes.push(
      'No limit of ever finer grids is told: the solve was ended before it was known, or, extrapolated from half the grid, it would lie above ' +
        'the bound or below what this menu earns, and be wrong.',
    );
  return notes;
};

/** Grids from which `extrapolatedProfit` is sought. */
const isHalved = (points: number): boolean => points % 2 === 0 && points >= 8;
