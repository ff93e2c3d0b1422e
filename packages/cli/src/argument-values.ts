import type { MenuRows } from '@menusmith/app';
import { limits } from '@menusmith/core';
import { InvalidArgumentError } from 'commander';

/** Values of an option that may be given several times. */
export const collect = (item: string, before: readonly string[]): readonly string[] => [...before, item];

export const positiveNumber = (text: string): number => {
  const seconds = Number(text);
  if (!(text.trim() !== '' && Number.isFinite(seconds) && seconds > 0)) {
    throw new InvalidArgumentError('Expected a number above 0.');
  }
  return seconds;
};

/** A step above 0, or endings in 9; a 9 alone asks for those, as nobody rounds to multiples of it. */
export const rounding = (text: string): number | 'ending-9' => {
  const asked = text.trim();
  if (asked === '9' || asked === 'ending-9') return 'ending-9';
  const step = Number(asked);
  if (!(asked !== '' && Number.isFinite(step) && step > 0))
    throw new InvalidArgumentError('Expected a step above 0, as 0.05, or ending-9.');
  return step;
};

/** Amounts of at least 0, between commas, as 20,100. */
export const amounts = (text: string): readonly number[] =>
  text.split(',').map((part) => {
    const amount = Number(part);
    if (!(part.trim() !== '' && Number.isFinite(amount) && amount >= 0))
      throw new InvalidArgumentError('Expected an amount, as 30, or several, as 20,100.');
    return amount;
  });

/** Whole numbers from `least` to `most`. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return number;
  };

/** Of `--jobs`. */
export const threadCount = wholeNumber(1, limits.threads.most);

const MOST_TIERS = 12;

/** Items of a small menu. */
export const tierCount = (text: string): number => {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > MOST_TIERS)
    throw new InvalidArgumentError(`Expected a whole number from 0 to ${MOST_TIERS}.`);
  return count;
};

/** What `--out` names. An empty text would be the directory that one stands in. */
export const directoryName = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('Expected the name of a directory.');
  return text;
};

export const portNumber = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('Expected a number from 0 to 65535.');
  return port;
};

/** A day of the calendar. */
export const dayText = (text: string): string => {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day === undefined || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Expected a date such as 2025-01-31.');
  return text;
};

/** A share of all, such as 0.95. */
export const share = (text: string): number => {
  const part = Number(text);
  if (!(text.trim() !== '' && part >= 0 && part <= 1))
    throw new InvalidArgumentError('Expected a number from 0 to 1.');
  return part;
};

/** Names between commas. */
export const names = (text: string): readonly string[] => {
  const all = text.split(',').map((name) => name.trim());
  if (all.includes('')) throw new InvalidArgumentError('Expected names between commas.');
  return all;
};

/** Rows of a menu: `all`, `served`, a number of them, or `served,20`. */
export const menuRows = (text: string): MenuRows => {
  const words = text.split(',').map((word) => word.trim());
  const counts = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const isKnown = words.every((word) => /^(all|served|\d+)$/.test(word));
  if (!isKnown || counts.length > 1 || new Set(words).size < words.length || counts[0] === 0)
    throw new InvalidArgumentError('Expected all, served, a number of rows, as 20, or served,20.');
  return { served: words.includes('served'), most: counts[0] };
};

/** Significant digits that a double has. */
export const digits = wholeNumber(1, 15);
