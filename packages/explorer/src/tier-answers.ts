import { type FewTiers, soldProblem } from '@menusmith/app/browser';
import type { TiersAnswer } from './messages.ts';

/** What the page needs of a menu of few tiers, as plain data. */
export const tiersAnswer = (found: FewTiers): TiersAnswer => {
  if ('complaint' in found) return found;
  const { study, ...answer } = found;
  // Nothing is sold here: only who the buyers are is asked.
  const buyers = soldProblem(study, { honoured: ['objective', 'outside', 'keep', 'capacity'] });
  if (buyers.kind === 'space') return answer;
  const { types } = buyers;
  const range =
    'mass' in types ? ([0, Math.max(...types.value)] as const) : ([types.min, types.max] as const);
  return { ...answer, range };
};
