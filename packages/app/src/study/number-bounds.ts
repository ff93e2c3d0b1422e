import type { FieldPath, NumberBounds } from '@menusmith/core';
import { InputError } from '@menusmith/core';
import { describeValue } from './describe-value.ts';

/** `a number above 0 and below 1`, `a number from 0 to 1`, `a number of at least 2`. */
const describeBounds = ({ min, max, above, below }: NumberBounds, noun = 'number'): string => {
  const article = /^[aeiou]/.test(noun) ? 'an' : 'a';
  if (min !== undefined && max !== undefined) return `${article} ${noun} from ${min} to ${max}`;
  const parts: string[] = [];
  if (above !== undefined) parts.push(`above ${above}`);
  if (min !== undefined) parts.push(`of at least ${min}`);
  if (below !== undefined) parts.push(`below ${below}`);
  if (max !== undefined) parts.push(`of at most ${max}`);
  return [article, noun, parts.join(' and ')].filter((part) => part !== '').join(' ');
};

/** The value, where it is a finite number within the bounds; throws InputError 'number' at `field` where it is not. */
export const numberWithin = (value: unknown, bounds: NumberBounds, field: FieldPath = []): number => {
  const { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity } = bounds;
  if (typeof value !== 'number') {
    throw new InputError('number', `expected a number, got ${describeValue(value)}`, field);
  }
  if (!Number.isFinite(value)) {
    throw new InputError('number', `expected a finite number, got ${value}`, field);
  }
  if (!(value >= min && value <= max && value > above && value < below)) {
    throw new InputError('number', `expected ${describeBounds(bounds)}, got ${value}`, field);
  }
  return value;
};
