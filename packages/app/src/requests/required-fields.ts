import { didYouMean, type FieldPath, InputError } from '@menusmith/core';
import type { z } from 'zod';
import { describeValue } from '../study/describe-value.ts';

/** Throws InputError with the field where data have not the fields that are expected. */
export const requireFields = (schema: z.ZodObject, data: unknown): void => {
  const { error } = schema.safeParse(data);
  if (error === undefined) return;
  // A field that nobody knows may be one that is missing, misspelt.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]!;
  const field = issue.path as FieldPath;
  if (issue.code === 'unrecognized_keys') {
    const [key] = issue.keys as [string];
    const known = field.length === 0 ? Object.keys(schema.shape) : [];
    const list = known.length === 0 ? '' : ` (known: ${known.join(', ')})`;
    throw new InputError('unknown-field', `no such field${didYouMean(key, known)}${list}`, [...field, key]);
  }
  const came = field.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Fields)[key] : undefined),
    data,
  );
  if (came === undefined) throw new InputError('missing', `missing: ${expectedOf(issue)}`, field);
  throw new InputError('wrong-type', `${expectedOf(issue)}, got ${describeValue(came)}`, field);
};

type Fields = Readonly<Record<string | number, unknown>>;

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map of fields',
  record: 'a map of fields',
  array: 'a list',
};

const expectedOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_union') return issue.message;
  if (issue.code === 'invalid_value') return `expected ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small')
    return `expected a number ${issue.inclusive ? 'of at least' : 'above'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `expected a number of at most ${issue.maximum}`;
  return issue.code === 'invalid_type'
    ? `expected ${typeNames[issue.expected] ?? issue.expected}`
    : issue.message;
};
