import type { Result } from '../result.ts';

const number = (x: number | null | undefined): string =>
  x === null || x === undefined ? '–' : String(Number(x.toPrecision(4)));

/** What a reader of the numbers must know beside them, in sentences. */
export const notesOn = (result: Omit<Result, 'notes'>): string[] => {
  const { conditions, certificate, implementation, profit, status, twoTypes } = result;
  const notes: string[] = [];
  const rent = conditions.find(({ name }) => name === 'bounded-rent');
  if (rent && !rent.holds) {
    notes.push(
      `Assumption 1 fails at value ${number(rent.at.value)}, scale ${number(rent.at.scale)}: the scale-by-scale menu is not incentive ` +
        `compatible, and a buyer gains up to ${number(certificate.maxIncentiveViolation)} by taking an item made for another scale. ` +
        'The optimum needs flow across scales, which only a finite solver on a grid of values and scales can find; it is not built yet.',
    );
  }
  if (implementation && (implementation.deviatingShare ?? 0) > 0 && profit !== null) {
    const { attainedProfit, deviatingShare, worst, best } = implementation;
    const isRising = conditions.some(({ name, holds }) => name === 'nonincreasing-markup' && !holds);
    const lost = (of: number | null | undefined): string => `${number(100 * (1 - (of ?? 0) / profit))} %`;
    const taker = worst ? `; type ${number(worst.value)} gains ${number(worst.gain)}` : '';
    notes.push(
      `The printed two-part tariffs are not incentive compatible${isRising ? ', as the markup rises somewhere' : ''}: ${number(100 * (deviatingShare ?? 0))} % of the ` +
        `buyers take another tariff${taker}, and the seller loses ${lost(attainedProfit)} of the profit.` +
        (best ? ` The best menu of two-part tariffs loses ${lost(best.attainedProfit)}.` : ''),
    );
  }
  if (twoTypes?.regime === 'high-participation') {
    notes.push(
      'The high type’s participation binds beside her incentive constraint, a regime that Prop. 2 of the paper leaves out: ' +
        `λ = ${number(twoTypes.lambda)} is below f_H/f_L = ${number(twoTypes.massRatio)}, and no type has a rent.`,
    );
  }
  if (status !== 'optimal' && certificate.upperBound === null) {
    notes.push(
      'Supply could not be solved for some buyers: the production function may not be smooth or concave there (see check).',
    );
  }
  return notes;
};
