import { InputError, nearestName } from '@menusmith/core';
import { describeValue } from './describe-value.ts';
import { studySchema } from './study-schema.ts';

/** Fields of a study that say what it is about. A name, or units, any file may have. */
const telling = Object.keys(studySchema.shape).filter((field) => field !== 'name' && field !== 'units');

const field = new RegExp(`(?:^|[\\s{,"'])(?:${telling.join('|')})["']?\\s*:`);

/** Whether a text that may not be YAML seems meant as a study: of a file that is not, messages repeat nothing. */
export const hasStudyField = (text: string): boolean => field.test(text);

/** Whether data is meant as a study: it has a field of one, or one that is misspelt. */
export const isStudyData = (data: unknown): boolean =>
  typeof data === 'object' &&
  data !== null &&
  !Array.isArray(data) &&
  Object.keys(data).some((key) => telling.includes(key) || nearestName(key, telling) !== undefined);

/** Says nothing of what the file holds; `came` is what kind of thing it is, where that is known. */
export const noStudy = (came = 'another file'): InputError =>
  new InputError('no-study', `expected a study, a map with buyers and what they are sold, got ${came}`);

/** `a list`, `a text`. */
export const kindOf = (data: unknown): string => {
  if (typeof data === 'string') return 'a text';
  if (typeof data === 'number') return 'a number';
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? 'a map of other fields'
    : typeof data === 'boolean'
      ? 'true or false'
      : describeValue(data);
};
