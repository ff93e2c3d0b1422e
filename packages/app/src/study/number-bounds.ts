import type { FieldPath, NumberBounds } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import { describeValue } from './describe-value.ts';

/** `a number above 0 and below 1`, `a number from 0 to 1`, `a number of at least 2`. */
const describeBounds = (bounds: NumberBounds, noun = 'number'): string => {
  // An end that is infinite bounds nothing.
  const [min, max, above, below] = [bounds.min, bounds.max, bounds.above, bounds.below].map((bound) =>
    Number.isFinite(bound) ? bound : undefined,
  );
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a';
  if (min !== undefined && max !== undefined) return `${article} ${noun} from ${min} to ${max}`;
  const parts: string[] = [];
  if (above !== undefined) parts.push(`above ${above}`);
  if (min !== undefined) parts.push(`of at least ${min}`);
  if (below !== undefined) parts.push(`below ${below}`);
  if (max !== undefined) parts.push(`of at most ${max}`);
  return [article, noun, parts.join(' and ')].filter((part) => part !== '').join(' ');
};

/** What computed numbers miss a bound by, relative to the bound or to 1: some units in the last place. */
const ROUNDING = 2 ** -50;

/** The number, moved to a bound in [min, max] that it misses by rounding. */
export const unrounded = (number: number, { min = -Infinity, max = Infinity }: NumberBounds): number => {
  if (number < min && number >= min - ROUNDING * Math.max(1, Math.abs(min))) return min;
  return number > max && number <= max + ROUNDING * Math.max(1, Math.abs(max)) ? max : number;
};

/**
 * The value, where it is a finite number within the bounds, or the bound that it misses by rounding; throws InputError 'number' at `field` where
 * it is neither.
 */
export const numberWithin = (value: unknown, bounds: NumberBounds, field: FieldPath = []): number => {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = bounds;
  if (typeof value !== 'number') {
    throw new InputError('number', `expected a number, got ${describeValue(value)}`, field);
  }
  if (!Number.isFinite(value)) {
    throw new InputError('number', `expected a finite number, got ${describeValue(value)}`, field);
  }
  const number = unrounded(value, bounds);
  if (!(number >= min && number <= max && number > above && number < below)) {
    throw new InputError('number', `expected ${describeBounds(bounds)}, got ${value}`, field);
  }
  return number;
};
