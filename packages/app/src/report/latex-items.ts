import type { Result } from '../result.ts';
import type { Units } from '../study/units.ts';
import { escapeLatex } from './latex-text.ts';
import { formatNumber, formatPercent, numberFormula } from './numbers.ts';
import { type SoldItem, soldItems } from './sold-items.ts';
import { tierColumns } from './tier-columns.ts';

/** Columns that fit a page's width, and rows under the headline numbers. */
const MOST_COLUMNS = 7;
const MOST_ROWS = 18;

/** What is sold as a tabular, where the result tells it: items below one another, or side by side where much is to be said of each. */
export const latexItems = (
  result: Result,
  units: Units | undefined,
): { readonly lines: readonly string[]; readonly note: string } | undefined => {
  const all = soldItems(result);
  if (all === undefined) return undefined;
  const heads = columnsOf(all.items, result, units);
  const isBeside = heads.length + 1 > MOST_COLUMNS;
  const { items, count } = soldItems(result, isBeside ? MOST_COLUMNS - 1 : MOST_ROWS)!;
  const columns = columnsOf(items, result, units);
  const rows = isBeside
    ? columns.map(([head, cell]) => [escapeLatex(head), ...items.map((item) => cell(item))])
    : items.map((item, k) => [formula(String(k + 1)), ...columns.map(([, cell]) => cell(item))]);
  const top = isBeside
    ? ['', ...items.map((_, k) => `item ${k + 1}`)]
    : ['item', ...columns.map(([head]) => escapeLatex(head))];
  return {
    note: items.length < count ? ` The items: the ${items.length} of ${count} that most buyers take.` : '',
    lines: [
      `  \\begin{tabular}{${isBeside ? 'l' : 'r'}${'r'.repeat(top.length - 1)}}`,
      '    \\toprule',
      `    ${top.join(' & ')} \\\\`,
      '    \\midrule',
      ...rows.map((row) => `    ${row.join(' & ')} \\\\`),
      '    \\bottomrule',
      '  \\end{tabular}',
    ],
  };
};

const columnsOf = (
  items: readonly SoldItem[],
  { tasks }: Result,
  units: Units | undefined,
): readonly (readonly [string, (item: SoldItem) => string])[] => [
  ...tierColumns(items, false, units, tasks).map(
    ([head, cell]): readonly [string, (item: SoldItem) => string] => [
      head,
      (item) =>
        item.model !== undefined && cell(item) === item.model ? escapeLatex(item.model) : formula(cell(item)),
    ],
  ),
  ['share of buyers', ({ share }) => escapeLatex(formatPercent(share))],
];

/** A formatted number in mathematics. */
const formula = (text: string): string => (text === formatNumber(null) ? '--' : numberFormula(text));
