import type { FieldPath } from '@menusmith/core';
import { didYouMean, InputError } from '@menusmith/core';
import type { z } from 'zod';
import { beyondOneBuyer, beyondTheory } from './beyond-theory.ts';
import { buyersKinds } from './buyers-schema.ts';
import { describeValue } from './describe-value.ts';
import { knownFields, studySchema } from './study-schema.ts';

/** What is wrong with the structure of this data as a study, in our words; empty where nothing is. */
export const structureProblems = (data: unknown): readonly InputError[] => {
  const { error } = studySchema.safeParse(data);
  return error === undefined
    ? []
    : error.issues.slice(0, MOST_COMPLAINTS).flatMap((issue) => complaints(issue, data));
};

const complaints = (issue: z.core.$ZodIssue, data: unknown): InputError[] => {
  const field = issue.path as FieldPath;
  const came = valueAt(data, field);
  const complain = (expected: string, note = ''): InputError[] =>
    came === undefined
      ? [new InputError('missing', `missing: expected ${expected}`, field)]
      : [new InputError('wrong-type', `expected ${expected}, got ${describeValue(came)}${note}`, field)];

  if (issue.code === 'unrecognized_keys') {
    const known = knownFields(field, data);
    return issue.keys.slice(0, MOST_COMPLAINTS).map((key) => {
      const sentence = beyondTheory(key, field[0]);
      if (sentence !== undefined) return new InputError('beyond-theory', sentence, [...field, key]);
      const message = `no such field${didYouMean(key, known)} (known: ${known.join(', ')})`;
      return new InputError('unknown-field', message, [...field, key]);
    });
  }
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String), came, complain);
  if (issue.code === 'invalid_union' && field[0] !== 'buyers')
    return complain(issue.message.replace(/^expected /, ''));
  if (issue.code === 'invalid_union') return oneOf(buyersKinds, came, complain);
  if (issue.code === 'invalid_type') {
    const ofBuyers = field[0] === 'buyers' && field.length === 1 ? beyondOneBuyer(came) : undefined;
    if (ofBuyers !== undefined) return complain('a map of fields', `: ${ofBuyers}`);
    // zod calls NaN and ±∞ wrong types.
    if (typeof came === 'number' && issue.expected === 'number') {
      return [new InputError('number', `expected a finite number, got ${describeValue(came)}`, field)];
    }
    return complain(typeNames[issue.expected] ?? issue.expected);
  }
  return [new InputError('structure', issue.message, field)];
};

/** Only the first complaint in file order is told, and what is wrong in one map or list comes in that order. */
const MOST_COMPLAINTS = 100;

type Complain = (expected: string, note?: string) => InputError[];

const oneOf = (known: readonly string[], came: unknown, complain: Complain): InputError[] => {
  const list = known.length < 3 ? known.join(' or ') : `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  if (typeof came !== 'string') return complain(list);
  const sentence = beyondTheory(came);
  return complain(list, sentence === undefined ? didYouMean(came, known) : `: ${sentence}`);
};

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  object: 'a map of fields',
  record: 'a map of fields',
  array: 'a list',
};

const valueAt = (data: unknown, path: FieldPath): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    data,
  );
