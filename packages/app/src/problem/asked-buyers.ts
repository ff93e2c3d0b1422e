import { atMost, didYouMean, InputError, limits } from '@menusmith/core';
import type { Coordinates, TypeResult } from '../result.ts';
import type { Solution } from '../solution.ts';
import { type CsvTable, columnNumbers, complaint } from '../study/csv-table.ts';
import { numberIn, rangeNumbers } from '../study/number-range.ts';
import type { Buyers } from '../study/study.ts';
import { type NamedBuyers, namedBuyers } from './named-buyers.ts';

/** A buyer who is asked for: her coordinates, and what else a table says of her, which is repeated beside what she gets and pays. */
export interface AskedBuyer extends Coordinates {
  /** By column; they are repeated as they are. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/**
 * The buyers that `value=0.8,scale=0.5`, given with an option, asks for, held against the study's buyers; a range `a:b:n` is n numbers from a to b. Of several
 * ranges the first named moves slowest.
 */
export const askedBuyers = (text: string, named: Buyers, option = `--at ${text}`): readonly Coordinates[] => {
  const buyers = namedBuyers(named);
  const keys = coordinatesOf(buyers);
  const fail = (message: string) => new InputError('at', `${option}: ${message}`);
  if (buyers.kind === 'list' && keys.length === 0)
    throw fail(`${buyers.listing}, and none is asked for; --json or --out DIR has them all`);
  const given = new Map<'value' | 'scale', readonly number[]>();
  for (const part of text.split(',')) {
    const [word = '', ...rest] = part.split('=').map((piece) => piece.trim());
    const key = keys.find((known) => known === word);
    if (key === undefined) {
      throw fail(
        `no coordinate called "${word}"${didYouMean(word, keys)} (these buyers have: ${keys.join(', ')})`,
      );
    }
    if (given.has(key)) throw fail(`expected ${key} once, got a second one`);
    const numbers = numbersOf(rest.join('='));
    if (typeof numbers === 'string') throw fail(`${key}: ${numbers}`);
    given.set(key, numbers);
  }
  for (const key of keys) {
    if (!given.has(key)) throw fail(`missing ${key}; expected ${keys.map((k) => `${k}=NUMBER`).join(',')}`);
    for (const number of given.get(key)!) {
      const complaint = supportComplaint(key, number, buyers);
      if (complaint !== undefined) throw fail(`${key}: ${complaint}, got ${number}`);
    }
  }
  const values = given.get('value')!;
  const scales = given.get('scale') ?? [undefined];
  const count = values.length * scales.length;
  if (count > limits.quotes.most) throw fail(`${atMost(limits.quotes)}, got ${count}`);
  const asked = (value: number, scale: number | undefined) => askedBuyer(value, scale, buyers, fail);
  return [...given.keys()][0] === 'value'
    ? values.flatMap((value) => scales.map((scale) => asked(value, scale)))
    : scales.flatMap((scale) => values.map((value) => asked(value, scale)));
};

type GivenBuyer = { readonly [K in keyof AskedBuyer]: AskedBuyer[K] | undefined } & Pick<AskedBuyer, 'value'>;

/** The buyers that a program asks for, by a text as `askedBuyers` takes it or by their numbers. */
export const givenBuyers = (
  given: string | GivenBuyer,
  buyers: Buyers,
  option: string,
): readonly AskedBuyer[] => {
  if (typeof given === 'string') return askedBuyers(given, buyers, option);
  const { value, scale, labels } = given;
  const words = scale === undefined ? `value=${value}` : `value=${value},scale=${scale}`;
  return askedBuyers(words, buyers, option).map((buyer) => ({ ...buyer, ...(labels && { labels }) }));
};

/**
 * The buyers of a table, row by row: columns called like the coordinates of the study's buyers (`theta` is the value of buyers who have no scale), and any others,
 * which become labels. Throws InputError with file, line and column.
 */
export const buyersInTable = (table: CsvTable, named: Buyers): readonly AskedBuyer[] => {
  const buyers = namedBuyers(named);
  const keys = coordinatesOf(buyers);
  if (buyers.kind === 'list' && keys.length === 0)
    throw complaint(table.file, undefined, `${buyers.listing}, and none is asked for`);
  if (table.rows.length > limits.quotes.most)
    throw complaint(table.file, undefined, `${atMost(limits.quotes)}, got ${table.rows.length}`);
  const columnOf = (key: 'value' | 'scale'): string =>
    key === 'value' && keys.length === 1 && !table.columns.includes(key) && table.columns.includes('theta')
      ? 'theta'
      : key;
  const [values = [], scales] = keys.map((key) =>
    columnNumbers(table, columnOf(key), (number) => {
      const wrong = supportComplaint(key, number, buyers);
      if (wrong !== undefined) throw new InputError('at', `${wrong}, got ${number}`);
      return number;
    }),
  );
  const own = new Set<string>(keys.map(columnOf));
  return table.rows.map(({ line, cells }, n) => {
    const buyer = askedBuyer(values[n]!, scales?.[n], buyers, (message) =>
      complaint(table.file, line, message),
    );
    const labels = table.columns.flatMap((column, k) => (own.has(column) ? [] : [[column, cells[k]!]]));
    return labels.length === 0 ? buyer : { ...buyer, labels: Object.fromEntries(labels) };
  });
};

/** What the buyers who are asked for get and pay, in their order, with their labels. */
export const quotedBuyers = (
  { quote }: Pick<Solution, 'quote'>,
  asked: readonly AskedBuyer[],
): readonly TypeResult[] =>
  asked.map(({ labels, ...buyer }) => ({ ...quote(buyer), ...(labels && { labels }) }));

/** One number, or those of a range `a:b:n`, both ends among them; what is wrong with them where they are none. */
const numbersOf = (text: string): readonly number[] | string => {
  if (text.includes(':')) return rangeNumbers(text, limits.quotes.most);
  const number = numberIn(text);
  return Number.isFinite(number) ? [number] : `expected a number, got "${text}"`;
};

const askedBuyer = (
  value: number,
  scale: number | undefined,
  buyers: NamedBuyers,
  fail: (message: string) => InputError,
): Coordinates => {
  const isListed = (type: Partial<Coordinates>): boolean => type.value === value && type.scale === scale;
  if (buyers.kind === 'list' && buyers.coordinates.length === 2 && !buyers.types.some(isListed)) {
    throw fail(`expected the value and scale of a buyer in the ${buyers.place}`);
  }
  return scale === undefined ? { value } : { value, scale };
};

const coordinatesOf = (buyers: NamedBuyers): readonly ('value' | 'scale')[] => {
  if (buyers.kind === 'list') return buyers.coordinates;
  return buyers.kind === 'line' ? ['value'] : ['value', 'scale'];
};

const supportComplaint = (
  key: 'value' | 'scale',
  number: number,
  buyers: NamedBuyers,
): string | undefined => {
  if (buyers.kind === 'list') {
    if (buyers.coordinates.length > 1) return undefined;
    const values = buyers.types.map(({ value = Number.NaN }) => value);
    const some = values.length > 8 ? `${values.slice(0, 8).join(', ')}, …` : values.join(', ');
    return values.includes(number) ? undefined : `expected one of the types ${some}`;
  }
  const { min, max } =
    buyers.kind === 'line' ? buyers.types : key === 'value' ? buyers.values : buyers.scales;
  return number >= min && number <= max ? undefined : `expected a number from ${min} to ${max}`;
};
