import { didYouMean, type InputError } from '@menusmith/core';
import { type CsvTable, complaint, csvTable } from '../study/csv-table.ts';

/** A seller's list of prices, each item with prices by kind of token, per unit of them. */
export interface PriceList {
  readonly file: string;
  /** Kinds of tokens that some item has a price for, in the order of the columns. */
  readonly tokens: readonly string[];
  readonly items: readonly PricedItem[];
}

export interface PricedItem {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly model: string;
  readonly tier: string;
  /** By kind of token; kinds without a price are not sold with the item. */
  readonly prices: Readonly<Record<string, number>>;
  /** What is paid once, or each period, before any token; 0 where the list has none. */
  readonly fee: number;
  /** What the list itself says of costs, by kind of token. */
  readonly costs: Readonly<Record<string, number>>;
}

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
  | { readonly kind: 'price' | 'cost'; readonly token: string };

/** `Cached input ($ / 1M tokens)` → `cached input`; `fineTuning` → `fine tuning`. */
const plain = (name: string): string =>
  name
    .replace(/\([^)]*\)/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[$€£]/g, ' ')
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
  if (models.includes(words)) return { kind: 'model' };
  if (tiers.includes(words)) return { kind: 'tier' };
  if (fees.includes(words)) return { kind: 'fee' };
  if (remarks.includes(words)) return { kind: 'remark' };
  const token = aliases[words];
  return token === undefined ? undefined : { kind: 'price', token };
};

/** A list of prices from the text of a CSV file; lines that start with # are comments. Throws InputError with file, line and column. */
export const priceList = (text: string, file: string): PriceList => {
  const table = tableOf(text, file);
  const columns = columnsOf(table);
  requireColumn(table, columns, 'model');
  if (!columns.some((column) => column.kind === 'price')) {
    throw complaint(
      file,
      undefined,
      `expected a column of prices (input, output, cached, training, or "price of NAME"), got the columns ${table.columns.join(', ')}`,
    );
  }
  const seen = new Map<string, number>();
  const items = table.rows.map(({ line, cells }): PricedItem => {
    const read = rowReader(table, columns, line, cells);
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
    if (Object.keys(prices).length === 0)
      throw complaint(file, line, 'expected at least one price, got none');
    return { line, model, tier, prices, fee: read.fee(), costs: read.numbers('cost', false) };
  });
  const tokens = columns.flatMap((column) => (column.kind === 'price' ? [column.token] : []));
  return { file, tokens: tokens.filter((token) => items.some(({ prices }) => token in prices)), items };
};

/** Costs from the text of a CSV file: a column a kind of token, with `cost` in its name or without, and if wanted model and tier. */
export const givenCosts = (text: string, file: string): GivenCosts => {
  const table = tableOf(text, file);
  const columns = columnsOf(table).map(
    (column): Column => (column.kind === 'price' ? { kind: 'cost', token: column.token } : column),
  );
  if (!columns.some((column) => column.kind === 'cost')) {
    throw complaint(
      file,
      undefined,
      `expected a column of costs, got the columns ${table.columns.join(', ')}`,
    );
  }
  const rows = table.rows.map(({ line, cells }): CostRow => {
    const read = rowReader(table, columns, line, cells);
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
const tableOf = (text: string, file: string): CsvTable =>
  csvTable(text.replace(/^\uFEFF/, '').replace(/^[ \t]*#[^\r\n]*/gm, ''), file);

const columnsOf = ({ file, columns, headerLine }: CsvTable): readonly Column[] => {
  const read = columns.map((name) => {
    const column = columnOf(name);
    if (column !== undefined) return column;
    const hint = didYouMean(plain(name), known);
    throw complaint(
      file,
      headerLine,
      `column ${name}: no such column${hint} (known: ${known.join(', ')}; other tokens as "price of ${plain(name) || 'NAME'}")`,
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
  throw complaint(file, undefined, `expected a column ${kind}, got the columns ${columns.join(', ')}`);
};

const rowReader = (
  { file, columns: names }: CsvTable,
  columns: readonly Column[],
  line: number,
  cells: readonly string[],
) => {
  const number = (k: number, isZeroAllowed: boolean): number | undefined =>
    moneyIn(cells[k]!, isZeroAllowed, (message) => complaint(file, line, `column ${names[k]}: ${message}`));
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
    numbers: (kind: 'price' | 'cost', isZeroAllowed: boolean): Record<string, number> => {
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

/** `2.50` or `$2.50`; nothing, a dash or n/a where there is no price. */
const moneyIn = (
  cell: string,
  isZeroAllowed: boolean,
  complain: (message: string) => InputError,
): number | undefined => {
  if (/^(?:|-|–|—|n\/a|none)$/i.test(cell)) return undefined;
  const found = /^(-?)\s*(?:[$€£¥]|[A-Z]{3}\b)?\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i.exec(cell);
  const amount = found === null ? Number.NaN : Number(`${found[1]}${found[2]}`);
  if (!Number.isFinite(amount))
    throw complain(`expected a number such as 2.50 or $2.50, got the text "${cell.slice(0, 60)}"`);
  if (!(isZeroAllowed ? amount >= 0 : amount > 0))
    throw complain(`expected a number ${isZeroAllowed ? 'of at least 0' : 'above 0'}, got ${amount}`);
  return amount;
};
