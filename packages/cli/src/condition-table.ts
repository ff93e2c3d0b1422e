import {
  type ConditionResult,
  conditionHeads,
  conditionName,
  formatNumber,
  holdsWords,
  placeWords,
} from '@menusmith/app';
import { textTable } from './text-table.ts';

export interface CheckedStatement extends Pick<ConditionResult, 'holds' | 'margin' | 'at'> {
  /** As it is read. */
  readonly name: string;
}

/** Leaves the table within eighty columns. */
const PLACE_WIDTH = 28;

/** The conditions of the propositions under their names. */
export const namedConditions = (conditions: readonly ConditionResult[]): readonly CheckedStatement[] =>
  conditions.map((condition) => ({ ...condition, name: conditionName(condition.name) }));

/** What was checked: whether it holds, by what margin, and where that is least. */
export const conditionTable = (title: string, statements: readonly CheckedStatement[]): string =>
  textTable({
    head: ['', title, conditionHeads.margin, conditionHeads.place],
    rows: statements.map(({ name, holds, margin, at }) => [
      holdsWords(holds).sign,
      name,
      formatNumber(margin),
      placeWords({ ...at }),
    ]),
    align: ['left', 'left', 'right', 'left'],
    widths: [null, null, null, PLACE_WIDTH],
  });
