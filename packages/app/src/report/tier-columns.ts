import { amountUnit, moneyUnit, priceUnit, type Units, withUnit } from '../study/units.ts';
import type { TierResult } from '../tiers/tiers-result.ts';
import { formatNumber } from './numbers.ts';
import { MOST_TASKS } from './sold-items.ts';
import { tariffTasks } from './tier-words.ts';

/** An item of a menu, as far as it is known. */
export type ShownItem = Pick<TierResult, 'quality' | 'transfer' | 'inputs'> &
  Partial<Pick<TierResult, 'cost' | 'margin' | 'tariff' | 'model' | 'profile'>>;

/** A quantity of items in words, with its unit, and of each item. */
export type TierColumn = readonly [head: string, cell: (tier: ShownItem) => string];

/**
 * What an item costs its buyers and the seller, and what is in it, as far as the tiers have it: of a tariff in the mean over those who take it. `tasks` are
 * the names of tasks that are listed one by one, as goods are. Amounts are quoted ones.
 */
export const tierColumns = (
  tiers: readonly ShownItem[],
  isTariff: boolean,
  units: Units | undefined,
  tasks: readonly string[] = [],
): readonly TierColumn[] => {
  const namesOf = (read: (tier: ShownItem) => object): string[] => [
    ...new Set(tiers.flatMap((tier) => Object.keys(read(tier)))),
  ];
  const mean = isTariff ? 'mean ' : '';
  const money = (head: string): string => withUnit(head, moneyUnit(units));
  const columns: readonly TierColumn[] = [
    [money('upfront fee'), ({ tariff }) => formatNumber(tariff?.upfront)],
    ['markup', ({ tariff }) => formatNumber(tariff?.markup)],
    ...namesOf(({ tariff }) => tariff?.prices ?? {}).map(
      (name): TierColumn => [
        withUnit(`price of ${name}`, priceUnit(units, name)),
        ({ tariff }) => formatNumber(tariff?.prices[name]),
      ],
    ),
    ['on tasks', ({ tariff }) => tariffTasks(tariff) ?? '–'],
    [money(isTariff ? 'mean payment' : 'price'), ({ transfer }) => formatNumber(transfer)],
    [money(`${mean}cost`), ({ cost }) => formatNumber(cost)],
    [money(`${mean}profit on it`), ({ margin }) => formatNumber(margin)],
    [`${mean}quality`, ({ quality }) => formatNumber(quality)],
    ...(tasks.length > MOST_TASKS ? [] : tasks).map(
      (name, m): TierColumn => [name, ({ profile }) => formatNumber(profile?.[m])],
    ),
    ...namesOf(({ inputs }) => inputs).map(
      (name): TierColumn => [
        withUnit(`${isTariff ? 'mean' : 'total'} ${name}`, amountUnit(units, name)),
        ({ inputs }) => formatNumber(inputs[name]),
      ],
    ),
    ['model', ({ model }) => model ?? '–'],
  ];
  return columns.filter(([, cell]) => tiers.some((tier) => cell(tier) !== '–'));
};
