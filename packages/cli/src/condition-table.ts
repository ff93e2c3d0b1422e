import { type ConditionResult, formatNumber } from '@menusmith/app';
import { formatPlace, formatWords, tick } from './format.ts';
import { textTable } from './text-table.ts';

export interface CheckedStatement extends Pick<ConditionResult, 'holds' | 'margin' | 'at'> {
  readonly name: string;
}

/** Leaves the table within eighty columns. */
const PLACE_WIDTH = 28;

/** What was checked: whether it holds, by what margin, and where that is least. */
export const conditionTable = (title: string, statements: readonly CheckedStatement[]): string =>
  textTable({
    head: ['', title, 'margin', 'tightest at'],
    rows: statements.map(({ name, holds, margin, at }) => [
      tick(holds),
      formatWords(name),
      formatNumber(margin),
      formatPlace(at),
    ]),
    align: ['left', 'left', 'right', 'left'],
    widths: [null, null, null, PLACE_WIDTH],
  });
