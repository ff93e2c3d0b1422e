import { firstUnprintable, type InputError, limits, requireWithin } from '@menusmith/core';
import { complaint } from '../../study/csv-table.ts';
import { shortened } from '../../study/describe-value.ts';
import type { DatedPrices } from '../prices/dated-prices.ts';
import { type MonthPrices, monthPrices } from '../prices/month-prices.ts';
import {
  cellAmount,
  cellMonth,
  cellText,
  delimitedRows,
  monthName,
  type ReadBytes,
  type RowBytes,
} from './delimited-bytes.ts';
import { type UsageColumns, usageColumns } from './usage-columns.ts';
import { UsageLog } from './usage-log.ts';

/** A log, and what became of its rows. */
export interface ReadUsage {
  readonly log: UsageLog;
  readonly prices: (model: string, month: number) => MonthPrices;
  readonly counts: UsageCounts;
  /** Columns that were not read. */
  readonly others: readonly string[];
}

/** Every row is in one of these: used, idle, or left out for a reason. */
interface UsageCounts {
  rows: number;
  used: number;
  /** All tokens 0. */
  idle: number;
  /** Of these, rows on which money was spent all the same. */
  paidFor: number;
  /** Used or idle rows of a customer, model and month that had one before; they are added up. */
  repeated: number;
  /** By reason, in words that follow a number: `rows of gpt-x, which has no price`. */
  readonly left: Map<string, number>;
  /** Tokens times prices, and what the log says was spent, over used rows. */
  listed: number;
  stated: number;
}

/** How far a log is read. */
export interface ReadSoFar {
  readonly rows: number;
  readonly customers: number;
  readonly models: readonly string[];
}

const ROWS_A_STEP = 20_000;

/**
 * Reads a log, one row a customer, month and model, in memory that depends on customers, models and months alone; prices tell which rows can be used.
 * Yields how far it is from time to time, and at the end. Throws InputError with file and line for a cell that is wrong.
 */
export function* readingUsage(
  read: ReadBytes,
  file: string,
  list: DatedPrices,
  map: ReadonlyMap<string, string>,
  firstBytes: string,
): Generator<ReadSoFar, ReadUsage, undefined> {
  const fail = (line: number, message: string): InputError => complaint(file, line, message);
  const rows = delimitedRows(read, delimiterOf(firstBytes), fail);
  const header = rows.next();
  if (header.done === true) throw complaint(file, undefined, 'the file is empty');
  const names = Array.from({ length: header.value.count }, (_, k) => cellText(header.value, k));
  for (const name of names) requirePrintable(name, (message) => fail(header.value.line, message));
  const columns = usageColumns(names, map, file, header.value.line);
  const log = new UsageLog(
    columns.inputs.map(({ name }) => name),
    columns.requests !== undefined,
  );
  const counts: UsageCounts = {
    rows: 0,
    used: 0,
    idle: 0,
    paidFor: 0,
    repeated: 0,
    left: new Map(),
    listed: 0,
    stated: 0,
  };
  const prices = monthPrices(list, log.inputs);
  const take = rowTaker({ log, columns, counts, prices, list, file, names });
  const soFar = (): ReadSoFar => ({
    rows: counts.rows,
    customers: log.customers.count,
    models: [...log.models],
  });
  for (const row of rows) {
    take(row);
    if (++counts.rows % ROWS_A_STEP === 0) yield soFar();
  }
  if (counts.rows === 0) throw complaint(file, undefined, 'expected rows below the header, got none');
  yield soFar();
  return { log, prices, counts, others: columns.others };
}

const requirePrintable = (text: string, fail: (message: string) => InputError): void => {
  const found = firstUnprintable(text);
  if (found !== undefined) throw fail(`expected characters that are printed, got ${found.name}`);
  if (text.includes('\uFFFD')) throw fail('expected text in UTF-8, got bytes that are none');
};

