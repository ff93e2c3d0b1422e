import { didYouMean, type InputError } from '@menusmith/core';
import { type CsvTable, columnNames, complaint, csvTable } from '../study/csv-table.ts';
import { shortened } from '../study/describe-value.ts';
import { type CellStyle, cellStyle, numberOf } from './delimited-text.ts';
import { isJson, jsonPriceList } from './json-price-list.ts';
import type { PricedItem, PriceList } from './priced-items.ts';

/** Costs by kind of token, for all items or for those of a model, or a tier. */
export interface GivenCosts {
  readonly file: string;
  readonly rows: readonly CostRow[];
}

export interface CostRow {
  /** Undefined for all. */
  readonly model?: string;
  readonly tier?: string;
  readonly costs: Readonly<Record<string, number>>;
}

/** Names of columns for kinds of tokens that need no word beside them. */
const aliases: Readonly<Record<string, string>> = {
  input: 'input',
  'input text': 'input',
  prompt: 'input',
  output: 'output',
  completion: 'output',
  cached: 'cached',
  'cached input': 'cached',
  'input cached': 'cached',
  training: 'training',
  'fine tuning': 'training',
  finetuning: 'training',
};
const models = ['model', 'name', 'item'];
const tiers = ['tier', 'variant', 'regime'];
const fees = ['fee', 'upfront', 'upfront fee', 'monthly fee'];
const remarks = ['source', 'date', 'note', 'notes', 'currency', 'unit', 'per'];
const known = ['model', 'tier', 'input', 'output', 'cached', 'training', 'fee', 'cost input', 'note'];

type Column =
  | { readonly kind: 'model' | 'tier' | 'fee' | 'remark' }
  | { readonly kind: 'price' | 'cost' | 'batch price'; readonly token: string };

