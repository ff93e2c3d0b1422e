import type { TypeResult } from '../result.ts';
import { formatPercent } from './numbers.ts';

/** The model that serves a type, or the chances of those between which a lottery decides. */
export const modelWords = ({ model, lottery }: Pick<TypeResult, 'model' | 'lottery'>): string | undefined =>
  lottery === undefined
    ? model
    : lottery.map(({ model: name, share }) => `${name} ${formatPercent(share)}`).join(', ');
