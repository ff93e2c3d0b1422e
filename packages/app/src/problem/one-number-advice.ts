import { degreeOf } from '../study/degree.ts';
import type { Study } from '../study/study.ts';
import { type NamedBuyers, namedBuyers } from './named-buyers.ts';

/**
 * What would have the buyers of this study differ in one number, in words: only what the study takes. A scale of theirs, where they have some; packages,
 * where the technology makes one number of a buyer. Nothing where neither does.
 */
export const oneNumberAdvice = ({ buyers: given, contract, technology }: Study): readonly string[] => {
  const buyers = namedBuyers(given);
  const isOneNumber = buyers.kind === 'line' || (buyers.kind === 'list' && buyers.coordinates.length === 1);
  if (contract !== 'allocations' || isOneNumber) return [];
  const scale = someScale(buyers);
  return [
    ...(scale === undefined ? [] : [`--scale ${scale}, say, for buyers of that one scale`]),
    ...(degreeOf(technology) === undefined ? [] : ['contract: packages']),
  ];
};

const someScale = (buyers: NamedBuyers): number | undefined => {
  if (buyers.kind === 'plane') {
    const { min, max } = buyers.scales;
    const middle = (min + max) / 2;
    const short = Number(middle.toPrecision(3));
    return short > min && short < max ? short : middle;
  }
  // As exact as the list has it.
  return buyers.kind === 'list'
    ? buyers.types.find(({ scale = 0, mass }) => scale > 0 && mass > 0)?.scale
    : undefined;
};

/** The same as the end of a message: nothing where there is no such way. */
export const expectedOneNumber = (study: Study): string => {
  const ways = oneNumberAdvice(study);
  return ways.length === 0 ? '' : `; expected ${ways.join(', or ')}`;
};
