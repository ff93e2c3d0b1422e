import type { Buyers, Coordinates } from '@menusmith/app';
import { didYouMean, InputError } from '@menusmith/core';

/** The buyer that `--at value=0.8,scale=0.5` asks for, held against the study's buyers. */
export const askedBuyer = (text: string, buyers: Buyers): Coordinates => {
  const keys = hasScales(buyers) ? ['value', 'scale'] : ['value'];
  const fail = (message: string) => new InputError('at', `--at ${text}: ${message}`);
  if (buyers.kind === 'profiles') throw fail('buyers with profiles are listed all, and none is asked for');
  const given = new Map<string, number>();
  for (const part of text.split(',')) {
    const [key = '', number, ...rest] = part.split('=').map((piece) => piece.trim());
    if (!keys.includes(key)) {
      throw fail(
        `no coordinate called "${key}"${didYouMean(key, keys)} (these buyers have: ${keys.join(', ')})`,
      );
    }
    if (given.has(key)) throw fail(`expected ${key} once, got a second one`);
    if (number === undefined || number === '' || rest.length > 0 || !Number.isFinite(Number(number))) {
      throw fail(`${key}: expected a number, got "${[number ?? '', ...rest].join('=')}"`);
    }
    given.set(key, Number(number));
  }
  for (const key of keys) {
    const number = given.get(key);
    if (number === undefined)
      throw fail(`missing ${key}; expected ${keys.map((k) => `${k}=NUMBER`).join(',')}`);
    const complaint = supportComplaint(key, number, buyers);
    if (complaint !== undefined) throw fail(`${key}: ${complaint}, got ${number}`);
  }
  const value = given.get('value')!;
  const scale = given.get('scale');
  const isListed = (type: { value: number; scale: number }): boolean =>
    type.value === value && type.scale === scale;
  if ((buyers.kind === 'file' || buyers.kind === 'value-scale-grid') && !buyers.types.some(isListed)) {
    throw fail(`expected the value and scale of a buyer in the ${buyers.kind === 'file' ? 'file' : 'grid'}`);
  }
  return scale === undefined ? { value } : { value, scale };
};

const hasScales = ({ kind }: Buyers): boolean =>
  kind === 'value-scale' || kind === 'file' || kind === 'value-scale-grid';

const supportComplaint = (key: string, number: number, buyers: Buyers): string | undefined => {
  if (buyers.kind === 'file' || buyers.kind === 'value-scale-grid' || buyers.kind === 'profiles')
    return undefined;
  if ('types' in buyers) {
    const values = buyers.types.map(({ value }) => value);
    const some = values.length > 8 ? `${values.slice(0, 8).join(', ')}, …` : values.join(', ');
    return values.includes(number) ? undefined : `expected one of the types ${some}`;
  }
  const { min, max } = 'type' in buyers ? buyers.type : key === 'value' ? buyers.value : buyers.scale;
  return number >= min && number <= max ? undefined : `expected a number from ${min} to ${max}`;
};
