import type { TariffResult } from '../result.ts';
import type { TierResult, TiersResult } from '../tiers/tiers-result.ts';
import { formatNumber } from './numbers.ts';

const MOST_NAMES = 4;

/** For whom a tier is, in words: types from one to another, or the names, or the values and scales, of those who take it. */
export const tierBuyers = (
  { from, to, buyers }: Pick<TierResult, 'from' | 'to' | 'buyers'>,
  coordinate: TiersResult['coordinate'],
): string => {
  const span = ([a, b]: readonly [number, number]): string =>
    a === b ? formatNumber(a, 3) : `${formatNumber(a, 3)} to ${formatNumber(b, 3)}`;
  if (from !== null && to !== null) return `${coordinate === 'value' ? 'value' : 'θ'} ${span([from, to])}`;
  if (buyers === undefined) return '';
  const { names = [], range, types = 0 } = buyers;
  if (names.length > 0) {
    const more = types - Math.min(names.length, MOST_NAMES);
    return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  }
  return range === undefined ? `${types} types` : `values ${span(range.value)}, scales ${span(range.scale)}`;
};

/** On which tasks a tariff’s tokens can be used, counted from 1: `1, 12–32`; undefined where on all of them, or up to a cap. */
export const tariffTasks = (tariff: TariffResult | null | undefined): string | undefined => {
  if (tariff?.tasks === undefined) return undefined;
  const runs: { from: number; to: number }[] = [];
  for (const task of tariff.tasks) {
    const last = runs[runs.length - 1];
    if (last?.to === task) last.to = task + 1;
    else runs.push({ from: task + 1, to: task + 1 });
  }
  return runs.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
};
