import { type CsvTable, columnNames, complaint, csvTable } from '../study/csv-table.ts';
import { shortened } from '../study/describe-value.ts';
import { type Dated, standingOn, standingWords } from './dated-prices.ts';
import { type CellStyle, cellStyle } from './delimited-text.ts';
import { isJson, jsonPriceList } from './json-price-list.ts';
import { type AmountColumn, type Column, columnsOf, namedToken } from './price-columns.ts';
import { nameOf, PER, rowReader } from './price-rows.ts';
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

/** A row: what it is of, and the items that it makes, as many as there are ways in which it is served. */
interface ListedRow extends Dated {
  readonly key: string;
  readonly items: readonly PricedItem[];
}

/**
 * A list of prices from the text of a file: cells between commas, semicolons or tabs, where lines that start with # are comments, or JSON in a known format. Columns such as
 * `batch input` make a second item of their row. Of prices with dates those that stand on `date`, or else the last ones. Throws InputError with file, line and column.
 */
export const priceList = (text: string, file: string, date?: string): PriceList => {
  const bare = text.replace(/^\uFEFF/, '');
  if (isJson(bare)) return jsonPriceList(bare, file, date);
  requireRows(bare, file);
  const { table, style } = tableOf(bare, file);
  const columns = columnsOf(table);
  requireColumn(table, columns, 'model');
  const priced = columns.filter((column): column is AmountColumn => column.kind === 'price');
  if (priced.length === 0) {
    throw complaint(
      file,
      undefined,
      `expected a column of prices (input, output, cached, training, or "price of NAME"), got the columns ${columnNames(table.columns)}`,
    );
  }
  const isLong = columns.some(({ kind }) => kind === 'token');
  const reader = rowReader(table, style, columns);
  const services = [...new Set(['', ...priced.map(({ service }) => service)])];
  const seen = new Map<string, number>();
  const listed = table.rows.map(({ line, cells }): ListedRow => {
    const read = reader(line, cells);
    const [model, tier, named] = [read.text('model'), read.text('tier'), read.text('token')];
    if (model === '') throw complaint(file, line, 'column model: expected a name, got nothing');
    const dates = read.dates();
    requireOnce(seen, file, line, [model, tier, named], dates.from);
    const row = { ...dates, key: JSON.stringify([model, tier, named]) };
    const item = { line, model, fee: read.fee() };
    if (isLong) {
      const { token, service } = namedToken(named);
      if (token === '')
        throw complaint(
          file,
          line,
          `column ${nameOf(table, columns, 'token')}: expected a kind of token, got nothing`,
        );
      const price = read.amounts('price')[''];
      const prices = price === undefined ? {} : { [token]: price };
      return { ...row, items: [{ ...item, tier: served(tier, service), prices, costs: {} }] };
    }
    const costs = read.amounts('cost');
    const items = services
      .map((service) => ({
        ...item,
        tier: served(tier, service),
        prices: read.amounts('price', service),
        costs,
      }))
      .filter(({ prices }) => Object.keys(prices).length > 0);
    if (items.length === 0) throw complaint(file, line, 'expected at least one price, got none');
    return { ...row, items };
  });
  const standing = standingOn(listed, ({ key }) => key, date);
  const sold = standing.items.flatMap((row) => row.items);
  const items = isLong ? joined(sold) : sold;
  if (items.length === 0)
    throw complaint(file, undefined, `expected a price${standingWords(date)}, got none`);
  return {
    file,
    tokens: soldTokens(columns, items),
    items,
    notes: [
      ...leftAside(table, columns),
      ...standing.notes,
      ...unitNotes(columns),
      ...currencyNotes(table, columns),
    ],
  };
};

/** The tier with how it is served: `fine-tuned batch`. */
const served = (tier: string, service: string): string =>
  [tier, service].filter((word) => word !== '').join(' ');

const requireOnce = (
  seen: Map<string, number>,
  file: string,
  line: number,
  [model, tier, token]: readonly [string, string, string],
  from: string | null,
): void => {
  const key = JSON.stringify([model, tier, token, from]);
  const before = seen.get(key);
  if (before !== undefined) {
    const which = [model, tier, token, from ?? ''].filter((word) => word !== '').join(', ');
    throw complaint(
      file,
      line,
      `expected each item once, got ${which} again (first on line ${before}); a column tier can tell them apart, or from, a date`,
    );
  }
  seen.set(key, line);
};

