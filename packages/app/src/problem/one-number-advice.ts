import { degreeOf } from '../study/degree.ts';
import type { Study } from '../study/study.ts';

/**
 * What would have the buyers of this study differ in one number, in words: only what the study takes. A scale of theirs, where they have some; packages,
 * where the technology makes one number of a buyer. Nothing where neither does.
 */
export const oneNumberAdvice = ({ buyers, contract, technology }: Study): readonly string[] => {
  if (contract !== 'allocations' || buyers.kind === 'representative') return [];
  const scale = someScale(buyers);
  return [
    ...(scale === undefined ? [] : [`--scale ${scale}, say, for buyers of that one scale`]),
    ...(degreeOf(technology) === undefined ? [] : ['contract: packages']),
  ];
};

const someScale = (buyers: Study['buyers']): number | undefined => {
  if (buyers.kind === 'value-scale') {
    const { min, max } = buyers.scale;
    const middle = (min + max) / 2;
    const short = Number(middle.toPrecision(3));
    return short > min && short < max ? short : middle;
  }
  if (buyers.kind === 'profiles' || buyers.kind === 'representative') return undefined;
  // As exact as the list has it.
  return buyers.types.find(({ scale, mass }) => scale > 0 && mass > 0)?.scale;
};

/** The same as the end of a message: nothing where there is no such way. */
export const expectedOneNumber = (study: Study): string => {
  const ways = oneNumberAdvice(study);
  return ways.length === 0 ? '' : `; expected ${ways.join(', or ')}`;
};
