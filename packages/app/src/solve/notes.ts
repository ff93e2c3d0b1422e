import type { ProductionAssumption } from '@menusmith/core';
import { implementationWords } from '../report/implementation-words.ts';
import { lossPercent } from '../report/loss.ts';
import { formatNumber, formatPercent, formatSize } from '../report/numbers.ts';
import { formatMoney, quoted } from '../report/quoted.ts';
import { isFound } from '../report/side-by-side.ts';
import { termsWords } from '../report/terms-words.ts';
import type { ModelShare, Result } from '../result.ts';
import type { Study } from '../study/study.ts';
import type { Units } from '../study/units.ts';
import { doubtNote } from './doubts.ts';
import { nonconcavity } from './supply/supply-of.ts';

const number = (x: number | null | undefined): string => formatNumber(x, 4);

/** What a reader of the numbers must know beside them, in sentences. */
export const notesOn = (
  solved: Omit<Result, 'notes'>,
  {
    buyers,
    contract,
    implementation: asked,
    technology,
    terms,
    units,
  }: Pick<Study, 'buyers' | 'contract' | 'implementation' | 'technology' | 'terms' | 'units'>,
): string[] => {
  const result = quoted(solved, units);
  const money = (x: number | null): string => formatMoney(x, units, 4);
  const { conditions, certificate, implementation, profit, status, twoTypes } = result;
  const notes: string[] = [...(buyers.remarks ?? [])];
  // All else that could be said rests on the same numbers.
  if (certificate.doubts !== undefined) return [...notes, ...certificate.doubts.map(doubtNote)];
  if (contract === 'efficient' && asked !== 'direct')
    notes.push(`Nothing is sold under the contract efficient: the implementation ${asked} is left aside.`);
  notes.push(...termsWords(result, { terms, ...(units && { units }) }));
  if (result.models) notes.push(modelsNote(result.models, result.lotteries === true));
  const isSupplied = status === 'optimal' || certificate.upperBound !== null;
  const rent = conditions.find(({ name }) => name === 'bounded-rent');
  // Where supply was not solved its slopes say nothing of Assumption 1.
  if (rent && !rent.holds && isSupplied && result.method === 'scale-by-scale') {
    notes.push(
      `Assumption 1 fails at value ${number(rent.at.value)}, scale ${number(rent.at.scale)}: the scale-by-scale menu is not incentive ` +
        `compatible, and a buyer gains up to ${money(certificate.maxIncentiveViolation)} by taking an item made for another scale. ` +
        'The optimum needs flow across scales: buyers.grid: { values: 48, scales: 48 } has it found on a grid of values and scales.',
    );
  }
  if (implementation !== undefined && (implementation.deviatingShare ?? 0) > 0 && profit !== null)
    notes.push(implementationWords[implementation.kind].deviations(implementation, result, units));
  if (twoTypes?.regime === 'high-participation') {
    notes.push(
      'The high type’s participation binds beside her incentive constraint, a regime that Prop. 2 of the paper leaves out: ' +
        `λ = ${number(twoTypes.lambda)} is below f_H/f_L = ${number(twoTypes.massRatio)}, and no type has a rent.`,
    );
  }
  notes.push(...finiteNotes(result, units));
  if (!isSupplied) notes.push(unsuppliedNote(nonconcavity(technology)));
  return notes;
};

/** Why there is no upper bound. */
const unsuppliedNote = (nonconcave: ProductionAssumption | undefined): string => {
  if (nonconcave === undefined) {
    return (
      'No upper bound is known, since supply could not be solved to rounding for all buyers: what is sold to some may not be best. ' +
      'Conditions that rest on supply are not to be relied on.'
    );
  }
  const place = Object.entries(nonconcave.at).map(([name, amount]) => `${name} = ${number(amount)}`);
  return (
    `No upper bound is known, since supply is not certain to be best for all buyers: the production function is not concave around ${place.join(', ')}, ` +
    'and then no condition tells the best inputs from others. Conditions that rest on supply are not to be relied on.'
  );
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

/** Why the gap of what a finite solver solved is above the tolerance. */
const stopWords: Readonly<Record<Exclude<NonNullable<Result['finite']>['stopped'], 'converged'>, string>> = {
  interrupted:
    'The solve was ended before its tolerance was met: the menu is the best that was certified by then.',
  'most-iterations':
    'The solver ended after as many iterations as it may do, before its tolerance was met: the menu is the best that was certified.',
  stuck:
    'The solver came no nearer to its tolerance, and ended: the menu is the best that was certified, to the relative gap above.',
  numerical:
    'The solver ended before its tolerance was met, as rounding left it without a way on: the menu is the best that was certified. Types or masses that ' +
    'differ by many orders of magnitude do that.',
};

/** How a finite solve ended, what binds across scales, and whether identical tasks are treated alike. */
const finiteNotes = (result: Omit<Result, 'notes'>, units: Units | undefined): string[] => {
  const { finite, grid } = result;
  const notes: string[] = [];
  const { comparison, uniformity, binding, stopped = 'converged' } = finite ?? {};
  if (stopped !== 'converged') notes.push(stopWords[stopped]);
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

/** Of whom the numbers speak where a grid stood for continuous buyers, and what the gap then says. */
const populationNotes = (
  { status, certificate, population, grid }: Omit<Result, 'notes'>,
  units: Units | undefined,
): string[] => {
  if (population === undefined || grid === undefined) return [];
  const { values, scales, extrapolatedProfit } = grid;
  const notes = [
    `All numbers speak of the continuous buyers, who take what they like best. Only those said to be of the grid speak of the ${values} values and ` +
      `${scales} scales that stood for them while the menu was sought: ${isFound(grid) ? 'the optimum' : 'the best menu so far'} of the grid ${isFound(grid) ? 'is' : 'earns'} ${formatMoney(grid.profit, units, 4)}, with a relative gap of ` +
      `${formatSize(grid.relativeGap)} of the grid, and another menu may earn more than that from the continuous buyers.`,
  ];
  if (status === 'feasible' && certificate.upperBound !== null)
    notes.push(
      `The menu is not certified optimal: the bound of ${formatMoney(certificate.upperBound, units)} is what a seller would earn who saw the scales of all buyers, ` +
        `and the best menu for hidden scales may lie anywhere below it. The gap of ${formatPercent(certificate.relativeGap)} is as much the bound’s as ` +
        'the menu’s: a finer grid betters the menu, and does not lower the bound.',
    );
  if (extrapolatedProfit !== null)
    notes.push(
      `The optimum of ever finer grids tends to ${formatMoney(extrapolatedProfit, units, 4)}, extrapolated from this grid and half of it: an estimate of what the ` +
        'best menu earns.',
    );
  else if (isHalved(values) && isHalved(scales))
    notes.push(
      'No limit of ever finer grids is told: the solve was ended before it was known, or, extrapolated from half the grid, it would lie above ' +
        'the bound or below what this menu earns, and be wrong.',
    );
  return notes;
};

/** Grids from which `extrapolatedProfit` is sought. */
const isHalved = (points: number): boolean => points % 2 === 0 && points >= 8;