/** `Cached input ($ / 1M tokens)` → `cached input`; `fineTuning` → `fine tuning`. */
const plain = (name: string): string =>
  name
    .replace(/\([^()]*\)/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[$€£]/g, ' ')
    .replace(/(?:\/|\bper\b) *(?:\d+ *)?(?:[km]|million|thousand)?\b/g, ' ')
    .replace(/\b(?:tokens?|of)\b/g, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The kind of token that a study or a list calls by this name. */
export const tokenNamed = (name: string): string => aliases[plain(name)] ?? plain(name);

const columnOf = (name: string): Column | undefined => {
  const words = plain(name);
  const without = (word: string): string =>
    words
      .replace(new RegExp(`\\b${word}s?\\b`), ' ')
      .replace(/\s+/g, ' ')
      .trim();
  const isCost = /\bcosts?\b/.test(words);
  const isPrice = /\bprices?\b/.test(words);
  if (isCost || isPrice) {
    const token = without(isCost ? 'cost' : 'price');
    return token === '' ? undefined : { kind: isCost ? 'cost' : 'price', token: aliases[token] ?? token };
  }
  // A vendor's page has the prices of batches in columns beside the others.
  const batch = /^batch (.+)$/.exec(words)?.[1];
  if (batch !== undefined && aliases[batch] !== undefined)
    return { kind: 'batch price', token: aliases[batch] };
  if (models.includes(words)) return { kind: 'model' };
  if (tiers.includes(words)) return { kind: 'tier' };
  if (fees.includes(words)) return { kind: 'fee' };
  if (remarks.includes(words)) return { kind: 'remark' };
  const token = aliases[words];
  return token === undefined ? undefined : { kind: 'price', token };
};

/**
 * A list of prices from the text of a file: cells between commas, semicolons or tabs, where lines that start with # are comments, or JSON in a known format. Columns such as
 * `batch input` make a second item of their row. Throws InputError with file, line and column.
 */
export const priceList = (text: string, file: string): PriceList => {
  const bare = text.replace(/^\uFEFF/, '');
  if (isJson(bare)) return jsonPriceList(bare, file);
  const { table, style } = tableOf(bare, file);
  const columns = columnsOf(table);
  requireColumn(table, columns, 'model');
  if (!columns.some((column) => column.kind === 'price')) {
    throw complaint(
      file,
      undefined,
      `expected a column of prices (input, output, cached, training, or "price of NAME"), got the columns ${columnNames(table.columns)}`,
    );
  }
  const seen = new Map<string, number>();
  const items = table.rows.flatMap(({ line, cells }): PricedItem[] => {
    const read = rowReader(table, style, columns, line, cells);
    const model = read.text('model');
    const tier = read.text('tier');
    if (model === '') throw complaint(file, line, 'column model: expected a name, got nothing');
    const key = `${model}\n${tier}`;
    const before = seen.get(key);
    if (before !== undefined) {
      const which = tier === '' ? model : `${model}, ${tier}`;
      throw complaint(
        file,
        line,
        `expected each item once, got ${which} again (first on line ${before}); a column tier can tell them apart`,
      );
    }
    seen.set(key, line);
    const prices = read.numbers('price', true);
    const batch = read.numbers('batch price', true);
    const all = { line, model, fee: read.fee(), costs: read.numbers('cost', false) };
    const sold = [
      { ...all, tier, prices },
      { ...all, tier: tier === '' ? 'batch' : `${tier} batch`, prices: batch },
    ].filter((item) => Object.keys(item.prices).length > 0);
    if (sold.length === 0) throw complaint(file, line, 'expected at least one price, got none');
    return sold;
  });
  const tokens = columns.flatMap((column) =>
    'token' in column && column.kind !== 'cost' ? [column.token] : [],
  );
  const sold = [...new Set(tokens)].filter((token) => items.some(({ prices }) => token in prices));
  return { file, tokens: sold, items, notes: [] };
};

/** Costs from the text of a CSV file: a column a kind of token, with `cost` in its name or without, and if wanted model and tier. */
export const givenCosts = (text: string, file: string): GivenCosts => {
  const { table, style } = tableOf(text.replace(/^\uFEFF/, ''), file);
  const columns = columnsOf(table).map(
    (column): Column => (column.kind === 'price' ? { kind: 'cost', token: column.token } : column),
  );
  if (!columns.some((column) => column.kind === 'cost')) {
    throw complaint(
      file,
      undefined,
      `expected a column of costs, got the columns ${columnNames(table.columns)}`,
    );
  }
  const rows = table.rows.map(({ line, cells }): CostRow => {
    const read = rowReader(table, style, columns, line, cells);
    const [model, tier] = [read.text('model'), read.text('tier')];
    return {
      ...(model === '' ? {} : { model }),
      ...(tier === '' ? {} : { tier }),
      costs: read.numbers('cost', false),
    };
  });
  return { file, rows };
};

/** Comments become empty lines, which a table skips: lines keep their numbers. */
const tableOf = (text: string, file: string): { table: CsvTable; style: CellStyle } => {
  const bare = text.replace(/^[ \t]*#[^\r\n]*/gm, '');
  const style = cellStyle(bare);
  return { table: csvTable(bare, file, style.delimiter), style };
};

const columnsOf = ({ file, columns, headerLine }: CsvTable): readonly Column[] => {
  const read = columns.map((name) => {
    const column = columnOf(name);
    if (column !== undefined) return column;
    const hint = didYouMean(plain(name), known);
    // Of a file that is no list of prices nothing is told.
    if (hint === '' && !columns.some((other) => columnOf(other) !== undefined))
      throw complaint(
        file,
        headerLine,
        `no list of prices: none of the columns is known (known: ${known.join(', ')})`,
      );
    throw complaint(
      file,
      headerLine,
      `column ${shortened(name)}: no such column${hint} (known: ${known.join(', ')}; other tokens as "price of ${shortened(plain(name)) || 'NAME'}")`,
    );
  });
  const keys = read.map((column) => ('token' in column ? `${column.kind} ${column.token}` : column.kind));
  keys.forEach((key, k) => {
    const first = keys.indexOf(key);
    if (first < k && key !== 'remark')
      throw complaint(file, headerLine, `column ${columns[k]}: means the same as column ${columns[first]}`);
  });
  return read;
};

const requireColumn = ({ file, columns }: CsvTable, read: readonly Column[], kind: 'model'): void => {
  if (read.some((column) => column.kind === kind)) return;
  throw complaint(file, undefined, `expected a column ${kind}, got the columns ${columnNames(columns)}`);
};

const rowReader = (
  { file, columns: names }: CsvTable,
  style: CellStyle,
  columns: readonly Column[],
  line: number,
  cells: readonly string[],
) => {
  const number = (k: number, isZeroAllowed: boolean): number | undefined =>
    moneyIn(cells[k]!, style, isZeroAllowed, (message) =>
      complaint(file, line, `column ${names[k]}: ${message}`),
    );
  const text = (kind: 'model' | 'tier'): string => {
    const k = columns.findIndex((column) => column.kind === kind);
    return k < 0 ? '' : cells[k]!;
  };
  return {
    text,
    fee: (): number => {
      const k = columns.findIndex((column) => column.kind === 'fee');
      return k < 0 ? 0 : (number(k, true) ?? 0);
    },
    numbers: (kind: 'price' | 'cost' | 'batch price', isZeroAllowed: boolean): Record<string, number> => {
      const found: Record<string, number> = {};
      columns.forEach((column, k) => {
        if (column.kind !== kind) return;
        const amount = number(k, isZeroAllowed);
        if (amount !== undefined) found[column.token] = amount;
      });
      return found;
    },
  };
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
