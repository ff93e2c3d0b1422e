import { didYouMean } from '@menusmith/core';
import { type CsvTable, complaint } from '../study/csv-table.ts';
import { shortened } from '../study/describe-value.ts';
import { isDate } from './dated-prices.ts';

/** What a column of a list of prices holds. */
export type Column =
  | { readonly kind: 'model' | 'tier' | 'fee' | 'remark' | 'from' | 'to' | 'token' | 'unknown' }
  | AmountColumn;

export interface AmountColumn {
  readonly kind: 'price' | 'cost';
  /** The kind of token; empty where a column `token` says it, row by row. */
  readonly token: string;
  /** How it is served, as `batch` or `above 200k tokens`; empty for the standard. */
  readonly service: string;
  /** Tokens that the amount is for; undefined where the name does not say. */
  readonly per: number | undefined;
}

/** Names of columns for kinds of tokens that need no word beside them. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['input', 'input'],
  ['input text', 'input'],
  ['text input', 'input'],
  ['prompt', 'input'],
  ['output', 'output'],
  ['output text', 'output'],
  ['text output', 'output'],
  ['completion', 'output'],
  ['cached', 'cached'],
  ['cached input', 'cached'],
  ['input cached', 'cached'],
  ['base input', 'input'],
  ['input cache miss', 'input'],
  ['input cache hit', 'cached'],
  ['cache hit', 'cached'],
  ['cache hits', 'cached'],
  ['cache hits & refreshes', 'cached'],
  ['context caching', 'cached'],
  ['cache read', 'cached'],
  ['cache reads', 'cached'],
  ['input cache read', 'cached'],
  ['cache write', 'cache creation'],
  ['cache writes', 'cache creation'],
  ['input cache write', 'cache creation'],
  ['cache creation', 'cache creation'],
  ['training', 'training'],
  ['fine tuning', 'training'],
  ['fine tune', 'training'],
  ['finetuning', 'training'],
]);

const others: readonly (readonly [kind: Exclude<Column['kind'], 'price' | 'cost'>, names: string])[] = [
  ['model', 'model,name,item,model name,model id'],
  ['tier', 'tier,variant,regime'],
  ['fee', 'fee,upfront,upfront fee,monthly fee'],
  ['from', 'from,from date,since,start,start date,valid from,effective,effective date,effective from,date'],
  ['to', 'to,to date,until,end,end date,valid to,valid until'],
  ['remark', 'source,note,notes,currency,unit,per'],
  ['token', 'kind,type,meter,component'],
];
const kinds = new Map(
  others.flatMap(([kind, names]) => names.split(',').map((name) => [name, kind] as const)),
);

const known = ['model', 'tier', 'input', 'output', 'cached', 'training', 'fee', 'from', 'cost input', 'note'];

/** As in “1M input tokens”. */
const BEFORE = /^ *(?:(\d+) ?)?([km]) (?=(?:input|output|cached)\b)/i;