/** Rows of one token each, as items of all that a model and tier sell. */
const joined = (items: readonly PricedItem[]): readonly PricedItem[] => {
  const found = new Map<string, PricedItem>();
  for (const item of items) {
    const key = JSON.stringify([item.model, item.tier]);
    const before = found.get(key);
    found.set(key, before === undefined ? item : { ...before, prices: { ...before.prices, ...item.prices } });
  }
  return [...found.values()].filter(({ prices }) => Object.keys(prices).length > 0);
};

/** In the order of the columns, or of the rows. */
const soldTokens = (columns: readonly Column[], items: readonly PricedItem[]): readonly string[] => {
  const named = columns.flatMap((column) =>
    column.kind === 'price' && column.token !== '' ? [column.token] : [],
  );
  const sold = items.flatMap(({ prices }) => Object.keys(prices));
  return [...new Set([...named, ...sold])].filter((token) => sold.includes(token));
};

const leftAside = ({ columns: names }: CsvTable, columns: readonly Column[]): readonly string[] => {
  const unknown = names.filter((_, k) => columns[k]!.kind === 'unknown');
  if (unknown.length === 0) return [];
  return [
    `Left aside, as no columns of prices: ${unknown.map(shortened).join(', ')}. A price of another kind of token is called “price of NAME”.`,
  ];
};

const unitNotes = (columns: readonly Column[]): readonly string[] =>
  columns.some((column) => 'token' in column && column.per !== undefined && column.per !== PER)
    ? ['Prices are for 1M tokens, whatever the list has them for.']
    : [];

/** Prices are numbers: what a dollar is in euros a list does not say. */
const currencyNotes = ({ rows }: CsvTable, columns: readonly Column[]): readonly string[] => {
  const signs = new Set<string>();
  for (const { cells } of rows)
    columns.forEach((column, k) => {
      const sign = 'token' in column ? /[$€£¥]/.exec(cells[k]!)?.[0] : undefined;
      if (sign !== undefined) signs.add(sign);
    });
  if (signs.size < 2) return [];
  return [`Prices are in several currencies, ${[...signs].join(' and ')}, and compared as if they were one.`];
};

/** Costs from the text of a CSV file: a column a kind of token, with `cost` in its name or without, and if wanted model and tier; or a row a kind of token, as `model,input,cost`. */
export const givenCosts = (text: string, file: string): GivenCosts => {
  const { table, style } = tableOf(text.replace(/^\uFEFF/, ''), file);
  const columns = columnsOf(table).map(
    (column): Column => (column.kind === 'price' ? { ...column, kind: 'cost' } : column),
  );
  if (!columns.some((column) => column.kind === 'cost')) {
    throw complaint(
      file,
      undefined,
      `expected a column of costs, got the columns ${columnNames(table.columns)}`,
    );
  }
  const isLong = columns.some(({ kind }) => kind === 'token');
  const reader = rowReader(table, style, columns);
  const rows = table.rows.map(({ line, cells }): CostRow => {
    const read = reader(line, cells);
    const [model, tier] = [read.text('model'), read.text('tier')];
    const costs = read.amounts('cost');
    return {
      ...(model === '' ? {} : { model }),
      ...(tier === '' ? {} : { tier }),
      costs:
        isLong && costs[''] !== undefined ? { [namedToken(read.text('token')).token]: costs[''] } : costs,
    };
  });
  return { file, rows };
};

/** A line alone that names no model, as of a page of a browser, may be of anything. */
const requireRows = (text: string, file: string): void => {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  if (lines.length === 1 && !/model/i.test(lines[0]!))
    throw complaint(
      file,
      undefined,
      'no list of prices: expected a CSV with a header, a column model and rows below it, or JSON of llm-prices, LiteLLM or OpenRouter, got one line of text',
    );
};

/** Comments become empty lines, which a table skips: lines keep their numbers. */
const tableOf = (text: string, file: string): { table: CsvTable; style: CellStyle } => {
  const bare = text.replace(/^[ \t]*#[^\r\n]*/gm, '');
  const style = cellStyle(bare);
  return { table: csvTable(bare, file, style.delimiter), style };
};

const requireColumn = ({ file, columns }: CsvTable, read: readonly Column[], kind: 'model'): void => {
  if (read.some((column) => column.kind === kind)) return;
  throw complaint(file, undefined, `expected a column ${kind}, got the columns ${columnNames(columns)}`);
};
