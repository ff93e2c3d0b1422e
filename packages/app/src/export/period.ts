import { InputError } from '@menusmith/core';
import { shortened } from '../study/describe-value.ts';

/** What a fee is for, as each billing system calls it. */
export interface Period {
  readonly name: string;
  readonly lago: string;
  readonly stripe: { readonly interval: 'week' | 'month' | 'year'; readonly interval_count: number };
  /** ISO 8601. */
  readonly duration: string;
}

const periods: readonly (Period & { readonly words: readonly string[] })[] = [
  {
    name: 'week',
    words: ['week', 'weekly', 'p1w'],
    lago: 'weekly',
    stripe: { interval: 'week', interval_count: 1 },
    duration: 'P1W',
  },
  {
    name: 'month',
    words: ['month', 'monthly', 'p1m'],
    lago: 'monthly',
    stripe: { interval: 'month', interval_count: 1 },
    duration: 'P1M',
  },
  {
    name: 'quarter',
    words: ['quarter', 'quarterly', '3 months', 'p3m'],
    lago: 'quarterly',
    stripe: { interval: 'month', interval_count: 3 },
    duration: 'P3M',
  },
  {
    name: 'half year',
    words: ['half year', 'semester', 'semiannual', 'semiannually', 'half yearly', '6 months', 'p6m'],
    lago: 'semiannual',
    stripe: { interval: 'month', interval_count: 6 },
    duration: 'P6M',
  },
  {
    name: 'year',
    words: ['year', 'yearly', 'annual', 'annually', '12 months', 'p1y', 'p12m'],
    lago: 'yearly',
    stripe: { interval: 'year', interval_count: 1 },
    duration: 'P1Y',
  },
];

/** The period that a menu names; throws InputError for one that is not known. */
export const periodNamed = (name: string): Period => {
  const words = name
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
  const found = periods.find((period) => period.words.includes(words));
  if (found !== undefined) return found;
  throw new InputError(
    'period',
    `expected ${periods.map((period) => period.name).join(', ')}, got "${shortened(name)}"`,
    ['period'],
  );
};
