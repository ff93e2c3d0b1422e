import { rounded } from '@menusmith/core';
import type { Dated } from './dated-prices.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a format has: items, with prices a million tokens, and what was left aside. */
export interface Published {
  readonly items: readonly PublishedItem[];
  readonly leftAside: LeftAside;
}

export interface PublishedItem extends Dated {
  readonly model: string;
  readonly tier: string;
  readonly prices: Readonly<Record<string, number>>;
}

/** What of a list is not read; notes say it. */
export interface LeftAside {
  /** Names of fields. */
  readonly fields: Set<string>;
  /** Prices that are no numbers of at least 0, as where they depend on something. */
  prices: number;
  /** Models without a name. */
  nameless: number;
}

export const nothingLeftAside = (): LeftAside => ({
  fields: new Set(),
  prices: 0,
  nameless: 0,
});

/** What a model is called; undefined, and counted, where it is called nothing. */
export const modelName = ({ id, name }: Fields, leftAside: LeftAside): string | undefined => {
  const own = [id, name].find((text) => typeof text === 'string' && text.trim() !== '');
  if (typeof own === 'string') return own;
  leftAside.nameless++;
  return undefined;
};

/** The numbers of some fields, each under the kind of token that it is a price of; null and nothing are "not sold". */
export const pricesIn = (
  fields: Fields,
  kinds: Readonly<Record<string, string>>,
  factor: number,
  leftAside: LeftAside,
): Record<string, number> => {
  const prices: Record<string, number> = {};
  for (const [field, token] of Object.entries(kinds)) {
    const given = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (given === undefined || given === null || given === '') continue;
    const price = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
    if (typeof price === 'number' && Number.isFinite(factor * price) && price >= 0)
      prices[token] = rounded(factor * price, 15);
    else leftAside.prices++;
  }
  return prices;
};

/** Fields that are none of those known. */
export const noteUnknown = (fields: Fields, known: readonly string[], { fields: names }: LeftAside): void => {
  for (const field of Object.keys(fields)) if (!known.includes(field)) names.add(field);
};

/** In sentences. */
export const leftAsideNotes = ({ fields, prices, nameless }: LeftAside): string[] => [
  ...(fields.size === 0
    ? []
    : [`Left aside, as they are not read as prices of tokens: ${[...fields].sort().join(', ')}.`]),
  ...(nameless === 0 ? [] : [`Models without a name, left aside: ${nameless}.`]),
  ...(prices === 0 ? [] : [`Prices that are no numbers of at least 0, left aside: ${prices}.`]),
];