/** `Cached input ($ / 1M tokens)` → `cached input`; `fineTuning` → `fine tuning`. */
const plain = (name: string): string =>
  name
    .replace(/\((cache (?:hit|miss))\)/i, ' $1 ')
    .replace(/\([^()]*\)/g, ' ')
    .replace(BEFORE, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[$€£]/g, ' ')
    .replace(/(?:\/|\bper\b) *(?:\d+ *)?(?:[km]|million|thousand)?\b/g, ' ')
    .replace(/\b(?:tokens?|m?tok|of)\b/g, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The kind of token that a study or a list calls by this name. */
export const tokenNamed = (name: string): string => aliases.get(plain(name)) ?? plain(name);

const LONGER =
  /,? ?(?:\b(?:prompts?|contexts?) ?)?(?:>|\babove\b|\bover\b|\bmore than\b) *(\d+) *k\b(?: *tokens?)?/i;
const SHORTER =
  /,? ?(?:\b(?:prompts?|contexts?) ?)?(?:<=?|≤|\bup to\b|\bbelow\b|\bunder\b) *\d+ *k\b(?: *tokens?)?/i;
const SERVICE = /\b(batch(?:es)?|flex|priority|long[ _-]context)\b(?: api\b)?/i;

/** How what a name speaks of is served, and the name without it: `Batch input` → batch, `input`. */
const served = (name: string): { readonly service: string; readonly rest: string } => {
  const words = name.replaceAll('_', ' ');
  const longer = LONGER.exec(words);
  if (longer !== null) return { service: `above ${longer[1]}k tokens`, rest: words.replace(LONGER, ' ') };
  const rest = words.replace(SHORTER, ' ');
  const found = SERVICE.exec(rest)?.[1]?.toLowerCase().replace('batches', 'batch').replace(/[-_]/g, ' ');
  return found === undefined
    ? { service: '', rest: name.replace(SHORTER, ' ') }
    : { service: found, rest: rest.replace(SERVICE, ' ') };
};

/** Tokens that prices are for, as a name says it: `/ 1M tokens`. */
const unitIn = (name: string): number | undefined => {
  const before = BEFORE.exec(name);
  if (before !== null) return Number(before[1] ?? 1) * (/k/i.test(before[2]!) ? 1e3 : 1e6);
  const found = /(?:\/|\bper\b) *(?:(\d+) *)?(k|m|thousand|million)?_? *(tok(?:en)?s?)?(?![\p{L}\d])/iu.exec(
    name,
  );
  const [, count, size, word] = found ?? [];
  if (count === undefined && size === undefined && word === undefined) return undefined;
  const factor = size === undefined ? 1 : /^[kt]/i.test(size) ? 1e3 : 1e6;
  return Number(count ?? 1) * factor;
};

/** A kind of token as a row names it, and how it is served. */
export const namedToken = (name: string): { readonly token: string; readonly service: string } => {
  const { service, rest } = served(name);
  return { token: tokenNamed(rest), service };
};

const columnOf = (name: string): Column => {
  const own = plain(name);
  const kind = kinds.get(own);
  if (kind !== undefined) return { kind };
  if (/^ *tokens?(?: (?:kind|type))? *$/i.test(name.replace(/[_-]/g, ' '))) return { kind: 'token' };
  const { service, rest } = served(name);
  const words = plain(rest);
  const amount = /\b(cost|price)s?\b/.exec(words)?.[1];
  const token = words
    .replace(/\b(?:cost|price)s?\b/, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (amount === undefined && !aliases.has(token)) return { kind: 'unknown' };
  return {
    kind: amount === 'cost' ? 'cost' : 'price',
    token: aliases.get(token) ?? token,
    service,
    per: unitIn(name),
  };
};

/** A column as a key of what it means: two of one key say the same. */
const keyOf = (column: Column): string =>
  'token' in column ? `${column.kind} ${column.token} ${column.service}` : column.kind;

/** The columns of a table; throws InputError with file, line and column. */
export const columnsOf = (table: CsvTable): readonly Column[] => {
  const { file, columns: names, headerLine } = table;
  const fail = (name: string, message: string) =>
    complaint(file, headerLine, `column ${shortened(name)}: ${message}`);
  const read = names.map(columnOf);
  const missing = known.filter((name) => !read.some((column) => keyOf(column) === keyOf(columnOf(name))));
  const hints = names.map((name, k) => (read[k]!.kind === 'unknown' ? didYouMean(plain(name), missing) : ''));
  // Of a file that is no list of prices nothing is told.
  if (read.every(({ kind }) => kind === 'unknown') && hints.every((hint) => hint === ''))
    throw complaint(
      file,
      headerLine,
      `no list of prices: none of the columns is known (known: ${known.join(', ')}); expected a CSV with these, or JSON of llm-prices, LiteLLM or OpenRouter`,
    );
  const wrong = hints.findIndex((hint) => hint !== '');
  if (wrong >= 0)
    throw fail(
      names[wrong]!,
      `no such column${hints[wrong]} (known: ${known.join(', ')}; other tokens as "price of ${shortened(plain(names[wrong]!)) || 'NAME'}")`,
    );
  const columns = withoutAccessDates(withTokenNames(read, names, fail), table);
  const keys = columns.map(keyOf);
  keys.forEach((key, k) => {
    const first = keys.indexOf(key);
    if (first < k && key !== 'remark' && key !== 'unknown')
      throw fail(names[k]!, `means the same as column ${names[first]}`);
  });
  return columns;
};

/** Where a column is a price and no more, another one says of which token: `model,input,from,price`. */
const withTokenNames = (
  columns: readonly Column[],
  names: readonly string[],
  fail: (name: string, message: string) => Error,
): readonly Column[] => {
  const bare = columns.findIndex((column) => 'token' in column && column.token === '');
  if (bare < 0) return columns.map((column) => (column.kind === 'token' ? { kind: 'remark' } : column));
  const isToken = (k: number): boolean => columns[k]!.kind === 'token' || /^ *inputs? *$/i.test(names[k]!);
  const named = columns.findIndex((_, k) => isToken(k));
  const more = columns.find((column, k) => k !== bare && k !== named && 'token' in column);
  if (named < 0 || more !== undefined)
    throw fail(
      names[bare]!,
      'expected of which token, in the name, as price of input, or in a column input, as in model,input,from,price',
    );
  return columns.map((column, k) => (k === named ? { kind: 'token' } : column));
};

/** A `date` without days, as in “January 2025”, is when somebody has looked. */
const withoutAccessDates = (
  columns: readonly Column[],
  { columns: names, rows }: CsvTable,
): readonly Column[] =>
  columns.map((column, k) => {
    if (column.kind !== 'from' || plain(names[k]!) !== 'date') return column;
    return rows.every(({ cells }) => cells[k] === '' || isDate(cells[k]!)) ? column : { kind: 'remark' };
  });
