import type { MenuTable } from '../menu-table.ts';
import type { Result } from '../result.ts';
import type { Units } from '../study/units.ts';
import type { FewTiers } from '../tiers/few-tiers.ts';
import type { TierMenu, TiersResult } from '../tiers/tiers-result.ts';
import { paragraphs, table } from './html-text.ts';
import { formatCell, formatPercent } from './numbers.ts';
import { columnWords, formatMoney, quoted } from './quoted.ts';
import { shownMenu } from './shown-menu.ts';
import { soldItems } from './sold-items.ts';
import { tierColumns } from './tier-columns.ts';
import { tierBuyers } from './tier-words.ts';

/** Items that one reads. */
const MOST_ITEMS = 24;

/** Which good is in which item. */
export const soldSection = (result: Result, units: Units | undefined): string => {
  const sold = soldItems(result, MOST_ITEMS);
  if (sold === undefined) return '';
  const { items, count } = sold;
  const columns = tierColumns(items, false, units, result.tasks);
  return table(
    count > items.length
      ? `What is sold: ${items.length} of ${count} items, those that most buyers take, from the cheapest to the dearest`
      : 'What is sold, from the cheapest item to the dearest',
    ['item', ...columns.map(([head]) => head), 'share of buyers'],
    items.map((item, k) => [
      String(k + 1),
      ...columns.map(([, cell]) => cell(item)),
      formatPercent(item.share),
    ]),
    'numbers-table',
  );
};

/** What buyers get and pay, as far as one reads it. */
export const menuSection = (menu: MenuTable, units: Units | undefined): string => {
  if (menu.rows.length === 0) return '';
  const shown = shownMenu(menu);
  const isAll = shown.rows.length === menu.rows.length;
  const caption = isAll
    ? 'What every type gets and pays'
    : `What some buyers get and pay: ${shown.rows.length} of ${menu.rows.length} rows`;
  return (
    `<p>Numbers in six digits; <a href="menu.csv">menu.csv</a> has ${isAll ? 'them' : 'all rows'} in full${units === undefined ? '' : ', in the study’s own units'}.</p>\n` +
    table(
      caption,
      shown.columns.map((column) => columnWords(column, units)),
      shown.rows.map((row) => row.map(formatCell)),
      'numbers-table',
    )
  );
};

/** What a menu keeps of what the full one earns, or of the objective where that is not profit. */
const keptWords = (
  { share, objective }: TierMenu,
  full: TiersResult['full'],
  units: Units | undefined,
): string => {
  if (objective !== undefined && full.objective !== undefined)
    return `beside the full menu’s ${formatMoney(full.profit, units)}, and has an objective of ${formatMoney(objective, units)}, ${
      share === null ? '' : `${formatPercent(share)} of `
    }the full menu’s (${formatMoney(full.objective, units)})`;
  const kept =
    share === null ? 'beside the full menu’s' : `${formatPercent(share)} of what the full menu earns`;
  return `${kept} (${formatMoney(full.profit, units)})`;
};

/** What a few items keep of the profit, and the items. */
export const smallMenu = (found: FewTiers | undefined, units: Units | undefined): string => {
  if (found === undefined) return '';
  if ('complaint' in found) return paragraphs([found.complaint]);
  const { menu, full, kind, coordinate, notes } = quoted(found, units);
  const { tiers, profit, served } = menu;
  const isTariff = kind === 'two-part-tariff';
  const count = `${tiers.length} ${isTariff ? 'two-part tariff' : 'item'}${tiers.length === 1 ? '' : 's'}`;
  const words = [
    `${coordinate === null ? 'A menu' : 'The best menu'} of ${count} earns ${formatMoney(profit, units)}, ${keptWords(menu, full, units)}; ` +
      `${formatPercent(served)} of the buyers take ${tiers.length === 1 ? 'it' : 'one of them'}.`,
    ...notes,
  ];
  const columns = tierColumns(tiers, isTariff, units, found.tasks);
  return `${paragraphs(words)}\n${table(
    'The items, from the cheapest to the dearest',
    ['item', ...columns.map(([head]) => head), 'share of buyers', 'taken by'],
    tiers.map((tier, k) => [
      String(k + 1),
      ...columns.map(([, cell]) => cell(tier)),
      formatPercent(tier.share),
      tierBuyers(tier, coordinate),
    ]),
    'numbers-table with-words',
  )}`;
};
