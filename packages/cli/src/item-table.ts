import {
  formatAlignedPercent,
  type Result,
  type SoldItem,
  soldItems,
  tierColumns,
  type Units,
} from '@menusmith/app';
import { paragraph } from './paragraph.ts';
import { textTable } from './text-table.ts';

/** As many items as a person reads unasked. */
const SHOWN = 12;
const WIDEST = 80;
/** Columns that fit in eighty beside the labels, where items stand side by side. */
const BESIDE = 4;
/** Longer names go on in the next line. */
const NAME = 16;
const LABEL = 26;

/** What is sold, of listed tasks such as goods: which of them are in which item, its price, and who takes it. Amounts of the result are quoted ones. */
export const itemTable = (result: Result, units: Units | undefined): string => {
  const sold = soldItems(result, SHOWN);
  if (sold === undefined) return '';
  const { items, count } = sold;
  const columns: readonly (readonly [string, (item: SoldItem) => string])[] = [
    ...tierColumns(items, false, units, result.tasks),
    ['share of buyers', ({ share }) => formatAlignedPercent(share)],
  ];
  const lines = itemsBelow(items, columns);
  const table = lines.split('\n').every((line) => line.length <= WIDEST)
    ? lines
    : itemsBeside(items, columns);
  const more =
    count > items.length
      ? paragraph(
          `${items.length} of ${count} items: those that most buyers take; --json or --out gives all.`,
        )
      : '';
  return `${table}${more}`;
};

type Columns = readonly (readonly [string, (item: SoldItem) => string])[];

const itemsBelow = (items: readonly SoldItem[], columns: Columns): string =>
  textTable({
    head: ['item', ...columns.map(([head]) => head)],
    rows: items.map((item, k) => [String(k + 1), ...columns.map(([, cell]) => cell(item))]),
    align: ['right', ...columns.map(() => 'right' as const)],
    widths: [null, ...columns.map(([head]) => (head.length > NAME ? NAME : null))],
  });

const itemsBeside = (items: readonly SoldItem[], columns: Columns): string => {
  const blocks: string[] = [];
  for (let first = 0; first < items.length; first += BESIDE) {
    const shown = items.slice(first, first + BESIDE);
    blocks.push(
      textTable({
        head: ['', ...shown.map((_, k) => `item ${first + k + 1}`)],
        rows: columns.map(([head, cell]) => [head, ...shown.map(cell)]),
        align: ['left', ...shown.map(() => 'right' as const)],
        widths: [
          Math.min(LABEL, Math.max(...columns.map(([head]) => head.length))),
          ...shown.map(() => null),
        ],
      }),
    );
  }
  return blocks.join('\n');
};
