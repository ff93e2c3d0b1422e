import { atMost, didYouMean, InputError, limits } from '@menusmith/core';
import type { Coordinates } from '../result.ts';
import { numberIn, rangeNumbers } from '../study/number-range.ts';
import type { Buyers } from '../study/study.ts';
import { type NamedBuyers, namedBuyers } from './named-buyers.ts';

/** The buyers that `value=0.8,scale=0.5`, given with an option, asks for, held against the study's buyers; a range `a:b:n` is n numbers from a to b. The value moves slowest. */
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
  const scales = given.get('scale');
  const count = given.get('value')!.length * (scales?.length ?? 1);
  if (count > limits.quotes.most) throw fail(`${atMost(limits.quotes)}, got ${count}`);
  return given
    .get('value')!
    .flatMap((value) => (scales ?? [undefined]).map((scale) => askedBuyer(value, scale, buyers, fail)));
};

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
