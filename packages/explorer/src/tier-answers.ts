import { type FewTiers, screenedBuyers } from '@menusmith/app/browser';
import type { TiersAnswer } from './messages.ts';

/** What the page needs of a menu of few tiers, as plain data. */
export const tiersAnswer = (found: FewTiers): TiersAnswer => {
  if ('complaint' in found) return found;
  const { study, ...answer } = found;
  const buyers = screenedBuyers(study);
  if (buyers.kind === 'any') return answer;
  const { types } = buyers;
  const range =
    'mass' in types ? ([0, Math.max(...types.value)] as const) : ([types.min, endOf(types)] as const);
  return { ...answer, range };
};

/** An endless upper tail is cut at its last thousandth. */
const endOf = ({ max, quantile }: { max: number; quantile(u: number): number }): number =>
  Number.isFinite(max) ? max : quantile(0.999);