/** The one of comma, semicolon and tab that stands most often in the first line that is no comment. */
const delimiterOf = (text: string): number => {
  const header = text.split(/\r?\n/).find((line) => !/^\s*(?:#|$)/.test(line)) ?? '';
  const bare = header.replace(/"[^"]*"/g, '');
  const marks = [',', ';', '\t'];
  const counts = marks.map((mark) => bare.split(mark).length);
  return marks[counts.indexOf(Math.max(...counts))]!.charCodeAt(0);
};

interface Taking {
  readonly log: UsageLog;
  readonly columns: UsageColumns;
  readonly counts: UsageCounts;
  readonly prices: (model: string, month: number) => MonthPrices;
  readonly list: DatedPrices;
  readonly file: string;
  readonly names: readonly string[];
}

const rowTaker = ({ log, columns, counts, prices, list, file, names }: Taking): ((row: RowBytes) => void) => {
  const { inputs, requests, spend } = columns;
  const amounts = new Float64Array(inputs.length);
  /** By model, then month. */
  const known: (MonthPrices | undefined)[][] = [];
  const modelNumber = modelNumbers(log, list, columns.model, file);
  const leave = (reason: string): void => void counts.left.set(reason, (counts.left.get(reason) ?? 0) + 1);
  const wrong = (row: RowBytes, k: number, expected: string): InputError => {
    const text = cellText(row, k);
    const came = text === '' ? 'nothing' : `the text "${shortened(text)}"`;
    return complaint(file, row.line, `${names[k]}: expected ${expected}, got ${came}`);
  };
  const amount = (row: RowBytes, k: number, what: string): number => {
    const number = cellAmount(row, k);
    if (Number.isNaN(number)) throw wrong(row, k, `${what}, a number of at least 0`);
    return number;
  };
  return (row) => {
    if (row.count !== names.length)
      throw complaint(file, row.line, `expected ${names.length} cells as in the header, got ${row.count}`);
    if (row.starts[columns.customer] === row.ends[columns.customer])
      throw wrong(row, columns.customer, 'a customer');
    const month = cellMonth(row, columns.month);
    if (Number.isNaN(month)) throw wrong(row, columns.month, 'a month such as 2026-03');
    let total = 0;
    for (let j = 0; j < inputs.length; j++) {
      amounts[j] = amount(row, inputs[j]!.at, 'tokens');
      total += amounts[j]!;
    }
    const calls = requests === undefined ? 0 : amount(row, requests, 'requests');
    const stated = spend === undefined ? 0 : amount(row, spend, 'money spent');
    const model = modelNumber(row);
    known[model] ??= [];
    known[model][month] ??= prices(log.models[model]!, month);
    const at = known[model][month];
    const reason = total > 0 ? unpriced(at, amounts, log, model, month) : undefined;
    if (reason !== undefined) {
      leave(reason);
      return;
    }
    const customer = log.customers.numberOf(
      row.bytes,
      row.starts[columns.customer]!,
      row.ends[columns.customer]!,
      (name) =>
        requirePrintable(name, (message) =>
          complaint(file, row.line, `${names[columns.customer]}: ${message}`),
        ),
    );
    const before = log.cells;
    const cell = log.cellOf(customer, model, month);
    if (cell < before) counts.repeated++;
    else requireWithin(limits.usageCells, log.cells);
    if (calls > 0) log.requests.set(cell, log.requests.get(cell) + calls);
    if (total === 0) {
      counts.idle++;
      if (stated > 0) counts.paidFor++;
      return;
    }
    counts.used++;
    counts.stated += stated;
    for (let j = 0; j < amounts.length; j++) {
      const tokens = amounts[j]!;
      if (tokens === 0) continue;
      log.tokens[j]!.set(cell, log.tokens[j]!.get(cell) + tokens);
      counts.listed += (tokens * at.prices[j]!) / 1e6;
    }
  };
};

/** Why a row cannot be used, as it follows a number of rows; undefined where every token has its price. */
const unpriced = (
  { prices, hasAny }: MonthPrices,
  amounts: Float64Array,
  { models, inputs }: UsageLog,
  model: number,
  month: number,
): string | undefined => {
  const name = shortened(models[model]!);
  if (!hasAny) return `of ${name} in ${monthName(month)}, for which the list has no price`;
  for (let j = 0; j < amounts.length; j++)
    if (amounts[j]! > 0 && !(prices[j]! > 0))
      return `of ${name} with ${inputs[j]} tokens, which have no price in ${monthName(month)}`;
  return undefined;
};

/** Numbers of models, by the bytes of a row; a log without models has the one of the list. */
const modelNumbers = (
  log: UsageLog,
  list: DatedPrices,
  column: number | undefined,
  file: string,
): ((row: RowBytes) => number) => {
  if (column === undefined) {
    if (list.models.length !== 1)
      throw complaint(
        file,
        undefined,
        `no column called "model", and ${list.file} has prices of ${list.models.length}: expected one; --columns model=NAME says which column it is`,
      );
    log.models.push(list.models[0]!);
    return () => 0;
  }
  let last = new Uint8Array(0);
  let number = -1;
  return (row) => {
    const { bytes } = row;
    const start = row.starts[column]!;
    const length = row.ends[column]! - start;
    let isLast = number >= 0 && length === last.length;
    for (let k = 0; isLast && k < length; k++) isLast = bytes[start + k] === last[k];
    if (isLast) return number;
    const name = cellText(row, column);
    if (name === '') throw complaint(file, row.line, 'model: expected a name, got nothing');
    number = log.models.indexOf(name);
    if (number < 0) {
      requirePrintable(name, (message) => complaint(file, row.line, `model: ${message}`));
      number = log.models.push(name) - 1;
      requireWithin(limits.usageModels, log.models.length);
    }
    last = bytes.slice(start, start + length);
    return number;
  };
};
