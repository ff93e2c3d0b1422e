import { InputError, unknownTotals } from '@menusmith/core';
import { namedBuyers } from '../problem/named-buyers.ts';
import { isSolvedOnGrid } from '../study/solved-on-grid.ts';
import type { Study } from '../study/study.ts';
import type { Solved } from './solved.ts';

/**
 * The answer where there is no population to solve for, since a distribution contradicts itself: no number at all. What such functions do to
 * quadrature is anybody's guess; it may take for ever.
 */
export const unsolved = (study: Study, doubts: readonly string[]): Solved => {
  const { contract } = study;
  const isByScale = namedBuyers(study.buyers).kind === 'plane' && contract === 'allocations';
  return {
    method:
      contract === 'efficient'
        ? 'efficient'
        : !isByScale
          ? 'one-dimensional'
          : isSolvedOnGrid(study)
            ? 'finite'
            : 'scale-by-scale',
    totals: unknownTotals,
    efficient: () => unknownTotals,
    certificate: {
      of: 'population',
      attained: Number.NaN,
      upperBound: Number.NaN,
      maxIncentiveViolation: Number.NaN,
      maxParticipationViolation: Number.NaN,
    },
    money: Number.NaN,
    conditions: [],
    pools: [],
    types: [],
    use: () => ({}),
    quote: () => {
      throw new InputError('no-population', `there is nothing to quote: ${doubts.join('; ')}`, ['buyers']);
    },
  };
};
