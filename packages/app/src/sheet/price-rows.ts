import { type InputError, rounded } from '@menusmith/core';
import { type CsvTable, complaint } from '../study/csv-table.ts';
import { shortened } from '../study/describe-value.ts';
import { type Dated, isDate } from './dated-prices.ts';
import { type CellStyle, numberOf } from './delimited-text.ts';
import type { AmountColumn, Column } from './price-columns.ts';

/** Tokens that prices are for where a list says what they are for, as in JSON. */
export const PER = 1e6;

/** As the list calls the column of this kind. */
export const nameOf = (
  { columns: names }: CsvTable,
  columns: readonly Column[],
  kind: Column['kind'],
): string => shortened(names[columns.findIndex((column) => column.kind === kind)] ?? kind);

/** Reads the cells of a row by what their columns hold; throws InputError with file, line and column. */
export const rowReader = (table: CsvTable, style: CellStyle, columns: readonly Column[]) => {
  const factors = factorsOf(columns, table);
  return (line: number, cells: readonly string[]) => readerOf(table, style, columns, factors, line, cells);
};

const readerOf = (
  table: CsvTable,
  style: CellStyle,
  columns: readonly Column[],
  factors: readonly number[],
  line: number,
  cells: readonly string[],
) => {
  const { file, columns: names } = table;
  const number = (k: number, isZeroAllowed: boolean): number | undefined =>
    moneyIn(withoutUnit(cells[k]!, columns[k]!), style, isZeroAllowed, (message) =>
      complaint(file, line, `column ${shortened(names[k]!)}: ${message}`),
    );
  const text = (kind: 'model' | 'tier' | 'token' | 'from' | 'to'): string => {
    const k = columns.findIndex((column) => column.kind === kind);
    return k < 0 ? '' : cells[k]!;
  };
  const date = (kind: 'from' | 'to'): string | null => {
    const cell = text(kind);
    if (/^(?:|-|–|—|null)$/.test(cell)) return null;
    if (isDate(cell)) return cell;
    const column = nameOf(table, columns, kind);
    throw complaint(
      file,
      line,
      `column ${column}: expected a date such as 2025-01-31, got the text "${shortened(cell)}"`,
    );
  };
  return {
    text,
    dates: (): Dated => ({ from: date('from'), to: date('to') }),
    fee: (): number => {
      const k = columns.findIndex((column) => column.kind === 'fee');
      return k < 0 ? 0 : (number(k, true) ?? 0);
    },
    /** By kind of token, as they are served so. */
    amounts: (kind: AmountColumn['kind'], service = ''): Record<string, number> => {
      const found: Record<string, number> = {};
      columns.forEach((column, k) => {
        if (column.kind !== kind || column.service !== service) return;
        const amount = number(k, kind === 'price');
        if (amount !== undefined) found[column.token] = rounded(amount * factors[k]!, 15);
      });
      return found;
    },
  };
};

/** What the amounts of each column are multiplied by, to be for as many tokens as all others; 1 where all are for as many, or none says. */
const factorsOf = (
  columns: readonly Column[],
  { file, columns: names, headerLine }: CsvTable,
): readonly number[] => {
  const isOther = columns.some(
    (column) => 'token' in column && column.per !== undefined && column.per !== PER,
  );
  return columns.map((column, k) => {
    if (!isOther || !('token' in column)) return 1;
    if (column.per !== undefined) return PER / column.per;
    throw complaint(
      file,
      headerLine,
      `column ${shortened(names[k]!)}: expected in its name what a price is for, as / 1M tokens, because other columns say it`,
    );
  });
};

/** `$3 / MTok` → `$3`, where that is for as many tokens as the column and others are. */
const withoutUnit = (cell: string, column: Column): string => {
  const at = cell.search(/\/|\bper\b/i);
  if (at <= 0 || !('token' in column) || (column.per ?? PER) !== PER) return cell;
  const unit = cell.slice(at);
  return /^(?:\/|per\b) *(?:1 ?)?(?:m|million) ?(?:tok(?:en)?s?)?$/i.test(unit)
    ? cell.slice(0, at).trimEnd()
    : cell;
};

/** Of a text without two spaces in a row, as every one of them would be tried from every other. */
const MONEY = /^(-?) ?(?:[$€£¥]|[A-Z]{3}\b)? ?(.*?) ?(?:[$€£¥]|\b[A-Z]{3})?$/;

/** `2.50` or `$2.50`; nothing, a dash or n/a where there is no price. */
const moneyIn = (
  cell: string,
  { decimalMark }: CellStyle,
  isZeroAllowed: boolean,
  complain: (message: string) => InputError,
): number | undefined => {
  if (/^(?:|-|–|—|n\/a|none)$/i.test(cell)) return undefined;
  const found = MONEY.exec(cell.replace(/\s+/g, ' '));
  const amount = found === null ? Number.NaN : numberOf(`${found[1]}${found[2]}`, decimalMark);
  if (!Number.isFinite(amount))
    throw complain(`expected a number such as 2.50 or $2.50, got the text "${shortened(cell)}"`);
  if (!(isZeroAllowed ? amount >= 0 : amount > 0))
    throw complain(`expected a number ${isZeroAllowed ? 'of at least 0' : 'above 0'}, got ${amount}`);
  return amount;
};
